/*
 * answer: the step that answers the queries of a build.
 */
#ifndef VAULTSITE_CLI_ANSWER_H
#define VAULTSITE_CLI_ANSWER_H

#include "cli/run.h"
#include "query/answers.h"

/* All of them, in r->arena; r->queries tells how many of each language were. */
const struct answers *answer_queries(struct run *r, const struct linked *l);

#endif
