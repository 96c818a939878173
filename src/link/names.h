/*
 * names: from the text of a link to the file it means.
 *
 * All files of the vault have names here, published or not; an unpublished one
 * is a tombstone (decisions.md 4): it takes part in choosing, and a link that
 * ends there is as good as one to nothing.  spec/markdown.md §3.4 is the rule;
 * each link costs O(1) look-ups, whatever the vault's size.
 */
#ifndef VAULTSITE_LINK_NAMES_H
#define VAULTSITE_LINK_NAMES_H

#include "vault/vault.h"

#define NAMES_NONE UINT32_MAX

struct names; /* in an arena, read by many threads */

struct name_match {
    uint32_t file;  /* index in vault->files; NAMES_NONE: none */
    bool ambiguous; /* decided only by length or order (rules c, d) */
    bool case_only; /* other files differ from it only in case or form */
};

struct names *names_new(struct arena *a, const struct vault *v);
/*
 * What `target` (trimmed, decoded; no subpath) means in the file `from`; "" is
 * `from` itself. Aliases never resolve. `scratch` is the caller's thread's own.
 */
struct name_match names_resolve(const struct names *n, uint32_t from,
                                struct str target, struct arena *scratch);
/*
 * The files that fitted an ambiguous target equally, for the finding: appends
 * at most `max` paths of published files to `out`, separated by ", ". Returns
 * how many published ones there are, at most max + 1. Costs as much as there
 * are candidates.
 */
size_t names_candidates(const struct names *n, const bool *published,
                        struct str target, size_t max, struct buf *out,
                        struct arena *scratch);
/*
 * The first of the files whose paths differ only in case or form from that of
 * `file`: `file` itself, unless case_only is set for it.
 */
uint32_t names_first_spelling(const struct names *n, uint32_t file);

#endif
