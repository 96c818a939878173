/*
 * str: bytes that somebody else owns.
 *
 * A `struct str` is a pointer and a length; it is never NUL-terminated by
 * contract and may hold any byte.  Functions here neither allocate nor fail.
 * Text that is built up belongs in `struct buf` (buf.h), text that must outlive
 * its source in an arena (arena_str, arena.h).
 */
#ifndef VAULTSITE_BASE_STR_H
#define VAULTSITE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

struct str {
    const char *p; /* may be NULL when len is 0 */
    size_t len;    /* bytes */
};

struct str_list {
    const struct str *items;
    size_t len;
};

/* A literal as a str; also usable in static initialisers. */
#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_INIT(literal)                                                      \
    { ("" literal), sizeof(literal) - 1 }
/* For printf's "%.*s". */
#define STR_ARG(s) ((int)(s).len), ((s).p ? (s).p : "")

/* Where a search finds nothing. */
#define STR_NONE ((size_t)-1)

static inline struct str str_make(const char *p, size_t len) {
    return (struct str){p, len};
}
static inline struct str str_from(const char *z) {
    return (struct str){z, z ? strlen(z) : 0};
}
static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}
/* `from` and `to` are clamped to the length; from > to gives an empty str. */
static inline struct str str_slice(struct str s, size_t from, size_t to) {
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    /* NULL + 0 is undefined, and only an empty str may be NULL. */
    return (struct str){from > 0 ? s.p + from : s.p, to - from};
}
static inline struct str str_skip(struct str s, size_t n) {
    return str_slice(s, n, s.len);
}

/* Byte order, shorter first where one is the start of the other: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
static inline bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}
static inline bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len &&
           str_eq(str_skip(s, s.len - suffix.len), suffix);
}
/* ASCII letters compare without case; other bytes exactly. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts_nocase(struct str s, struct str prefix);
/* Index of the first, of the last such byte, or STR_NONE. */
size_t str_find(struct str s, char c);
size_t str_rfind(struct str s, char c);
/* Index of the first place at or after `from` where `needle` stands. */
size_t str_find_str(struct str s, struct str needle, size_t from);
/* What stands before the first `c` (all of s without one), and after it. */
struct str str_until(struct str s, char c);
struct str str_after(struct str s, char c);
/* Without blanks, tabs, CR and LF at both ends, at the end. */
struct str str_trim(struct str s);
struct str str_rtrim(struct str s);
/* Whether ASCII white space stands in it only as single blanks between other bytes:
 * the form in which names and lines are shown. */
bool str_is_spaced(struct str s);
/* Index of the first byte at or after `at` (≤ s.len) that is ASCII white space, but no
 * single blank behind another byte, or s.len; a blank at `at` itself is such a byte. */
size_t str_skip_spaced(struct str s, size_t at);
/* Adds s to the `len` bytes at p, white space of any length as one blank, none at the
 * very beginning or behind another; returns the new length. There is room for s.len
 * more bytes. */
size_t str_put_spaced(char *p, size_t len, struct str s);
/* Takes the next line off `*rest`, without its LF or CRLF; false at the end. */
bool str_next_line(struct str *rest, struct str *line);
/* Last component of a path; what stands before its last '/', "" without one. */
struct str str_basename(struct str path);
struct str str_dirname(struct str path);
/* Extension of the last component without its dot, "" without one or for a
 * name that only begins with a dot. */
struct str str_extension(struct str path);

static inline bool ascii_space(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool ascii_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}
static inline bool ascii_alpha(unsigned char c) {
    return (unsigned char)((c | 0x20) - 'a') < 26;
}
static inline bool ascii_alnum(unsigned char c) {
    return ascii_digit(c) || ascii_alpha(c);
}
static inline bool ascii_punct(unsigned char c) {
    return c > 0x20 && c < 0x7f && !ascii_alnum(c);
}
static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

#endif
