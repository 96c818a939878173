/*
 * contains() and its relatives.
 */
#include "base/unicode.h"
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

/* Small letters, but no letter beyond ASCII becomes one of ASCII: what a
 * regular expression with the flag `i` takes for equal. */
static void add_folded(struct buf *out, struct str s) {
    for (size_t at = 0; at < s.len;) {
        uint32_t code, lower;

        at += utf8_decode(s, at, &code);
        lower = unicode_lower(code);
        utf8_encode(out, (lower < 0x80) == (code < 0x80) ? lower : code);
    }
}

static bool word_byte(struct str s, size_t at) {
    return at < s.len &&
           (ascii_alnum((unsigned char)s.p[at]) || s.p[at] == '_');
}

/* Between a letter, digit or `_` of ASCII and something else. */
static bool word_border(struct str s, size_t at) {
    return (at > 0 && word_byte(s, at - 1)) != word_byte(s, at);
}

static bool has_word(struct eval *e, struct str text, struct str word) {
    size_t at = 0;

    while ((at = str_find_str(text, word, at)) != STR_NONE) {
        if (word_border(text, at) && word_border(text, at + word.len))
            return true;
        if (!fn_spend_reading(e, word.len))
            return false;
        at++;
    }
    return false;
}

const struct value *fn_containsword(struct eval *e,
                                    const struct value *const *args,
                                    size_t nargs) {
    struct buf text = {0}, word = {0};
    bool found;

    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "ss"))
        return NULL;
    if (!fn_spend_text(e, args[0]->as.text.len, 1) ||
        !fn_spend_text(e, args[1]->as.text.len, 1))
        return NULL;
    add_folded(&text, args[0]->as.text);
    add_folded(&word, args[1]->as.text);
    found = has_word(e, buf_str(&text), buf_str(&word));
    buf_release(&text);
    buf_release(&word);
    return answer(e, found);
}
