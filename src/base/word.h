/*
 * word: what somebody meant who mistyped a word of a closed list.
 */
#ifndef VAULTSITE_BASE_WORD_H
#define VAULTSITE_BASE_WORD_H

#include "base/str.h"

/* The word among the `n` that is nearest to `written` and near enough to be
 * what was meant (case does not count), or "". */
struct str word_nearest(struct str written, const struct str *words, size_t n);

#endif
