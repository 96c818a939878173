#include "note/tag.h"

#include "base/unicode.h"

#define ZERO_WIDTH_JOINER 0x200D
#define VARIATION_SELECTOR_16 0xFE0F

static bool tag_code(uint32_t code) {
    if (code < 0x80)
        return ascii_alnum((unsigned char)code) || code == '_' || code == '-' ||
               code == '/';
    if ((code >= 0x2000 && code <= 0x206F) ||
        (code >= 0x2E00 && code <= 0x2E7F))
        return false;
    return code != UNICODE_REPLACEMENT &&
           (unicode_class(code) & (UNICODE_SPACE | UNICODE_CONTROL)) == 0;
}

size_t tag_length(struct str s, size_t at) {
    size_t i = at;

    while (i < s.len) {
        unsigned char c = (unsigned char)s.p[i];
        uint32_t code = c;
        size_t n = 1;

        if (c >= 0x80)
            n = utf8_decode(s, i, &code);
        if (code == ZERO_WIDTH_JOINER || code == VARIATION_SELECTOR_16) {
            if (i == at)
                break;
        } else if (!tag_code(code)) {
            break;
        }
        i += n;
    }
    while (i > at && s.p[i - 1] == '/')
        i--;
    for (size_t k = at; k < i; k++) /* digits alone are no tag */
        if (!ascii_digit((unsigned char)s.p[k]))
            return i - at;
    return 0;
}

/* `#1` counts something, `#123` may have been meant as a tag. */
#define MIN_SLIP_DIGITS 3

/* `fff`, `c0ffee`, also with an alpha. */
static bool is_colour(struct str s) {
    if (s.len != 3 && s.len != 4 && s.len != 6 && s.len != 8)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_digit((unsigned char)s.p[i]) &&
            ((s.p[i] | 0x20) < 'a' || (s.p[i] | 0x20) > 'f'))
            return false;
    return true;
}

/* What may stand right before a tag that somebody put in brackets or quotation
 * marks, or wrote without a blank; but not in `](#part)`. */
static bool is_glue(struct str s, size_t at, uint32_t code) {
    if (code == '(')
        return at < 2 || s.p[at - 2] != ']';
    return code == '"' || code == '\'' || code == '[' || code == '{' ||
           code == ',' || code == ';' || code == 0xAB || code == 0xBB ||
           (code >= 0x2010 && code <= 0x201F);
}

const char *tag_slip(struct str s, size_t at, size_t *len) {
    size_t name = tag_length(s, at + 1), digits = 0;
    uint32_t before = ' ';

    if (at > 0)
        utf8_decode_back(s, at, &before);
    while (at + 1 + digits < s.len &&
           ascii_digit((unsigned char)s.p[at + 1 + digits]))
        digits++;
    if (name == 0 && digits >= MIN_SLIP_DIGITS &&
        unicode_class(before) == UNICODE_SPACE) {
        *len = 1 + digits;
        return "is no tag: it has only digits";
    }
    if (name > 0 && digits == 0 && is_glue(s, at, before) &&
        !is_colour(str_slice(s, at + 1, at + 1 + name))) {
        *len = 1 + name;
        return "is no tag: no blank stands before it";
    }
    return NULL;
}
