/*
 * emoji: where one stands in a text.
 */
#ifndef VAULTSITE_BASE_EMOJI_H
#define VAULTSITE_BASE_EMOJI_H

#include "base/str.h"

/*
 * Bytes of the emoji that stands at s.p[at] (`at` < s.len), with its variation
 * selector, skin tone and what is joined to it; 0 when there is none. Digits,
 * `#` and `*` are emoji only as keycaps; `©` and its like always.
 */
size_t emoji_len(struct str s, size_t at);

#endif
