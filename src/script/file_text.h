/*
 * file_text: what scripts know of a note, as JSON.
 *
 * Only of published notes, and a link to one that is not leads nowhere
 * (decisions.md 4).
 */
#ifndef VAULTSITE_SCRIPT_FILE_TEXT_H
#define VAULTSITE_SCRIPT_FILE_TEXT_H

#include "base/buf.h"
#include "link/link.h"

/* Adds the list of the note's tags with their `#`, each once: its properties',
 * then the text's, as Obsidian counts them (decisions.md 5). */
void file_text_add_tags(struct buf *out, const struct note *n);
/* Adds the object of its properties. `tags` is always there, a list. */
void file_text_add_properties(struct buf *out, const struct note *n);
/* Adds one link: what is written, where to, the path it leads to or null, what is
 * shown. */
void file_text_add_link(struct buf *out, const struct linked *l,
                        const struct note *n, uint32_t link);
/* Whether a script sees the link among those of the text, of the properties. */
bool file_text_in_body(const struct link *k);
bool file_text_in_properties(const struct link *k);

#endif
