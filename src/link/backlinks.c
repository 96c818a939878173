#include "link/backlinks.h"

/* A counting sort of (note, file it links to), the newest notes first. */
struct gathering {
    const struct linked *linked;
    uint32_t *last; /* by file: the note whose link led here last; NOTE_NONE */
    struct backlink *items;
    uint32_t *begin, *end; /* by file: its part of items */
};

static void forget_last(struct gathering *g) {
    size_t nfiles = g->linked->vault->nfiles;

    if (nfiles > 0)
        memset(g->last, 0xFF, nfiles * sizeof *g->last);
}

static bool gives_backlinks(const struct note *note) {
    return note != NULL && !note->file->is_template;
}

static bool leads_elsewhere(const struct target *t, uint32_t from) {
    return t->outcome != LINK_MISSING && t->file != from;
}

static void count(struct gathering *g) {
    const struct linked *l = g->linked;

    forget_last(g);
    for (uint32_t from = 0; from < l->vault->nfiles; from++) {
        if (!gives_backlinks(l->notes[from]))
            continue;
        for (uint32_t i = 0; i < l->notes[from]->nlinks; i++) {
            const struct target *t = &l->targets[from][i];

            if (leads_elsewhere(t, from) && g->last[t->file] != from) {
                g->last[t->file] = from;
                g->end[t->file]++;
            }
        }
    }
}

/* Turns the counts in `end` into borders; returns their sum. */
static uint32_t place(struct gathering *g) {
    uint32_t at = 0;

    for (size_t i = 0; i < g->linked->vault->nfiles; i++) {
        uint32_t n = g->end[i];

        g->begin[i] = g->end[i] = at;
        at += n;
    }
    return at;
}

static void add(struct gathering *g, const struct note *note, uint32_t link,
                uint32_t file) {
    struct backlink *b;

    if (g->last[file] != note->index) {
        g->last[file] = note->index;
        g->items[g->end[file]++] = (struct backlink){note->index, link, 1};
        return;
    }
    b = &g->items[g->end[file] - 1];
    b->count++;
    if (!link_has_context(note, &note->links[b->link]) &&
        link_has_context(note, &note->links[link]))
        b->link = link;
}

static void gather(struct gathering *g) {
    const struct linked *l = g->linked;

    forget_last(g);
    for (size_t k = 0; k < l->vault->nfiles; k++) {
        uint32_t from = l->newest[k];
        const struct note *note = l->notes[from];

        if (!gives_backlinks(note))
            continue;
        for (uint32_t i = 0; i < note->nlinks; i++) {
            const struct target *t = &l->targets[from][i];

            if (leads_elsewhere(t, from))
                add(g, note, i, t->file);
        }
    }
}

/* Template notes have a page too, so what they show must be there. */
static const bool *used_attachments(const struct linked *l, struct arena *a) {
    bool *used = arena_array(a, bool, l->vault->nfiles);

    for (size_t from = 0; from < l->vault->nfiles; from++) {
        const struct note *note = l->notes[from];

        for (uint32_t i = 0; note != NULL && i < note->nlinks; i++)
            if (l->targets[from][i].outcome == LINK_FILE)
                used[l->targets[from][i].file] = true;
        if (l->pictures != NULL && l->pictures[from] != LINKED_NONE)
            used[l->pictures[from]] = true;
    }
    return used;
}

void backlinks_build(struct linked *l, struct arena *a) {
    size_t nfiles = l->vault->nfiles;
    struct backlinks *by_file = arena_array(a, struct backlinks, nfiles);
    struct gathering g = {.linked = l};
    struct arena scratch;

    arena_init(&scratch);
    g.last = arena_array(&scratch, uint32_t, nfiles);
    g.begin = arena_array(&scratch, uint32_t, nfiles);
    g.end = arena_array(&scratch, uint32_t, nfiles);
    count(&g);
    g.items = arena_array(a, struct backlink, place(&g));
    gather(&g);
    for (size_t i = 0; i < nfiles; i++)
        by_file[i] =
            (struct backlinks){g.items + g.begin[i], g.end[i] - g.begin[i]};
    arena_release(&scratch);
    l->backlinks = by_file;
    l->attachment_used = used_attachments(l, a);
}
