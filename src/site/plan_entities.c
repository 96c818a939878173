/*
 * What entities and events add to the plan besides their indexes: further pages of
 * long lists, the tasks of each event, the events before and after it.
 */
#include "site/planner.h"

static const struct str panel_names[PLAN_PANELS] = {
#define ENTITY_PANEL(id, name) [id] = STR_INIT(name),
#include "entity/panels.def"
#undef ENTITY_PANEL
    [PANEL_MENTIONED] = STR_INIT("unlinked"),
};

uint32_t plan_entity_of(const struct plan *p, uint32_t i) {
    const struct entities *e = p->entities;

    if (e == NULL || e->entity_of[i] == ENTITY_NONE ||
        e->items[e->entity_of[i]].note != i)
        return PLAN_NONE;
    return e->entity_of[i];
}

uint32_t plan_event_of(const struct plan *p, uint32_t i) {
    const struct entities *e = p->entities;

    return e == NULL || e->event_of[i] == ENTITY_NONE ? PLAN_NONE
                                                      : e->event_of[i];
}

uint32_t plan_mentions_of(const struct plan *p, uint32_t i) {
    uint32_t entity = plan_entity_of(p, i);

    return entity == PLAN_NONE ? p->linked->backlinks[i].len
                               : p->entities->items[entity].nbacklinks;
}

/* --- further pages --- */

static uint32_t rows_of(const struct entity *e, unsigned panel,
                        uint32_t *shown) {
    *shown = panel == PANEL_MENTIONED ? PLAN_UNLINKED : PLAN_PANEL;
    return panel == PANEL_MENTIONED ? e->nunlinked : e->panels[panel].nrest;
}

struct panels {
    VEC(struct plan_panel) items;
};

static void plan_panel(struct planner *pl, struct panels *all, uint32_t entity,
                       unsigned panel) {
    const struct entity *e = &pl->plan->entities->items[entity];
    struct page page = {
        .kind = PAGE_NOTE, .part = PAGE_PANEL, .note = e->note, .of = panel};
    struct plan_panel p = {.entity = entity, .panel = panel};
    uint32_t shown, n = rows_of(e, panel, &shown);
    struct str base;

    if (n <= shown)
        return;
    p.npages = 1 + planner_count(n - shown, PLAN_ROWS);
    buf_reset(&pl->text);
    buf_add_str(&pl->text,
                planner_base(pl->pages.items[pl->page_of[e->note]].path));
    buf_add_ch(&pl->text, '~');
    buf_add_str(&pl->text, panel_names[panel]);
    base = arena_str(&pl->scratch, buf_str(&pl->text));
    p.page = planner_series(pl, page, base, "-", 2, p.npages);
    vec_push(&all->items, p);
}

static void plan_panels(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    struct panels all = {0};

    for (uint32_t i = 0; i < e->len; i++)
        for (unsigned k = 0; e->items[i].note != ENTITY_NONE && k < PLAN_PANELS;
             k++)
            plan_panel(pl, &all, i, k);
    pl->plan->npanels = all.items.len;
    pl->plan->panels = vec_keep(pl->arena, &all.items);
    vec_release(&all.items);
}

const struct plan_panel *plan_panel_of(const struct plan *p, uint32_t entity,
                                       uint32_t panel) {
    size_t low = 0, high = p->npanels;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct plan_panel *at = &p->panels[middle];
        if (at->entity == entity && at->panel == panel)
            return at;
        if (at->entity < entity || (at->entity == entity && at->panel < panel))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* --- events --- */

static void count_tasks(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    uint32_t *nopen = arena_array(pl->arena, uint32_t, e->nevents);
    uint32_t *nproposed = arena_array(pl->arena, uint32_t, e->nevents);

    for (uint32_t i = 0; i < e->ntasks; i++) {
        uint32_t file = e->tasks_read->items[e->tasks[i].task].file;
        uint32_t event = e->event_of[file];
        if (event == ENTITY_NONE)
            continue;
        nopen[event] += e->tasks[i].state == STATE_OPEN;
        nproposed[event] += e->tasks[i].state == STATE_PROPOSED;
    }
    pl->plan->nopen = nopen;
    pl->plan->nproposed = nproposed;
}

/* Whose events an event stands among: its first customer, else its first subject
 * that is not the owner, else its first participant. */
static uint32_t main_entity(const struct entities *e, const struct event *v) {
    uint32_t found = PLAN_NONE;

    for (uint32_t i = 0; i < v->nsubjects; i++) {
        const struct entity *subject = &e->items[v->subjects[i]];
        if (str_eq(e->kinds[subject->kind].name, STR("customer")))
            return v->subjects[i];
        if (found == PLAN_NONE && v->subjects[i] != e->owner)
            found = v->subjects[i];
    }
    for (uint32_t i = 0; i < v->nparticipants && found == PLAN_NONE; i++)
        if (v->participants[i] != e->owner)
            found = v->participants[i];
    return found;
}

/* The events of an entity are the newest first. Only dated ones have neighbours. */
static void link_events(const struct entities *e, uint32_t entity,
                        struct plan_neighbours *all) {
    const struct entity *of = &e->items[entity];
    uint32_t later = PLAN_NONE;

    for (uint32_t i = 0; i < of->nevents; i++) {
        uint32_t event = of->events[i].event;
        if (of->events[i].role == EVENT_MENTIONED ||
            !task_day_valid(e->events[event].date))
            continue;
        if (all[event].entity == entity)
            all[event].later = later;
        if (later != PLAN_NONE && all[later].entity == entity)
            all[later].earlier = event;
        later = event;
    }
}

static void find_neighbours(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    struct plan_neighbours *all =
        arena_array(pl->arena, struct plan_neighbours, e->nevents);

    for (uint32_t i = 0; i < e->nevents; i++)
        all[i] = (struct plan_neighbours){main_entity(e, &e->events[i]),
                                          PLAN_NONE, PLAN_NONE};
    for (uint32_t i = 0; i < e->len; i++)
        link_events(e, i, all);
    pl->plan->neighbours = all;
}

void planner_entities(struct planner *pl) {
    if (pl->plan->entities == NULL)
        return;
    plan_panels(pl);
    count_tasks(pl);
    find_neighbours(pl);
}
