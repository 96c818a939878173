/*
 * merge_sort: a stable sort, also by an order that is none.
 *
 * qsort may read outside its array where the order contradicts itself, and the
 * order of values does (value/compare.h); merging cannot.  The same items in the
 * same order always end in the same order.
 */
#ifndef VAULTSITE_BASE_MERGE_SORT_H
#define VAULTSITE_BASE_MERGE_SORT_H

#include <stddef.h>

/* <0 where the item `a` belongs before the item `b`. */
typedef int merge_order(void *context, const void *a, const void *b);

/*
 * Sorts `n` items of `size` bytes. `scratch` has room for as many. `order` is
 * asked at most n log2 n times, always (later item, earlier item), and only for
 * "before": where it does not say so the two keep their order.
 */
void merge_sort(void *items, size_t n, size_t size, void *scratch,
                merge_order *order, void *context);

#endif
