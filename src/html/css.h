/*
 * css: a style sheet of the vault's, without what would leave the site.
 *
 * Tokens are those of CSS Syntax Level 3, §4.3, so that an address is found
 * however it is spelt; the rules themselves are not read.  A declaration or rule
 * that names another file goes whole: `@import`, and every `url()` (or string in
 * a function that takes one for an address) but a fragment and an image that the
 * sheet carries itself (decisions.md 22, 26).  The words of comments go too.
 */
#ifndef VAULTSITE_HTML_CSS_H
#define VAULTSITE_HTML_CSS_H

#include "base/buf.h"

enum css_removed {
    CSS_IMPORT, /* `@import` */
    CSS_URL,    /* an address, or what could become one */
};

/* Told of each thing that went; `at` is its offset in the sheet. */
typedef void css_report(void *context, enum css_removed what, size_t at);

/* Appends what is kept of `sheet` (UTF-8). Linear; filtering again keeps all. */
void css_filter(struct buf *out, struct str sheet, css_report *report,
                void *context);

#endif
