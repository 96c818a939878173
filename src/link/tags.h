/*
 * tags: the tree of Obsidian's tags over all published notes.
 *
 * Tags are one by their folded name; those that stand only in comments are not
 * counted (decisions.md 5).
 */
#ifndef VAULTSITE_LINK_TAGS_H
#define VAULTSITE_LINK_TAGS_H

#include "link/link.h"

/* Deepest level with a tag of its own; what a longer name has beyond it belongs
 * to its last level. */
#define TAG_LEVELS 32

/* Sets l->tags and l->ntags (in `a`). Asks for vault and notes. */
void tags_build(struct linked *l, struct arena *a);

#endif
