/*
 * instructions: what a line of a Tasks query may say.
 *
 * instructions.def is the one table: reading, `vaultsite explain` and the manual
 * have it from there.
 */
#ifndef VAULTSITE_QUERY_TASKS_INSTRUCTIONS_H
#define VAULTSITE_QUERY_TASKS_INSTRUCTIONS_H

#include "query/tasks/query.h"

enum instruction_kind { INSTRUCTION_LINE, INSTRUCTION_FILTER };

/* How reading ended. */
enum reading {
    READ_OTHER, /* the line is not of this row */
    READ_DONE,
    READ_FAILED, /* it is, and is wrong */
};

struct instruction;

/* What a row's function works on. */
struct instruction_reader {
    struct tasks_query *query;
    const struct statement *at; /* of INSTRUCTION_LINE rows */
    const struct instruction *row;
    struct str line;
    struct filter *filter; /* made by INSTRUCTION_FILTER rows */
    struct str problem;    /* READ_FAILED */
};
typedef enum reading instruction_read(struct instruction_reader *r);

struct instruction {
    enum instruction_kind kind;
    instruction_read *read;
    unsigned about;
    /* How it is written, and what it does; the latter is "" for a spelling that
     * the row above tells of. */
    struct str form, meaning;
};
extern const struct instruction instructions[];
extern const size_t ninstructions;

/* What the rows' functions share.  The first word of the row's form: the field
 * that it is about. */
struct str instruction_word(const struct instruction *row);
/* Takes `word` and one blank off the front of *line; false where they are not
 * there. */
bool take_word(struct str *line, struct str word);
enum reading read_fail(struct instruction_reader *r, struct str problem);
/* A new filter of the line. */
struct filter *read_new(struct instruction_reader *r, enum filter_kind kind);

/* layout.c */
instruction_read read_short, read_full, read_explain, read_ignore_global,
    read_limit, read_view, read_layout;
/* keys.c */
instruction_read read_sort, read_group;
/* Whether the expression can be asked, with *function to call; of SCRIPT_GROUP
 * only whether scripts run. False with *problem set. */
bool script_read(struct tasks_query *q, enum script_use use,
                 struct str expression, uint32_t *function,
                 struct str *problem);
/* What `group by` with this key means; NULL where there is no such key, or with
 * *problem set. */
struct grouper *grouper_read(struct tasks_query *q, const struct statement *at,
                             struct str key, struct str *problem);
/* filters.c, filter_text.c, filter_date.c, filter_function.c */
instruction_read read_type, read_flag, read_not_flag, read_priority;
instruction_read read_text;
instruction_read read_has_date, read_date;
instruction_read read_function;

#endif
