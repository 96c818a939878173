/*
 * entities_json: entities.json, what the vault knows, for other programs
 * (spec/entities.md §9).
 */
#ifndef VAULTSITE_EMIT_ENTITIES_JSON_H
#define VAULTSITE_EMIT_ENTITIES_JSON_H

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

/* Appends the whole file. */
void entities_json_write(const struct entities *e,
                         const struct entities_pages *pages, struct buf *out);

#endif
