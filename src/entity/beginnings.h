/*
 * beginnings: the names that begin at a place of a text.
 *
 * Every beginning of every name, word by word, is in one table of hashes. Reading on
 * from a place costs one look-up a word, and ends where no name goes on: so it does not
 * depend on how many names there are. Texts are read by name keys (base/name_key.h) as
 * they stand, without a copy.
 */
#ifndef VAULTSITE_ENTITY_BEGINNINGS_H
#define VAULTSITE_ENTITY_BEGINNINGS_H

#include <stdint.h>

#include "base/arena.h"

struct name_steps;

/* Longer names, in bytes of their keys, are not added: nobody is called so, and it
 * bounds what one place can cost. */
#define NAME_MAX_BYTES 255

struct beginning {
    uint64_t hash;  /* 0: a free slot */
    uint32_t whole; /* what it means as a whole name, plus 1; 0: nothing */
    bool longer;    /* a longer name begins with it */
};

/* Begins as {0}; the table is in `arena`. Many threads may read it at once. */
struct beginnings {
    struct beginning *slots;
    size_t nslots, len; /* nslots: 0 or a power of two */
};

/* From now on `key` (a name key) means `meaning` (below UINT32_MAX); of two meanings
 * the first stays and is returned. UINT32_MAX for a key that is empty or too long. */
uint32_t beginnings_add(struct beginnings *b, struct arena *a, struct str key,
                        uint32_t meaning);

/* The hash of nothing read yet. */
#define BEGINNINGS_NO_STEPS UINT64_C(0x243f6a8885a308d3)

/* Goes from one name to the next longer one that begins at a place. */
struct beginnings_walk {
    const struct beginnings *table;
    struct str text;
    struct arena *scratch; /* for letters with marks that stand apart */
    struct name_steps *steps;
    size_t begin, at;
    uint64_t hash;
    bool done; /* no longer name begins with what was read */
};

/* Begins at text[at]; what stands before it is the caller's business. `steps` (name_text.h)
 * are those of this very text, or NULL. */
static inline struct beginnings_walk beginnings_at(const struct beginnings *b,
                                                   struct str text, size_t at,
                                                   struct arena *scratch,
                                                   struct name_steps *steps) {
    return (struct beginnings_walk){.table = b,
                                    .text = text,
                                    .scratch = scratch,
                                    .steps = steps,
                                    .begin = at,
                                    .at = at,
                                    .hash = BEGINNINGS_NO_STEPS,
                                    .done = b->nslots == 0};
}
/* The next name: *meaning, and text[w->begin] to text[w->at] is it; false: there is no
 * more. It ends where one may (boundary.h). */
bool beginnings_next(struct beginnings_walk *w, uint32_t *meaning);

/* Whether a longer name begins with what a walk has read whose hash is `hash`. */
bool beginnings_go_on(const struct beginnings *b, uint64_t hash);

/* The longest name at text[at]: its length in bytes and *meaning; 0: none. */
size_t beginnings_longest(const struct beginnings *b, struct str text,
                          size_t at, struct arena *scratch, uint32_t *meaning);

#endif
