/*
 * dql_dump: a parsed query as one line, for tests.
 *
 *     a or b and c      ((a | b) & c)
 *     x.y(1, "t")       <x["y"]>(1, "t")
 *     TASK SORT due     TASK FROM * SORT due ascending
 */
#ifndef VAULTSITE_TESTS_DQL_DUMP_H
#define VAULTSITE_TESTS_DQL_DUMP_H

#include "query/dataview/tree.h"
#include "value/number.h"

static void dump_text(struct buf *out, struct str s) {
    buf_add_ch(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            buf_add_ch(out, '\\');
        if (s.p[i] == '\n')
            buf_add_lit(out, "\\n");
        else
            buf_add_ch(out, s.p[i]);
    }
    buf_add_ch(out, '"');
}

static void dump_link(struct buf *out, const struct value_link *l) {
    static const char *const kinds[] = {"file", "header", "block"};

    buf_printf(out, "%s[[%s ", l->embed ? "!" : "", kinds[l->kind]);
    dump_text(out, l->path);
    if (l->has_subpath) {
        buf_add_lit(out, " #");
        dump_text(out, l->subpath);
    }
    if (l->has_display) {
        buf_add_lit(out, " |");
        dump_text(out, l->display);
    }
    buf_add_lit(out, "]]");
}

static void dump_value(struct buf *out, const struct value *v) {
    switch (v->kind) {
    case VALUE_BOOL:
        buf_printf(out, "%s", v->as.boolean ? "true" : "false");
        break;
    case VALUE_NUMBER:
        number_add(out, v->as.number);
        break;
    case VALUE_TEXT:
        dump_text(out, v->as.text);
        break;
    case VALUE_DATE:
        buf_printf(out, "<date %lld>", (long long)v->as.date.ms);
        break;
    case VALUE_DURATION:
        buf_add_lit(out, "<dur");
        for (int i = 0; i < DURATION_MILLISECONDS; i++) {
            buf_add_ch(out, ' ');
            number_add(out, v->as.duration->count[i]);
        }
        buf_add_ch(out, '>');
        break;
    case VALUE_LINK:
        dump_link(out, v->as.link);
        break;
    default:
        buf_add_lit(out, "null");
    }
}

static void dump_expr(struct buf *out, const struct expr *x);

static void dump_exprs(struct buf *out, const struct expr *const *items,
                       size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_lit(out, ", ");
        dump_expr(out, items[i]);
    }
}

static void dump_call(struct buf *out, const struct expr *x) {
    if (x->as.call.callee != NULL) {
        buf_add_ch(out, '<');
        dump_expr(out, x->as.call.callee);
        buf_add_ch(out, '>');
    }
    buf_add_str(out, x->as.call.name);
    buf_add_ch(out, '(');
    dump_exprs(out, x->as.call.args, x->as.call.nargs);
    buf_add_ch(out, ')');
}

static void dump_lambda(struct buf *out, const struct expr *x) {
    buf_add_lit(out, "((");
    for (size_t i = 0; i < x->as.lambda.nparams; i++) {
        buf_add_str(out, i > 0 ? STR(", ") : STR(""));
        buf_add_str(out, x->as.lambda.params[i]);
    }
    buf_add_lit(out, ") => ");
    dump_expr(out, x->as.lambda.body);
    buf_add_ch(out, ')');
}

static void dump_object(struct buf *out, const struct expr *x) {
    buf_add_ch(out, '{');
    for (size_t i = 0; i < x->as.list.len; i++) {
        buf_add_str(out, i > 0 ? STR(", ") : STR(""));
        dump_text(out, x->as.list.keys[i]);
        buf_add_lit(out, ": ");
        dump_expr(out, x->as.list.items[i]);
    }
    buf_add_ch(out, '}');
}

static void dump_expr(struct buf *out, const struct expr *x) {
    switch (x->kind) {
    case EXPR_VALUE:
        dump_value(out, x->as.value);
        break;
    case EXPR_NAME:
        buf_add_str(out, x->as.name);
        break;
    case EXPR_INDEX:
        dump_expr(out, x->as.index.base);
        buf_add_ch(out, '[');
        dump_expr(out, x->as.index.index);
        buf_add_ch(out, ']');
        break;
    case EXPR_CALL:
        dump_call(out, x);
        break;
    case EXPR_LAMBDA:
        dump_lambda(out, x);
        break;
    case EXPR_NOT:
        buf_add_lit(out, "(!");
        dump_expr(out, x->as.operand);
        buf_add_ch(out, ')');
        break;
    case EXPR_BINARY:
        buf_add_ch(out, '(');
        dump_expr(out, x->as.binary.left);
        buf_printf(out, " %.*s ", STR_ARG(binary_op_text(x->as.binary.op)));
        dump_expr(out, x->as.binary.right);
        buf_add_ch(out, ')');
        break;
    case EXPR_LIST:
        buf_add_ch(out, '[');
        dump_exprs(out, x->as.list.items, x->as.list.len);
        buf_add_ch(out, ']');
        break;
    case EXPR_OBJECT:
        dump_object(out, x);
        break;
    }
}

static void dump_source(struct buf *out, const struct source *x) {
    switch (x->kind) {
    case SOURCE_ALL:
        buf_add_ch(out, '*');
        break;
    case SOURCE_TAG:
        buf_printf(out, "#%.*s", STR_ARG(x->name));
        break;
    case SOURCE_FOLDER:
        dump_text(out, x->name);
        break;
    case SOURCE_INCOMING:
    case SOURCE_OUTGOING:
    case SOURCE_CSV:
        buf_printf(out, "%s(",
                   x->kind == SOURCE_CSV        ? "csv"
                   : x->kind == SOURCE_INCOMING ? "in"
                                                : "out");
        dump_text(out, x->name);
        buf_add_ch(out, ')');
        break;
    case SOURCE_NOT:
        buf_add_lit(out, "(-");
        dump_source(out, x->left);
        buf_add_ch(out, ')');
        break;
    case SOURCE_AND:
    case SOURCE_OR:
        buf_add_ch(out, '(');
        dump_source(out, x->left);
        buf_printf(out, " %c ", x->kind == SOURCE_AND ? '&' : '|');
        dump_source(out, x->right);
        buf_add_ch(out, ')');
    }
}

static void dump_column(struct buf *out, const struct column *c) {
    buf_add_ch(out, ' ');
    dump_expr(out, c->expr);
    buf_add_lit(out, " AS ");
    dump_text(out, c->name);
}

static void dump_clause(struct buf *out, const struct clause *c) {
    switch (c->kind) {
    case CLAUSE_FROM:
        buf_add_lit(out, " FROM ");
        dump_source(out, c->source);
        break;
    case CLAUSE_WHERE:
    case CLAUSE_LIMIT:
        buf_printf(out, " %s ", c->kind == CLAUSE_WHERE ? "WHERE" : "LIMIT");
        dump_expr(out, c->column.expr);
        break;
    case CLAUSE_SORT:
        buf_add_lit(out, " SORT");
        for (size_t i = 0; i < c->nkeys; i++) {
            buf_printf(out, "%s ", i > 0 ? "," : "");
            dump_expr(out, c->keys[i].expr);
            buf_printf(out, " %s",
                       c->keys[i].descending ? "descending" : "ascending");
        }
        break;
    case CLAUSE_GROUP:
    case CLAUSE_FLATTEN:
        buf_printf(out, " %s",
                   c->kind == CLAUSE_GROUP ? "GROUP BY" : "FLATTEN");
        dump_column(out, &c->column);
    }
}

static inline void dump_query(struct buf *out, const struct dql *q) {
    static const char *const types[] = {"TABLE", "LIST", "TASK", "CALENDAR"};

    buf_printf(out, "%s%s", types[q->kind], q->without_id ? " WITHOUT ID" : "");
    for (size_t i = 0; i < q->ncolumns; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        if (q->kind == ANSWER_LIST) {
            buf_add_ch(out, ' ');
            dump_expr(out, q->columns[i].expr);
        } else {
            dump_column(out, &q->columns[i]);
        }
    }
    buf_add_lit(out, " FROM ");
    dump_source(out, q->source);
    for (size_t i = 0; i < q->nclauses; i++)
        dump_clause(out, &q->clauses[i]);
}

#endif
