/*
 * related: who is met together, and who names whom (spec/entities.md §4.6).
 */
#ifndef VAULTSITE_ENTITY_RELATED_H
#define VAULTSITE_ENTITY_RELATED_H

#include "entity/work.h"

/* Fills related and relations of all entities. After the mentions. */
void related_find(struct entity_work *w);

#endif
