/*
 * date_words: the words of dates in English, and the small things of their
 * grammar. Letters compare without case.
 */
#ifndef VAULTSITE_QUERY_TASKS_DATE_WORDS_H
#define VAULTSITE_QUERY_TASKS_DATE_WORDS_H

#include "value/scan.h"

enum date_unit {
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_YEAR,
};

/* The kinds of the rows of date_words.def, which says what each counts. */
enum date_word {
    DATE_WORD_MONTH,
    DATE_WORD_WEEKDAY,
    DATE_WORD_UNIT,
    DATE_WORD_NUMBER,
    DATE_WORD_ORDINAL,
    DATE_WORD_TENS,
    DATE_WORD_ENDING,
    DATE_WORD_WHICH,
    DATE_WORD_SIGN,
    DATE_WORD_SINCE,
    DATE_WORD_BESIDE,
    DATE_WORD_WITHIN,
    DATE_WORD_ABOUT,
    DATE_WORD_DAY,
    DATE_WORD_TIME,
    DATE_WORD_NOON,
    DATE_WORD_CLOCK,
    DATE_WORD_TILL,
    DATE_WORD_TO,
    DATE_WORD_HOURS,
    DATE_WORD_JOIN,
    DATE_WORD_ERA,
};

/* The longest word of that kind which stands there, also where further letters
 * follow; a blank of the word is any white space. `*value` is left alone where
 * none does, and may be NULL. */
bool date_word(struct scan *s, enum date_word kind, int *value);
/* One word that is in no table. */
bool date_literal(struct scan *s, struct str word);
/* One of the bytes of `set`. */
bool date_mark(struct scan *s, struct str set);
/* Whether a word may begin, may end here: no letter, figure or `_` of ASCII
 * stands before it, comes next. */
bool date_word_begins(const struct scan *s);
bool date_word_ends(const struct scan *s);

/* 1 to 31, and whatever two figures say: `5`, `5th`, `twenty-first`. */
bool date_ordinal(struct scan *s, int *day);
/* 1000 to 2999, two figures from 50 on (decisions of the plugin's reader: to 50
 * it is 20.., after that 19..), or a year with its era. */
bool date_year(struct scan *s, int32_t *year);
/* What two figures mean as a year. */
int32_t date_short_year(int64_t figures);

#endif
