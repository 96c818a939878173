#include "html/escape.h"
#include "site/wiki.h"

/* The views of the tasks (spec/entities.md §4.8, decisions.md 21). */

static const enum string_name state_names[VIEW_STATES] = {
    [VIEW_OPEN] = STRING_OPEN,
    [VIEW_PROPOSED] = STRING_PROPOSED,
    [VIEW_DONE] = STRING_DONE,
};
static const enum string_name order_names[VIEW_ORDERS] = {
    [VIEW_BY_ASSIGNEE] = STRING_BY_ASSIGNEE,
    [VIEW_BY_DUE] = STRING_BY_DUE,
};
static const enum string_name due_names[] = {
    [DUE_OVERDUE] = STRING_OVERDUE, [DUE_TODAY] = STRING_TODAY,
    [DUE_WEEK] = STRING_THIS_WEEK,  [DUE_LATER] = STRING_LATER,
    [DUE_NONE] = STRING_NO_DATE,
};

static void draw_view_link(struct draw *d, struct template_value *frame,
                           enum plan_task_state state,
                           enum plan_task_order order, enum string_name name) {
    const struct plan_index *view =
        &d->plan->indexes[plan_view(d->plan, state, order)];

    draw_link(d, frame, d->plan->pages[view->page].href, draw_string(d, name),
              "");
    /* Further pages are of the view as well. */
    frame[SLOT_LINK_CURRENT] =
        template_flag(view == &d->plan->indexes[d->page->of]);
}

static void draw_views(struct draw *d, const struct plan_index *index) {
    struct template_value *views = draw_frames(d, VIEW_STATES, SLOTS_LINK);
    struct template_value *orders = draw_frames(d, VIEW_ORDERS, SLOTS_LINK);

    for (unsigned i = 0; i < VIEW_STATES; i++) {
        struct template_value *frame = views + i * SLOTS_LINK;
        enum plan_task_state state = (enum plan_task_state)i;
        draw_view_link(d, frame, state, index->order, state_names[i]);
        frame[SLOT_LINK_COUNT] = template_text(draw_number(
            d,
            d->plan->indexes[plan_view(d->plan, state, index->order)].count));
    }
    for (unsigned i = 0; i < VIEW_ORDERS; i++)
        draw_view_link(d, orders + i * SLOTS_LINK, index->state,
                       (enum plan_task_order)i, order_names[i]);
    d->values[SLOT_VIEWS] = template_list(views, VIEW_STATES);
    d->values[SLOT_ORDERS] = template_list(orders, VIEW_ORDERS);
}

static struct str group_title(struct draw *d, const struct plan_index *index,
                              uint32_t of) {
    if (index->order == VIEW_BY_DUE)
        return draw_string(d, index->state == VIEW_DONE ? STRING_DONE_LATELY
                                                        : due_names[of]);
    if (of == PLAN_NONE)
        return draw_string(d, STRING_NOBODY);
    return of == PLAN_GROUP_OWNER ? draw_string(d, STRING_OWNER)
                                  : d->plan->entities->items[of].name;
}

/* The page of whoever has the tasks. */
static struct str group_href(const struct draw *d,
                             const struct plan_index *index, uint32_t of) {
    if (index->order != VIEW_BY_ASSIGNEE || of >= d->plan->entities->len ||
        d->plan->entities->items[of].note == ENTITY_NONE)
        return STR("");
    return d->plan->hrefs[d->plan->entities->items[of].note];
}

/* Rows [begin, end) of the index, written straight into the page. */
struct rows {
    struct draw *draw;
    const struct plan_index *index;
    struct window shown;
    uint32_t under; /* whose heading they stand under, or PLAN_NONE */
};

static void write_rows(const void *context, struct buf *out) {
    const struct rows *r = context;
    struct wiki w = wiki_new(r->draw->fill, out);

    wiki_task_rows(&w, r->index->rows + r->shown.begin,
                   r->shown.end - r->shown.begin, true, r->under);
}

static void draw_group(struct draw *d, const struct plan_index *index,
                       uint32_t number, struct window shown,
                       struct template_value *frame) {
    const struct plan_group *group = &index->groups[number];
    struct rows *rows = arena_new(d->scratch, struct rows);

    *rows =
        (struct rows){d, index, shown,
                      index->order == VIEW_BY_ASSIGNEE ? group->of : PLAN_NONE};
    buf_reset(d->text);
    buf_printf(d->text, "_group-%u", (unsigned)number + 1);
    frame[SLOT_SECTION_ID] = template_text(draw_keep(d));
    frame[SLOT_SECTION_TITLE] = template_text(group_title(d, index, group->of));
    frame[SLOT_SECTION_HREF] = template_text(group_href(d, index, group->of));
    frame[SLOT_SECTION_COUNT] =
        template_text(draw_number(d, group->end - group->begin));
    frame[SLOT_SECTION_URGENT] =
        template_flag(index->order == VIEW_BY_DUE && group->of == DUE_OVERDUE);
    frame[SLOT_SECTION_ROWS] = template_writer(write_rows, rows);
}

static void draw_sections(struct draw *d, const struct plan_index *index,
                          struct window win) {
    struct template_value *frames =
        draw_frames(d, win.end - win.begin, SLOTS_SECTION);
    size_t n = 0;

    for (uint32_t g = 0; g < index->ngroups; g++) {
        const struct plan_group *group = &index->groups[g];
        uint32_t begin = group->begin > win.begin ? group->begin : win.begin;
        uint32_t end = group->end < win.end ? group->end : win.end;
        if (begin < end)
            draw_group(d, index, g, (struct window){begin, end},
                       frames + n++ * SLOTS_SECTION);
    }
    d->values[SLOT_SECTIONS] = template_list(frames, n);
}

/* `286 open tasks, 41 proposed, 12 done in the last 14 days` */
static void draw_states(struct draw *d) {
    static const enum string_name words[VIEW_STATES] = {
        [VIEW_OPEN] = STRING_OPEN_ONE,
        [VIEW_PROPOSED] = STRING_PROPOSED_ONE,
        [VIEW_DONE] = STRING_LATELY_ONE,
    };

    buf_reset(d->text);
    for (unsigned i = 0; i < VIEW_STATES; i++) {
        uint32_t view =
            plan_view(d->plan, (enum plan_task_state)i, VIEW_BY_DUE);
        if (i > 0)
            buf_add_lit(d->text, ", ");
        strings_add_count(d->text, &d->plan->theme->strings, words[i],
                          d->plan->indexes[view].count);
    }
    d->values[SLOT_COUNT] = template_text(draw_keep(d));
}

void draw_tasks(struct draw *d) {
    const struct plan_index *index = &d->plan->indexes[d->page->of];
    struct window win =
        draw_window(d->page->number, index->per_page, index->nrows);

    draw_views(d, index);
    draw_states(d);
    draw_built(d);
    draw_sections(d, index, win);
    draw_rows_shown(d, index, win);
    if (d->page->part == PAGE_MAIN)
        draw_others(d, index);
    draw_pager(d, index->page, index->page + 1, index->npages);
}
