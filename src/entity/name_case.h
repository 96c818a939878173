/*
 * name_case: which letters of a name are capitals (spec/entities.md §3).
 *
 * Whether a text is the name but for case is known before (base/name_key.h).
 */
#ifndef VAULTSITE_ENTITY_NAME_CASE_H
#define VAULTSITE_ENTITY_NAME_CASE_H

#include <stdint.h>

#include "base/arena.h"

bool name_is_capital(uint32_t code);
/* Both have the same key. Whether every word that begins with a capital in `name` begins
 * with one in `text`. */
bool name_capitals_agree(struct str name, struct str text);
/* Both have the same key. Whether the case of each letter is the same. */
bool name_cases_agree(struct str name, struct str text, struct arena *scratch);

#endif
