#include "query/answers.h"

#include "base/map.h"
#include "base/pool.h"
#include "query/asked.h"
#include "query/dataview/depends.h"
#include "query/tasks/run.h"
#include "query/tasks/script.h"

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
                                            uint32_t file, size_t turn) {
    return (struct tasks_question){.text = a->text,
                                   .origin = s->linked->vault->files[file].path,
                                   .file = file,
                                   .turn = (uint32_t)turn};
}

/* Of a Tasks query that hangs on the properties of the note as well. */
static bool uses_note(const struct answers *s, const struct asked *a,
                      uint32_t file) {
    struct tasks_question q = tasks_question(s, a, file, 0);

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

/* Jobs lie in vault order, and so are the turns of scripts. */
static const struct answer *answer_tasks(struct work *w, size_t i,
                                         unsigned worker) {
    const struct job *job = &w->s->jobs.items[i];
    const struct asked *a = &w->s->asked.items[job->asked];
    struct tasks_question q = tasks_question(w->s, a, job->file, i);
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
        s->found[i] = answer_tasks(w, i, worker);
    else if (a->query != NULL)
        s->found[i] =
            run_query(s->records, a->query, &job->plan, job->file, path, m);
    else if (a->expr != NULL)
        s->found[i] = run_expr(s->records, a->expr, job->file, path, m);
    else
        s->found[i] = run_unparsed(a->text, &a->error, m->answers);
}

/* Those again that did not know of a script that ended before their turn. */
static void settle(struct work *w, struct scripts *scripts) {
    for (size_t i = 0; i < w->s->jobs.len; i++)
        if (!script_stands(scripts, (uint32_t)i))
            answer(w, i, 0);
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
    settle(&w, scripts);
    work_end(&w, a, jobs);
    answers_report(s, scripts, d);
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
