/*
 * Daily notes: which day each is of, which stand beside it, and the order in which
 * a folder lists them (decisions.md 28).
 */
#include "base/merge_sort.h"
#include "site/planner.h"

/* The day by which its file is called, whatever follows; of others no day is known
 * for certain. */
static task_day day_of(const struct planner *pl, uint32_t file) {
    const struct note *n = planner_note(pl, file);
    struct civil_date date;
    struct str rest;

    if (n == NULL || n->file->is_template ||
        !str_eq(n->role.kind, STR("daily")) ||
        name_leading_date(name_of_note(vault_shown(n->file)), &date, &rest) !=
            NAME_DATED)
        return TASK_DAY_NONE;
    return (task_day)civil_days(date);
}

static int by_day(void *context, const void *a, const void *b) {
    const struct plan_daily *daily = context;
    task_day x = daily[*(const uint32_t *)a].day;
    task_day y = daily[*(const uint32_t *)b].day;

    return x < y ? -1 : x > y;
}

/* Newest first; TASK_DAY_NONE is the least. */
static int by_age(void *context, const void *a, const void *b) {
    return by_day(context, b, a);
}

/* Two of one day stand in vault order. */
static void link_days(struct planner *pl, struct plan_daily *daily,
                      uint32_t *files, uint32_t n) {
    uint32_t *room = arena_array(&pl->scratch, uint32_t, n);

    merge_sort(files, n, sizeof *files, room, by_day, daily);
    for (uint32_t i = 0; i < n; i++) {
        daily[files[i]].earlier = i > 0 ? files[i - 1] : PLAN_NONE;
        daily[files[i]].later = i + 1 < n ? files[i + 1] : PLAN_NONE;
    }
}

static void order_folder(struct planner *pl, struct plan_folder *f,
                         struct plan_daily *daily) {
    bool some = false;
    uint32_t *rows, *room;

    for (uint32_t i = 0; i < f->nnotes && !some; i++)
        some = task_day_valid(daily[f->notes[i]].day);
    if (!some)
        return;
    rows = arena_array(pl->arena, uint32_t, f->nnotes);
    room = arena_array(&pl->scratch, uint32_t, f->nnotes);
    memcpy(rows, f->notes, f->nnotes * sizeof *rows);
    merge_sort(rows, f->nnotes, sizeof *rows, room, by_age, daily);
    f->by_day = rows;
}

void planner_days(struct planner *pl) {
    uint32_t nfiles = (uint32_t)pl->plan->linked->vault->nfiles, n = 0;
    struct plan_daily *daily =
        arena_array(pl->arena, struct plan_daily, nfiles);
    uint32_t *files = arena_array(&pl->scratch, uint32_t, nfiles);

    for (uint32_t i = 0; i < nfiles; i++) {
        daily[i] = (struct plan_daily){day_of(pl, i), PLAN_NONE, PLAN_NONE};
        if (task_day_valid(daily[i].day))
            files[n++] = i;
    }
    pl->plan->daily = daily;
    if (n == 0)
        return;
    link_days(pl, daily, files, n);
    for (uint32_t i = 0; i < pl->plan->nfolders; i++)
        order_folder(pl, &pl->folders[i], daily);
}
