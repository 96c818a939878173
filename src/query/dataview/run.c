#include "query/dataview/run.h"

#include "query/dataview/keep.h"
#include "query/dataview/rows.h"
#include "value/weight.h"

/* From rows to an answer: spec/dataview.md §11 (end), §12. */

struct running {
    struct eval e;
    const struct dql *q;
    const struct query_plan *plan;
    struct rows rows;
    struct answer *answer;
    const size_t *filled_by; /* ANSWER_TABLE, by column: which one's values */
};

static const struct answer *fail(struct eval *e) {
    struct answer *a = arena_new(e->answer, struct answer);

    a->kind = ANSWER_ERROR;
    a->stage = STAGE_EVAL;
    a->message = arena_str(e->answer, buf_str(&e->message));
    a->uses_clock = e->uses_clock;
    return a;
}

const struct answer *run_unparsed(struct str text,
                                  const struct parse_error *error,
                                  struct arena *a) {
    struct answer *answer = arena_new(a, struct answer);

    answer->kind = ANSWER_ERROR;
    answer->stage = STAGE_PARSE;
    answer->message = arena_str(a, error->message);
    /* The end is where the last word ends, not behind the blanks after it. */
    text_place(text,
               error->at < str_rtrim(text).len ? error->at
                                               : (uint32_t)str_rtrim(text).len,
               &answer->line, &answer->column);
    return answer;
}

/* --- cells --- */

/* A page or an item in a cell, which is written as a link or a line. */
#define RECORD_WEIGHT 16

/* Whether the cells can be written out: a few shared lists in each other may be
 * more than any page holds. */
static bool answer_fits(struct eval *e, const struct answer *a) {
    size_t most = eval_allowance(e), n = a->nrows * a->ncolumns;

    for (size_t i = 0; i < n; i++) {
        size_t weight = value_weight(a->cells[i], RECORD_WEIGHT, most);

        if (weight > most) {
            eval_error(e, "the answer is too large");
            return false;
        }
        most -= weight;
    }
    return true;
}

/* Of columns with the same name the last one fills them all. */
static const size_t *filled_by(struct eval *e, const struct dql *q) {
    size_t *by = arena_array(e->answer, size_t, q->ncolumns);
    struct map last;

    map_init(&last, e->answer);
    for (size_t i = q->ncolumns; i-- > 0;) {
        void **slot = map_slot_borrowed(&last, q->columns[i].name);
        if (*slot == NULL)
            *slot = (void *)(uintptr_t)(i + 1);
        by[i] = (uintptr_t)*slot - 1;
    }
    return by;
}

/* The values of a row's columns; false where one fails. */
static bool row_values(struct running *r, const struct row *row,
                       const struct value **values) {
    const struct dql *q = r->q;

    for (size_t i = 0; i < q->ncolumns; i++) {
        values[i] = eval_row(&r->e, q->columns[i].expr, row->data);
        if (values[i] == NULL)
            return false;
    }
    return true;
}

static const struct value *list_cell(struct running *r, const struct row *row,
                                     const struct value *value) {
    if (r->q->ncolumns == 0)
        return row->id;
    return r->answer->has_id ? value_of_pair(r->e.answer, row->id, value)
                             : value;
}

/* What one row shows: `ncolumns` cells from `cells`. */
static void add_cells(struct running *r, const struct row *row,
                      const struct value *const *values,
                      const struct value **cells) {
    const struct value *link;

    switch (r->answer->kind) {
    case ANSWER_TABLE:
        if (r->answer->has_id)
            *cells++ = row->id;
        for (size_t i = 0; i < r->q->ncolumns; i++)
            cells[i] = values[r->filled_by[i]];
        break;
    case ANSWER_CALENDAR:
        link = value_member(row->data, STR("file"), r->e.answer);
        link = link != NULL
                   ? eval_index(&r->e, link,
                                value_of_text(r->e.answer, STR("link")))
                   : NULL;
        cells[0] = values[0];
        cells[1] = link != NULL ? link : &value_null;
        break;
    case ANSWER_LIST:
        cells[0] = list_cell(r, row, values[0]);
        break;
    default:
        cells[0] = row->data;
        break;
    }
}

#define HIDDEN_DEPTH 3 /* lists in one another that are looked into */

static bool is_hidden(const struct value *v, int depth) {
    if (v->hidden)
        return true;
    if (v->kind == VALUE_PAIR)
        return is_hidden(v->as.pair.key, depth) ||
               is_hidden(v->as.pair.value, depth);
    if (v->kind != VALUE_LIST || depth == HIDDEN_DEPTH)
        return false;
    for (size_t i = 0; i < v->as.list.len; i++)
        if (is_hidden(v->as.list.items[i], depth + 1))
            return true;
    return false;
}

/* Groups of tasks show no fields of theirs but the key, which is one. */
static bool shows_hidden(const struct answer *a) {
    for (size_t i = 0; i < a->nrows * a->ncolumns; i++)
        if (is_hidden(a->cells[i], 0))
            return true;
    return false;
}

static const struct answer *extract(struct running *r) {
    struct eval *e = &r->e;
    struct answer *a = r->answer;
    struct failures f = {0};
    size_t n = r->rows.list.len, columns = a->ncolumns;
    const struct value **values =
        arena_array(e->answer, const struct value *, r->q->ncolumns + 1);
    const struct value **cells =
        arena_array(e->answer, const struct value *, n *columns);

    a->cells = cells;
    for (size_t i = 0; i < n; i++) {
        const struct row *row = &r->rows.list.items[i];

        if (row_values(r, row, values))
            add_cells(r, row, values, cells + a->nrows++ * columns);
        else if (!rows_failed(e, &f))
            break;
    }
    if (!rows_dropped(e, &r->rows, &f, n, STR("final data extraction"),
                      n > 3 ? n : 3) ||
        !answer_fits(e, a))
        return fail(e);
    a->ndropped = r->rows.ndropped;
    a->drop_reason = r->rows.drop_reason;
    a->uses_clock = e->uses_clock;
    a->shows_hidden = shows_hidden(a);
    a->nasked = r->rows.nasked;
    return a;
}

/* --- headers --- */

static struct str id_header(const struct running *r) {
    return records_linked(r->e.records)
        ->vault->settings->dataview_values.id_column;
}

static void set_headers(struct running *r) {
    const struct dql *q = r->q;
    struct answer *a = r->answer;
    struct str *headers = arena_array(r->e.answer, struct str, q->ncolumns + 1);
    size_t n = 0;

    if (a->has_id)
        headers[n++] = a->grouped ? a->group : id_header(r);
    for (size_t i = 0; i < q->ncolumns; i++)
        headers[n++] = q->columns[i].name;
    a->headers = headers;
    a->ncolumns = (uint32_t)n;
    r->filled_by = filled_by(&r->e, q);
}

/* A member of that name comes from FLATTEN, or is a field somewhere. */
static bool has_visual(const struct running *r) {
    for (size_t i = 0; i < r->q->nclauses; i++)
        if (r->q->clauses[i].kind == CLAUSE_FLATTEN &&
            str_eq(r->q->clauses[i].column.name, STR("visual")))
            return true;
    return records_has_visual(r->e.records);
}

static void shape(struct running *r) {
    struct answer *a = r->answer;

    a->kind = r->q->kind;
    a->ncolumns = a->kind == ANSWER_CALENDAR ? 2 : 1;
    a->grouped = r->rows.meaning != NULL;
    if (a->grouped)
        a->group = r->rows.meaning->group;
    a->has_id = !r->q->without_id;
    if (a->kind == ANSWER_LIST && r->q->ncolumns == 0)
        a->has_id = true;
    if (a->kind == ANSWER_TABLE)
        set_headers(r);
    if (a->kind == ANSWER_TASK) {
        a->groups = a->grouped;
        a->has_visual = has_visual(r);
    }
}

/* The rows after the first `n` clauses. */
static bool run_clauses(struct running *r, const struct query_plan *plan,
                        size_t n) {
    if (!rows_of_source(&r->e, r->q, plan, &r->rows))
        return false;
    for (size_t i = r->rows.met ? 1 : 0; i < n; i++)
        if (!rows_clause(&r->e, &r->rows, &r->q->clauses[i]))
            return false;
    return true;
}

/* Where all candidates of a plan failed, other rows may not have: then it is no
 * error of the query. */
static bool run_first(struct running *r) {
    static const struct query_plan none;
    size_t n = r->q->nclauses > 0;

    if (run_clauses(r, r->plan, n))
        return true;
    if (r->plan->needle == NULL || !eval_clear(&r->e))
        return false;
    vec_release(&r->rows.list);
    r->rows = (struct rows){0};
    return run_clauses(r, &none, n);
}

static const struct answer *run(struct running *r) {
    if (!run_first(r))
        return fail(&r->e);
    for (size_t i = 1; i < r->q->nclauses; i++)
        if (!rows_clause(&r->e, &r->rows, &r->q->clauses[i]))
            return fail(&r->e);
    shape(r);
    return extract(r);
}

/* --- running --- */

void run_memory_init(struct run_memory *m, struct arena *answers) {
    *m = (struct run_memory){.answers = answers};
    arena_init(&m->query);
    arena_init(&m->scratch);
}

void run_memory_release(struct run_memory *m) {
    arena_release(&m->query);
    arena_release(&m->scratch);
}

/* The answer as it stays, and the memory as it was. */
static const struct answer *finish(struct run_memory *m,
                                   const struct answer *answer) {
    arena_reset(&m->scratch);
    answer = answer_keep(m->answers, &m->scratch, answer);
    arena_release(&m->query);
    arena_release(&m->scratch);
    return answer;
}

struct query_plan run_plan(struct records *records, const struct dql *q,
                           struct columns *c, uint32_t origin, struct str path,
                           struct run_memory *m) {
    struct query_plan plan;
    struct eval e;

    eval_begin(&e, records, origin, path, &m->query, &m->scratch);
    plan = plan_query(&e, q, c);
    eval_end(&e);
    arena_release(&m->query);
    arena_release(&m->scratch);
    return plan;
}

const struct answer *run_query(struct records *records, const struct dql *q,
                               const struct query_plan *plan, uint32_t origin,
                               struct str path, struct run_memory *m) {
    struct running r = {.q = q, .plan = plan};
    const struct answer *answer;

    eval_begin(&r.e, records, origin, path, &m->query, &m->scratch);
    r.e.uses_clock = q->uses_clock;
    r.answer = arena_new(&m->query, struct answer);
    answer = run(&r);
    vec_release(&r.rows.list);
    eval_end(&r.e);
    return finish(m, answer);
}

const struct answer *run_expr(struct records *records, const struct expr *x,
                              uint32_t origin, struct str path,
                              struct run_memory *m) {
    struct eval e;
    struct answer *a = arena_new(&m->query, struct answer);
    const struct answer *answer = a;
    const struct value *v;

    eval_begin(&e, records, origin, path, &m->query, &m->scratch);
    v = eval_row(&e, x, NULL);
    if (v == NULL) {
        answer = fail(&e);
    } else {
        const struct value **cell = arena_new(&m->query, const struct value *);
        *cell = v;
        *a = (struct answer){.kind = ANSWER_VALUE,
                             .ncolumns = 1,
                             .nrows = 1,
                             .cells = cell,
                             .uses_clock = e.uses_clock,
                             .shows_hidden = is_hidden(v, 0)};
        a->text = eval_text(&e, v);
        if (e.failed || !answer_fits(&e, a))
            answer = fail(&e);
    }
    eval_end(&e);
    return finish(m, answer);
}
