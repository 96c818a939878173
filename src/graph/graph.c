#include "graph/graph.h"

struct finding {
    const struct linked *linked;
    const struct entities *entities;
    struct arena *arena;  /* of the graph */
    struct arena scratch; /* of the finding */
    uint32_t nfiles;
    uint32_t *begins; /* by file: its part of `items`; one more for the end */
    uint32_t *items;  /* the links of each file, in no order */
    uint32_t *ranked; /* in the graph: files that have links, the most first */
    uint32_t nranked;
};

static bool takes_part(const struct finding *f, uint32_t file) {
    return f->linked->notes[file] != NULL &&
           !f->linked->vault->files[file].is_template;
}

static bool is_entity(const struct finding *f, uint32_t file) {
    const struct entities *e = f->entities;

    return e != NULL && e->entity_of[file] != ENTITY_NONE &&
           e->items[e->entity_of[file]].note == file;
}

/* --- who is linked with whom --- */

/* Adds the notes that `file` links to and that link to it, each once, to `to`;
 * `seen` tells for which file a note was met last. Returns how many. */
static uint32_t add_links(const struct finding *f, uint32_t file,
                          uint32_t *seen, uint32_t *to) {
    const struct target *targets = f->linked->targets[file];
    const struct backlinks *back = &f->linked->backlinks[file];
    uint32_t n = 0;

    seen[file] = file;
    for (uint32_t i = 0; i < f->linked->notes[file]->nlinks; i++) {
        uint32_t other = targets[i].file;
        if (targets[i].outcome != LINK_NOTE || !takes_part(f, other) ||
            seen[other] == file)
            continue;
        seen[other] = file;
        to[n++] = other;
    }
    for (uint32_t i = 0; i < back->len; i++) {
        uint32_t other = back->items[i].from;
        if (!takes_part(f, other) || seen[other] == file)
            continue;
        seen[other] = file;
        to[n++] = other;
    }
    return n;
}

static void gather(struct finding *f) {
    uint32_t *seen = arena_array(&f->scratch, uint32_t, f->nfiles);
    size_t most = 0;

    for (uint32_t i = 0; i < f->nfiles; i++) {
        seen[i] = GRAPH_NONE;
        if (takes_part(f, i))
            most += f->linked->notes[i]->nlinks + f->linked->backlinks[i].len;
    }
    f->items = arena_array(&f->scratch, uint32_t, most);
    f->begins = arena_array(&f->scratch, uint32_t, f->nfiles + 1);
    for (uint32_t i = 0; i < f->nfiles; i++)
        f->begins[i + 1] =
            f->begins[i] + (takes_part(f, i)
                                ? add_links(f, i, seen, f->items + f->begins[i])
                                : 0);
}

static uint32_t count_of(const struct finding *f, uint32_t file) {
    return f->begins[file + 1] - f->begins[file];
}

/* A counting sort: a note has fewer links than there are files. */
static void rank(struct finding *f) {
    uint32_t *ends = arena_array(&f->scratch, uint32_t, f->nfiles + 1);

    for (uint32_t i = 0; i < f->nfiles; i++)
        ends[f->nfiles - count_of(f, i)]++;
    for (uint32_t i = 1; i <= f->nfiles; i++)
        ends[i] += ends[i - 1];
    f->ranked = arena_array(f->arena, uint32_t, f->nfiles);
    for (uint32_t i = f->nfiles; i-- > 0;)
        f->ranked[--ends[f->nfiles - count_of(f, i)]] = i;
    while (f->nranked < f->nfiles && count_of(f, f->ranked[f->nranked]) > 0)
        f->nranked++;
}

/* --- in order --- */

struct listing {
    uint32_t *ends; /* by file: where its next link goes */
    uint32_t *items;
};

static void list_with_all(const struct finding *f, struct listing *l,
                          uint32_t file) {
    for (uint32_t i = f->begins[file]; i < f->begins[file + 1]; i++)
        l->items[l->ends[f->items[i]]++] = file;
}

/* Each note goes to the end of the lists of those it is linked with, the notes in
 * the order that these lists have: so each list is in order and none is sorted. */
static const struct graph_links *list_links(struct finding *f) {
    struct graph_links *links =
        arena_array(f->arena, struct graph_links, f->nfiles);
    struct listing l = {arena_array(&f->scratch, uint32_t, f->nfiles),
                        arena_array(f->arena, uint32_t, f->begins[f->nfiles])};

    for (uint32_t i = 0; i < f->nfiles; i++) {
        l.ends[i] = f->begins[i];
        links[i] = (struct graph_links){l.items + f->begins[i], count_of(f, i)};
    }
    for (uint32_t i = 0; i < f->nranked; i++)
        if (is_entity(f, f->ranked[i]))
            list_with_all(f, &l, f->ranked[i]);
    for (uint32_t i = 0; i < f->nfiles; i++)
        if (!is_entity(f, f->linked->newest[i]))
            list_with_all(f, &l, f->linked->newest[i]);
    return links;
}

static void choose_nodes(const struct finding *f, struct graph *g) {
    uint32_t *nodes = arena_array(f->arena, uint32_t, GRAPH_NODES);
    uint32_t *node_of = arena_array(f->arena, uint32_t, f->nfiles);

    for (unsigned pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < f->nranked && g->nnodes < GRAPH_NODES; i++)
            if (is_entity(f, f->ranked[i]) == (pass == 0))
                nodes[g->nnodes++] = f->ranked[i];
    for (uint32_t i = 0; i < f->nfiles; i++)
        node_of[i] = GRAPH_NONE;
    for (uint32_t i = 0; i < g->nnodes; i++)
        node_of[nodes[i]] = i;
    g->nodes = nodes;
    g->node_of = node_of;
}

const struct graph *graph_find(struct arena *a, const struct linked *l,
                               const struct entities *e) {
    struct graph *g = arena_new(a, struct graph);
    struct finding f = {.linked = l,
                        .entities = e,
                        .arena = a,
                        .nfiles = (uint32_t)l->vault->nfiles};

    arena_init(&f.scratch);
    g->linked = l;
    g->entities = e;
    gather(&f);
    rank(&f);
    g->links = list_links(&f);
    g->linked_most = f.ranked;
    g->nlinked = f.nranked;
    choose_nodes(&f, g);
    arena_release(&f.scratch);
    return g;
}
