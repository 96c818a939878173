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

#endif
