/*
 * asked: what the queries of a vault are while they are answered.
 *
 * Private to query/answers*.c.
 */
#ifndef VAULTSITE_QUERY_ASKED_H
#define VAULTSITE_QUERY_ASKED_H

#include "base/vec.h"
#include "query/answers.h"
#include "query/dataview/run.h"

enum asked_kind { ASKED_DATAVIEW, ASKED_INLINE, ASKED_TASKS };

/* A text that is asked, once however often it stands in the vault. */
struct asked {
    struct str text;
    enum asked_kind kind;
    const struct dql *query; /* both NULL: it could not be parsed */
    const struct expr *expr;
    bool uses_clock;
    bool uses_note; /* its answer depends on the note in which it stands */
    struct parse_error error;
    uint32_t shared; /* a job, where the answer does not; NO_JOB: none yet */
};

/* An answer to be found. */
struct job {
    uint32_t asked, file;
    struct query_plan plan;
};

#define NO_JOB UINT32_MAX

struct answers {
    const struct linked *linked;
    struct records *records;
    struct tasks_shared *tasks; /* NULL: Tasks queries are not answered */
    VEC(struct asked) asked;
    VEC(struct job) jobs;
    const struct answer **found; /* by job */
    /* By file: its first place in `places`; blocks, then inline queries. */
    uint32_t *first;
    uint32_t *places; /* jobs; NO_JOB */
};

/* answers_findings.c: reports what is wrong with them, when all are found.
 * `scripts` is NULL where JavaScript is switched off. */
void answers_report(const struct answers *s, struct scripts *scripts,
                    struct diags *d);

#endif
