/*
 * panel: which properties of a note a reader may see.
 */
#ifndef VAULTSITE_SITE_PANEL_H
#define VAULTSITE_SITE_PANEL_H

#include <stdbool.h>

#include "base/str.h"

/* Whether the property `key` is for programs, or told elsewhere as what it is (a title,
 * a kind, tags): no panel shows its value. Case does not count. */
bool panel_hides(struct str key);
/* What of a text of the property `key` is published: of a `source_ref` that is a path on
 * another machine only the last part, which may be "" (spec/entities.md §4.3); else all
 * of it. Borrowed from `text`. */
struct str panel_public_part(struct str key, struct str text);

#endif
