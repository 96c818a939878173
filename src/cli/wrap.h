/*
 * wrap: text in lines that fit a terminal.
 */
#ifndef VAULTSITE_CLI_WRAP_H
#define VAULTSITE_CLI_WRAP_H

#include "base/buf.h"

#define WRAP_COLUMNS 79 /* a line is never longer where its words are not */

/*
 * Adds the words of `text`, told apart by blanks, and a line end.  The first
 * stands behind what the last line of `out` already holds, but not before the
 * column `indent` (from 0); further lines begin with `prefix` and blanks up to
 * that column.  Columns are counted in code points.
 */
void wrap_text(struct buf *out, struct str text, struct str prefix,
               size_t indent);
/* `  NAME   meaning`, the meaning from the column `indent` on, or below the name
 * where that is too long. */
void wrap_row(struct buf *out, struct str name, struct str meaning,
              size_t indent);

#endif
