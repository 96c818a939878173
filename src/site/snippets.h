/*
 * snippets: the style sheets that a vault brings along (decisions.md 26).
 *
 * With `css: snippets` those that are enabled in Obsidian, with a list those; both
 * from `.obsidian/snippets/`, and then `publish.css` of the vault's root when it is
 * there.  They stand behind the theme's sheet on every page, in that order.
 */
#ifndef VAULTSITE_SITE_SNIPPETS_H
#define VAULTSITE_SITE_SNIPPETS_H

#include "site/theme.h"
#include "vault/settings.h"

/*
 * Sets t->sheets, filtered (html/css.h), in `a`, and joins what was read to
 * t->digest. A snippet that is not there, is a symbolic link, is larger than
 * 1 MB or is UTF-16 is a finding css-missing; what a sheet lost is css-remote,
 * one finding for each place.
 */
void snippets_load(struct theme *t, struct arena *a, int root_fd,
                   const struct settings *s, struct diags *d);

#endif
