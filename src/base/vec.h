/*
 * vec: a list that grows, of any type.
 *
 *     VEC(struct link) links = {0};
 *     vec_push(&links, link);
 *     ... links.items[i], links.len ...
 *     vec_release(&links);
 *
 * A finished list that must stay is copied to an arena: vec_keep(arena, &v)
 * returns the items (NULL when empty).
 */
#ifndef VAULTSITE_BASE_VEC_H
#define VAULTSITE_BASE_VEC_H

#include "base/arena.h"

#define VEC(T)                                                                 \
    struct {                                                                   \
        T *items;                                                              \
        size_t len, cap;                                                       \
    }

/* Room for at least one more item of `size` bytes; returns the new array. */
void *vec_grow(void *items, size_t len, size_t *cap, size_t size);
void *vec_copy(struct arena *a, const void *items, size_t len, size_t size);

#define vec_push(v, item)                                                      \
    do {                                                                       \
        if ((v)->len == (v)->cap)                                              \
            (v)->items =                                                       \
                vec_grow((v)->items, (v)->len, &(v)->cap, sizeof *(v)->items); \
        (v)->items[(v)->len++] = (item);                                       \
    } while (0)
#define vec_last(v) (&(v)->items[(v)->len - 1])
#define vec_keep(a, v) vec_copy((a), (v)->items, (v)->len, sizeof *(v)->items)
#define vec_release(v)                                                         \
    do {                                                                       \
        mem_free((v)->items);                                                  \
        (v)->items = NULL;                                                     \
        (v)->len = (v)->cap = 0;                                               \
    } while (0)

#endif
