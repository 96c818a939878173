#include "note/section_name.h"

#include "base/name_key.h"
#include "base/unicode.h"
#include "base/wide.h"

/* Emoji are symbols, and so are what joins and colours them; of punctuation only
 * the marks of Markdown go: a name may have an apostrophe. */
static bool is_kept(uint32_t code) {
    static const bool marks[0x80] = {
        ['*'] = true, ['_'] = true, ['`'] = true,  ['~'] = true, ['='] = true,
        ['#'] = true, ['$'] = true, ['+'] = true,  ['<'] = true, ['>'] = true,
        ['^'] = true, ['|'] = true, ['\\'] = true,
    };

    if (code < 0x80)
        return !marks[code];
    return code != 0x200D && !(code >= 0xFE00 && code <= 0xFE0F) &&
           !(unicode_class(code) & UNICODE_SYMBOL);
}

/* The first place at or after `at` of something that goes, or the end; *next is what
 * follows it. */
static size_t next_symbol(struct str s, size_t at, size_t *next) {
    uint32_t code;

    *next = at;
#ifdef __SSE2__
    for (; s.len - at >= 16; at += 16) {
        __m128i v = wide_load(s.p + at);
        __m128i kept =
            _mm_or_si128(wide_alnum(v), _mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
        unsigned others = ~wide_bits(kept) & 0xFFFF;

        for (; others != 0; others &= others - 1) {
            size_t i = at + (size_t)__builtin_ctz(others);

            if (i < *next) /* inside a character */
                continue;
            *next = i + utf8_decode(s, i, &code);
            if (!is_kept(code))
                return i;
        }
    }
    at = *next > at ? *next : at; /* the last may end past the sixteen */
#endif
    for (; at < s.len; at = *next) {
        *next = at + 1;
        if (ascii_alnum((unsigned char)s.p[at])) /* most */
            continue;
        *next = at + utf8_decode(s, at, &code);
        if (!is_kept(code))
            break;
    }
    return at;
}

static struct str without_symbols(struct arena *a, struct str s) {
    size_t next = 0, kept = 0, at = next_symbol(s, 0, &next), len = 0;
    char *out;

    if (at == s.len) /* most */
        return s;
    out = arena_alloc(a, s.len, 1);
    for (;;) {
        memcpy(out + len, s.p + kept, at - kept);
        len += at - kept;
        if (at == s.len)
            return str_make(out, len);
        kept = next;
        at = next_symbol(s, kept, &next);
    }
}

/* `(what and why)` and `:` at the end, in either order. */
static struct str without_tail(struct str s) {
    for (;;) {
        struct str before = s = str_rtrim(s);
        size_t open;

        if (str_ends(s, STR(":")))
            s.len--;
        open = str_ends(s, STR(")")) ? str_rfind(s, '(') : STR_NONE;
        if (open != STR_NONE && open > 0)
            s.len = open;
        if (s.len == before.len)
            return s;
    }
}

struct str section_name(struct arena *a, struct str s) {
    return name_key(a, without_tail(without_symbols(a, s)));
}
