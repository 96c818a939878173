#include "base/regex_parse.h"

#include <unicode/uchar.h>

#include "base/regex_class.h"
#include "base/unicode.h"
#include "base/vec.h"

/* A name that \k used before its group was seen. */
struct use {
    struct str name;
    size_t at;
};

struct parser {
    struct regex_reader r;
    struct arena *arena;
    uint32_t n_groups, total; /* seen so far; of the whole pattern */
    bool *closed;             /* by number of the group */
    int behind;               /* look-behinds that are open */
    VEC(struct regex_name) names;
    VEC(struct use) uses;
};

static const char nothing_to_repeat[] = "nothing to repeat";

static struct regex_node *parse_choice(struct parser *p);

static struct regex_node *new_node(struct parser *p, enum regex_node_kind kind,
                                   size_t at) {
    struct regex_node *node = arena_new(p->arena, struct regex_node);

    node->kind = kind;
    node->at = at;
    return node;
}

static struct regex_node *new_code(struct parser *p, size_t at, uint32_t code) {
    struct regex_node *node = new_node(p, REGEX_CODE, at);

    node->as.code = regex_fold_code(regex_fold_of(p->r.flags), code);
    return node;
}

static struct regex_node *new_set(struct parser *p, size_t at,
                                  const USet *set) {
    struct regex_node *node = new_node(p, REGEX_SET, at);
    int32_t n = uset_getItemCount(set);
    struct regex_range *ranges =
        arena_array(p->arena, struct regex_range, (size_t)n + 1);

    for (int32_t i = 0; i < n; i++) {
        UErrorCode status = U_ZERO_ERROR;
        UChar32 from, to;

        if (uset_getItem(set, i, &from, &to, NULL, 0, &status) != 0)
            break; /* texts follow: there are none */
        ranges[node->as.set.len++] =
            (struct regex_range){(uint32_t)from, (uint32_t)to};
    }
    node->as.set.ranges = ranges;
    return node;
}

/* ---- groups, before all else ------------------------------------------------
 */

/* Counts the groups: \1 and \k mean another thing where there are none. */
static void count_groups(struct parser *p) {
    struct utf16 u = p->r.pattern;
    bool nest = (p->r.flags & REGEX_UNICODE_SETS) != 0;
    size_t classes = 0;

    for (size_t i = 0; i < u.len; i++) {
        if (u.p[i] == '\\') {
            i++;
        } else if (u.p[i] == '[') {
            classes = nest ? classes + 1 : 1;
        } else if (u.p[i] == ']' && classes > 0) {
            classes--;
        } else if (u.p[i] == '(' && classes == 0) {
            if (i + 1 < u.len && u.p[i + 1] == '?') {
                if (i + 2 >= u.len || u.p[i + 2] != '<' ||
                    (i + 3 < u.len && (u.p[i + 3] == '=' || u.p[i + 3] == '!')))
                    continue;
                p->r.named = true;
            }
            p->total++;
        }
    }
}

static bool may_be_in_name(uint32_t code, bool first) {
    if (code == '$' || code == '_')
        return true;
    if (first)
        return u_hasBinaryProperty((UChar32)code, UCHAR_ID_START);
    return code == 0x200C || code == 0x200D ||
           u_hasBinaryProperty((UChar32)code, UCHAR_ID_CONTINUE);
}

/* `name>` behind a `<`; in names pairs are one character with any flags. */
static struct str read_name(struct parser *p) {
    struct regex_reader *r = &p->r;
    struct buf name = {0};
    size_t start = r->at;
    struct str kept;

    while (!regex_take(r, '>')) {
        uint32_t code;
        int32_t next;

        if (regex_peek(r, 0) < 0) {
            regex_fail(r, start, "the name of a group is not closed");
            break;
        }
        code = r->pattern.p[r->at++];
        next = regex_peek(r, 0);
        if (utf16_is_high(code) && next >= 0 && utf16_is_low((uint32_t)next)) {
            code = utf16_pair(code, (uint32_t)next);
            r->at++;
        } else if (code == '\\' &&
                   (!regex_take(r, 'u') || !regex_escape_u(r, true, &code))) {
            code = 0;
        }
        if (!may_be_in_name(code, name.len == 0)) {
            regex_fail(r, start, "no name for a group");
            break;
        }
        utf8_encode(&name, code);
    }
    if (name.len == 0)
        regex_fail(r, start, "no name for a group");
    kept = arena_str(p->arena, buf_str(&name));
    buf_release(&name);
    return kept;
}

static const struct regex_name *find_name(const struct parser *p,
                                          struct str name) {
    for (size_t i = 0; i < p->names.len; i++)
        if (str_eq(p->names.items[i].name, name))
            return &p->names.items[i];
    return NULL;
}

static void check_uses(struct parser *p) {
    for (size_t i = 0; i < p->uses.len; i++)
        if (find_name(p, p->uses.items[i].name) == NULL)
            regex_fail(&p->r, p->uses.items[i].at, "no group of that name");
}

/* ---- groups -----------------------------------------------------------------
 */

/* The rest of a group, up to its `)`. */
static struct regex_node *parse_body(struct parser *p, size_t start) {
    struct regex_node *body;

    if (++p->r.depth > REGEX_MAX_DEPTH) {
        regex_fail(&p->r, start, "nested too deeply");
        body = new_node(p, REGEX_EMPTY, start);
    } else {
        body = parse_choice(p);
    }
    p->r.depth--;
    if (!regex_take(&p->r, ')'))
        regex_fail(&p->r, start, "the group is not closed");
    return body;
}

static struct regex_node *parse_capture(struct parser *p, size_t start,
                                        bool named) {
    struct regex_node *node = new_node(p, REGEX_GROUP, start);
    uint32_t number = ++p->n_groups;

    node->as.group.number = number;
    if (named) {
        struct str name = read_name(p);

        if (find_name(p, name) != NULL)
            regex_fail(&p->r, start, "two groups of one name");
        vec_push(&p->names, ((struct regex_name){name, number}));
    }
    node->as.group.body = parse_body(p, start);
    p->closed[number] = true;
    return node;
}

static struct regex_node *parse_look(struct parser *p, size_t start,
                                     bool behind) {
    struct regex_node *node = new_node(p, REGEX_LOOK, start);

    node->as.look.behind = behind;
    node->as.look.negated = p->r.pattern.p[p->r.at++] == '!';
    p->behind += behind;
    node->as.look.body = parse_body(p, start);
    p->behind -= behind;
    return node;
}

/* Behind a `(`. */
static struct regex_node *parse_group(struct parser *p, size_t start) {
    struct regex_reader *r = &p->r;
    int32_t c;

    if (!regex_take(r, '?'))
        return parse_capture(p, start, false);
    c = regex_peek(r, 0);
    if (c == '=' || c == '!')
        return parse_look(p, start, false);
    if (regex_take(r, ':'))
        return parse_body(p, start);
    if (regex_take(r, '<')) {
        c = regex_peek(r, 0);
        return c == '=' || c == '!' ? parse_look(p, start, true)
                                    : parse_capture(p, start, true);
    }
    regex_fail(r, start, "no such kind of group");
    return new_node(p, REGEX_EMPTY, start);
}

/* ---- escapes ----------------------------------------------------------------
 */

/*
 * A reference to a group that is not closed yet finds it unset, in whatever
 * round of a loop it stands (each round begins with its groups unset), and so
 * matches nothing.  In a look-behind, which JavaScript matches from right to
 * left, it is the other way round; PCRE2 allows no reference there.
 */
static struct regex_node *new_reference(struct parser *p, size_t at,
                                        uint32_t number) {
    struct regex_node *node;

    if (p->behind > 0)
        regex_fail(&p->r, at, "references in look-behinds are not supported");
    if (!p->closed[number])
        return new_node(p, REGEX_EMPTY, at);
    node = new_node(p, REGEX_REFERENCE, at);
    node->as.reference = number;
    return node;
}

static struct regex_node *parse_named_reference(struct parser *p, size_t at) {
    const struct regex_name *found;
    struct str name;

    if (!regex_take(&p->r, '<')) {
        regex_fail(&p->r, at, "\\k needs <the name of a group>");
        return new_node(p, REGEX_EMPTY, at);
    }
    name = read_name(p);
    found = find_name(p, name);
    if (found != NULL)
        return new_reference(p, at, found->group);
    vec_push(&p->uses, ((struct use){name, at}));
    if (p->behind > 0)
        regex_fail(&p->r, at, "references in look-behinds are not supported");
    return new_node(p, REGEX_EMPTY, at);
}

/* A number that is no group's is octal, or the digit itself (Annex B). */
static struct regex_node *parse_numbered_reference(struct parser *p,
                                                   size_t at) {
    struct regex_reader *r = &p->r;
    size_t begin = r->at;
    uint32_t number = 0;

    for (int32_t c; (c = regex_peek(r, 0)) >= '0' && c <= '9'; r->at++)
        if (number <= REGEX_MAX_GROUPS)
            number = number * 10 + (uint32_t)(c - '0');
    if (number <= p->total)
        return new_reference(p, at, number);
    r->at = begin;
    return new_code(p, at, regex_escape_code(r, false));
}

/* Behind a backslash. */
static struct regex_node *parse_escape(struct parser *p, size_t at) {
    struct regex_reader *r = &p->r;
    struct regex_node *node = NULL;
    int32_t c = regex_peek(r, 0);
    USet *set;

    if (regex_take(r, 'b'))
        return new_node(p, REGEX_WORD_EDGE, at);
    if (regex_take(r, 'B'))
        return new_node(p, REGEX_NO_WORD_EDGE, at);
    if (c >= '1' && c <= '9')
        return parse_numbered_reference(p, at);
    if (c == 'k' && (r->named || regex_full_unicode(r))) {
        r->at++;
        return parse_named_reference(p, at);
    }
    set = uset_openEmpty();
    if (regex_escape_set(r, set)) {
        regex_set_finish(r, set);
        node = new_set(p, at, set);
    }
    uset_close(set);
    return node != NULL ? node : new_code(p, at, regex_escape_code(r, false));
}

/* ---- terms ------------------------------------------------------------------
 */

static struct regex_node *parse_class(struct parser *p, size_t at) {
    USet *set = uset_openEmpty();
    struct regex_node *node;

    regex_class_read(&p->r, set);
    node = new_set(p, at, set);
    uset_close(set);
    return node;
}

/* What `.` matches: all, or all but the line ends. */
static struct regex_node *new_dot(struct parser *p, size_t at) {
    USet *set = uset_openEmpty();
    struct regex_node *node;

    if (!(p->r.flags & REGEX_DOT_ALL)) {
        uset_add(set, '\n');
        uset_add(set, '\r');
        uset_addRange(set, 0x2028, 0x2029);
    }
    regex_set_complement(&p->r, set);
    node = new_set(p, at, set);
    uset_close(set);
    return node;
}

static bool read_number(const struct regex_reader *r, size_t *n,
                        uint32_t *value) {
    size_t begin = *n;

    *value = 0;
    for (int32_t c; (c = regex_peek(r, *n)) >= '0' && c <= '9'; (*n)++)
        if (*value <= REGEX_MAX_REPEAT)
            *value = *value * 10 + (uint32_t)(c - '0');
    return *n > begin;
}

/* `{n}`, `{n,}` or `{n,m}`: its length, else 0. */
static size_t braces(const struct regex_reader *r, uint32_t *min,
                     uint32_t *max) {
    size_t n = 1;

    if (regex_peek(r, 0) != '{' || !read_number(r, &n, min))
        return 0;
    *max = *min;
    if (regex_peek(r, n) == ',') {
        n++;
        if (!read_number(r, &n, max))
            *max = REGEX_NO_MAX;
    }
    return regex_peek(r, n) == '}' ? n + 1 : 0;
}

/* Reads `*`, `+`, `?` or braces, if they are there. */
static bool take_quantifier(struct regex_reader *r, uint32_t *min,
                            uint32_t *max) {
    size_t at = r->at, len;

    *min = 0;
    *max = REGEX_NO_MAX;
    if (regex_take(r, '*'))
        return true;
    if (regex_take(r, '+')) {
        *min = 1;
        return true;
    }
    if (regex_take(r, '?')) {
        *max = 1;
        return true;
    }
    len = braces(r, min, max);
    r->at += len;
    if (len == 0)
        return false;
    if (*min > *max)
        regex_fail(r, at, "a range of repetitions out of order");
    if (*min > REGEX_MAX_REPEAT)
        regex_fail(r, at, "too many repetitions");
    if (*max > REGEX_MAX_REPEAT)
        *max = REGEX_NO_MAX;
    return true;
}

static struct regex_node *parse_atom(struct parser *p) {
    struct regex_reader *r = &p->r;
    size_t at = r->at;
    uint32_t min, max, code = regex_take_code(r);

    switch (code) {
    case '^':
        return new_node(
            p, r->flags & REGEX_MULTILINE ? REGEX_LINE_START : REGEX_TEXT_START,
            at);
    case '$':
        return new_node(
            p, r->flags & REGEX_MULTILINE ? REGEX_LINE_END : REGEX_TEXT_END,
            at);
    case '(':
        return parse_group(p, at);
    case '.':
        return new_dot(p, at);
    case '[':
        return parse_class(p, at);
    case '\\':
        return parse_escape(p, at);
    case '*':
    case '+':
    case '?':
        regex_fail(r, at, nothing_to_repeat);
        break;
    case '{':
        r->at = at;
        if (braces(r, &min, &max) > 0)
            regex_fail(r, at, nothing_to_repeat);
        r->at = at + 1;
        /* fall through */
    case '}':
    case ']':
        if (regex_full_unicode(r))
            regex_fail(r, at, "this bracket needs a backslash");
        break;
    default:
        break;
    }
    return new_code(p, at, code);
}

static bool may_be_repeated(const struct parser *p,
                            const struct regex_node *node) {
    switch (node->kind) {
    case REGEX_TEXT_START:
    case REGEX_TEXT_END:
    case REGEX_LINE_START:
    case REGEX_LINE_END:
    case REGEX_WORD_EDGE:
    case REGEX_NO_WORD_EDGE:
        return false;
    case REGEX_LOOK:
        return !node->as.look.behind && !regex_full_unicode(&p->r);
    default:
        return true;
    }
}

static struct regex_node *parse_term(struct parser *p) {
    size_t at = p->r.at;
    bool grouped = p->r.pattern.p[at] == '(';
    struct regex_node *node = parse_atom(p), *repeat;
    uint32_t min, max;

    /* (?:^)* may, ^* may not; (?=a)* has its own rule, and no (?:) around it */
    if (p->r.error != NULL ||
        (!may_be_repeated(p, node) && !(grouped && node->at != at)) ||
        !take_quantifier(&p->r, &min, &max))
        return node;
    repeat = new_node(p, REGEX_REPEAT, at);
    repeat->as.repeat.body = node;
    repeat->as.repeat.min = min;
    repeat->as.repeat.max = max;
    repeat->as.repeat.lazy = regex_take(&p->r, '?');
    return repeat;
}

static struct regex_node *parse_sequence(struct parser *p) {
    struct regex_node *first = NULL, **end = &first, *node;
    size_t at = p->r.at;

    while (p->r.error == NULL && regex_peek(&p->r, 0) >= 0 &&
           regex_peek(&p->r, 0) != '|' && regex_peek(&p->r, 0) != ')') {
        *end = parse_term(p);
        end = &(*end)->next;
    }
    if (first == NULL)
        return new_node(p, REGEX_EMPTY, at);
    if (first->next == NULL)
        return first;
    node = new_node(p, REGEX_SEQUENCE, at);
    node->as.first = first;
    return node;
}

static struct regex_node *parse_choice(struct parser *p) {
    size_t at = p->r.at;
    struct regex_node *first = parse_sequence(p), **end = &first->next, *node;

    if (regex_peek(&p->r, 0) != '|')
        return first;
    while (p->r.error == NULL && regex_take(&p->r, '|')) {
        *end = parse_sequence(p);
        end = &(*end)->next;
    }
    node = new_node(p, REGEX_CHOICE, at);
    node->as.first = first;
    return node;
}

struct regex_tree regex_parse(struct arena *a, struct utf16 pattern,
                              enum regex_flags flags) {
    struct parser p = {.r = {.pattern = pattern, .flags = flags}, .arena = a};
    struct regex_tree tree = {0};

    count_groups(&p);
    if (pattern.len > REGEX_MAX_PATTERN || p.total > REGEX_MAX_GROUPS) {
        tree.error = "the pattern is too large";
        return tree;
    }
    p.closed = arena_array(a, bool, p.total + 1);
    tree.root = parse_choice(&p);
    if (regex_peek(&p.r, 0) >= 0)
        regex_fail(&p.r, p.r.at, "a ) without its (");
    check_uses(&p);
    tree.n_groups = p.n_groups;
    tree.n_names = p.names.len;
    tree.names = vec_keep(a, &p.names);
    tree.error = p.r.error;
    tree.error_at = p.r.error_at;
    vec_release(&p.names);
    vec_release(&p.uses);
    return tree;
}
