#include "query/tasks/run.h"

#include "base/utf16.h"
#include "query/tasks/query.h"

/* --- filters --- */

#define FAILED "Error: Search failed.\nThe error message was:\n    \"Error: "

static void limit_reached(struct tasks_query *q, const struct filter *f) {
    query_fail(q, f->at, STR(FAILED "a regular expression takes too long\""));
    q->error.at_run = true;
}

/* So many questions a query has, and so many more for each task: nobody has that
 * many filters. */
#define TESTS 2500000u
#define TESTS_FOR_TASK 40u

/* The same of the steps of regular expressions, beside those that each search has
 * free: about a second, and what any pattern that somebody means needs. */
#define REGEX_STEPS 80000000u
#define REGEX_STEPS_FOR_TASK 1000u

static bool may_test(struct tasks_query *q, const struct filter *f) {
    if (q->ntests <= TESTS + (size_t)TESTS_FOR_TASK * q->tasks->len)
        return true;
    query_fail(q, f->at, STR(FAILED "the filters are too many\""));
    q->error.at_run = true;
    return false;
}

/* Whether the task passes the filters from `f` up to `end`, those of files or
 * the others. */
static bool passes(struct tasks_query *q, const struct filter *f,
                   const struct filter *end, bool of_file,
                   const struct task *t) {
    for (; f != end; f = f->next) {
        enum regex_outcome o;

        if (f->of_file != of_file)
            continue;
        q->nasked++;
        if (!may_test(q, f))
            return false;
        o = filter_test(q, f, t);
        if (o == REGEX_MATCH)
            continue;
        if (o == REGEX_LIMIT)
            limit_reached(q, f);
        return false;
    }
    return true;
}

/* What is the same for all tasks of a file is asked once for each file. */
static uint32_t keep(struct tasks_query *q, const struct filter *f,
                     const struct filter *end, uint32_t *tasks, uint32_t n) {
    uint32_t kept = 0, file = TASK_NONE;
    bool file_passes = false;

    for (uint32_t i = 0; i < n && !q->failed; i++) {
        const struct task *t = &q->tasks->items[tasks[i]];

        if (t->file != file) {
            file = t->file;
            file_passes = passes(q, f, end, true, t);
        }
        if (file_passes && passes(q, f, end, false, t))
            tasks[kept++] = tasks[i];
    }
    return kept;
}

/* The exception of a function, framed as the plugin does. */
static void script_failed(struct tasks_query *q, const struct filter *f,
                          struct str why) {
    struct buf text = {0};

    buf_printf(&text,
               "Error: Search failed.\nThe error message was:\n    \"%.*s\"",
               STR_ARG(why));
    query_fail(q, f->at, query_keep(q, &text));
    q->error.at_run = true;
}

/* Asks the functions in `f` about all tasks. */
static bool call(struct tasks_query *q, const struct filter *whole,
                 struct filter *f, const uint32_t *tasks, uint32_t n) {
    struct script_value *values;
    bool *results;
    uint32_t done;

    if (!f->runs_script)
        return true;
    if (!f->is_simple)
        return call(q, whole, f->as.parts[0], tasks, n) &&
               (f->kind == FILTER_NOT ||
                call(q, whole, f->as.parts[1], tasks, n));
    values = arena_array(q->scratch, struct script_value, n);
    results = arena_array(q->scratch, bool, q->tasks->len);
    done = script_call(q->search, f->as.script.function, tasks, n, values);
    for (uint32_t i = 0; i < done; i++) {
        struct str why = script_filter_error(q->scratch, &values[i]);
        if (why.len > 0) {
            script_failed(q, whole, why);
            return false;
        }
        results[tasks[i]] = values[i].boolean;
    }
    f->as.script.values = results;
    q->nasked += n;
    return true;
}

/* --- where to begin --- */

/* A text that the path of every task has in it that the filter lets through; in
 * lower case, "" where there is none. */
static struct str wanted_in_path(struct tasks_query *q,
                                 const struct filter *f) {
    if (f->negated || !f->of_file)
        return STR("");
    if (f->kind == FILTER_TEXT)
        return f->as.text.needle;
    if (f->kind == FILTER_SAME_FILE)
        return utf16_lower(q->scratch, same_file_part(q, f));
    return STR("");
}

/* The query's own note alone. */
static bool wants_own_file(const struct tasks_query *q,
                           const struct filter *f) {
    return f->kind == FILTER_SAME_FILE && !f->negated &&
           f->as.part == PATH_WHOLE && q->file != TASK_NONE;
}

/* The fewest files that the filters before the first function may want; false:
 * all. */
static bool wanted_files(struct tasks_query *q, struct path_list *files) {
    bool some = false;

    *files = (struct path_list){NULL, 0};
    for (const struct filter *f = q->filters; f != NULL && !f->runs_script;
         f = f->next) {
        struct path_list found;
        struct str text;

        if (wants_own_file(q, f)) {
            *files = (struct path_list){&q->file, 1};
            return true;
        }
        text = wanted_in_path(q, f);
        if (text.len == 0 ||
            !path_index_find(shared_paths(q->shared), text, &found))
            continue;
        if (!some || found.len < files->len)
            *files = found;
        some = true;
    }
    return some;
}

static uint32_t *first_tasks(struct tasks_query *q, uint32_t *n) {
    struct path_list files;
    uint32_t *tasks;

    *n = q->tasks->len;
    if (!wanted_files(q, &files)) {
        tasks = arena_array(q->scratch, uint32_t, *n);
        for (uint32_t i = 0; i < *n; i++)
            tasks[i] = i;
        return tasks;
    }
    *n = 0;
    for (uint32_t i = 0; i < files.len; i++) {
        const struct task_file *f = &q->tasks->files[files.items[i]];
        *n += f->end - f->begin;
    }
    tasks = arena_array(q->scratch, uint32_t, *n);
    *n = 0;
    for (uint32_t i = 0; i < files.len; i++) {
        const struct task_file *f = &q->tasks->files[files.items[i]];
        for (uint32_t k = f->begin; k < f->end; k++)
            tasks[(*n)++] = k;
    }
    return tasks;
}

uint32_t *query_filter(struct tasks_query *q, uint32_t *n) {
    uint32_t *tasks = first_tasks(q, n);
    struct filter *f = q->filters;

    while (f != NULL && !q->failed) {
        struct filter *next = f->next;

        if (f->runs_script) {
            if (!call(q, f, f, tasks, *n))
                break;
        } else {
            while (next != NULL && !next->runs_script)
                next = next->next;
        }
        *n = keep(q, f, next, tasks, *n);
        f = next;
    }
    return tasks;
}

/* --- one query --- */

static struct tasks_query begin(struct tasks_shared *s,
                                const struct tasks_question *question,
                                struct tasks_memory *m) {
    const struct tasks *t = shared_tasks(s);

    return (struct tasks_query){
        .shared = s,
        .tasks = t,
        .arena = m->answers,
        .scratch = &m->scratch,
        .row = &m->row,
        .file = question->file,
        .note = question->file != TASK_NONE ? t->linked->notes[question->file]
                                            : NULL,
        .path = question->file != TASK_NONE
                    ? vault_shown(&t->linked->vault->files[question->file])
                    : question->origin,
        .text = question->text,
        .turn = question->turn,
        .layout = tasks_layout_default(),
        .limit = {UINT32_MAX, UINT32_MAX},
        .regex_steps = REGEX_STEPS + (uint64_t)REGEX_STEPS_FOR_TASK * t->len,
    };
}

static bool read_query(struct tasks_query *q) {
    q->filters_end = &q->filters;
    q->sorters_end = &q->sorters;
    q->groupers_end = &q->groupers;
    q->layout_lines_end = &q->layout_lines;
    for (size_t i = 0; i < TASKS_PARTS; i++)
        q->limits[i] = q->limit;
    query_read_statements(q);
    for (const struct statement *s = q->statements; s != NULL && !q->failed;
         s = s->next)
        query_read_instruction(q, s);
    return !q->failed;
}

static void answer(struct tasks_query *q, struct tasks_answer *a) {
    uint32_t n = 0, *tasks;

    if (!read_query(q))
        return;
    a->explains = q->explains;
    if (q->explains)
        a->explanation = query_explain(q);
    a->layout = q->layout;
    tasks = query_filter(q, &n);
    a->ntotal = n;
    if (q->failed || !query_sort(q, tasks, n))
        return;
    query_group(q, tasks, n < q->limit.tasks ? n : q->limit.tasks, a);
}

const struct tasks_answer *tasks_run(struct tasks_shared *s,
                                     const struct tasks_question *question,
                                     struct tasks_memory *m) {
    struct tasks_answer *a = arena_new(m->answers, struct tasks_answer);
    struct tasks_query q = begin(s, question, m);

    a->tasks = q.tasks;
    answer(&q, a);
    a->failed = q.failed;
    a->error = q.error;
    a->nasked = q.nasked;
    a->wants_script = q.wants_script;
    if (q.search != NULL) {
        a->script_ended = q.search->ended;
        script_end(q.search);
    }
    for (struct filter *f = q.regexes; f != NULL; f = f->chain)
        regex_free(f->as.text.regex);
    arena_reset(&m->scratch);
    arena_reset(&m->row);
    return a;
}

const struct answer *answer_of_tasks(struct arena *a,
                                     const struct tasks_answer *answer) {
    struct answer *whole = arena_new(a, struct answer);

    whole->tasks = answer;
    whole->kind = answer->failed ? ANSWER_ERROR : ANSWER_TASKS;
    whole->nrows = answer->nshown;
    whole->nasked = answer->nasked;
    whole->uses_clock = true; /* urgency orders what nothing else does */
    if (answer->failed) {
        whole->stage = answer->error.at_run ? STAGE_EVAL : STAGE_PARSE;
        whole->message = answer->error.message;
        whole->line = answer->error.line;
        whole->column = answer->error.line > 0;
    }
    return whole;
}

/* --- what it depends on --- */

static bool has_word(struct str text) {
    static const struct str words[] = {STR_INIT("function"), STR_INIT("preset"),
                                       STR_INIT("{{")};

    for (size_t i = 0; i < text.len; i++)
        for (size_t k = 0; k < ARRAY_LEN(words); k++)
            if (ascii_lower(text.p[i]) == words[k].p[0] &&
                str_starts_nocase(str_skip(text, i), words[k]))
                return true;
    return false;
}

bool tasks_uses_note(const struct tasks_shared *s,
                     const struct tasks_question *question) {
    const struct tasks *t = shared_tasks(s);
    const struct note *n =
        question->file != TASK_NONE ? t->linked->notes[question->file] : NULL;

    return (n != NULL && note_sets_defaults(n)) || has_word(question->text) ||
           has_word(t->settings->global_query);
}
