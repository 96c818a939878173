/*
 * embed: what kind of thing is embedded, by its name alone (decisions.md 17).
 */
#ifndef VAULTSITE_NOTE_EMBED_H
#define VAULTSITE_NOTE_EMBED_H

#include "note/note.h"

/* By extension, in any case (spec/markdown.md §2); EMBED_NOTE for all others. */
enum embed_kind embed_kind_of(struct str target);
/* Notes, canvases, bases and unknown files are blocks; media are phrasing. */
bool embed_is_block(enum embed_kind kind);
/* True for a canvas or a base, whose text may quote notes that are not published:
 * like a note's, its bytes are not copied (decisions.md 3). */
bool embed_is_working(enum embed_kind kind);
/*
 * Splits `text`, which stands behind the '|' or as alt text, into e->alt and
 * size: the last segment, or all of it, is a size when it is digits or
 * digits `x` digits (spec/markdown.md §6.2). e->alt borrows from text.
 */
void embed_split_size(struct str text, struct embed *e);

#endif
