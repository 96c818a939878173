/*
 * graph_files: what the script of the graph's page draws.
 *
 * Files below OUT's `_/graph/`, each a classic script that hands its contents to the
 * page's script, so that they load from a file share too:
 *
 *     index.js   vaultsiteGraph.index({…}): kinds, tags, texts, and the nodes and
 *                links of the graph, laid out
 *     near-N.js  vaultsiteGraph.near(N, {path: [title, href, kind, count, [note, …]]})
 *
 * A node is [title, href, kind, x, y, count, [tag, …]], a note that is linked with
 * another either the number of its node or [title, href, kind, count]; `count` is of
 * the notes it is linked with, of which a file has GRAPH_NEAR.  The files near-N.js
 * have the notes of which index.js does not tell it all; in which one a note is
 * follows from its path (graph_bucket).
 */
#ifndef VAULTSITE_SITE_GRAPH_FILES_H
#define VAULTSITE_SITE_GRAPH_FILES_H

#include "graph/layout.h"
#include "site/plan.h"

#define GRAPH_NEAR 40 /* notes shown around another when a reader asks */
#define GRAPH_LINKS                                                            \
    20 /* of each node that are drawn, and those of the others */
#define GRAPH_TAGS 200 /* by which nodes can be chosen: those of the most */

struct graph_files {
    const struct plan *plan;
    const struct layout_point *points; /* by node */
    /* Files, by bucket: those of bucket i are files[begins[i]] up to, without,
     * files[begins[i + 1]]. */
    const uint32_t *files, *begins;
    uint32_t nbuckets; /* a power of two, or 0: index.js tells it all */
};

/* Lays the graph out. Everything is in `a`. NULL where there is no graph, or the theme
 * has no graph.js: nothing would read it. */
const struct graph_files *graph_files_new(struct arena *a,
                                          const struct plan *p);

/* FNV-1a of the page's path below OUT, which a browser can tell too. */
uint32_t graph_bucket(struct str path, uint32_t nbuckets);

/* How many files there are, 0 for NULL; the path of each below OUT, in `a`; its bytes,
 * appended. Many threads may ask for them at once. */
size_t graph_nfiles(const struct graph_files *g);
struct str graph_path(const struct graph_files *g, size_t i, struct arena *a);
void graph_write(const struct graph_files *g, size_t i, struct buf *out);

#endif
