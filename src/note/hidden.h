/*
 * hidden: comments in one line of a note, `%%…%%` and `<!--…-->`, told from its text.
 *
 * Plugins take a task's line as it stands in the file. What is in a comment is not
 * published (spec/markdown.md §14.1), so whatever reads or shows such a line asks here
 * first. As in the note, a comment begins in no code span and behind no backslash, and
 * what is never closed is none. Both cost what the texts are long.
 */
#ifndef VAULTSITE_NOTE_HIDDEN_H
#define VAULTSITE_NOTE_HIDDEN_H

#include "base/arena.h"

struct note;

/* `line` up to the comment that begins in it and is closed in `rest`, the lines that
 * follow it in its block; `line` itself where there is none. */
struct str hidden_cut(struct str line, struct str rest);

/* As long as `line`, with a blank for every byte of a comment that is closed in it: a
 * copy in `a`; `line` itself where there is none. */
struct str hidden_blanked(struct arena *a, struct str line);

/* `text`, which stands in the first line of that item, up to a comment that is closed in
 * a further line of it. */
struct str note_line_shown(const struct note *n, uint32_t item,
                           struct str text);

#endif
