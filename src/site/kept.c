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
    buf_reset(&own->text);
    own->links.items.len = 0;
    w.links = &own->links;
    piece = &sort->pieces[i];
    sort->draw(&w, (uint32_t)i, piece);
    keep(own, piece);
    arena_reset(&own->scratch);
}

static const struct kept_piece *add_sort(struct drawing *all, struct arena *a,
                                         size_t n, draw_piece *draw) {
    struct sort *sort = &all->sorts[all->nsorts++];

    *sort = (struct sort){n, arena_array(a, struct kept_piece, n), draw};
    return sort->pieces;
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

    kept->heads = add_sort(&all, a, p->linked->vault->nfiles, draw_head);
    if (e != NULL) {
        kept->events = add_sort(&all, a, e->nevents, draw_event);
        kept->decisions = add_sort(&all, a, e->ndecisions, draw_decision);
        kept->facts = add_sort(&all, a, e->nfacts, draw_fact);
        kept->who = add_sort(&all, a, e->len, draw_who);
        kept->cells = add_sort(&all, a, e->len, wiki_draw_cells);
    }
    run(&all, a, jobs);
    return kept;
}
