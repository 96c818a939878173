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

void buf_add_u64(struct buf *b, uint64_t n) {
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    buf_add(b, digits + at, sizeof digits - at);
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
