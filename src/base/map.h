/*
 * map: bytes -> pointer, in an arena.
 *
 * Keys are compared whole.  The map keeps a copy of a new key only when asked
 * to (map_slot copies, map_slot_borrowed does not: the key must outlive the
 * map).  Nothing is ever removed.  Many threads may read one map at once;
 * writing needs it alone.
 */
#ifndef VAULTSITE_BASE_MAP_H
#define VAULTSITE_BASE_MAP_H

#include "base/arena.h"

struct map_entry; /* uthash's, private to map.c */

struct map {
    struct arena *arena;
    struct map_entry *head;
};

void map_init(struct map *m, struct arena *a);
/* The value stored under `key`, or NULL. */
void *map_get(const struct map *m, struct str key);
/* Where the value of `key` is kept; a new slot holds NULL. */
void **map_slot(struct map *m, struct str key);
void **map_slot_borrowed(struct map *m, struct str key);
size_t map_len(const struct map *m);

#endif
