/*
 * list_marker: where a line of Markdown begins a list item, told without a parser.
 *
 * Private to note/, for who reads a text line by line. Columns count from 0 and know
 * of tabs.
 */
#ifndef VAULTSITE_NOTE_LIST_MARKER_H
#define VAULTSITE_NOTE_LIST_MARKER_H

#include "base/str.h"

/* What follows the blanks that `line` begins with; *column, where it begins, is
 * counted on to where they end. */
struct str list_skip_blanks(struct str line, size_t *column);
/* `text`, without leading blanks, is a line like `---` or `* * *`: no list. */
bool list_is_rule(struct str text);
/* Length in bytes of the bullet, or of the digits (one to nine) and their `.` or `)`,
 * that `text` begins with, whatever follows; 0 where there is none. */
size_t list_marker_length(struct str text);
/* Length in bytes of the marker that `text`, without leading blanks, begins with; 0
 * where it begins no item. Behind text of a paragraph (`after_text`) no empty item
 * begins, and no number but 1 (CommonMark). */
size_t list_marker(struct str text, bool after_text);
/* The column of the text of the item whose marker, of `len` bytes, begins `text` at
 * `column`: lines indented that far belong to it. */
size_t list_text_column(struct str text, size_t column, size_t len);

#endif
