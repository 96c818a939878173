/*
 * diagram: which nodes of a mermaid diagram are links.
 *
 * A node of the class `internal-link` leads to the note that its label names
 * (spec/markdown.md §11.2).  The diagram is drawn in the reader's browser; where its
 * nodes lead is known here, when the site is built.  The language is not parsed:
 * what is told apart are statements, names of nodes and their labels.
 */
#ifndef VAULTSITE_NOTE_DIAGRAM_H
#define VAULTSITE_NOTE_DIAGRAM_H

#include "base/arena.h"

struct diagram_link {
    struct str label; /* as it is shown: what the node links to; not empty */
    uint32_t line;    /* of `text`, from 0: where the label stands */
    struct str rest;  /* of that line, from the label on */
};

/* The links of the diagram `text`, each label once, as they are met; *n of them, in
 * `a`. Labels lie in `text`. Time is linear. */
const struct diagram_link *diagram_links(struct arena *a, struct str text,
                                         size_t *n);

#endif
