#include "entity/related.h"

#include "base/merge_sort.h"
#include "base/vec.h"
#include "entity/timeline.h"

/* Entities of one unit that count for one another (§10). */
#define UNIT_MAX 200

struct pair {
    uint32_t of, other;
};
typedef VEC(struct pair) pair_vec;

/* Numbers grouped: those of group i are items[begins[i]] up to begins[i + 1]. */
struct groups {
    uint32_t *begins, *items;
};

static struct groups group(struct arena *a, const pair_vec *pairs,
                           uint32_t ngroups) {
    struct groups g = {arena_array(a, uint32_t, ngroups + 2),
                       arena_array(a, uint32_t, pairs->len)};

    for (size_t i = 0; i < pairs->len; i++)
        g.begins[pairs->items[i].of + 2]++;
    for (uint32_t i = 2; i < ngroups + 2; i++)
        g.begins[i] += g.begins[i - 1];
    for (size_t i = 0; i < pairs->len; i++)
        g.items[g.begins[pairs->items[i].of + 1]++] = pairs->items[i].other;
    return g;
}

/* --- related --- */

/* Whether a mention makes its entity a member of the unit. Text alone does not. */
static bool is_member(uint32_t kinds) {
    return (kinds & ~(1u << MENTION_TEXT)) != 0;
}

struct meeting { /* of entities */
    struct entity_work *work;
    struct arena own;
    struct groups members; /* by unit: entities */
    struct groups units;   /* by entity */
    uint32_t *counts;      /* by entity; or by number of units */
    struct number_set met;
    struct related *room;
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

/* Members of each unit, entities ascending; of large ones the subjects alone. */
static void find_members(struct meeting *m) {
    struct entity_work *w = m->work;
    pair_vec members = {0}, kept = {0}, units = {0};
    uint32_t n = w->all->nevents;
    struct number_set seen;
    struct groups all;

    number_set_init(&seen, &m->own, n);
    for (uint32_t i = 0; i < w->all->len; i++) {
        const struct entity *e = &w->items[i];

        number_set_clear(&seen);
        for (uint32_t k = 0; k < e->nbacklinks && i != w->all->owner; k++) {
            uint32_t unit = unit_of_note(w->all, e->backlinks[k].note);
            struct pair pair = {unit, i};

            if (unit != ENTITY_NONE && is_member(e->backlinks[k].kinds) &&
                number_set_add(&seen, unit))
                vec_push(&members, pair);
        }
    }
    all = group(&m->own, &members, n);
    for (uint32_t u = 0; u < n; u++) {
        uint32_t size = all.begins[u + 1] - all.begins[u], taken = 0;

        for (uint32_t k = 0; k < size && taken < UNIT_MAX; k++) {
            struct pair in = {u, all.items[all.begins[u] + k]};
            struct pair of = {in.other, u};

            if (size > UNIT_MAX && !is_subject(w, u, in.other))
                continue;
            vec_push(&kept, in);
            vec_push(&units, of);
            taken++;
        }
    }
    m->members = group(&m->own, &kept, n);
    m->units = group(&m->own, &units, w->all->len);
    vec_release(&members);
    vec_release(&kept);
    vec_release(&units);
}

/* How often it met each other one. */
static void count_others(struct meeting *m, uint32_t i) {
    struct entity *e = &m->work->items[i];
    struct related *others;

    number_set_clear(&m->met);
    for (uint32_t k = m->units.begins[i]; k < m->units.begins[i + 1]; k++) {
        uint32_t unit = m->units.items[k];

        for (uint32_t p = m->members.begins[unit];
             p < m->members.begins[unit + 1]; p++) {
            uint32_t other = m->members.items[p];

            if (other == i)
                continue;
            if (number_set_add(&m->met, other))
                m->counts[other] = 0;
            m->counts[other]++;
        }
    }
    others = arena_array(&m->own, struct related, m->met.len);
    for (uint32_t k = 0; k < m->met.len; k++)
        others[k] =
            (struct related){m->met.items[k], m->counts[m->met.items[k]]};
    e->related = others;
    e->nrelated = m->met.len;
}

static int key_order(void *context, const void *a, const void *b) {
    const struct entity *items = context;

    return str_cmp(items[*(const uint32_t *)a].key,
                   items[*(const uint32_t *)b].key);
}

/* Who met somebody was met by them: so every list is in the order of name keys once
 * each entity, in that order, has been added to the lists of those in its own. */
static void sort_by_key(struct meeting *m) {
    struct entity_work *w = m->work;
    uint32_t n = w->all->len, *order = arena_array(&m->own, uint32_t, n);
    struct related **ends = arena_array(&m->own, struct related *, n),
                   **lists = arena_array(&m->own, struct related *, n);

    for (uint32_t i = 0; i < n; i++) {
        order[i] = i;
        lists[i] = ends[i] =
            arena_array(w->arena, struct related, w->items[i].nrelated);
    }
    merge_sort(order, n, sizeof *order, arena_array(&m->own, uint32_t, n),
               key_order, w->items);
    for (uint32_t r = 0; r < n; r++) {
        const struct entity *e = &w->items[order[r]];

        for (uint32_t k = 0; k < e->nrelated; k++)
            *ends[e->related[k].entity]++ =
                (struct related){order[r], e->related[k].count};
    }
    for (uint32_t i = 0; i < n; i++)
        w->items[i].related = lists[i];
}

/* Most first; equal counts keep their order. */
static void sort_by_count(struct meeting *m, struct entity *e) {
    struct related *sorted = (struct related *)e->related;
    uint32_t *begins = m->counts, most = 0;

    for (uint32_t i = 0; i < e->nrelated; i++) {
        m->room[i] = e->related[i];
        most = e->related[i].count > most ? e->related[i].count : most;
    }
    memset(begins, 0, (most + 1) * sizeof *begins);
    for (uint32_t i = 0; i < e->nrelated; i++)
        begins[m->room[i].count - 1]++; /* of the next lower one */
    for (uint32_t count = most; count-- > 0;)
        begins[count] += begins[count + 1];
    for (uint32_t i = 0; i < e->nrelated; i++)
        sorted[begins[m->room[i].count]++] = m->room[i];
}

/* Most first, then by name key. */
static void find_related(struct meeting *m) {
    uint32_t n = m->work->all->len;

    for (uint32_t i = 0; i < n; i++)
        count_others(m, i);
    sort_by_key(m);
    for (uint32_t i = 0; i < n; i++)
        if (m->work->items[i].nrelated > 1)
            sort_by_count(m, &m->work->items[i]);
}

/* --- relations --- */

#define NAMES_RELATION                                                         \
    (1u << MENTION_LINK | 1u << MENTION_PROPERTY | 1u << MENTION_SUBJECT |     \
     1u << MENTION_TAG)

static void find_relations(struct entity_work *w, struct arena *own,
                           struct number_set *set) {
    pair_vec pairs = {0};
    struct groups g;

    for (uint32_t i = 0; i < w->all->len; i++)
        for (uint32_t k = 0; k < w->items[i].nbacklinks; k++) {
            const struct mention *m = &w->items[i].backlinks[k];
            uint32_t by = w->all->entity_of[m->note];
            struct pair named = {i, by}, names = {by, i};

            if (by == ENTITY_NONE || by == i || !(m->kinds & NAMES_RELATION))
                continue;
            vec_push(&pairs, named);
            vec_push(&pairs, names);
        }
    g = group(own, &pairs, w->all->len);
    for (uint32_t i = 0; i < w->all->len; i++) {
        number_set_clear(set);
        for (uint32_t k = g.begins[i]; k < g.begins[i + 1]; k++)
            number_set_add(set, g.items[k]);
        w->items[i].nrelations = set->len;
        w->items[i].relations = number_set_take_sorted(set, w->arena);
    }
    vec_release(&pairs);
}

void related_find(struct entity_work *w) {
    struct meeting m = {.work = w};

    arena_init(&m.own);
    find_members(&m);
    number_set_init(&m.met, &m.own, w->all->len);
    m.counts = arena_array(&m.own, uint32_t, w->all->len + w->all->nevents + 1);
    m.room = arena_array(&m.own, struct related, w->all->len);
    find_related(&m);
    find_relations(w, &m.own, &m.met);
    arena_release(&m.own);
}
