/*
 * answer: what a query gives: rows of values, or why there are none.
 *
 * A page draws (site/) exactly the struct that `vaultsite query` prints
 * (decisions.md 39).  An answer belongs to a query's text and the note in which
 * it is written (decisions.md 18).  Values are const and live in the arena that
 * the answer was made in.
 */
#ifndef VAULTSITE_QUERY_ANSWER_H
#define VAULTSITE_QUERY_ANSWER_H

#include "base/buf.h"
#include "value/print.h"

enum answer_kind {
    ANSWER_TABLE,
    ANSWER_LIST, /* one column: the id, the value, or a VALUE_PAIR of both */
    ANSWER_TASK, /* one column: tasks, or groups: objects of `key`, `rows` */
    ANSWER_CALENDAR, /* two columns: a date (or whatever it is) and a link */
    ANSWER_VALUE,    /* of an expression: one cell */
    ANSWER_TASKS,    /* of a Tasks query: see `tasks` */
    ANSWER_ERROR,
};

struct tasks_answer; /* tasks/answer.h */

enum answer_stage {
    STAGE_PARSE, /* the text is no query */
    STAGE_EVAL,  /* it failed while it ran */
};

struct answer {
    enum answer_kind kind;
    uint32_t ncolumns;
    size_t nrows;
    const struct value *const *cells; /* nrows × ncolumns, row by row */
    const struct str *headers;        /* ANSWER_TABLE: ncolumns */
    bool has_id;  /* ANSWER_TABLE, ANSWER_LIST: ids are shown (first column) */
    bool grouped; /* … and they are keys of groups: */
    struct str group; /* the name of that column */
    bool groups;      /* ANSWER_TASK: the rows are groups */
    bool has_visual;  /* ANSWER_TASK: some row may have a member `visual` */
    struct str text;  /* ANSWER_VALUE: its text form */
    /* The answer to a Tasks query, one that failed too; NULL for all others. */
    const struct tasks_answer *tasks;

    /* ANSWER_ERROR */
    enum answer_stage stage;
    struct str message;
    uint32_t line, column; /* in the query's text, 1-based, code points; 0 */

    /* What a writer should know of an answer that is one. */
    size_t ndropped;        /* rows left out because something in them failed */
    struct str drop_reason; /* of the first of them */
    size_t nasked; /* rows that a condition, a sort or the like was asked of */
    bool uses_clock;   /* it depends on the day of the build */
    bool shows_hidden; /* a cell shows what stands in a comment */
};

/* The cell of a row. */
static inline const struct value *answer_cell(const struct answer *a,
                                              size_t row, size_t column) {
    return a->cells[row * a->ncolumns + column];
}

/* A list item or task in an answer: where it stands. */
struct answer_item {
    uint32_t file; /* index of its note in vault->files */
    uint32_t item; /* in the note's items */
};
/* Whether `v` is a list item, or a row made of one; *place tells which. */
bool answer_item(const struct value *v, struct answer_item *place);

/* One line of JSON, without an end of line: the normal form of
 * conformance/README.md, "Dataview results" and "Tasks results". */
void answer_add_json(struct buf *out, const struct answer *a);
/* One value in that form. */
void answer_add_value(struct buf *out, const struct value *v);

/* The query's line that an error is about with a caret below the place; nothing
 * where the place is not known. `query` is the text that was asked. */
void answer_add_caret(struct buf *out, const struct answer *a,
                      struct str query);

#endif
