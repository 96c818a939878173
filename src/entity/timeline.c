#include "entity/timeline.h"

#include "base/merge_sort.h"
#include "base/number_sort.h"
#include "base/vec.h"

uint32_t unit_of_note(const struct entities *all, uint32_t file) {
    uint32_t event = all->event_of[file];

    if (event == ENTITY_NONE || all->events[event].merged_into == ENTITY_NONE)
        return event;
    return all->event_of[all->events[event].merged_into];
}

uint32_t unit_notes(const struct entities *all, uint32_t unit,
                    uint32_t notes[2]) {
    const struct event *e = &all->events[unit];

    notes[0] = e->note;
    if (e->source == ENTITY_NONE ||
        all->events[all->event_of[e->source]].merged_into != e->note)
        return 1;
    notes[1] = e->source;
    return 2;
}

void unit_add_listed(const struct entities *all, const struct listed *by_file,
                     uint32_t unit, struct number_set *set) {
    uint32_t notes[2], n = unit_notes(all, unit, notes);

    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < by_file[notes[i]].n; k++)
            number_set_add(set, by_file[notes[i]].rows[k]);
}

/* What is worked with for one entity after the other. */
struct timelines {
    struct entity_work *work;
    struct arena own;
    struct number_set units;
    enum event_role *roles; /* by unit, of those in `units` */
    struct number_set rows;
    /* All events in the order in which they are shown, and the place of each. */
    uint32_t *in_order, *places;
    uint32_t *sorted, *room;
};

/* --- events (§4.4) --- */

static void add_unit(struct timelines *t, uint32_t unit, enum event_role role) {
    if (unit == ENTITY_NONE)
        return;
    if (number_set_add(&t->units, unit) || role < t->roles[unit])
        t->roles[unit] = role;
}

static enum event_role role_of(uint32_t kinds) {
    if (kinds & 1u << MENTION_SUBJECT)
        return EVENT_SUBJECT;
    return kinds & (1u << MENTION_PARTICIPANT | 1u << MENTION_SPEAKER)
               ? EVENT_PARTICIPANT
               : EVENT_MENTIONED;
}

static void add_mentioned(struct timelines *t, const struct mention *mentions,
                          uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        add_unit(t, unit_of_note(t->work->all, mentions[i].note),
                 role_of(mentions[i].kinds));
}

/* What its own notes link to. */
static void add_linked(struct timelines *t, uint32_t file) {
    const struct linked *l = t->work->linked;

    for (uint32_t i = 0; i < l->notes[file]->nlinks; i++)
        if (l->targets[file][i].outcome == LINK_NOTE)
            add_unit(t, unit_of_note(t->work->all, l->targets[file][i].file),
                     EVENT_MENTIONED);
}

/* Newest first, undated last, then by path. */
static int event_order(void *context, const void *a, const void *b) {
    const struct event *events = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    task_day p = events[x].date, q = events[y].date;

    if (p != q)
        return p > q ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void order_events(struct timelines *t) {
    uint32_t n = t->work->all->nevents;

    for (uint32_t i = 0; i < n; i++)
        t->in_order[i] = i;
    merge_sort(t->in_order, n, sizeof *t->in_order, t->room, event_order,
               t->work->events);
    for (uint32_t i = 0; i < n; i++)
        t->places[t->in_order[i]] = i;
}

static void find_events(struct timelines *t, struct entity *e) {
    struct entity_work *w = t->work;
    uint32_t n;
    struct entity_event *events;

    number_set_clear(&t->units);
    add_mentioned(t, e->backlinks, e->nbacklinks);
    add_mentioned(t, e->unlinked, e->nunlinked);
    for (uint32_t i = 0; i < e->nnotes; i++)
        add_linked(t, e->notes[i]);
    n = t->units.len;
    for (uint32_t i = 0; i < n; i++)
        t->sorted[i] = t->places[t->units.items[i]];
    number_sort(t->sorted, n, t->room);
    events = arena_array(w->arena, struct entity_event, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t event = t->in_order[t->sorted[i]];

        events[i] = (struct entity_event){event, t->roles[event]};
    }
    e->events = events;
    e->nevents = n;
}

/* --- contacts --- */

static void report_stale(const struct entity_work *w, const struct entity *e,
                         const struct property *p) {
    struct buf day = {0};

    task_day_add(&day, e->last_computed);
    diag_add(w->diags, DIAG_LAST_CONTACT_STALE,
             w->linked->vault->files[e->note].path, p->line, p->column,
             "says %.*s, last event is %.*s", STR_ARG(e->last_stated),
             STR_ARG(buf_str(&day)));
    buf_release(&day);
}

static void read_stated(const struct entity_work *w, struct entity *e) {
    const struct property *p;
    struct civil_date date;
    task_day stated = TASK_DAY_NONE;

    if (e->note == ENTITY_NONE)
        return;
    p = frontmatter_property(&w->linked->notes[e->note]->front,
                             STR("last_contact"));
    if (p == NULL)
        return;
    e->last_stated =
        str_trim(p->value->kind == VALUE_TEXT ? p->value->as.text : p->source);
    if (e->last_stated.len == 0 || p->value->kind == VALUE_NULL) {
        e->last_stated = STR("");
        return;
    }
    if (civil_read_date(e->last_stated, &date))
        stated = (task_day)civil_days(date);
    if (stated != TASK_DAY_NONE && stated <= w->all->today &&
        stated > e->last_contact)
        e->last_contact = stated;
    e->stale = e->last_computed != TASK_DAY_NONE &&
               (stated == TASK_DAY_NONE || stated < e->last_computed);
    if (e->stale)
        report_stale(w, e, p);
}

static void find_contacts(const struct entity_work *w, struct entity *e) {
    for (uint32_t i = 0; i < e->nevents; i++) { /* newest first */
        task_day day = w->events[e->events[i].event].date;

        if (e->events[i].role == EVENT_MENTIONED || day == TASK_DAY_NONE)
            continue;
        if (day > w->all->today) {
            e->next_contact = day;
        } else if (e->last_computed == TASK_DAY_NONE) {
            e->last_computed = day;
            e->last_event = e->events[i].event;
        }
    }
    e->last_contact = e->last_computed;
}

/* --- decisions (§4.5) --- */

static void find_decisions(struct timelines *t, struct entity *e) {
    struct entity_work *w = t->work;

    number_set_clear(&t->rows);
    for (uint32_t i = 0; i < e->nnotes; i++)
        for (uint32_t k = 0; k < w->decisions[e->notes[i]].n; k++)
            number_set_add(&t->rows, w->decisions[e->notes[i]].rows[k]);
    for (uint32_t i = 0; i < e->nevents; i++)
        if (e->events[i].role != EVENT_MENTIONED)
            unit_add_listed(w->all, w->decisions, e->events[i].event, &t->rows);
    e->ndecisions = t->rows.len;
    e->decisions = number_set_take_sorted(&t->rows, w->arena);
}

void timelines_find(struct entity_work *w) {
    struct timelines t = {.work = w};
    uint32_t nevents = w->all->nevents;

    arena_init(&t.own);
    number_set_init(&t.units, &t.own, nevents);
    number_set_init(&t.rows, &t.own, w->all->ndecisions);
    t.roles = arena_array(&t.own, enum event_role, nevents);
    t.in_order = arena_array(&t.own, uint32_t, nevents);
    t.places = arena_array(&t.own, uint32_t, nevents);
    t.sorted = arena_array(&t.own, uint32_t, nevents);
    t.room = arena_array(&t.own, uint32_t, nevents);
    order_events(&t);
    for (uint32_t i = 0; i < w->all->len; i++) {
        struct entity *e = &w->items[i];

        /* The owner would be on every row. */
        if (i != w->all->owner)
            find_events(&t, e);
        find_contacts(w, e);
        read_stated(w, e);
        find_decisions(&t, e);
    }
    arena_release(&t.own);
}
