/*
 * ask: one question at a time, for the command line.
 */
#ifndef VAULTSITE_QUERY_ASK_H
#define VAULTSITE_QUERY_ASK_H

#include "link/link.h"
#include "query/answer.h"
#include "query/tasks/script.h"
#include "query/tasks/task.h"

enum question_language {
    QUESTION_DATAVIEW,   /* the text of a block */
    QUESTION_EXPRESSION, /* an inline query without its prefix */
    QUESTION_TASKS,      /* the text of a Tasks block */
};

struct question {
    enum question_language language;
    struct str text;
    struct str origin; /* vault path of the note that holds it, or "" */
};

/* Knows the vault from question to question; one thread's. */
struct asker;
/* `l` is borrowed; `now` is the clock. To be ended. */
struct asker *asker_new(struct arena *a, const struct linked *l,
                        struct civil_instant now);
void asker_end(struct asker *k);
/* What QUESTION_TASKS is asked of; before the first. `scripts` is NULL where
 * JavaScript is switched off. Both are borrowed. */
void asker_add_tasks(struct asker *k, const struct tasks *t,
                     struct scripts *scripts);
/* The answer, valid until the next question. */
const struct answer *ask(struct asker *k, const struct question *q);
/* How null, dates and the rest are written. */
const struct value_style *asker_style(const struct asker *k);

#endif
