/*
 * Functions of patterns: ECMAScript's regular expressions without flag `u`.
 */
#include "base/regex.h"
#include "base/utf16.h"
#include "base/vec.h"
#include "query/dataview/fn.h"

/* Matching costs this much anyway, and then a step of evaluating for so many of
 * its own. */
#define SEARCH_WORK 20
#define MATCH_STEPS_AT_ONCE 2

/* The matches of one pattern in one text. */
struct matching {
    struct eval *e;
    const struct regex *regex;
    struct utf16 text;
    size_t ngroups;
    struct regex_span *groups; /* of the match found last */
    struct regex_search search;
    uint64_t steps; /* that were left after the search before */
};

/* False with the error set; else to be ended. */
static bool matching_begin(struct matching *m, struct eval *e,
                           struct str pattern, struct str flags,
                           struct str text, const char *what) {
    *m =
        (struct matching){.e = e, .regex = eval_regex(e, pattern, flags, what)};
    if (m->regex == NULL || !fn_spend_text(e, text.len, 1))
        return false;
    m->text = utf16_from_str(eval_arena(e), text);
    m->ngroups = regex_groups(m->regex);
    m->groups = arena_array(eval_arena(e), struct regex_span, m->ngroups);
    regex_search_begin(&m->search, m->regex, m->text);
    regex_search_count(&m->search);
    m->steps = m->search.steps;
    return true;
}

static void matching_end(struct matching *m) {
    regex_search_end(&m->search);
}

/* The first match from unit `from` on; false also where the work is too much:
 * then the error is set. */
static bool matching_next(struct matching *m, size_t from) {
    enum regex_outcome outcome =
        regex_search_next(&m->search, from, false, m->groups);
    uint64_t steps = m->steps - m->search.steps;

    m->steps = m->search.steps;
    if (!eval_spend(m->e, SEARCH_WORK + (size_t)steps / MATCH_STEPS_AT_ONCE))
        return false;
    if (outcome == REGEX_LIMIT) /* it would for the next row too */
        eval_stop(m->e, STR("a pattern takes too many steps to match"));
    return outcome == REGEX_MATCH;
}

static const struct value *matches(struct eval *e, struct str pattern,
                                   struct str text, const char *what) {
    struct matching m;
    bool found;

    if (!matching_begin(&m, e, pattern, STR(""), text, what))
        return NULL;
    found = matching_next(&m, 0);
    matching_end(&m);
    return eval_failed(e) ? NULL : value_of_bool(found);
}

const struct value *fn_regextest(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_false;
    if (!fn_are(args, nargs, "ss"))
        return NULL;
    return matches(e, args[0]->as.text, args[1]->as.text, "regextest");
}

/* A pattern without an anchor at either end gets both, but no group: `a|b`
 * becomes `^a|b$`. As in the plugin. */
static struct str whole_pattern(struct eval *e, struct str pattern) {
    struct buf whole = {0};
    struct str s;

    if (str_starts(pattern, STR("^")) || str_ends(pattern, STR("$")))
        return pattern;
    buf_add_ch(&whole, '^');
    buf_add_str(&whole, pattern);
    buf_add_ch(&whole, '$');
    s = arena_str(eval_arena(e), buf_str(&whole));
    buf_release(&whole);
    return s;
}

const struct value *fn_regexmatch(struct eval *e,
                                  const struct value *const *args,
                                  size_t nargs) {
    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_false;
    if (!fn_are(args, nargs, "ss") ||
        !fn_spend_text(e, args[0]->as.text.len, 1))
        return NULL;
    return matches(e, whole_pattern(e, args[0]->as.text), args[1]->as.text,
                   "regexmatch");
}

/* --- replacing --- */

/* Appends units [from, to) of the text; nothing where no work is left. */
static void add_units(struct matching *m, struct buf *out, size_t from,
                      size_t to) {
    size_t at = out->len;

    if (from >= to || !fn_spend_text(m->e, to - from, 2))
        return;
    utf16_add(out, (struct utf16){m->text.p + from, to - from});
    utf16_mend(out, at);
}

static void add_group(struct matching *m, struct buf *out, size_t group) {
    struct regex_span span = m->groups[group];

    if (span.from != STR_NONE)
        add_units(m, out, span.from, span.to);
}

static size_t digit_at(struct str s, size_t at) {
    return at < s.len && ascii_digit((unsigned char)s.p[at])
               ? (size_t)(s.p[at] - '0')
               : STR_NONE;
}

/* `$1`, `$12` at `at`, behind the `$`: two digits where there is such a group,
 * else one. Length of the digits, 0 where no group is meant. */
static size_t group_number(const struct matching *m, struct str by, size_t at,
                           size_t *group) {
    size_t first = digit_at(by, at), second = digit_at(by, at + 1);

    if (first == STR_NONE)
        return 0;
    *group = second == STR_NONE ? 0 : first * 10 + second;
    if (*group > 0 && *group < m->ngroups)
        return 2;
    *group = first;
    return first > 0 && first < m->ngroups ? 1 : 0;
}

/* `<name>` behind the `$`, in a pattern that has names. */
static size_t add_named(struct matching *m, struct buf *out, struct str by,
                        size_t at) {
    size_t close = str_find_str(by, STR(">"), at);
    size_t group;

    if (!regex_has_names(m->regex) || close == STR_NONE)
        return 0;
    group = regex_group_named(m->regex, str_slice(by, at + 1, close));
    if (group > 0)
        add_group(m, out, group);
    return close + 1 - at;
}

/* What stands behind a `$` at `at`; its length, 0 where it is just a `$`. */
static size_t add_reference(struct matching *m, struct buf *out, struct str by,
                            size_t at) {
    size_t group, len;

    if (at >= by.len)
        return 0;
    switch (by.p[at]) {
    case '$':
        buf_add_ch(out, '$');
        return 1;
    case '&':
        add_group(m, out, 0);
        return 1;
    case '`':
        add_units(m, out, 0, m->groups[0].from);
        return 1;
    case '\'':
        add_units(m, out, m->groups[0].to, m->text.len);
        return 1;
    case '<':
        return add_named(m, out, by, at);
    default:
        len = group_number(m, by, at, &group);
        if (len > 0)
            add_group(m, out, group);
        return len;
    }
}

/* `by` for the match found last. */
static void add_replacement(struct matching *m, struct buf *out,
                            struct str by) {
    size_t at = 0, dollar;

    if (!fn_spend_text(m->e, by.len, 1))
        return;
    while (!eval_failed(m->e) &&
           (dollar = str_find_str(by, STR("$"), at)) != STR_NONE) {
        size_t len;

        utf16_add_str(out, str_slice(by, at, dollar));
        len = add_reference(m, out, by, dollar + 1);
        if (len == 0)
            buf_add_ch(out, '$');
        at = dollar + 1 + len;
    }
    utf16_add_str(out, str_skip(by, at));
}

static const struct value *replace_all(struct matching *m, struct str by) {
    struct buf out = {0};
    size_t done = 0, from = 0;

    while (from <= m->text.len && matching_next(m, from)) {
        struct regex_span match = m->groups[0];

        add_units(m, &out, done, match.from);
        add_replacement(m, &out, by);
        done = match.to;
        from = match.to > match.from ? match.to : match.to + 1;
    }
    add_units(m, &out, done, m->text.len);
    if (!eval_failed(m->e))
        return fn_made(m->e, &out);
    buf_release(&out);
    return NULL;
}

const struct value *fn_regexreplace(struct eval *e,
                                    const struct value *const *args,
                                    size_t nargs) {
    struct matching m;
    const struct value *result;

    if (nargs == 3 && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "sss"))
        return NULL;
    if (!matching_begin(&m, e, args[1]->as.text, STR("g"), args[0]->as.text,
                        "regexreplace"))
        return NULL;
    result = replace_all(&m, args[2]->as.text);
    matching_end(&m);
    return result;
}

/* --- splitting --- */

typedef VEC(const struct value *) piece_list;

static void add_piece(struct matching *m, piece_list *pieces, size_t from,
                      size_t to) {
    struct str s = STR("");

    if (!fn_spend_text(m->e, to - from + 4, 2))
        return;
    if (from < to)
        s = utf16_to_str(eval_arena(m->e),
                         (struct utf16){m->text.p + from, to - from});
    vec_push(pieces, fn_text(m->e, s));
}

/* A group without a part in the match gives an empty text. */
static void add_groups(struct matching *m, piece_list *pieces, size_t most) {
    for (size_t i = 1; i < m->ngroups && pieces->len < most; i++) {
        struct regex_span span = m->groups[i];

        if (span.from == STR_NONE)
            span = (struct regex_span){0, 0};
        add_piece(m, pieces, span.from, span.to);
    }
}

/* As String.prototype.split: no match is empty at the end of the piece before,
 * none begins at the end of the text. */
static void split_at_matches(struct matching *m, piece_list *pieces,
                             size_t most) {
    size_t len = m->text.len, piece = 0, from = 0;

    if (len == 0) {
        if (!matching_next(m, 0) && pieces->len < most)
            add_piece(m, pieces, 0, 0);
        return;
    }
    while (from < len && pieces->len < most && matching_next(m, from)) {
        struct regex_span match = m->groups[0];

        if (match.from >= len)
            break;
        if (match.to == piece) {
            from = match.from + 1;
            continue;
        }
        add_piece(m, pieces, piece, match.from);
        add_groups(m, pieces, most);
        piece = from = match.to;
    }
    if (pieces->len < most)
        add_piece(m, pieces, piece, len);
}

const struct value *fn_split(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    struct matching m;
    piece_list pieces = {0};
    const struct value *result = NULL;
    size_t most = UINT32_MAX;

    if ((nargs == 2 || nargs == 3) && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "ss") && !fn_are(args, nargs, "ssn"))
        return NULL;
    if (nargs == 3)
        most = fn_uint32(args[2]->as.number);
    if (!matching_begin(&m, e, args[1]->as.text, STR(""), args[0]->as.text,
                        "split"))
        return NULL;
    if (most > 0)
        split_at_matches(&m, &pieces, most);
    if (!eval_failed(e))
        result = value_of_list(eval_arena(e), vec_keep(eval_arena(e), &pieces),
                               pieces.len);
    vec_release(&pieces);
    matching_end(&m);
    return result;
}
