/*
 * compare: the one order of values (spec/dataview.md §2).
 *
 * It is no strict order: an instant written in two zones, `1 day` and
 * `24 hours`, and NaN are "greater" both ways, as in the plugin.  Sorting by it
 * must therefore use a merge, never qsort.
 */
#ifndef VAULTSITE_VALUE_COMPARE_H
#define VAULTSITE_VALUE_COMPARE_H

#include "base/collate.h"
#include "value/value.h"

/* The path of the note that a link to `path` means, or `path` itself. */
typedef struct str value_resolve(const void *context, struct str path);

struct value_order {
    const struct collator *collator;
    value_resolve *resolve; /* NULL: links compare by their stored paths */
    const void *context;
    /* Steps that may still be taken, counted down; at 0 all else is equal. NULL:
     * any number. */
    size_t *steps;
};

/* -1, 0 or 1. Links are resolved at top level only, not in lists and objects. */
int value_compare(const struct value_order *o, const struct value *a,
                  const struct value *b);
/* value_compare() == 0 */
bool value_equal(const struct value_order *o, const struct value *a,
                 const struct value *b);

#endif
