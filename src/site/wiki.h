/*
 * wiki: pieces of HTML that tell what the vault knows.  Private to the files that
 * draw entities, events, tasks and their indexes.
 *
 * Everything is text of the notes, escaped here; nothing is Markdown but the
 * descriptions of tasks. Links lead from the page that is being filled.
 */
#ifndef VAULTSITE_SITE_WIKI_H
#define VAULTSITE_SITE_WIKI_H

#include "site/draw.h"
#include "site/kept.h"

struct kept_links {
    VEC(struct kept_link) items;
};

struct wiki {
    struct fill *fill;
    const struct plan *plan;
    const struct entities *e;
    struct buf *out;
    struct kept_links *links; /* not NULL: a piece for any page is drawn, whose
                               * addresses are noted here instead of written */
};
/* To `out`; what tells of entities needs a plan that has some. */
struct wiki wiki_new(struct fill *f, struct buf *out);

/* --- wiki.c --- */

void wiki_text(struct wiki *w, enum string_name name);
void wiki_number(struct wiki *w, uint64_t n);
/* A text with a number in it, see strings_add_count. */
void wiki_count(struct wiki *w, enum string_name one, uint64_t n);
/* `<time>`; short where the year is the build's. Nothing for a day that is none. */
void wiki_day(struct wiki *w, task_day day);
/* The same of a day of the plan; both as the first column of a row, which is there
 * where there is no day. */
void wiki_day_cell(struct wiki *w, task_day day);
void wiki_note_day_cell(struct wiki *w, const struct plan_day *day);
/* A piece that was kept; `part`: with its part. */
void wiki_kept(struct wiki *w, const struct kept_piece *piece, bool part);
/* Initials, which decorate a name; `large` in the head of a page. */
struct str wiki_initials(struct arena *a, struct str name, bool person);
unsigned wiki_tint(struct str name);
/* The address of the note's page, from this one. */
void wiki_href(struct wiki *w, uint32_t file);
/* A link to a note, its text `text`. */
void wiki_link(struct wiki *w, uint32_t file, struct str text);
/* Initials as they stand beside a name. */
void wiki_avatar(struct wiki *w, uint32_t entity);
/* Initials and name, a link where the entity has a page: as kept; to be kept. */
void wiki_who(struct wiki *w, uint32_t entity);
void wiki_draw_who(struct wiki *w, uint32_t entity);
/* The name alone, likewise; `plain`: without a line below the link. */
void wiki_name(struct wiki *w, uint32_t entity, bool plain);
bool wiki_is_kind(const struct wiki *w, uint32_t entity, const char *kind);
/* The title of a note in a list; an event's without its day. */
struct str wiki_title(const struct wiki *w, uint32_t file);
/* The first of an entity's customers (else of those seen with it most often), or
 * PLAN_NONE. */
uint32_t wiki_customer(const struct wiki *w, uint32_t entity);
/* What a person does, as its note says: `role` and the like, or NULL. */
const struct property *wiki_role(const struct note *n);
/* The text of a property, or "". */
struct str wiki_property(const struct note *n, struct str key);

/* wiki_rows.c: `<li>` of `ul.log`: an event with its people and customers. */
void wiki_meeting_row(struct wiki *w, uint32_t event);
/* The same to be kept (kept.h): the head of a row, which goes on behind it; an event
 * in a timeline; a decision or fact. */
void wiki_draw_head(struct wiki *w, uint32_t file, struct kept_piece *piece);
void wiki_draw_event(struct wiki *w, const struct event *v,
                     struct kept_piece *piece);
void wiki_draw_decision(struct wiki *w, const struct decision *d,
                        struct kept_piece *piece);
/* In lists a text that tells of a note has at most 200 bytes, cut at a word
 * (spec/entities.md §4.2); escaped. */
void wiki_summary(struct wiki *w, struct str text);
/* Whole minutes that a transcript took, as far as its last turn tells; 0 of what is
 * none. How long, and how many speak; false, and nothing, where it has no turns. */
uint32_t wiki_minutes(const struct note *n);
bool wiki_length(struct wiki *w, uint32_t file);
/* What the note of an event or entity is, as escaped text: who was there and for
 * whom; how long a transcript took; what a person does. Nothing where that is not
 * known. */
void wiki_what(struct wiki *w, uint32_t file);
/* An entity with what it is, as far as its note says, to be kept: the part begins
 * where more can be said of it; the same as kept, with the customer of a person for
 * screens that have no column for that; `<li>` of `ul.rows` with what it is, and for
 * whom. */
void wiki_draw_ent(struct wiki *w, uint32_t entity, struct kept_piece *piece);
void wiki_ent_for(struct wiki *w, uint32_t entity);
void wiki_entity_row(struct wiki *w, uint32_t entity);

/* wiki_task.c: a `<li>` for each of the tasks; in a `table` their parts are columns.
 * Rows need not name whom they stand `under`: an entity, PLAN_GROUP_OWNER, or nobody:
 * PLAN_NONE. */
void wiki_task_rows(struct wiki *w, const uint32_t *tasks, uint32_t n,
                    bool table, uint32_t under);

/* wiki_panels.c: the body of an entity's note with its panels in it (§4.7); the
 * further rows of panels on a page of those. */
void wiki_body(struct fill *f, uint32_t entity, struct buf *out);
void wiki_more_page(struct fill *f, uint32_t entity, struct buf *out);
/* Whether it shows some of panels. */
bool wiki_has_rows(const struct fill *f, uint32_t entity);
/* For the contents: whether the heading went with a section that holds nothing;
 * which generated panel stands in its place, or ENTITY_PANELS; `<li>` for a panel,
 * left open; how many stand at the end; `<li>` for each of these. */
bool wiki_is_cut(const struct draw *d, const struct note *n, uint32_t heading);
uint32_t wiki_panel_at(const struct draw *d, const struct note *n,
                       uint32_t heading);
void wiki_add_panel_link(struct draw *d, uint32_t panel, struct buf *out);
uint32_t wiki_panels_at_end(const struct draw *d, const struct note *n);
void wiki_add_panel_links(struct draw *d, const struct note *n,
                          struct buf *out);

/* wiki_related.c: see kept.h. */
void wiki_draw_cells(struct wiki *w, uint32_t entity, struct kept_piece *piece);
/* `rest`, `n` positions in what is related to the entity, by kind:
 * each under its heading. Nothing for none. */
void wiki_related(struct wiki *w, uint32_t entity, const uint32_t *rest,
                  uint32_t n);

/* wiki_head.c: facts, initials, neighbours of an entity's or event's page. */
void draw_entity_head(struct draw *d, uint32_t entity);
void draw_event_head(struct draw *d, uint32_t event);
/* Whether the property is told among the facts. */
bool draw_is_told(const struct draw *d, const struct note *n, struct str key);

/* wiki_index_rows.c: the columns of an index; not those that are empty on all its
 * pages. */
struct wiki_column {
    enum string_name title;
    const char *class;
    const char *sort; /* how rows are sorted by it, if they are: `aria-sort` */
    unsigned of; /* enum plan_column; 0: is shown whether it holds anything */
};
struct wiki_columns {
    const struct wiki_column *items; /* in the arena that was given */
    size_t len;
};
struct wiki_columns wiki_columns_of(struct arena *a,
                                    const struct plan_index *index);
/* `<tr>` for each of the rows of the index in `shown`. */
void wiki_index_rows(struct draw *d, const struct plan_index *index,
                     struct window shown, struct buf *out);
/* `_k`: the id by which the links above the table find the first name with it. */
void wiki_letter_id(struct buf *out, uint32_t letter);

/* wiki_index.c, wiki_tasks.c, wiki_home.c */
void draw_index(struct draw *d);
void draw_tasks(struct draw *d);
void draw_home_wiki(struct draw *d);
/* The heading of a group of an index that is no view of tasks, or "". */
struct str draw_group_title(struct draw *d, const struct plan_index *index,
                            uint32_t of);
/* The group that the row, one of the index, lies in. */
const struct plan_group *draw_group_at(const struct plan_index *index,
                                       uint32_t row);
/* Its id, by which a page shows where the group begins. */
struct str draw_group_id(struct draw *d, const struct plan_index *index,
                         uint32_t of);
/* What the rows of an index are called: `person`, `people`. */
struct str draw_index_word(struct draw *d, const struct plan_index *index,
                           uint64_t n);

#endif
