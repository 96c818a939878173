/*
 * emoji: which characters are emoji.
 *
 * Names in queries and fields may hold them (spec/dataview.md §4.4, §4.5, §8.2).
 * ICU's properties of characters are included by emoji.c only.
 */
#ifndef VAULTSITE_BASE_EMOJI_H
#define VAULTSITE_BASE_EMOJI_H

#include "base/str.h"

/*
 * Length in bytes of the emoji at s.p[at], with the modifiers, joiners and
 * variation selectors that belong to it; 0 when none stands there. One that is
 * usually drawn as text, as `✔`, is one too; a digit, `#` or `*` is one only as a
 * keycap. `at` must be < s.len.
 */
size_t emoji_length(struct str s, size_t at);

#endif
