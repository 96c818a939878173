#include "base/vec.h"

/* Most lists stay short: starting larger took half the memory of a build with
 * many of them. */
enum { VEC_MIN = 4 };

void *vec_grow(void *items, size_t len, size_t *cap, size_t size) {
    if (len < *cap)
        return items;
    /* Past half of all addresses mem_resize ends the program. */
    *cap = *cap > 0 ? *cap * 2 : VEC_MIN;
    return mem_resize(items, *cap, size);
}

void *vec_copy(struct arena *a, const void *items, size_t len, size_t size) {
    if (len == 0)
        return NULL;
    return memcpy(arena_alloc(a, len * size, alignof(max_align_t)), items,
                  len * size);
}
