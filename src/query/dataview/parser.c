#include "query/dataview/parser.h"

void parser_expect(struct parser *p, unsigned expected) {
    if (p->refused || p->s.at < p->furthest)
        return;
    if (p->s.at > p->furthest)
        p->expected = 0;
    p->furthest = p->s.at;
    p->expected |= expected;
}

bool parser_refuse(struct parser *p) {
    if (!p->refused)
        p->furthest = p->s.at;
    p->refused = true;
    return false;
}

bool parser_enter(struct parser *p) {
    if (p->nesting == TREE_MAX_DEPTH)
        return parser_refuse(p);
    p->nesting++;
    return true;
}

/* x, ending here, above trees that are `below` levels deep. */
const struct expr *parser_made(struct parser *p, size_t begin, uint32_t below,
                               struct expr x) {
    struct expr *kept;

    if (below >= TREE_MAX_DEPTH) {
        parser_refuse(p);
        return NULL;
    }
    x.depth = below + 1;
    x.at = (struct span){(uint32_t)begin, (uint32_t)p->s.at};
    kept = arena_alloc(p->arena, sizeof *kept, alignof(struct expr));
    *kept = x;
    return kept;
}

const struct expr *parser_literal(struct parser *p, size_t begin,
                                  const struct value *v) {
    return parser_made(p, begin, 0,
                       (struct expr){.kind = EXPR_VALUE, .as.value = v});
}

/* The items above `mark`, which are taken off. */
const struct expr *const *parser_items(struct parser *p, size_t mark,
                                       size_t *n) {
    *n = p->items.len - mark;
    p->items.len = mark;
    if (*n == 0)
        return NULL;
    return vec_copy(p->arena, p->items.items + mark, *n,
                    sizeof *p->items.items);
}

struct str *parser_names(struct parser *p, size_t mark, size_t *n) {
    *n = p->names.len - mark;
    p->names.len = mark;
    if (*n == 0)
        return NULL;
    return vec_copy(p->arena, p->names.items + mark, *n,
                    sizeof *p->names.items);
}

bool parser_item(struct parser *p, uint32_t *depth) {
    const struct expr *x = parser_expr(p);

    if (x == NULL)
        return false;
    vec_push(&p->items, x);
    *depth = parser_deeper(*depth, x);
    return true;
}

/* None, one or more of them, with commas between, behind an open bracket. */
void parser_series(struct parser *p, parser_one *one, uint32_t *depth) {
    scan_space(&p->s);
    if (!one(p, depth))
        return;
    for (;;) {
        size_t end = p->s.at;
        scan_space(&p->s);
        bool more = scan_byte(&p->s, ',');
        scan_space(&p->s);
        if (!more || !one(p, depth)) {
            p->s.at = end;
            break;
        }
    }
    scan_space(&p->s);
}

/* `close`, behind blanks; `expected` is what it is. */
bool parser_closed(struct parser *p, char close, unsigned expected) {
    scan_space(&p->s);
    if (scan_byte(&p->s, close))
        return true;
    parser_expect(p, expected);
    return false;
}
