/*
 * date_make: dates from instants and from wall clocks, their parts and bounds.
 *
 * A wall clock that a zone skips is moved on by what was skipped; of one that
 * comes twice the guess decides, as in luxon, which the plugin counts with.
 */
#ifndef VAULTSITE_VALUE_DATE_MAKE_H
#define VAULTSITE_VALUE_DATE_MAKE_H

#include "base/civil.h"
#include "value/date.h"

/* Instants further from 1970 than this many ms are invalid, as in JavaScript. */
#define DATE_MAX_MS INT64_C(8640000000000000)

extern const struct date date_invalid;

/* A wall clock; every part may be out of its range and is then carried on. */
struct date_wall {
    int64_t year, month, day; /* month and day from 1 */
    int64_t hour, minute, second, ms;
};

enum date_span { DATE_DAY, DATE_WEEK, DATE_MONTH, DATE_YEAR };

/* The instant in a zone; invalid past DATE_MAX_MS. */
struct date date_at(const struct zone *z, int64_t ms);
/* The instant at which clocks show `w`, the first one where there are two. */
struct date date_from_wall(const struct zone *z, const struct date_wall *w);
/* The same; of two instants the one with the offset `guess` is meant. */
struct date date_from_wall_near(const struct zone *z, const struct date_wall *w,
                                int32_t guess);
/* 00:00 of a day. */
struct date date_of_day(const struct zone *z, struct civil_date day);
struct date_wall date_wall(struct date d);
/* The same instant in another zone. */
struct date date_in_zone(struct date d, const struct zone *z);
/* The same wall clock in another zone. */
struct date date_keep_wall(struct date d, const struct zone *z);
/* The first and the last ms of the day, week (from Monday), month or year. */
struct date date_start_of(struct date d, enum date_span span);
struct date date_end_of(struct date d, enum date_span span);
/*
 * The part of a date that a query asks for by name: `year` … `millisecond`,
 * `weekday` (1 Monday), `weekyear`, which is the number of the ISO week, and
 * `week`, which is day / 7 + 1 (spec/dataview.md §9). NaN for an invalid date,
 * false for any other name.
 */
bool date_field(struct date d, struct str name, double *out);

#endif
