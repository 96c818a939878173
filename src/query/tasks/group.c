#include "query/tasks/group.h"

#include "base/map.h"
#include "base/merge_sort.h"
#include "base/vec.h"

/* A task may stand in many groups, and where levels multiply in more than anyone
 * looks at: past so many places, and so many for each task, a query fails. */
#define MAX_PLACES 20000
#define MAX_PLACES_OF_TASK 8
#define MAX_LEVELS 64

/* One level: its different names, numbered as they are met. */
struct level {
    const struct grouper *by;
    const struct names *of; /* by task */
    struct map numbers;     /* name -> number + 1 */
    VEC(struct str) names;
    uint32_t *ranks; /* by number: place in the order of names */
};

struct grouping {
    struct tasks_query *q;
    struct level *levels;
    uint32_t nlevels;
    bool several; /* some task has several names on a level */
    size_t most;  /* places there may be */
    /* Places of tasks in groups: nlevels numbers, then the index in `tasks`. */
    VEC(uint32_t) places;
};

/* --- names --- */

static const struct names *script_names(struct tasks_query *q,
                                        const struct grouper *g,
                                        const uint32_t *tasks, uint32_t n) {
    struct script_value *values =
        arena_array(q->scratch, struct script_value, n);
    struct names *names = arena_array(q->scratch, struct names, n);
    uint32_t function = 0;
    struct script_value error;
    bool compiled = script_compile(q->search, SCRIPT_GROUP, g->expression,
                                   &function, &error);

    if (compiled && n > 0)
        script_call(q->search, function, tasks, n, values);
    for (uint32_t i = 0; i < n; i++)
        names[i].items =
            script_group_names(q->scratch, compiled ? &values[i] : &error,
                               g->expression, &names[i].len);
    return names;
}

static const struct names *level_names(struct tasks_query *q,
                                       const struct grouper *g,
                                       const uint32_t *tasks, uint32_t n) {
    struct names *names;

    if (g->key == GROUP_FUNCTION)
        return script_names(q, g, tasks, n);
    names = arena_array(q->scratch, struct names, n);
    for (uint32_t i = 0; i < n; i++)
        names[i] = names_of(q, g, &q->tasks->items[tasks[i]]);
    return names;
}

static uint32_t number_of(struct grouping *g, struct level *l,
                          struct str name) {
    void **slot = map_slot_borrowed(&l->numbers, name);

    if (*slot == NULL) {
        vec_push(&l->names, arena_str(g->q->arena, name));
        *slot = (void *)(uintptr_t)l->names.len;
    }
    return (uint32_t)(uintptr_t)*slot - 1;
}

/* All combinations of a task's names. */
static void add_places(struct grouping *g, uint32_t task, uint32_t *numbers,
                       uint32_t level) {
    if (g->places.len > g->most * (g->nlevels + 1))
        return;
    if (level == g->nlevels) {
        for (uint32_t i = 0; i < g->nlevels; i++)
            vec_push(&g->places, numbers[i]);
        vec_push(&g->places, task);
        return;
    }
    const struct names *names = &g->levels[level].of[task];
    g->several = g->several || names->len > 1;
    for (uint32_t i = 0; i < names->len; i++) {
        numbers[level] = number_of(g, &g->levels[level], names->items[i]);
        add_places(g, task, numbers, level + 1);
    }
}

/* --- order --- */

struct ranking {
    const struct level *level;
    const struct collator *collator;
    bool reverse;
};

static int by_name(void *context, const void *a, const void *b) {
    const struct ranking *r = context;
    const struct str *names = r->level->names.items;
    int order = collator_compare(r->collator, names[*(const uint32_t *)a],
                                 names[*(const uint32_t *)b]);

    return r->reverse ? -order : order;
}

static void rank(struct tasks_query *q, struct level *l) {
    size_t n = l->names.len;
    uint32_t *numbers = arena_array(q->scratch, uint32_t, n);
    uint32_t *room = arena_array(q->scratch, uint32_t, n);
    /* high urgency stands above */
    struct ranking r = {l, shared_collator(q->shared),
                        l->by->reverse != (l->by->key == GROUP_URGENCY)};

    l->ranks = arena_array(q->scratch, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        numbers[i] = i;
    merge_sort(numbers, n, sizeof *numbers, room, by_name, &r);
    for (uint32_t i = 0; i < n; i++)
        l->ranks[numbers[i]] = i;
}

static int by_ranks(void *context, const void *a, const void *b) {
    const struct grouping *g = context;
    const uint32_t *x = a, *y = b;

    for (uint32_t i = 0; i < g->nlevels; i++) {
        uint32_t r = g->levels[i].ranks[x[i]], s = g->levels[i].ranks[y[i]];
        if (r != s)
            return r < s ? -1 : 1;
    }
    return 0;
}

/* --- groups --- */

/* What stands before a group: levels whose name is another than the last shown
 * there. */
static void add_headings(struct grouping *g, struct task_group *group,
                         struct str *shown) {
    struct task_heading *headings =
        arena_array(g->q->arena, struct task_heading, g->nlevels);

    for (uint32_t i = 0; i < g->nlevels; i++) {
        struct str name = group->names[i];
        if (str_eq(name, shown[i]))
            continue;
        headings[group->nheadings++] = (struct task_heading){
            i, name, group_keys[g->levels[i].by->key].word};
        shown[i] = name;
        for (uint32_t k = i + 1; k < g->nlevels; k++)
            shown[k] = STR("");
    }
    group->headings = headings;
}

static struct task_group make_group(struct grouping *g, const uint32_t *places,
                                    uint32_t n, const uint32_t *tasks) {
    struct tasks_query *q = g->q;
    struct task_group group = {.total = n, .ntasks = n};
    struct str *names = arena_array(q->arena, struct str, g->nlevels);
    uint32_t *list;

    if (n > q->limit.group)
        group.ntasks = q->limit.group;
    list = arena_array(q->arena, uint32_t, group.ntasks);
    for (uint32_t i = 0; i < group.ntasks; i++)
        list[i] = tasks[places[i * (g->nlevels + 1) + g->nlevels]];
    for (uint32_t i = 0; i < g->nlevels; i++)
        names[i] = g->levels[i].names.items[places[i]];
    group.tasks = list;
    group.names = names;
    return group;
}

static void cut_groups(struct grouping *g, const uint32_t *tasks,
                       struct tasks_answer *a) {
    size_t step = g->nlevels + 1, n = g->places.len / step, begin = 0;
    struct str *shown = arena_array(g->q->scratch, struct str, g->nlevels);
    VEC(struct task_group) groups = {0};

    for (size_t i = 1; i <= n; i++) {
        const uint32_t *first = &g->places.items[begin * step];
        if (i < n && memcmp(first, &g->places.items[i * step],
                            g->nlevels * sizeof *first) == 0)
            continue;
        struct task_group group =
            make_group(g, first, (uint32_t)(i - begin), tasks);
        add_headings(g, &group, shown);
        vec_push(&groups, group);
        begin = i;
    }
    a->ngroups = (uint32_t)groups.len;
    a->groups = vec_keep(g->q->arena, &groups);
    vec_release(&groups);
}

/* Without levels, or without tasks. */
static void single_group(struct tasks_query *q, const uint32_t *tasks,
                         uint32_t n, struct tasks_answer *a) {
    struct task_group *group = arena_new(q->arena, struct task_group);
    uint32_t *list = arena_array(q->arena, uint32_t, n);

    if (n > 0)
        memcpy(list, tasks, n * sizeof *list);
    group->tasks = list;
    group->ntasks = group->total = n;
    if (a->nkeys > 0) /* each level has a name, and it is empty */
        group->names = arena_array(q->arena, struct str, a->nkeys);
    a->groups = group;
    a->ngroups = 1;
    a->nshown = n;
}

/* Different tasks in all groups. */
static uint32_t count_shown(struct grouping *g, const struct tasks_answer *a) {
    uint32_t n = 0;
    bool *seen;

    if (!g->several) {
        for (uint32_t i = 0; i < a->ngroups; i++)
            n += a->groups[i].ntasks;
        return n;
    }
    seen = arena_array(g->q->scratch, bool, g->q->tasks->len);
    for (uint32_t i = 0; i < a->ngroups; i++)
        for (uint32_t k = 0; k < a->groups[i].ntasks; k++) {
            n += !seen[a->groups[i].tasks[k]];
            seen[a->groups[i].tasks[k]] = true;
        }
    return n;
}

/* Sorted, they are the groups. */
static void sort_places(struct grouping *g) {
    struct tasks_query *q = g->q;
    uint32_t *room = arena_array(q->scratch, uint32_t, g->places.len);

    for (uint32_t i = 0; i < g->nlevels; i++)
        rank(q, &g->levels[i]);
    merge_sort(g->places.items, g->places.len / (g->nlevels + 1),
               (g->nlevels + 1) * sizeof *room, room, by_ranks, g);
}

static bool too_many(struct tasks_query *q) {
    query_fail(q, NULL,
               STR("Error: Search failed.\nThe error message was:\n    "
                   "\"Error: the groups are too many\""));
    q->error.at_run = true;
    return false;
}

static bool group_tasks(struct grouping *g, const uint32_t *tasks, uint32_t n,
                        struct tasks_answer *a) {
    struct tasks_query *q = g->q;
    uint32_t *numbers = arena_array(q->scratch, uint32_t, g->nlevels);
    bool fits;

    for (uint32_t i = 0; i < g->nlevels; i++) {
        g->levels[i].of = level_names(q, g->levels[i].by, tasks, n);
        map_init(&g->levels[i].numbers, q->scratch);
    }
    g->most = MAX_PLACES + (size_t)MAX_PLACES_OF_TASK * n;
    for (uint32_t i = 0; i < n; i++)
        add_places(g, i, numbers, 0);
    fits = g->places.len <= g->most * (g->nlevels + 1);
    if (fits) {
        sort_places(g);
        cut_groups(g, tasks, a);
        a->nshown = count_shown(g, a);
    }
    for (uint32_t i = 0; i < g->nlevels; i++)
        vec_release(&g->levels[i].names);
    vec_release(&g->places);
    return fits || too_many(q);
}

bool query_group(struct tasks_query *q, const uint32_t *tasks, uint32_t n,
                 struct tasks_answer *a) {
    struct grouping g = {.q = q};
    struct str *keys;

    if (q->columns != NULL) {
        q->columns->next = q->groupers;
        q->groupers = q->columns;
    }
    for (const struct grouper *by = q->groupers; by != NULL; by = by->next)
        g.nlevels++;
    if (g.nlevels > MAX_LEVELS)
        return too_many(q);
    g.levels = arena_array(q->scratch, struct level, g.nlevels);
    keys = arena_array(q->arena, struct str, g.nlevels);
    g.nlevels = 0;
    for (const struct grouper *by = q->groupers; by != NULL; by = by->next) {
        keys[g.nlevels] = group_keys[by->key].word;
        g.levels[g.nlevels++].by = by;
    }
    a->keys = keys;
    a->nkeys = g.nlevels;
    if (n > 0 && g.nlevels > 0)
        return group_tasks(&g, tasks, n, a);
    single_group(q, tasks, n, a);
    return true;
}
