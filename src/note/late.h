/*
 * late: a properties block that does not stand at the very start of its note.
 *
 * Obsidian reads it as text (spec/markdown.md §1.1), but who wrote it may have
 * meant it; a `publish:` line in it must not be overlooked (decisions.md 2).
 */
#ifndef VAULTSITE_NOTE_LATE_H
#define VAULTSITE_NOTE_LATE_H

#include <stdint.h>

#include "base/str.h"

struct late_block {
    bool found;
    bool publish;  /* it has a `publish:` line */
    uint32_t line; /* of its `---` */
};

/*
 * Looks through the first 64 KB of `text`, a note without frontmatter. A block
 * after nothing but blank lines counts when it has a key; one after other text
 * only when it is closed, has a publish line and no code fence stands before.
 */
struct late_block late_find(struct str text);
/* Whether a line is `---` with nothing but blanks behind. */
bool fence_line(struct str line);
/* Whether `line` could be one of a block of properties; *key: it names one. */
bool property_line(struct str line, bool *key);

#endif
