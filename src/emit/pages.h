/*
 * pages: pages.json, the public list of a site's notes (design.md §6).
 *
 * One row a line, for the published notes; in the order given.
 */
#ifndef VAULTSITE_EMIT_PAGES_H
#define VAULTSITE_EMIT_PAGES_H

#include "base/buf.h"

struct pages_row {
    struct str path; /* in the vault: `Folder/Note.md` */
    struct str url;  /* below OUT: `folder/note.html`, or ends in '/' */
    struct str title;
    struct str kind;        /* `note`, `person` … */
    const struct str *tags; /* without '#' */
    size_t ntags;
};

/* Appends the whole file. */
void pages_write(const struct pages_row *rows, size_t nrows, struct buf *out);

#endif
