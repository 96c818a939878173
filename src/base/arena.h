/*
 * arena: memory that is released all at once.
 *
 * The build arenas hold what the steps return; a scratch arena is reset after
 * each note or page.  Out of memory ends the program inside arena.c, so no
 * caller tests for it.  An arena belongs to one thread at a time.
 */
#ifndef VAULTSITE_BASE_ARENA_H
#define VAULTSITE_BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* newest first */
    char *at, *end;            /* free bytes of the newest chunk */
    size_t total;              /* bytes obtained from the system */
};

void arena_init(struct arena *a);
void arena_release(struct arena *a);
/* Forgets all that was allocated, keeps the newest chunk for use again. */
void arena_reset(struct arena *a);

/* arena_alloc where the newest chunk has no room. */
void *arena_alloc_chunk(struct arena *a, size_t size, size_t align);
/* `size` bytes, not initialised, aligned to `align` (a power of two). */
static inline void *arena_alloc(struct arena *a, size_t size, size_t align) {
    size_t pad = -(uintptr_t)a->at & (align - 1);
    size_t room = (size_t)(a->end - a->at);
    char *p;

    if (size == 0)
        size = 1; /* so that no two pointers are equal, and none is NULL */
    if (room < pad || room - pad < size)
        return arena_alloc_chunk(a, size, align);
    p = a->at + pad;
    a->at = p + size;
    return p;
}
/* The same, filled with zero bytes; n * size is checked for overflow. */
void *arena_zalloc(struct arena *a, size_t n, size_t size, size_t align);
/* The same, not initialised: for what is filled at once. */
void *arena_room_of(struct arena *a, size_t n, size_t size, size_t align);
/* A copy that lives as long as the arena; not NUL-terminated. */
struct str arena_str(struct arena *a, struct str s);
/* A NUL-terminated copy. */
char *arena_cstr(struct arena *a, struct str s);

#define arena_new(a, T) ((T *)arena_zalloc((a), 1, sizeof(T), alignof(T)))
#define arena_array(a, T, n)                                                   \
    ((T *)arena_zalloc((a), (n), sizeof(T), alignof(T)))
#define arena_room(a, T, n)                                                    \
    ((T *)arena_room_of((a), (n), sizeof(T), alignof(T)))

/* Moves all memory of `from`, with what lies in it, to `a`; `from` is empty
 * afterwards. */
void arena_take(struct arena *a, struct arena *from);

/* Says on standard error that memory ran out and ends the program, status 2.
 * For base/ only. */
_Noreturn void mem_exhausted(void);
/* malloc and realloc that end the program instead of failing: for base/ and
 * vec.h only. `mem_resize(NULL, n)` allocates. */
void *mem_resize(void *p, size_t n, size_t size);
void mem_free(void *p);

#endif
