/*
 * plain: a note past a limit, as text.
 *
 * decisions.md 3: no fallback copies a note's bytes.  What is shown went through
 * one linear pass that takes out `%%` and HTML comments.  Private to note/.
 */
#ifndef VAULTSITE_NOTE_PLAIN_H
#define VAULTSITE_NOTE_PLAIN_H

#include "base/buf.h"

/* `body` (clean text without frontmatter) without comments, into `out`. A
 * comment left open hides all that follows when `open_hides`, else it is text. */
void plain_strip(struct buf *out, struct str body, bool open_hides);

#endif
