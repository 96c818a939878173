/*
 * pairs: the transcript of a meeting (spec/entities.md §4.3).
 */
#ifndef VAULTSITE_ENTITY_PAIRS_H
#define VAULTSITE_ENTITY_PAIRS_H

#include "entity/work.h"

/* Sets source and merged_into of the events; private-path goes to w->diags. */
void pairs_find(struct entity_work *w);

/* What follows the last '/' or '\' of a path on some machine (`/a/b`, `~/b`,
 * `C:\b`): all that others are to see of it. False, and nothing changes, for a text
 * that is no such path. */
bool private_path(struct str text, struct str *last);

#endif
