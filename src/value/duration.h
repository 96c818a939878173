/*
 * duration: arithmetic on unit counts (spec/dataview.md §17.2).
 *
 * The factors are the plugin's casual ones: a month is 30 days where it is
 * compared and 4 weeks where it is normalised.  That 28 days are a month then
 * is known, and kept for the sake of equal answers.
 */
#ifndef VAULTSITE_VALUE_DURATION_H
#define VAULTSITE_VALUE_DURATION_H

#include "base/buf.h"
#include "value/value.h"

/* The whole as milliseconds: year 365 days, month 30, week 7. */
double duration_ms(const struct duration *d);
/* All unit counts are the same; a missing one is 0. */
bool duration_same(const struct duration *a, const struct duration *b);
/* Fractions carried down, then rolled up from milliseconds to years; all counts
 * have the same sign and only milliseconds may have a fraction. */
struct duration duration_normalise(const struct duration *d);
/* All units, as bits 1 << DURATION_YEARS and so on. */
#define DURATION_ALL ((1U << DURATION_UNITS) - 1)
/* The duration counted in these units alone, all with the same sign; only the
 * smallest of them may have a fraction. All zero when there are none. */
struct duration duration_shift(const struct duration *d, unsigned units);
/*
 * The whole in one unit, fractions included, by the name a query uses: `years`,
 * `year`, … `milliseconds`; of weeks only the plural (spec/dataview.md §9).
 * False for any other name.
 */
bool duration_field(const struct duration *d, struct str name, double *out);
/* Text form: normalised, units that are 0 left out, `3 weeks, 1 day`; nothing
 * for one that is all zero. */
void duration_add(struct buf *out, const struct duration *d);

#endif
