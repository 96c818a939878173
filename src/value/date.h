/*
 * date: an instant as calendar and clock of its zone, and its text forms.
 */
#ifndef VAULTSITE_VALUE_DATE_H
#define VAULTSITE_VALUE_DATE_H

#include "base/buf.h"
#include "value/value.h"

extern const struct zone zone_utc; /* what `Z` means: fixed, offset 0 */

struct date_parts {
    int32_t year, month, day; /* month and day from 1 */
    int32_t hour, minute, second, ms;
    int32_t weekday;         /* 1 Monday … 7 Sunday */
    int32_t ordinal;         /* day of the year, from 1 */
    int32_t week_year, week; /* ISO 8601 */
};

/* English, January and Monday first. */
extern const char *const date_months[12], *const date_weekdays[7];

/* Wall clock of d's zone; all 0 for an invalid date. */
struct date_parts date_parts(struct date d);
/* The same kind of zone, and the same offset or name: equal dates need it
 * (spec/dataview.md §2 row 8). */
bool zone_equal(const struct zone *a, const struct zone *b);
/* `UTC`, `UTC+2`, `UTC+5:30`, or the IANA name. */
void zone_add_name(struct buf *out, const struct zone *z);

/*
 * By the tokens of spec/dataview.md §17.3, in en-US. `'…'` is literal, letters
 * that are no token stand for themselves. An invalid date gives
 * `Invalid DateTime` whatever the format. Fixed zones are called `UTC+1`; the
 * short name of other zones is `GMT+1`, never an abbreviation such as CET.
 */
void date_format(struct buf *out, struct date d, struct str format);
/* The format that `D`, `DD`, `t`, `ff` and the like stand for in en-US; empty for
 * other tokens. */
struct str date_locale_form(char letter, size_t times);
/* How many ISO weeks a year has, 52 or 53. */
int32_t date_weeks_in(int32_t year);
/* `2026-01-05T10:20:30.000+00:00`; `Z` for a zone that is UTC by name or
 * offset but not the local one; `invalid`. */
void date_add_iso(struct buf *out, struct date d);

#endif
