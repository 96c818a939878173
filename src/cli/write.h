/*
 * write: stitch every page and hand it to emit.
 */
#ifndef VAULTSITE_CLI_WRITE_H
#define VAULTSITE_CLI_WRITE_H

#include "cli/run.h"
#include "emit/emit.h"
#include "site/plan.h"

struct entities;
struct explorer;
struct graph_files;
struct search;

struct site_files {
    struct emit *emit;
    struct emit_counts counts;
};

/* What scripts of the site ask for; NULL where the theme has no such script. */
struct site_shards {
    const struct search *search;
    const struct graph_files *graph; /* NULL too where nothing is linked */
    const struct explorer *explorer;
};

/* Looks at OUT. False, with a message, when it cannot be used: it is the vault
 * or below it (decisions.md 36), busy, or no folder. */
bool write_open(struct site_files *s, struct run *r);
/* Whether the site is already what this build would make. */
bool write_up_to_date(struct site_files *s, struct run *r);
/* Everything. The exit status: EXIT_FINDINGS when --strict left OUT as it is,
 * EXIT_UNABLE, with a message, when the disk refused. */
int write_site(struct site_files *s, struct run *r, const struct plan *plan,
               const struct entities *entities,
               const struct site_shards *shards);
/* Reads every attachment, stitches every page, and throws it away: for the
 * findings. */
void write_nothing(struct run *r, const struct plan *plan);
void write_close(struct site_files *s);

#endif
