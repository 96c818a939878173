/*
 * parser: what the parts of the query parser share.
 *
 * The grammar (spec/dataview.md §8.3) is an ordered choice: what fails goes back
 * to where it began and the next form is tried.  No form is tried twice at one
 * place, so time is linear in the text.  Messages come from the furthest place
 * at which something was missing.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_PARSER_H
#define VAULTSITE_QUERY_DATAVIEW_PARSER_H

#include "base/vec.h"
#include "query/dataview/lex.h"
#include "query/dataview/tree.h"

/* What may have been missing somewhere; explain.c has the words. */
enum expected {
    EXPECT_TYPE = 1 << 0,
    EXPECT_EXPR = 1 << 1,
    EXPECT_SOURCE = 1 << 2,
    EXPECT_NAME = 1 << 3,
    EXPECT_TEXT = 1 << 4,
    EXPECT_LINK = 1 << 5,
    EXPECT_COLON = 1 << 6,
    EXPECT_OPERATOR = 1 << 7,
    EXPECT_JOIN = 1 << 8,
    EXPECT_AS = 1 << 9,
    EXPECT_ORDER = 1 << 10,
    EXPECT_COMMA = 1 << 11,
    EXPECT_PAREN = 1 << 12,
    EXPECT_BRACKET = 1 << 13,
    EXPECT_BRACE = 1 << 14,
    EXPECT_BLANK = 1 << 15,
    EXPECT_CLAUSE = 1 << 16,
    EXPECT_END = 1 << 17,
};

struct parser {
    struct scan s;
    struct arena *arena;
    const struct query_dates *dates;
    bool uses_clock;
    uint32_t nesting; /* brackets and signs that are open */
    bool refused;     /* nested too deep, at `furthest`; nothing helps then */
    /* Where an operator without an operand stands, and a `.`, `[` or `(` that
     * goes nowhere: they are not tried again one level up. */
    size_t dead_operator, dead_suffix;
    size_t furthest;
    unsigned expected; /* enum expected: all that could stand there */
    /* Items and names of the lists that are being read, one upon the other. */
    VEC(const struct expr *) items;
    VEC(struct str) names;
};

/* One of these could stand at p->s.at. */
void parser_expect(struct parser *p, unsigned expected);
/* Says that the text is nested too deep; false. */
bool parser_refuse(struct parser *p);
/* Goes one level down, which parser_leave ends; false, refused, at the last. */
bool parser_enter(struct parser *p);
static inline void parser_leave(struct parser *p) {
    p->nesting--;
}

/* `x`, from `begin` to here, above trees that are `below` levels deep; NULL,
 * refused, where that is too deep. */
const struct expr *parser_made(struct parser *p, size_t begin, uint32_t below,
                               struct expr x);
const struct expr *parser_literal(struct parser *p, size_t begin,
                                  const struct value *v);
static inline uint32_t parser_deeper(uint32_t depth, const struct expr *x) {
    return x->depth > depth ? x->depth : depth;
}

/* Reads one item and pushes it, or moves nothing; *depth becomes that of the
 * deepest so far. */
typedef bool parser_one(struct parser *p, uint32_t *depth);
/* An expression, to p->items. */
bool parser_item(struct parser *p, uint32_t *depth);
/* None, one or more of them with commas between, and blanks around. */
void parser_series(struct parser *p, parser_one *one, uint32_t *depth);
/* Takes what lies above `mark` off p->items or p->names; NULL for nothing. */
const struct expr *const *parser_items(struct parser *p, size_t mark,
                                       size_t *n);
struct str *parser_names(struct parser *p, size_t mark, size_t *n);
/* `close`, behind blanks; what else could stand there is `expected`. */
bool parser_closed(struct parser *p, char close, unsigned expected);

/* An expression, or NULL and nothing is moved; the same without operators, and
 * without what may follow it: `.name`, `[index]`, `(arguments)`. */
const struct expr *parser_expr(struct parser *p);
const struct expr *parser_postfix(struct parser *p);
const struct expr *parser_primary(struct parser *p);
/* `and`, `or`, `&`, `|`. */
bool parser_bool_op(struct parser *p, enum binary_op *op);

/* The error, in p->arena, of a text that is no query (or no expression). */
void parser_explain(const struct parser *p, bool query, struct parse_error *e);

#endif
