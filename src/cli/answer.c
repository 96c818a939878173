#include "cli/answer.h"

#include "query/tasks/task.h"
#include "script/client.h"

static struct diag_query_count *count_of(struct run *r, struct str language) {
    size_t i = 0;

    while (i < r->nqueries && !str_eq(r->queries[i].language, language))
        i++;
    if (i == ARRAY_LEN(r->queries))
        return NULL;
    if (i == r->nqueries)
        r->queries[r->nqueries++].language = language;
    return &r->queries[i];
}

static void count(struct run *r, struct str language, const struct answer *a) {
    struct diag_query_count *c = count_of(r, language);

    if (c == NULL)
        return;
    if (a == NULL)
        c->unsupported++;
    else if (a->kind == ANSWER_ERROR)
        c->errors++;
    else
        c->answered++;
}

static void count_note(struct run *r, const struct answers *s, uint32_t file) {
    const struct note *n = r->notes[file];

    for (uint32_t k = 0; k < n->nqueries; k++)
        count(r, n->queries[k].language, answers_block(s, file, k));
    for (uint32_t k = 0; k < n->ninline_queries; k++) {
        const struct answer *a = answers_inline(s, file, k);
        if (a != NULL)
            count(r, STR("dataview-inline"), a);
    }
}

const struct tasks *answer_tasks(struct run *r, const struct linked *l) {
    return tasks_of_vault(&r->arena, l, &r->settings.tasks_values,
                          r->settings.today);
}

const struct tasks *answer_entity_tasks(struct run *r, const struct linked *l,
                                        const struct tasks *tasks) {
    const struct tasks_settings *set = &r->settings.tasks_values;
    struct tasks_settings *own;

    if (set->global_filter.len == 0 && set->format == TASKS_EMOJI)
        return tasks;
    own = arena_new(&r->arena, struct tasks_settings);
    *own = *set;
    own->global_filter = STR("");
    own->format = TASKS_EMOJI;
    return tasks_of_vault(&r->arena, l, own, r->settings.today);
}

struct scripts *answer_scripts(struct run *r, const struct tasks *t) {
    struct script_setup setup = {
        .tasks = t,
        .now_ms = r->today.seconds * 1000 + r->today.nanoseconds / 1000000,
        .time_zone = arena_cstr(&r->arena, r->settings.time_zone),
    };

    return r->settings.javascript ? scripts_new(&setup) : NULL;
}

static bool asks_for_tasks(const struct run *r) {
    for (uint32_t i = 0; i < r->vault.nfiles; i++)
        for (uint32_t k = 0; r->notes[i] && k < r->notes[i]->nqueries; k++)
            if (str_eq(r->notes[i]->queries[k].language, STR("tasks")))
                return true;
    return false;
}

const struct answers *answer_queries(struct run *r, const struct linked *l,
                                     const struct tasks *tasks) {
    struct scripts *scripts = NULL;
    const struct answers *s;

    run_step(r, STEP_ANSWER);
    if (asks_for_tasks(r))
        scripts = answer_scripts(r, tasks);
    else
        tasks = NULL;
    s = answers_make(&r->arena, l, tasks, scripts, r->today, r->jobs,
                     &r->diags);
    if (scripts != NULL)
        scripts_end(scripts);
    for (uint32_t i = 0; i < r->vault.nfiles; i++)
        if (r->notes[i] != NULL)
            count_note(r, s, i);
    return s;
}
