/*
 * name_key: the form in which names of people, things and titles are compared.
 */
#ifndef VAULTSITE_BASE_NAME_KEY_H
#define VAULTSITE_BASE_NAME_KEY_H

#include "base/arena.h"

/* spec/entities.md, "Words": the fold, white space (U+00A0 and U+202F too)
 * collapsed to one blank and trimmed, U+2019 and U+02BC read as `'`, U+2010 and
 * U+2011 as `-`. Returns s itself where nothing changes. */
struct str name_key(struct arena *a, struct str s);
/* The same for a text that str_is_spaced. */
struct str name_key_of_spaced(struct arena *a, struct str s);

#endif
