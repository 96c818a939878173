#include "base/map.h"

#include <stdlib.h>

#include "base/hash.h"

/* uthash takes its tables from the arena of the map `m` that every function
 * below has; a table that was outgrown stays there, all of them together are no
 * larger than the last. */
#define uthash_malloc(size) arena_alloc(m->arena, (size), alignof(max_align_t))
#define uthash_free(p, size) ((void)(p))
#define uthash_fatal(message) abort() /* the arena never fails */
#include <uthash.h>

struct map_entry {
    void *value;
    UT_hash_handle hh; /* holds the key */
};

void map_init(struct map *m, struct arena *a) {
    *m = (struct map){.arena = a};
}

static struct map_entry *find(const struct map *m, struct str key,
                              unsigned hash) {
    struct map_entry *entry;

    HASH_FIND_BYHASHVALUE(hh, m->head, key.p, key.len, hash, entry);
    return entry;
}

static unsigned hash_of(struct str key) {
    return (unsigned)hash_bytes(key);
}

/* uthash compares with memcmp, which takes no NULL. */
static struct str never_null(struct str key) {
    return key.p != NULL ? key : STR("");
}

void *map_get(const struct map *m, struct str key) {
    const struct map_entry *entry;

    key = never_null(key);
    entry = find(m, key, hash_of(key));
    return entry != NULL ? entry->value : NULL;
}

static void **slot(struct map *m, struct str key, bool copy) {
    struct map_entry *entry;
    unsigned hash;

    key = never_null(key);
    hash = hash_of(key);
    entry = find(m, key, hash);
    if (entry == NULL) {
        entry = arena_new(m->arena, struct map_entry);
        if (copy)
            key = arena_str(m->arena, key);
        HASH_ADD_KEYPTR_BYHASHVALUE(hh, m->head, key.p, key.len, hash, entry);
    }
    return &entry->value;
}

void **map_slot(struct map *m, struct str key) {
    return slot(m, key, true);
}

void **map_slot_borrowed(struct map *m, struct str key) {
    return slot(m, key, false);
}

size_t map_len(const struct map *m) {
    return HASH_COUNT(m->head);
}
