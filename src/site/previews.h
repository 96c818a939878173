/*
 * previews: how notes begin, for a reader who points at a link.
 *
 * Files below OUT's `_/previews/`, classic scripts as those of the search are, so that
 * they load from a file share too:
 *
 *     index.js    vaultsite.previews({shards: 256, version: "…", style: "…", label: "…"})
 *     N.js        vaultsite.preview(N, {"people/asa.html": [title, kind, line, opening,
 *                                                           id, opening, …], …})
 *
 * A note's key is its page's address from the root.  `line` and the openings are HTML
 * whose addresses lead from the root as well: slices of the note (design.md §1), cut to
 * a few hundred characters (html/opening.h), without ids, footnotes and the answers of
 * queries (decisions.md 8, 17, 18).  An `id` is a heading or block that some link of the
 * vault leads to; `opening` is then how that part begins.
 *
 * In which file a note stands follows from its address alone, which is all that a page
 * knows of it (preview_shard): a note that changes changes one file and the index.
 * Only published notes outside template folders have a preview (decisions.md 6).
 */
#ifndef VAULTSITE_SITE_PREVIEWS_H
#define VAULTSITE_SITE_PREVIEWS_H

#include "site/plan.h"

struct fill;

/* Headings and blocks of one note that have a preview of their own: the first. */
#define PREVIEW_PARTS 32

struct preview_note {
    uint32_t file;
    uint32_t begin, end; /* of its parts */
};

struct previews {
    const struct plan *plan;
    const struct preview_note *notes; /* by shard, then in vault order */
    const uint32_t *begins; /* by shard: its first note; nshards + 1 of them */
    const uint32_t *parts;  /* `2 * heading`, `2 * block + 1` */
    uint32_t nshards;       /* a power of two */
};

/* In `a`; NULL where the theme has no previews.js: nothing would read them. */
const struct previews *previews_plan(struct arena *a, const struct plan *p);
/* The shard of the page `href`, of `nshards`: as previews.js does. */
uint32_t preview_shard(struct str href, uint32_t nshards);

/* How many files there are; the path of each below OUT, in `a`; its bytes, appended.
 * `fill` is any of the plan's, between two pages. */
size_t previews_nfiles(const struct previews *v);
struct str previews_path(const struct previews *v, size_t i, struct arena *a);
void previews_write(const struct previews *v, size_t i, struct fill *fill,
                    struct buf *out);

#endif
