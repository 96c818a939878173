/*
 * explorer: the tree of the folders, for a reader who opens it beside a page.
 *
 * Files below OUT's `_/explorer/`, classic scripts as those of the search are, so that
 * they load from a file share too:
 *
 *     index.js    vaultsite.explorer({version: "…", style: "…", inside: "…", …})
 *     N.js        vaultsite.branches(N, [[base, above, before, after, [row, …]], …])
 *
 * A branch is what stands in one folder, the folders first, both in vault order
 * (decisions.md 11): all of it, or of a large folder EXPLORER_ROWS rows, and branches of
 * the same folder follow one another.  It is called 256 * N + its place in N.js; that of
 * the root, or its first, is 0.  `above` is the branch that the folder's own row is in,
 * -1 for the root; `before` and `after` tell how many rows of the folder stand in
 * branches before and after this one.  A row is
 *
 *     [title, address]                   a note
 *     [name, address, "count"]           a folder in which nothing else stands than the
 *                                        note that is its page
 *     [name, address, "count", branch]   a folder, and its first branch
 *
 * where an address leads on from `base`, or, with a `/` before it, from the root.
 * `count` is of all notes in the folder and below, as it is to be read.
 *
 * Small folders share a file, so that a site has no more files than it has hundreds of
 * notes.  All that a page knows is the branch it stands in (explorer_branch).  Each
 * published note outside template folders (decisions.md 6) and each folder that holds
 * one has one row; a note that is the page of its folder has the folder's.
 */
#ifndef VAULTSITE_SITE_EXPLORER_H
#define VAULTSITE_SITE_EXPLORER_H

#include "site/plan.h"

#define EXPLORER_ROWS 200 /* of one branch, at most */

struct explorer_branch {
    uint32_t folder;
    uint32_t begin,
        end;       /* of the folder's rows; none for an empty root alone */
    uint32_t name; /* 256 * file + place in it */
};

struct explorer {
    const struct plan *plan;
    const struct explorer_branch *branches; /* by folder, then by row */
    const uint32_t *first;  /* by folder: its first branch, or PLAN_NONE */
    const uint32_t *rank;   /* by folder: its row in the folder above it */
    const uint32_t *begins; /* by file: its first branch; nfiles + 1 of them */
    uint32_t nfiles;
};

/* In `a`; NULL where the theme has no explorer.js: nothing would read them. */
const struct explorer *explorer_plan(struct arena *a, const struct plan *p);
/* The branch with the row of `page`'s note or folder; PLAN_NONE for pages of nothing
 * that has a row, and where `e` is NULL. */
uint32_t explorer_branch_of(const struct explorer *e, const struct page *page);

/* How many files there are, 0 for NULL; the path of each below OUT, in `a`; its bytes,
 * appended. Many threads may ask for them at once. */
size_t explorer_nfiles(const struct explorer *e);
struct str explorer_path(const struct explorer *e, size_t i, struct arena *a);
void explorer_write(const struct explorer *e, size_t i, struct buf *out);

#endif
