/*
 * tag_key: the form in which a tag and the name it stands for are compared.
 */
#ifndef VAULTSITE_ENTITY_TAG_KEY_H
#define VAULTSITE_ENTITY_TAG_KEY_H

#include "base/arena.h"

/* spec/entities.md §2.3: the name key; each run of characters other than letters,
 * digits and `_ / -` is one `-`, those at the ends go. In `a`. */
struct str tag_key(struct arena *a, struct str name);

#endif
