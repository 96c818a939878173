#include "entity/related.h"

#include "base/merge_sort.h"
#include "entity/groups.h"
#include "entity/timeline.h"

/* Entities of one unit that count for one another (§10). */
#define UNIT_MAX 200

/* --- related --- */

/* Whether a mention makes its entity a member of the unit. Text alone does not. */
static bool is_member(uint32_t kinds) {
    return (kinds & ~(1u << MENTION_TEXT)) != 0;
}

struct meeting { /* of entities */
    struct entity_work *work;
    struct arena own;
    belonging_vec met;     /* by entity: the units that it was in */
    uint32_t *begins;      /* of each entity's in `met`, and one more */
    struct groups members; /* by unit: entities, ascending */
    uint32_t *nmembers;    /* by unit: those that count, which come first */
    uint32_t *counts;      /* by entity; or by number of units */
    uint32_t *others;      /* entities that are being counted */
    struct related **lists, **ends; /* by entity: whom it met; what follows */
};

/* Of ascending numbers. */
static bool has(const uint32_t *items, uint32_t n, uint32_t wanted) {
    uint32_t low = 0, high = n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (items[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && items[low] == wanted;
}

static bool is_subject(const struct entity_work *w, uint32_t unit,
                       uint32_t entity) {
    uint32_t notes[2], n = unit_notes(w->all, unit, notes);
    bool is = false;

    for (uint32_t i = 0; i < n; i++) {
        const struct event *e = &w->events[w->all->event_of[notes[i]]];
        is |= has(e->subjects, e->nsubjects, entity);
    }
    return is;
}

/* Fills `met`. */
static void find_units(struct meeting *m) {
    struct entity_work *w = m->work;
    struct number_set seen;

    m->begins = arena_room(&m->own, uint32_t, w->all->len + 1);
    number_set_init(&seen, &m->own, w->all->nevents);
    for (uint32_t i = 0; i < w->all->len; i++) {
        const struct entity *e = &w->items[i];

        m->begins[i] = (uint32_t)m->met.len;
        number_set_clear(&seen);
        for (uint32_t k = 0; k < e->nbacklinks && i != w->all->owner; k++) {
            uint32_t unit = unit_of_note(w->all, e->backlinks[k].note);
            struct belonging in = {unit, i};

            if (unit != ENTITY_NONE && is_member(e->backlinks[k].kinds) &&
                number_set_add(&seen, unit))
                vec_push(&m->met, in);
        }
    }
    m->begins[w->all->len] = (uint32_t)m->met.len;
}

/* Members of each unit; of large ones the subjects alone. */
static void find_members(struct meeting *m) {
    struct entity_work *w = m->work;
    uint32_t n = w->all->nevents;

    m->members = groups_of(&m->own, &m->met, n);
    m->nmembers = arena_room(&m->own, uint32_t, n);
    for (uint32_t u = 0; u < n; u++) {
        uint32_t *items = m->members.items + m->members.begins[u],
                 size = m->members.begins[u + 1] - m->members.begins[u],
                 kept = 0;

        for (uint32_t k = 0; size > UNIT_MAX && k < size && kept < UNIT_MAX;
             k++)
            if (is_subject(w, u, items[k]))
                items[kept++] = items[k];
        m->nmembers[u] = size > UNIT_MAX ? kept : size;
    }
}

/* How many members of the unit count, if the entity is one of those; 0 otherwise. */
static uint32_t members_beside(const struct meeting *m, uint32_t unit,
                               uint32_t entity) {
    const uint32_t *begins = m->members.begins + unit;
    uint32_t n = m->nmembers[unit];

    if (n == begins[1] - begins[0]) /* most: all do */
        return n;
    return has(m->members.items + begins[0], n, entity) ? n : 0;
}

/* How often it was in a unit with each other one, and with itself, in m->counts;
 * returns the number of m->others. */
static uint32_t count_others(const struct meeting *m, uint32_t entity) {
    uint32_t nothers = 0, *counts = m->counts, *others = m->others;

    for (uint32_t k = m->begins[entity]; k < m->begins[entity + 1]; k++) {
        uint32_t unit = m->met.items[k].to;
        uint32_t n = members_beside(m, unit, entity);
        const uint32_t *items = m->members.items + m->members.begins[unit];

        for (uint32_t i = 0; i < n; i++)
            if (counts[items[i]]++ == 0)
                others[nothers++] = items[i];
    }
    return nothers;
}

/* Room for each entity's list: it met no more than were in its units, and no more
 * than there are. */
static void make_room(struct meeting *m) {
    uint32_t n = m->work->all->len;

    m->lists = arena_room(&m->own, struct related *, n);
    m->ends = arena_room(&m->own, struct related *, n);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t most = 0;

        for (uint32_t k = m->begins[i]; k < m->begins[i + 1]; k++)
            most += m->nmembers[m->met.items[k].to];
        m->lists[i] = m->ends[i] =
            arena_room(&m->own, struct related, most < n ? most : n);
    }
}

static int key_order(void *context, const void *a, const void *b) {
    const struct entity *items = context;

    return str_cmp(items[*(const uint32_t *)a].key,
                   items[*(const uint32_t *)b].key);
}

/* Entities by name key. */
static const uint32_t *order_by_key(struct meeting *m) {
    uint32_t n = m->work->all->len, *order = arena_room(&m->own, uint32_t, n);

    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    merge_sort(order, n, sizeof *order, arena_room(&m->own, uint32_t, n),
               key_order, m->work->items);
    return order;
}

/* Who met somebody was met by them: so every list is in the order of name keys once
 * each entity, in that order, has been added to the lists of those whom it met. */
static void fill_lists(struct meeting *m) {
    const uint32_t *order = order_by_key(m);
    uint32_t *counts = m->counts;

    for (uint32_t r = 0; r < m->work->all->len; r++) {
        uint32_t entity = order[r], n = count_others(m, entity);

        for (uint32_t k = 0; k < n; k++) {
            uint32_t other = m->others[k];

            if (other != entity)
                *m->ends[other]++ = (struct related){entity, counts[other]};
            counts[other] = 0;
        }
    }
}

/* Keeps the list, most first; equal counts keep their order. */
static void keep_by_count(struct meeting *m, struct entity *e,
                          const struct related *list,
                          const struct related *end) {
    size_t n = (size_t)(end - list);
    struct related *sorted = arena_room(m->work->arena, struct related, n);
    uint32_t *begins = m->counts, most = 0;

    for (const struct related *r = list; r < end; r++)
        most = r->count > most ? r->count : most;
    memset(begins, 0, (most + 1) * sizeof *begins);
    for (const struct related *r = list; r < end; r++)
        begins[r->count - 1]++; /* of the next lower one */
    for (uint32_t count = most; count-- > 0;)
        begins[count] += begins[count + 1];
    for (const struct related *r = list; r < end; r++)
        sorted[begins[r->count]++] = *r;
    e->related = sorted;
    e->nrelated = (uint32_t)n;
}

/* Most first, then by name key. */
static void find_related(struct meeting *m) {
    uint32_t n = m->work->all->len;

    find_units(m);
    find_members(m);
    m->counts = arena_array(&m->own, uint32_t, n + m->work->all->nevents + 1);
    m->others = arena_room(&m->own, uint32_t, n);
    make_room(m);
    fill_lists(m);
    for (uint32_t i = 0; i < n; i++)
        keep_by_count(m, &m->work->items[i], m->lists[i], m->ends[i]);
    vec_release(&m->met);
}

/* --- relations --- */

#define NAMES_RELATION                                                         \
    (1u << MENTION_LINK | 1u << MENTION_PROPERTY | 1u << MENTION_SUBJECT |     \
     1u << MENTION_TAG)

static void find_relations(struct entity_work *w, struct arena *own) {
    belonging_vec all = {0};
    struct number_set set;
    struct groups g;

    for (uint32_t i = 0; i < w->all->len; i++)
        for (uint32_t k = 0; k < w->items[i].nbacklinks; k++) {
            const struct mention *m = &w->items[i].backlinks[k];
            uint32_t by = w->all->entity_of[m->note];
            struct belonging named = {i, by}, names = {by, i};

            if (by == ENTITY_NONE || by == i || !(m->kinds & NAMES_RELATION))
                continue;
            vec_push(&all, named);
            vec_push(&all, names);
        }
    g = groups_of(own, &all, w->all->len);
    number_set_init(&set, own, w->all->len);
    for (uint32_t i = 0; i < w->all->len; i++) {
        for (uint32_t k = g.begins[i]; k < g.begins[i + 1]; k++)
            number_set_add(&set, g.items[k]);
        w->items[i].nrelations = set.len;
        w->items[i].relations = number_set_take_sorted(&set, w->arena);
    }
    vec_release(&all);
}

void related_find(struct entity_work *w) {
    struct meeting m = {.work = w};

    arena_init(&m.own);
    find_related(&m);
    find_relations(w, &m.own);
    arena_release(&m.own);
}
