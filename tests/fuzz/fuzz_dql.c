/* Any text as a query and as an expression: a tree within its bounds whose
 * places lie in the text and whose text gives it again, or a message that is
 * UTF-8 about a place in the text. */
#include <stdlib.h>

#include "../unit/dql_dump.h"
#include "base/unicode.h"
#include "value/zones.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

static void check_span(struct span inner, struct span outer) {
    require(outer.begin <= inner.begin && inner.begin <= inner.end &&
            inner.end <= outer.end);
}

static void check_expr(const struct expr *x, struct span outer, uint32_t most);

static void check_exprs(const struct expr *const *items, size_t n,
                        struct span outer, uint32_t most) {
    for (size_t i = 0; i < n; i++)
        check_expr(items[i], outer, most);
}

static void check_expr(const struct expr *x, struct span outer, uint32_t most) {
    uint32_t below = x->depth - 1;

    require(x->depth > 0 && x->depth <= most);
    check_span(x->at, outer);
    switch (x->kind) {
    case EXPR_INDEX:
        check_expr(x->as.index.base, x->at, below);
        check_expr(x->as.index.index, x->at, below);
        break;
    case EXPR_CALL:
        if (x->as.call.callee != NULL)
            check_expr(x->as.call.callee, x->at, below);
        check_exprs(x->as.call.args, x->as.call.nargs, x->at, below);
        break;
    case EXPR_LAMBDA:
        check_expr(x->as.lambda.body, x->at, below);
        break;
    case EXPR_NOT:
        check_expr(x->as.operand, x->at, below);
        break;
    case EXPR_BINARY:
        check_expr(x->as.binary.left, x->at, below);
        check_expr(x->as.binary.right, x->at, below);
        break;
    case EXPR_LIST:
    case EXPR_OBJECT:
        check_exprs(x->as.list.items, x->as.list.len, x->at, below);
        break;
    case EXPR_VALUE:
    case EXPR_NAME:
        break;
    }
}

static void check_column(const struct column *c, struct span whole) {
    require(utf8_valid_len(c->name) == c->name.len);
    check_expr(c->expr, whole, TREE_MAX_DEPTH);
}

static void check_query(const struct dql *q, struct span whole) {
    struct span last = whole;

    require(q->source != NULL && q->source->depth <= TREE_MAX_DEPTH);
    for (size_t i = 0; i < q->ncolumns; i++)
        check_column(&q->columns[i], whole);
    for (size_t i = 0; i < q->nclauses; i++) {
        const struct clause *c = &q->clauses[i];
        check_span(c->at, last);
        last.begin = c->at.end;
        if (c->column.expr != NULL)
            check_column(&c->column, c->at);
        for (size_t j = 0; j < c->nkeys; j++)
            check_expr(c->keys[j].expr, c->at, TREE_MAX_DEPTH);
    }
}

static void check_error(const struct parse_error *e, struct str text) {
    uint32_t line, column;

    require(e->at <= text.len && e->message.len > 0);
    require(utf8_valid_len(e->message) == e->message.len);
    text_place(text, e->at, &line, &column);
    require(line > 0 && column > 0 && column <= text.len + 1);
}

/* The text of a tree is a tree that looks the same. */
static void check_again(struct arena *a, struct str text, const struct expr *x,
                        const struct query_dates *dates) {
    struct buf once = {0}, again = {0};
    struct parse_error error;
    bool uses;
    const struct expr *y = expr_parse(
        a, str_slice(text, x->at.begin, x->at.end), dates, &uses, &error);

    require(y != NULL);
    dump_expr(&once, x);
    dump_expr(&again, y);
    require(str_eq(buf_str(&once), buf_str(&again)));
    buf_release(&once);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static struct zones zones;
    struct query_dates dates = {&zones,
                                {.ms = 1768478400000, .zone = &zones.local}};
    struct str text = {(const char *)bytes, len};
    struct span whole = {0, (uint32_t)len};
    struct parse_error error = {0};
    const struct expr *x;
    const struct dql *q;
    struct arena arena;
    bool uses;

    if (utf8_valid_len(text) != len)
        return 0; /* vault/ repairs it before */
    if (zones.local.name.len == 0)
        zones_init(&zones, STR("UTC"));
    arena_init(&arena);
    q = dql_parse(&arena, text, &dates, &error);
    if (q != NULL)
        check_query(q, whole);
    else
        check_error(&error, text);
    x = expr_parse(&arena, text, &dates, &uses, &error);
    if (x != NULL) {
        check_expr(x, whole, TREE_MAX_DEPTH);
        check_again(&arena, text, x, &dates);
    } else {
        check_error(&error, text);
    }
    arena_release(&arena);
    return 0;
}
