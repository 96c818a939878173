#include <stdio.h>

#include "site/pen.h"
#include "site/planner.h"
#include "site/tasks_pen.h"

#define DEPTH_MOST 32 /* lists in lists that are searched for pictures */

/* decisions.md 20: rows of an answer that do not fit on the page of its note. */

struct planned {
    VEC(struct plan_answer) items;
};

static void plan_query(struct planner *pl, struct planned *all, uint32_t file,
                       uint32_t query) {
    const struct plan *plan = pl->plan;
    const struct answer *a = answers_block(plan->answers, file, query);
    const struct tasks_answer *tasks =
        answers_tasks(plan->answers, file, query);
    struct plan_answer p = {
        .file = file,
        .query = query,
        .nshown = tasks != NULL ? PLAN_TASKS : PLAN_ANSWER,
        .nfurther = tasks != NULL ? PLAN_TASKS : PLAN_ROWS,
    };
    struct page page = {
        .kind = PAGE_NOTE, .part = PAGE_ANSWER, .note = file, .of = query};
    char tail[32];

    if (tasks != NULL)
        p.npieces = tasks_pieces(tasks, &pl->scratch);
    else if (a != NULL)
        p.npieces = answer_pieces(a, plan->linked, &pl->scratch);
    if (p.npieces <= p.nshown)
        return;
    p.npages = 1 + planner_count(p.npieces - p.nshown, p.nfurther);
    snprintf(tail, sizeof tail, "~query-%lu-", query + 1ul);
    p.page = planner_series(
        pl, page, planner_base(pl->pages.items[pl->page_of[file]].path), tail,
        2, p.npages);
    vec_push(&all->items, p);
}

/* A query may embed a picture that no note does: `embed(link(cover))`. */
static void find_pictures(struct planner *pl, uint32_t from,
                          const struct value *v, unsigned depth) {
    struct target t;

    if (depth > DEPTH_MOST)
        return;
    switch (v->kind) {
    case VALUE_LINK:
        if (!v->as.link->embed)
            return;
        t = linked_resolve(pl->plan->linked, from, v->as.link->path, STR(""),
                           &pl->scratch);
        if (t.outcome == LINK_FILE)
            pl->shown[t.file] = true;
        break;
    case VALUE_LIST:
        for (size_t i = 0; i < v->as.list.len; i++)
            find_pictures(pl, from, v->as.list.items[i], depth + 1);
        break;
    case VALUE_OBJECT:
        for (size_t i = 0; i < v->as.object.len; i++)
            find_pictures(pl, from, v->as.object.members[i].value, depth + 1);
        break;
    case VALUE_PAIR:
        find_pictures(pl, from, v->as.pair.key, depth + 1);
        find_pictures(pl, from, v->as.pair.value, depth + 1);
        break;
    default:
        break;
    }
}

static void find_shown(struct planner *pl, uint32_t file,
                       const struct answer *a) {
    if (a == NULL || a->kind == ANSWER_ERROR || a->kind == ANSWER_TASK)
        return;
    for (size_t i = 0; i < a->nrows * a->ncolumns; i++)
        find_pictures(pl, file, a->cells[i], 0);
}

/* Which published notes do not have their title alone. */
static const bool *find_namesakes(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    bool *namesake = arena_array(pl->arena, bool, l->vault->nfiles);
    struct map first; /* title -> its note's file + 1 */

    map_init(&first, &pl->scratch);
    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        uintptr_t other;
        void **slot;

        if (pl->page_of[i] == PLAN_NONE)
            continue;
        slot = map_slot_borrowed(&first, l->notes[i]->title);
        other = (uintptr_t)*slot;
        if (other == 0) {
            *slot = (void *)(uintptr_t)(i + 1);
            continue;
        }
        namesake[other - 1] = namesake[i] = true;
    }
    return namesake;
}

void planner_answers(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    const struct answers *answers = pl->plan->answers;
    struct planned all = {0};

    pl->shown = arena_array(&pl->scratch, bool, l->vault->nfiles);
    if (answers == NULL)
        return;
    pl->plan->namesake = find_namesakes(pl);
    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        if (pl->page_of[i] == PLAN_NONE)
            continue;
        for (uint32_t k = 0; k < l->notes[i]->nqueries; k++) {
            find_shown(pl, i, answers_block(answers, i, k));
            plan_query(pl, &all, i, k);
        }
        for (uint32_t k = 0; k < l->notes[i]->ninline_queries; k++)
            find_shown(pl, i, answers_inline(answers, i, k));
    }
    pl->plan->nlong_answers = all.items.len;
    pl->plan->long_answers = vec_keep(pl->arena, &all.items);
    vec_release(&all.items);
}

const struct plan_answer *plan_answer_of(const struct plan *p, uint32_t file,
                                         uint32_t query) {
    size_t low = 0, high = p->nlong_answers;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct plan_answer *a = &p->long_answers[middle];
        if (a->file == file && a->query == query)
            return a;
        if (a->file < file || (a->file == file && a->query < query))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
