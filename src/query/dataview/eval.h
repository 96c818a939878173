/*
 * eval: the value of an expression for one row (spec/dataview.md §9).
 *
 * Nothing is short-circuited and no error is swallowed: NULL means that
 * something failed, and eval_message() tells what.  Work is counted, so that a
 * query made to explode ends, at the same point in every build.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_EVAL_H
#define VAULTSITE_QUERY_DATAVIEW_EVAL_H

#include "query/dataview/tree.h"
#include "value/compare.h"
#include "value/print.h"

struct eval; /* one thread's evaluation of one query */

const struct value *eval_expr(struct eval *e, const struct expr *x);
/* The same with `row` as the row; NULL: there is none (LIMIT). */
const struct value *eval_row(struct eval *e, const struct expr *x,
                             const struct value *row);

/* --- for functions --- */

/* Where results are made; lives at least as long as the answer needs them. */
struct arena *eval_arena(struct eval *e);
/* Sets the error, if none is set yet, and returns NULL. */
const struct value *eval_error(struct eval *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same, and the whole query ends: no row that fails is passed over. */
const struct value *eval_stop(struct eval *e, struct str why);
bool eval_failed(const struct eval *e);
/*
 * Takes `n` units of work (elements, bytes made); false, with the error set,
 * when none is left, or when the query has made more than it may keep. Whoever loops over elements or makes text asks first.
 */
bool eval_spend(struct eval *e, size_t n);
/* value_compare with links resolved from the query's note. */
int eval_compare(struct eval *e, const struct value *a, const struct value *b);
bool eval_equal(struct eval *e, const struct value *a, const struct value *b);
/* left op right, with the plugin's error where it has no such operator. */
const struct value *eval_binary(struct eval *e, enum binary_op op,
                                const struct value *left,
                                const struct value *right);
/* base[index] (§9 Indexing). */
const struct value *eval_index(struct eval *e, const struct value *base,
                               const struct value *index);
/* Calls a VALUE_FUNCTION; parameters without an argument are not bound. */
const struct value *eval_call(struct eval *e, const struct value *function,
                              const struct value *const *args, size_t nargs);
/* The text form (§3), in eval_arena(). */
struct str eval_text(struct eval *e, const struct value *v);
/* Vault path of the file that a link to `path` means from the query's note;
 * `path` itself where there is none. */
struct str eval_resolve(struct eval *e, struct str path);
/* Whether there is such a file; *path as eval_resolve. */
bool eval_find(struct eval *e, struct str path, struct str *resolved);
/* The page record of the note at a vault path (as resolved), or NULL. */
const struct value *eval_page(struct eval *e, struct str path);
const struct value_style *eval_style(const struct eval *e);
/* Zones and clock. Asking makes the answer one that depends on the clock only
 * where eval_clock() is called. */
const struct query_dates *eval_dates(const struct eval *e);
const struct query_dates *eval_clock(struct eval *e);
/* Amounts of money; the one formatter of this evaluation, released with it. */
struct currency;
struct currency *eval_currency(struct eval *e);
/* A regular expression, compiled once per query; NULL with the error set where
 * `what` (a function's name) got one that is none. */
struct regex;
const struct regex *eval_regex(struct eval *e, struct str pattern,
                               struct str flags, const char *what);

#endif
