#include "base/word_fold.h"

#include <utf8proc.h>

const struct code_range word_bare_marks[] = {
    {0x0300, 0x036F}, /* accents */
    {0x0483, 0x0487}, /* Cyrillic */
    {0x0591, 0x05BD}, /* Hebrew points */
    {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
    {0x0610, 0x061A}, /* Arabic signs, and the stroke that fills a line */
    {0x0640, 0x0640}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x1AB0, 0x1ABE},
    {0x1DC0, 0x1DFF}, {0x20D0, 0x20F0}, {0xFE20, 0xFE2F},
};
const size_t word_nbare_marks = ARRAY_LEN(word_bare_marks);

const struct code_range word_unspaced_ranges[] = {
    {0x0E00, 0x0EFF}, /* Thai, Lao */
    {0x1000, 0x109F}, /* Myanmar */
    {0x1780, 0x17FF}, /* Khmer */
    {0x2E80, 0x2FDF}, /* Han: radicals */
    {0x3005, 0x3007}, {0x3021, 0x3029}, {0x3038, 0x303B},
    {0x3041, 0x30FF},                   /* Kana */
    {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, /* Han */
    {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF},
};
const size_t word_nunspaced_ranges = ARRAY_LEN(word_unspaced_ranges);

const struct word_spelling word_spellings[] = {
    {0xDF, STR_INIT("ss")},        {0xE6, STR_INIT("ae")},
    {0xF0, STR_INIT("d")},         {0xF8, STR_INIT("o")},
    {0xFE, STR_INIT("th")},        {0x111, STR_INIT("d")},
    {0x127, STR_INIT("h")},        {0x131, STR_INIT("i")},
    {0x142, STR_INIT("l")},        {0x14B, STR_INIT("n")},
    {0x153, STR_INIT("oe")},       {0x167, STR_INIT("t")},
    {0x3C2, STR_INIT("\xCF\x83")},
};
const size_t word_nspellings = ARRAY_LEN(word_spellings);

bool word_has(uint32_t code) {
    if (code < 0x80)
        return ascii_alnum((unsigned char)code);
    return (unicode_class(code) &
            (UNICODE_LETTER | UNICODE_MARK | UNICODE_NUMBER)) != 0;
}

bool word_is_unspaced(uint32_t code) {
    return code >= word_unspaced_ranges[0].first &&
           unicode_in_ranges(word_unspaced_ranges, word_nunspaced_ranges, code);
}

static const struct word_spelling *spelling_of(uint32_t code) {
    for (size_t i = 0; i < word_nspellings; i++)
        if (word_spellings[i].code == code)
            return &word_spellings[i];
    return NULL;
}

/* The code points of a word, in room for `max`; 0 for what is not UTF-8. */
static size_t take_apart(struct str word, int32_t *codes, size_t max) {
    utf8proc_ssize_t n = utf8proc_decompose(
        (const utf8proc_uint8_t *)word.p, (utf8proc_ssize_t)word.len, codes,
        (utf8proc_ssize_t)max, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);

    return n > 0 ? (size_t)n : 0;
}

/* In place: each code point as itself, as nothing, or as at most two. `to` has room
 * for twice as many. */
static size_t make_bare(const int32_t *from, size_t n, int32_t *to) {
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t code = (uint32_t)from[i];
        const struct word_spelling *spelling;

        if (!word_has(code) ||
            unicode_in_ranges(word_bare_marks, word_nbare_marks, code))
            continue;
        code = unicode_lower(code);
        spelling = spelling_of(code);
        if (spelling == NULL) {
            to[len++] = (int32_t)code;
            continue;
        }
        for (size_t at = 0; at < spelling->as.len;) {
            at += utf8_decode(spelling->as, at, &code);
            to[len++] = (int32_t)code;
        }
    }
    return len;
}

void word_fold(struct arena *scratch, struct str word, struct buf *out) {
    size_t max = take_apart(word, NULL, 0), n;
    int32_t *codes, *bare;
    utf8proc_ssize_t len;

    if (max == 0)
        return;
    codes = arena_array(scratch, int32_t, max);
    /* Room for the NUL that the encoder adds. */
    bare = arena_array(scratch, int32_t, 2 * max + 1);
    n = make_bare(codes, take_apart(word, codes, max), bare);
    len = utf8proc_reencode(bare, (utf8proc_ssize_t)n,
                            UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (len > 0)
        buf_add(out, bare, (size_t)len);
}
