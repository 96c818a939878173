/*
 * The views of the tasks: which are shown in each, in which order and under which
 * headings (spec/entities.md §4.8, §5; decisions.md 21).
 */
#include "base/merge_sort.h"
#include "site/planner.h"

static const struct task *task_of(const struct entities *e, uint32_t i) {
    return &e->tasks_read->items[e->tasks[i].task];
}

/* Whether the task is in the views of that state. */
static bool is_in(const struct entities *e, uint32_t i,
                  enum plan_task_state state) {
    task_day done = task_of(e, i)->dates[TASK_DATE_DONE];

    switch (state) {
    case VIEW_OPEN:
        return e->tasks[i].state == STATE_OPEN;
    case VIEW_PROPOSED:
        return e->tasks[i].state == STATE_PROPOSED;
    case VIEW_DONE:
        return e->tasks[i].state == STATE_DONE && task_day_valid(done) &&
               done <= e->today && done >= e->today - PLAN_DONE_DAYS;
    case VIEW_STATES:
        break;
    }
    return false;
}

/* --- by due date --- */

/* Days count up, of done tasks down; none last. */
static int64_t day_key(const struct entities *e, uint32_t i) {
    const struct task *t = task_of(e, i);
    task_day day = t->dates[TASK_DATE_DUE];

    if (e->tasks[i].state == STATE_DONE)
        return -(int64_t)t->dates[TASK_DATE_DONE];
    return task_day_valid(day) ? day : INT64_MAX;
}

static int by_due(void *context, const void *a, const void *b) {
    const struct entities *e = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int64_t day = day_key(e, x), other = day_key(e, y);

    if (day != other)
        return day < other ? -1 : 1;
    return (int)task_of(e, x)->priority - (int)task_of(e, y)->priority;
}

static uint32_t due_of(const struct entities *e, uint32_t i) {
    task_day due = task_of(e, i)->dates[TASK_DATE_DUE];

    if (e->tasks[i].state == STATE_DONE || !task_day_valid(due))
        return DUE_NONE;
    if (due < e->today)
        return DUE_OVERDUE;
    if (due == e->today)
        return DUE_TODAY;
    return due <= e->today + PLAN_WEEK_DAYS ? DUE_WEEK : DUE_LATER;
}

static void group_by_due(struct planner *pl, struct plan_index *index) {
    const struct entities *e = pl->plan->entities;
    struct plan_group *groups =
        arena_array(pl->arena, struct plan_group, DUE_NONE + 1);

    for (uint32_t i = 0; i < index->nrows; i++) {
        uint32_t due = due_of(e, index->rows[i]);
        if (i == 0 || due != groups[index->ngroups - 1].of)
            groups[index->ngroups++] = (struct plan_group){i, i, due};
        groups[index->ngroups - 1].end = i + 1;
    }
    index->groups = groups;
}

/* The tasks of a state by due date, each once. */
static void list_by_due(struct planner *pl, struct plan_index *index) {
    const struct entities *e = pl->plan->entities;
    uint32_t *rows = arena_array(pl->arena, uint32_t, e->ntasks);
    uint32_t *room = arena_array(&pl->scratch, uint32_t, e->ntasks);

    for (uint32_t i = 0; i < e->ntasks; i++)
        if (is_in(e, i, index->state))
            rows[index->nrows++] = i;
    merge_sort(rows, index->nrows, sizeof *rows, room, by_due,
               (void *)(uintptr_t)e);
    index->rows = rows;
    index->count = index->nrows;
    group_by_due(pl, index);
}

/* --- by assignee --- */

struct assigned {
    uint32_t *ends;  /* by entity, then the owner, then nobody: its rows' end */
    uint32_t *order; /* those of `ends` that have rows, as their groups stand */
    uint32_t norder;
};

static uint32_t share_count(const struct entity_task *t) {
    return t->nassignees > 0 ? t->nassignees : 1;
}

/* Who has the task: place `k` of share_count(). */
static uint32_t share_of(const struct entities *e, const struct entity_task *t,
                         uint32_t k) {
    if (t->nassignees > 0)
        return t->assignees[k];
    return t->by_owner ? e->len : e->len + 1;
}

static int by_rank(void *context, const void *a, const void *b) {
    const uint32_t *rank = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return rank[x] < rank[y] ? -1 : rank[x] > rank[y];
}

/* Where the rows of each begin, in the order of groups. */
static void place(struct planner *pl, struct assigned *all,
                  struct plan_index *index, const uint32_t *rank) {
    const struct entities *e = pl->plan->entities;
    uint32_t n = e->len + 2, begin = 0;
    uint32_t *room = arena_array(&pl->scratch, uint32_t, n);
    struct plan_group *groups;

    for (uint32_t i = 0; i < n; i++)
        if (all->ends[i] > 0)
            all->order[all->norder++] = i;
    merge_sort(all->order, all->norder, sizeof *all->order, room, by_rank,
               (void *)(uintptr_t)rank);
    groups = arena_array(pl->arena, struct plan_group, all->norder);
    for (uint32_t i = 0; i < all->norder; i++) {
        uint32_t who = all->order[i], len = all->ends[who];
        groups[i] = (struct plan_group){begin, begin + len,
                                        who == e->len       ? PLAN_GROUP_OWNER
                                        : who == e->len + 1 ? PLAN_NONE
                                                            : who};
        all->ends[who] = begin;
        begin += len;
    }
    index->groups = groups;
    index->ngroups = all->norder;
}

/* `due` lists the same tasks, in the order of each group here. */
static void list_by_assignee(struct planner *pl, struct plan_index *index,
                             const struct plan_index *due,
                             const uint32_t *rank) {
    const struct entities *e = pl->plan->entities;
    struct assigned all = {
        .ends = arena_array(&pl->scratch, uint32_t, e->len + 2),
        .order = arena_array(&pl->scratch, uint32_t, e->len + 2)};
    uint32_t *rows;

    for (uint32_t i = 0; i < due->nrows; i++) {
        const struct entity_task *t = &e->tasks[due->rows[i]];
        for (uint32_t k = 0; k < share_count(t); k++)
            all.ends[share_of(e, t, k)]++;
        index->nrows += share_count(t);
    }
    rows = arena_array(pl->arena, uint32_t, index->nrows);
    place(pl, &all, index, rank);
    for (uint32_t i = 0; i < due->nrows; i++) {
        const struct entity_task *t = &e->tasks[due->rows[i]];
        for (uint32_t k = 0; k < share_count(t); k++)
            rows[all.ends[share_of(e, t, k)]++] = due->rows[i];
    }
    index->rows = rows;
    index->count = due->nrows;
}

/* By kind and name; whoever keeps the vault and nobody after all that are. */
static const uint32_t *ranks(struct planner *pl, const uint32_t *entity_row) {
    const struct entities *e = pl->plan->entities;
    uint32_t *rank = arena_array(&pl->scratch, uint32_t, e->len + 2);

    for (uint32_t i = 0; i < e->len; i++)
        rank[i] = e->kinds[e->items[i].kind].begin + entity_row[i];
    rank[e->len] = e->len;
    rank[e->len + 1] = e->len + 1;
    return rank;
}

void planner_task_views(struct planner *pl, uint32_t first,
                        const uint32_t *entity_row) {
    const uint32_t *rank = ranks(pl, entity_row);

    for (uint32_t i = first; i < first + VIEW_STATES * VIEW_ORDERS;
         i += VIEW_ORDERS) {
        list_by_due(pl, &pl->indexes[i + VIEW_BY_DUE]);
        list_by_assignee(pl, &pl->indexes[i + VIEW_BY_ASSIGNEE],
                         &pl->indexes[i + VIEW_BY_DUE], rank);
    }
}
