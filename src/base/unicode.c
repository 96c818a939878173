#include "base/unicode.h"

#include <utf8proc.h>

#include "base/wide.h"

static bool continuation(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

size_t utf8_decode_long(struct str s, size_t at, uint32_t *code) {
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.len - at;

    *code = UNICODE_REPLACEMENT;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < 2 || !continuation(p[1]))
        return 1;
    if (p[0] < 0xE0) {
        *code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (left < 3 || !continuation(p[2]))
        return 1;
    if (p[0] < 0xF0) {
        uint32_t c = (uint32_t)(p[0] & 0x0F) << 12 |
                     (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);

        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
            return 1;
        *code = c;
        return 3;
    }
    if (left < 4 || !continuation(p[3]))
        return 1;
    uint32_t c = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                 (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    if (c < 0x10000 || c > 0x10FFFF)
        return 1;
    *code = c;
    return 4;
}

size_t utf8_decode_back(struct str s, size_t at, uint32_t *code) {
    for (size_t back = 1; back <= 4 && back <= at; back++) {
        size_t len;

        if (continuation((unsigned char)s.p[at - back]))
            continue;
        len = utf8_decode(str_slice(s, 0, at), at - back, code);
        if (len == back)
            return len;
        break;
    }
    *code = UNICODE_REPLACEMENT;
    return 1;
}

size_t utf8_put(char *p, uint32_t code) {
    if (code < 0x80) {
        p[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        p[0] = (char)(0xC0 | code >> 6);
        p[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        p[0] = (char)(0xE0 | code >> 12);
        p[1] = (char)(0x80 | (code >> 6 & 0x3F));
        p[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    p[0] = (char)(0xF0 | code >> 18);
    p[1] = (char)(0x80 | (code >> 12 & 0x3F));
    p[2] = (char)(0x80 | (code >> 6 & 0x3F));
    p[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

static size_t encode(char *p, uint32_t code) {
    bool wrong = code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF);

    return utf8_put(p, wrong ? UNICODE_REPLACEMENT : code);
}

void utf8_encode(struct buf *out, uint32_t code) {
    char bytes[4];

    buf_add(out, bytes, encode(bytes, code));
}

size_t utf8_skip_ascii(struct str s, size_t at) {
    uint64_t bytes;

#ifdef __SSE2__
    unsigned high;

    for (; s.len - at >= 16; at += 16) {
        high = wide_bits(wide_load(s.p + at));
        if (high != 0)
            return at + (size_t)__builtin_ctz(high);
    }
    if (s.len >= 16 &&
        at < s.len) { /* the last sixteen, without those before `at` */
        high = wide_bits(wide_load(s.p + s.len - 16)) >> (at + 16 - s.len);
        return high != 0 ? at + (size_t)__builtin_ctz(high) : s.len;
    }
#endif
    for (; s.len - at >= sizeof bytes; at += sizeof bytes) {
        memcpy(&bytes, s.p + at, sizeof bytes);
        if (bytes & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < s.len && (unsigned char)s.p[at] < 0x80)
        at++;
    return at;
}

size_t utf8_valid_len(struct str s) {
    size_t at = 0;

    while ((at = utf8_skip_ascii(s, at)) < s.len) {
        uint32_t code;
        size_t len = utf8_decode(s, at, &code);

        if (len == 1)
            return at;
        at += len;
    }
    return at;
}

bool utf8_all_ascii(struct str s) {
    return utf8_skip_ascii(s, 0) == s.len;
}

uint32_t utf8_surrogate(struct str s, size_t at) {
    const unsigned char *p;

    if (s.len - at < 3)
        return 0;
    p = (const unsigned char *)s.p + at;
    if (p[0] != 0xED || (p[1] & 0xE0) != 0xA0 || !continuation(p[2]))
        return 0;
    return 0xD000 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

size_t utf8_count(struct str s) {
    size_t n = 0, at = 0;

    while (at < s.len) {
        size_t ascii = utf8_skip_ascii(s, at);
        uint32_t code;

        n += ascii - at;
        at = ascii;
        if (at < s.len) {
            at += utf8_decode(s, at, &code);
            n++;
        }
    }
    return n;
}

size_t utf8_floor(struct str s, size_t at) {
    if (at >= s.len)
        return s.len;
    for (size_t back = 0; back < 4 && back <= at; back++) {
        uint32_t code;

        if (continuation((unsigned char)s.p[at - back]))
            continue;
        return utf8_decode(s, at - back, &code) > back ? at - back : at;
    }
    return at;
}

struct str unicode_cut(struct str s, size_t max) {
    size_t at = 0, ascii;
    uint32_t code;

    if (s.len <= max)
        return s;
    for (; at < s.len && max > 0; max--) {
        ascii = utf8_skip_ascii(str_slice(s, 0, at + max), at);
        max -= ascii - at;
        at = ascii;
        if (at == s.len || max == 0)
            break;
        at += utf8_decode(s, at, &code);
    }
    return str_slice(s, 0, at);
}

static enum unicode_class ascii_class(unsigned char c) {
    if (ascii_alpha(c))
        return UNICODE_LETTER;
    if (ascii_space(c))
        return UNICODE_SPACE;
    if (ascii_digit(c))
        return UNICODE_NUMBER;
    if (c < 0x20 || c == 0x7F)
        return UNICODE_CONTROL;
    return memchr("$+<=>^`|~", c, 9) != NULL ? UNICODE_SYMBOL
                                             : UNICODE_PUNCTUATION;
}

/* Letters of Latin, with nothing else among them. */
static bool is_latin(uint32_t code) {
    return code >= 0xC0 && code < 0x250 && code != 0xD7 && code != 0xF7;
}

enum unicode_class unicode_class(uint32_t code) {
    if (is_latin(code)) /* most that are asked for */
        return UNICODE_LETTER;
    if (code < 0x80)
        return ascii_class((unsigned char)code);
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return UNICODE_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return UNICODE_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return UNICODE_NUMBER;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return UNICODE_PUNCTUATION;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO:
        return UNICODE_SYMBOL;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return UNICODE_SPACE;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
        return UNICODE_CONTROL;
    case UTF8PROC_CATEGORY_CN:
        break;
    }
    return 0;
}

bool unicode_in_ranges(const struct code_range *ranges, size_t n,
                       uint32_t code) {
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (ranges[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && ranges[low].first <= code;
}

bool unicode_is_lower(uint32_t code) {
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_LL;
}

bool unicode_is_upper(uint32_t code) {
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_LU;
}

uint32_t unicode_lower(uint32_t code) {
    if (code < 0x80)
        return (uint32_t)(unsigned char)ascii_lower((char)code);
    if (code <= 0xFF)
        return code >= 0xC0 && code <= 0xDE && code != 0xD7 ? code + 0x20
                                                            : code;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

uint32_t unicode_upper(uint32_t code) {
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}

/*
 * Stretches of code points that no normalisation changes, moves or joins to
 * what stands before: text of these alone is NFC already, and utf8proc (1.7 µs
 * a call) is not asked.  Each leaves out the marks and singletons around it.
 */
static const struct {
    uint32_t first, last;
} stable[] = {
    {0x0000, 0x02FF},   /* Latin */
    {0x2010, 0x2027},   /* dashes, quotes, ellipsis */
    {0xFE00, 0xFE0F},   /* variation selectors, as in emoji */
    {0x1F300, 0x1FAFF}, /* emoji */
    {0x2190, 0x2328},   /* arrows, signs */
    {0x232B, 0x2ADB},   /* signs, dingbats */
    {0x20A0, 0x20BF},   /* currencies */
    {0x0388, 0x0482},   /* Greek, Cyrillic */
    {0x048A, 0x052F},   /* Cyrillic */
    {0x05D0, 0x05EA},   /* Hebrew */
    {0x3001, 0x3029},   /* ideographic punctuation */
    {0x3041, 0x3096},   /* Hiragana */
    {0x30A1, 0x30FF},   /* Katakana */
    {0x4E00, 0x9FFF},   /* Han */
    {0xAC00, 0xD7A3},   /* Hangul */
    {0xFF01, 0xFFEE},   /* full width */
};

static bool always_nfc(struct str s) {
    size_t at = 0;

    while ((at = utf8_skip_ascii(s, at)) < s.len) {
        uint32_t code;
        size_t i = 0;

        at += utf8_decode(s, at, &code);
        while (i < ARRAY_LEN(stable) &&
               (code < stable[i].first || code > stable[i].last))
            i++;
        if (i == ARRAY_LEN(stable))
            return false;
    }
    return true;
}

struct str unicode_nfc(struct arena *a, struct str s) {
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t len;
    struct str result = s;

    if (always_nfc(s))
        return s;
    len = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.len,
                       &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len == UTF8PROC_ERROR_NOMEM)
        mem_exhausted();
    if (len < 0) /* not UTF-8 */
        return s;
    if (!str_eq(s, str_make((const char *)composed, (size_t)len)))
        result = arena_str(a, str_make((const char *)composed, (size_t)len));
    mem_free(composed);
    return result;
}

static uint32_t fold_code(uint32_t code) {
    switch (code) {
    case 0x00A0:
    case 0x202F:
        return ' ';
    case 0x03C2:
        return 0x03C3;
    default:
        return unicode_lower(code);
    }
}

/* Eight ASCII bytes: the bit 5 of each that is a capital letter. */
static uint64_t capitals(uint64_t bytes) {
    const uint64_t each = UINT64_C(0x0101010101010101), high = each * 0x80;
    uint64_t from_a = bytes + each * (0x80 - 'A');
    uint64_t past_z = bytes + each * (0x80 - 'Z' - 1);

    return (from_a & ~past_z & high) >> 2;
}

/* The first capital letter of ASCII at or after `at`, or the end; all of it is ASCII. */
static size_t next_capital(struct str s, size_t at) {
    uint64_t bytes;

    for (; s.len - at >= sizeof bytes; at += sizeof bytes) {
        memcpy(&bytes, s.p + at, sizeof bytes);
        if (capitals(bytes) != 0)
            break;
    }
    while (at < s.len && !(s.p[at] >= 'A' && s.p[at] <= 'Z'))
        at++;
    return at;
}

#ifdef __SSE2__
static inline void copy_sixteen_lower(char *to, const char *from) {
    __m128i v = wide_load(from);
    __m128i bit = _mm_and_si128(wide_among(v, 'A', 26), _mm_set1_epi8(0x20));

    _mm_storeu_si128((__m128i *)(void *)to, _mm_or_si128(v, bit));
}
#endif

/* `n` bytes of ASCII. */
static void copy_lower(char *to, const char *from, size_t n) {
    size_t at = 0;
    uint64_t bytes;

#ifdef __SSE2__
    for (; n - at >= 16; at += 16)
        copy_sixteen_lower(to + at, from + at);
    if (n >= 16) {
        copy_sixteen_lower(to + n - 16, from + n - 16); /* some of them again */
        return;
    }
#endif
    for (; n - at >= sizeof bytes; at += sizeof bytes) {
        memcpy(&bytes, from + at, sizeof bytes);
        bytes |= capitals(bytes);
        memcpy(to + at, &bytes, sizeof bytes);
    }
    for (; at < n; at++)
        to[at] = ascii_lower(from[at]);
}

struct str unicode_fold_ascii(struct arena *a, struct str s) {
    size_t at = next_capital(s, 0);
    char *p;

    if (at == s.len)
        return s;
    p = arena_alloc(a, s.len, 1);
    memcpy(p, s.p, at);
    copy_lower(p + at, s.p + at, s.len - at);
    return str_make(p, s.len);
}

/* The first place that folding changes, or the end. */
static size_t unfolded(struct str s) {
    size_t at = 0;

    while (at < s.len) {
        size_t ascii = utf8_skip_ascii(s, at);
        uint32_t code;

        at = next_capital(str_slice(s, 0, ascii), at);
        if (at < ascii || at == s.len)
            break;
        ascii += utf8_decode(s, at, &code);
        if (fold_code(code) != code)
            break;
        at = ascii;
    }
    return at;
}

struct str unicode_fold(struct arena *a, struct str s) {
    size_t at = 0, len = 0;
    uint32_t code;
    char *p;

    if (utf8_all_ascii(s))
        return unicode_fold_ascii(a, s);
    s = unicode_nfc(a, s);
    at = unfolded(s);
    if (at == s.len)
        return s;
    /* No lower case is longer than 3 bytes for 2. */
    p = arena_alloc(a, s.len + s.len / 2 + 4, 1);
    memcpy(p, s.p, at);
    len = at;
    for (;;) {
        size_t ascii = utf8_skip_ascii(s, at), width;

        copy_lower(p + len, s.p + at, ascii - at);
        len += ascii - at;
        if (ascii == s.len)
            return str_make(p, len);
        width = utf8_decode(s, ascii, &code);
        if (width == 1)
            p[len++] = s.p[ascii]; /* not UTF-8: stays what it is */
        else
            len += encode(p + len, fold_code(code));
        at = ascii + width;
    }
}

/* Index of the first byte in which they differ, or the length of the shorter. */
static size_t common_len(struct str a, struct str b) {
    size_t n = a.len < b.len ? a.len : b.len, at = 0;
    uint64_t x, y;

    for (; n - at >= sizeof x; at += sizeof x) {
        memcpy(&x, a.p + at, sizeof x);
        memcpy(&y, b.p + at, sizeof y);
        if (x != y)
            break;
    }
    while (at < n && a.p[at] == b.p[at])
        at++;
    return at;
}

/*
 * UTF-8 sorts by code point, UTF-16 puts what it writes in surrogates
 * (U+10000 on: F0 to F4) before U+E000 to U+FFFF (EE and EF).  The first byte
 * that differs is a lead byte in both or in neither, so moving EE and EF behind
 * all others is enough.
 */
static int utf16_rank(char c) {
    int byte = (unsigned char)c;

    if (byte < 0xEE)
        return byte;
    return byte < 0xF0 ? byte + 0x10 : byte - 2;
}

/* Half of a pair in `half` at `at` against a whole one in `whole`: by the first
 * unit, and where that is the same the half is followed by no second one. */
static int compare_half(struct str half, struct str whole, size_t at) {
    uint32_t unit = utf8_surrogate(half, at), code, high;

    utf8_decode(whole, at, &code);
    high = 0xD800 + ((code - 0x10000) >> 10);
    if (unit != high)
        return unit < high ? -1 : 1;
    if (at + 3 == half.len || utf8_surrogate(half, at + 3) != 0)
        return -1;
    utf8_decode(half, at + 3, &code);
    return code >= 0xE000 && code < 0x10000 ? 1 : -1;
}

int unicode_cmp_utf16(struct str a, struct str b) {
    size_t at = common_len(a, b);

    if (at == a.len || at == b.len)
        return (a.len > b.len) - (a.len < b.len);
    if ((unsigned char)b.p[at] >= 0xF0 && utf8_surrogate(a, at) != 0)
        return compare_half(a, b, at);
    if ((unsigned char)a.p[at] >= 0xF0 && utf8_surrogate(b, at) != 0)
        return -compare_half(b, a, at);
    return utf16_rank(a.p[at]) - utf16_rank(b.p[at]);
}

int unicode_cmp_path(struct str a, struct str b) {
    size_t at = common_len(a, b);

    if (at == a.len || at == b.len)
        return (a.len > b.len) - (a.len < b.len);
    /* A component that ends here comes before one that goes on. */
    if (a.p[at] == '/')
        return -1;
    if (b.p[at] == '/')
        return 1;
    return utf16_rank(a.p[at]) - utf16_rank(b.p[at]);
}
