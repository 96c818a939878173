#include "site/stitch.h"

#include "site/wiki.h"

struct stitcher {
    struct arena scratch; /* reset after each page */
    struct buf body, text;
    struct fill fill;
};

struct stitcher *stitcher_new(struct arena *a, const struct plan *p,
                              const struct kept *kept, struct diags *d) {
    struct stitcher *s = arena_new(a, struct stitcher);

    arena_init(&s->scratch);
    fill_init(&s->fill, p, d, &s->scratch);
    s->fill.kept = kept;
    return s;
}

void stitcher_release(struct stitcher *s) {
    fill_release(&s->fill);
    buf_release(&s->body);
    buf_release(&s->text);
    arena_release(&s->scratch);
}

static void fill_body(struct stitcher *s, const struct page *pg) {
    const struct plan *p = s->fill.plan;
    uint32_t entity =
        pg->note == PLAN_NONE ? PLAN_NONE : plan_entity_of(p, pg->note);

    buf_reset(&s->body);
    if (pg->part == PAGE_ANSWER)
        fill_answer_page(&s->fill, &s->body);
    else if (pg->part == PAGE_MORE)
        wiki_more_page(&s->fill, entity, &s->body);
    else if (pg->part == PAGE_MAIN && entity != PLAN_NONE)
        wiki_body(&s->fill, entity, &s->body);
    else if (pg->part == PAGE_MAIN && pg->note != PLAN_NONE)
        fill_note(&s->fill, p->linked->notes[pg->note], &s->body);
}

void stitch_page(const struct plan *p, size_t page, struct stitcher *s,
                 struct buf *out) {
    const struct page *pg = &p->pages[page];
    struct template_value values[SLOTS_PAGE] = {0};
    struct draw d = {.plan = p,
                     .page = pg,
                     .scratch = &s->scratch,
                     .text = &s->text,
                     .fill = &s->fill,
                     .values = values};

    fill_begin(&s->fill, pg);
    if (pg->part == PAGE_REDIRECT) {
        draw_redirect(&d, out);
    } else {
        struct str body;
        /* Before the head: the policy depends on what the body shows. */
        fill_body(s, pg);
        body = buf_str(&s->body);
        draw_page(&d, &body);
        template_render(p->theme->templates[pg->kind], values, out);
    }
    arena_reset(&s->scratch);
}
