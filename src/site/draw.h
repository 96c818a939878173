/*
 * draw: the values of a page's template.  Private to stitch.c and the files that
 * fill the parts of a page; the names are those of slots.h.
 */
#ifndef VAULTSITE_SITE_DRAW_H
#define VAULTSITE_SITE_DRAW_H

#include "site/fill.h"

/* The navigation of the pages before: many pages have the same one. */
struct draw_navigation {
    struct template_value
        *frames;        /* of the rail, then of `browse`; NULL: none */
    struct str section; /* that they mark */
    size_t up;          /* length of the way to the site's root */
    struct template_memo rail, browse;
};

struct draw {
    const struct plan *plan;
    const struct page *page;
    struct arena *scratch; /* holds what the values point to */
    struct buf *text;      /* reused; for short pieces */
    struct fill *fill;
    struct draw_navigation *navigation;
    bool external_images;          /* the page may show some */
    unsigned extras;               /* note/extra.h: what it loads */
    struct template_value *values; /* SLOTS_PAGE of them */
};

/* What one buffer was filled with, in the scratch arena. */
struct str draw_keep(struct draw *d);
/* `n` frames of `slots` values each. */
struct template_value *draw_frames(struct draw *d, size_t n, size_t slots);
struct str draw_number(struct draw *d, uint64_t n);
/* A text with a number in it, see strings_add_count. */
struct str draw_count(struct draw *d, enum string_name one, uint64_t n);
struct str draw_string(const struct draw *d, enum string_name name);

/* pages.c: everything but the body of a note, which, where there is one, stands among
 * the values already. */
void draw_page(struct draw *d);
/* The index that lists the page's note, or whose page it is; PLAN_NONE. */
uint32_t draw_index_above(const struct draw *d);
/* A redirect has no template. */
void draw_redirect(struct draw *d, struct buf *out);
/* The page's content security policy (decisions.md 22, 23). */
struct str draw_policy(const struct draw *d);

/* navigation.c: the links beside the page. */
void draw_navigation(struct draw *d);

/* panel.c: properties and tags of a note; a key to be read: `due_date` is
 * `Due date`, others stay as they are. */
struct str draw_label(struct draw *d, struct str key);
void draw_properties(struct draw *d, const struct note *n);

/* outline.c: headings of a note as nested lists. */
void draw_contents(struct draw *d, const struct note *n);

/* Rows [begin, end) of one page of a list. */
struct window {
    uint32_t begin, end;
};

/* turns.c: who speaks in a transcript, and when. */
void draw_turns(struct draw *d, const struct note *n);

/* wiki_panels.c: which rows of a list of an entity's page the page shows, that of the
 * entity or a further one; none: begin == end. Where those that it does not show
 * begin, `id` that of the list's heading. */
struct window draw_rest(const struct page *page, struct plan_rest rest);
struct str draw_rest_href(struct draw *d, uint32_t entity,
                          struct plan_rest rest, const char *id);

/* lists.c.
 * Rows of page `number` (from 1) of `n` rows, `rows` to a page. */
struct window draw_window(uint32_t number, uint32_t rows, uint32_t n);
/* The pages before and after this one in a series of `npages`: pages[first], then
 * pages[further] and those that follow it. */
void draw_pager(struct draw *d, uint32_t first, uint32_t further,
                uint32_t npages);
void draw_entry(struct draw *d, struct template_value *frame, uint32_t file);
/* `#` and the tag's name. */
struct str draw_tag_title(struct draw *d, const struct tag *t);
void draw_link(struct draw *d, struct template_value *frame, struct str href,
               struct str title, const char *kind);
/* What a folder, a tag, the tags page, the page of all notes, the home page lists. */
void draw_folder(struct draw *d, uint32_t folder);
void draw_tag(struct draw *d, uint32_t tag);
void draw_tags(struct draw *d);
void draw_all(struct draw *d);
void draw_home(struct draw *d);
/* Rows [win.begin, win.end) of the index, in words; nothing where it has none. */
void draw_rows_shown(struct draw *d, const struct plan_index *index,
                     struct window win);
/* What else lies in the folder whose page the index is. */
void draw_others(struct draw *d, const struct plan_index *index);
/* days.c: what a folder's page lists together, the daily notes of a month, by its
 * number since the year 0; PLAN_NONE: what is no daily note. */
uint32_t draw_month_of(const struct plan *p, uint32_t file);
/* Its name and id, as those of a group. */
void draw_month_name(struct draw *d, struct template_value *group,
                     uint32_t month);
/* How many of a folder's notes are of the month of that row; they stand together. */
uint32_t draw_month_count(const struct plan *p, const struct plan_folder *f,
                          uint32_t row);
/* The daily notes before and after that one, if it is one. */
void draw_days_beside(struct draw *d, uint32_t file);

/* The page's neighbours in its folder. */
void draw_near(struct draw *d);

/* dates.c: the note's own; the build's; of an entry; whether some of n entries
 * have one; the notes changed last. */
void draw_dates(struct draw *d, const struct note *n);
void draw_built(struct draw *d);
void draw_entry_date(struct draw *d, struct template_value *frame,
                     uint32_t file);
/* The title of a note beside that day: without it where it begins with it. */
struct str draw_title_beside(const struct note *n, const struct plan_day *day);
void draw_dates_column(struct template_value *group,
                       const struct template_value *entries, uint32_t n);
void draw_recent(struct draw *d);

/* nearby.c: the notes linked with the page's note, as a drawing. How a node of a graph
 * is drawn: kinds (kinds.h, node_shape) differ in shape and colour; `size` is half its
 * width. */
void draw_nearby(struct draw *d);
void draw_node_shape(struct buf *out, struct str shape, unsigned x, unsigned y,
                     unsigned size);

/* graph_page.c: the graph of the whole vault, and the most linked notes. */
void draw_graph(struct draw *d);

/* card.c: what others show of the note beside a link to it: SLOT_OF_NOTE and
 * SLOT_PICTURE, on a site with `base_url`. */
void draw_card(struct draw *d, const struct note *n);

/* mentions.c: the notes that link to the page's note: the first, or a further
 * page. */
void draw_mentions(struct draw *d);
/* The same of the notes that name the page's entity without a link. */
void draw_unlinked(struct draw *d);

#endif
