/*
 * entities_json: entities.json, what the vault knows, for other programs
 * (spec/entities.md §9).
 */
#ifndef VAULTSITE_EMIT_ENTITIES_JSON_H
#define VAULTSITE_EMIT_ENTITIES_JSON_H

#include "emit/emit.h"
#include "entity/entity.h"

/* The page of a kind of entities or events, of tasks or decisions. */
struct entities_page {
    struct str kind, path; /* below OUT */
};

struct entities_pages {
    const struct entities_page *kinds;
    uint32_t nkinds;
    const struct str *notes; /* by file index: their pages; "" for none */
};

/* The whole file into an open stream, which the caller closes: it may be larger than the
 * vault, so it is never held whole. */
void entities_json_write(const struct entities *e,
                         const struct entities_pages *pages,
                         struct emit_stream *stream);

#endif
