/*
 * number_sort: numbers in ascending order, or in that of their keys.
 *
 * By digits, so in a time that grows as their number does; lists of a page, which are
 * short and many, cost less than with qsort.
 */
#ifndef VAULTSITE_BASE_NUMBER_SORT_H
#define VAULTSITE_BASE_NUMBER_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts `items`; `room` has room for `n` as well. Both may be NULL where n is 0. */
void number_sort(uint32_t *items, size_t n, uint32_t *room);
/* The same by keys[item] of each item; equal ones keep their order. */
void number_sort_by(const uint32_t *keys, uint32_t *items, size_t n,
                    uint32_t *room);
/* Makes keys that lie close to one another small, for which number_sort_by is quicker,
 * and keeps their order. UINT32_MAX, which stands for none, comes just behind the
 * greatest other one. Returns the greatest; 0 where n is 0. */
uint32_t number_sort_close_up(uint32_t *keys, size_t n);

#endif
