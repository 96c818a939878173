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
    size_t at;         /* of list items: pieces before the next one */
};

/* Whether none of the next `n` items stands on the page: they are behind it then. */
static inline bool pen_skips(struct pen *p, size_t n) {
    if (p->at + n > p->begin && p->at < p->end)
        return false;
    p->at += n;
    return true;
}

/* answer_values.c.  A value: text is Markdown, links are links, numbers and dates plain
 * text. `depth` counts the lists and objects around it. */
void pen_value(struct pen *p, const struct value *v, unsigned depth);
/* Where only phrasing may stand: a heading, an inline query. */
void pen_value_in_line(struct pen *p, const struct value *v);
/* `<span>` with a text of Markdown. */
void pen_text(struct pen *p, struct str text);
/* The heading above line `line` that is one of the note's own, or NOTE_NONE. */
uint32_t pen_heading_above(const struct note *n, uint32_t line);
/* Where a list item of `n` stands: its own id, else the turn of a transcript or the
 * heading that it stands in or under, else the note. */
struct target pen_item_target(const struct note *n, const struct item *item);
/* A quiet link to where a list item stands, named for its note, or for its
 * heading where the note `known` (a file, PLAN_NONE) is known to the reader;
 * nothing where that tells nothing new. */
void pen_place(struct pen *p, struct answer_item place, uint32_t known);

/* The same as the Tasks plugin writes it, in brackets: `Note > Heading`, or only a
 * sign. */
void pen_backlink(struct pen *p, struct answer_item place, bool short_mode);

/*
 * answers.c.  What stands around an answer of either kind; what is to be shown of
 * it is set on the pen.
 */
struct pen pen_new(struct fill *f, const struct note *origin, struct buf *out);
/* The level of the heading above a query. */
unsigned pen_level_at(const struct note *n, uint32_t line);
/* The pieces that a further page shows. */
void pen_turn_to(struct pen *p, const struct page *page);
/* The link to the first further page, or nothing. */
void pen_more(struct pen *p, const struct plan_answer *further);
/* The query, folded; `summary` is what is seen of it. */
void pen_source(struct pen *p, const struct query *q, struct str summary);

/*
 * answer_item.c.  A list item as its note shows it: what stands between its tags,
 * without its box and the lists in it.
 */
struct pen_item {
    struct range *ranges;
    uint32_t nranges; /* 0: the note shows nothing of it, or `text` is shown */
    struct str text;  /* of one that begins on another's line: the line's */
    bool is_checked;
    struct range box;   /* the attributes of the box, behind its class */
    bool one_paragraph; /* a `<p>` was begun, and is all there is */
    bool has_paragraph; /* a `<p>` was begun */
    bool has_block;
};
/* In the fill's scratch arena. */
struct pen_item pen_item_of(struct pen *p, const struct note *n,
                            const struct item *item);
/* The box; it cannot be ticked. `place` is one of fill_answer_place(). */
void pen_item_box(struct pen *p, const struct fill_place *place,
                  const struct pen_item *in, struct str classes);
/* The text: a `<span>`, or a `<div>` where blocks are in it. */
void pen_item_text(struct pen *p, const struct fill_place *place,
                   const struct pen_item *in);

/* What an answer is cut into where it is too long for one page: rows; of tasks
 * all items that are drawn. An item that goes on on the next page is drawn there
 * once more. */
size_t answer_pieces(const struct answer *a, const struct linked *l,
                     struct arena *scratch);

/* answer_tasks.c: the rows of a TASK query, nested, in groups. */
void pen_tasks(struct pen *p);
/* How many tasks there are, in all groups. */
size_t pen_task_count(const struct pen *p);
/* How many items are drawn, with all that stands below a row. */
size_t pen_task_items(const struct answer *a, const struct linked *l,
                      struct arena *scratch);

/* answer_calendar.c: a table for each month that has entries, then how many entries
 * have no day. */
void pen_calendar(struct pen *p);

#endif
