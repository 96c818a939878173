/*
 * date_math: what a query may do with dates and durations
 * (spec/dataview.md §9, §17.1, §17.2).
 */
#ifndef VAULTSITE_VALUE_DATE_MATH_H
#define VAULTSITE_VALUE_DATE_MATH_H

#include "value/value.h"

/* Years and months first, the day kept within its month, then weeks and days,
 * then the rest, with all fractions, as ms. Invalid when no date can hold it. */
struct date date_plus(struct date d, const struct duration *by);
struct date date_minus(struct date d, const struct duration *by);
/* a - b in calendar units, normalised. False when one of them is invalid. */
bool date_difference(struct date a, struct date b, struct duration *out);

/* Normalised results; false where a count would be no finite number. */
bool duration_plus(const struct duration *a, const struct duration *b,
                   struct duration *out);
bool duration_minus(const struct duration *a, const struct duration *b,
                    struct duration *out);
bool duration_times(const struct duration *d, double by, struct duration *out);
bool duration_divided(const struct duration *d, double by,
                      struct duration *out);

#endif
