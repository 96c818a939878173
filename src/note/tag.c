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
