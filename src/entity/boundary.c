#include "entity/boundary.h"

#include "base/unicode.h"

bool name_unspaced(uint32_t code) {
    static const struct code_range ranges[] = {
        {0x0E00, 0x0E7F}, /* Thai */
        {0x1100, 0x11FF}, /* Hangul */
        {0x2E80, 0x2FDF}, /* Han: radicals */
        {0x3005, 0x3007}, /* Han: 々 and such */
        {0x3021, 0x3029},   {0x3038, 0x303B}, {0x3041, 0x30FF}, /* Kana */
        {0x3130, 0x318F},                                       /* Hangul */
        {0x31F0, 0x31FF},                                       /* Kana */
        {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},                   /* Han */
        {0xA960, 0xA97F},   {0xAC00, 0xD7FF},                   /* Hangul */
        {0xF900, 0xFAFF},                                       /* Han */
        {0xFF66, 0xFFDC},   /* Kana and Hangul, halfwidth */
        {0x1AFF0, 0x1B16F}, /* Kana */
        {0x20000, 0x323AF}, /* Han */
    };

    return code >= ranges[0].first &&
           unicode_in_ranges(ranges, ARRAY_LEN(ranges), code);
}

bool name_word_char(uint32_t code) {
    if (code < 0x80)
        return ascii_alnum((unsigned char)code) || code == '_';
    if (code == 0x02BC) /* a name key has `'` for it */
        return false;
    return (unicode_class(code) &
            (UNICODE_LETTER | UNICODE_MARK | UNICODE_NUMBER)) != 0;
}

static bool is_hyphen(uint32_t code) {
    return code == '-' || code == 0x2010 || code == 0x2011;
}

static bool letter_or_digit(uint32_t code) {
    if (code < 0x80)
        return ascii_alnum((unsigned char)code);
    return (unicode_class(code) & (UNICODE_LETTER | UNICODE_NUMBER)) != 0;
}

bool name_may_begin(struct str text, size_t at) {
    uint32_t own, code;
    size_t n;

    if (at == 0)
        return true;
    if (name_apart((unsigned char)text.p[at - 1])) /* most */
        return true;
    if (at < text.len) {
        utf8_decode(text, at, &own);
        if (name_unspaced(own))
            return true;
    }
    n = utf8_decode_back(text, at, &code);
    if (name_word_char(code))
        return false;
    if (!is_hyphen(code) || at == n)
        return true;
    utf8_decode_back(text, at - n, &code);
    return !letter_or_digit(code);
}

bool name_may_end(struct str text, size_t at) {
    uint32_t own, code;
    size_t n;

    if (name_apart_at(text, at))
        return true;
    if (at > 0 && (unsigned char)text.p[at - 1] >= 0x80) {
        utf8_decode_back(text, at, &own);
        if (name_unspaced(own))
            return true;
    }
    n = utf8_decode(text, at, &code);
    if (name_word_char(code))
        return false;
    if (!is_hyphen(code) || at + n >= text.len)
        return true;
    utf8_decode(text, at + n, &code);
    return !letter_or_digit(code);
}
