/*
 * answer: the step that answers the queries of a build.
 */
#ifndef VAULTSITE_CLI_ANSWER_H
#define VAULTSITE_CLI_ANSWER_H

#include "cli/run.h"
#include "query/answers.h"

/* What functions of Tasks queries over `t` run in; NULL where JavaScript is off.
 * To be ended with scripts_end (script/client.h). */
struct scripts *answer_scripts(struct run *r, const struct tasks *t);
/* The tasks of the vault, in r->arena. */
const struct tasks *answer_tasks(struct run *r, const struct linked *l);

/* Those that entities are asked for (spec/entities.md §5), which no setting of the
 * plugin touches: `tasks` themselves where they are the same. */
const struct tasks *answer_entity_tasks(struct run *r, const struct linked *l,
                                        const struct tasks *tasks);

/* All of them, in r->arena; r->queries tells how many of each language were. */
const struct answers *answer_queries(struct run *r, const struct linked *l,
                                     const struct tasks *tasks);

#endif
