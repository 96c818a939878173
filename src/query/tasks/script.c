#include "query/tasks/script.h"

#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "value/number.h"

/* --- filters --- */

static struct str printed(struct arena *a, const char *before, struct str text,
                          const char *after) {
    struct buf b = {0};
    struct str s;

    buf_printf(&b, "%s%.*s%s", before, STR_ARG(text), after);
    s = arena_str(a, buf_str(&b));
    buf_release(&b);
    return s;
}

struct str script_filter_error(struct arena *a, const struct script_value *v) {
    if (v->kind == SCRIPT_BOOLEAN)
        return STR("");
    if (v->kind == SCRIPT_ERROR)
        return v->text;
    return printed(a,
                   "Error: filtering function must return true or false. This "
                   "returned \"",
                   v->text, "\".");
}

/* --- sorts --- */

/* What can be compared with what. */
enum key {
    KEY_NONE,
    KEY_NULL,
    KEY_MOMENT,
    KEY_DATE,
    KEY_TASKS_DATE,
    KEY_NUMBER,
    KEY_STRING,
    KEY_BOOLEAN
};

static enum key key_of(const struct script_value *v) {
    switch (v->kind) {
    case SCRIPT_NULL:
        return KEY_NULL;
    case SCRIPT_MOMENT:
        return KEY_MOMENT;
    case SCRIPT_DATE:
        return KEY_DATE;
    case SCRIPT_TASKS_DATE:
        return KEY_TASKS_DATE;
    case SCRIPT_NUMBER:
        return isnan(v->number) ? KEY_NONE : KEY_NUMBER;
    case SCRIPT_STRING:
        return KEY_STRING;
    case SCRIPT_BOOLEAN:
        return KEY_BOOLEAN;
    default:
        return KEY_NONE;
    }
}

struct str script_sort_error(struct arena *a, const struct script_value *v) {
    if (v->kind == SCRIPT_ERROR)
        return v->text;
    if (key_of(v) != KEY_NONE)
        return STR("");
    return printed(a, "Error: \"", v->text, "\" is not a valid sort key");
}

static int compare_numbers(double a, double b) {
    return a < b ? -1 : a > b;
}

/* As the plugin's own sorts by date: invalid ones first, then by day, none
 * last. */
static int compare_dates(const struct script_value *a, bool has_a,
                         const struct script_value *b, bool has_b) {
    if (!has_a || !has_b)
        return has_a ? -1 : has_b;
    if (isnan(a->number) || isnan(b->number))
        return isnan(b->number) ? !isnan(a->number) : -1;
    return compare_numbers(a->number, b->number);
}

int script_sort_compare(const struct script_value *a,
                        const struct script_value *b, const struct collator *c,
                        bool *differ) {
    enum key x = key_of(a), y = key_of(b);
    bool moments = x == KEY_MOMENT || y == KEY_MOMENT;

    if (moments && (x == y || x == KEY_NULL || y == KEY_NULL))
        return compare_dates(a, x != KEY_NULL, b, y != KEY_NULL);
    if (x == KEY_NULL || y == KEY_NULL)
        return x == y ? 0 : x == KEY_NULL ? -1 : 1;
    if (x != y) {
        *differ = true;
        return 0;
    }
    switch (x) {
    case KEY_STRING:
        return collator_compare(c, a->text, b->text);
    case KEY_TASKS_DATE:
        return compare_dates(a, a->boolean, b, b->boolean);
    case KEY_BOOLEAN:
        return (int)b->boolean - (int)a->boolean;
    default:
        return compare_numbers(a->number, b->number);
    }
}

/* --- groups --- */

struct str script_error_frame(struct arena *a, struct str failed,
                              const struct script_value *v) {
    struct buf b = {0};
    struct str s;

    buf_printf(&b, "Error: %.*s.\nThe error message was:\n    ",
               STR_ARG(failed));
    if (v->is_error)
        buf_printf(&b, "\"%.*s\"", STR_ARG(v->text));
    else
        buf_add_lit(&b, "Unknown error");
    s = arena_str(a, buf_str(&b));
    buf_release(&b);
    return s;
}

static struct str error_name(struct arena *a, struct str expression,
                             const struct script_value *v) {
    return script_error_frame(
        a, printed(a, "Failed calculating expression \"", expression, "\""), v);
}

/* undefined and null cannot be asked for their text. */
static struct str element_name(struct arena *a, const struct script_value *v,
                               struct str expression) {
    switch (v->kind) {
    case SCRIPT_ERROR:
        return error_name(a, expression, v);
    case SCRIPT_UNDEFINED:
    case SCRIPT_NULL: {
        const struct script_value why = {
            .is_error = true,
            .text = printed(a, "TypeError: ", v->text, " has no text"),
        };
        return error_name(a, expression, &why);
    }
    default:
        return v->text;
    }
}

/* A whole list fails where one of its elements does. */
static const struct str *list_names(struct arena *a,
                                    const struct script_value *v,
                                    struct str expression, uint32_t *n) {
    struct str *names = arena_array(a, struct str, v->nitems);

    for (uint32_t i = 0; i < v->nitems; i++) {
        enum script_kind kind = v->items[i].kind;
        names[i] = element_name(a, &v->items[i], expression);
        if (kind != SCRIPT_ERROR && kind != SCRIPT_UNDEFINED &&
            kind != SCRIPT_NULL)
            continue;
        names[0] = names[i];
        *n = 1;
        return names;
    }
    *n = v->nitems;
    return names;
}

const struct str *script_group_names(struct arena *a,
                                     const struct script_value *v,
                                     struct str expression, uint32_t *n) {
    struct str *name;

    if (v->kind == SCRIPT_LIST && v->nitems > 0)
        return list_names(a, v, expression, n);
    name = arena_new(a, struct str); /* "" for null and an empty list */
    *n = 1;
    if (v->kind == SCRIPT_NULL || v->kind == SCRIPT_LIST)
        return name;
    if (v->kind == SCRIPT_NUMBER && isfinite(v->number) &&
        v->number != trunc(v->number)) {
        char text[400];
        int len =
            snprintf(text, sizeof text, "%.5f", number_round(v->number, 5));
        *name = arena_str(a, str_make(text, (size_t)len));
        return name;
    }
    *name = element_name(a, v, expression);
    return name;
}
