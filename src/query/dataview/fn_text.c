#include "base/utf16.h"
#include "query/dataview/fn.h"

/* --- letters --- */

typedef struct str recased(struct arena *a, struct str s);

static const struct value *recase(struct eval *e,
                                  const struct value *const *args, size_t nargs,
                                  recased *make) {
    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (!fn_are(args, nargs, "s") || !fn_spend_text(e, args[0]->as.text.len, 1))
        return NULL;
    return fn_text(e, make(eval_arena(e), args[0]->as.text));
}

const struct value *fn_lower(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    return recase(e, args, nargs, utf16_lower);
}

const struct value *fn_upper(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    return recase(e, args, nargs, utf16_upper);
}

/* --- parts --- */

/* s.substring(from, to), already within the length. */
static struct str part(struct eval *e, struct str s, size_t from, size_t to) {
    return utf16_slice(eval_arena(e), s, from, to);
}

const struct value *fn_startswith(struct eval *e,
                                  const struct value *const *args,
                                  size_t nargs) {
    struct str s, start;

    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "ss"))
        return NULL;
    s = args[0]->as.text;
    start = args[1]->as.text;
    if (!fn_spend_reading(e, start.len))
        return NULL;
    return value_of_bool(str_eq(part(e, s, 0, utf16_len(start)), start));
}

const struct value *fn_endswith(struct eval *e, const struct value *const *args,
                                size_t nargs) {
    struct str s, end;
    size_t len, tail;

    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "ss"))
        return NULL;
    s = args[0]->as.text;
    end = args[1]->as.text;
    if (!fn_spend_reading(e, s.len) || !fn_spend_reading(e, end.len))
        return NULL;
    len = utf16_len(s);
    tail = utf16_len(end);
    return value_of_bool(tail <= len &&
                         str_eq(part(e, s, len - tail, len), end));
}

const struct value *fn_substring(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    size_t len, from, to;

    if ((nargs == 2 || nargs == 3) && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "sn") && !fn_are(args, nargs, "snn"))
        return NULL;
    if (!fn_spend_reading(e, args[0]->as.text.len))
        return NULL;
    len = utf16_len(args[0]->as.text);
    from = fn_clamp(args[1]->as.number, len);
    to = nargs == 3 ? fn_clamp(args[2]->as.number, len) : len;
    return fn_text(e, from <= to ? part(e, args[0]->as.text, from, to)
                                 : part(e, args[0]->as.text, to, from));
}

/* A text that would just fit together with `end` stays whole, one that would fit
 * without it is cut: as in the plugin. */
const struct value *fn_truncate(struct eval *e, const struct value *const *args,
                                size_t nargs) {
    struct buf out = {0};
    struct str s, end = STR("...");
    double room;
    size_t len;

    if ((nargs == 2 || nargs == 3) && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "sn") && !fn_are(args, nargs, "sns"))
        return NULL;
    s = args[0]->as.text;
    if (nargs == 3)
        end = args[2]->as.text;
    if (!fn_spend_reading(e, s.len) || !fn_spend_text(e, end.len, 1))
        return NULL;
    len = utf16_len(s);
    room = args[1]->as.number - (double)utf16_len(end);
    if (!((double)len > room))
        return args[0];
    s = part(e, s, 0, fn_clamp(room, len));
    if (!fn_spend_text(e, s.len, 1))
        return NULL;
    buf_add_str(&out, s);
    utf16_add_str(&out, end);
    return fn_made(e, &out);
}

/* --- padding --- */

/* `fill` again and again, the last time cut, until there are `units` of it. */
static bool add_fill(struct eval *e, struct buf *out, struct str fill,
                     size_t units) {
    size_t len = utf16_len(fill);

    if (!fn_spend_text(e, units / len + 1, fill.len))
        return false;
    for (; units >= len; units -= len)
        utf16_add_str(out, fill);
    utf16_add_str(out, part(e, fill, 0, units));
    return true;
}

static const struct value *pad(struct eval *e, const struct value *const *args,
                               size_t nargs, bool before) {
    struct buf out = {0};
    struct str s, fill = STR(" ");
    size_t len, wanted;

    if ((nargs == 2 || nargs == 3) && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "sn") && !fn_are(args, nargs, "sns"))
        return NULL;
    s = args[0]->as.text;
    if (nargs == 3)
        fill = args[2]->as.text;
    if (!fn_spend_text(e, s.len, 1))
        return NULL;
    len = utf16_len(s);
    wanted = fn_clamp(args[1]->as.number, SIZE_MAX / 8);
    if (wanted <= len || fill.len == 0)
        return args[0];
    if (!before)
        buf_add_str(&out, s);
    if (!add_fill(e, &out, fill, wanted - len)) {
        buf_release(&out);
        return NULL;
    }
    if (before)
        utf16_add_str(&out, s);
    return fn_made(e, &out);
}

const struct value *fn_padleft(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    return pad(e, args, nargs, true);
}

const struct value *fn_padright(struct eval *e, const struct value *const *args,
                                size_t nargs) {
    return pad(e, args, nargs, false);
}

/* --- replacing --- */

static size_t count_of(struct str s, struct str what) {
    size_t n = 0, at = 0;

    while ((at = str_find_str(s, what, at)) != STR_NONE) {
        at += what.len;
        n++;
    }
    return n;
}

static void add_unit(struct buf *out, uint16_t unit) {
    size_t at = out->len;

    utf16_add(out, (struct utf16){&unit, 1});
    utf16_mend(out, at);
}

/* `by` between all code units. */
static const struct value *spread(struct eval *e, struct str s, struct str by) {
    struct buf out = {0};
    struct utf16 units;

    if (!fn_spend_text(e, s.len, by.len) || !fn_spend_text(e, s.len, 3))
        return NULL;
    units = utf16_from_str(eval_arena(e), s);
    for (size_t i = 0; i < units.len; i++) {
        if (i > 0)
            utf16_add_str(&out, by);
        add_unit(&out, units.p[i]);
    }
    return fn_made(e, &out);
}

const struct value *fn_replace(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    struct buf out = {0};
    struct str s, what, by;
    size_t at = 0, hit;

    if (nargs == 3 && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "sss"))
        return NULL;
    s = args[0]->as.text;
    what = args[1]->as.text;
    by = args[2]->as.text;
    if (what.len == 0)
        return spread(e, s, by);
    if (!fn_spend_text(e, s.len, 1) ||
        !fn_spend_text(e, count_of(s, what), by.len))
        return NULL;
    while ((hit = str_find_str(s, what, at)) != STR_NONE) {
        utf16_add_str(&out, str_slice(s, at, hit));
        utf16_add_str(&out, by);
        at = hit + what.len;
    }
    utf16_add_str(&out, str_skip(s, at));
    return fn_made(e, &out);
}
