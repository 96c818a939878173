#include "query/dataview/fn.h"

#include <math.h>
#include <stdint.h>

/* Bytes made, and looked through, for one step of evaluating. */
#define MADE_AT_ONCE 4
#define READ_AT_ONCE 64

static bool is_kind(const struct value *v, char letter) {
    switch (letter) {
    case 'a':
        return v->kind == VALUE_LIST;
    case 'b':
        return v->kind == VALUE_BOOL;
    case 'd':
        return v->kind == VALUE_DATE;
    case 'f':
        return v->kind == VALUE_FUNCTION;
    case 'l':
        return v->kind == VALUE_LINK;
    case 'n':
        return v->kind == VALUE_NUMBER;
    case 'o':
        return v->kind == VALUE_OBJECT || v->kind == VALUE_RECORD;
    case 's':
        return v->kind == VALUE_TEXT;
    case 'u':
        return v->kind == VALUE_DURATION;
    case '0':
        return v->kind == VALUE_NULL;
    default:
        return letter == '*';
    }
}

bool fn_are(const struct value *const *args, size_t nargs, const char *kinds) {
    for (size_t i = 0; i < nargs; i++)
        if (kinds[i] == '\0' || !is_kind(args[i], kinds[i]))
            return false;
    return kinds[nargs] == '\0';
}

bool fn_any_null(const struct value *const *args, size_t nargs) {
    for (size_t i = 0; i < nargs; i++)
        if (args[i]->kind == VALUE_NULL)
            return true;
    return false;
}

double fn_integer(double n) {
    return isnan(n) ? 0 : trunc(n);
}

size_t fn_clamp(double n, size_t len) {
    double whole = fn_integer(n);

    if (whole <= 0)
        return 0;
    return whole >= (double)len ? len : (size_t)whole;
}

size_t fn_from_end(double n, size_t len) {
    double whole = fn_integer(n);

    return fn_clamp(whole < 0 ? (double)len + whole : whole, len);
}

uint32_t fn_uint32(double n) {
    double whole = fn_integer(n);

    if (isinf(whole))
        return 0;
    whole = fmod(whole, 4294967296.0);
    return (uint32_t)(whole < 0 ? whole + 4294967296.0 : whole);
}

static size_t times(size_t n, size_t each) {
    size_t all;

    return __builtin_mul_overflow(n, each, &all) ? SIZE_MAX : all;
}

bool fn_spend_times(struct eval *e, size_t n, size_t each) {
    return eval_spend(e, times(n, each));
}

bool fn_spend_text(struct eval *e, size_t n, size_t each) {
    return eval_spend(e, times(n, each) / MADE_AT_ONCE + 1);
}

bool fn_spend_reading(struct eval *e, size_t len) {
    return eval_spend(e, len / READ_AT_ONCE + 1);
}

const struct value *fn_number(struct eval *e, double n) {
    return value_of_number(eval_arena(e), n);
}

const struct value *fn_text(struct eval *e, struct str s) {
    return value_of_text(eval_arena(e), s);
}

const struct value *fn_made(struct eval *e, struct buf *b) {
    struct str s = arena_str(eval_arena(e), buf_str(b));

    buf_release(b);
    return fn_text(e, s);
}
