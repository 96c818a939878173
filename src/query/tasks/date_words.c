#include "query/tasks/date_words.h"

#include <stdint.h>

static const struct {
    struct str text;
    enum date_word kind;
    int value;
} words[] = {
#define WORD(text, kind, value) {STR_INIT(text), DATE_WORD_##kind, value},
#include "query/tasks/date_words.def"
#undef WORD
};

bool date_literal(struct scan *s, struct str word) {
    struct scan at = *s;

    for (size_t i = 0; i < word.len; i++) {
        if (word.p[i] == ' ') {
            size_t before = at.at;

            scan_space(&at);
            if (at.at == before)
                return false;
        } else if (ascii_lower(scan_peek(&at)) != word.p[i]) {
            return false;
        } else {
            at.at++;
        }
    }
    *s = at;
    return true;
}

/* The first row of the kind, by bisection. */
static size_t first_of(enum date_word kind) {
    size_t from = 0, to = ARRAY_LEN(words);

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (words[middle].kind < kind)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool date_word(struct scan *s, enum date_word kind, int *value) {
    struct scan longest = *s;

    for (size_t i = first_of(kind);
         i < ARRAY_LEN(words) && words[i].kind == kind; i++) {
        struct scan at = *s;

        if (!date_literal(&at, words[i].text) || at.at <= longest.at)
            continue;
        longest = at;
        if (value != NULL)
            *value = words[i].value;
    }
    if (longest.at == s->at)
        return false;
    *s = longest;
    return true;
}

bool date_mark(struct scan *s, struct str set) {
    if (scan_end(s) || str_find(set, scan_peek(s)) == STR_NONE)
        return false;
    s->at++;
    return true;
}

static bool in_word(char c) {
    return ascii_alnum((unsigned char)c) || c == '_';
}

bool date_word_begins(const struct scan *s) {
    return s->at == 0 || !in_word(s->text.p[s->at - 1]);
}

bool date_word_ends(const struct scan *s) {
    return !in_word(scan_peek(s));
}

/* `twenty-first`, `twenty first`: one of the first nine after the tens. */
static bool tens_and_ordinal(struct scan *s, int *day) {
    struct scan at = *s;
    int tens, one;

    if (!date_word(&at, DATE_WORD_TENS, &tens))
        return false;
    if (!scan_byte(&at, '-'))
        scan_space(&at);
    if (!date_word(&at, DATE_WORD_ORDINAL, &one) || one > 9)
        return false;
    *day = tens + one;
    *s = at;
    return true;
}

bool date_ordinal(struct scan *s, int *day) {
    int64_t figures;

    if (tens_and_ordinal(s, day) || date_word(s, DATE_WORD_ORDINAL, day))
        return true;
    if (!scan_digits(s, 1, 2, &figures))
        return false;
    date_word(s, DATE_WORD_ENDING, NULL);
    *day = (int)figures;
    return true;
}

int32_t date_short_year(int64_t figures) {
    return (int32_t)(figures > 50 ? 1900 + figures : 2000 + figures);
}

static bool year_of_era(struct scan *s, int32_t *year) {
    struct scan at = *s;
    int64_t figures;
    int era;

    if (scan_peek(s) == '0' || !scan_digits(&at, 1, 4, &figures))
        return false;
    scan_space(&at);
    if (!date_word(&at, DATE_WORD_ERA, &era) || !date_word_ends(&at))
        return false;
    *year = (int32_t)(era > 0 ? -figures : figures + era);
    *s = at;
    return true;
}

bool date_year(struct scan *s, int32_t *year) {
    struct scan at = *s;
    int64_t figures;

    if (year_of_era(s, year))
        return true;
    if (scan_digits(&at, 4, 4, &figures) && figures >= 1000 && figures < 3000) {
        *year = (int32_t)figures;
        *s = at;
        return true;
    }
    at = *s;
    if (!scan_digits(&at, 2, 2, &figures) || figures < 50)
        return false;
    *year = date_short_year(figures);
    *s = at;
    return true;
}
