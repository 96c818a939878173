/*
 * beginnings: the longest name that begins at a place of a text.
 *
 * Every beginning of every name, token by token, is in one table of hashes; a
 * look-up goes on as long as what it has read is one of them.
 */
#ifndef VAULTSITE_ENTITY_BEGINNINGS_H
#define VAULTSITE_ENTITY_BEGINNINGS_H

#include <stdint.h>

#include "base/arena.h"

struct beginning {
    uint64_t hash;
    uint32_t whole; /* what it means as a whole name, plus 1; 0: nothing */
    bool used;
};

/* Begins as {0}; the table is in `arena`. */
struct beginnings {
    struct beginning *slots;
    size_t nslots, len; /* nslots: 0 or a power of two */
};

/* From now on `key` (a name key, not empty) means `meaning` (below UINT32_MAX); of
 * two meanings the first stays. */
void beginnings_add(struct beginnings *b, struct arena *a, struct str key,
                    uint32_t meaning);
/* The longest name at text[at] that ends where one may (boundary.h): its length in
 * bytes and *meaning; 0: none. */
size_t beginnings_longest(const struct beginnings *b, struct str text,
                          size_t at, struct arena *scratch, uint32_t *meaning);

#endif
