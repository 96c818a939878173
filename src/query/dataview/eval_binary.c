#include <math.h>

#include "base/utf16.h"
#include "query/dataview/context.h"
#include "value/date_math.h"

/* spec/dataview.md §9, Operators. What is not here is an error. */

static const struct value *no_operator(struct eval *e, enum binary_op op,
                                       const struct value *left,
                                       const struct value *right) {
    return eval_error(e, "No implementation found for '%.*s %.*s %.*s'",
                      STR_ARG(value_type_name(left->kind)),
                      STR_ARG(binary_op_text(op)),
                      STR_ARG(value_type_name(right->kind)));
}

static const struct value *numbers(struct eval *e, enum binary_op op, double a,
                                   double b) {
    double n = 0;

    switch (op) {
    case OP_ADD:
        n = a + b;
        break;
    case OP_SUBTRACT:
        n = a - b;
        break;
    case OP_MULTIPLY:
        n = a * b;
        break;
    case OP_DIVIDE:
        n = a / b;
        break;
    default:
        n = fmod(a, b);
        break;
    }
    return value_of_number(e->arena, n);
}

static const struct value *join_texts(struct eval *e, struct str a,
                                      struct str b) {
    struct buf out = {0};
    const struct value *v = NULL;

    if (eval_spend(e, a.len + b.len)) {
        buf_add_str(&out, a);
        buf_add_str(&out, b);
        utf16_mend(&out, a.len);
        v = value_of_text(e->arena, arena_str(e->arena, buf_str(&out)));
    }
    buf_release(&out);
    return v;
}

static const struct value *repeat(struct eval *e, struct str text, double n) {
    size_t times = n >= 1 ? (size_t)fmin(n, 1e9) : 0;
    char *p;

    if (text.len == 0)
        times = 0;
    if (times > 0 && !eval_spend(e, text.len * times))
        return NULL;
    p = arena_alloc(e->arena, text.len * times + 1, 1);
    for (size_t i = 0; i < times; i++)
        memcpy(p + i * text.len, text.p, text.len);
    return value_of_text(e->arena, str_make(p, text.len * times));
}

static const struct value *join_lists(struct eval *e, const struct value *a,
                                      const struct value *b) {
    size_t na = a->as.list.len, nb = b->as.list.len;
    const struct value **items;

    if (!eval_spend(e, na + nb))
        return NULL;
    items = arena_array(e->arena, const struct value *, na + nb);
    for (size_t i = 0; i < na; i++)
        items[i] = a->as.list.items[i];
    for (size_t i = 0; i < nb; i++)
        items[na + i] = b->as.list.items[i];
    return value_of_list(e->arena, items, na + nb);
}

/* The right one's values win, at the places of the left one's keys. */
static const struct value *join_objects(struct eval *e, const struct value *a,
                                        const struct value *b) {
    size_t na, len;
    struct value_member *m;

    a = value_object(a, e->arena);
    b = value_object(b, e->arena);
    na = len = a->as.object.len;
    if (!eval_spend(e, na + b->as.object.len * (na + 1)))
        return NULL;
    m = arena_array(e->arena, struct value_member, na + b->as.object.len);
    for (size_t i = 0; i < na; i++)
        m[i] = a->as.object.members[i];
    for (size_t i = 0; i < b->as.object.len; i++) {
        size_t at = 0;
        while (at < na && !str_eq(m[at].key, b->as.object.members[i].key))
            at++;
        m[at < na ? at : len++] = b->as.object.members[i];
    }
    return value_of_object(e->arena, m, len);
}

static bool is_object(const struct value *v) {
    return v->kind == VALUE_OBJECT || v->kind == VALUE_RECORD;
}

static const struct value *add(struct eval *e, const struct value *a,
                               const struct value *b) {
    if (a->kind == VALUE_TEXT || b->kind == VALUE_TEXT)
        return join_texts(e, eval_text(e, a), eval_text(e, b));
    if (a->kind == VALUE_LIST && b->kind == VALUE_LIST)
        return join_lists(e, a, b);
    if (is_object(a) && is_object(b))
        return join_objects(e, a, b);
    return no_operator(e, OP_ADD, a, b);
}

/* A count that is no number has no text form and no place in time. */
static const struct value *duration_or_error(struct eval *e, bool ok,
                                             struct duration d) {
    return ok ? value_of_duration(e->arena, d)
              : eval_error(e, "a duration that is no number");
}

static const struct value *durations(struct eval *e, enum binary_op op,
                                     const struct duration *a,
                                     const struct duration *b) {
    struct duration d = {{0}};
    bool ok = op == OP_ADD ? duration_plus(a, b, &d) : duration_minus(a, b, &d);

    return duration_or_error(e, ok, d);
}

static const struct value *scaled(struct eval *e, enum binary_op op,
                                  const struct duration *by, double n) {
    struct duration d = {{0}};
    bool ok = op == OP_MULTIPLY ? duration_times(by, n, &d)
                                : duration_divided(by, n, &d);

    return duration_or_error(e, ok, d);
}

static const struct value *difference(struct eval *e, struct date a,
                                      struct date b) {
    struct duration d = {{0}};
    bool ok = date_difference(a, b, &d);

    return duration_or_error(e, ok, d);
}

static const struct value *shifted(struct eval *e, enum binary_op op,
                                   struct date d, const struct duration *by) {
    return value_of_date(e->arena,
                         op == OP_ADD ? date_plus(d, by) : date_minus(d, by));
}

/* With a date or a duration on one side; NULL without an error: it is no such
 * case. */
static const struct value *times(struct eval *e, enum binary_op op,
                                 const struct value *a, const struct value *b) {
    bool add = op == OP_ADD, sum = add || op == OP_SUBTRACT;
    enum value_kind ka = a->kind, kb = b->kind;

    if (sum && ka + kb == VALUE_DATE + VALUE_NULL &&
        (ka == VALUE_NULL || kb == VALUE_NULL))
        return &value_null;
    if (op == OP_SUBTRACT && ka == VALUE_DATE && kb == VALUE_DATE)
        return difference(e, a->as.date, b->as.date);
    if (sum && ka == VALUE_DATE && kb == VALUE_DURATION)
        return shifted(e, op, a->as.date, b->as.duration);
    if (add && ka == VALUE_DURATION && kb == VALUE_DATE)
        return shifted(e, op, b->as.date, a->as.duration);
    if (sum && ka == VALUE_DURATION && kb == VALUE_DURATION)
        return durations(e, op, a->as.duration, b->as.duration);
    if ((op == OP_MULTIPLY || op == OP_DIVIDE) && ka == VALUE_DURATION &&
        kb == VALUE_NUMBER)
        return scaled(e, op, a->as.duration, b->as.number);
    if (op == OP_MULTIPLY && ka == VALUE_NUMBER && kb == VALUE_DURATION)
        return scaled(e, op, b->as.duration, a->as.number);
    return NULL;
}

static const struct value *arithmetic(struct eval *e, enum binary_op op,
                                      const struct value *a,
                                      const struct value *b) {
    const struct value *v;

    if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER)
        return numbers(e, op, a->as.number, b->as.number);
    if (a->kind == VALUE_NULL && b->kind == VALUE_NULL)
        return &value_null;
    v = times(e, op, a, b);
    if (v != NULL || e->failed)
        return v;
    if (op == OP_ADD)
        return add(e, a, b);
    if (op == OP_MULTIPLY && a->kind == VALUE_TEXT && b->kind == VALUE_NUMBER)
        return repeat(e, a->as.text, b->as.number);
    if (op == OP_MULTIPLY && a->kind == VALUE_NUMBER && b->kind == VALUE_TEXT)
        return repeat(e, b->as.text, a->as.number);
    return no_operator(e, op, a, b);
}

/* Lists may be too much work to compare. */
static const struct value *compared(struct eval *e, bool holds) {
    return e->failed ? NULL : value_of_bool(holds);
}

const struct value *eval_binary(struct eval *e, enum binary_op op,
                                const struct value *left,
                                const struct value *right) {
    switch (op) {
    case OP_AND:
        return value_of_bool(value_truthy(left) && value_truthy(right));
    case OP_OR:
        return value_of_bool(value_truthy(left) || value_truthy(right));
    case OP_LESS:
        return compared(e, eval_compare(e, left, right) < 0);
    case OP_LESS_EQUAL:
        return compared(e, eval_compare(e, left, right) <= 0);
    case OP_GREATER:
        return compared(e, eval_compare(e, left, right) > 0);
    case OP_GREATER_EQUAL:
        return compared(e, eval_compare(e, left, right) >= 0);
    case OP_EQUAL:
        return compared(e, eval_equal(e, left, right));
    case OP_NOT_EQUAL:
        return compared(e, !eval_equal(e, left, right));
    default:
        return arithmetic(e, op, left, right);
    }
}
