/*
 * held: the decisions and facts that are an entity's (spec/entities.md §4.5, §4.7).
 *
 * They are those of its own notes and of its units (timeline.h), but of those in which
 * it is only mentioned.
 */
#ifndef VAULTSITE_ENTITY_HELD_H
#define VAULTSITE_ENTITY_HELD_H

#include "entity/work.h"

/* Fills the decisions of all entities, and what the panels of decisions and of facts
 * show besides their own sections. After events and decisions. */
void held_find(struct entity_work *w);

#endif
