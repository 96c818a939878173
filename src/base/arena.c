#include "base/arena.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    CHUNK_MIN = 64 * 1024,
    CHUNK_MAX = 1024 * 1024,
};

struct arena_chunk {
    struct arena_chunk *next; /* older */
    size_t size;              /* of bytes */
    alignas(max_align_t) char bytes[];
};

_Noreturn void mem_exhausted(void) {
    static const char message[] = "vaultsite: out of memory\n";

    /* Neither stdio nor atexit: other threads may be in the middle of them. */
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit(2);
    _exit(2);
}

void *mem_resize(void *p, size_t n, size_t size) {
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX)
        mem_exhausted();
    p = realloc(p, bytes > 0 ? bytes : 1);
    if (p == NULL)
        mem_exhausted();
    return p;
}

void mem_free(void *p) {
    free(p);
}

void arena_init(struct arena *a) {
    *a = (struct arena){0};
}

static void free_chunks(struct arena_chunk *chunk) {
    while (chunk != NULL) {
        struct arena_chunk *older = chunk->next;

        mem_free(chunk);
        chunk = older;
    }
}

void arena_release(struct arena *a) {
    free_chunks(a->chunk);
    arena_init(a);
}

void arena_reset(struct arena *a) {
    struct arena_chunk *kept = a->chunk;

    if (kept == NULL)
        return;
    free_chunks(kept->next);
    kept->next = NULL;
    a->at = kept->bytes;
    a->end = kept->bytes + kept->size;
    a->total = sizeof *kept + kept->size;
}

static struct arena_chunk *new_chunk(struct arena *a, size_t size) {
    struct arena_chunk *chunk;

    if (size > PTRDIFF_MAX - sizeof *chunk)
        mem_exhausted();
    chunk = mem_resize(NULL, 1, sizeof *chunk + size);
    chunk->size = size;
    a->total += sizeof *chunk + size;
    return chunk;
}

static char *aligned(char *p, size_t align) {
    return p + (-(uintptr_t)p & (align - 1));
}

/* A block of its own, linked behind the newest chunk, whose free bytes stay in
 * use. */
static void *alloc_alone(struct arena *a, size_t size, size_t align) {
    struct arena_chunk *chunk = new_chunk(a, size + align - 1);

    if (a->chunk != NULL) {
        chunk->next = a->chunk->next;
        a->chunk->next = chunk;
    } else {
        chunk->next = NULL;
        a->chunk = chunk;
        a->at = a->end = chunk->bytes + chunk->size;
    }
    return aligned(chunk->bytes, align);
}

void *arena_alloc_chunk(struct arena *a, size_t size, size_t align) {
    size_t next = a->total < CHUNK_MIN   ? CHUNK_MIN
                  : a->total > CHUNK_MAX ? CHUNK_MAX
                                         : a->total;
    struct arena_chunk *chunk;
    char *p;

    if (size > PTRDIFF_MAX - align)
        mem_exhausted();
    /* A quarter bounds what is lost at the end of the chunk that is left. */
    if (size + align > next / 4)
        return alloc_alone(a, size, align);
    chunk = new_chunk(a, next);
    chunk->next = a->chunk;
    a->chunk = chunk;
    a->end = chunk->bytes + chunk->size;
    p = aligned(chunk->bytes, align);
    a->at = p + size;
    return p;
}

void *arena_room_of(struct arena *a, size_t n, size_t size, size_t align) {
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes))
        mem_exhausted();
    return arena_alloc(a, bytes, align);
}

void *arena_zalloc(struct arena *a, size_t n, size_t size, size_t align) {
    void *p = arena_room_of(a, n, size, align);

    return memset(p, 0, n * size);
}

struct str arena_str(struct arena *a, struct str s) {
    if (s.len == 0)
        return STR("");
    return str_make(memcpy(arena_alloc(a, s.len, 1), s.p, s.len), s.len);
}

char *arena_cstr(struct arena *a, struct str s) {
    char *z = arena_alloc(a, s.len + 1, 1);

    if (s.len > 0)
        memcpy(z, s.p, s.len);
    z[s.len] = '\0';
    return z;
}

void arena_take(struct arena *a, struct arena *from) {
    struct arena_chunk *oldest = from->chunk;

    if (oldest == NULL)
        return;
    if (a->chunk == NULL) {
        *a = *from;
        arena_init(from);
        return;
    }
    while (oldest->next != NULL)
        oldest = oldest->next;
    oldest->next = a->chunk->next;
    a->chunk->next = from->chunk;
    a->total += from->total;
    arena_init(from);
}
