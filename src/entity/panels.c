#include "entity/panels.h"

#include "base/vec.h"
#include "entity/timeline.h"

static const enum purpose purposes[ENTITY_PANELS] = {
    [PANEL_TIMELINE] = PURPOSE_TIMELINE,   [PANEL_TASKS] = PURPOSE_TASKS,
    [PANEL_DECISIONS] = PURPOSE_DECISIONS, [PANEL_FACTS] = PURPOSE_FACTS,
    [PANEL_RELATED] = PURPOSE_RELATED,
};

struct panels {
    struct entity_work *work;
    struct arena own;
    struct number_set units, entities;
    uint32_t *room; /* for a rest: as long as the longest may be */
    VEC(uint32_t) empty;
    /* Of the entity at hand: */
    struct entity *e;
    bool *is_empty; /* by section of its note */
    bool *has_query;
};

static const struct note_sections *sections_of_page(const struct panels *p) {
    static const struct note_sections none;

    return p->e->note != ENTITY_NONE ? &p->work->sections[p->e->note] : &none;
}

/* --- the own sections --- */

static void read_sections(struct panels *p) {
    const struct note_sections *s = sections_of_page(p);
    const struct note *n =
        p->e->note != ENTITY_NONE ? p->work->linked->notes[p->e->note] : NULL;

    /* With that what lies in it is gone. */
    bool outer_is_empty[PURPOSE_RELATED + 1] = {false};

    p->empty.len = 0;
    p->is_empty = arena_array(&p->own, bool, s->n);
    p->has_query = arena_array(&p->own, bool, s->n);
    for (uint32_t i = 0; i < s->n; i++) {
        const struct section *section = &s->items[i];

        if (section->purpose == PURPOSE_SUMMARY)
            continue;
        p->has_query[i] = section_has_query(n, section);
        p->is_empty[i] = section_is_empty(n, section);
        outer_is_empty[section->purpose] =
            section->is_inner ? outer_is_empty[section->purpose]
                              : p->is_empty[i];
        if (p->is_empty[i] &&
            !(section->is_inner && outer_is_empty[section->purpose]))
            vec_push(&p->empty, section->heading);
    }
    p->e->empty_sections = vec_keep(p->work->arena, &p->empty);
    p->e->nempty_sections = (uint32_t)p->empty.len;
}

/* Whether some own section has something for the panel. */
static bool find_own(struct panels *p, enum entity_panel panel) {
    const struct note_sections *s = sections_of_page(p);
    struct panel *of = &p->e->panels[panel];
    bool own = false;

    of->heading = NOTE_NONE;
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->items[i].purpose != purposes[panel] || s->items[i].is_inner)
            continue;
        if (!p->is_empty[i]) {
            own = true;
            of->heading = s->items[i].heading;
        } else if (of->heading == NOTE_NONE) {
            of->heading = s->items[i].heading;
        }
    }
    of->empty = of->heading != NOTE_NONE && !own;
    return own;
}

/* The last of the sections for the panel that begins at the line or before it; they
 * lie apart from one another. NULL: none. */
static const struct section *section_at(const struct note_sections *s,
                                        enum purpose purpose, uint32_t line) {
    uint32_t low = 0, high = s->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->items[middle].first_line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0 &&
           (s->items[low - 1].purpose != purpose || s->items[low - 1].is_inner))
        low--;
    return low > 0 ? &s->items[low - 1] : NULL;
}

/* Calls `found` for each note that the own sections for the panel link. */
typedef void linked_note(struct panels *p, uint32_t file);
static void each_link(struct panels *p, enum entity_panel panel,
                      linked_note *found) {
    const struct note_sections *s = sections_of_page(p);
    const struct linked *l = p->work->linked;
    const struct note *n = s->n > 0 ? l->notes[p->e->note] : NULL;

    for (uint32_t i = 0; n != NULL && i < n->nlinks; i++) {
        const struct section *at;

        if (n->links[i].kind == LINK_PROPERTY ||
            l->targets[n->index][i].outcome != LINK_NOTE)
            continue;
        at = section_at(s, purposes[panel], n->links[i].line);
        if (at != NULL && n->links[i].line < at->end_line)
            found(p, l->targets[n->index][i].file);
    }
}

/* --- what the vault knows besides --- */

static void keep_rest(struct panels *p, enum entity_panel panel, uint32_t n) {
    p->e->panels[panel].rest =
        vec_copy(p->work->arena, p->room, n, sizeof *p->room);
    p->e->panels[panel].nrest = n;
}

static void add_unit(struct panels *p, uint32_t file) {
    uint32_t unit = unit_of_note(p->work->all, file);

    if (unit != ENTITY_NONE)
        number_set_add(&p->units, unit);
}

static void find_timeline(struct panels *p) {
    uint32_t n = 0;

    number_set_clear(&p->units);
    each_link(p, PANEL_TIMELINE, add_unit);
    for (uint32_t i = 0; i < p->e->nevents; i++)
        if (!number_set_has(&p->units, p->e->events[i].event))
            p->room[n++] = i;
    keep_rest(p, PANEL_TIMELINE, n);
}

/* Open and proposed ones that stand in other notes. A query in the own section is
 * its author's answer. */
static void find_tasks(struct panels *p) {
    const struct note_sections *s = sections_of_page(p);
    const struct entities *all = p->work->all;
    uint32_t n = 0, self = (uint32_t)(p->e - p->work->items);

    for (uint32_t i = 0; i < s->n; i++)
        if (s->items[i].purpose == PURPOSE_TASKS && p->has_query[i])
            return;
    for (uint32_t i = 0; i < p->e->ntasks; i++) {
        const struct entity_task *t = &all->tasks[p->e->tasks[i]];

        if ((t->state == STATE_OPEN || t->state == STATE_PROPOSED) &&
            all->entity_of[all->tasks_read->items[t->task].file] != self)
            p->room[n++] = p->e->tasks[i];
    }
    keep_rest(p, PANEL_TASKS, n);
}

static void add_entity(struct panels *p, uint32_t file) {
    uint32_t entity = p->work->all->entity_of[file];

    if (entity != ENTITY_NONE)
        number_set_add(&p->entities, entity);
}

static void find_related(struct panels *p) {
    uint32_t n = 0;

    number_set_clear(&p->entities);
    each_link(p, PANEL_RELATED, add_entity);
    for (uint32_t i = 0; i < p->e->nrelated; i++)
        if (!number_set_has(&p->entities, p->e->related[i].entity))
            p->room[n++] = i;
    keep_rest(p, PANEL_RELATED, n);
}

static void find_panels(struct panels *p, struct entity *e) {
    p->e = e;
    read_sections(p);
    find_timeline(p);
    find_tasks(p);
    find_related(p);
    for (unsigned i = 0; i < ENTITY_PANELS; i++) {
        bool own = find_own(p, (enum entity_panel)i),
             some = e->panels[i].nrest > 0;

        e->panels[i].state = own ? (some ? PANEL_MERGED : PANEL_OWN)
                                 : (some ? PANEL_GENERATED : PANEL_NONE);
    }
}

void panels_find(struct entity_work *w) {
    const struct entities *all = w->all;
    struct panels p = {.work = w};
    uint32_t longest = all->nevents;

    longest = all->ntasks > longest ? all->ntasks : longest;
    longest = all->len > longest ? all->len : longest;
    arena_init(&p.own);
    number_set_init(&p.units, &p.own, all->nevents);
    number_set_init(&p.entities, &p.own, all->len);
    p.room = arena_room(&p.own, uint32_t, longest);
    for (uint32_t i = 0; i < all->len; i++)
        find_panels(&p, &w->items[i]);
    vec_release(&p.empty);
    arena_release(&p.own);
}
