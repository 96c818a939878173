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

static size_t count_digits(uint64_t n) {
    uint64_t least = 10; /* of one digit more */
    size_t count = 1;

    for (; n >= least && count < 19; least *= 10)
        count++;
    return n >= least ? 20 : count;
}

/* Most numbers are as short. */
static void add_below_1000(struct buf *b, unsigned n) {
    char *p;

    buf_reserve(b, 3);
    p = b->p + b->len;
    if (n >= 100)
        *p++ = (char)('0' + n / 100);
    if (n >= 10)
        *p++ = (char)('0' + n / 10 % 10);
    *p++ = (char)('0' + n % 10);
    b->len = (size_t)(p - b->p);
}

void buf_add_digits(struct buf *b, uint64_t n, size_t width) {
    size_t count;

    if (n < 1000 && width <= 1) {
        add_below_1000(b, (unsigned)n);
        return;
    }
    count = count_digits(n);
    if (count < width)
        count = width;
    buf_reserve(b, count);
    b->len += count;
    for (char *p = b->p + b->len; count > 0; count--, n /= 10)
        *--p = (char)('0' + n % 10);
}

/* A conversion that print_plain knows: `%` and `conversion`, with zeros up to `width`
 * before a number. */
struct conversion {
    size_t width, len; /* len: of what stands behind the `%` */
    enum {
        AS_UNSIGNED,
        AS_INT,
        AS_SIZE,
        AS_TEXT,
        AS_BYTES,
        AS_SIGN,
        AS_OTHER
    } as;
};

static struct conversion read_conversion(const char *p) {
    struct conversion c = {.len = 1, .as = AS_OTHER};

    if (p[0] == '0' && p[1] > '0' && p[1] <= '9') {
        c.width = (size_t)(p[1] - '0');
        c.len = 3;
        p += 2;
    }
    if (p[0] == 'u') {
        c.as = AS_UNSIGNED;
    } else if (p[0] == 'd') {
        c.as = AS_INT;
    } else if (c.width > 0) {
        return c;
    } else if (p[0] == 's') {
        c.as = AS_TEXT;
    } else if (p[0] == '%') {
        c.as = AS_SIGN;
    } else if (p[0] == 'z' && p[1] == 'u') {
        c.as = AS_SIZE;
        c.len = 2;
    } else if (p[0] == '.' && p[1] == '*' && p[2] == 's') {
        c.as = AS_BYTES;
        c.len = 3;
    }
    return c;
}

static void add_int(struct buf *b, int n, size_t width) {
    if (n >= 0) {
        buf_add_digits(b, (uint64_t)n, width);
        return;
    }
    buf_add_ch(b, '-');
    buf_add_digits(b, -(uint64_t)n, width > 0 ? width - 1 : 0);
}

static void add_bytes(struct buf *b, int len, const char *p) {
    if (len < 0)
        buf_add_str(b, str_from(p));
    else if (len > 0)
        buf_add(b, p, strnlen(p, (size_t)len));
}

/* Most formats are made of few conversions, and stdio takes ten times as long for
 * them. False where there are others, and then what was added is of no use. */
static bool print_plain(struct buf *b, const char *format, va_list args) {
    for (;;) {
        const char *sign = strchrnul(format, '%');
        struct conversion c;
        int len;

        buf_add(b, format, (size_t)(sign - format));
        if (*sign == '\0')
            return true;
        c = read_conversion(sign + 1);
        format = sign + 1 + c.len;
        switch (c.as) {
        case AS_UNSIGNED:
            buf_add_digits(b, va_arg(args, unsigned), c.width);
            break;
        case AS_INT:
            add_int(b, va_arg(args, int), c.width);
            break;
        case AS_SIZE:
            buf_add_u64(b, va_arg(args, size_t));
            break;
        case AS_TEXT:
            buf_add_str(b, str_from(va_arg(args, const char *)));
            break;
        case AS_BYTES:
            len = va_arg(args, int);
            add_bytes(b, len, va_arg(args, const char *));
            break;
        case AS_SIGN:
            buf_add_ch(b, '%');
            break;
        case AS_OTHER:
            return false;
        }
    }
}

void buf_printf(struct buf *b, const char *format, ...) {
    size_t begin = b->len, room = BUF_MIN;
    va_list args;
    bool done;
    int n;

    va_start(args, format);
    done = print_plain(b, format, args);
    va_end(args);
    while (!done) {
        b->len = begin;
        buf_reserve(b, room);
        va_start(args, format);
        n = vsnprintf(b->p + b->len, b->cap - b->len, format, args);
        va_end(args);
        done = n < 0 || (size_t)n < b->cap - b->len;
        room = (size_t)n + 1;
        b->len += done && n > 0 ? (size_t)n : 0;
    }
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
