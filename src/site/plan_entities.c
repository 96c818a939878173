/*
 * What entities and events add to the plan besides their indexes: further pages of
 * long lists, the tasks of each event, the events before and after it, and which
 * columns an index can do without.
 */
#include "site/planner.h"

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

/* A list of at most `all` rows stands on the entity's page as a whole; of a longer one
 * the first rows stand there, and at most `most` on all pages. */
static const struct {
    uint32_t all, first, most;
} limits[PLAN_LISTS] = {
    [PANEL_TIMELINE] = {30, 15, UINT32_MAX},
    [PANEL_TASKS] = {30, 20, UINT32_MAX},
    [PANEL_DECISIONS] = {30, 10, UINT32_MAX},
    [PANEL_FACTS] = {30, 10, UINT32_MAX},
    /* The most often first: of hundreds the last were seen together once. */
    [PANEL_RELATED] = {30, 30, 100},
    [LIST_MENTIONS] = {50, 20, UINT32_MAX},
    [LIST_UNLINKED] = {20, 10, UINT32_MAX}, /* theme/design.md §4 */
};

static uint32_t rows_of(const struct entity *e, unsigned list) {
    switch (list) {
    case LIST_MENTIONS:
        return e->nbacklinks;
    case LIST_UNLINKED:
        return e->nunlinked;
    default:
        return e->panels[list].nrest;
    }
}

struct plan_rest plan_rest_of(const struct plan *p, uint32_t entity,
                              unsigned list) {
    struct plan_rest rest = {0};

    for (unsigned i = 0; i <= list && i < PLAN_LISTS; i++) {
        uint32_t n = rows_of(&p->entities->items[entity], i);
        uint32_t most = n < limits[i].most ? n : limits[i].most;
        rest.shown = n <= limits[i].all ? n : limits[i].first;
        rest.left = n - most;
        rest.begin = rest.end;
        rest.end += most - rest.shown;
    }
    return rest;
}

uint32_t plan_pages_of(const struct plan *p, uint32_t entity) {
    uint32_t rows = plan_rest_of(p, entity, PLAN_LISTS - 1).end;

    return 1 + (rows + PLAN_ROWS - 1) / PLAN_ROWS;
}

static void plan_more(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    uint32_t *more = arena_array(pl->arena, uint32_t, e->len);

    for (uint32_t i = 0; i < e->len; i++) {
        struct page page = {.kind = PAGE_NOTE,
                            .part = PAGE_MORE,
                            .note = e->items[i].note,
                            .of = PLAN_NONE};
        more[i] = PLAN_NONE;
        if (page.note != ENTITY_NONE && plan_pages_of(pl->plan, i) > 1)
            more[i] = planner_series(
                pl, page,
                planner_base(pl->pages.items[pl->page_of[page.note]].path),
                "~more-", 2, plan_pages_of(pl->plan, i));
    }
    pl->plan->more = more;
}

/* --- tasks --- */

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

static bool is_person(const struct entities *e, uint32_t entity) {
    return str_eq(e->kinds[e->items[entity].kind].name, STR("person"));
}

static void add_counts(struct plan_entity_tasks *to,
                       const struct plan_entity_tasks *some) {
    to->open += some->open;
    to->proposed += some->proposed;
}

static const struct plan_entity_tasks *count_by_file(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    struct plan_entity_tasks *files =
        arena_array(&pl->scratch, struct plan_entity_tasks,
                    pl->plan->linked->vault->nfiles);

    for (uint32_t i = 0; i < e->ntasks; i++) {
        struct plan_entity_tasks *of =
            &files[e->tasks_read->items[e->tasks[i].task].file];
        of->open += e->tasks[i].state == STATE_OPEN;
        of->proposed += e->tasks[i].state == STATE_PROPOSED;
    }
    return files;
}

static void count_entity_tasks(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    const struct plan_entity_tasks *files = count_by_file(pl);
    struct plan_entity_tasks *all =
        arena_array(pl->arena, struct plan_entity_tasks, e->len);

    for (uint32_t i = 0; i < e->len; i++) {
        const struct entity *of = &e->items[i];
        if (is_person(e, i)) {
            all[i] = (struct plan_entity_tasks){of->nopen, of->nproposed};
            continue;
        }
        for (uint32_t k = 0; k < of->nnotes; k++)
            add_counts(&all[i], &files[of->notes[k]]);
        for (uint32_t k = 0; k < of->nbacklinks; k++)
            add_counts(&all[i], &files[of->backlinks[k].note]);
    }
    pl->plan->entity_tasks = all;
}

/* --- columns of indexes --- */

/* Whether its row says with whom or what it is related. */
static bool has_related(const struct entities *e, uint32_t entity) {
    const struct entity *of = &e->items[entity];
    struct str kind = is_person(e, entity) ? STR("customer") : STR("person");

    for (uint32_t i = 0; i < of->nrelations; i++)
        if (str_eq(e->kinds[e->items[of->relations[i]].kind].name, kind))
            return true;
    for (uint32_t i = 0; i < of->nrelated; i++)
        if (str_eq(e->kinds[e->items[of->related[i].entity].kind].name, kind))
            return true;
    return false;
}

static unsigned filled_by(const struct plan *p, uint32_t entity,
                          unsigned known) {
    const struct entity *of = &p->entities->items[entity];
    const struct plan_entity_tasks *tasks = &p->entity_tasks[entity];
    unsigned filled = known;

    if (task_day_valid(of->last_contact))
        filled |= COLUMN_LAST;
    if (task_day_valid(of->next_contact))
        filled |= COLUMN_NEXT;
    if (tasks->open > 0)
        filled |= COLUMN_OPEN;
    if (tasks->proposed > 0)
        filled |= COLUMN_PROPOSED;
    if (of->nevents > 0)
        filled |= COLUMN_EVENTS;
    if (of->nbacklinks + of->nunlinked > 0)
        filled |= COLUMN_MENTIONS;
    if (!(known & COLUMN_RELATED) && has_related(p->entities, entity))
        filled |= COLUMN_RELATED;
    return filled;
}

static void find_filled(struct planner *pl) {
    for (uint32_t i = 0; i < pl->plan->nindexes; i++) {
        struct plan_index *index = &pl->indexes[i];
        if (index->sort != INDEX_ENTITIES)
            continue;
        for (uint32_t k = 0; k < index->nrows; k++)
            index->filled = filled_by(pl->plan, index->rows[k], index->filled);
    }
}

/* --- events --- */

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
    plan_more(pl);
    count_tasks(pl);
    count_entity_tasks(pl);
    find_filled(pl);
    find_neighbours(pl);
}
