#include "base/number_sort.h"

#include <string.h>

/* Up to here putting each in its place among those before it is quicker. */
#define FEW 24

static void insert_all(uint32_t *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint32_t item = items[i];
        size_t at = i;

        for (; at > 0 && items[at - 1] > item; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* By the eight bits from `shift` on; equal ones keep their order. */
static void sort_by_digit(const uint32_t *from, size_t n, unsigned shift,
                          uint32_t *to) {
    size_t begins[257] = {0};

    for (size_t i = 0; i < n; i++)
        begins[(from[i] >> shift & 0xFF) + 1]++;
    for (size_t digit = 1; digit < 256; digit++)
        begins[digit] += begins[digit - 1];
    for (size_t i = 0; i < n; i++)
        to[begins[from[i] >> shift & 0xFF]++] = from[i];
}

void number_sort(uint32_t *items, size_t n, uint32_t *room) {
    uint32_t *from = items, *to = room, all = 0;

    if (n <= FEW) {
        insert_all(items, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        all |= items[i];
    for (unsigned shift = 0; shift < 32 && all >> shift != 0; shift += 8) {
        uint32_t *sorted = to;

        sort_by_digit(from, n, shift, to);
        to = from;
        from = sorted;
    }
    if (from != items)
        memcpy(items, from, n * sizeof *items);
}
