#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"

enum { BUF_MIN = 64 };

void buf_free(struct buf *b) {
    mem_free(b->p);
    *b = (struct buf){0};
}

void buf_grow(struct buf *b, size_t n) {
    size_t need, cap = b->cap < BUF_MIN ? BUF_MIN : b->cap;

    if (__builtin_add_overflow(b->len, n, &need) || need > PTRDIFF_MAX)
        mem_exhausted();
    while (cap < need)
        cap *= 2;
    b->p = mem_resize(b->p, cap, 1);
    b->cap = cap;
}

void buf_printf(struct buf *b, const char *format, ...) {
    va_list args, again;
    int n;

    va_start(args, format);
    va_copy(again, args);
    buf_reserve(b, BUF_MIN);
    n = vsnprintf(b->p + b->len, b->cap - b->len, format, args);
    if (n > 0 && (size_t)n >= b->cap - b->len) {
        buf_reserve(b, (size_t)n + 1);
        n = vsnprintf(b->p + b->len, b->cap - b->len, format, again);
    }
    if (n > 0)
        b->len += (size_t)n;
    va_end(again);
    va_end(args);
}

static size_t count_digits(uint64_t n) {
    uint64_t least = 10; /* of one digit more */
    size_t count = 1;

    for (; n >= least && count < 19; least *= 10)
        count++;
    return n >= least ? 20 : count;
}

void buf_add_digits(struct buf *b, uint64_t n, size_t width) {
    size_t count = count_digits(n);

    if (count < width)
        count = width;
    buf_reserve(b, count);
    b->len += count;
    for (char *p = b->p + b->len; count > 0; count--, n /= 10)
        *--p = (char)('0' + n % 10);
}

void buf_insert(struct buf *b, size_t at, const void *p, size_t n) {
    if (n == 0)
        return;
    buf_reserve(b, n);
    memmove(b->p + at + n, b->p + at, b->len - at);
    memcpy(b->p + at, p, n);
    b->len += n;
}

const char *buf_cstr(struct buf *b) {
    buf_reserve(b, 1);
    b->p[b->len] = '\0';
    return b->p;
}
