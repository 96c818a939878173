/*
 * extras: the scripts of others that draw code, formulas and diagrams.
 *
 * They come from npm (themes/default/package.json) and are not part of the program:
 * `make` puts them beside it, and a site is built without those that are missing.
 * Which pages load them is note/extra.h's and stitch.h's to tell.
 */
#ifndef VAULTSITE_SITE_EXTRAS_H
#define VAULTSITE_SITE_EXTRAS_H

#include "site/theme.h"

/*
 * Sets t->extras and t->wanted: code and formulas always, diagrams where `diagrams`
 * says so (the setting `mermaid`). What is not installed, or cannot be read, or is
 * larger than 16 MB, is "". Joins what was read to t->digest; all in `a`. To be called
 * after theme_load.
 */
void extras_load(struct theme *t, struct arena *a, bool diagrams);

/* One DIAG_EXTRA_MISSING for each of `used`, bits of what pages have use for, that is
 * not installed. */
void extras_report(const struct theme *t, unsigned used, struct diags *d);

/* Appends the licences of those of `used` that are, each below its name. */
void extras_add_licences(const struct theme *t, unsigned used, struct buf *out);

#endif
