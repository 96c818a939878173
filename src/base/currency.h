/*
 * currency: amounts of money as en-US writes them.
 *
 * Wraps ICU (included in base/ only).
 */
#ifndef VAULTSITE_BASE_CURRENCY_H
#define VAULTSITE_BASE_CURRENCY_H

#include "base/buf.h"

/* Keeps the formatter of the code used last. For one thread; `{0}` is one. */
struct currency {
    void *formatter;
    char code[4];
};

void currency_release(struct currency *c);
/*
 * Appends `$1,234.50`, `-€2.00`, `¥123,457`, halves rounded away from zero; a
 * code that no currency has stands before its amount. False, and nothing is
 * appended, when `code` is not three ASCII letters, of either case.
 */
bool currency_add(struct currency *c, struct buf *out, double amount,
                  struct str code);

#endif
