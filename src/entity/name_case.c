#include "entity/name_case.h"

#include "base/unicode.h"
#include "entity/name_text.h"

bool name_is_capital(uint32_t code) {
    return unicode_lower(code) != code;
}

/* The first code point of the next word at or after *at, in normal form as far as
 * case goes; 0 where none follows. */
static uint32_t next_word(struct str s, size_t *at) {
    uint32_t code = 0, first = 0;
    size_t n;

    for (; *at < s.len; *at += n) {
        n = utf8_decode(s, *at, &code);
        if (!name_is_blank(code))
            first = first != 0 ? first : code;
        else if (first != 0)
            break;
    }
    return first;
}

/* Having the same key they have as many words. */
bool name_capitals_agree(struct str name, struct str text) {
    size_t i = 0, k = 0;

    for (;;) {
        uint32_t wanted = next_word(name, &i);
        uint32_t found = next_word(text, &k);

        if (wanted == 0)
            return true;
        if (name_is_capital(wanted) && !name_is_capital(found))
            return false;
    }
}

bool name_cases_agree(struct str name, struct str text, struct arena *scratch) {
    size_t i = 0, k = 0;

    name = unicode_nfc(scratch, name);
    text = unicode_nfc(scratch, text);
    while (i < name.len && k < text.len) {
        uint32_t a, b;

        i += utf8_decode(name, i, &a);
        k += utf8_decode(text, k, &b);
        if (name_is_capital(a) != name_is_capital(b))
            return false;
    }
    return true;
}
