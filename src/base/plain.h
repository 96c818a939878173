/*
 * plain: texts of notes and scripts as a command prints them.
 *
 * What a terminal would take for a command never reaches it.
 */
#ifndef VAULTSITE_BASE_PLAIN_H
#define VAULTSITE_BASE_PLAIN_H

#include "base/buf.h"

/* As one line: line feeds and tabs become blanks, all other controls (of Unicode's
 * two sets) are left out. `s` is UTF-8. */
void plain_add_line(struct buf *out, struct str s);
/* Line by line; each, the last too, ends with a line feed. Nothing for "". */
void plain_add_lines(struct buf *out, struct str s);
/* As a cell of CSV (RFC 4180), on one line; in quotes where it has to be. */
void plain_add_csv(struct buf *out, struct str s);

#endif
