/*
 * groups: numbers that belong to numbers, put together by these.
 *
 * Counted and laid out in two passes, so in a time that grows as their number does.
 */
#ifndef VAULTSITE_ENTITY_GROUPS_H
#define VAULTSITE_ENTITY_GROUPS_H

#include "base/vec.h"

struct belonging {
    uint32_t to; /* a group */
    uint32_t number;
};
typedef VEC(struct belonging) belonging_vec;

/* Those of group i are items[begins[i]] up to items[begins[i + 1]], in the order in
 * which they came. */
struct groups {
    uint32_t *begins, *items;
};

/* Of the groups 0 to `ngroups` - 1; in `a`. */
struct groups groups_of(struct arena *a, const belonging_vec *all,
                        uint32_t ngroups);

#endif
