#include "site/stitch.h"

#include "site/draw.h"
#include "site/previews.h"
#include "site/wiki.h"

struct stitcher {
    struct arena scratch; /* reset after each page */
    struct buf text;
    struct fill fill;
    struct draw_navigation navigation;
    unsigned extras; /* of all its pages */
};

struct stitcher *stitcher_new(struct arena *a, const struct plan *p,
                              const struct kept *kept, struct diags *d) {
    struct stitcher *s = arena_new(a, struct stitcher);

    arena_init(&s->scratch);
    fill_init(&s->fill, p, d, &s->scratch);
    s->fill.kept = kept;
    s->navigation.rail.outer = s->navigation.browse.outer = SLOT_ROOT;
    return s;
}

unsigned stitcher_extras(const struct stitcher *s) {
    return s->extras;
}

void stitcher_release(struct stitcher *s) {
    fill_release(&s->fill);
    buf_release(&s->text);
    buf_release(&s->navigation.rail.html);
    buf_release(&s->navigation.browse.html);
    arena_release(&s->scratch);
}

/* --- the body --- */

/* It is written straight into the page, when the template comes to it. */
struct body {
    struct fill *fill;
    bool *is_there; /* set where something was written */
};

static uint32_t entity_of(const struct plan *p, const struct page *pg) {
    return pg->note == PLAN_NONE ? PLAN_NONE : plan_entity_of(p, pg->note);
}

static void write_body(const void *context, struct buf *out) {
    const struct body *b = context;
    const struct plan *p = b->fill->plan;
    const struct page *pg = b->fill->page;
    uint32_t entity = entity_of(p, pg);
    size_t start = out->len;

    if (pg->part == PAGE_ANSWER)
        fill_answer_page(b->fill, out);
    else if (pg->part == PAGE_MORE)
        wiki_more_page(b->fill, entity, out);
    else if (entity != PLAN_NONE)
        wiki_body(b->fill, entity, out);
    else
        fill_note(b->fill, p->linked->notes[pg->note], out);
    *b->is_there |= out->len > start;
}

static bool may_have_body(const struct fill *f) {
    const struct page *pg = f->page;

    switch (pg->part) {
    case PAGE_MAIN:
        return pg->note != PLAN_NONE;
    case PAGE_ANSWER:
        return true;
    case PAGE_MORE:
        return wiki_has_rows(f, entity_of(f->plan, pg));
    case PAGE_FURTHER:
    case PAGE_MENTIONS:
    case PAGE_REDIRECT:
        break;
    }
    return false;
}

/* --- the page --- */

/* What has to be known before a page is drawn, and is known for certain after. */
struct guess {
    bool has_body;
    bool external_images; /* the policy stands before what it allows */
    unsigned extras;      /* and scripts before what they draw */
};

/* A theme that does not show extras.js has no use for any. */
static unsigned wanted_extras(const struct fill *f) {
    const struct theme *t = f->plan->theme;

    return template_shows(t->templates[f->page->kind], SLOT_EXTRAS_SCRIPT)
               ? t->wanted
               : 0;
}

static struct guess guess(const struct fill *f) {
    const struct page *pg = f->page;
    struct guess g = {.has_body = may_have_body(f)};

    if (pg->part == PAGE_MAIN && pg->note != PLAN_NONE) {
        const struct note *n = f->plan->linked->notes[pg->note];
        g.external_images = n->external_images;
        if (n->extras != 0)
            g.extras = n->extras & wanted_extras(f);
    }
    return g;
}

/* Draws the page as it is if `g` is right, and returns what is. */
static struct guess draw(struct stitcher *s, struct guess g, struct buf *out) {
    struct template_value values[SLOTS_PAGE] = {0};
    struct guess found = {0};
    struct body body = {&s->fill, &found.has_body};
    size_t start = out->len;
    struct draw d = {.plan = s->fill.plan,
                     .page = s->fill.page,
                     .scratch = &s->scratch,
                     .text = &s->text,
                     .fill = &s->fill,
                     .navigation = &s->navigation,
                     .external_images = g.external_images,
                     .extras = g.extras,
                     .values = values};

    if (g.has_body)
        values[SLOT_BODY] = template_writer(write_body, &body);
    draw_page(&d);
    template_render(s->fill.plan->theme->templates[d.page->kind], values, out);
    found.external_images = s->fill.external_images;
    /* Of a note that is shown the page may have another part. */
    if (s->fill.extras != 0)
        found.extras = s->fill.extras & wanted_extras(&s->fill) &
                       extras_in(str_skip(buf_str(out), start));
    return found;
}

static void draw_again(struct stitcher *s, const struct page *pg,
                       struct guess known, struct buf *out) {
    fill_begin(&s->fill, pg);
    s->fill.reports = false; /* its findings are told already */
    draw(s, known, out);
}

void stitch_page(const struct plan *p, size_t page, struct stitcher *s,
                 struct buf *out) {
    const struct page *pg = &p->pages[page];
    size_t start = out->len;

    fill_begin(&s->fill, pg);
    if (pg->part == PAGE_REDIRECT) {
        struct draw d = {.plan = p,
                         .page = pg,
                         .scratch = &s->scratch,
                         .text = &s->text,
                         .fill = &s->fill};
        draw_redirect(&d, out);
    } else {
        struct guess first = guess(&s->fill), known = draw(s, first, out);
        if (known.has_body != first.has_body ||
            known.external_images != first.external_images ||
            known.extras != first.extras) {
            out->len = start;
            draw_again(s, pg, known, out);
        }
        s->extras |= known.extras;
    }
    arena_reset(&s->scratch);
}

void stitch_previews(const struct previews *v, size_t i, struct stitcher *s,
                     struct buf *out) {
    previews_write(v, i, &s->fill, out);
    arena_reset(&s->scratch);
}
