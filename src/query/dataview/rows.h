/*
 * rows: what a query's clauses work on.  Private to running queries.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_ROWS_H
#define VAULTSITE_QUERY_DATAVIEW_ROWS_H

#include "query/dataview/context.h"

struct query_plan;

struct row {
    const struct value
        *id; /* link of a page, text of a record, a group's key */
    const struct value *data; /* its fields */
};

/* What the id of a row means: a page, or the key of a group; FLATTEN by a group's
 * name gives back what it meant before. */
struct meaning {
    struct str group;            /* name of the group column */
    const struct meaning *outer; /* NULL: ids are pages */
};

struct rows {
    VEC(struct row) list;
    const struct meaning *meaning; /* NULL: ids are pages */
    bool met;                      /* the first clause: nobody need ask it */
    unsigned nflattened;           /* FLATTEN clauses so far */
    size_t nasked; /* rows that clauses were asked of, one after the other */
    size_t ndropped;
    struct str drop_reason;
};

/* source.c: the rows of a query's source. False with the error set. */
bool rows_of_source(struct eval *e, const struct dql *q,
                    const struct query_plan *plan, struct rows *rows);
/* clauses.c: one clause after the other. False with the error set. */
bool rows_clause(struct eval *e, struct rows *rows, const struct clause *c);
/*
 * For loops over rows that leave out those that fail: tells that row `i` of `n`
 * failed. false: the query may not go on. After the loop rows_dropped says
 * whether all failed, which is the query's own error then.
 */
struct failures {
    size_t n;
    struct buf text; /* the first three */
    struct str first;
};
bool rows_failed(struct eval *e, struct failures *f);
bool rows_dropped(struct eval *e, struct rows *rows, struct failures *f,
                  size_t n, struct str step, size_t shown);

#endif
