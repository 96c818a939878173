/*
 * number_set: small numbers, each once, in the order they came.
 *
 * One room serves many sets one after the other: clearing costs nothing.
 */
#ifndef VAULTSITE_ENTITY_NUMBER_SET_H
#define VAULTSITE_ENTITY_NUMBER_SET_H

#include <stdint.h>

#include "base/arena.h"

struct number_set {
    uint32_t *items;
    uint32_t len;
    uint32_t *seen, mark; /* private */
};

/* For numbers below `limit`; the room is in `a`. */
void number_set_init(struct number_set *s, struct arena *a, uint32_t limit);
void number_set_clear(struct number_set *s);
/* False where it was in already. */
static inline bool number_set_add(struct number_set *s, uint32_t n) {
    if (s->seen[n] == s->mark)
        return false;
    s->seen[n] = s->mark;
    s->items[s->len++] = n;
    return true;
}
static inline bool number_set_has(const struct number_set *s, uint32_t n) {
    return s->seen[n] == s->mark;
}
/* What is in it, in `a`, ascending; the set is empty then. NULL for none. */
const uint32_t *number_set_take_sorted(struct number_set *s, struct arena *a);

#endif
