/*
 * turn_links: links in the words of a transcript's turns.
 *
 * Private to note/.  What was said is plain text (spec/entities.md §6): dictation is
 * full of `*` and `_`.  What somebody linked in it is a link all the same, `[[note]]`
 * and `[text](address)`.  Brackets that make no link are text.
 */
#ifndef VAULTSITE_NOTE_TURN_LINKS_H
#define VAULTSITE_NOTE_TURN_LINKS_H

#include "note/render.h"

/* The links of one line, one after the other; together linear in the line. */
struct turn_links {
    struct str
        line;     /* set by the caller, all else 0; comments are hidden in it */
    size_t at;    /* where the next one is looked for */
    size_t close; /* the first `]]` behind some place before it, */
    bool no_close; /* or there is none */

    /* The last one found, borrowed from the line. */
    size_t begin, end;
    bool is_wiki;
    struct str body; /* between its brackets */
    struct str url, title;
};

/* Steps to the next link; false when there is none. */
bool turn_links_next(struct turn_links *l);
/* Writes it; `line` and `column` are its place in the file. An address that could run
 * script is reported, and stays as it is written. */
void turn_links_render(struct render *r, const struct turn_links *l,
                       uint32_t line, uint32_t column);
/* Appends `s` without what comments hide. */
void turn_add_shown(struct buf *out, struct str s);

#endif
