/*
 * callout: the elements of a callout (spec/markdown.md §10).
 *
 * A callout that folds is a <details>, so that it works without script.
 * Private to note/.
 */
#ifndef VAULTSITE_NOTE_CALLOUT_H
#define VAULTSITE_NOTE_CALLOUT_H

#include "note/markdown.h"

/* Whether the quote, which is a callout, folds: it has a sign and a body. */
bool callout_folds(const cmark_node *quote);
/* `[!summary]`, `[!abstract]`, `[!tldr]`. */
bool callout_is_summary(const struct md_callout *c);
/* `<div` or `<details`, then (an id may stand between) attributes and `>`. */
void callout_open(struct buf *out, bool folds);
void callout_attributes(struct buf *out, const struct md_callout *c,
                        bool folds);
void callout_close(struct buf *out, bool folds, bool body);
void callout_title_open(struct buf *out, bool folds);
/* The end of the title and, where there is one, the beginning of the body. */
void callout_title_close(struct buf *out, bool folds, bool body);
/* The type as a title: first letter upper case, hyphens as blanks; into the
 * fragment, escaped, and the plain text. */
void callout_default_title(struct buf *out, struct buf *text,
                           const struct md_callout *c);

#endif
