/*
 * stitch: a page's bytes.
 *
 * The segments of the theme's template, the ranges of the note's fragment and
 * what belongs at each fixup, one after the other (design.md §1).  What pages
 * there are is plan.h's business; nothing here reads or writes files.
 */
#ifndef VAULTSITE_SITE_STITCH_H
#define VAULTSITE_SITE_STITCH_H

#include "site/kept.h"

struct stitcher; /* one thread's buffers */

/* In `a`; to be released. `kept` is that of the plan. `d` gets the findings that only stitching meets:
 * embed-cycle and embed-depth, each from the page of the note that it is about,
 * so that they do not depend on who stitches which page. */
struct stitcher *stitcher_new(struct arena *a, const struct plan *p,
                              const struct kept *kept, struct diags *d);
void stitcher_release(struct stitcher *s);
/* Bits of what its pages have use for (note/extra.h), so far. */
unsigned stitcher_extras(const struct stitcher *s);

struct previews;
/* Appends the bytes of file `i` of the previews of the same plan. */
void stitch_previews(const struct previews *v, size_t i, struct stitcher *s,
                     struct buf *out);
/* Appends the bytes of pages[page] to `out`. Every page may be stitched by any
 * stitcher of the plan; a plan may be read by many threads. */
void stitch_page(const struct plan *p, size_t page, struct stitcher *s,
                 struct buf *out);

#endif
