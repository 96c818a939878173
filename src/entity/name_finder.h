/*
 * name_finder: full names in plain text (spec/entities.md §3).
 *
 * One pass over a text for all names, however many: what cannot begin one is
 * passed over by its bytes (name_starts.h), what has the bytes of a name is
 * compared with it, the rest is read by beginnings.h.  A hit is the leftmost,
 * longest name; hits do not overlap.  Every word that begins with a capital in
 * the name begins with one in the text; a name of one word stands there exactly.
 * No hit has an `@` before it, nor a word that goes on beside it
 * (boundary.h).
 */
#ifndef VAULTSITE_ENTITY_NAME_FINDER_H
#define VAULTSITE_ENTITY_NAME_FINDER_H

#include <stdint.h>

#include "base/arena.h"

struct name_finder; /* const once all names are in: many threads may search */

/* Room for `max` names. */
struct name_finder *name_finder_new(struct arena *a, size_t max);
/* `name` (borrowed, as it is written) is one of `entity`. A name that two entities
 * have is never found, nor one that is not `sought` each time it is added. Of an
 * entity's names that are equal as keys the first counts. Names past NAME_MAX_BYTES
 * (beginnings.h) are passed over. */
void name_finder_add(struct name_finder *f, struct str name, uint32_t entity,
                     bool sought);

/* Bytes [begin, end) of a text. A name stands in one part, with text of others beside
 * it or not. */
struct text_part {
    uint32_t begin, end;
    uint32_t block; /* what the caller knows it by */
};

/* A name stands in part `part`, at bytes [begin, end) of the text. */
typedef void name_found(void *context, uint32_t entity, size_t part,
                        uint32_t begin, uint32_t end);
/* Calls `found` for each hit in the parts (ascending, apart), in order. Linear in the
 * text. `scratch` is used where letters and their marks stand apart. */
void name_finder_search(const struct name_finder *f, struct str text,
                        const struct text_part *parts, size_t nparts,
                        struct arena *scratch, name_found *found,
                        void *context);

#endif
