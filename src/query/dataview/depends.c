#include "query/dataview/depends.h"

#include "query/dataview/functions.h"

/* Functions that make or resolve links; the rest sees none but what it is given,
 * and stored links have been resolved where they stand. */
static bool resolves(struct str name) {
    static const struct str names[] = {STR_INIT("link"), STR_INIT("embed"),
                                       STR_INIT("date"), STR_INIT("meta")};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static bool any_uses(const struct expr *const *items, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (expr_uses_note(items[i]))
            return true;
    return false;
}

/* `row.x` is the row over the globals: `row.this`, or what is worked out. */
static bool row_member_uses(const struct expr *index) {
    return index->kind != EXPR_VALUE ||
           (index->as.value->kind == VALUE_TEXT &&
            str_eq(index->as.value->as.text, STR("this")));
}

bool expr_uses_note(const struct expr *x) {
    switch (x->kind) {
    case EXPR_VALUE:
        return x->as.value->kind == VALUE_LINK;
    case EXPR_NAME:
        return str_eq(x->as.name, STR("this"));
    case EXPR_INDEX:
        if (x->as.index.base->kind == EXPR_NAME &&
            str_eq(x->as.index.base->as.name, STR("row")) &&
            row_member_uses(x->as.index.index))
            return true;
        return expr_uses_note(x->as.index.base) ||
               expr_uses_note(x->as.index.index);
    case EXPR_CALL:
        return (x->as.call.callee != NULL ? true : resolves(x->as.call.name)) ||
               any_uses(x->as.call.args, x->as.call.nargs);
    case EXPR_LAMBDA:
        return expr_uses_note(x->as.lambda.body);
    case EXPR_NOT:
        return expr_uses_note(x->as.operand);
    case EXPR_BINARY:
        return expr_uses_note(x->as.binary.left) ||
               expr_uses_note(x->as.binary.right);
    case EXPR_LIST:
    case EXPR_OBJECT:
        return any_uses(x->as.list.items, x->as.list.len);
    }
    return true;
}

static bool source_uses_note(const struct source *s) {
    switch (s->kind) {
    case SOURCE_ALL:
    case SOURCE_TAG:
    case SOURCE_FOLDER:
        return false;
    case SOURCE_INCOMING:
    case SOURCE_OUTGOING:
    case SOURCE_CSV:
        return true;
    case SOURCE_NOT:
        return source_uses_note(s->left);
    case SOURCE_AND:
    case SOURCE_OR:
        return source_uses_note(s->left) || source_uses_note(s->right);
    }
    return true;
}

static bool clause_uses_note(const struct clause *c) {
    if (c->source != NULL || (c->column.expr && expr_uses_note(c->column.expr)))
        return true;
    for (size_t i = 0; i < c->nkeys; i++)
        if (expr_uses_note(c->keys[i].expr))
            return true;
    return false;
}

bool query_uses_note(const struct dql *q) {
    if (source_uses_note(q->source))
        return true;
    for (size_t i = 0; i < q->ncolumns; i++)
        if (expr_uses_note(q->columns[i].expr))
            return true;
    for (size_t i = 0; i < q->nclauses; i++)
        if (clause_uses_note(&q->clauses[i]))
            return true;
    return false;
}
