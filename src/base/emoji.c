#include "base/emoji.h"

#include <unicode/uchar.h>

#include "base/unicode.h"

#define ZERO_WIDTH_JOINER 0x200D
#define VARIATION_SELECTOR_16 0xFE0F
#define KEYCAP 0x20E3
#define FIRST_EMOJI 0xA9 /* ©; digits and marks before it are only parts */

static bool is_emoji(uint32_t code) {
    return code >= FIRST_EMOJI &&
           u_hasBinaryProperty((UChar32)code, UCHAR_EMOJI);
}

/* A flag is two of them; what names a region in a flag. */
static bool is_regional(uint32_t code) {
    return code >= 0x1F1E6 && code <= 0x1F1FF;
}

static bool is_tag(uint32_t code) {
    return code >= 0xE0020 && code <= 0xE007F;
}

/* The code point at `at`, 0 at the end; *next is behind it. */
static uint32_t peek(struct str s, size_t at, size_t *next) {
    uint32_t code;

    *next = at;
    if (at >= s.len)
        return 0;
    *next = at + utf8_decode(s, at, &code);
    return code;
}

static size_t keycap_end(struct str s, size_t at) {
    size_t next;
    uint32_t code;

    if (!ascii_digit((unsigned char)s.p[at]) && s.p[at] != '#' &&
        s.p[at] != '*')
        return at;
    code = peek(s, at + 1, &next);
    if (code == VARIATION_SELECTOR_16)
        code = peek(s, next, &next);
    return code == KEYCAP ? next : at;
}

/* Behind what may follow a first character. */
static size_t modifiers_end(struct str s, size_t at) {
    size_t next;
    uint32_t code = peek(s, at, &next);

    while (code == VARIATION_SELECTOR_16 || is_tag(code) ||
           (code >= 0x1F3FB && code <= 0x1F3FF)) { /* colours of the skin */
        at = next;
        code = peek(s, at, &next);
    }
    return at;
}

size_t emoji_length(struct str s, size_t at) {
    size_t begin = at, next;
    uint32_t code;

    if ((unsigned char)s.p[at] < 0x80)
        return keycap_end(s, at) - begin;
    code = peek(s, at, &next);
    if (!is_emoji(code))
        return 0;
    at = next;
    if (is_regional(code) && is_regional(peek(s, at, &next)))
        return next - begin;
    for (;;) {
        at = modifiers_end(s, at);
        if (peek(s, at, &next) != ZERO_WIDTH_JOINER ||
            !is_emoji(peek(s, next, &next)))
            return at - begin;
        at = next;
    }
}
