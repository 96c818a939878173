/*
 * number: doubles as text.
 */
#ifndef VAULTSITE_VALUE_NUMBER_H
#define VAULTSITE_VALUE_NUMBER_H

#include "base/buf.h"

/* As JavaScript prints it: the fewest digits that read back as the same
 * number; `1e+21`, `1e-7`, `NaN`, `Infinity`; no sign for -0. */
void number_add(struct buf *out, double n);
/* As en-US writes it: groups of three and at most three decimals, halves away
 * from zero: `12,345.679`. */
void number_add_grouped(struct buf *out, double n);

/*
 * round() of queries (spec/dataview.md §10). `digits` ≤ 0: to a whole number,
 * halves towards +infinity. Else to so many decimals (a fraction of `digits`
 * does not count, 100 at most) of the exact binary value, halves away from zero:
 * 1.005 to 2 is 1, 0.125 is 0.13.
 */
double number_round(double n, double digits);
/* number() of queries: the first `-?digits[.digits]` in a text. */
bool number_find(struct str s, double *out);

#endif
