#include "entity/number_set.h"

#include <stdlib.h>

#include "base/vec.h"

void number_set_init(struct number_set *s, struct arena *a, uint32_t limit) {
    s->items = arena_array(a, uint32_t, limit);
    s->seen = arena_array(a, uint32_t, limit);
    s->mark = 1;
    s->len = 0;
}

void number_set_clear(struct number_set *s) {
    s->mark++;
    s->len = 0;
}

bool number_set_has(const struct number_set *s, uint32_t n) {
    return s->seen[n] == s->mark;
}

bool number_set_add(struct number_set *s, uint32_t n) {
    if (s->seen[n] == s->mark)
        return false;
    s->seen[n] = s->mark;
    s->items[s->len++] = n;
    return true;
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

const uint32_t *number_set_sorted(struct number_set *s, struct arena *a) {
    if (s->len > 1)
        qsort(s->items, s->len, sizeof *s->items, ascending);
    return vec_copy(a, s->items, s->len, sizeof *s->items);
}
