/*
 * civil: instants and calendar dates.
 *
 * The clock of a build is one value (decisions.md 32); only cli/ reads the
 * system's.  The calendar is the proleptic Gregorian one.
 */
#ifndef VAULTSITE_BASE_CIVIL_H
#define VAULTSITE_BASE_CIVIL_H

#include <stdint.h>

#include "base/buf.h"

struct civil_date {
    int32_t year;
    uint8_t month, day; /* 1-12, 1-31 */
};

struct civil_instant {
    int64_t seconds;     /* since 1970-01-01T00:00:00Z */
    int32_t nanoseconds; /* 0 .. 999,999,999 */
};

/* Days since 1970-01-01, and back; a day beyond what fits in `year` gives the
 * first or the last that fits. */
int64_t civil_days(struct civil_date d);
struct civil_date civil_from_days(int64_t days);
bool civil_valid(struct civil_date d);
/* `YYYY-MM-DD` and nothing else. */
bool civil_parse_date(struct str s, struct civil_date *out);
/* What people write for a day: `2026-1-5`, also with `/` or `.`, or 8 digits;
 * anything but a further digit may follow (spec/entities.md §4.1). False for
 * everything else, and for days that no calendar has, as those of a year 0. */
bool civil_read_date(struct str s, struct civil_date *out);
/* `YYYY-MM-DD` (12:00 UTC of that day) or an RFC 3339 time with `Z` or offset:
 * the forms of --today (decisions.md 32). */
bool civil_parse_today(struct str s, struct civil_instant *out);
struct civil_date civil_date_of(struct civil_instant t);
/* `YYYY-MM-DD`; years before 0 have a sign, those past 9999 more digits. */
void civil_add_date(struct buf *out, struct civil_date d);
/* `YYYY` of it. */
void civil_add_year(struct buf *out, int32_t year);
/* `YYYY-MM-DDTHH:MM:SSZ`, with a fraction only where there is one. */
void civil_add_rfc3339(struct buf *out, struct civil_instant t);

#endif
