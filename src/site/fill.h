/*
 * fill: a note's fragment with something in place of every fixup.
 *
 * Bytes are copied range by range; at each fixup the piece that depends on the
 * rest of the site is written (design.md §1).  A `struct fill` is what one page
 * needs while it is being written, a `struct fill_place` one note, or a slice of
 * one, on that page: the page's own text, or an embed.
 */
#ifndef VAULTSITE_SITE_FILL_H
#define VAULTSITE_SITE_FILL_H

#include "base/vec.h"
#include "site/plan.h"

/* Embeds within embeds (spec/markdown.md §6.1, decisions.md 17). */
#define FILL_DEPTH 5
/* Past these a page's further embeds are links: five levels of many embeds
 * each would otherwise be no longer linear in the vault. */
#define FILL_MAX_EMBEDS 500
#define FILL_MAX_BYTES (2u << 20)

/* Numbers of the footnotes of one place; one per level, used again. */
struct footnote_marks {
    struct footnote_mark *marks; /* by footnote */
    size_t nmarks, cap;
    VEC(uint32_t) order; /* footnotes by number */
    uint32_t serial;     /* marks of another serial are of another place */
};

struct fill_place {
    const struct note *note;
    const struct target *targets;   /* by link */
    const struct fill_place *outer; /* NULL: the page's own text */
    enum link_part kind; /* what of the note: PART_NONE is all of it */
    uint32_t part;
    uint32_t embed; /* running number on the page, 0: the page's own text */
    unsigned depth;
    bool in_answer;  /* no note, query or footnote is drawn (decisions.md 18) */
    bool in_preview; /* ... but inline queries of `note` are answered */
    struct footnote_marks *footnotes;
};

struct fill_texts;

/* Days as HTML; a day is looked for at one place, by its number. */
#define FILL_DAYS 512
struct fill_day {
    task_day day;
    uint8_t len; /* 0: none is kept */
    char html[59];
};

struct fill {
    const struct plan *plan;
    struct diags *diags;
    struct arena *scratch;    /* reset by whoever owns it, after the page */
    struct arena lasting;     /* of what is used from page to page */
    struct fill_texts *texts; /* fill_text.c; NULL before the first text */
    struct fill_day *days;    /* FILL_DAYS of them */
    const struct kept *kept;  /* what pages share; NULL while it is drawn */
    const struct page *page;
    struct str up;        /* from the page to the site's root: "" or `../../` */
    uint32_t nembeds;     /* met so far */
    size_t embedded;      /* bytes of embedded fragments so far */
    bool external_images; /* one of the notes shown has some */
    unsigned extras;      /* note/extra.h: of all notes shown */
    bool reports;         /* the page is its note's own: findings count */
    bool is_preview;      /* of a note (previews.h): no query is drawn, and of
                           * links only where they lead */
    const struct link *outermost; /* the embed in the page's own text that is
                                   * being filled, NULL once it was reported */
    struct footnote_marks footnotes[FILL_DEPTH + 1];
};

void fill_init(struct fill *f, const struct plan *p, struct diags *d,
               struct arena *scratch);
void fill_release(struct fill *f);
/* Some of the text of `n` is on the page, so the page may need what the note does. */
static inline void fill_shows(struct fill *f, const struct note *n) {
    f->external_images |= n->external_images;
    f->extras |= n->extras;
}
/* Forgets the page before. */
void fill_begin(struct fill *f, const struct page *page);
/* `href`, a path from the root, as it is written on the page. */
void fill_address(const struct fill *f, struct str href, struct buf *out);

/* The whole body of the page's own note, its footnotes after it. */
void fill_note(struct fill *f, const struct note *note, struct buf *out);
/* The same without the pieces `cuts`, which stand in the order of their beginnings;
 * `between` is called where each was, with its index. */
typedef void fill_between(void *context, size_t cut, struct buf *out);
void fill_note_without(struct fill *f, const struct note *note,
                       const struct range *cuts, size_t ncuts,
                       fill_between *between, void *context, struct buf *out);
void fill_range(struct fill *f, const struct fill_place *place, struct range r,
                struct buf *out);

/* ` data-href="…" href="…"` and what else an internal link has, behind
 * `<a class="internal-link`: with the closing '>'. Missing ones have no href. The
 * title is the writer's, else a missing one says so. */
void fill_link(struct fill *f, const struct link *l, const struct target *t,
               struct buf *out);
/* The address of `t` from the page, for a link whose subpath is `subpath`;
 * appends nothing and returns false where there is none. */
bool fill_href(struct fill *f, const struct target *t, struct str subpath,
               struct buf *out);
/* What a link shows where compile has not written it: its own text, else what
 * was typed, `Note > Heading` (spec/markdown.md §3.2). */
void fill_label(const struct link *l, struct buf *out);
/* A whole link; `text` "" for its label. */
void fill_text_link(struct fill *f, const struct link *l,
                    const struct target *t, struct str text, struct buf *out);

/* embed.c: the element of an embed. */
void fill_embed(struct fill *f, const struct fill_place *place,
                const struct embed *e, struct buf *out);
/* The tags of the list that a slice has to stand in, if it is one of items. */
void fill_open_slice(const struct slice *s, struct buf *out);
void fill_close_slice(const struct slice *s, struct buf *out);

/* fill_text.c.
 * A text of Markdown that stands in `origin`, as phrasing: links are resolved from
 * there and lead from this page; no ids, no footnotes; embeds but images are
 * links. */
void fill_text(struct fill *f, const struct note *origin, struct str text,
               struct buf *out);
/* The plain text of it, which is borrowed for the page. */
struct str fill_text_plain(struct fill *f, const struct note *origin,
                           struct str text);
/* A place for a piece of `n` in an answer. */
struct fill_place fill_answer_place(struct fill *f, const struct note *n);
/* For fill.c: forgets the page before; ends the compiler. */
void fill_texts_begin(struct fill *f);
void fill_texts_release(struct fill *f);

/* answers.c: the answer of block `query` of `origin`, with what stands around it;
 * what of one the page, a PAGE_ANSWER, shows. */
void fill_answer(struct fill *f, const struct note *origin, uint32_t query,
                 const struct answer *a, struct buf *out);
void fill_answer_page(struct fill *f, struct buf *out);
/* tasks_answer.c: the same of a Tasks query. */
void fill_tasks_answer(struct fill *f, const struct note *origin,
                       uint32_t query, const struct tasks_answer *a,
                       struct buf *out);
void fill_tasks_answer_page(struct fill *f, const struct tasks_answer *a,
                            struct buf *out);
/* The same of inline query `query`, as phrasing. */
void fill_inline_answer(struct fill *f, const struct note *origin,
                        uint32_t query, const struct answer *a,
                        struct buf *out);

/* turns.c: turn `turn` of a transcript, whose fixup stands at `at`, up to the words
 * that are in the fragment. */
void fill_turn(struct fill *f, const struct fill_place *place, uint32_t turn,
               uint32_t at, struct buf *out);

/* The time `time` of place->note: a link to the turn that it means, of this note or of
 * the meeting's transcript, or its text. */
void fill_time(struct fill *f, const struct fill_place *place, uint32_t time,
               struct buf *out);

/* plugin_notes.c: notes that Excalidraw and Kanban keep their data in.
 * The picture of a drawing, `first` its first link that may be one. */
void fill_drawing(struct fill *f, const struct fill_place *place,
                  uint32_t first, struct buf *out);
/* As fill_range over the whole body of a board: a column for each of its
 * sections of the second level, side by side. */
void fill_board(struct fill *f, const struct fill_place *place,
                struct range body, struct buf *out);

/* footnotes.c.
 * Numbers the footnotes that the ranges refer to, and those that these refer
 * to; to be called before the ranges are filled. */
void fill_footnotes_number(struct fill *f, struct fill_place *place,
                           const struct range *ranges, size_t nranges);
void fill_footnote_ref(const struct fill_place *place, uint32_t footnote,
                       struct buf *out);
/* The section, or nothing. */
void fill_footnotes(struct fill *f, const struct fill_place *place,
                    struct buf *out);

#endif
