/*
 * columns: which rows can meet a condition, without asking each of them.
 *
 * For conditions of the forms in decisions.md 38: `field = value`,
 * `contains(field, value)`, and `contains(text, "literal")` of tasks.  What a
 * column finds are candidates, never too few; the whole condition is still asked
 * of them.  A column is made when it is first used, in one pass over the pages;
 * all texts that any query of a build looks for in it are found in that pass.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_COLUMNS_H
#define VAULTSITE_QUERY_DATAVIEW_COLUMNS_H

#include "query/dataview/records.h"
#include "query/dataview/tree.h"

struct columns;
struct column_needle;

/* `r` is borrowed; what is kept lies in arenas of its own, until the release. */
struct columns *columns_new(struct arena *a, struct records *r);
void columns_release(struct columns *c);

/* A task of a page: the index among the note's items. */
struct candidate {
    uint32_t file;
    uint32_t item; /* CANDIDATE_PAGE: all of the page */
};
#define CANDIDATE_PAGE UINT32_MAX

struct candidates {
    const struct candidate *items; /* in vault order, each once */
    size_t len;
};

enum column_test {
    COLUMN_EQUAL,     /* field = value */
    COLUMN_CONTAINS,  /* contains(field, value) */
    COLUMN_TASK_TEXT, /* contains(text, value) of tasks; the field is not used */
};

/* Whether a column can tell anything of pages by this expression: a name, or one
 * of the members of `file` that is cheap to have. */
bool column_field(const struct expr *field);
/* Whether it can by this value. */
bool column_value(const struct columns *c, enum column_test test,
                  const struct value *value);

/*
 * Tells that a query over `source` will ask for `value`: to be done before the first
 * column_candidates(), and by one thread, so that it is always the same ones that
 * find room: NULL where a column has too many bytes to look for.
 */
const struct column_needle *column_expect(struct columns *c,
                                          const struct source *source,
                                          enum column_test test,
                                          const struct expr *field,
                                          const struct value *value);
/* The tasks in whose text the needle stands (COLUMN_TASK_TEXT), and no others. */
struct candidates column_found(const struct column_needle *needle);
/* The pages (or tasks) for which the test may hold. */
struct candidates column_candidates(const struct column_needle *needle);

#endif
