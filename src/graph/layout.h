/*
 * layout: where the nodes of the graph are drawn.
 *
 * Nodes push one another away, links pull together, and all are drawn a little to
 * the middle (Barnes and Hut: what is far away pushes as one).  200 rounds, each
 * with smaller steps than the one before (performance.md §6).
 *
 * The same on every machine: only sums, products, quotients and square roots of
 * float, which IEEE 754 rounds exactly; the Makefile forbids to contract them.
 * Where a node begins follows from a hash of its path, not from the build before.
 */
#ifndef VAULTSITE_GRAPH_LAYOUT_H
#define VAULTSITE_GRAPH_LAYOUT_H

#include "graph/graph.h"

struct layout_point {
    float x, y;
};

/* The links of `n` nodes, each from both its ends: those of node i are
 * to[begins[i]] up to, without, to[begins[i + 1]]; none to itself. */
struct layout_links {
    const uint32_t *begins, *to;
    uint32_t n;
};

/*
 * Moves the points to where they belong. They may begin anywhere (finite), at one
 * place too. Afterwards they are finite, their middle is 0, 0, and two nodes that
 * are linked with nothing else are about 1 apart; wider than high where there are
 * many.
 */
void layout(struct layout_point *points, const struct layout_links *links);

/* Those of the graph's nodes, by node, in `a`. */
const struct layout_point *graph_layout(struct arena *a, const struct graph *g);

#endif
