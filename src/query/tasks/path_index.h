/*
 * path_index: which paths may have a text in them.
 *
 * Every run of four bytes of each path leads to the files that have it, so that
 * a query for a note or a folder looks at a few files and not at all.
 */
#ifndef VAULTSITE_QUERY_TASKS_PATH_INDEX_H
#define VAULTSITE_QUERY_TASKS_PATH_INDEX_H

#include <stdint.h>

#include "base/arena.h"

struct path_index; /* const once made */

/* Everything is in `a`: about four bytes for each byte of the paths. */
const struct path_index *path_index_new(struct arena *a,
                                        const struct str *paths, uint32_t n);

/* Indices of paths, rising: all that have `needle` in them and perhaps others.
 * False where it is too short to tell. */
struct path_list {
    const uint32_t *items;
    uint32_t len;
};
bool path_index_find(const struct path_index *x, struct str needle,
                     struct path_list *found);

#endif
