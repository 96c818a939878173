/*
 * plan: how the first condition of a query is met without asking every row.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_PLAN_H
#define VAULTSITE_QUERY_DATAVIEW_PLAN_H

#include "query/dataview/columns.h"
#include "query/dataview/context.h"

/* What was found at planning: NULL where every row must be asked. */
struct query_plan {
    const struct column_needle *needle;
    /* Of tasks: the first clause is no more than contains(text, part) and
     * perhaps a word about `completed`, so that the candidates can be told
     * without evaluating it. */
    bool whole;
    struct str part;
    enum { COMPLETED_ANY, COMPLETED_YES, COMPLETED_NO } completed;
};

/*
 * Looks through the conjuncts of the query's first clause for one that a column
 * can answer, and tells the column of it. `e` is an evaluation in the query's
 * note, for the values that hang on it. A condition that could fail for some row
 * is left alone: which rows fail would otherwise be another question.
 */
struct query_plan plan_query(struct eval *e, const struct dql *q,
                             struct columns *c);

#endif
