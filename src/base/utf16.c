#include "base/utf16.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/ustring.h>

#include "base/unicode.h"

/* Length in bytes of the character at s.p[at]; a half of a pair is one too. */
static size_t decode(struct str s, size_t at, uint32_t *code) {
    size_t width = utf8_decode(s, at, code);

    if (width == 1 && *code == UNICODE_REPLACEMENT) {
        uint32_t half = utf8_surrogate(s, at);

        if (half != 0) {
            *code = half;
            return 3;
        }
    }
    return width;
}

static size_t units_of(uint32_t code) {
    return code < 0x10000 ? 1 : 2;
}

size_t utf16_len(struct str s) {
    size_t n = 0, at = 0;

    for (;;) {
        size_t ascii = utf8_skip_ascii(s, at);
        uint32_t code;

        n += ascii - at;
        if (ascii == s.len)
            return n;
        at = ascii + decode(s, ascii, &code);
        n += units_of(code);
    }
}

/* Where a unit stands. */
struct place {
    size_t at;     /* byte at which its character begins; s.len at the end */
    uint32_t half; /* it is the second unit of this character, or 0 */
};

/* `n` units on from the beginning of a character at `from`. */
static struct place place_of(struct str s, size_t from, size_t n) {
    size_t at = from;

    while (n > 0 && at < s.len) {
        size_t ascii = utf8_skip_ascii(s, at);
        size_t width;
        uint32_t code;

        if (ascii - at >= n)
            return (struct place){at + n, 0};
        n -= ascii - at;
        at = ascii;
        if (at == s.len)
            break;
        width = decode(s, at, &code);
        if (units_of(code) > n)
            return (struct place){at, code};
        n -= units_of(code);
        at += width;
    }
    return (struct place){at, 0};
}

static uint32_t high_half(uint32_t code) {
    return 0xD800 + ((code - 0x10000) >> 10);
}

static uint32_t low_half(uint32_t code) {
    return 0xDC00 + (code & 0x3FF);
}

struct str utf16_slice(struct arena *a, struct str s, size_t from, size_t to) {
    struct place begin, end;
    size_t begin_at, len = 0;
    char *p;

    if (from >= to)
        return str_make(s.p, 0);
    begin = place_of(s, 0, from);
    if (begin.half == 0)
        end = place_of(s, begin.at, to - from);
    else if (to - from == 1)
        end = (struct place){begin.at + 4, 0};
    else
        end = place_of(s, begin.at + 4, to - from - 1);
    begin_at = begin.half == 0 ? begin.at : begin.at + 4;
    if (begin.half == 0 && end.half == 0)
        return str_slice(s, begin_at, end.at);

    p = arena_alloc(a, end.at - begin_at + 6, 1);
    if (begin.half != 0)
        len += utf8_put(p, low_half(begin.half));
    if (end.at > begin_at)
        memcpy(p + len, s.p + begin_at, end.at - begin_at);
    len += end.at - begin_at;
    if (end.half != 0)
        len += utf8_put(p + len, high_half(end.half));
    return str_make(p, len);
}

size_t utf16_find(struct str s, struct str needle, size_t from) {
    struct place begin = place_of(s, 0, from);
    struct arena scratch;
    struct utf16 in, what;
    size_t found = STR_NONE;

    if (needle.len == 0) {
        size_t len = utf16_len(s);

        return from < len ? from : len;
    }
    /* Only a half of a pair can stand where its bytes do not. */
    if (begin.half == 0 && utf8_valid_len(needle) == needle.len) {
        size_t at = str_find_str(s, needle, begin.at);

        return at == STR_NONE ? STR_NONE
                              : from + utf16_len(str_slice(s, begin.at, at));
    }
    arena_init(&scratch);
    in = utf16_from_str(&scratch, s);
    what = utf16_from_str(&scratch, needle);
    for (size_t at = from; at + what.len <= in.len && found == STR_NONE; at++)
        if (memcmp(in.p + at, what.p, what.len * sizeof *what.p) == 0)
            found = at;
    arena_release(&scratch);
    return found;
}

struct utf16 utf16_from_str(struct arena *a, struct str s) {
    /* no character has more units than bytes */
    uint16_t *p = arena_alloc(a, (s.len + 1) * sizeof *p, alignof(uint16_t));
    size_t len = 0, at = 0;

    for (;;) {
        size_t ascii = utf8_skip_ascii(s, at);
        uint32_t code;

        while (at < ascii)
            p[len++] = (unsigned char)s.p[at++];
        if (at == s.len)
            return (struct utf16){p, len};
        at += decode(s, at, &code);
        if (code < 0x10000) {
            p[len++] = (uint16_t)code;
        } else {
            p[len++] = (uint16_t)high_half(code);
            p[len++] = (uint16_t)low_half(code);
        }
    }
}

void utf16_add(struct buf *out, struct utf16 u) {
    size_t start = out->len;

    buf_reserve(out, u.len * 3);
    for (size_t i = 0; i < u.len; i++) {
        uint32_t code = u.p[i];

        if (utf16_is_high(code) && i + 1 < u.len && utf16_is_low(u.p[i + 1]))
            code = utf16_pair(code, u.p[++i]);
        out->len += utf8_put(out->p + out->len, code);
    }
    utf16_mend(out, start);
}

struct str utf16_to_str(struct arena *a, struct utf16 u) {
    struct buf out = {0};
    struct str s;

    utf16_add(&out, u);
    s = arena_str(a, buf_str(&out));
    buf_release(&out);
    return s;
}

void utf16_mend(struct buf *b, size_t at) {
    struct str s = buf_str(b);
    uint32_t high, low;

    if (at < 3 || at >= s.len)
        return;
    high = utf8_surrogate(s, at - 3);
    low = utf8_surrogate(s, at);
    if (!utf16_is_high(high) || !utf16_is_low(low))
        return;
    utf8_put(b->p + at - 3, utf16_pair(high, low));
    memmove(b->p + at + 1, b->p + at + 3, b->len - at - 3);
    b->len -= 2;
}

void utf16_add_str(struct buf *b, struct str s) {
    size_t at = b->len;

    buf_add_str(b, s);
    utf16_mend(b, at);
}

/* ---- case -------------------------------------------------------------------
 */

typedef int32_t case_mapping(UChar *, int32_t, const UChar *, int32_t,
                             const char *, UErrorCode *);

/* ASCII letters of one case to the other; s itself without any. */
static struct str map_ascii(struct arena *a, struct str s, char first,
                            char last) {
    size_t at = 0;
    char *p;

    while (at < s.len && (s.p[at] < first || s.p[at] > last))
        at++;
    if (at == s.len)
        return s;
    p = arena_alloc(a, s.len, 1);
    memcpy(p, s.p, s.len);
    for (; at < s.len; at++)
        if (p[at] >= first && p[at] <= last)
            p[at] ^= 0x20;
    return str_make(p, s.len);
}

/* Not broken UTF-8: each bad byte would become U+FFFD. */
static struct str map_units(struct arena *a, struct str s, case_mapping *map) {
    UErrorCode code = U_ZERO_ERROR;
    struct arena scratch;
    struct utf16 from;
    struct str mapped;
    UChar *to;
    int32_t len;

    arena_init(&scratch);
    from = utf16_from_str(&scratch, s);
    /* none becomes more than three, and ICU counts in int32_t */
    if (from.len > INT32_MAX / 3)
        mem_exhausted();
    to = arena_alloc(&scratch, from.len * 3 * sizeof *to, alignof(UChar));
    len = map(to, (int32_t)from.len * 3, (const UChar *)from.p,
              (int32_t)from.len, "", &code);
    if (U_FAILURE(code)) {
        fprintf(stderr, "vaultsite: ICU case: %s\n", u_errorName(code));
        abort();
    }
    mapped = utf16_to_str(a, (struct utf16){(const uint16_t *)to, (size_t)len});
    arena_release(&scratch);
    return str_eq(mapped, s) ? s : mapped;
}

struct str utf16_lower(struct arena *a, struct str s) {
    return utf8_all_ascii(s) ? map_ascii(a, s, 'A', 'Z')
                             : map_units(a, s, u_strToLower);
}

struct str utf16_upper(struct arena *a, struct str s) {
    return utf8_all_ascii(s) ? map_ascii(a, s, 'a', 'z')
                             : map_units(a, s, u_strToUpper);
}

/* ---- white space ------------------------------------------------------------
 */

bool utf16_is_space(uint32_t code) {
    if (code < 0x80)
        return ascii_space((unsigned char)code);
    return code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F ||
           code == 0x3000 || code == 0xFEFF;
}

static bool is_word(char c) {
    return c > 0x20 && c < 0x7f;
}

struct str utf16_trim_start(struct str s) {
    size_t at = 0;

    while (at < s.len && !is_word(s.p[at])) {
        uint32_t code;
        size_t width = utf8_decode(s, at, &code);

        if (!utf16_is_space(code))
            break;
        at += width;
    }
    return str_skip(s, at);
}

struct str utf16_trim_end(struct str s) {
    while (s.len > 0 && !is_word(s.p[s.len - 1])) {
        uint32_t code;

        if (s.p[s.len - 1] == ' ') { /* most */
            s.len--;
            continue;
        }
        size_t width = utf8_decode_back(s, s.len, &code);
        if (!utf16_is_space(code))
            break;
        s.len -= width;
    }
    return s;
}

struct str utf16_trim(struct str s) {
    return utf16_trim_start(utf16_trim_end(s));
}
