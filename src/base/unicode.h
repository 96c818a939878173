/*
 * unicode: code points, normal form, folding, order.
 *
 * Every comparison of names in vaultsite goes through unicode_fold.
 * utf8proc is included by unicode.c only.
 */
#ifndef VAULTSITE_BASE_UNICODE_H
#define VAULTSITE_BASE_UNICODE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define UNICODE_REPLACEMENT 0xFFFD

/* Length in bytes (1-4) of the sequence at s.p[at] and its code point; for an
 * invalid byte 1 and U+FFFD. `at` must be < s.len. */
size_t utf8_decode_long(struct str s, size_t at, uint32_t *code);
static inline size_t utf8_decode(struct str s, size_t at, uint32_t *code) {
    *code = (unsigned char)s.p[at];
    return *code < 0x80 ? 1 : utf8_decode_long(s, at, code);
}
/* Code point that ends just before `at` (> 0), its length in bytes. */
size_t utf8_decode_back(struct str s, size_t at, uint32_t *code);
/* Adds the sequence; for a surrogate or what is above U+10FFFF that of U+FFFD. */
void utf8_encode(struct buf *out, uint32_t code);
/* Writes the 1-4 bytes for any `code` up to U+10FFFF and returns their number;
 * surrogates are written as they are (utf16.h). */
size_t utf8_put(char *p, uint32_t code);
/* Index of the first byte that is not UTF-8 (surrogates and overlong forms are
 * not), or s.len. */
size_t utf8_valid_len(struct str s);
bool utf8_all_ascii(struct str s);
/* Index of the first byte at or after `at` (≤ s.len) that is not ASCII, or
 * s.len. */
size_t utf8_skip_ascii(struct str s, size_t at);
/* Half of a surrogate pair at s.p[at], as its three bytes ED A0..BF xx stand
 * for it (utf16.h): its code unit, else 0. `at` may be s.len. */
uint32_t utf8_surrogate(struct str s, size_t at);
/* Code points in s. */
size_t utf8_count(struct str s);
/* Largest index ≤ at that is not inside a sequence. */
size_t utf8_floor(struct str s, size_t at);

enum unicode_class {
    UNICODE_LETTER = 1 << 0,
    UNICODE_MARK = 1 << 1,
    UNICODE_NUMBER = 1 << 2,
    UNICODE_PUNCTUATION = 1 << 3,
    UNICODE_SYMBOL = 1 << 4,
    UNICODE_SPACE = 1 << 5, /* separators, and the ASCII white space */
    UNICODE_CONTROL = 1 << 6,
};
/* One of the above, 0 for what is not assigned. */
enum unicode_class unicode_class(uint32_t code);
/* A lower-case, an upper-case letter (Ll, Lu). */
bool unicode_is_lower(uint32_t code);
bool unicode_is_upper(uint32_t code);
/* Code points [first, last]; tables of them are ascending and do not overlap. */
struct code_range {
    uint32_t first, last;
};
/* Whether one of the `n` ranges has `code`: by halves. */
bool unicode_in_ranges(const struct code_range *ranges, size_t n,
                       uint32_t code);
/* Simple lower-case and upper-case mapping of one code point. */
uint32_t unicode_lower(uint32_t code);
uint32_t unicode_upper(uint32_t code);

/* NFC. Returns s itself where nothing changes, else a copy in `a`. */
struct str unicode_nfc(struct arena *a, struct str s);
/* The one fold of decisions.md 11: NFC, lower case per code point, final sigma
 * as sigma, U+00A0 and U+202F as blank. Returns s itself where nothing changes. */
struct str unicode_fold(struct arena *a, struct str s);
/* The same for a text that is ASCII. */
struct str unicode_fold_ascii(struct arena *a, struct str s);
/* Order by UTF-16 code unit (decisions.md 11), halves of pairs too: <0, 0, >0. */
int unicode_cmp_utf16(struct str a, struct str b);
/* Vault order: path component by component, each by UTF-16 code unit. */
int unicode_cmp_path(struct str a, struct str b);
/* At most `max` code points of s, cut at a sequence border. */
struct str unicode_cut(struct str s, size_t max);

#endif
