/*
 * recurrence_rule: a rule for repeating as its words give it.
 *
 * Between the files of recurrence.h: words, reading, printing.
 */
#ifndef VAULTSITE_QUERY_TASKS_RECURRENCE_RULE_H
#define VAULTSITE_QUERY_TASKS_RECURRENCE_RULE_H

#include "base/civil.h"
#include "query/tasks/recurrence.h"

/* What a rule is made of. Days and months are in their order, units too. */
enum rule_word {
    WORD_NONE, /* the end, or what is no word */
    WORD_OTHER,
    WORD_NUMBER,
    WORD_NTH, /* 2nd */
    WORD_COMMA,
    WORD_EVERY,
    WORD_WEEKDAYS,
    WORD_MINUTES,
    WORD_HOURS,
    WORD_DAYS,
    WORD_WEEKS,
    WORD_MONTHS,
    WORD_YEARS,
    WORD_ON,
    WORD_AT,
    WORD_THE,
    WORD_FIRST,
    WORD_SECOND,
    WORD_THIRD,
    WORD_LAST,
    WORD_FOR,
    WORD_UNTIL,
    WORD_MONDAY,
    WORD_SUNDAY = WORD_MONDAY + 6,
    WORD_JANUARY,
    WORD_DECEMBER = WORD_JANUARY + 11,
};

/* Reads word by word. */
struct rule_words {
    struct str rest; /* behind the word at hand */
    enum rule_word word;
    uint32_t number; /* WORD_NUMBER, WORD_NTH */
    bool too_large;  /* a number past RULE_MAX_NUMBER was met */
};
#define RULE_MAX_NUMBER 999999999

/* Takes the next word. */
void rule_next(struct rule_words *w);
/* A day of a calendar in English words and numbers, `June 1 2026`, as JavaScript's
 * engines read it; false for anything else. */
bool rule_read_date(struct str text, struct civil_date *out);

struct rule_day {
    int day; /* 0 Monday … 6 */
    int nth; /* 0: each of them; from the end: negative */
};

struct rule {
    enum rule_word unit; /* WORD_MINUTES … WORD_YEARS */
    uint32_t interval;   /* from 1 */
    struct rule_day days[RECURRENCE_MAX];
    int monthdays[RECURRENCE_MAX];   /* from the end: negative */
    uint32_t months[RECURRENCE_MAX]; /* 1-12 */
    uint32_t weeks[RECURRENCE_MAX], hours[RECURRENCE_MAX];
    size_t ndays, nmonthdays, nmonths, nweeks, nhours;
    uint32_t count; /* 0: for ever */
    bool ends;
    struct civil_date until;
};

void rule_print(struct buf *out, struct rule *r);

#endif
