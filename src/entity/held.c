#include "entity/held.h"

#include "entity/groups.h"
#include "entity/timeline.h"

/* Which of an entity's rows are asked for: all, or those that its own notes do not
 * list. */
enum asked { ALL, NOT_LISTED };

struct holding {
    const struct entities *all;
    struct arena own;
    struct groups takers; /* by unit: entities that take part in it */
    uint32_t *last;       /* by entity: the last row that was seen to, plus 1 */
    belonging_vec held;   /* by entity: rows, ascending */
};

static void find_takers(struct holding *h) {
    belonging_vec takers = {0};

    for (uint32_t i = 0; i < h->all->len; i++) {
        const struct entity *e = &h->all->items[i];

        for (uint32_t k = 0; k < e->nevents; k++) {
            struct belonging taker = {e->events[k].event, i};

            if (e->events[k].role != EVENT_MENTIONED)
                vec_push(&takers, taker);
        }
    }
    h->takers = groups_of(&h->own, &takers, h->all->nevents);
    vec_release(&takers);
}

/* The row belongs to the entity; each once. */
static void add(struct holding *h, uint32_t entity, uint32_t row) {
    struct belonging held = {entity, row};

    if (h->last[entity] == row + 1)
        return;
    h->last[entity] = row + 1;
    vec_push(&h->held, held);
}

/* Those whose own notes list the row. */
static void read_own(struct holding *h, const struct decision *d, uint32_t row,
                     enum asked asked) {
    for (uint32_t i = 0; i < d->nnotes; i++) {
        uint32_t entity = h->all->entity_of[d->notes[i]];

        if (entity == ENTITY_NONE)
            continue;
        if (asked == ALL)
            add(h, entity, row);
        h->last[entity] = row + 1;
    }
}

static void read_units(struct holding *h, const struct decision *d,
                       uint32_t row) {
    for (uint32_t i = 0; i < d->nnotes; i++) {
        uint32_t unit = unit_of_note(h->all, d->notes[i]);

        if (unit == ENTITY_NONE)
            continue;
        for (uint32_t k = h->takers.begins[unit];
             k < h->takers.begins[unit + 1]; k++)
            add(h, h->takers.items[k], row);
    }
}

/* By entity, ascending: row after row is given to all whose it is. */
static struct groups find_rows(struct holding *h, struct arena *a,
                               const struct decision *rows, uint32_t n,
                               enum asked asked) {
    memset(h->last, 0, h->all->len * sizeof *h->last);
    h->held.len = 0;
    for (uint32_t row = 0; row < n; row++) {
        read_own(h, &rows[row], row, asked);
        read_units(h, &rows[row], row);
    }
    return groups_of(a, &h->held, h->all->len);
}

static void keep_rest(const struct entity_work *w, enum entity_panel panel,
                      const struct groups *rows) {
    for (uint32_t i = 0; i < w->all->len; i++) {
        struct panel *p = &w->items[i].panels[panel];

        p->rest = rows->items + rows->begins[i];
        p->nrest = rows->begins[i + 1] - rows->begins[i];
    }
}

void held_find(struct entity_work *w) {
    const struct entities *all = w->all;
    struct holding h = {.all = all};
    struct groups rows;

    arena_init(&h.own);
    h.last = arena_room(&h.own, uint32_t, all->len);
    find_takers(&h);
    rows = find_rows(&h, w->arena, all->decisions, all->ndecisions, ALL);
    for (uint32_t i = 0; i < all->len; i++) {
        w->items[i].decisions = rows.items + rows.begins[i];
        w->items[i].ndecisions = rows.begins[i + 1] - rows.begins[i];
    }
    rows = find_rows(&h, w->arena, all->decisions, all->ndecisions, NOT_LISTED);
    keep_rest(w, PANEL_DECISIONS, &rows);
    rows = find_rows(&h, w->arena, all->facts, all->nfacts, NOT_LISTED);
    keep_rest(w, PANEL_FACTS, &rows);
    vec_release(&h.held);
    arena_release(&h.own);
}
