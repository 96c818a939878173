#include <math.h>

#include "base/merge_sort.h"
#include "query/dataview/rows.h"

/* spec/dataview.md §11: WHERE, SORT, LIMIT, GROUP BY, FLATTEN. */

#define SHOWN_FAILURES 3

bool rows_failed(struct eval *e, struct failures *f) {
    struct str message = buf_str(&e->message);

    if (f->n++ == 0)
        f->first = arena_str(e->answer, message);
    if (f->n <= SHOWN_FAILURES) {
        buf_add_lit(&f->text, "\n- ");
        buf_add_str(&f->text, message);
    }
    return eval_clear(e);
}

bool rows_dropped(struct eval *e, struct rows *rows, struct failures *f,
                  size_t n, struct str step, size_t shown) {
    bool all = n > 0 && f->n == n;

    if (e->exhausted)
        all = false; /* that is the error already */
    else if (all)
        eval_error(e,
                   "Every row during %.*s failed with an error; first %zu:\n"
                   "                %.*s",
                   STR_ARG(step), shown, STR_ARG(buf_str(&f->text)));
    if (f->n > 0 && rows->ndropped == 0)
        rows->drop_reason = f->first;
    rows->ndropped += f->n;
    buf_release(&f->text);
    return !all && !e->exhausted;
}

static bool step_over(struct eval *e, struct rows *rows, struct failures *f,
                      size_t n, struct str name) {
    return rows_dropped(e, rows, f, n, name,
                        f->n < SHOWN_FAILURES ? f->n : SHOWN_FAILURES);
}

static bool where(struct eval *e, struct rows *rows, const struct expr *x) {
    struct failures f = {0};
    size_t n = rows->list.len, kept = 0;

    e->arena = e->scratch;
    for (size_t i = 0; i < n; i++) {
        const struct value *v = eval_row(e, x, rows->list.items[i].data);

        if (v == NULL && !rows_failed(e, &f))
            break;
        if (v != NULL && value_truthy(v))
            rows->list.items[kept++] = rows->list.items[i];
        arena_reset(e->scratch);
    }
    e->arena = e->answer;
    rows->list.len = kept;
    return step_over(e, rows, &f, n, STR("operation 'where'"));
}

/* --- sorting --- */

/* Bytes of a text whose key is made in a step. */
#define KEY_AT_ONCE 2

/* A row with what it is sorted by: values, and collation keys of texts. */
struct sorted {
    struct row row;
    const struct value *const *values;
    const struct str *texts;
};

struct sorting {
    struct eval *e;
    const struct sort_term *keys;
    size_t nkeys;
};

static int compare_one(struct eval *e, const struct sorted *a,
                       const struct sorted *b, size_t i) {
    if (a->values[i]->kind == VALUE_TEXT && b->values[i]->kind == VALUE_TEXT)
        return str_cmp(a->texts[i], b->texts[i]);
    return eval_compare(e, a->values[i], b->values[i]);
}

static int by_keys(void *context, const void *left, const void *right) {
    const struct sorting *s = context;

    for (size_t i = 0; i < s->nkeys && eval_spend(s->e, 1); i++) {
        int order = compare_one(s->e, left, right, i);
        if (order != 0)
            return s->keys[i].descending ? -order : order;
    }
    return 0;
}

/* Fills the keys of one row; false where one of them fails. */
static bool sort_values(struct sorting *s, struct sorted *row) {
    struct eval *e = s->e;
    const struct value **values =
        arena_array(e->answer, const struct value *, s->nkeys);
    struct str *texts = arena_array(e->answer, struct str, s->nkeys);

    row->values = values;
    row->texts = texts;
    for (size_t i = 0; i < s->nkeys; i++) {
        values[i] = eval_row(e, s->keys[i].expr, row->row.data);
        if (values[i] == NULL)
            return false;
        if (values[i]->kind != VALUE_TEXT)
            continue;
        if (!eval_spend(e, values[i]->as.text.len / KEY_AT_ONCE + 4))
            return false;
        texts[i] =
            collator_key(e->order.collator, e->answer, values[i]->as.text);
    }
    return true;
}

/* The rows whose keys could be found, in order; *f has the others. */
static struct sorted *sort_rows(struct eval *e, struct rows *rows,
                                const struct sort_term *keys, size_t nkeys,
                                struct failures *f, size_t *n) {
    struct sorting s = {e, keys, nkeys};
    size_t len = rows->list.len;
    struct sorted *list = arena_array(e->answer, struct sorted, len);

    *n = 0;
    for (size_t i = 0; i < len; i++) {
        list[*n].row = rows->list.items[i];
        if (sort_values(&s, &list[*n]))
            ++*n;
        else if (!rows_failed(e, f))
            break;
    }
    merge_sort(list, *n, sizeof *list,
               arena_array(e->answer, struct sorted, *n), by_keys, &s);
    return list;
}

static bool sort(struct eval *e, struct rows *rows, const struct clause *c) {
    struct failures f = {0};
    size_t before = rows->list.len, n;
    struct sorted *list = sort_rows(e, rows, c->keys, c->nkeys, &f, &n);

    for (size_t i = 0; i < n; i++)
        rows->list.items[i] = list[i].row;
    rows->list.len = n;
    return step_over(e, rows, &f, before, STR("operation 'sort'"));
}

/* --- limit --- */

static bool limit(struct eval *e, struct rows *rows, const struct expr *x) {
    const struct value *v = eval_row(e, x, NULL);
    double n;

    if (v == NULL)
        return false;
    if (v->kind != VALUE_NUMBER) {
        eval_error(e,
                   "Failed to execute 'limit' statement: limit should be a "
                   "number, but got '%.*s' (%.*s)",
                   STR_ARG(value_type_name(v->kind)), STR_ARG(eval_text(e, v)));
        return false;
    }
    n = isnan(v->as.number) ? 0 : trunc(v->as.number);
    if (n < 0)
        n += (double)rows->list.len;
    if (n < (double)rows->list.len)
        rows->list.len = n > 0 ? (size_t)n : 0;
    return true;
}

/* --- grouping --- */

static const struct value *group_row(struct eval *e, const struct value *key,
                                     const struct sorted *from, size_t n,
                                     struct str name) {
    const struct value **rows = arena_array(e->answer, const struct value *, n);
    struct value_member *m = arena_array(e->answer, struct value_member, 3);
    size_t len = 2;

    for (size_t i = 0; i < n; i++)
        rows[i] = from[i].row.data;
    m[0] = (struct value_member){STR("key"), key};
    m[1] =
        (struct value_member){STR("rows"), value_of_list(e->answer, rows, n)};
    if (str_eq(name, STR("key")) || str_eq(name, STR("rows")))
        m[str_eq(name, STR("rows"))].value = key;
    else
        m[len++] = (struct value_member){name, key};
    return value_of_object(e->answer, m, len);
}

static bool group(struct eval *e, struct rows *rows, const struct column *by) {
    struct sort_term key = {by->expr, false};
    struct failures f = {0};
    struct meaning *meaning = arena_new(e->answer, struct meaning);
    size_t before = rows->list.len, n, len = 0;
    struct sorted *list = sort_rows(e, rows, &key, 1, &f, &n);

    for (size_t i = 0; i < n;) {
        const struct value *of = list[i].values[0];
        size_t end = i + 1;

        while (end < n && compare_one(e, &list[end - 1], &list[end], 0) == 0)
            end++;
        rows->list.items[len++] =
            (struct row){of, group_row(e, of, &list[i], end - i, by->name)};
        i = end;
    }
    rows->list.len = len;
    *meaning = (struct meaning){by->name, rows->meaning};
    rows->meaning = meaning;
    return step_over(e, rows, &f, before, STR("operation 'group'"));
}

/* --- flattening --- */

/* Each is a layer around the rows. */
#define MAX_FLATTENED 100

static bool flatten(struct eval *e, struct rows *rows,
                    const struct column *what) {
    struct rows result = {.meaning = rows->meaning,
                          .nflattened = rows->nflattened,
                          .nasked = rows->nasked,
                          .ndropped = rows->ndropped,
                          .drop_reason = rows->drop_reason};
    struct failures f = {0};
    size_t n = rows->list.len;

    if (++result.nflattened > MAX_FLATTENED) {
        eval_error(e, "there are more than %d FLATTEN", MAX_FLATTENED);
        return false;
    }
    for (size_t i = 0; i < n && !e->exhausted; i++) {
        struct row row = rows->list.items[i];
        const struct value *v = eval_row(e, what->expr, row.data);
        const struct value *const *items = &v;
        size_t nitems = 1;

        if (v != NULL && v->kind == VALUE_LIST) {
            items = v->as.list.items;
            nitems = v->as.list.len;
        }
        if (v == NULL && !rows_failed(e, &f))
            break;
        for (size_t k = 0; v != NULL && k < nitems && eval_spend(e, 1); k++) {
            struct row copy = {
                row.id, record_with(e->answer, row.data, what->name, items[k])};
            vec_push(&result.list, copy);
        }
    }
    if (rows->meaning != NULL && str_eq(rows->meaning->group, what->name))
        result.meaning = rows->meaning->outer;
    vec_release(&rows->list);
    *rows = result;
    return step_over(e, rows, &f, n, STR("operation 'flatten'"));
}

static const char *source_name(enum source_kind kind) {
    static const char *const names[] = {
        [SOURCE_ALL] = "folder",    [SOURCE_TAG] = "tag",
        [SOURCE_FOLDER] = "folder", [SOURCE_INCOMING] = "link",
        [SOURCE_OUTGOING] = "link", [SOURCE_CSV] = "csv",
        [SOURCE_NOT] = "negate",    [SOURCE_AND] = "binaryop",
        [SOURCE_OR] = "binaryop",
    };
    return names[kind];
}

bool rows_clause(struct eval *e, struct rows *rows, const struct clause *c) {
    rows->nasked += rows->list.len;
    switch (c->kind) {
    case CLAUSE_FROM:
        eval_error(e, "Unrecognized query operation '%s'",
                   source_name(c->source->kind));
        return false;
    case CLAUSE_WHERE:
        return where(e, rows, c->column.expr);
    case CLAUSE_SORT:
        return sort(e, rows, c);
    case CLAUSE_LIMIT:
        return limit(e, rows, c->column.expr);
    case CLAUSE_GROUP:
        return group(e, rows, &c->column);
    case CLAUSE_FLATTEN:
        return flatten(e, rows, &c->column);
    }
    return false;
}
