/*
 * run: a parsed query over the pages of a vault (spec/dataview.md §11, §12).
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_RUN_H
#define VAULTSITE_QUERY_DATAVIEW_RUN_H

#include "query/dataview/plan.h"
#include "query/dataview/tree.h"

/* One thread's memory for running queries. */
struct run_memory {
    struct arena *answers; /* results; lives as long as they */
    struct arena query;    /* all that one query makes */
    struct arena scratch;  /* of one query, or of one row */
};
void run_memory_init(struct run_memory *m, struct arena *answers);
void run_memory_release(struct run_memory *m);

/*
 * The answer of `q`, written in the note `origin` (file index; RECORDS_NONE: in
 * none that is a page, at the vault path `path`).  Never fails: a query that does
 * gives an ANSWER_ERROR.
 */
const struct answer *run_query(struct records *r, const struct dql *q,
                               const struct query_plan *plan, uint32_t origin,
                               struct str path, struct run_memory *m);
/* The plan for such a run, to be made for all queries before the first runs. What
 * it holds lives as long as `c`. */
struct query_plan run_plan(struct records *r, const struct dql *q,
                           struct columns *c, uint32_t origin, struct str path,
                           struct run_memory *m);
/* The answer of an expression: ANSWER_VALUE or ANSWER_ERROR. */
const struct answer *run_expr(struct records *r, const struct expr *x,
                              uint32_t origin, struct str path,
                              struct run_memory *m);
/* What a text that could not be parsed gives. */
const struct answer *run_unparsed(struct str text,
                                  const struct parse_error *error,
                                  struct arena *a);

#endif
