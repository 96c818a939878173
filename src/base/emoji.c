#include "base/emoji.h"

#include <unicode/uchar.h>

#include "base/unicode.h"

enum {
    JOINER = 0x200d,
    KEYCAP = 0x20e3,
    AS_EMOJI = 0xfe0f,
    TAG_FIRST = 0xe0020,
    TAG_LAST = 0xe007f,
};

/* Bytes of `code` at s.p[at], 0 when something else stands there. */
static size_t code_len(struct str s, size_t at, uint32_t code) {
    uint32_t found;
    size_t len;

    if (at >= s.len)
        return 0;
    len = utf8_decode(s, at, &found);
    return found == code ? len : 0;
}

/* Bytes of a code point with the property, 0 when there is none. */
static size_t property_len(struct str s, size_t at, UProperty property) {
    uint32_t code;
    size_t len;

    if (at >= s.len || (unsigned char)s.p[at] < 0x80)
        return 0;
    len = utf8_decode(s, at, &code);
    return u_hasBinaryProperty((UChar32)code, property) ? len : 0;
}

static size_t tags_len(struct str s, size_t at) {
    size_t begin = at;
    uint32_t code;

    while (at < s.len) {
        size_t len = utf8_decode(s, at, &code);
        if (code < TAG_FIRST || code > TAG_LAST)
            break;
        at += len;
    }
    return at - begin;
}

/* One emoji without what is joined to it. */
static size_t single_len(struct str s, size_t at) {
    size_t begin = at, len = property_len(s, at, UCHAR_REGIONAL_INDICATOR);

    if (len > 0) /* two of them are a flag */
        return len + property_len(s, at + len, UCHAR_REGIONAL_INDICATOR);
    len = property_len(s, at, UCHAR_EMOJI);
    if (len == 0)
        return 0;
    at += len;
    at += code_len(s, at, AS_EMOJI);
    at += property_len(s, at, UCHAR_EMOJI_MODIFIER);
    at += tags_len(s, at);
    return at - begin;
}

static size_t keycap_len(struct str s, size_t at) {
    size_t len = 1, cap;

    len += code_len(s, at + len, AS_EMOJI);
    cap = code_len(s, at + len, KEYCAP);
    return cap > 0 ? len + cap : 0;
}

size_t emoji_len(struct str s, size_t at) {
    unsigned char c = (unsigned char)s.p[at];
    size_t begin = at, len, joiner;

    if (c < 0x80)
        return ascii_digit(c) || c == '#' || c == '*' ? keycap_len(s, at) : 0;
    for (at += single_len(s, at); at > begin; at += joiner + len) {
        joiner = code_len(s, at, JOINER);
        if (joiner == 0 || at + joiner >= s.len)
            break;
        len = single_len(s, at + joiner);
        if (len == 0)
            break;
    }
    return at - begin;
}
