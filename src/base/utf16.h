/*
 * utf16: what JavaScript counts, over our UTF-8.
 *
 * The texts of queries are sequences of UTF-16 code units in the original
 * (spec/dataview.md §1): length, indices, cuts and padding count those.  A text
 * stays UTF-8 here.  Half of a surrogate pair, which only a cut makes, stands
 * as the three bytes ED A0..BF xx that UTF-8 would give its number (WTF-8); the
 * two halves side by side are one character again, so what is put together
 * from pieces goes through utf16_add_str or utf16_mend.  A byte that is neither
 * counts as one unit, U+FFFD.
 *
 * Order by code unit is unicode_cmp_utf16 (unicode.h).
 */
#ifndef VAULTSITE_BASE_UTF16_H
#define VAULTSITE_BASE_UTF16_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct utf16 {
    const uint16_t *p; /* may be NULL when len is 0 */
    size_t len;        /* code units */
};

static inline bool utf16_is_high(uint32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
static inline bool utf16_is_low(uint32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}
/* The code point of a pair. */
static inline uint32_t utf16_pair(uint32_t high, uint32_t low) {
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* `s.length`. */
size_t utf16_len(struct str s);
/* `s.slice(from, to)` for 0 ≤ from; both are clamped to the length, from ≥ to
 * gives "". Part of s itself, or a copy in `a` where the cut is inside a pair. */
struct str utf16_slice(struct arena *a, struct str s, size_t from, size_t to);
/* `s.indexOf(needle, from)` in units, or STR_NONE. "" is found at `from`,
 * clamped to the length. */
size_t utf16_find(struct str s, struct str needle, size_t from);

/* The units, in `a`. */
struct utf16 utf16_from_str(struct arena *a, struct str s);
/* And back: pairs as four bytes, halves as three; utf16_to_str in `a`. */
struct str utf16_to_str(struct arena *a, struct utf16 u);
void utf16_add(struct buf *out, struct utf16 u);

/* Joins the halves of a pair that meet at byte `at` of b, if they do; an `at`
 * beyond the ends is nothing to do. */
void utf16_mend(struct buf *b, size_t at);
/* Adds s (not part of b) and mends where it begins. */
void utf16_add_str(struct buf *b, struct str s);

/* `s.toLowerCase()`, `s.toUpperCase()`: full mappings of no language (ß becomes
 * SS, a final Σ becomes ς). s itself where nothing changes, else a copy. */
struct str utf16_lower(struct arena *a, struct str s);
struct str utf16_upper(struct arena *a, struct str s);

/* White space and line ends of ECMAScript, as `\s` and trim() know them. */
bool utf16_is_space(uint32_t code);
/* `s.trim()`, `s.trimStart()`, `s.trimEnd()`. */
struct str utf16_trim(struct str s);
struct str utf16_trim_start(struct str s);
struct str utf16_trim_end(struct str s);

#endif
