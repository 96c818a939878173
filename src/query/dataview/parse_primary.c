#include <stdlib.h>

#include "base/map.h"
#include "query/dataview/parser.h"
#include "value/date_read.h"

/* A field cannot be called so; `row.limit` can. */
static const struct str protected_names[] = {
    STR_INIT("FROM"),  STR_INIT("WHERE"),   STR_INIT("LIMIT"),
    STR_INIT("GROUP"), STR_INIT("FLATTEN"),
};

/* `name` of a lambda. */
static bool parameter(struct parser *p, uint32_t *depth) {
    struct str name;

    (void)depth;
    if (!lex_name(&p->s, &name))
        return false;
    vec_push(&p->names, name);
    return true;
}

/* `key: value` of an object. */
static bool member(struct parser *p, uint32_t *depth) {
    size_t begin = p->s.at;
    struct str key;

    if (!lex_name(&p->s, &key) && !lex_string(&p->s, p->arena, &key)) {
        parser_expect(p, EXPECT_NAME | EXPECT_TEXT);
        return false;
    }
    scan_space(&p->s);
    if (!scan_byte(&p->s, ':')) {
        parser_expect(p, EXPECT_COLON);
        p->s.at = begin;
        return false;
    }
    scan_space(&p->s);
    if (!parser_item(p, depth)) {
        p->s.at = begin;
        return false;
    }
    vec_push(&p->names, key);
    return true;
}

static const struct expr *list(struct parser *p) {
    size_t begin = p->s.at, mark = p->items.len;
    struct expr x = {.kind = EXPR_LIST};
    uint32_t depth = 0;

    p->s.at++;
    parser_series(p, parser_item, &depth);
    x.as.list.items = parser_items(p, mark, &x.as.list.len);
    if (!parser_closed(p, ']', EXPECT_BRACKET | EXPECT_COMMA))
        return NULL;
    return parser_made(p, begin, depth, x);
}

struct pair {
    struct str key;
    const struct expr *item;
    uint64_t number; /* 1 + that of an index, 0 for any other key */
};

/* 1 + the number that a key is written as in JavaScript, if below 2^32 - 1. */
static uint64_t index_number(struct str key) {
    uint64_t n = 0;

    if (key.len == 0 || key.len > 10 || (key.p[0] == '0' && key.len > 1))
        return 0;
    for (size_t i = 0; i < key.len; i++) {
        if (!ascii_digit((unsigned char)key.p[i]))
            return 0;
        n = n * 10 + (uint64_t)(key.p[i] - '0');
    }
    return n < UINT32_MAX ? n + 1 : 0;
}

static int by_number(const void *a, const void *b) {
    uint64_t x = ((const struct pair *)a)->number;
    uint64_t y = ((const struct pair *)b)->number;

    return (x > y) - (x < y);
}

/* Of keys that are the same the first place and the last item stay. Returns how
 * many there are; they stand as JavaScript has them, indices first. */
static size_t ordered(struct parser *p, struct pair *pairs, size_t n) {
    struct pair *kept = arena_array(p->arena, struct pair, n);
    struct map seen;
    size_t nkept = 0, nfirst = 0;

    map_init(&seen, p->arena);
    for (size_t i = 0; i < n; i++) {
        void **slot = map_slot_borrowed(&seen, pairs[i].key);
        if (*slot != NULL) {
            ((struct pair *)*slot)->item = pairs[i].item;
            continue;
        }
        kept[nkept] = pairs[i];
        *slot = &kept[nkept++];
    }
    for (size_t i = 0; i < nkept; i++)
        if (kept[i].number > 0)
            pairs[nfirst++] = kept[i];
    if (nfirst > 1)
        qsort(pairs, nfirst, sizeof *pairs, by_number);
    for (size_t i = 0; i < nkept; i++)
        if (kept[i].number == 0)
            pairs[nfirst++] = kept[i];
    return nkept;
}

static const struct expr *object(struct parser *p) {
    size_t begin = p->s.at, mark = p->items.len, names = p->names.len, n;
    struct expr x = {.kind = EXPR_OBJECT};
    uint32_t depth = 0;

    p->s.at++;
    parser_series(p, member, &depth);
    struct str *keys = parser_names(p, names, &n);
    const struct expr *const *items = parser_items(p, mark, &n);
    if (!parser_closed(p, '}', EXPECT_BRACE | EXPECT_COMMA))
        return NULL;
    struct pair *pairs = arena_array(p->arena, struct pair, n);
    for (size_t i = 0; i < n; i++)
        pairs[i] = (struct pair){keys[i], items[i], index_number(keys[i])};
    n = ordered(p, pairs, n);
    const struct expr **in_order =
        arena_array(p->arena, const struct expr *, n);
    for (size_t i = 0; i < n; i++) {
        keys[i] = pairs[i].key;
        in_order[i] = pairs[i].item;
    }
    x.as.list.keys = keys;
    x.as.list.items = in_order;
    x.as.list.len = n;
    return parser_made(p, begin, depth, x);
}

/* `(a, b) =>`, with blanks wherever one likes. */
static bool lambda_head(struct parser *p, struct expr *x) {
    size_t mark = p->names.len;
    uint32_t depth = 0;

    scan_space(&p->s);
    if (!scan_byte(&p->s, '('))
        return false;
    parser_series(p, parameter, &depth);
    x->as.lambda.params = parser_names(p, mark, &x->as.lambda.nparams);
    scan_space(&p->s);
    if (!scan_byte(&p->s, ')'))
        return false;
    scan_space(&p->s);
    if (!scan_word(&p->s, STR("=>")))
        return false;
    scan_space(&p->s);
    return true;
}

static const struct expr *lambda(struct parser *p, bool *is_one) {
    size_t begin = p->s.at;
    struct expr x = {.kind = EXPR_LAMBDA};

    *is_one = lambda_head(p, &x);
    if (!*is_one)
        return NULL;
    x.as.lambda.body = parser_expr(p);
    return x.as.lambda.body == NULL
               ? NULL
               : parser_made(p, begin, x.as.lambda.body->depth, x);
}

/* What begins with `(`. That a lambda has no body never helps brackets: nothing
 * goes on with `=>`. */
static const struct expr *lambda_or_brackets(struct parser *p) {
    size_t begin = p->s.at;
    bool is_lambda;
    const struct expr *x = lambda(p, &is_lambda);

    if (is_lambda)
        return x;
    p->s.at = begin + 1;
    scan_space(&p->s);
    x = parser_expr(p);
    return x != NULL && parser_closed(p, ')', EXPECT_PAREN) ? x : NULL;
}

static const struct expr *link(struct parser *p, bool embed) {
    size_t begin = p->s.at;
    struct value_link l;

    if (!lex_link(&p->s, p->arena, embed, &l))
        return NULL;
    return parser_literal(p, begin, value_of_link(p->arena, l));
}

/* Behind `date(` or `dur(`, or NULL. */
static const struct value *date_literal(struct parser *p) {
    struct date d;
    size_t len;
    bool word;

    scan_space(&p->s);
    len = date_read_word(p->dates->now, scan_rest(&p->s), &d);
    word = len > 0;
    if (!word)
        len = date_read(p->dates->zones, scan_rest(&p->s), &d);
    if (len == 0)
        return NULL;
    p->s.at += len;
    scan_space(&p->s);
    if (!scan_byte(&p->s, ')'))
        return NULL;
    if (word)
        p->uses_clock = true;
    return value_of_date(p->arena, d);
}

static const struct value *duration_literal(struct parser *p) {
    struct duration d;
    size_t len;

    scan_space(&p->s);
    len = duration_read(scan_rest(&p->s), &d);
    if (len == 0)
        return NULL;
    p->s.at += len;
    scan_space(&p->s);
    return scan_byte(&p->s, ')') ? value_of_duration(p->arena, d) : NULL;
}

static const struct value *constant(struct parser *p) {
    static const struct {
        struct str word;
        const struct value *value;
        const struct value *(*read)(struct parser *p);
    } words[] = {
        {STR_INIT("true"), &value_true, NULL},
        {STR_INIT("false"), &value_false, NULL},
        {STR_INIT("True"), &value_true, NULL},
        {STR_INIT("False"), &value_false, NULL},
        {STR_INIT("null"), &value_null, NULL},
        {STR_INIT("date("), NULL, date_literal},
        {STR_INIT("dur("), NULL, duration_literal},
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (scan_word(&p->s, words[i].word))
            return words[i].read ? words[i].read(p) : words[i].value;
    return NULL;
}

static const struct expr *name(struct parser *p) {
    size_t begin = p->s.at;
    struct expr x = {.kind = EXPR_NAME};

    if (!lex_name(&p->s, &x.as.name))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(protected_names); i++)
        if (str_eq_nocase(x.as.name, protected_names[i])) {
            p->s.at = begin;
            return NULL;
        }
    return parser_made(p, begin, 0, x);
}

/* Numbers, words and names. */
static const struct expr *word(struct parser *p) {
    size_t begin = p->s.at;
    const struct value *v;
    double number;

    if (scan_number(&p->s, &number))
        return parser_literal(p, begin, value_of_number(p->arena, number));
    v = constant(p);
    if (v != NULL)
        return parser_literal(p, begin, v);
    p->s.at = begin; /* `date(x)` is a call */
    return name(p);
}

static const struct expr *negation(struct parser *p) {
    size_t begin = p->s.at;
    struct expr x = {.kind = EXPR_NOT};

    if (!parser_enter(p))
        return NULL;
    p->s.at++;
    x.as.operand = parser_postfix(p);
    parser_leave(p);
    return x.as.operand == NULL ? NULL
                                : parser_made(p, begin, x.as.operand->depth, x);
}

static const struct expr *text(struct parser *p) {
    size_t begin = p->s.at;
    struct str s;

    if (!lex_string(&p->s, p->arena, &s))
        return NULL;
    return parser_literal(p, begin, value_of_text(p->arena, s));
}

static const struct expr *primary_form(struct parser *p) {
    const struct expr *x;
    bool is_lambda;

    switch (scan_peek(&p->s)) {
    case '!':
        x = link(p, true);
        return x != NULL ? x : negation(p);
    case '[':
        x = link(p, false);
        return x != NULL ? x : list(p);
    case '{':
        return object(p);
    case '(':
        return lambda_or_brackets(p);
    case '"':
        return text(p);
    default:
        x = word(p);
        if (x != NULL)
            return x;
        /* Of all forms only this one may begin with blanks: `! (x) => x`. */
        return lambda(p, &is_lambda);
    }
}

const struct expr *parser_primary(struct parser *p) {
    size_t begin = p->s.at;
    const struct expr *x = primary_form(p);

    if (x == NULL) {
        p->s.at = begin;
        parser_expect(p, EXPECT_EXPR);
    }
    return x;
}
