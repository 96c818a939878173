#include "html/escape.h"
#include "site/wiki.h"

/* What the home page tells of the vault (theme/design.md §4). */

#define DUE_SHOWN 8
#define MET_SHOWN 6
#define CUSTOMERS_SHOWN 8
#define PEOPLE_SHOWN 6

/* One section from the rows in `rows`; `href` is the page with all. */
static void put(struct draw *d, enum slot_page slot, const char *id,
                enum string_name title, const struct plan_index *index,
                const struct buf *rows) {
    struct template_value *frame;

    if (rows->len == 0)
        return;
    frame = draw_frames(d, 1, SLOTS_SECTION);
    frame[SLOT_SECTION_ID] = template_text(str_from(id));
    frame[SLOT_SECTION_TITLE] = template_text(draw_string(d, title));
    frame[SLOT_SECTION_HREF] = template_text(d->plan->pages[index->page].href);
    frame[SLOT_SECTION_ROWS] =
        template_html(arena_str(d->scratch, buf_str(rows)));
    d->values[slot] = template_record(frame);
}

static task_day due_of(const struct entities *e, uint32_t i) {
    return e->tasks_read->items[e->tasks[i].task].dates[TASK_DATE_DUE];
}

/* Open and proposed ones by their day: both views are in that order. */
static void draw_due(struct draw *d) {
    const struct plan *p = d->plan;
    const struct plan_index *views[2];
    uint32_t at[2] = {0, 0};
    struct buf rows = {0};
    struct wiki w = wiki_new(d->fill, &rows);

    if (p->tasks == PLAN_NONE)
        return;
    views[0] = &p->indexes[plan_view(p, VIEW_OPEN, VIEW_BY_DUE)];
    views[1] = &p->indexes[plan_view(p, VIEW_PROPOSED, VIEW_BY_DUE)];
    for (unsigned n = 0; n < DUE_SHOWN; n++) {
        task_day best = TASK_DAY_NONE;
        unsigned from = 0;
        for (unsigned k = 0; k < 2; k++) {
            task_day due = at[k] < views[k]->nrows
                               ? due_of(w.e, views[k]->rows[at[k]])
                               : TASK_DAY_NONE;
            if (task_day_valid(due) && due <= w.e->today + PLAN_WEEK_DAYS &&
                (!task_day_valid(best) || due < best)) {
                best = due;
                from = k;
            }
        }
        if (!task_day_valid(best))
            break;
        wiki_task_rows(&w, &views[from]->rows[at[from]++], 1, false, PLAN_NONE);
    }
    put(d, SLOT_DUE, "_due", STRING_DUE_WEEK, views[0], &rows);
    buf_release(&rows);
}

/* Those that were, not those to come. */
static void draw_met(struct draw *d) {
    const struct plan *p = d->plan;
    struct buf rows = {0};
    struct wiki w = wiki_new(d->fill, &rows);
    unsigned n = 0;

    if (p->meetings == PLAN_NONE)
        return;
    const struct plan_index *index = &p->indexes[p->meetings];
    for (uint32_t i = 0; i < index->nrows && n < MET_SHOWN; i++)
        if (w.e->events[index->rows[i]].date <= w.e->today) {
            wiki_meeting_row(&w, index->rows[i]);
            n++;
        }
    put(d, SLOT_MET, "_met", STRING_RECENT_MEETINGS, index, &rows);
    buf_release(&rows);
}

/* Those of the index with a page whose last contact is the latest, at most `max`;
 * kept sorted, so that each costs no more than that. */
static uint32_t find_latest(const struct entities *e,
                            const struct plan_index *index, uint32_t max,
                            uint32_t *found) {
    uint32_t n = 0;

    for (uint32_t i = 0; i < index->nrows; i++) {
        uint32_t entity = index->rows[i];
        task_day day = e->items[entity].last_contact;
        if (e->items[entity].note == ENTITY_NONE || !task_day_valid(day) ||
            entity == e->owner)
            continue;
        uint32_t at = n < max ? n++ : max;
        for (; at > 0 && e->items[found[at - 1]].last_contact < day; at--)
            if (at < max)
                found[at] = found[at - 1];
        if (at < max)
            found[at] = entity;
    }
    return n;
}

static const struct plan_index *index_of(const struct draw *d,
                                         const char *kind) {
    return plan_index_of(d->plan, str_from(kind));
}

static void add_customer(struct wiki *w, uint32_t entity) {
    const struct entity *e = &w->e->items[entity];

    buf_add_lit(w->out, "<tr><th scope=\"row\"><span class=\"ent\">");
    wiki_avatar(w, entity);
    wiki_name(w, entity, true);
    buf_add_lit(w->out, "</span></th><td class=\"r mid\">");
    wiki_number(w, w->plan->entity_tasks[entity].open);
    buf_add_lit(w->out, "</td><td class=\"r\">");
    wiki_day(w, e->last_contact);
    buf_add_lit(w->out, "</td></tr>\n");
}

static void draw_customers(struct draw *d) {
    const struct plan_index *index = index_of(d, "customer");
    uint32_t found[CUSTOMERS_SHOWN], n;
    struct buf rows = {0};
    struct wiki w = wiki_new(d->fill, &rows);

    if (index == NULL)
        return;
    n = find_latest(w.e, index, CUSTOMERS_SHOWN, found);
    for (uint32_t i = 0; i < n; i++)
        add_customer(&w, found[i]);
    put(d, SLOT_CUSTOMERS, "_customers", STRING_CUSTOMERS, index, &rows);
    buf_release(&rows);
}

static void draw_people(struct draw *d) {
    const struct plan_index *index = index_of(d, "person");
    uint32_t found[PEOPLE_SHOWN], n;
    struct buf rows = {0};
    struct wiki w = wiki_new(d->fill, &rows);

    if (index == NULL)
        return;
    n = find_latest(w.e, index, PEOPLE_SHOWN, found);
    for (uint32_t i = 0; i < n; i++)
        wiki_entity_row(&w, found[i]);
    put(d, SLOT_IN_TOUCH, "_in-touch", STRING_IN_TOUCH, index, &rows);
    buf_release(&rows);
}

void draw_home_wiki(struct draw *d) {
    if (d->plan->entities == NULL)
        return;
    draw_due(d);
    draw_met(d);
    draw_customers(d);
    draw_people(d);
}
