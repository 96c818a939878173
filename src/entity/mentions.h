/*
 * mentions: who is named where, counted (spec/entities.md §3).
 */
#ifndef VAULTSITE_ENTITY_MENTIONS_H
#define VAULTSITE_ENTITY_MENTIONS_H

#include "entity/work.h"

/* Fills counts, backlinks and unlinked of all entities. Asks for refs, events with
 * their dates, tasks, and speakers, which may be NULL. Linear in text, links, tasks
 * and properties. */
void mentions_find(struct entity_work *w);

#endif
