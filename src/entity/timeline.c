#include "entity/timeline.h"

#include "base/number_sort.h"
#include "entity/groups.h"

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

struct timelines {
    struct entity_work *work;
    struct arena own;
    /* All events in the order in which they are shown, and the place of each. */
    uint32_t *in_order, *places;
    /* Of one entity after the other: */
    struct number_set units;
    enum event_role *roles; /* by unit, of those in `units` */
    /* By the place of an event: entities with their roles. */
    belonging_vec shares;
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
static void order_events(struct timelines *t) {
    const struct event *events = t->work->events;
    uint32_t n = t->work->all->nevents, *age = arena_room(&t->own, uint32_t, n);

    for (uint32_t i = 0; i < n; i++) {
        t->in_order[i] = i;
        age[i] = day_age(events[i].date);
    }
    number_sort_close_up(age, n);
    number_sort_by(age, t->in_order, n, t->places);
    for (uint32_t i = 0; i < n; i++)
        t->places[t->in_order[i]] = i;
}

/* An entity and its role in one number. */
static uint32_t share_of(uint32_t entity, enum event_role role) {
    return entity << 2 | (uint32_t)role;
}

/* Whose events they are, and with how many. */
static void find_shares(struct timelines *t, uint32_t entity) {
    struct entity *e = &t->work->items[entity];

    number_set_clear(&t->units);
    add_mentioned(t, e->backlinks, e->nbacklinks);
    add_mentioned(t, e->unlinked, e->nunlinked);
    for (uint32_t i = 0; i < e->nnotes; i++)
        add_linked(t, e->notes[i]);
    for (uint32_t i = 0; i < t->units.len; i++) {
        uint32_t unit = t->units.items[i];
        struct belonging share = {t->places[unit],
                                  share_of(entity, t->roles[unit])};

        vec_push(&t->shares, share);
    }
    e->nevents = t->units.len;
}

/* Event after event is given to all whose it is, so each list is in order. */
static void hand_out(struct timelines *t) {
    struct entity_work *w = t->work;
    struct groups by_place = groups_of(&t->own, &t->shares, w->all->nevents);
    struct entity_event **next =
        arena_room(&t->own, struct entity_event *, w->all->len);

    for (uint32_t i = 0; i < w->all->len; i++)
        w->items[i].events = next[i] =
            arena_room(w->arena, struct entity_event, w->items[i].nevents);
    for (uint32_t place = 0; place < w->all->nevents; place++)
        for (uint32_t k = by_place.begins[place];
             k < by_place.begins[place + 1]; k++) {
            uint32_t share = by_place.items[k];

            *next[share >> 2]++ = (struct entity_event){
                t->in_order[place], (enum event_role)(share & 3)};
        }
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

void timelines_find(struct entity_work *w) {
    struct timelines t = {.work = w};
    uint32_t nevents = w->all->nevents;

    arena_init(&t.own);
    number_set_init(&t.units, &t.own, nevents);
    t.roles = arena_room(&t.own, enum event_role, nevents);
    t.in_order = arena_room(&t.own, uint32_t, nevents);
    t.places = arena_room(&t.own, uint32_t, nevents);
    order_events(&t);
    for (uint32_t i = 0; i < w->all->len; i++)
        if (i != w->all->owner) /* who would be on every row */
            find_shares(&t, i);
    hand_out(&t);
    for (uint32_t i = 0; i < w->all->len; i++) {
        find_contacts(w, &w->items[i]);
        read_stated(w, &w->items[i]);
    }
    vec_release(&t.shares);
    arena_release(&t.own);
}
