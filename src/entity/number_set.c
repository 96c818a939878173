#include "entity/number_set.h"

#include "base/number_sort.h"
#include "base/vec.h"

void number_set_init(struct number_set *s, struct arena *a, uint32_t limit) {
    s->items = arena_room(a, uint32_t, limit);
    s->seen = arena_array(a, uint32_t, limit);
    s->mark = 1;
    s->len = 0;
}

void number_set_clear(struct number_set *s) {
    s->mark++;
    s->len = 0;
}

const uint32_t *number_set_take_sorted(struct number_set *s, struct arena *a) {
    uint32_t *sorted = vec_copy(a, s->items, s->len, sizeof *s->items);

    number_sort(sorted, s->len, s->items);
    number_set_clear(s);
    return sorted;
}
