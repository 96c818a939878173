/*
 * decisions: what was decided and what is held for a fact (spec/entities.md §4.5).
 */
#ifndef VAULTSITE_ENTITY_DECISIONS_H
#define VAULTSITE_ENTITY_DECISIONS_H

#include "entity/work.h"

/* Fills the log, the facts, and both lists of every event. After events_find and
 * pairs_find. */
void decisions_find(struct entity_work *w);

#endif
