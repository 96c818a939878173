/*
 * panels: what the page of an entity shows of what the vault knows, beside what its
 * own note has already (spec/entities.md §4.7).
 */
#ifndef VAULTSITE_ENTITY_PANELS_H
#define VAULTSITE_ENTITY_PANELS_H

#include "entity/work.h"

/* Fills panels and empty_sections of all entities. The last part. */
void panels_find(struct entity_work *w);

#endif
