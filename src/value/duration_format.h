/*
 * duration_format: durations by a format (spec/dataview.md §10).
 */
#ifndef VAULTSITE_VALUE_DURATION_FORMAT_H
#define VAULTSITE_VALUE_DURATION_FORMAT_H

#include "base/buf.h"
#include "value/value.h"

/*
 * The letters `y M w d h m s S` are units, repeated for leading zeros, `'…'` is
 * literal, and anything else stands for itself. The duration is counted in the
 * units named, the smallest rounded down.
 */
void duration_format(struct buf *out, const struct duration *d,
                     struct str format);

#endif
