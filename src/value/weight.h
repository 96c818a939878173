/*
 * weight: how much a value is, written out.
 *
 * Lists share their elements, so a value that costs little to make may be more
 * than any memory holds once it is printed or walked through: a list of a list
 * twice, of that twice, and so on.
 */
#ifndef VAULTSITE_VALUE_WEIGHT_H
#define VAULTSITE_VALUE_WEIGHT_H

#include "value/value.h"

/* The values in v, each as often as it stands there, and the bytes of its texts
 * and keys; a record is taken for `record`. Counting ends where it is more than
 * `most`. Nothing below VALUE_MAX_DEPTH counts, as nothing of it shows. */
size_t value_weight(const struct value *v, size_t record, size_t most);

#endif
