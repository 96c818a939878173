#include "query/dataview/functions.h"
#include "query/dataview/parser.h"

enum level { LEVEL_BOOL, LEVEL_COMPARE, LEVEL_ADD, LEVEL_MULTIPLY };

/* In the order in which they are tried; the first of an operator names it. */
static const struct {
    struct str text;
    enum binary_op op;
    enum level level;
} operators[] = {
    {STR_INIT(">="), OP_GREATER_EQUAL, LEVEL_COMPARE},
    {STR_INIT("<="), OP_LESS_EQUAL, LEVEL_COMPARE},
    {STR_INIT("!="), OP_NOT_EQUAL, LEVEL_COMPARE},
    {STR_INIT(">"), OP_GREATER, LEVEL_COMPARE},
    {STR_INIT("<"), OP_LESS, LEVEL_COMPARE},
    {STR_INIT("="), OP_EQUAL, LEVEL_COMPARE},
    {STR_INIT("+"), OP_ADD, LEVEL_ADD},
    {STR_INIT("-"), OP_SUBTRACT, LEVEL_ADD},
    {STR_INIT("*"), OP_MULTIPLY, LEVEL_MULTIPLY},
    {STR_INIT("/"), OP_DIVIDE, LEVEL_MULTIPLY},
    {STR_INIT("%"), OP_REMAINDER, LEVEL_MULTIPLY},
    {STR_INIT("&"), OP_AND, LEVEL_BOOL},
    {STR_INIT("|"), OP_OR, LEVEL_BOOL},
    {STR_INIT("and"), OP_AND, LEVEL_BOOL},
    {STR_INIT("or"), OP_OR, LEVEL_BOOL},
};

struct str binary_op_text(enum binary_op op) {
    size_t i = 0;

    while (operators[i].op != op)
        i++;
    return operators[i].text;
}

/* Behind the `(`. */
static const struct expr *call(struct parser *p, size_t begin,
                               const struct expr *callee) {
    size_t mark = p->items.len;
    uint32_t depth = 0;
    struct expr x = {.kind = EXPR_CALL};

    parser_series(p, parser_item, &depth);
    x.as.call.args = parser_items(p, mark, &x.as.call.nargs);
    if (!parser_closed(p, ')', EXPECT_PAREN | EXPECT_COMMA))
        return NULL;
    if (callee->kind == EXPR_NAME) {
        x.as.call.name = callee->as.name;
        x.as.call.function = function_named(callee->as.name);
    } else {
        x.as.call.callee = callee;
        depth = parser_deeper(depth, callee);
    }
    return parser_made(p, begin, depth, x);
}

/* Behind the `[`. */
static const struct expr *indexed(struct parser *p, size_t begin,
                                  const struct expr *base) {
    struct expr x = {.kind = EXPR_INDEX, .as.index.base = base};

    scan_space(&p->s);
    x.as.index.index = parser_expr(p);
    if (x.as.index.index == NULL || !parser_closed(p, ']', EXPECT_BRACKET))
        return NULL;
    return parser_made(p, begin, parser_deeper(base->depth, x.as.index.index),
                       x);
}

/* Behind the `.`. */
static const struct expr *dotted(struct parser *p, size_t begin,
                                 const struct expr *base) {
    struct expr x = {.kind = EXPR_INDEX, .as.index.base = base};
    size_t at = p->s.at;
    struct str key;

    if (!lex_name(&p->s, &key)) {
        parser_expect(p, EXPECT_NAME);
        return NULL;
    }
    x.as.index.index = parser_literal(p, at, value_of_text(p->arena, key));
    return parser_made(p, begin, base->depth, x);
}

/* What stands behind `x` as a part of it, NULL where nothing does. */
static const struct expr *suffix(struct parser *p, size_t begin,
                                 const struct expr *x) {
    if (scan_byte(&p->s, '.'))
        return dotted(p, begin, x);
    if (scan_byte(&p->s, '['))
        return indexed(p, begin, x);
    if (scan_byte(&p->s, '('))
        return call(p, begin, x);
    return NULL;
}

const struct expr *parser_postfix(struct parser *p) {
    size_t begin = p->s.at;
    const struct expr *x = parser_primary(p);

    while (x != NULL && p->s.at != p->dead_suffix) {
        size_t end = p->s.at;
        const struct expr *longer = suffix(p, begin, x);
        if (longer == NULL) {
            p->s.at = p->dead_suffix = end;
            break;
        }
        x = longer;
    }
    return x;
}

/* The operator of `least` or a tighter level that stands here, behind blanks. */
static bool operator_here(struct parser *p, enum level least, size_t *which) {
    scan_space(&p->s);
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        if (operators[i].level >= least &&
            lex_keyword(&p->s, operators[i].text)) {
            *which = i;
            return true;
        }
    }
    parser_expect(p, EXPECT_OPERATOR);
    return false;
}

bool parser_bool_op(struct parser *p, enum binary_op *op) {
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        if (operators[i].level == LEVEL_BOOL &&
            lex_keyword(&p->s, operators[i].text)) {
            *op = operators[i].op;
            return true;
        }
    }
    return false;
}

/* Operators of `least` or a tighter level and their operands. An operator
 * without a right operand ends it: `/` may begin a comment. */
static const struct expr *binary(struct parser *p, enum level least) {
    size_t begin = p->s.at, which;
    const struct expr *left = parser_postfix(p);

    while (left != NULL && p->s.at != p->dead_operator) {
        struct expr x = {.kind = EXPR_BINARY, .as.binary.left = left};
        size_t end = p->s.at;
        if (!operator_here(p, least, &which)) {
            p->s.at = end;
            break;
        }
        scan_space(&p->s);
        enum level level = operators[which].level;
        x.as.binary.op = operators[which].op;
        x.as.binary.right =
            level == LEVEL_MULTIPLY ? parser_postfix(p) : binary(p, level + 1);
        if (x.as.binary.right == NULL) {
            p->s.at = p->dead_operator = end;
            break;
        }
        left = parser_made(p, begin,
                           parser_deeper(left->depth, x.as.binary.right), x);
    }
    return left;
}

const struct expr *parser_expr(struct parser *p) {
    const struct expr *x;

    if (!parser_enter(p))
        return NULL;
    x = binary(p, LEVEL_BOOL);
    parser_leave(p);
    return x;
}
