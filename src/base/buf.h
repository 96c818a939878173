/*
 * buf: bytes that grow.  Owned by the function that declared it.
 *
 * `struct buf b = {0};` is a valid empty one.  Growing never fails (out of
 * memory ends the program).  The bytes are not NUL-terminated unless asked for.
 */
#ifndef VAULTSITE_BASE_BUF_H
#define VAULTSITE_BASE_BUF_H

#include <stdint.h>

#include "base/str.h"

struct buf {
    char *p;
    size_t len, cap;
};

/* buf_release where there is something to. */
void buf_free(struct buf *b);
static inline void buf_release(struct buf *b) {
    if (b->p != NULL)
        buf_free(b);
}
/* buf_reserve where there is no room. */
void buf_grow(struct buf *b, size_t n);
/* Room for `n` more bytes after the call. */
static inline void buf_reserve(struct buf *b, size_t n) {
    if (n > b->cap - b->len)
        buf_grow(b, n);
}
/* %u %d (either with zeros: %02u) %zu %s %.*s %% are quick; all others of printf are
 * known too. */
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Decimal, with zeros before it up to `width` digits. */
void buf_add_digits(struct buf *b, uint64_t n, size_t width);
static inline void buf_add_u64(struct buf *b, uint64_t n) {
    buf_add_digits(b, n, 1);
}
/* Puts `n` bytes in at `at` (≤ len), moving what follows. */
void buf_insert(struct buf *b, size_t at, const void *p, size_t n);
/* NUL-terminated view; the NUL is not counted in len. */
const char *buf_cstr(struct buf *b);

/* `p` may be NULL when n is 0; it may not point into `b`. */
static inline void buf_add(struct buf *b, const void *p, size_t n) {
    if (n == 0)
        return;
    buf_reserve(b, n);
    memcpy(b->p + b->len, p, n);
    b->len += n;
}
static inline void buf_reset(struct buf *b) {
    b->len = 0;
}
static inline struct str buf_str(const struct buf *b) {
    return (struct str){b->p, b->len};
}
static inline void buf_add_str(struct buf *b, struct str s) {
    buf_add(b, s.p, s.len);
}
static inline void buf_add_ch(struct buf *b, char c) {
    buf_reserve(b, 1);
    b->p[b->len++] = c;
}
#define buf_add_lit(b, literal) buf_add((b), "" literal, sizeof(literal) - 1)

#endif
