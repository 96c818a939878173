#include "site/kept.h"

#include "base/pool.h"
#include "html/escape.h"
#include "site/wiki.h"

/* One thread's: where a piece is drawn before it is kept. */
struct drawer {
    struct arena arena, scratch;
    struct fill fill;
    struct buf text;
    struct kept_links links;
};

/* The pieces of one sort, and how one of them is drawn. */
typedef void draw_piece(struct wiki *w, uint32_t i, struct kept_piece *piece);
struct sort {
    size_t n;
    struct kept_piece *pieces;
    draw_piece *draw;
    const bool *wanted; /* NULL: all of them */
};

struct drawing {
    const struct plan *plan;
    struct sort sorts[6];
    size_t nsorts;
    struct drawer *drawers;
};

static void draw_head(struct wiki *w, uint32_t file, struct kept_piece *piece) {
    if (w->plan->linked->notes[file] != NULL)
        wiki_draw_head(w, file, piece);
}

static void draw_event(struct wiki *w, uint32_t i, struct kept_piece *piece) {
    wiki_draw_event(w, &w->e->events[i], piece);
}

static void draw_decision(struct wiki *w, uint32_t i,
                          struct kept_piece *piece) {
    wiki_draw_decision(w, &w->e->decisions[i], piece);
}

static void draw_fact(struct wiki *w, uint32_t i, struct kept_piece *piece) {
    wiki_draw_decision(w, &w->e->facts[i], piece);
}

static void draw_who(struct wiki *w, uint32_t i, struct kept_piece *piece) {
    (void)piece;
    wiki_draw_who(w, i);
}

/* One behind the other: they are read together. */
static void keep(struct drawer *d, struct kept_piece *piece) {
    size_t n = d->links.items.len;
    struct str html = buf_str(&d->text);
    struct kept_link *links = arena_alloc(
        &d->arena, n * sizeof *links + html.len, alignof(struct kept_link));

    if (n > 0)
        memcpy(links, d->links.items.items, n * sizeof *links);
    if (html.len > 0)
        memcpy(links + n, html.p, html.len);
    piece->links = links;
    piece->nlinks = (uint32_t)n;
    piece->html = str_make((const char *)(links + n), html.len);
}

static void draw_one(void *context, size_t i, unsigned worker) {
    struct drawing *all = context;
    struct drawer *own = &all->drawers[worker];
    struct wiki w = wiki_new(&own->fill, &own->text);
    const struct sort *sort = all->sorts;
    struct kept_piece *piece;

    for (; i >= sort->n; sort++)
        i -= sort->n;
    if (sort->wanted != NULL && !sort->wanted[i])
        return;
    buf_reset(&own->text);
    own->links.items.len = 0;
    w.links = &own->links;
    piece = &sort->pieces[i];
    sort->draw(&w, (uint32_t)i, piece);
    keep(own, piece);
    arena_reset(&own->scratch);
}

static const struct kept_piece *add_sort(struct drawing *all, struct arena *a,
                                         size_t n, draw_piece *draw,
                                         const bool *wanted) {
    struct sort *sort = &all->sorts[all->nsorts++];

    *sort =
        (struct sort){n, arena_array(a, struct kept_piece, n), draw, wanted};
    return sort->pieces;
}

/* What is a row on some page. */
struct listed {
    bool *events, *decisions, *facts;
};

static void list_rows(struct listed *l, const struct entity *e) {
    const struct panel *timeline = &e->panels[PANEL_TIMELINE],
                       *decisions = &e->panels[PANEL_DECISIONS],
                       *facts = &e->panels[PANEL_FACTS];

    for (uint32_t i = 0; i < timeline->nrest; i++)
        l->events[e->events[timeline->rest[i]].event] = true;
    for (uint32_t i = 0; i < decisions->nrest; i++)
        l->decisions[decisions->rest[i]] = true;
    for (uint32_t i = 0; i < facts->nrest; i++)
        l->facts[facts->rest[i]] = true;
}

static struct listed find_listed(struct arena *a, const struct entities *e) {
    struct listed l = {arena_array(a, bool, e->nevents),
                       arena_array(a, bool, e->ndecisions),
                       arena_array(a, bool, e->nfacts)};

    for (uint32_t i = 0; i < e->len; i++)
        if (e->items[i].note != ENTITY_NONE)
            list_rows(&l, &e->items[i]);
    return l;
}

static void run(struct drawing *all, struct arena *a, unsigned jobs) {
    unsigned njobs = jobs > 0 ? jobs : 1;
    struct diags quiet;
    struct arena own;
    size_t n = 0;

    for (size_t i = 0; i < all->nsorts; i++)
        n += all->sorts[i].n;
    diags_init(&quiet); /* none of the pieces finds anything */
    arena_init(&own);
    all->drawers = arena_array(&own, struct drawer, njobs);
    for (unsigned i = 0; i < njobs; i++) {
        struct drawer *d = &all->drawers[i];
        arena_init(&d->arena);
        arena_init(&d->scratch);
        fill_init(&d->fill, all->plan, &quiet, &d->scratch);
    }
    pool_run(jobs, n, draw_one, all);
    for (unsigned i = 0; i < njobs; i++) {
        struct drawer *d = &all->drawers[i];
        arena_take(a, &d->arena);
        fill_release(&d->fill);
        arena_release(&d->scratch);
        buf_release(&d->text);
        vec_release(&d->links.items);
    }
    arena_release(&own);
    diags_release(&quiet);
}

const struct kept *kept_draw(struct arena *a, const struct plan *p,
                             unsigned jobs) {
    struct kept *kept = arena_new(a, struct kept);
    const struct entities *e = p->entities;
    struct drawing all = {.plan = p};

    kept->heads = add_sort(&all, a, p->linked->vault->nfiles, draw_head, NULL);
    if (e != NULL) {
        struct listed listed = find_listed(a, e);
        kept->events = add_sort(&all, a, e->nevents, draw_event, listed.events);
        kept->decisions =
            add_sort(&all, a, e->ndecisions, draw_decision, listed.decisions);
        kept->facts = add_sort(&all, a, e->nfacts, draw_fact, listed.facts);
        kept->who = add_sort(&all, a, e->len, draw_who, NULL);
        kept->cells = add_sort(&all, a, e->len, wiki_draw_cells, NULL);
    }
    run(&all, a, jobs);
    return kept;
}
