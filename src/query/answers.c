#include "query/answers.h"

#include "base/map.h"
#include "base/pool.h"
#include "base/vec.h"
#include "query/dataview/depends.h"
#include "query/dataview/run.h"
#include "query/tasks/run.h"
#include "query/tasks/script.h"

enum asked_kind { ASKED_DATAVIEW, ASKED_INLINE, ASKED_TASKS };

/* A text that is asked, once however often it stands in the vault. */
struct asked {
    struct str text;
    enum asked_kind kind;
    const struct dql *query; /* both NULL: it could not be parsed */
    const struct expr *expr;
    bool uses_clock;
    bool uses_note; /* its answer depends on the note in which it stands */
    struct parse_error error;
    uint32_t shared; /* a job, where the answer does not; NO_JOB: none yet */
};

/* An answer to be found. */
struct job {
    uint32_t asked, file;
    struct query_plan plan;
};

#define NO_JOB UINT32_MAX

struct answers {
    const struct linked *linked;
    struct records *records;
    struct tasks_shared *tasks; /* NULL: Tasks queries are not answered */
    VEC(struct asked) asked;
    VEC(struct job) jobs;
    const struct answer **found; /* by job */
    /* By file: its first place in `places`; blocks, then inline queries. */
    uint32_t *first;
    uint32_t *places; /* jobs; NO_JOB */
};

/* --- what is asked --- */

struct collecting {
    struct answers *s;
    struct map
        texts; /* to index in asked + 1; the first character is the kind */
    struct arena scratch;
};

static uint32_t asked_index(struct collecting *c, struct str text,
                            enum asked_kind kind) {
    struct buf key = {0};
    void **slot;

    buf_add_ch(&key, (char)('0' + kind));
    buf_add_str(&key, text);
    slot = map_slot(&c->texts, buf_str(&key));
    buf_release(&key);
    if (*slot == NULL) {
        struct asked a = {.text = text, .kind = kind, .shared = NO_JOB};
        vec_push(&c->s->asked, a);
        *slot = (void *)(uintptr_t)c->s->asked.len;
    }
    return (uint32_t)(uintptr_t)*slot - 1;
}

static struct tasks_question tasks_question(const struct answers *s,
                                            const struct asked *a,
                                            uint32_t file) {
    return (struct tasks_question){a->text, s->linked->vault->files[file].path,
                                   file};
}

/* Of a Tasks query that hangs on the properties of the note as well. */
static bool uses_note(const struct answers *s, const struct asked *a,
                      uint32_t file) {
    struct tasks_question q = tasks_question(s, a, file);

    return a->kind == ASKED_TASKS ? tasks_uses_note(s->tasks, &q)
                                  : a->uses_note;
}

/* A job for the text in this note: a new one, or that of all notes. */
static uint32_t job_for(struct answers *s, uint32_t asked, uint32_t file) {
    struct asked *a = &s->asked.items[asked];
    struct job job = {.asked = asked, .file = file};
    bool own = uses_note(s, a, file);

    if (!own && a->shared != NO_JOB)
        return a->shared;
    vec_push(&s->jobs, job);
    if (!own)
        a->shared = (uint32_t)s->jobs.len - 1;
    return (uint32_t)s->jobs.len - 1;
}

static bool is_dataview(const struct query *q) {
    return str_eq(q->language, STR("dataview"));
}

/* Inline queries are answered where Dataview is used: a code span may begin with
 * `=` for any reason. */
static bool uses_dataview(const struct linked *l) {
    const struct settings *s = l->vault->settings;

    if (s->dataview != NULL || s->dataview_plugin != NULL)
        return true;
    for (size_t i = 0; i < l->vault->nfiles; i++) {
        const struct note *n = l->notes[i];
        for (uint32_t k = 0; n != NULL && k < n->nqueries; k++)
            if (is_dataview(&n->queries[k]))
                return true;
    }
    return false;
}

static uint32_t nplaces(const struct note *n) {
    return n != NULL ? n->nqueries + n->ninline_queries : 0;
}

static uint32_t block_index(struct collecting *c, const struct query *q) {
    if (is_dataview(q))
        return asked_index(c, q->text, ASKED_DATAVIEW);
    if (c->s->tasks != NULL && str_eq(q->language, STR("tasks")))
        return asked_index(c, q->text, ASKED_TASKS);
    return NO_JOB;
}

/* Fills `places` with indices of texts. */
static void collect(struct collecting *c, bool inline_queries) {
    const struct linked *l = c->s->linked;
    uint32_t n = 0;

    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        const struct note *note = l->notes[i];

        c->s->first[i] = n;
        for (uint32_t k = 0; note != NULL && k < note->nqueries; k++, n++)
            c->s->places[n] = block_index(c, &note->queries[k]);
        for (uint32_t k = 0; note != NULL && k < note->ninline_queries;
             k++, n++)
            c->s->places[n] =
                inline_queries && !note->inline_queries[k].js
                    ? asked_index(c, note->inline_queries[k].text, ASKED_INLINE)
                    : NO_JOB;
    }
}

/* --- parsing --- */

struct work {
    struct answers *s;
    struct columns *columns;
    struct arena *arenas;              /* by worker: what stays */
    struct run_memory *memory;         /* by worker */
    struct tasks_memory *tasks_memory; /* by worker */
};

static void parse(void *context, size_t i, unsigned worker) {
    struct work *w = context;
    struct asked *a = &w->s->asked.items[i];
    const struct query_dates *dates = records_dates(w->s->records);
    struct arena *arena = &w->arenas[worker];

    if (a->kind == ASKED_INLINE) {
        a->expr = expr_parse(arena, a->text, dates, &a->uses_clock, &a->error);
        a->uses_note = a->expr != NULL && expr_uses_note(a->expr);
    } else if (a->kind == ASKED_DATAVIEW) {
        a->query = dql_parse(arena, a->text, dates, &a->error);
        a->uses_note = a->query != NULL && query_uses_note(a->query);
    }
}

static void make_jobs(struct answers *s) {
    const struct linked *l = s->linked;

    for (uint32_t i = 0; i < l->vault->nfiles; i++)
        for (uint32_t k = 0; k < nplaces(l->notes[i]); k++) {
            uint32_t *place = &s->places[s->first[i] + k];
            if (*place != NO_JOB)
                *place = job_for(s, *place, i);
        }
}

/* --- answering --- */

static struct str path_of(const struct answers *s, const struct job *job) {
    return s->linked->vault->files[job->file].path;
}

static void plan(void *context, size_t i, unsigned worker) {
    struct work *w = context;
    struct job *job = &w->s->jobs.items[i];
    const struct dql *q = w->s->asked.items[job->asked].query;

    if (q != NULL)
        job->plan = run_plan(w->s->records, q, w->columns, job->file,
                             path_of(w->s, job), &w->memory[worker]);
}

static const struct answer *answer_tasks(struct work *w, const struct job *job,
                                         const struct asked *a,
                                         unsigned worker) {
    struct tasks_question q = tasks_question(w->s, a, job->file);
    struct tasks_memory *m = &w->tasks_memory[worker];

    return answer_of_tasks(m->answers, tasks_run(w->s->tasks, &q, m));
}

static void answer(void *context, size_t i, unsigned worker) {
    struct work *w = context;
    struct answers *s = w->s;
    const struct job *job = &s->jobs.items[i];
    const struct asked *a = &s->asked.items[job->asked];
    struct run_memory *m = &w->memory[worker];
    struct str path = path_of(s, job);

    if (a->kind == ASKED_TASKS)
        s->found[i] = answer_tasks(w, job, a, worker);
    else if (a->query != NULL)
        s->found[i] =
            run_query(s->records, a->query, &job->plan, job->file, path, m);
    else if (a->expr != NULL)
        s->found[i] = run_expr(s->records, a->expr, job->file, path, m);
    else
        s->found[i] = run_unparsed(a->text, &a->error, m->answers);
}

static struct work work_begin(struct answers *s, struct arena *a,
                              unsigned jobs) {
    struct work w = {s, columns_new(a, s->records),
                     arena_array(a, struct arena, jobs),
                     arena_array(a, struct run_memory, jobs),
                     arena_array(a, struct tasks_memory, jobs)};

    for (unsigned i = 0; i < jobs; i++) {
        arena_init(&w.arenas[i]);
        run_memory_init(&w.memory[i], &w.arenas[i]);
        w.tasks_memory[i].answers = &w.arenas[i];
        arena_init(&w.tasks_memory[i].scratch);
        arena_init(&w.tasks_memory[i].row);
    }
    return w;
}

static void work_end(struct work *w, struct arena *a, unsigned jobs) {
    columns_release(w->columns);
    for (unsigned i = 0; i < jobs; i++) {
        arena_take(a, &w->arenas[i]);
        run_memory_release(&w->memory[i]);
        arena_release(&w->tasks_memory[i].scratch);
        arena_release(&w->tasks_memory[i].row);
    }
}

/* --- findings --- */

/* Lines of a message that a finding takes: the first, and the next one that says
 * something; more while a line only leads on to what follows. */
#define MESSAGE_LINES 4

static bool ends_in(struct str s, char c) {
    return s.len > 0 && s.p[s.len - 1] == c;
}

/* A message of several lines as one: reasons of rows have a dash before them. */
static void add_message(struct buf *out, struct str rest) {
    struct str line;
    unsigned n = 0;

    while (n < MESSAGE_LINES && str_next_line(&rest, &line)) {
        struct str said = buf_str(out);

        line = str_trim(line);
        if (line.len == 0 || (n > 1 && !ends_in(said, ':')))
            continue;
        if (n++ > 0)
            buf_add_str(out, ends_in(said, ':') || ends_in(said, '.') ||
                                     str_starts(line, STR("- "))
                                 ? STR(" ")
                                 : STR("; "));
        buf_add_str(out,
                    str_starts(line, STR("- ")) ? str_skip(line, 2) : line);
    }
}

/* `line` is that of a block's fence, or that of an inline query, whose column is
 * given. */
static void report_error(const struct answer *a, struct str path, uint32_t line,
                         uint32_t column, struct diags *d) {
    struct buf message = {0};

    add_message(&message, a->message);
    diag_add(d, a->stage == STAGE_PARSE ? DIAG_QUERY_SYNTAX : DIAG_QUERY_FAILED,
             path, column == 0 ? line + a->line : line,
             column == 0 ? a->column : column, "%.*s",
             STR_ARG(buf_str(&message)));
    buf_release(&message);
}

static void report(const struct note *n, const struct answer *a, uint32_t line,
                   uint32_t column, struct diags *d) {
    struct str path = n->file->path;

    if (a->kind == ANSWER_ERROR)
        report_error(a, path, line, column, d);
    if (a->tasks != NULL && a->tasks->script_ended.len > 0)
        diag_add(d, DIAG_SCRIPT_ENDED, path, line, column, "%.*s",
                 STR_ARG(a->tasks->script_ended));
    if (a->ndropped > 0)
        diag_add(d, DIAG_QUERY_ROWS_DROPPED, path, line, column,
                 "%zu of its rows: %.*s", a->ndropped, STR_ARG(a->drop_reason));
    if (a->shows_hidden)
        diag_add(d, DIAG_QUERY_SHOWS_COMMENT, path, line, column,
                 "the answer has a value that stands in a comment");
}

static void report_note(const struct answers *s, uint32_t file,
                        struct diags *d) {
    const struct note *n = s->linked->notes[file];

    d->muted = n->file->is_template;
    for (uint32_t k = 0; k < n->nqueries; k++) {
        const struct answer *a = answers_block(s, file, k);
        if (a != NULL)
            report(n, a, n->queries[k].line, 0, d);
    }
    for (uint32_t k = 0; k < n->ninline_queries; k++) {
        const struct answer *a = answers_inline(s, file, k);
        if (a != NULL)
            report(n, a, n->inline_queries[k].line, n->inline_queries[k].column,
                   d);
    }
    d->muted = false;
}

/* decisions.md 38: from so many on a build tells which block it is. */
#define COSTLY 10000000

/* The line of the place in a note where a job is asked. */
static uint32_t line_of(const struct answers *s, size_t job) {
    uint32_t file = s->jobs.items[job].file;
    const struct note *n = s->linked->notes[file];

    for (uint32_t k = 0; k < n->nqueries; k++)
        if (s->places[s->first[file] + k] == job)
            return n->queries[k].line;
    for (uint32_t k = 0; k < n->ninline_queries; k++)
        if (s->places[s->first[file] + n->nqueries + k] == job)
            return n->inline_queries[k].line;
    return 0;
}

static void report_cost(const struct answers *s, struct diags *d) {
    size_t total = 0, most = 0, worst = 0;
    struct arena scratch;
    size_t *sums;

    arena_init(&scratch);
    sums = arena_array(&scratch, size_t, s->asked.len);
    for (size_t i = 0; i < s->jobs.len; i++) {
        size_t *sum = &sums[s->jobs.items[i].asked];
        *sum += s->found[i]->nasked;
        total += s->found[i]->nasked;
        if (*sum > most) {
            most = *sum;
            worst = i;
        }
    }
    if (total >= COSTLY)
        diag_add(
            d, DIAG_QUERY_COSTLY,
            s->linked->vault->files[s->jobs.items[worst].file].path,
            line_of(s, worst), 0,
            "of %zu rows that queries were asked of, %zu were for this one",
            total, most);
    arena_release(&scratch);
}

/* Queries with functions that none of can run: once, wherever they stand. */
static void report_scripts_off(const struct answers *s, struct scripts *scripts,
                               struct diags *d) {
    size_t n = 0;

    for (size_t i = 0; i < s->jobs.len; i++)
        n += s->found[i]->tasks != NULL && s->found[i]->tasks->wants_script;
    if (n == 0)
        return;
    if (scripts == NULL)
        diag_add(d, DIAG_JAVASCRIPT_OFF, STR(""), 0, 0,
                 "the functions of %zu %s: JavaScript is switched off", n,
                 n == 1 ? "query" : "queries");
    else
        diag_add(d, DIAG_JAVASCRIPT_MISSING, STR(""), 0, 0,
                 "the functions of %zu %s: %.*s", n,
                 n == 1 ? "query" : "queries", STR_ARG(script_off(scripts)));
}

/* decisions.md 34: once for each plugin that is asked and has no settings. */
static void report_defaults(const struct answers *s, struct diags *d) {
    const struct settings *settings = s->linked->vault->settings;
    bool dataview = false, tasks = false;

    for (size_t i = 0; i < s->asked.len; i++) {
        bool is_tasks = s->asked.items[i].kind == ASKED_TASKS;
        tasks |= is_tasks;
        dataview |= !is_tasks;
    }
    if (dataview && !settings->dataview && !settings->dataview_plugin)
        diag_add(d, DIAG_QUERY_DEFAULTS, STR(""), 0, 0,
                 "there are queries and no settings of Dataview");
    if (tasks && !settings->tasks && !settings->tasks_plugin)
        diag_add(d, DIAG_QUERY_DEFAULTS, STR(""), 0, 0,
                 "there are queries and no settings of Tasks");
}

static void report_all(const struct answers *s, struct scripts *scripts,
                       struct diags *d) {
    for (uint32_t i = 0; i < s->linked->vault->nfiles; i++)
        if (s->linked->notes[i] != NULL)
            report_note(s, i, d);
    if (records_asked_times(s->records))
        diag_add(d, DIAG_QUERY_FILE_TIMES, STR(""), 0, 0,
                 "a query asks for the time of a file that git does not tell");
    report_defaults(s, d);
    report_scripts_off(s, scripts, d);
    report_cost(s, d);
}

/* --- the whole --- */

const struct answers *answers_make(struct arena *a, const struct linked *l,
                                   const struct tasks *tasks,
                                   struct scripts *scripts,
                                   struct civil_instant now, unsigned jobs,
                                   struct diags *d) {
    struct answers *s = arena_new(a, struct answers);
    struct collecting c = {.s = s};
    struct work w;
    size_t n = 0;

    jobs = jobs > 0 ? jobs : 1;
    s->linked = l;
    s->records = records_new(a, l, now);
    if (tasks != NULL)
        s->tasks = tasks_shared_new(a, tasks, scripts);
    for (size_t i = 0; i < l->vault->nfiles; i++)
        n += nplaces(l->notes[i]);
    s->first = arena_array(a, uint32_t, l->vault->nfiles);
    s->places = arena_array(a, uint32_t, n);
    arena_init(&c.scratch);
    map_init(&c.texts, &c.scratch);
    collect(&c, uses_dataview(l));
    arena_release(&c.scratch);

    w = work_begin(s, a, jobs);
    pool_run(jobs, s->asked.len, parse, &w);
    make_jobs(s);
    s->found = arena_array(a, const struct answer *, s->jobs.len);
    pool_run(1, s->jobs.len, plan, &w);
    pool_run(jobs, s->jobs.len, answer, &w);
    work_end(&w, a, jobs);
    report_all(s, scripts, d);
    vec_release(&s->asked);
    vec_release(&s->jobs);
    records_release(s->records);
    if (s->tasks != NULL)
        tasks_shared_release(s->tasks);
    return s;
}

static const struct answer *answer_at(const struct answers *s, uint32_t place) {
    return s->places[place] != NO_JOB ? s->found[s->places[place]] : NULL;
}

const struct answer *answers_block(const struct answers *s, uint32_t file,
                                   uint32_t query) {
    return answer_at(s, s->first[file] + query);
}

const struct tasks_answer *answers_tasks(const struct answers *s, uint32_t file,
                                         uint32_t query) {
    const struct answer *a = answers_block(s, file, query);

    return a != NULL ? a->tasks : NULL;
}

const struct answer *answers_inline(const struct answers *s, uint32_t file,
                                    uint32_t query) {
    return answer_at(s,
                     s->first[file] + s->linked->notes[file]->nqueries + query);
}

const struct value_style *answers_style(const struct answers *s) {
    return records_style(s->records);
}
