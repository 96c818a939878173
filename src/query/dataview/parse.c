#include "base/unicode.h"
#include "base/utf16.h"
#include "query/dataview/parser.h"

static const struct source *source(struct parser *p);

static const struct source *made(struct parser *p, size_t begin,
                                 struct source x) {
    uint32_t below = x.left == NULL ? 0 : x.left->depth;
    struct source *kept;

    if (x.right != NULL && x.right->depth > below)
        below = x.right->depth;
    if (below >= TREE_MAX_DEPTH) {
        parser_refuse(p);
        return NULL;
    }
    x.depth = below + 1;
    x.at = (struct span){(uint32_t)begin, (uint32_t)p->s.at};
    kept = arena_new(p->arena, struct source);
    *kept = x;
    return kept;
}

/* `outgoing([[note]])`, `csv("path")`: no blank stands before the `)`. */
static bool called_source(struct parser *p, struct source *x) {
    struct value_link l;
    bool ok;

    if (scan_word(&p->s, STR("outgoing("))) {
        scan_space(&p->s);
        x->kind = SOURCE_OUTGOING;
        ok = lex_link(&p->s, p->arena, false, &l);
        if (ok)
            x->name = l.path;
        else
            parser_expect(p, EXPECT_LINK);
    } else if (scan_word(&p->s, STR("csv("))) {
        scan_space(&p->s);
        x->kind = SOURCE_CSV;
        ok = lex_string(&p->s, p->arena, &x->name);
        if (!ok)
            parser_expect(p, EXPECT_TEXT);
    } else {
        return false;
    }
    if (ok && scan_byte(&p->s, ')'))
        return true;
    if (ok)
        parser_expect(p, EXPECT_PAREN);
    return false;
}

static bool simple_source(struct parser *p, struct source *x) {
    struct value_link l;

    switch (scan_peek(&p->s)) {
    case '[':
        x->kind = SOURCE_INCOMING;
        if (!lex_link(&p->s, p->arena, false, &l))
            return false;
        x->name = l.path;
        return true;
    case '"':
        x->kind = SOURCE_FOLDER;
        return lex_string(&p->s, p->arena, &x->name);
    case '#':
        x->kind = SOURCE_TAG;
        return lex_tag(&p->s, &x->name);
    default:
        return called_source(p, x);
    }
}

static const struct source *atom(struct parser *p) {
    size_t begin = p->s.at;
    struct source x = {.kind = SOURCE_NOT};
    const struct source *inner = NULL;

    if (!parser_enter(p))
        return NULL;
    if (scan_byte(&p->s, '(')) {
        scan_space(&p->s);
        inner = source(p);
        if (inner != NULL && !parser_closed(p, ')', EXPECT_PAREN | EXPECT_JOIN))
            inner = NULL;
    } else if (scan_byte(&p->s, '-') || scan_byte(&p->s, '!')) {
        x.left = atom(p);
        inner = x.left == NULL ? NULL : made(p, begin, x);
    } else if (simple_source(p, &x)) {
        inner = made(p, begin, x);
    }
    parser_leave(p);
    if (inner == NULL) {
        p->s.at = begin;
        parser_expect(p, EXPECT_SOURCE);
    }
    return inner;
}

static const struct source *source(struct parser *p) {
    size_t begin = p->s.at;
    const struct source *left = atom(p);

    while (left != NULL) {
        struct source x = {.left = left};
        size_t end = p->s.at;
        enum binary_op op;
        scan_space(&p->s);
        if (parser_bool_op(p, &op)) {
            x.kind = op == OP_AND ? SOURCE_AND : SOURCE_OR;
            scan_space(&p->s);
            x.right = atom(p);
        } else {
            parser_expect(p, EXPECT_JOIN);
        }
        if (x.right == NULL) {
            p->s.at = end;
            break;
        }
        left = made(p, begin, x);
    }
    return left;
}

/* The text that names a column: its lines, trimmed, without what parts them. */
static struct str without_line_breaks(struct arena *a, struct str s) {
    char *p = NULL;
    size_t len = 0, begin = 0;

    for (size_t at = 0; at <= s.len; at++) {
        if (at < s.len && s.p[at] != '\n' && s.p[at] != '\r')
            continue;
        if (p == NULL && at == s.len)
            return utf16_trim(s);
        if (p == NULL)
            p = arena_alloc(a, s.len, 1);
        struct str line = utf16_trim(str_slice(s, begin, at));
        if (line.len > 0)
            memcpy(p + len, line.p, line.len);
        len += line.len;
        begin = at + 1;
    }
    return str_make(p, len);
}

/* ` AS name`, or nothing. */
static bool alias(struct parser *p, struct str *name) {
    size_t begin = p->s.at;

    if (!lex_blanks(&p->s))
        return false;
    if (!lex_keyword(&p->s, STR("AS"))) {
        parser_expect(p, EXPECT_AS);
    } else if (lex_blanks(&p->s) || scan_end(&p->s)) {
        if (lex_name(&p->s, name) || lex_string(&p->s, p->arena, name))
            return true;
        parser_expect(p, EXPECT_NAME | EXPECT_TEXT);
    }
    p->s.at = begin;
    return false;
}

static bool column(struct parser *p, struct column *c) {
    size_t begin = p->s.at;

    c->expr = parser_expr(p);
    if (c->expr == NULL)
        return false;
    if (!alias(p, &c->name))
        c->name =
            without_line_breaks(p->arena, str_slice(p->s.text, begin, p->s.at));
    return true;
}

/* A comma between blanks; nothing is moved where none stands. */
static bool comma(struct parser *p) {
    size_t begin = p->s.at;

    scan_space(&p->s);
    if (!scan_byte(&p->s, ',')) {
        parser_expect(p, EXPECT_COMMA);
        p->s.at = begin;
        return false;
    }
    scan_space(&p->s);
    return true;
}

/* `DESC`, `ascending`, or nothing. */
static bool descending(struct parser *p) {
    static const struct {
        struct str word;
        bool descending;
    } orders[] = {
        {STR_INIT("ASCENDING"), false},
        {STR_INIT("DESCENDING"), true},
        {STR_INIT("ASC"), false},
        {STR_INIT("DESC"), true},
    };

    for (size_t i = 0; i < ARRAY_LEN(orders); i++)
        if (lex_keyword(&p->s, orders[i].word))
            return orders[i].descending;
    parser_expect(p, EXPECT_ORDER);
    return false;
}

static bool sort_keys(struct parser *p, struct clause *c) {
    VEC(struct sort_term) keys = {0};
    size_t end = p->s.at;

    do {
        struct sort_term key = {.expr = parser_expr(p)};
        if (key.expr == NULL)
            break;
        scan_space(&p->s);
        key.descending = descending(p);
        vec_push(&keys, key);
        end = p->s.at;
    } while (comma(p));
    p->s.at = end;
    c->nkeys = keys.len;
    c->keys = vec_keep(p->arena, &keys);
    vec_release(&keys);
    return c->nkeys > 0;
}

static bool from(struct parser *p, struct clause *c) {
    c->source = source(p);
    return c->source != NULL;
}

static bool expression(struct parser *p, struct clause *c) {
    c->column.expr = parser_expr(p);
    return c->column.expr != NULL;
}

static bool named(struct parser *p, struct clause *c) {
    return column(p, &c->column);
}

static bool clause(struct parser *p, struct clause *c) {
    static const struct {
        struct str word;
        enum clause_kind kind;
        bool (*read)(struct parser *p, struct clause *c);
        unsigned expected;
    } clauses[] = {
        {STR_INIT("FROM"), CLAUSE_FROM, from, EXPECT_SOURCE},
        {STR_INIT("WHERE"), CLAUSE_WHERE, expression, EXPECT_EXPR},
        {STR_INIT("SORT"), CLAUSE_SORT, sort_keys, EXPECT_EXPR},
        {STR_INIT("LIMIT"), CLAUSE_LIMIT, expression, EXPECT_EXPR},
        {STR_INIT("GROUP BY"), CLAUSE_GROUP, named, EXPECT_EXPR},
        {STR_INIT("FLATTEN"), CLAUSE_FLATTEN, named, EXPECT_EXPR},
    };
    size_t begin = p->s.at;

    for (size_t i = 0; i < ARRAY_LEN(clauses); i++) {
        if (!lex_keyword(&p->s, clauses[i].word))
            continue;
        *c = (struct clause){.kind = clauses[i].kind};
        if (lex_blanks(&p->s)) {
            if (clauses[i].read(p, c)) {
                c->at = (struct span){(uint32_t)begin, (uint32_t)p->s.at};
                return true;
            }
        } else {
            parser_expect(p,
                          scan_end(&p->s) ? clauses[i].expected : EXPECT_BLANK);
        }
        p->s.at = begin;
        return false;
    }
    parser_expect(p, EXPECT_CLAUSE | EXPECT_END);
    return false;
}

static bool without_id(struct parser *p) {
    size_t begin = p->s.at;

    if (lex_keyword(&p->s, STR("WITHOUT")) && lex_blanks(&p->s) &&
        lex_keyword(&p->s, STR("ID"))) {
        scan_space(&p->s);
        return true;
    }
    p->s.at = begin;
    return false;
}

/* None, one or, in a table, more. */
static void columns(struct parser *p, struct dql *q) {
    VEC(struct column) all = {0};
    size_t end = p->s.at;

    do {
        struct column c = {0};
        if (!column(p, &c))
            break;
        vec_push(&all, c);
        end = p->s.at;
    } while (q->kind == ANSWER_TABLE && comma(p));
    p->s.at = end;
    q->ncolumns = all.len;
    q->columns = vec_keep(p->arena, &all);
    vec_release(&all);
}

/* Of LIST: its expression is no column, so it has no AS. */
static void list_value(struct parser *p, struct dql *q) {
    size_t begin = p->s.at;
    struct column *c = arena_new(p->arena, struct column);

    c->expr = parser_expr(p);
    if (c->expr == NULL)
        return;
    c->name =
        without_line_breaks(p->arena, str_slice(p->s.text, begin, p->s.at));
    q->columns = c;
    q->ncolumns = 1;
}

static bool header(struct parser *p, struct dql *q) {
    static const struct {
        struct str word;
        enum answer_kind kind;
    } types[] = {
        {STR_INIT("TABLE"), ANSWER_TABLE},
        {STR_INIT("LIST"), ANSWER_LIST},
        {STR_INIT("TASK"), ANSWER_TASK},
        {STR_INIT("CALENDAR"), ANSWER_CALENDAR},
    };
    size_t i = 0;

    while (i < ARRAY_LEN(types) && !lex_keyword(&p->s, types[i].word))
        i++;
    if (i == ARRAY_LEN(types)) {
        parser_expect(p, EXPECT_TYPE);
        return false;
    }
    q->kind = types[i].kind;
    if (q->kind == ANSWER_TASK)
        return true;
    if (scan_end(&p->s) && q->kind != ANSWER_CALENDAR)
        return true;
    if (!lex_blanks(&p->s)) {
        parser_expect(p, scan_end(&p->s) ? EXPECT_EXPR : EXPECT_BLANK);
        return false;
    }
    if (q->kind != ANSWER_CALENDAR)
        q->without_id = without_id(p);
    if (q->kind == ANSWER_LIST)
        list_value(p, q);
    else
        columns(p, q);
    return q->kind != ANSWER_CALENDAR || q->ncolumns == 1;
}

static bool query(struct parser *p, struct dql *q) {
    static const struct source all = {.kind = SOURCE_ALL, .depth = 1};
    VEC(struct clause) clauses = {0};
    struct clause c;

    lex_blanks_or_comments(&p->s);
    if (!header(p, q))
        return false;
    lex_blanks_or_comments(&p->s);
    q->source = &all;
    for (bool first = true; clause(p, &c); first = false) {
        if (first && c.kind == CLAUSE_FROM)
            q->source = c.source;
        else
            vec_push(&clauses, c);
        lex_blanks_or_comments(&p->s);
    }
    q->nclauses = clauses.len;
    q->clauses = vec_keep(p->arena, &clauses);
    vec_release(&clauses);
    return scan_end(&p->s);
}

static struct parser parser_of(struct arena *a, struct str text,
                               const struct query_dates *dates) {
    return (struct parser){
        .s = {text, 0},
        .arena = a,
        .dates = dates,
        .dead_operator = STR_NONE,
        .dead_suffix = STR_NONE,
    };
}

static void release(struct parser *p) {
    vec_release(&p->items);
    vec_release(&p->names);
}

const struct dql *dql_parse(struct arena *a, struct str text,
                            const struct query_dates *dates,
                            struct parse_error *error) {
    struct parser p = parser_of(a, text, dates);
    struct dql *q = arena_new(a, struct dql);
    bool ok = query(&p, q) && !p.refused;

    q->uses_clock = p.uses_clock;
    if (!ok)
        parser_explain(&p, true, error);
    release(&p);
    return ok ? q : NULL;
}

const struct expr *expr_parse(struct arena *a, struct str text,
                              const struct query_dates *dates, bool *uses_clock,
                              struct parse_error *error) {
    struct parser p = parser_of(a, text, dates);
    const struct expr *x;

    scan_space(&p.s);
    x = parser_expr(&p);
    if (x != NULL) {
        scan_space(&p.s);
        parser_expect(&p, EXPECT_END);
    }
    if (p.refused || !scan_end(&p.s))
        x = NULL;
    *uses_clock = x != NULL && p.uses_clock;
    if (x == NULL)
        parser_explain(&p, false, error);
    release(&p);
    return x;
}

void text_place(struct str text, uint32_t at, uint32_t *line,
                uint32_t *column) {
    struct str before = str_slice(text, 0, at);
    size_t newline = str_rfind(before, '\n');
    size_t begin = newline == STR_NONE ? 0 : newline + 1;

    *line = 1;
    for (size_t i = 0; i < begin; i++)
        *line += text.p[i] == '\n';
    *column = (uint32_t)utf8_count(str_skip(before, begin)) + 1;
}
