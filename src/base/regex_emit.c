#include "base/regex_emit.h"

#include "base/vec.h"

struct emitter {
    struct arena *arena;
    struct regex_program *program;
    struct buf out;
    uint32_t last_unit; /* the largest character */
    uint32_t n_groups;  /* PCRE2's, so far */
};

static const char no_width[] =
    "look-behinds of no fixed length are not supported";

/* ---- numbers ----------------------------------------------------------------
 */

/* A loop of which empty rounds are refused. */
static bool needs_progress(const struct regex_node *node) {
    return node->as.repeat.body->kind != REGEX_LOOK &&
           node->as.repeat.min <= 1 &&
           node->as.repeat.max > node->as.repeat.min &&
           regex_may_be_empty(node->as.repeat.body);
}

/* No round is ever made: groups in it have no number. */
static bool is_dead(const struct regex_node *node) {
    return node->as.repeat.max == 0 ||
           (node->as.repeat.min == 0 &&
            node->as.repeat.body->kind == REGEX_LOOK);
}

/*
 * Gives groups and markers their numbers, in the order in which they will stand
 * in the pattern.  `loops` are those around the node, innermost first; those
 * from `unsetting` on can leave unset what is at this place.
 */
static void number(struct emitter *e, struct regex_node *node,
                   const struct regex_loop *loops,
                   const struct regex_loop *unsetting) {
    switch (node->kind) {
    case REGEX_GROUP:
        e->program->captures[node->as.group.number] =
            (struct regex_capture){++e->n_groups, unsetting};
        number(e, node->as.group.body, loops, unsetting);
        return;
    case REGEX_LOOK:
        if (node->as.look.behind) /* begins before the round: not to be told */
            loops = unsetting = NULL;
        number(e, node->as.look.body, loops, unsetting);
        return;
    case REGEX_REPEAT:
        if (is_dead(node))
            return;
        /* rounds that may be empty and set nothing need not be counted */
        if (!node->as.repeat.lazy && node->as.repeat.max == REGEX_NO_MAX &&
            regex_is_optional(node->as.repeat.body) &&
            !regex_has_group(node->as.repeat.body))
            node->as.repeat.min = 0;
        if (node->as.repeat.min == 0)
            unsetting = loops;
        if (needs_progress(node) && node->as.repeat.min > 0)
            node->as.repeat.entry = ++e->n_groups;
        if (needs_progress(node) ||
            (node->as.repeat.max > 1 &&
             node->as.repeat.body->kind != REGEX_LOOK &&
             regex_may_leave_unset(node->as.repeat.body))) {
            struct regex_loop *loop = arena_new(e->arena, struct regex_loop);

            loop->marker = node->as.repeat.marker = ++e->n_groups;
            loop->outer = loops;
            loops = loop;
        }
        number(e, node->as.repeat.body, loops, unsetting);
        return;
    case REGEX_SEQUENCE:
    case REGEX_CHOICE:
        if (node->kind == REGEX_CHOICE)
            unsetting = loops;
        for (struct regex_node *n = node->as.first; n; n = n->next)
            number(e, n, loops, unsetting);
        return;
    default:
        return;
    }
}

/* ---- text -------------------------------------------------------------------
 */

static void emit(struct emitter *e, const struct regex_node *node);

static void fail(struct emitter *e, const struct regex_node *node,
                 const char *message) {
    if (e->program->error == NULL) {
        e->program->error = message;
        e->program->error_at = node->at;
    }
}

static bool is_half(uint32_t code) {
    return code >= 0xD800 && code <= 0xDFFF;
}

static void emit_code(struct emitter *e, uint32_t code) {
    if (e->last_unit > 0xFFFF && is_half(code))
        buf_add_lit(&e->out, "(?!)"); /* not a character (regex.h) */
    else if (code < 0x80 && ascii_alnum((unsigned char)code))
        buf_add_ch(&e->out, (char)code);
    else if (code > 0x20 && code < 0x7F) {
        buf_add_ch(&e->out, '\\');
        buf_add_ch(&e->out, (char)code);
    } else
        buf_printf(&e->out, "\\x{%x}", code);
}

static void emit_range(struct emitter *e, uint32_t from, uint32_t to) {
    if (from > to)
        return;
    if (e->last_unit > 0xFFFF && from <= 0xDFFF && to >= 0xD800) {
        if (from < 0xD800)
            emit_range(e, from, 0xD7FF);
        if (to > 0xDFFF)
            emit_range(e, 0xE000, to);
        return;
    }
    buf_printf(&e->out, "\\x{%x}", from);
    if (to > from)
        buf_printf(&e->out, "-\\x{%x}", to);
}

static bool has_whole_character(const struct emitter *e,
                                const struct regex_node *set) {
    for (size_t i = 0; i < set->as.set.len; i++)
        if (e->last_unit <= 0xFFFF || set->as.set.ranges[i].from < 0xD800 ||
            set->as.set.ranges[i].to > 0xDFFF)
            return true;
    return false;
}

/* One that goes up to the last character as what it has not. */
static void emit_set(struct emitter *e, const struct regex_node *node) {
    const struct regex_range *ranges = node->as.set.ranges;
    size_t len = node->as.set.len;
    uint32_t next = 0;

    if (!has_whole_character(e, node)) {
        buf_add_lit(&e->out, "(?!)");
    } else if (ranges[len - 1].to != e->last_unit) {
        buf_add_ch(&e->out, '[');
        for (size_t i = 0; i < len; i++)
            emit_range(e, ranges[i].from, ranges[i].to);
        buf_add_ch(&e->out, ']');
    } else if (len == 1 && ranges[0].from == 0) {
        buf_add_ch(&e->out, '.'); /* PCRE2_DOTALL */
    } else {
        buf_add_lit(&e->out, "[^");
        for (size_t i = 0; i < len; i++) {
            if (ranges[i].from > next)
                emit_range(e, next, ranges[i].from - 1);
            next = ranges[i].to + 1;
        }
        buf_add_ch(&e->out, ']');
    }
}

/* A callout; none where there are too many. */
static bool emit_check(struct emitter *e, struct regex_check check) {
    struct regex_program *p = e->program;

    if (p->n_checks == REGEX_MAX_CHECKS)
        return false;
    p->checks[p->n_checks++] = check;
    buf_printf(&e->out, "(?C%zu)", p->n_checks);
    return true;
}

static void emit_reference(struct emitter *e, uint32_t group) {
    const struct regex_capture *capture = &e->program->captures[group];
    bool asks =
        capture->loops != NULL && e->program->n_checks + 2 <= REGEX_MAX_CHECKS;

    if (capture->number == 0)
        return;
    if (asks) {
        buf_add_lit(&e->out, "(?:");
        emit_check(e, (struct regex_check){REGEX_SET_NOW, group, 0, 0});
    }
    buf_printf(&e->out, "\\g{%u}", capture->number);
    if (asks) {
        buf_add_ch(&e->out, '|');
        emit_check(e, (struct regex_check){REGEX_UNSET_NOW, group, 0, 0});
        buf_add_ch(&e->out, ')');
    }
}

static void emit_quantifier(struct emitter *e, const struct regex_node *node) {
    uint32_t min = node->as.repeat.min, max = node->as.repeat.max;

    if (max == REGEX_NO_MAX && min <= 1)
        buf_add_ch(&e->out, min == 0 ? '*' : '+');
    else if (min == 0 && max == 1)
        buf_add_ch(&e->out, '?');
    else if (max == REGEX_NO_MAX)
        buf_printf(&e->out, "{%u,}", min);
    else
        buf_printf(&e->out, "{%u,%u}", min, max);
    if (node->as.repeat.lazy)
        buf_add_ch(&e->out, '?');
}

/* As part of a sequence. */
static void emit_wrapped(struct emitter *e, const struct regex_node *node) {
    bool wraps = node->kind == REGEX_CHOICE;

    buf_add_str(&e->out, wraps ? STR("(?:") : STR(""));
    emit(e, node);
    buf_add_str(&e->out, wraps ? STR(")") : STR(""));
}

static void emit_repeat(struct emitter *e, const struct regex_node *node) {
    const struct regex_node *body = node->as.repeat.body;

    if (is_dead(node))
        return;
    if (body->kind == REGEX_LOOK) {
        emit(e, body); /* rounds after the first are empty */
        return;
    }
    if (node->as.repeat.marker == 0 &&
        (body->kind == REGEX_CODE || body->kind == REGEX_SET ||
         body->kind == REGEX_GROUP)) {
        emit(e, body);
        emit_quantifier(e, node);
        return;
    }
    if (node->as.repeat.entry != 0)
        buf_add_lit(&e->out, "()");
    buf_add_lit(&e->out, "(?:");
    if (node->as.repeat.marker != 0)
        buf_add_lit(&e->out, "()");
    emit_wrapped(e, body);
    if (needs_progress(node))
        emit_check(e, (struct regex_check){REGEX_PROGRESS, 0,
                                           node->as.repeat.marker,
                                           node->as.repeat.entry});
    buf_add_ch(&e->out, ')');
    emit_quantifier(e, node);
}

/* ---- look-behind ------------------------------------------------------------
 *
 * PCRE2 wants each alternative at its top to have a length.  What has several
 * is written out as alternatives, where there are not too many of them.
 */

#define MAX_ALTERNATIVES 200

struct texts {
    VEC(struct str) list;
};

static struct texts expand(struct emitter *e, const struct regex_node *node);

static struct str emitted(struct emitter *e, const struct regex_node *node) {
    struct buf outer = e->out;
    struct str s;

    e->out = (struct buf){0};
    emit(e, node);
    s = arena_str(e->arena, buf_str(&e->out));
    buf_release(&e->out);
    e->out = outer;
    return s;
}

/* Each of `left` followed by each of `right`; left becomes them. */
static void multiply(struct emitter *e, const struct regex_node *node,
                     struct texts *left, const struct texts *right) {
    struct texts product = {0};
    struct buf text = {0};

    if (left->list.len * right->list.len > MAX_ALTERNATIVES)
        fail(e, node, no_width);
    else
        for (size_t i = 0; i < left->list.len * right->list.len; i++) {
            buf_reset(&text);
            buf_add_str(&text, left->list.items[i / right->list.len]);
            buf_add_str(&text, right->list.items[i % right->list.len]);
            if (text.len > REGEX_MAX_WIDTH * 10)
                fail(e, node, no_width);
            vec_push(&product.list, arena_str(e->arena, buf_str(&text)));
        }
    vec_release(&left->list);
    buf_release(&text);
    *left = product;
}

static void append(struct emitter *e, const struct regex_node *node,
                   struct texts *all, const struct texts *more) {
    if (all->list.len + more->list.len > MAX_ALTERNATIVES)
        fail(e, node, no_width);
    else
        for (size_t i = 0; i < more->list.len; i++)
            vec_push(&all->list, more->list.items[i]);
}

static void expand_repeat(struct emitter *e, const struct regex_node *node,
                          struct texts *all) {
    struct texts body = expand(e, node->as.repeat.body), rounds = {0};

    vec_push(&rounds.list, STR(""));
    for (uint32_t i = 0; i <= node->as.repeat.max; i++) {
        if (i >= node->as.repeat.min)
            append(e, node, all, &rounds);
        if (e->program->error != NULL)
            break;
        if (i < node->as.repeat.max)
            multiply(e, node, &rounds, &body);
    }
    vec_release(&body.list);
    vec_release(&rounds.list);
}

/* Alternatives of one length each that together match what `node` matches. */
static struct texts expand(struct emitter *e, const struct regex_node *node) {
    struct regex_width w = regex_width(node);
    struct texts all = {0}, more;

    if (e->program->error != NULL)
        return all;
    if (w.min == w.max) {
        struct str s = emitted(e, node);

        if (node->kind == REGEX_CHOICE) {
            struct buf wrapped = {0};

            buf_printf(&wrapped, "(?:%.*s)", STR_ARG(s));
            s = arena_str(e->arena, buf_str(&wrapped));
            buf_release(&wrapped);
        }
        vec_push(&all.list, s);
        return all;
    }
    if (w.max > REGEX_MAX_WIDTH ||
        (regex_has_group(node) && node->kind != REGEX_CHOICE)) {
        fail(e, node, no_width);
        return all;
    }
    switch (node->kind) {
    case REGEX_CHOICE:
        for (const struct regex_node *n = node->as.first; n; n = n->next) {
            more = expand(e, n);
            append(e, node, &all, &more);
            vec_release(&more.list);
        }
        break;
    case REGEX_SEQUENCE:
        vec_push(&all.list, STR(""));
        for (const struct regex_node *n = node->as.first;
             n != NULL && e->program->error == NULL; n = n->next) {
            more = expand(e, n);
            multiply(e, node, &all, &more);
            vec_release(&more.list);
        }
        break;
    case REGEX_REPEAT:
        expand_repeat(e, node, &all);
        break;
    default:
        fail(e, node, no_width);
        break;
    }
    return all;
}

static void emit_look(struct emitter *e, const struct regex_node *node) {
    buf_add_str(&e->out, node->as.look.behind ? STR("(?<") : STR("(?"));
    buf_add_ch(&e->out, node->as.look.negated ? '!' : '=');
    if (node->as.look.behind) {
        struct texts all = expand(e, node->as.look.body);

        for (size_t i = 0; i < all.list.len; i++) {
            if (i > 0)
                buf_add_ch(&e->out, '|');
            buf_add_str(&e->out, all.list.items[i]);
        }
        vec_release(&all.list);
    } else {
        emit(e, node->as.look.body);
    }
    buf_add_ch(&e->out, ')');
}

static void emit(struct emitter *e, const struct regex_node *node) {
    switch (node->kind) {
    case REGEX_EMPTY:
        break;
    case REGEX_CODE:
        emit_code(e, node->as.code);
        break;
    case REGEX_SET:
        emit_set(e, node);
        break;
    case REGEX_TEXT_START:
        buf_add_lit(&e->out, "\\A");
        break;
    case REGEX_TEXT_END:
        buf_add_lit(&e->out, "\\z");
        break;
    case REGEX_LINE_START:
        buf_add_lit(&e->out, "(?<![^\\n\\r\\x{2028}\\x{2029}])");
        break;
    case REGEX_LINE_END:
        buf_add_lit(&e->out, "(?![^\\n\\r\\x{2028}\\x{2029}])");
        break;
    case REGEX_WORD_EDGE:
        buf_add_lit(&e->out, "\\b");
        break;
    case REGEX_NO_WORD_EDGE:
        buf_add_lit(&e->out, "\\B");
        break;
    case REGEX_SEQUENCE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            emit_wrapped(e, n);
        break;
    case REGEX_CHOICE:
        for (const struct regex_node *n = node->as.first; n; n = n->next) {
            emit(e, n);
            if (n->next != NULL)
                buf_add_ch(&e->out, '|');
        }
        break;
    case REGEX_GROUP:
        buf_add_ch(&e->out, '(');
        emit(e, node->as.group.body);
        buf_add_ch(&e->out, ')');
        break;
    case REGEX_LOOK:
        emit_look(e, node);
        break;
    case REGEX_REPEAT:
        emit_repeat(e, node);
        break;
    case REGEX_REFERENCE:
        emit_reference(e, node->as.reference);
        break;
    }
}

struct regex_program *regex_emit(struct arena *a, struct regex_tree *tree,
                                 enum regex_flags flags) {
    struct emitter e = {.arena = a};
    bool full = (flags & (REGEX_UNICODE | REGEX_UNICODE_SETS)) != 0;

    e.last_unit = full ? 0x10FFFF : 0xFFFF;
    e.program = arena_new(a, struct regex_program);
    e.program->captures =
        arena_array(a, struct regex_capture, tree->n_groups + 1);
    number(&e, tree->root, NULL, NULL);
    emit(&e, tree->root);
    e.program->pattern = arena_str(a, buf_str(&e.out));
    buf_release(&e.out);
    return e.program;
}
