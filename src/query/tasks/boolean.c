#include "query/tasks/instructions.h"

#include "base/utf16.h"
#include "base/vec.h"

/*
 * Boolean lines, in the plugin's own steps (spec/tasks.md §7): the line is cut at
 * what looks like an operator between delimiters, each piece that is none becomes
 * f1, f2, …, and the short line that is left is parsed.
 */

#define MAX_DEPTH 100 /* parentheses in each other */
#define MAX_LINES 8   /* boolean lines in each other */

#define HELP                                                                   \
    "\n\nFor help, see:\n    https://publish.obsidian.md/tasks/Queries/"       \
    "Combining+Filters"

struct pair {
    char open, close;
};
static const struct pair pairs[] = {
    {'(', ')'}, {'[', ']'}, {'{', '}'}, {'"', '"'}};

/* A sub-filter, f1 the first. */
struct sub {
    struct str text;
    struct filter *filter; /* NULL: not understood */
    struct str problem;
};

struct boolean {
    struct tasks_query *query;
    struct str line;
    struct pair pair;
    VEC(struct str) pieces;
    VEC(struct sub) subs;
    struct buf simplified;
    /* parsing it */
    struct str rest;
    struct str message;
    int depth;
};

static bool is_open(char c) {
    return c == '(' || c == '[' || c == '{' || c == '"';
}
static bool is_close(char c) {
    return c == ')' || c == ']' || c == '}' || c == '"';
}

/* --- is it one? --- */

static size_t skip_spaces(struct str s, size_t i) {
    while (i < s.len && ascii_space((unsigned char)s.p[i]))
        i++;
    return i;
}

/* AND, OR, XOR, NOT before an opening delimiter; or something between two
 * delimiters. */
static bool looks_boolean(struct str line) {
    static const struct str words[] = {STR_INIT("AND"), STR_INIT("OR"),
                                       STR_INIT("NOT")}; /* XOR ends in OR */
    size_t open = STR_NONE;

    for (size_t i = 0; i < line.len; i++) {
        if (open != STR_NONE && i > open + 1 && is_close(line.p[i]))
            return true;
        if (open == STR_NONE && is_open(line.p[i]))
            open = i;
        for (size_t k = 0; k < ARRAY_LEN(words); k++) {
            size_t end;
            if (!str_starts(str_skip(line, i), words[k]))
                continue;
            end = skip_spaces(line, i + words[k].len);
            if (end < line.len && is_open(line.p[end]))
                return true;
        }
    }
    return false;
}

/* What stands around everything. */
static bool find_pair(struct boolean *b) {
    size_t i = 0;

    while (i < b->line.len && ((b->line.p[i] >= 'A' && b->line.p[i] <= 'Z') ||
                               ascii_space((unsigned char)b->line.p[i])))
        i++;
    for (size_t k = 0; i < b->line.len && k < ARRAY_LEN(pairs); k++)
        if (b->line.p[i] == pairs[k].open &&
            b->line.p[b->line.len - 1] == pairs[k].close) {
            b->pair = pairs[k];
            return true;
        }
    return false;
}

/* --- cutting --- */

/* Length of AND, OR, AND NOT, OR NOT, XOR at the front of `s`, or 0. */
static size_t binary_len(struct str s) {
    size_t n = str_starts(s, STR("AND")) ? 3 : str_starts(s, STR("OR")) ? 2 : 0;
    size_t end = n;

    if (str_starts(s, STR("XOR")))
        return 3;
    while (n > 0 && end < s.len && s.p[end] == ' ')
        end++;
    return end > n && str_starts(str_skip(s, end), STR("NOT")) ? end + 3 : n;
}

/* Length of `CLOSE AND OPEN` at the front of `s`, or 0. */
static size_t between_len(const struct boolean *b, struct str s) {
    size_t i, n;

    if (s.len == 0 || s.p[0] != b->pair.close)
        return 0;
    i = skip_spaces(s, 1);
    n = binary_len(str_skip(s, i));
    if (n == 0)
        return 0;
    i = skip_spaces(s, i + n);
    return i < s.len && s.p[i] == b->pair.open ? i + 1 : 0;
}

/* Of `NOT OPEN`. */
static size_t not_len(const struct boolean *b, struct str s) {
    size_t i;

    if (!str_starts(s, STR("NOT")))
        return 0;
    i = skip_spaces(s, 3);
    return i < s.len && s.p[i] == b->pair.open ? i + 1 : 0;
}

static void add_piece(struct boolean *b, struct str s) {
    if (s.len > 0)
        vec_push(&b->pieces, s);
}

/* Leading opening and trailing closing delimiters are pieces of their own. */
static void cut_ends(struct boolean *b, struct str s) {
    size_t begin = 0, end;

    while (begin < s.len && (s.p[begin] == b->pair.open ||
                             ascii_space((unsigned char)s.p[begin])))
        begin++;
    end = s.len;
    while (end > begin && (s.p[end - 1] == b->pair.close ||
                           ascii_space((unsigned char)s.p[end - 1])))
        end--;
    add_piece(b, str_slice(s, 0, begin));
    add_piece(b, str_slice(s, begin, end));
    add_piece(b, str_skip(s, end));
}

typedef size_t separator_len(const struct boolean *b, struct str s);

static void cut(struct boolean *b, struct str s, separator_len *separator,
                void (*inner)(struct boolean *, struct str)) {
    size_t done = 0;

    for (size_t i = 0; i < s.len;) {
        size_t n = separator(b, str_skip(s, i));
        if (n == 0) {
            i++;
            continue;
        }
        if (i > done)
            inner(b, str_slice(s, done, i));
        inner(b, str_slice(s, i, i + n));
        done = i += n;
    }
    if (done < s.len)
        inner(b, str_skip(s, done));
}

static void cut_nots(struct boolean *b, struct str s) {
    cut(b, s, not_len, cut_ends);
}

/* --- the short line --- */

/* Only delimiters and blanks, or an operator with those around it. */
static bool is_structure(const struct boolean *b, struct str s) {
    size_t i = 0, n;

    while (i < s.len && (s.p[i] == b->pair.close || s.p[i] == b->pair.open ||
                         ascii_space((unsigned char)s.p[i])))
        i++;
    n = str_starts(str_skip(s, i), STR("NOT")) ? 3 : binary_len(str_skip(s, i));
    i += n;
    while (i < s.len && (s.p[i] == b->pair.close || s.p[i] == b->pair.open ||
                         ascii_space((unsigned char)s.p[i])))
        i++;
    return i == s.len;
}

static void add_sub(struct boolean *b, struct str text) {
    struct sub sub = {.text = text};

    sub.filter = filter_read(b->query, text, &sub.problem);
    vec_push(&b->subs, sub);
    buf_printf(&b->simplified, "f%zu", b->subs.len);
}

/* With a blank between a delimiter and an operator, and parentheses for all
 * delimiters but `"`. */
static void add_structure(struct boolean *b, struct str s) {
    struct buf *out = &b->simplified;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i], last = out->len > 0 ? out->p[out->len - 1] : ' ';
        bool upper = c >= 'A' && c <= 'Z';
        bool delimiter = c == b->pair.open || c == b->pair.close;

        if ((upper && (is_close(last) || is_open(last))) ||
            (delimiter && last >= 'A' && last <= 'Z'))
            buf_add_ch(out, ' ');
        if (c == b->pair.open && c != '"')
            c = '(';
        else if (c == b->pair.close && c != '"')
            c = ')';
        buf_add_ch(out, c);
    }
}

static void simplify(struct boolean *b) {
    cut(b, b->line, between_len, cut_nots);
    for (size_t i = 0; i < b->pieces.len; i++)
        if (is_structure(b, b->pieces.items[i]))
            add_structure(b, b->pieces.items[i]);
        else
            add_sub(b, b->pieces.items[i]);
}

/* --- parsing it --- */

enum token {
    TOKEN_END,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_XOR,
    TOKEN_NOT,
    TOKEN_NAME,
};

static struct filter *malformed(struct boolean *b, const char *what) {
    struct buf text = {0};

    if (b->message.len == 0) {
        buf_printf(&text,
                   "malformed boolean query -- %s (check the documentation for "
                   "guidelines)",
                   what);
        b->message = query_keep(b->query, &text);
    }
    return NULL;
}

/* The token at the front of the rest, and its length. `f3`, also between quotes:
 * TOKEN_NAME. */
static enum token peek(struct boolean *b, size_t *len) {
    static const struct {
        struct str word;
        enum token token;
    } words[] = {
        {STR_INIT("AND"), TOKEN_AND},
        {STR_INIT("OR"), TOKEN_OR},
        {STR_INIT("XOR"), TOKEN_XOR},
        {STR_INIT("NOT"), TOKEN_NOT},
    };
    size_t n = 0;

    b->rest = str_skip(b->rest, skip_spaces(b->rest, 0));
    *len = 1;
    if (b->rest.len == 0)
        return TOKEN_END;
    if (b->rest.p[0] == '(' || b->rest.p[0] == ')')
        return b->rest.p[0] == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
    while (n < b->rest.len && b->rest.p[n] != '(' && b->rest.p[n] != ')' &&
           !ascii_space((unsigned char)b->rest.p[n]))
        n++;
    *len = n;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(str_slice(b->rest, 0, n), words[i].word))
            return words[i].token;
    return TOKEN_NAME;
}

static struct filter *parse_or(struct boolean *b);

/* `f3` or `"f3"`; no sub-filter that failed, and no other word. */
static struct filter *parse_name(struct boolean *b, size_t len) {
    struct str name = str_slice(b->rest, 0, len);
    size_t n = 0;

    if (b->pair.open == '"') {
        if (len < 2 || name.p[0] != '"' || name.p[len - 1] != '"')
            return malformed(b, "Invalid token");
        name = str_slice(name, 1, len - 1);
    }
    if (name.len < 2 || name.p[0] != 'f')
        return malformed(b, "Invalid token");
    for (size_t i = 1; i < name.len; i++) {
        if (!ascii_digit((unsigned char)name.p[i]))
            return malformed(b, "Invalid token");
        n = n * 10 + (size_t)(name.p[i] - '0');
    }
    if (n == 0 || n > b->subs.len)
        return malformed(b, "Invalid token");
    b->rest = str_skip(b->rest, len);
    return b->subs.items[n - 1].filter;
}

static struct filter *operator_new(struct boolean *b, enum filter_kind kind,
                                   struct filter *left, struct filter *right) {
    struct filter *f = arena_new(b->query->scratch, struct filter);

    if (left == NULL || (right == NULL && kind != FILTER_NOT))
        return NULL;
    f->kind = kind;
    f->as.parts[0] = left;
    f->as.parts[1] = right;
    f->of_file = left->of_file && (right == NULL || right->of_file);
    f->runs_script = left->runs_script || (right != NULL && right->runs_script);
    return f;
}

static struct filter *parse_value(struct boolean *b) {
    size_t len;
    enum token t = peek(b, &len);
    struct filter *f;

    if (t == TOKEN_NOT) {
        b->rest = str_skip(b->rest, len);
        t = peek(b, &len);
        if (t != TOKEN_NAME && t != TOKEN_OPEN)
            return malformed(b, t == TOKEN_END ? "Unexpected end of expression"
                                               : "Invalid token");
        return operator_new(b, FILTER_NOT, parse_value(b), NULL);
    }
    if (t == TOKEN_NAME)
        return parse_name(b, len);
    if (t != TOKEN_OPEN || ++b->depth > MAX_DEPTH)
        return malformed(b, t == TOKEN_END ? "Unexpected end of expression"
                                           : "Invalid token");
    b->rest = str_skip(b->rest, len);
    f = parse_or(b);
    if (f == NULL)
        return NULL;
    t = peek(b, &len);
    if (t != TOKEN_CLOSE)
        return malformed(b, t == TOKEN_END ? "Unexpected end of expression"
                                           : "Invalid token");
    b->rest = str_skip(b->rest, len);
    b->depth--;
    return f;
}

/* One level of binary operators, from the left. */
static struct filter *parse_level(struct boolean *b, enum token token,
                                  enum filter_kind kind,
                                  struct filter *(*inner)(struct boolean *)) {
    struct filter *f = inner(b);
    size_t len;

    while (f != NULL && peek(b, &len) == token) {
        b->rest = str_skip(b->rest, len);
        f = operator_new(b, kind, f, inner(b));
    }
    return f;
}

static struct filter *parse_xor(struct boolean *b) {
    return parse_level(b, TOKEN_XOR, FILTER_XOR, parse_value);
}
static struct filter *parse_and(struct boolean *b) {
    return parse_level(b, TOKEN_AND, FILTER_AND, parse_xor);
}
static struct filter *parse_or(struct boolean *b) {
    return parse_level(b, TOKEN_OR, FILTER_OR, parse_and);
}

static struct filter *parse(struct boolean *b) {
    struct filter *f;
    size_t len;

    b->rest = buf_str(&b->simplified);
    f = parse_or(b);
    if (f != NULL && peek(b, &len) != TOKEN_END)
        return malformed(b, "Invalid token");
    return f;
}

/* --- errors --- */

static void add_indented(struct buf *out, struct str text, const char *indent) {
    struct str line;

    while (str_next_line(&text, &line)) {
        buf_printf(out, "\n%s", indent);
        buf_add_str(out, line);
    }
}

static struct str failure(struct boolean *b, bool split) {
    struct buf text = {0};

    buf_printf(&text,
               "Could not interpret the following instruction as a Boolean "
               "combination:\n    %.*s\n\nThe error message is:\n    %.*s",
               STR_ARG(b->line), STR_ARG(b->message));
    if (split) {
        buf_add_lit(&text, "\n\nThe instruction was converted to the following "
                           "simplified line:\n    ");
        buf_add_str(&text, buf_str(&b->simplified));
        buf_add_lit(&text, "\n\nWhere the sub-expressions in the simplified "
                           "line are:");
        for (size_t i = 0; i < b->subs.len; i++) {
            const struct sub *s = &b->subs.items[i];
            buf_printf(&text, "\n    'f%zu': '%.*s'\n        => %s", i + 1,
                       STR_ARG(s->text), s->filter != NULL ? "OK" : "ERROR:");
            if (s->filter == NULL)
                add_indented(&text,
                             s->problem.len > 0
                                 ? s->problem
                                 : STR("do not understand query"),
                             "           ");
        }
        buf_add_lit(&text, HELP);
    }
    return query_keep(b->query, &text);
}

/* The first sub-filter that is none, as a message. */
static bool find_bad(struct boolean *b) {
    for (size_t i = 0; i < b->subs.len; i++) {
        const struct sub *s = &b->subs.items[i];
        struct buf text = {0};

        if (s->filter != NULL)
            continue;
        buf_printf(&text, "couldn't parse sub-expression '%.*s'",
                   STR_ARG(s->text));
        if (s->problem.len > 0)
            buf_printf(&text, ": %.*s", STR_ARG(s->problem));
        b->message = query_keep(b->query, &text);
        return true;
    }
    return false;
}

struct filter *boolean_read(struct tasks_query *q, struct str line,
                            struct str *problem) {
    struct boolean b = {.query = q, .line = line};
    struct filter *f = NULL;

    if (!looks_boolean(line))
        return NULL;
    if (++q->boolean_depth > MAX_LINES) {
        *problem = STR("Boolean combinations are nested too deep");
    } else if (!find_pair(&b)) {
        b.message = STR("All filters in a Boolean instruction must be inside "
                        "one of these pairs of delimiter characters: (...) or "
                        "[...] or {...} or \"...\". Combinations of those "
                        "delimiters are no longer supported.");
        *problem = failure(&b, false);
    } else {
        simplify(&b);
        if (find_bad(&b) || (f = parse(&b)) == NULL)
            *problem = failure(&b, true);
    }
    q->boolean_depth--;
    vec_release(&b.pieces);
    vec_release(&b.subs);
    buf_release(&b.simplified);
    return f;
}
