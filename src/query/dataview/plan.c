#include "query/dataview/plan.h"

/* --- what cannot fail --- */

static bool is_name(const struct expr *x, struct str name) {
    return x->kind == EXPR_NAME && str_eq(x->as.name, name);
}

/* `this.x`, `this.file.x`, `file.x`: members of what is always an object. */
static bool is_safe_member(const struct expr *x) {
    const struct expr *base = x->as.index.base, *index = x->as.index.index;

    if (index->kind != EXPR_VALUE || index->as.value->kind != VALUE_TEXT)
        return false;
    if (is_name(base, STR("this")) || is_name(base, STR("file")))
        return true;
    return base->kind == EXPR_INDEX &&
           is_name(base->as.index.base, STR("this")) &&
           base->as.index.index->kind == EXPR_VALUE &&
           base->as.index.index->as.value->kind == VALUE_TEXT &&
           str_eq(base->as.index.index->as.value->as.text, STR("file"));
}

static bool is_contains(const struct expr *x) {
    return x->kind == EXPR_CALL && x->as.call.callee == NULL &&
           x->as.call.nargs == 2 &&
           (str_eq(x->as.call.name, STR("contains")) ||
            str_eq(x->as.call.name, STR("icontains")) ||
            str_eq(x->as.call.name, STR("econtains")));
}

static bool never_fails(const struct expr *x) {
    switch (x->kind) {
    case EXPR_VALUE:
    case EXPR_NAME:
        return true;
    case EXPR_INDEX:
        return is_safe_member(x);
    case EXPR_NOT:
        return never_fails(x->as.operand);
    case EXPR_BINARY:
        return x->as.binary.op >= OP_LESS && never_fails(x->as.binary.left) &&
               never_fails(x->as.binary.right);
    case EXPR_CALL:
        return is_contains(x) && never_fails(x->as.call.args[0]) &&
               never_fails(x->as.call.args[1]);
    default:
        return false;
    }
}

/* --- what a column can answer --- */

struct planning {
    struct eval *e;
    struct columns *columns;
    const struct source *source;
    bool tasks;
    const struct column_needle *best;
};

/* A value that does not hang on the row: a literal, `this` and its members. */
static bool is_fixed(const struct expr *x) {
    if (x->kind == EXPR_INDEX)
        return is_safe_member(x) && !is_name(x->as.index.base, STR("file"));
    return x->kind == EXPR_VALUE;
}

/* A link as it is compared: by the file that it means from the query's note. */
static const struct value *resolved(struct eval *e, const struct value *v) {
    struct value_link link;

    if (v->kind != VALUE_LINK)
        return v;
    link = *v->as.link;
    link.path = eval_resolve(e, link.path);
    return value_of_link(e->arena, link);
}

static bool try_test(struct planning *p, enum column_test test,
                     const struct expr *field, const struct expr *fixed) {
    const struct value *value;

    if (test != COLUMN_TASK_TEXT && !column_field(field))
        return false;
    value = is_fixed(fixed) ? eval_row(p->e, fixed, NULL) : NULL;
    if (value == NULL || !column_value(p->columns, test, value))
        return false;
    p->best = column_expect(p->columns, p->source, test, field,
                            resolved(p->e, value));
    return p->best != NULL;
}

/* Of tasks only the text has a column: other names are first of all the task's
 * own. */
static bool try_conjunct(struct planning *p, const struct expr *x) {
    bool equal = x->kind == EXPR_BINARY && x->as.binary.op == OP_EQUAL;

    if (is_contains(x) && str_eq(x->as.call.name, STR("contains"))) {
        const struct expr *field = x->as.call.args[0];
        if (p->tasks)
            return is_name(field, STR("text")) &&
                   try_test(p, COLUMN_TASK_TEXT, field, x->as.call.args[1]);
        return try_test(p, COLUMN_CONTAINS, field, x->as.call.args[1]);
    }
    if (p->tasks || !equal)
        return false;
    return try_test(p, COLUMN_EQUAL, x->as.binary.left, x->as.binary.right) ||
           try_test(p, COLUMN_EQUAL, x->as.binary.right, x->as.binary.left);
}

/* The chain is left-associative: all its operators have to be `and`. */
static bool try_chain(struct planning *p, const struct expr *x) {
    while (x->kind == EXPR_BINARY && x->as.binary.op == OP_AND) {
        if (try_chain(p, x->as.binary.right))
            return true;
        x = x->as.binary.left;
    }
    return try_conjunct(p, x);
}

/* --- conditions that are told by the candidate alone --- */

/* `completed`, `!completed`: no field of a task replaces that name. */
static bool about_completed(const struct expr *x, struct query_plan *plan) {
    bool not = x->kind == EXPR_NOT;

    if (!is_name(not ? x->as.operand : x, STR("completed")))
        return false;
    if (plan->completed != COMPLETED_ANY)
        return false;
    plan->completed = not ? COMPLETED_NO : COMPLETED_YES;
    return true;
}

static bool about_text(const struct expr *x, struct query_plan *plan) {
    const struct value *v;

    if (!is_contains(x) || !str_eq(x->as.call.name, STR("contains")) ||
        !is_name(x->as.call.args[0], STR("text")) ||
        x->as.call.args[1]->kind != EXPR_VALUE || plan->part.len > 0)
        return false;
    v = x->as.call.args[1]->as.value;
    if (v->kind != VALUE_TEXT)
        return false;
    plan->part = v->as.text;
    return plan->part.len > 0;
}

static bool is_whole(const struct expr *x, struct query_plan *plan) {
    while (x->kind == EXPR_BINARY && x->as.binary.op == OP_AND) {
        const struct expr *right = x->as.binary.right;
        if (!about_completed(right, plan) && !about_text(right, plan))
            return false;
        x = x->as.binary.left;
    }
    return (about_completed(x, plan) || about_text(x, plan)) &&
           plan->part.len > 0;
}

struct query_plan plan_query(struct eval *e, const struct dql *q,
                             struct columns *c) {
    struct planning p = {.e = e,
                         .columns = c,
                         .source = q->source,
                         .tasks = q->kind == ANSWER_TASK};
    const struct clause *first = q->nclauses > 0 ? q->clauses : NULL;
    struct query_plan plan = {0};

    if (first != NULL && first->kind == CLAUSE_WHERE &&
        never_fails(first->column.expr))
        try_chain(&p, first->column.expr);
    plan.needle = p.best;
    if (p.best != NULL && p.tasks)
        plan.whole = is_whole(first->column.expr, &plan);
    return plan;
}
