/*
 * functions: what an expression may call (spec/dataview.md §10).
 *
 * functions.def is the one table: evaluating, `vaultsite explain` and the manual
 * read it.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_FUNCTIONS_H
#define VAULTSITE_QUERY_DATAVIEW_FUNCTIONS_H

#include "query/dataview/eval.h"

/*
 * The result, made in eval_arena(e); NULL with an error set (eval_error), or
 * NULL alone: these types of arguments are not served, which becomes the error
 * `No implementation of 'name' found for arguments: …`.
 */
typedef const struct value *function_code(struct eval *e,
                                          const struct value *const *args,
                                          size_t nargs);

#define FUNCTION_MAX_VECTOR 3 /* arguments; with more none is vectorised */

struct function {
    struct str name;
    /* How it is written and what it gives, for people: `round(number, digits)`. */
    struct str form, meaning;
    function_code *code;
    /* [n - 1]: with n arguments, bit i: where argument i is an array the function
     * is applied to each of its elements. 0: not vectorised. */
    unsigned char vector[FUNCTION_MAX_VECTOR];
};

extern const struct function functions[];
extern const size_t nfunctions;

/* By exact name, NULL where there is none. */
const struct function *function_named(struct str name);
/* Dispatch of §10: element by element where an argument is an array and marked,
 * else the code itself. NULL with the error set. */
const struct value *function_call(struct eval *e, const struct function *f,
                                  const struct value *const *args,
                                  size_t nargs);

#endif
