/*
 * fn: what the files of functions share: the shapes of arguments, ECMAScript's
 * whole numbers, and results.
 *
 * Each function_code of functions.def lies in the fn_… file of its kind.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_FN_H
#define VAULTSITE_QUERY_DATAVIEW_FN_H

#include "base/buf.h"
#include "query/dataview/functions.h"

/* --- arguments --- */

/*
 * Whether the arguments are of these kinds, a letter for each: `a` array,
 * `b` boolean, `d` date, `f` function, `l` link, `n` number, `o` object (a
 * record too), `s` string, `u` duration, `0` null, `*` any.
 */
bool fn_are(const struct value *const *args, size_t nargs, const char *kinds);
bool fn_any_null(const struct value *const *args, size_t nargs);

/* --- numbers as ECMAScript takes them --- */

/* Without its fraction; 0 for NaN; infinities stay. */
double fn_integer(double n);
/* Where `n` points in a row of `len`: cut to [0, len]. */
size_t fn_clamp(double n, size_t len);
/* The same; a negative `n` counts from the end, as slice() does. */
size_t fn_from_end(double n, size_t len);

/* The whole part modulo 2^32; 0 for infinities. */
uint32_t fn_uint32(double n);

/* --- work --- */

/* eval_spend for n elements, `each` times; the product may be more than a size_t
 * holds. */
bool fn_spend_times(struct eval *e, size_t n, size_t each);
/* eval_spend for making n × each bytes of text, and for looking through `len`
 * bytes: both are much quicker than evaluating. */
bool fn_spend_text(struct eval *e, size_t n, size_t each);
bool fn_spend_reading(struct eval *e, size_t len);

/* --- results --- */

const struct value *fn_number(struct eval *e, double n);
const struct value *fn_text(struct eval *e, struct str s);
/* A text of the bytes of `b`, which is released. */
const struct value *fn_made(struct eval *e, struct buf *b);

/* --- between the files --- */

/* `items` in the order of their keys, stable; false with the error set. */
struct fn_keyed {
    const struct value *key, *item;
};
typedef int fn_order(struct eval *e, const struct value *a,
                     const struct value *b);
bool fn_sort_keyed(struct eval *e, struct fn_keyed *items, size_t n,
                   fn_order *order);
/* Folds a list with `op` from its first element on; null for an empty one. */
const struct value *fn_fold(struct eval *e, const struct value *list,
                            enum binary_op op);
/* Appends a text without its Markdown marks and with its links as their text
 * (fn_display.c). */
void fn_add_plain(struct buf *out, struct str markdown);

#define FUNCTION(name, code, one, two, three, form, meaning) function_code code;
#include "query/dataview/functions.def"
#undef FUNCTION

#endif
