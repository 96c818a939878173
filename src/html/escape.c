#include "html/escape.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/unicode.h"

/* Bytes that html_escape replaces: index into `replaced`, 0 for the others. */
static const unsigned char special[256] = {
    ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5,
};

static const struct {
    char text[8]; /* copied whole, hence the width */
    size_t len;
} replaced[] = {
    {"", 0},     {"&amp;", 5},  {"&lt;", 4},
    {"&gt;", 4}, {"&quot;", 6}, {"&#39;", 5},
};

#define LONGEST 6       /* of the above */
#define SLACK 16        /* bytes that may be written past the end of a copy */
#define ESCAPE_STEP 512 /* bytes for which the longest outcome is reserved */

static char *put(char *to, unsigned char c) {
    unsigned which = special[c];

    if (which == 0) {
        *to = (char)c;
        return to + 1;
    }
    memcpy(to, replaced[which].text, sizeof replaced[which].text);
    return to + replaced[which].len;
}

#ifdef __SSE2__
/* One bit for each byte that is replaced. */
static unsigned special_bytes(__m128i v) {
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i apostrophe = _mm_set1_epi8('\''); /* '&' | 1 is this, too */
    const __m128i greater = _mm_set1_epi8('>');     /* '<' | 2 likewise */
    const __m128i one = _mm_set1_epi8(1), two = _mm_set1_epi8(2);

    return (unsigned)_mm_movemask_epi8(_mm_or_si128(
        _mm_cmpeq_epi8(v, quote),
        _mm_or_si128(_mm_cmpeq_epi8(_mm_or_si128(v, one), apostrophe),
                     _mm_cmpeq_epi8(_mm_or_si128(v, two), greater))));
}
#endif

#ifdef __SSE2__
/* Fewer than 16 bytes: most texts are short, titles, addresses, numbers. They are
 * looked at as their first and their last 8 bytes (4), which may overlap; false
 * where one has to be replaced. */
static bool copy_short(char *to, const char *p, size_t n) {
    __m128i head, tail;

    if (n >= 8) {
        head = _mm_loadl_epi64((const __m128i *)(const void *)p);
        tail = _mm_loadl_epi64((const __m128i *)(const void *)(p + n - 8));
        if (special_bytes(_mm_unpacklo_epi64(head, tail)))
            return false;
        _mm_storel_epi64((__m128i *)(void *)to, head);
        _mm_storel_epi64((__m128i *)(void *)(to + n - 8), tail);
        return true;
    }
    if (n >= 4) {
        int first, last;

        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        head = _mm_cvtsi32_si128(first);
        tail = _mm_cvtsi32_si128(last);
        if (special_bytes(_mm_unpacklo_epi32(head, tail)))
            return false;
        memcpy(to, &first, 4);
        memcpy(to + n - 4, &last, 4);
        return true;
    }
    return n == 0;
}
#endif

/* Writes at most n * LONGEST bytes that count, and up to SLACK after them. */
static char *escape_step(char *to, const char *p, size_t n) {
#ifdef __SSE2__
    while (n >= 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned mask = special_bytes(v);
        size_t plain = mask ? (size_t)__builtin_ctz(mask) : 16;

        _mm_storeu_si128((__m128i *)(void *)to, v);
        to += plain;
        p += plain;
        n -= plain;
        if (mask) {
            to = put(to, (unsigned char)*p++);
            n--;
        }
    }
    if (copy_short(to, p, n))
        return to + n;
#endif
    for (; n > 0; n--)
        to = put(to, (unsigned char)*p++);
    return to;
}

void html_escape(struct buf *out, struct str s) {
    while (s.len > 0) {
        size_t n = s.len < ESCAPE_STEP ? s.len : ESCAPE_STEP;

        buf_reserve(out, n * LONGEST + SLACK);
        out->len = (size_t)(escape_step(out->p + out->len, s.p, n) - out->p);
        s.p += n;
        s.len -= n;
    }
}

void html_add_attr(struct buf *out, struct str name, struct str value) {
    buf_add_ch(out, ' ');
    buf_add_str(out, name);
    buf_add_lit(out, "=\"");
    html_escape(out, value);
    buf_add_ch(out, '"');
}

static unsigned hex_digit(unsigned char c) {
    if (ascii_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10u : 16u;
}

/* CommonMark's bounds: more digits are no reference. */
#define MAX_DECIMAL 7
#define MAX_HEX 6
#define MAX_NAME 32

size_t html_reference_len(struct str s, size_t at) {
    size_t i = at + 1, from, most;
    bool number = i < s.len && s.p[i] == '#';
    bool hex = number && i + 1 < s.len && (s.p[i + 1] | 0x20) == 'x';

    i += (size_t)number + (size_t)hex;
    from = i;
    most = hex ? MAX_HEX : number ? MAX_DECIMAL : MAX_NAME;
    for (; i < s.len && i - from < most; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (hex      ? hex_digit(c) > 15
            : number ? !ascii_digit(c)
                     : !ascii_alnum(c))
            break;
    }
    if (i == from || i == s.len || s.p[i] != ';')
        return 0;
    if (!number && !ascii_alpha((unsigned char)s.p[from]))
        return 0;
    return i + 1 - at;
}

/* What `body`, the text between '&' and ';', stands for; 0 when not known. */
static uint32_t reference_code(struct str body) {
    uint32_t code = 0;
    size_t i;

    if (body.p[0] != '#')
        return html_entity(body);
    if ((body.p[1] | 0x20) == 'x') {
        for (i = 2; i < body.len; i++)
            code = code * 16 + hex_digit((unsigned char)body.p[i]);
    } else {
        for (i = 1; i < body.len; i++)
            code = code * 10 + (uint32_t)(body.p[i] - '0');
    }
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return UNICODE_REPLACEMENT;
    return code;
}

void html_unescape(struct buf *out, struct str s) {
    size_t at;

    while ((at = str_find(s, '&')) != STR_NONE) {
        size_t len = html_reference_len(s, at);
        uint32_t code = 0;

        buf_add(out, s.p, at);
        if (len > 0)
            code = reference_code(str_slice(s, at + 1, at + len - 1));
        if (code != 0)
            utf8_encode(out, code);
        else
            buf_add(out, s.p + at, len > 0 ? len : 1);
        s = str_skip(s, at + (len > 0 ? len : 1));
    }
    buf_add_str(out, s);
}
