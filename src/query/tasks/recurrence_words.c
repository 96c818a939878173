#include "query/tasks/recurrence_rule.h"

/* The spellings of each word, any case; the longest one that fits counts. A word
 * need not end where its spelling does. */
static const struct {
    enum rule_word word;
    const char *spellings; /* of one first letter, a blank behind each */
} words[] = {
    {WORD_OTHER, "one "},
    {WORD_OTHER, "two three time times "},
    {WORD_EVERY, "every "},
    {WORD_WEEKDAYS, "weekday weekdays "},
    {WORD_MINUTES, "minute minutes "},
    {WORD_HOURS, "hour hours "},
    {WORD_DAYS, "day days "},
    {WORD_WEEKS, "week weeks "},
    {WORD_MONTHS, "month months "},
    {WORD_YEARS, "year years "},
    {WORD_ON, "on "},
    {WORD_ON, "in "},
    {WORD_AT, "at "},
    {WORD_THE, "the "},
    {WORD_FIRST, "first "},
    {WORD_SECOND, "second "},
    {WORD_THIRD, "third "},
    {WORD_LAST, "last "},
    {WORD_FOR, "for "},
    {WORD_UNTIL, "until "},
    {WORD_UNTIL, "til "},
    {WORD_MONDAY, "mo mon monday "},
    {WORD_MONDAY + 1, "tu tue tues tuesday "},
    {WORD_MONDAY + 2, "we wed wedn wednesday "},
    {WORD_MONDAY + 3, "th thu thur thursday "},
    {WORD_MONDAY + 4, "fr fri friday "},
    {WORD_MONDAY + 5, "sa sat saturday "},
    {WORD_SUNDAY, "su sun sunday "},
    {WORD_JANUARY, "jan january "},
    {WORD_JANUARY + 1, "feb february "},
    {WORD_JANUARY + 2, "mar march "},
    {WORD_JANUARY + 3, "apr april "},
    {WORD_JANUARY + 4, "may "},
    {WORD_JANUARY + 5, "jun june "},
    {WORD_JANUARY + 6, "jul july "},
    {WORD_JANUARY + 7, "aug august "},
    {WORD_JANUARY + 8, "sep sept september "},
    {WORD_JANUARY + 9, "oct october "},
    {WORD_JANUARY + 10, "nov november "},
    {WORD_DECEMBER, "dec december "},
};

/* Length of the longest spelling that begins `text`, 0 where none does. */
static size_t spelled(struct str text, const char *spellings) {
    size_t longest = 0;

    for (const char *p = spellings; *p != '\0'; p++) {
        size_t n = 0;
        while (n < text.len && p[n] == ascii_lower(text.p[n]) && p[n] != ' ')
            n++;
        if (p[n] == ' ' && n > longest)
            longest = n;
        while (*p != ' ')
            p++;
    }
    return longest;
}

static size_t commas(struct str text) {
    size_t at = 0, len;

    for (;; at += len) {
        struct str rest = str_skip(text, at);
        len = spelled(rest, "and or ");
        if (rest.len > 0 && rest.p[0] == ',')
            len = 1;
        if (len == 0)
            return at;
        while (at + len < text.len && text.p[at + len] == ' ')
            len++;
    }
}

/* Length of the digits of a number from 1; its value in *out. */
static size_t number(struct rule_words *w, struct str text, uint32_t *out) {
    uint64_t n = 0;
    size_t len = 0;

    if (text.len == 0 || text.p[0] == '0')
        return 0;
    for (; len < text.len && ascii_digit((unsigned char)text.p[len]); len++)
        if (n <= RULE_MAX_NUMBER)
            n = n * 10 + (uint64_t)(text.p[len] - '0');
    if (n > RULE_MAX_NUMBER)
        w->too_large = true;
    *out = (uint32_t)(n > RULE_MAX_NUMBER ? RULE_MAX_NUMBER : n);
    return len;
}

void rule_next(struct rule_words *w) {
    size_t best, len;

    while (w->rest.len > 0 && w->rest.p[0] == ' ')
        w->rest = str_skip(w->rest, 1);
    w->word = WORD_NONE;
    best = number(w, w->rest, &w->number);
    if (best > 0) {
        len = spelled(str_skip(w->rest, best), "th nd rd st ");
        w->word = len > 0 ? WORD_NTH : WORD_NUMBER;
        best += len;
    }
    for (size_t i = 0; i < ARRAY_LEN(words) && w->rest.len > 0; i++) {
        if (words[i].spellings[0] != ascii_lower(w->rest.p[0]))
            continue;
        len = spelled(w->rest, words[i].spellings);
        if (len > best) {
            best = len;
            w->word = words[i].word;
        }
    }
    len = commas(w->rest);
    if (len > best) {
        best = len;
        w->word = WORD_COMMA;
    }
    /* What is no word ends the rule. */
    w->rest = best > 0 ? str_skip(w->rest, best) : STR("");
}

/* --- the day of `until` --- */

static const char *const month_starts = "janfebmaraprmayjunjulaugsepoctnovdec";

/* 1-12 by the first three letters; 0: none. */
static unsigned month_of(struct str word) {
    for (unsigned i = 0; word.len >= 3 && i < 12; i++)
        if (str_eq_nocase(str_slice(word, 0, 3),
                          str_make(month_starts + 3 * (size_t)i, 3)))
            return i + 1;
    return 0;
}

/* Names of zones, which may follow the numbers and change no day. */
static bool is_zone(struct str word) {
    static const struct str names[] = {
        STR_INIT("ut"),  STR_INIT("utc"), STR_INIT("z"),   STR_INIT("gmt"),
        STR_INIT("cdt"), STR_INIT("cst"), STR_INIT("edt"), STR_INIT("est"),
        STR_INIT("mdt"), STR_INIT("mst"), STR_INIT("pdt"), STR_INIT("pst")};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_nocase(word, names[i]))
            return true;
    return false;
}

static bool is_day(uint32_t n) {
    return n >= 1 && n <= 31;
}

struct read_date {
    uint32_t numbers[3];
    size_t n;
    unsigned month;
};

/* Which number is what: with the month's name, without it. What is not given is 1. */
static bool compose(const struct read_date *d, struct civil_date *out) {
    uint32_t n[3] = {1, 1, 1}, year, month = d->month, day;

    memcpy(n, d->numbers, d->n * sizeof *n);
    if (d->n == 0)
        return false;
    if (month > 0) {
        year = is_day(n[0]) ? n[1] : n[0];
        day = is_day(n[0]) ? n[0] : n[1];
    } else if (!is_day(n[0])) {
        year = n[0];
        month = n[1];
        day = n[2];
    } else {
        month = n[0];
        day = n[1];
        year = n[2];
    }
    if (year < 100)
        year += year < 50 ? 2000 : 1900;
    if (year > 9999 || month < 1 || month > 12 || !is_day(day))
        return false;
    /* A day past the month's end is one of the next. */
    *out = civil_from_days(
        civil_days((struct civil_date){(int32_t)year, (uint8_t)month, 1}) +
        day - 1);
    return true;
}

/* A word in such a day; the text goes on with `rest`. */
static bool add_word(struct read_date *d, struct str word, struct str rest) {
    unsigned month = month_of(word);

    if (month > 0) {
        d->month = month;
        return true;
    }
    if (d->n > 0)
        return is_zone(word);
    return rest.len == 0 || !ascii_digit((unsigned char)rest.p[0]);
}

bool rule_read_date(struct str text, struct civil_date *out) {
    struct read_date d = {0};

    while (text.len > 0) {
        size_t len = 0;
        uint64_t n = 0;

        while (len < text.len && ascii_alpha((unsigned char)text.p[len]))
            len++;
        if (len > 0) {
            if (!add_word(&d, str_slice(text, 0, len), str_skip(text, len)))
                return false;
            text = str_skip(text, len);
            continue;
        }
        for (; len < text.len && ascii_digit((unsigned char)text.p[len]); len++)
            if (n <= RULE_MAX_NUMBER)
                n = n * 10 + (uint64_t)(text.p[len] - '0');
        if (len > 0) {
            if (d.n == ARRAY_LEN(d.numbers) || n > RULE_MAX_NUMBER)
                return false;
            d.numbers[d.n++] = (uint32_t)n;
        }
        text = str_skip(text, len > 0 ? len : 1);
    }
    return compose(&d, out);
}
