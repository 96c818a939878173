/*
 * resolve: every link of every published note to what it leads to.
 *
 * Which file a name means is names' business; here that file is checked for
 * publication, the part of it is looked up, and what is missing is reported.
 */
#ifndef VAULTSITE_LINK_RESOLVE_H
#define VAULTSITE_LINK_RESOLVE_H

#include "link/link.h"

/*
 * What `target` and `subpath` mean in file `from`; *match tells how the file
 * was chosen (match->file may be a tombstone where the outcome is
 * LINK_MISSING).
 */
struct target resolve_target(const struct linked *l, uint32_t from,
                             struct str target, struct str subpath,
                             struct arena *scratch, struct name_match *match);

/* Sets l->targets (in `a`), with up to `jobs` threads; findings go to `d`. Asks
 * for vault, notes, names and published. */
void resolve_all(struct linked *l, struct arena *a, unsigned jobs,
                 struct diags *d);

#endif
