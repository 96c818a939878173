/*
 * run: a Tasks query over the tasks of a vault (spec/tasks.md §5 to §10).
 */
#ifndef VAULTSITE_QUERY_TASKS_RUN_H
#define VAULTSITE_QUERY_TASKS_RUN_H

#include "query/answer.h"
#include "query/tasks/answer.h"
#include "query/tasks/shared.h"

/* One thread's memory for running queries; `scratch` and `row` are arenas that
 * were initialised. */
struct tasks_memory {
    struct arena *answers;     /* results; lives as long as they */
    struct arena scratch, row; /* of one query, of one test */
};

struct tasks_question {
    struct str text;   /* of the block */
    struct str origin; /* vault path of the note that holds it, or "" */
    uint32_t file;     /* its index in vault->files; TASK_NONE: no such note */
    uint32_t turn;     /* where it stands among all that are asked (script.h) */
};

/*
 * The answer; never NULL, and never fails: a query that does has an error in it.
 * Any number of threads may ask at once, each with its own memory; what `s`
 * needs is made by the first that does. Of queries that had scripts the answer
 * holds once script_stands() says so.
 */
const struct tasks_answer *tasks_run(struct tasks_shared *s,
                                     const struct tasks_question *question,
                                     struct tasks_memory *m);
/* The same as one of all answers, in `a`. */
const struct answer *answer_of_tasks(struct arena *a,
                                     const struct tasks_answer *answer);
/* Whether the answer may depend on the note that holds the text; else the same
 * text in another note has the same answer. */
bool tasks_uses_note(const struct tasks_shared *s,
                     const struct tasks_question *question);

#endif
