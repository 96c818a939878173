/*
 * events: meetings, calls, transcripts: when, what about, with whom
 * (spec/entities.md §4.1 to §4.3).
 */
#ifndef VAULTSITE_ENTITY_EVENTS_H
#define VAULTSITE_ENTITY_EVENTS_H

#include "entity/work.h"

/* Fills the events and event_of; findings of event-* go to w->diags. */
void events_find(struct entity_work *w);

#endif
