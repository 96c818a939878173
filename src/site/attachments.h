/*
 * attachments: the vault's other files on the site (decisions.md 3, 4, 24).
 *
 * plan.h tells which are copied and where to; here is what happens to the bytes
 * of those that could carry script.
 */
#ifndef VAULTSITE_SITE_ATTACHMENTS_H
#define VAULTSITE_SITE_ATTACHMENTS_H

#include "diag/diag.h"

/* True for a file that browsers may run: by its extension, any case. */
bool attachment_active(struct str path);
/* True for one that is drawn after its active parts are gone: SVG. */
bool attachment_filtered(struct str path);
/*
 * What is written in place of `raw`, the bytes of the SVG file `path`: `raw`
 * itself where nothing had to go, else `out` holds it, with a finding. A file
 * that is no SVG at all becomes an empty drawing.
 */
struct str attachment_filter(struct buf *out, struct str raw, struct str path,
                             struct diags *d);

#endif
