#include "query/asked.h"
#include "query/tasks/script.h"

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

/* Where a query stands; `block` is NULL for an inline one, `line` and `column` are
 * those of a block's fence. */
struct asked_place {
    struct str path;
    uint32_t line, column;
    const struct query *block;
};

/* The answer of a block tells where in its text the error is. */
static struct asked_place error_place(const struct answer *a,
                                      struct asked_place at) {
    if (at.block == NULL || a->line == 0)
        return at;
    at.line += a->line;
    at.column = a->column;
    if (at.column > 0 && at.block->indents != NULL)
        at.column += at.block->indents[a->line - 1];
    return at;
}

static void report_error(const struct answer *a, struct asked_place asked,
                         struct diags *d) {
    struct asked_place at = error_place(a, asked);
    struct buf message = {0};

    add_message(&message, a->message);
    diag_add(d, a->stage == STAGE_PARSE ? DIAG_QUERY_SYNTAX : DIAG_QUERY_FAILED,
             at.path, at.line, at.column, "%.*s", STR_ARG(buf_str(&message)));
    buf_release(&message);
}

static void report(const struct answer *a, struct asked_place at,
                   struct diags *d) {
    if (a->kind == ANSWER_ERROR)
        report_error(a, at, d);
    if (a->tasks != NULL && a->tasks->script_ended.len > 0)
        diag_add(d, DIAG_SCRIPT_ENDED, at.path, at.line, at.column, "%.*s",
                 STR_ARG(a->tasks->script_ended));
    if (a->ndropped > 0)
        diag_add(d, DIAG_QUERY_ROWS_DROPPED, at.path, at.line, at.column,
                 "%zu of its rows: %.*s", a->ndropped, STR_ARG(a->drop_reason));
    if (a->shows_hidden)
        diag_add(d, DIAG_QUERY_SHOWS_COMMENT, at.path, at.line, at.column,
                 "the answer has a value that stands in a comment");
}

static struct asked_place block_place(const struct note *n, uint32_t k) {
    const struct query *q = &n->queries[k];

    return (struct asked_place){n->file->path, q->line, q->column, q};
}

static struct asked_place inline_place(const struct note *n, uint32_t k) {
    const struct inline_query *q = &n->inline_queries[k];

    return (struct asked_place){n->file->path, q->line, q->column, NULL};
}

static void report_note(const struct answers *s, uint32_t file,
                        struct diags *d) {
    const struct note *n = s->linked->notes[file];

    d->muted = n->file->is_template;
    for (uint32_t k = 0; k < n->nqueries; k++) {
        const struct answer *a = answers_block(s, file, k);
        if (a != NULL)
            report(a, block_place(n, k), d);
    }
    for (uint32_t k = 0; k < n->ninline_queries; k++) {
        const struct answer *a = answers_inline(s, file, k);
        if (a != NULL)
            report(a, inline_place(n, k), d);
    }
    d->muted = false;
}

/* decisions.md 38: from so many on a build tells which block it is. */
#define COSTLY 10000000

/* Where in a note a job is asked, the first such place. */
static struct asked_place place_of(const struct answers *s, size_t job) {
    uint32_t file = s->jobs.items[job].file;
    const struct note *n = s->linked->notes[file];

    for (uint32_t k = 0; k < n->nqueries; k++)
        if (s->places[s->first[file] + k] == job)
            return block_place(n, k);
    for (uint32_t k = 0; k < n->ninline_queries; k++)
        if (s->places[s->first[file] + n->nqueries + k] == job)
            return inline_place(n, k);
    return (struct asked_place){n->file->path, 0, 0, NULL};
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
    if (total >= COSTLY) {
        struct asked_place at = place_of(s, worst);
        diag_add(
            d, DIAG_QUERY_COSTLY, at.path, at.line, at.column,
            "of %zu rows that queries were asked of, %zu were for this one",
            total, most);
    }
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

void answers_report(const struct answers *s, struct scripts *scripts,
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
