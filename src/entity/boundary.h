/*
 * boundary: where a name may begin and end in a text (spec/entities.md §3).
 */
#ifndef VAULTSITE_ENTITY_BOUNDARY_H
#define VAULTSITE_ENTITY_BOUNDARY_H

#include <stdint.h>

#include "base/str.h"

/* Han, Kana, Hangul or Thai: written without blanks between words. */
bool name_unspaced(uint32_t code);
/* A letter, digit, mark or `_`. */
bool name_word_char(uint32_t code);
/* A sign or blank of ASCII that belongs to no name beside it, whatever stands there. */
static inline bool name_apart(unsigned char c) {
    return c < 0x80 && !ascii_alnum(c) && c != '_' && c != '-';
}
/* Whether such a one stands at `at`, or nothing more: a name may end before it. */
static inline bool name_apart_at(struct str text, size_t at) {
    return at >= text.len || name_apart((unsigned char)text.p[at]);
}
/* Whether no word goes on across `at`, where a name begins or ends: nothing of a
 * word stands next to it, nor a hyphen with a letter or digit beyond; a name whose
 * own edge there is unspaced may stand anywhere. An `@` before it is the caller's
 * business. */
bool name_may_begin(struct str text, size_t at);
bool name_may_end(struct str text, size_t at);

#endif
