/*
 * Functions that make one value of many.
 */
#include "base/utf16.h"
#include "query/dataview/fn.h"

const struct value *fn_fold(struct eval *e, const struct value *list,
                            enum binary_op op) {
    const struct value *total;

    if (list->as.list.len == 0)
        return &value_null;
    total = list->as.list.items[0];
    for (size_t i = 1; i < list->as.list.len; i++) {
        if (!eval_spend(e, 1))
            return NULL;
        total = eval_binary(e, op, total, list->as.list.items[i]);
        if (total == NULL)
            return NULL;
    }
    return total;
}

/* Nulls are left out, but for a first one. */
static const struct value *fold_by(struct eval *e, const struct value *list,
                                   const struct value *function) {
    const struct value *total;

    if (list->as.list.len == 0)
        return &value_null;
    total = list->as.list.items[0];
    for (size_t i = 1; i < list->as.list.len; i++) {
        const struct value *both[2] = {total, list->as.list.items[i]};

        if (!eval_spend(e, 1))
            return NULL;
        if (both[1]->kind == VALUE_NULL)
            continue;
        total = eval_call(e, function, both, 2);
        if (total == NULL)
            return NULL;
    }
    return total;
}

static bool fold_operator(struct str name, enum binary_op *op) {
    static const enum binary_op ops[] = {OP_ADD,    OP_SUBTRACT, OP_MULTIPLY,
                                         OP_DIVIDE, OP_AND,      OP_OR};
    size_t at = name.len == 1 ? str_find(STR("+-*/&|"), name.p[0]) : STR_NONE;

    if (at == STR_NONE)
        return false;
    *op = ops[at];
    return true;
}

const struct value *fn_reduce(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    enum binary_op op;

    if (nargs == 2 && fn_any_null(args, nargs))
        return &value_null;
    if (fn_are(args, nargs, "af"))
        return fold_by(e, args[0], args[1]);
    if (!fn_are(args, nargs, "as"))
        return NULL;
    if (args[0]->as.list.len == 0)
        return &value_null;
    if (!fold_operator(args[1]->as.text, &op))
        return eval_error(e, "reduce(array, op) supports '+', '-', '/', '*', "
                             "'&', and '|'");
    return fn_fold(e, args[0], op);
}

const struct value *fn_sum(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    if (nargs != 1)
        return NULL;
    return args[0]->kind == VALUE_LIST ? fn_fold(e, args[0], OP_ADD) : args[0];
}

const struct value *fn_product(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    if (nargs != 1)
        return NULL;
    return args[0]->kind == VALUE_LIST ? fn_fold(e, args[0], OP_MULTIPLY)
                                       : args[0];
}

const struct value *fn_average(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    const struct value *total = fn_sum(e, args, nargs);

    if (total == NULL || args[0]->kind != VALUE_LIST ||
        total->kind == VALUE_NULL)
        return total;
    return eval_binary(e, OP_DIVIDE, total,
                       fn_number(e, (double)args[0]->as.list.len));
}

/* --- the least and the greatest --- */

/* Of two that compare as equal min() keeps the first and max() the last. */
static bool keeps(struct eval *e, const struct value *best,
                  const struct value *next, bool greatest) {
    int c = eval_compare(e, best, next);

    return greatest ? c > 0 : c <= 0;
}

static const struct value *extreme(struct eval *e,
                                   const struct value *const *args,
                                   size_t nargs, bool greatest) {
    const struct value *best = &value_null;

    while (nargs == 1 && args[0]->kind == VALUE_LIST) {
        const struct value *list = args[0];

        if (!eval_spend(e, 1))
            return NULL;
        args = list->as.list.items;
        nargs = list->as.list.len;
    }
    for (size_t i = 0; i < nargs; i++) {
        if (!eval_spend(e, 1))
            return NULL;
        if (args[i]->kind == VALUE_NULL)
            continue;
        if (best->kind == VALUE_NULL || !keeps(e, best, args[i], greatest))
            best = args[i];
    }
    return eval_failed(e) ? NULL : best;
}

const struct value *fn_min(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    return extreme(e, args, nargs, false);
}

const struct value *fn_max(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    return extreme(e, args, nargs, true);
}

static const struct value *extreme_by(struct eval *e,
                                      const struct value *const *args,
                                      size_t nargs, bool greatest) {
    const struct value *best = NULL, *best_key = NULL;

    if (fn_are(args, nargs, "0f"))
        return &value_null;
    if (!fn_are(args, nargs, "af"))
        return NULL;
    for (size_t i = 0; i < args[0]->as.list.len; i++) {
        const struct value *item = args[0]->as.list.items[i], *key;

        if (!eval_spend(e, 1))
            return NULL;
        key = eval_call(e, args[1], &item, 1);
        if (key == NULL)
            return NULL;
        if (key->kind == VALUE_NULL ||
            (best_key != NULL && keeps(e, best_key, key, greatest)))
            continue;
        best = item;
        best_key = key;
    }
    if (eval_failed(e))
        return NULL;
    if (best != NULL)
        return best;
    return args[0]->as.list.len > 0 ? args[0]->as.list.items[0] : &value_null;
}

const struct value *fn_minby(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    return extreme_by(e, args, nargs, false);
}

const struct value *fn_maxby(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    return extreme_by(e, args, nargs, true);
}

/* --- text of many --- */

/* A list in the list shows no brackets here. */
static const struct value *join(struct eval *e, const struct value *list,
                                struct str separator) {
    struct buf out = {0};

    for (size_t i = 0; i < list->as.list.len; i++) {
        struct str text = eval_text(e, list->as.list.items[i]);

        if (eval_failed(e) || !fn_spend_text(e, text.len + separator.len, 1)) {
            buf_release(&out);
            return NULL;
        }
        if (i > 0)
            utf16_add_str(&out, separator);
        utf16_add_str(&out, text);
    }
    return fn_made(e, &out);
}

const struct value *fn_join(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    if (fn_are(args, nargs, "a") || fn_are(args, nargs, "a0"))
        return join(e, args[0], STR(", "));
    if (fn_are(args, nargs, "as"))
        return join(e, args[0], args[1]->as.text);
    if (fn_are(args, nargs, "*") || fn_are(args, nargs, "*s"))
        return fn_string(e, args, 1);
    return NULL;
}
