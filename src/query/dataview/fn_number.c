#include <math.h>

#include "base/currency.h"
#include "base/utf16.h"
#include "query/dataview/fn.h"
#include "value/number.h"

/* What an amount costs, a new currency included now and then. */
#define FORMAT_WORK 200

/* --- rounding --- */

const struct value *fn_round(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    double digits = 0;

    if (fn_are(args, nargs, "0") || fn_are(args, nargs, "0*"))
        return &value_null;
    if (fn_are(args, nargs, "nn"))
        digits = args[1]->as.number;
    else if (!fn_are(args, nargs, "n") && !fn_are(args, nargs, "n0"))
        return NULL;
    if (digits >= 101)
        return eval_error(e, "toFixed() digits argument must be between 0 and "
                             "100");
    return fn_number(e, number_round(args[0]->as.number, digits));
}

typedef double whole_of(double n);

static const struct value *to_whole(struct eval *e,
                                    const struct value *const *args,
                                    size_t nargs, whole_of *whole) {
    if (fn_are(args, nargs, "0"))
        return &value_null;
    return fn_are(args, nargs, "n") ? fn_number(e, whole(args[0]->as.number))
                                    : NULL;
}

const struct value *fn_trunc(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    return to_whole(e, args, nargs, trunc);
}

const struct value *fn_floor(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    return to_whole(e, args, nargs, floor);
}

const struct value *fn_ceil(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    return to_whole(e, args, nargs, ceil);
}

const struct value *fn_to_number(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    double n;

    if (fn_are(args, nargs, "0") || fn_are(args, nargs, "n"))
        return args[0];
    if (!fn_are(args, nargs, "s") || !fn_spend_reading(e, args[0]->as.text.len))
        return NULL;
    return number_find(args[0]->as.text, &n) ? fn_number(e, n) : &value_null;
}

/* --- hash --- */

static uint32_t mix(uint32_t a, uint32_t b) {
    return ((a ^ a >> 16) * 2246822507U) ^ ((b ^ b >> 13) * 3266489909U);
}

/* The hash called cyrb53, over UTF-16: 53 bits, so that a double holds it. */
static double hash_units(struct utf16 units, double variant) {
    uint32_t low = 0xdeadbeefU ^ fn_uint32(variant);
    uint32_t high = 0x41c6ce57U ^ fn_uint32(variant);

    for (size_t i = 0; i < units.len; i++) {
        low = (low ^ units.p[i]) * 2654435761U;
        high = (high ^ units.p[i]) * 1597334677U;
    }
    low = mix(low, high);
    high = mix(high, low);
    return 4294967296.0 * (high & 0x1fffffU) + low;
}

const struct value *fn_hash(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    struct buf text = {0};
    bool two = fn_are(args, nargs, "ss") || fn_are(args, nargs, "ssn");
    double variant = 0, hash;
    size_t len;

    if (!two && !fn_are(args, nargs, "sn"))
        return NULL;
    len = args[0]->as.text.len + (two ? args[1]->as.text.len : 0);
    if (!fn_spend_text(e, len, 2))
        return NULL;
    buf_add_str(&text, args[0]->as.text);
    if (two)
        utf16_add_str(&text, args[1]->as.text);
    if (args[nargs - 1]->kind == VALUE_NUMBER)
        variant = args[nargs - 1]->as.number;
    hash = hash_units(utf16_from_str(eval_arena(e), buf_str(&text)), variant);
    buf_release(&text);
    return fn_number(e, hash);
}

/* --- money --- */

const struct value *fn_currencyformat(struct eval *e,
                                      const struct value *const *args,
                                      size_t nargs) {
    struct str code = STR("USD");
    struct buf out = {0};

    if (fn_are(args, nargs, "0") || fn_are(args, nargs, "0s"))
        return &value_null;
    if (fn_are(args, nargs, "ns"))
        code = args[1]->as.text;
    else if (!fn_are(args, nargs, "n"))
        return NULL;
    if (!eval_spend(e, FORMAT_WORK))
        return NULL;
    if (!currency_add(eval_currency(e), &out, args[0]->as.number, code))
        return eval_error(e, "Invalid currency code : %.*s", STR_ARG(code));
    return fn_made(e, &out);
}
