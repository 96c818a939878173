/*
 * pen: an answer while it is being drawn.  Private to the files that draw one.
 *
 * The structure and the class names are the Dataview plugin's, which themes and
 * snippets know (spec/dataview.md §12).  What is ours beside them: the place of a
 * task, the source of the query below its answer, boxes that cannot be ticked.
 * Nothing in an answer has an id, and no query or note is drawn inside one
 * (decisions.md 8, 18).
 */
#ifndef VAULTSITE_SITE_PEN_H
#define VAULTSITE_SITE_PEN_H

#include "query/answers.h"
#include "site/fill.h"

struct pen {
    struct fill *fill;
    const struct note *origin; /* the note in which the query stands */
    const struct answer *answer;
    const struct value_style *style;
    struct buf *out;
    struct buf text;   /* reused, for short pieces */
    size_t max_depth;  /* of lists and objects in one another */
    bool counts;       /* headers and headings tell how many rows there are */
    bool says_empty;   /* that there is nothing is said */
    unsigned level;    /* of the heading above, for those of groups */
    bool in_line;      /* no block may stand here: lists as one line */
    size_t begin, end; /* pieces that the page shows */
};

/* answer_values.c.  A value: text is Markdown, links are links, numbers and dates plain
 * text. `depth` counts the lists and objects around it. */
void pen_value(struct pen *p, const struct value *v, unsigned depth);
/* Where only phrasing may stand: a heading, an inline query. */
void pen_value_in_line(struct pen *p, const struct value *v);
/* `<span>` with a text of Markdown. */
void pen_text(struct pen *p, struct str text);
/* The heading above line `line` that is one of the note's own, or NOTE_NONE. */
uint32_t pen_heading_above(const struct note *n, uint32_t line);
/* A quiet link to where a list item stands, named for its note, or for its
 * heading where the note `known` (a file, PLAN_NONE) is known to the reader;
 * nothing where that tells nothing new. */
void pen_place(struct pen *p, struct answer_item place, uint32_t known);

/* What an answer is cut into where it is too long for one page: rows; of tasks
 * those at the top of their lists. */
size_t answer_pieces(const struct answer *a, const struct linked *l,
                     struct arena *scratch);

/* answer_tasks.c: the rows of a TASK query, nested, in groups. */
void pen_tasks(struct pen *p);
/* How many tasks there are, in all groups. */
size_t pen_task_count(const struct pen *p);
/* How many tasks stand at the top of their lists. */
size_t pen_task_roots(const struct answer *a, const struct linked *l,
                      struct arena *scratch);

/* answer_calendar.c: a table for each month that has entries, then how many entries
 * have no day. */
void pen_calendar(struct pen *p);

#endif
