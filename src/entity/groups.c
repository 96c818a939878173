#include "entity/groups.h"

struct groups groups_of(struct arena *a, const belonging_vec *all,
                        uint32_t ngroups) {
    /* Until the items are laid out each begin stands one place too far behind. */
    struct groups g = {arena_array(a, uint32_t, ngroups + 2),
                       arena_room(a, uint32_t, all->len)};
    const struct belonging *end = all->items + all->len;

    for (const struct belonging *b = all->items; b < end; b++)
        g.begins[b->to + 2]++;
    for (uint32_t i = 2; i < ngroups + 2; i++)
        g.begins[i] += g.begins[i - 1];
    for (const struct belonging *b = all->items; b < end; b++)
        g.items[g.begins[b->to + 1]++] = b->number;
    return g;
}
