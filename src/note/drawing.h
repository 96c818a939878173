/*
 * drawing: notes of the Excalidraw plugin.
 *
 * Such a note is the drawing's data with a little text around it.  Only the text
 * is for readers: what is written on the drawing, and what its author wrote in
 * front of the data.  The data itself is shown nowhere.
 */
#ifndef VAULTSITE_NOTE_DRAWING_H
#define VAULTSITE_NOTE_DRAWING_H

#include "base/buf.h"
#include "note/frontmatter.h"
#include "vault/vault.h"

/* Pictures that the plugin may have exported beside a drawing. */
#define DRAWING_PICTURES 4

/* By its name, `X.excalidraw.md`, or a property `excalidraw-plugin`; `text` is the
 * whole file, asked when its properties cannot be read. */
bool drawing_is(const struct vault_file *file, const struct frontmatter *f,
                struct str text);
/* The `which`th place where a picture of it would lie, the better ones first:
 * the note's path with another extension, in `a`. */
struct str drawing_picture(struct arena *a, struct str path, unsigned which);
/*
 * Appends `body` to `out` with every line emptied that is not text, so that line
 * numbers stay; what follows the last such line is left out. What was left out is
 * appended to `hidden`: tags in it may withhold the note (decisions.md 1).
 * Anything in doubt is hidden. Linear.
 */
void drawing_text(struct str body, struct buf *out, struct buf *hidden);

#endif
