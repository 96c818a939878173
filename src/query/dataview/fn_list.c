#include "base/merge_sort.h"
#include "base/utf16.h"
#include "base/vec.h"
#include "query/dataview/fn.h"

typedef VEC(const struct value *) item_list;

/* The items as an array; they are released. */
static const struct value *made_list(struct eval *e, item_list *items) {
    size_t len = items->len;
    const struct value **kept = vec_keep(eval_arena(e), items);

    vec_release(items);
    return value_of_list(eval_arena(e), kept, len);
}

/* --- order --- */

struct sorting {
    struct eval *e;
    fn_order *order;
};

static int by_key(void *context, const void *a, const void *b) {
    const struct sorting *s = context;
    const struct fn_keyed *x = a, *y = b;

    return eval_failed(s->e) ? 0 : s->order(s->e, x->key, y->key);
}

bool fn_sort_keyed(struct eval *e, struct fn_keyed *items, size_t n,
                   fn_order *order) {
    struct sorting s = {e, order};
    size_t rounds = 1;

    for (size_t width = 1; width < n; width *= 2)
        rounds++;
    if (!fn_spend_times(e, n, rounds))
        return false;
    merge_sort(items, n, sizeof *items,
               arena_array(eval_arena(e), struct fn_keyed, n), by_key, &s);
    return !eval_failed(e);
}

/* The elements with what `function` gives for them, or themselves, as keys;
 * NULL where that failed. */
static struct fn_keyed *keyed_items(struct eval *e, const struct value *list,
                                    const struct value *function) {
    size_t n = list->as.list.len;
    struct fn_keyed *items;

    if (!eval_spend(e, n))
        return NULL;
    items = arena_array(eval_arena(e), struct fn_keyed, n);
    for (size_t i = 0; i < n; i++) {
        const struct value *item = list->as.list.items[i];

        items[i].item = item;
        items[i].key =
            function == NULL ? item : eval_call(e, function, &item, 1);
        if (items[i].key == NULL)
            return NULL;
    }
    return items;
}

const struct value *fn_sort(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    struct fn_keyed *items;
    const struct value **sorted;
    size_t n;

    if (nargs == 1 && args[0]->kind != VALUE_LIST)
        return args[0];
    if (!fn_are(args, nargs, "a") && !fn_are(args, nargs, "af"))
        return NULL;
    n = args[0]->as.list.len;
    if (n < 2) /* not even asked for its key, as in the plugin */
        return args[0];
    items = keyed_items(e, args[0], nargs == 2 ? args[1] : NULL);
    if (items == NULL || !fn_sort_keyed(e, items, n, eval_compare))
        return NULL;
    sorted = arena_array(eval_arena(e), const struct value *, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = items[i].item;
    return value_of_list(eval_arena(e), sorted, n);
}

/* Links by their stored paths: what is in a list is not resolved. */
static int compare_stored(struct eval *e, const struct value *a,
                          const struct value *b) {
    struct value x = {.kind = VALUE_LIST, .as.list = {&a, 1}};
    struct value y = {.kind = VALUE_LIST, .as.list = {&b, 1}};

    return eval_compare(e, &x, &y);
}

const struct value *fn_unique(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    struct fn_keyed *items;
    item_list result = {0};
    size_t n;

    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (!fn_are(args, nargs, "a"))
        return NULL;
    n = args[0]->as.list.len;
    items = keyed_items(e, args[0], NULL);
    if (items == NULL || !fn_sort_keyed(e, items, n, compare_stored))
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || compare_stored(e, items[i - 1].key, items[i].key) != 0)
            vec_push(&result, items[i].item);
    return made_list(e, &result);
}

static const struct value *reverse_text(struct eval *e, struct str s) {
    struct utf16 units;
    uint16_t *reversed;

    if (!fn_spend_text(e, s.len, 2))
        return NULL;
    units = utf16_from_str(eval_arena(e), s);
    reversed = arena_array(eval_arena(e), uint16_t, units.len);
    for (size_t i = 0; i < units.len; i++)
        reversed[i] = units.p[units.len - 1 - i];
    return fn_text(
        e, utf16_to_str(eval_arena(e), (struct utf16){reversed, units.len}));
}

const struct value *fn_reverse(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    const struct value **items;
    size_t n;

    if (nargs != 1)
        return NULL;
    if (args[0]->kind == VALUE_TEXT)
        return reverse_text(e, args[0]->as.text);
    if (args[0]->kind != VALUE_LIST)
        return args[0];
    n = args[0]->as.list.len;
    if (!eval_spend(e, n))
        return NULL;
    items = arena_array(eval_arena(e), const struct value *, n);
    for (size_t i = 0; i < n; i++)
        items[i] = args[0]->as.list.items[n - 1 - i];
    return value_of_list(eval_arena(e), items, n);
}

/* --- parts --- */

static const struct value *length_of(struct eval *e, size_t len) {
    return fn_number(e, (double)len);
}

const struct value *fn_length(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    if (nargs != 1)
        return NULL;
    switch (args[0]->kind) {
    case VALUE_NULL:
        return length_of(e, 0);
    case VALUE_LIST:
        return length_of(e, args[0]->as.list.len);
    case VALUE_TEXT:
        return fn_spend_reading(e, args[0]->as.text.len)
                   ? length_of(e, utf16_len(args[0]->as.text))
                   : NULL;
    case VALUE_OBJECT:
    case VALUE_RECORD:
        return length_of(e,
                         value_object(args[0], eval_arena(e))->as.object.len);
    default:
        return NULL;
    }
}

const struct value *fn_nonnull(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    bool one = fn_are(args, nargs, "a");
    const struct value *const *from = one ? args[0]->as.list.items : args;
    size_t n = one ? args[0]->as.list.len : nargs;
    item_list result = {0};

    if (!eval_spend(e, n))
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (from[i]->kind != VALUE_NULL)
            vec_push(&result, from[i]);
    return made_list(e, &result);
}

const struct value *fn_firstvalue(struct eval *e,
                                  const struct value *const *args,
                                  size_t nargs) {
    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (!fn_are(args, nargs, "a"))
        return NULL;
    for (size_t i = 0; i < args[0]->as.list.len; i++) {
        if (!eval_spend(e, 1))
            return NULL;
        if (args[0]->as.list.items[i]->kind != VALUE_NULL)
            return args[0]->as.list.items[i];
    }
    return &value_null;
}

/* As deep as `levels` says; false where no work is left. */
static bool add_flat(struct eval *e, item_list *out, const struct value *list,
                     double levels, int depth) {
    for (size_t i = 0; i < list->as.list.len; i++) {
        const struct value *item = list->as.list.items[i];

        if (!eval_spend(e, 1))
            return false;
        if (item->kind != VALUE_LIST || levels < 1)
            vec_push(out, item);
        else if (depth >= VALUE_MAX_DEPTH)
            return eval_error(e, "flat(): lists are nested too deep") != NULL;
        else if (!add_flat(e, out, item, levels - 1, depth + 1))
            return false;
    }
    return true;
}

const struct value *fn_flat(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    item_list result = {0};
    double levels = 1;

    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (fn_are(args, nargs, "an"))
        levels = fn_integer(args[1]->as.number);
    else if (!fn_are(args, nargs, "a"))
        return NULL;
    if (!add_flat(e, &result, args[0], levels, 0)) {
        vec_release(&result);
        return NULL;
    }
    return made_list(e, &result);
}

const struct value *fn_slice(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    size_t from = 0, to;

    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (!fn_are(args, nargs, "a") && !fn_are(args, nargs, "an") &&
        !fn_are(args, nargs, "ann"))
        return NULL;
    to = args[0]->as.list.len;
    if (nargs > 1)
        from = fn_from_end(args[1]->as.number, to);
    if (nargs > 2)
        to = fn_from_end(args[2]->as.number, to);
    if (from >= to)
        return value_of_list(eval_arena(e), NULL, 0);
    return value_of_list(eval_arena(e), args[0]->as.list.items + from,
                         to - from);
}

/* --- functions of each element --- */

/* What holds in `all`, `any` and `none` of an element, or of `function` of it. */
static bool holds(struct eval *e, const struct value *item,
                  const struct value *function) {
    const struct value *v = item;

    if (!eval_spend(e, 1))
        return false;
    if (function != NULL)
        v = eval_call(e, function, &item, 1);
    return v != NULL && value_truthy(v);
}

/* Whether some element is `wanted`; the first one that is ends the search. */
static bool some(struct eval *e, const struct value *const *args, size_t nargs,
                 bool wanted) {
    const struct value *function = NULL;
    const struct value *const *items = args;
    size_t n = nargs;

    if (fn_are(args, nargs, "a") || fn_are(args, nargs, "af")) {
        function = nargs == 2 ? args[1] : NULL;
        items = args[0]->as.list.items;
        n = args[0]->as.list.len;
    }
    for (size_t i = 0; i < n && !eval_failed(e); i++)
        if (holds(e, items[i], function) == wanted)
            return true;
    return false;
}

const struct value *fn_all(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    bool found = some(e, args, nargs, false);

    return eval_failed(e) ? NULL : value_of_bool(!found);
}

const struct value *fn_any(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    bool found = some(e, args, nargs, true);

    return eval_failed(e) ? NULL : value_of_bool(found);
}

const struct value *fn_none(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    bool found = some(e, args, nargs, true);

    return eval_failed(e) ? NULL : value_of_bool(!found);
}

const struct value *fn_filter(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    item_list result = {0};

    if (fn_are(args, nargs, "0*"))
        return &value_null;
    if (!fn_are(args, nargs, "af"))
        return NULL;
    for (size_t i = 0; i < args[0]->as.list.len; i++) {
        const struct value *item = args[0]->as.list.items[i];

        if (holds(e, item, args[1]))
            vec_push(&result, item);
        if (eval_failed(e)) {
            vec_release(&result);
            return NULL;
        }
    }
    return made_list(e, &result);
}

const struct value *fn_map(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    const struct value **items;
    size_t n;

    if (fn_are(args, nargs, "0*"))
        return &value_null;
    if (!fn_are(args, nargs, "af"))
        return NULL;
    n = args[0]->as.list.len;
    if (!eval_spend(e, n))
        return NULL;
    items = arena_array(eval_arena(e), const struct value *, n);
    for (size_t i = 0; i < n; i++) {
        items[i] = eval_call(e, args[1], &args[0]->as.list.items[i], 1);
        if (items[i] == NULL)
            return NULL;
    }
    return value_of_list(eval_arena(e), items, n);
}
