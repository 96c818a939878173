/*
 * contains() and its relatives.
 */
#include "base/regex_fold.h"
#include "base/utf16.h"
#include "query/dataview/fn.h"

/* What is looked for, and how. */
struct search {
    struct eval *e;
    const struct value *what;
    bool any_case; /* `what`, if a text, is in small letters already */
};

static bool text_has(const struct search *s, struct str where) {
    if (!fn_spend_reading(s->e, where.len))
        return false;
    if (s->any_case) {
        if (!fn_spend_text(s->e, where.len, 1))
            return false;
        where = utf16_lower(eval_arena(s->e), where);
    }
    return utf16_find(where, s->what->as.text, 0) != STR_NONE;
}

/* Anything but an array. */
static bool value_has(const struct search *s, const struct value *where) {
    if (fn_are(&where, 1, "s") && s->what->kind == VALUE_TEXT)
        return text_has(s, where->as.text);
    if (fn_are(&where, 1, "o") && s->what->kind == VALUE_TEXT)
        return value_member(where, s->what->as.text, eval_arena(s->e)) != NULL;
    return eval_equal(s->e, where, s->what);
}

static bool has_at(const struct search *s, const struct value *where,
                   int depth) {
    if (where->kind != VALUE_LIST)
        return value_has(s, where);
    if (depth > VALUE_MAX_DEPTH) {
        eval_error(s->e, "contains(): lists are nested too deep");
        return false;
    }
    for (size_t i = 0; i < where->as.list.len; i++) {
        if (!eval_spend(s->e, 1))
            return false;
        if (has_at(s, where->as.list.items[i], depth + 1))
            return true;
        if (eval_failed(s->e))
            return false;
    }
    return false;
}

static const struct value *answer(struct eval *e, bool found) {
    return eval_failed(e) ? NULL : value_of_bool(found);
}

const struct value *fn_contains(struct eval *e, const struct value *const *args,
                                size_t nargs) {
    struct search s = {.e = e};

    if (nargs != 2)
        return NULL;
    s.what = args[1];
    return answer(e, has_at(&s, args[0], 0));
}

/* Texts that are compared whole, not searched, keep their case: an element that
 * is no text never equals one. */
const struct value *fn_icontains(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    struct search s = {.e = e, .any_case = true};

    if (nargs != 2)
        return NULL;
    s.what = args[1];
    if (s.what->kind == VALUE_TEXT) {
        if (!fn_spend_text(e, s.what->as.text.len, 1))
            return NULL;
        s.what = fn_text(e, utf16_lower(eval_arena(e), s.what->as.text));
    }
    return answer(e, has_at(&s, args[0], 0));
}

const struct value *fn_econtains(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    struct search s = {.e = e};

    if (nargs != 2)
        return NULL;
    s.what = args[1];
    if (args[0]->kind != VALUE_LIST)
        return answer(e, value_has(&s, args[0]));
    for (size_t i = 0; i < args[0]->as.list.len; i++) {
        if (!eval_spend(e, 1))
            return NULL;
        if (eval_equal(e, args[1], args[0]->as.list.items[i]))
            return answer(e, true);
    }
    return answer(e, false);
}

/* --- containsword --- */

/* A letter, digit or `_` of ASCII: what `\w` means to a regular expression. */
static bool is_word(struct utf16 text, size_t at) {
    if (at >= text.len || text.p[at] >= 0x80)
        return false;
    return ascii_alnum((unsigned char)text.p[at]) || text.p[at] == '_';
}

/* `\b` */
static bool is_border(struct utf16 text, size_t at) {
    return (at > 0 && is_word(text, at - 1)) != is_word(text, at);
}

static bool has_word(struct eval *e, struct utf16 text, struct utf16 word) {
    for (size_t at = 0; at + word.len <= text.len; at++) {
        if (!is_border(text, at) || !is_border(text, at + word.len))
            continue;
        if (!fn_spend_reading(e, word.len * sizeof *word.p))
            return false;
        if (word.len == 0 ||
            memcmp(text.p + at, word.p, word.len * sizeof *word.p) == 0)
            return true;
    }
    return false;
}

/* Without case, as the flag `i` has it. */
static struct utf16 folded(struct eval *e, struct str s) {
    struct utf16 units = utf16_from_str(eval_arena(e), s);
    uint16_t *to = arena_array(eval_arena(e), uint16_t, units.len);

    regex_fold_text(REGEX_FOLD_UPPER, units, to);
    return (struct utf16){to, units.len};
}

const struct value *fn_containsword(struct eval *e,
                                    const struct value *const *args,
                                    size_t nargs) {
    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "ss") ||
        !fn_spend_text(e, args[0]->as.text.len, 4) ||
        !fn_spend_text(e, args[1]->as.text.len, 4))
        return NULL;
    return answer(e, has_word(e, folded(e, args[0]->as.text),
                              folded(e, args[1]->as.text)));
}
