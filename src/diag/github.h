/*
 * github: findings as workflow commands, which GitHub Actions shows beside the
 * lines they are about.
 *
 *     ::warning file=notes/A.md,line=3,col=5,title=link-missing::no note …
 *
 * A command is one line: `%`, CR and LF are written `%25`, `%0D`, `%0A`, and in
 * the values before the text `:` and `,` as `%3A`, `%2C` too, so that nothing a
 * note says can begin a command of its own.
 */
#ifndef VAULTSITE_DIAG_GITHUB_H
#define VAULTSITE_DIAG_GITHUB_H

#include "diag/diag.h"

/* Paths are taken to be those of the repository.  At most `per_code` findings of
 * each code (0: all), then one command that tells how many more there are. */
void diags_print_github(const struct diags *d, struct buf *out,
                        size_t per_code);
/* An error that is no finding: what could not be done, as `::error::text`. */
void github_add_error(struct buf *out, struct str text);

#endif
