/*
 * graph: which notes are linked with which, whatever the direction.
 *
 * Of published notes outside template folders only (decisions.md 4, 6); a link is
 * one that resolves to a note: in text, in a property, an embed.  Nothing here
 * knows of URLs or HTML, nor where a node is drawn (layout.h).
 */
#ifndef VAULTSITE_GRAPH_GRAPH_H
#define VAULTSITE_GRAPH_GRAPH_H

#include "entity/entity.h"

#define GRAPH_NONE UINT32_MAX
#define GRAPH_NODES 1500 /* the graph of the whole vault has at most so many */

/* The notes linked with one: entities first, those with the most links before
 * others, then the other notes, the newest first; vault order among equals. */
struct graph_links {
    const uint32_t *items; /* files, each once, never the note itself */
    uint32_t len;
};

struct graph {
    const struct linked *linked;
    const struct entities *entities; /* may be NULL */
    const struct graph_links *links; /* by file */
    /* Files: what the graph of the whole vault shows (decisions.md 26): the
     * entities with the most links, then the other notes with the most; none that
     * has no links. Vault order among equals. */
    const uint32_t *nodes;
    uint32_t nnodes;
    const uint32_t
        *linked_most; /* files: all that have links, the most first */
    uint32_t nlinked;
    const uint32_t *node_of; /* by file: its node, GRAPH_NONE */
};

/* Everything is in `a`; `l` and `e`, which may be NULL, are borrowed. Linear in
 * files and links. */
const struct graph *graph_find(struct arena *a, const struct linked *l,
                               const struct entities *e);

#endif
