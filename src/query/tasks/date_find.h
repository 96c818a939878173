/*
 * date_find: the dates that stand in a text in free English
 * (spec/tasks.md §5.5).
 *
 * Each reader knows one way to write a date and is tried wherever a word may
 * begin. What several readers find in one place is settled (the longer find
 * wins), and finds beside each other may belong together: a weekday and its
 * date, a date and its time, a beginning and an end.
 */
#ifndef VAULTSITE_QUERY_TASKS_DATE_FIND_H
#define VAULTSITE_QUERY_TASKS_DATE_FIND_H

#include "base/civil.h"
#include "query/tasks/date_words.h"

/* What a text said of a date; the rest is assumed. */
enum date_known {
    DATE_KNOWN_YEAR = 1 << 0,
    DATE_KNOWN_MONTH = 1 << 1,
    DATE_KNOWN_DAY = 1 << 2,
    DATE_KNOWN_WEEKDAY = 1 << 3,
    DATE_KNOWN_TIME = 1 << 4,
    DATE_KNOWN_DATE = DATE_KNOWN_YEAR | DATE_KNOWN_MONTH | DATE_KNOWN_DAY,
};

/* So much of each unit, in the order in which they were named first. */
struct date_units {
    struct {
        enum date_unit unit;
        double n;
    } items[UNIT_YEAR + 1];
    size_t len;
};

struct date_find {
    size_t begin, end; /* bytes of the text */
    struct civil_date date;
    unsigned known;          /* enum date_known */
    bool range;              /* it has an end of its own already */
    bool broken;             /* no clock has the time, no calendar the end */
    struct date_units units; /* where `beside` is not 0 */
    int beside;              /* `2 days before`: -1; `2 days after`: 1 */
};

/* Reads what stands at `*s`, where a word begins. False where it is nothing of
 * the kind; else `*s` is after it, and `*find` says all but its place. */
typedef bool date_reader(struct civil_date today, struct scan *s,
                         struct date_find *find);

/* date_calendar.c: days that are named by the calendar. */
date_reader date_read_iso, date_read_year_first, date_read_slashes,
    date_read_month_and_year, date_read_day_first, date_read_month_first,
    date_read_month;
/* date_relative.c: those that are told from today. */
date_reader date_read_day, date_read_weekday, date_read_within, date_read_since,
    date_read_signed, date_read_this;
/* date_clock.c: times of day, which mean today. */
date_reader date_read_clock, date_read_time;

/* So much later than noon of `*date`, a real day, or earlier where `sign` is -1. Days are
 * rounded, months and years cut; a day past the end of its month is the last.
 * False where that is farther than calendars go; `*date` is untouched then. */
bool date_units_add(const struct date_units *units, int sign,
                    struct civil_date *date);

/* The first finds of `text`, no more than `max`, in their order: those with a
 * real date that are not only a number. Returns how many. */
size_t date_find_all(struct civil_date today, struct str text,
                     struct civil_date *out, size_t max);

#endif
