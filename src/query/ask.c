#include "query/ask.h"

#include <assert.h>

#include "query/dataview/run.h"
#include "query/dataview/tree.h"
#include "query/tasks/run.h"

struct asker {
    struct arena *arena;
    struct records *records;
    struct arena answers;
    struct run_memory memory;
    struct tasks_shared *tasks; /* NULL: none were added */
    struct tasks_memory tasks_memory;
    uint32_t turn; /* how many of QUESTION_TASKS came before */
};

struct asker *asker_new(struct arena *a, const struct linked *l,
                        struct civil_instant now) {
    struct asker *k = arena_new(a, struct asker);

    k->arena = a;
    k->records = records_new(a, l, now);
    arena_init(&k->answers);
    run_memory_init(&k->memory, &k->answers);
    arena_init(&k->tasks_memory.scratch);
    arena_init(&k->tasks_memory.row);
    k->tasks_memory.answers = &k->answers;
    return k;
}

void asker_add_tasks(struct asker *k, const struct tasks *t,
                     struct scripts *scripts) {
    k->tasks = tasks_shared_new(k->arena, t, scripts);
}

void asker_end(struct asker *k) {
    records_release(k->records);
    arena_release(&k->answers);
    run_memory_release(&k->memory);
    arena_release(&k->tasks_memory.scratch);
    arena_release(&k->tasks_memory.row);
    if (k->tasks != NULL)
        tasks_shared_release(k->tasks);
}

const struct value_style *asker_style(const struct asker *k) {
    return records_style(k->records);
}

static const struct answer *ask_tasks(struct asker *k, const struct question *q,
                                      uint32_t origin) {
    struct tasks_question asked = {q->text, q->origin, origin, k->turn++};

    assert(k->tasks != NULL);
    return answer_of_tasks(&k->answers,
                           tasks_run(k->tasks, &asked, &k->tasks_memory));
}

static const struct answer *ask_block(struct asker *k, struct str text,
                                      uint32_t origin, struct str path) {
    struct parse_error error;
    const struct dql *q =
        dql_parse(&k->answers, text, records_dates(k->records), &error);

    struct query_plan none = {0}; /* one query has nothing to share */

    return q != NULL ? run_query(k->records, q, &none, origin, path, &k->memory)
                     : run_unparsed(text, &error, &k->answers);
}

static const struct answer *ask_expression(struct asker *k, struct str text,
                                           uint32_t origin, struct str path) {
    struct parse_error error;
    bool uses_clock = false;
    const struct expr *x = expr_parse(
        &k->answers, text, records_dates(k->records), &uses_clock, &error);

    return x != NULL ? run_expr(k->records, x, origin, path, &k->memory)
                     : run_unparsed(text, &error, &k->answers);
}

const struct answer *ask(struct asker *k, const struct question *q) {
    uint32_t origin = records_file(k->records, q->origin);

    arena_reset(&k->answers);
    switch (q->language) {
    case QUESTION_DATAVIEW:
        return ask_block(k, q->text, origin, q->origin);
    case QUESTION_EXPRESSION:
        return ask_expression(k, q->text, origin, q->origin);
    case QUESTION_TASKS:
        break;
    }
    return ask_tasks(k, q, origin);
}
