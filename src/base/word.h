/*
 * word: what somebody meant who mistyped a word of a closed list.
 */
#ifndef VAULTSITE_BASE_WORD_H
#define VAULTSITE_BASE_WORD_H

#include "base/str.h"

/* The word among the `n` of which `written` is the beginning, if it is that of one
 * alone; else the nearest to it that is near enough to be what was meant; or "".
 * Case does not count. */
struct str word_nearest(struct str written, const struct str *words, size_t n);

#endif
