#include "base/number_sort.h"

#include <stdbool.h>
#include <string.h>

/* Up to here putting each in its place among those before it is quicker. */
#define FEW 24

/* Bits of a digit: those of a short list are few, whose counts are soon added up. */
enum { SMALL_DIGIT = 6, LARGE_DIGIT = 8, SHORT = 512 };

/* An item is its own key where there are none, which the compiler is to know. */
#define KNOWING static inline __attribute__((always_inline))

KNOWING uint32_t key_of(const uint32_t *keys, uint32_t item) {
    return keys != NULL ? keys[item] : item;
}

KNOWING void insert_all(const uint32_t *keys, uint32_t *items, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint32_t item = items[i], key = key_of(keys, item);
        size_t at = i;

        for (; at > 0 && key_of(keys, items[at - 1]) > key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* By the `bits` bits of the key from `shift` on; equal ones keep their order. */
KNOWING void sort_by_digit(const uint32_t *keys, const uint32_t *from, size_t n,
                           unsigned shift, unsigned bits, uint32_t *to) {
    uint32_t mask = (UINT32_C(1) << bits) - 1;
    uint32_t begins[(1 << LARGE_DIGIT) + 1];

    memset(begins, 0, (mask + 2) * sizeof *begins);
    for (size_t i = 0; i < n; i++)
        begins[(key_of(keys, from[i]) >> shift & mask) + 1]++;
    for (size_t digit = 1; digit <= mask; digit++)
        begins[digit] += begins[digit - 1];
    for (size_t i = 0; i < n; i++)
        to[begins[key_of(keys, from[i]) >> shift & mask]++] = from[i];
}

KNOWING void sort(const uint32_t *keys, uint32_t *items, size_t n,
                  uint32_t *room) {
    unsigned bits = n < SHORT ? SMALL_DIGIT : LARGE_DIGIT;
    uint32_t *from = items, *to = room, differ = 0;
    bool sorted = true;

    if (n <= FEW) {
        insert_all(keys, items, n);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint32_t key = key_of(keys, items[i]);

        differ |= key ^ key_of(keys, items[0]);
        sorted = sorted && key_of(keys, items[i - 1]) <= key;
    }
    if (sorted)
        return;
    for (unsigned shift = 0; shift < 32 && differ >> shift != 0;
         shift += bits) {
        uint32_t *swap = to;

        sort_by_digit(keys, from, n, shift, bits, to);
        to = from;
        from = swap;
    }
    if (from != items)
        memcpy(items, from, n * sizeof *items);
}

void number_sort(uint32_t *items, size_t n, uint32_t *room) {
    sort(NULL, items, n, room);
}

void number_sort_by(const uint32_t *keys, uint32_t *items, size_t n,
                    uint32_t *room) {
    sort(keys, items, n, room);
}

uint32_t number_sort_close_up(uint32_t *keys, size_t n) {
    uint32_t least = UINT32_MAX, most = 0, none;
    bool any_none = false;

    for (size_t i = 0; i < n; i++) {
        least = keys[i] < least ? keys[i] : least;
        if (keys[i] == UINT32_MAX)
            any_none = true;
        else if (keys[i] > most)
            most = keys[i];
    }
    if (least > most) /* there is nothing but none */
        least = most;
    none = most - least + 1;
    for (size_t i = 0; i < n; i++)
        keys[i] = keys[i] == UINT32_MAX ? none : keys[i] - least;
    return any_none ? none : most - least;
}
