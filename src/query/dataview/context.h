/*
 * context: what one evaluation knows: a struct eval from inside.
 *
 * For the files that run queries and their expressions; functions use eval.h.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_CONTEXT_H
#define VAULTSITE_QUERY_DATAVIEW_CONTEXT_H

#include "base/currency.h"
#include "base/map.h"
#include "base/regex.h"
#include "base/vec.h"
#include "query/dataview/eval.h"
#include "query/dataview/records.h"

/* A parameter of a lambda with what it stands for; inner ones first. */
struct binding {
    struct str name;
    const struct value *value;
    const struct binding *outer;
};

/* What a VALUE_FUNCTION leads to. */
struct closure {
    const struct expr *lambda;
    const struct binding *bindings;
    const struct value *row;
};

/* Work that a query may cost, in steps of about 20 ns: so many, and for each
 * page of the vault so many more. */
#define EVAL_FUEL 20000000
#define EVAL_FUEL_PER_PAGE 2000
/* Bytes that it may have made at one time, for its answer or for one row. */
#define EVAL_MEMORY ((size_t)128 << 20)
#define EVAL_MEMORY_PER_PAGE ((size_t)20 << 10)

struct eval {
    struct records *records;
    struct arena *arena;   /* where values are made now */
    struct arena *answer;  /* what lives as long as the answer */
    struct arena *scratch; /* forgotten after each row of a condition */
    uint32_t origin;       /* file index of the query's note, RECORDS_NONE */
    struct str folder;     /* where the query's note lies, also if it is none */
    const struct value *this;
    const struct value *row; /* NULL: none */
    const struct binding *bindings;
    struct value_order order;
    size_t fuel, memory; /* left; the most that `arena` may hold */
    unsigned depth;      /* of the expression and of calls */
    bool failed, exhausted;
    struct buf message;
    bool uses_clock;
    struct map regexes; /* flags, '/', pattern -> struct regex *, in answer */
    VEC(struct regex *) compiled;
    struct currency currency;
};

/* For one query of the note `origin` (RECORDS_NONE: of none, which would be at
 * `path`); to be released. */
void eval_begin(struct eval *e, struct records *r, uint32_t origin,
                struct str path, struct arena *answer, struct arena *scratch);
void eval_end(struct eval *e);
/* The work that all of a query may cost, and its answer once more. */
size_t eval_allowance(const struct eval *e);
/* Forgets the error of the row before; false where the query may not go on. */
bool eval_clear(struct eval *e);

#endif
