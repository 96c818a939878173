/*
 * date_read: the literals of dates and durations (spec/dataview.md §8.4).
 *
 *     2026-01   2026-01-05T10:20:30.123+02:00   today   eom   3h 20 min
 *
 * Each reads the longest literal that the text begins with and says how many
 * bytes that is, 0 when there is none; a whole text is one when that is all of
 * it.  Texts are not trimmed.
 */
#ifndef VAULTSITE_VALUE_DATE_READ_H
#define VAULTSITE_VALUE_DATE_READ_H

#include "value/zones.h"

/* Without a zone of its own it is in zones->local. A day or a time past its
 * range is carried on, a month is not; an unknown zone id is no date. */
size_t date_read(struct zones *z, struct str s, struct date *out);
/* `now`, `today`, `start-of-week`, `sow`, …, in the zone of `now`. */
size_t date_read_word(struct date now, struct str s, struct date *out);
/* `1d 2h`, `2 weeks, 3 days`; not normalised, equal units added up. */
size_t duration_read(struct str s, struct duration *out);

#endif
