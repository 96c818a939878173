/*
 * answers: every query of a vault, answered once.
 *
 * The step between link and plan (design.md §1).  Equal queries share a plan,
 * and an answer where it cannot depend on the note.  Only published notes ask,
 * and only published notes are in the answers.
 */
#ifndef VAULTSITE_QUERY_ANSWERS_H
#define VAULTSITE_QUERY_ANSWERS_H

#include "link/link.h"
#include "query/answer.h"
#include "query/tasks/answer.h"

struct answers;
struct scripts;
struct tasks;
struct tasks_answer;

/*
 * Answers all blocks and inline queries of the published notes of `l`, with up
 * to `jobs` threads; `now` is the clock. `tasks` are those of the vault (NULL:
 * Tasks queries are not answered), `scripts` what their functions run in (NULL:
 * JavaScript is off). Everything is in `a` and does not depend on `jobs`.
 * Findings of query-* go to `d`.
 */
const struct answers *answers_make(struct arena *a, const struct linked *l,
                                   const struct tasks *tasks,
                                   struct scripts *scripts,
                                   struct civil_instant now, unsigned jobs,
                                   struct diags *d);
/* The answer to block `query` (note->queries) of the note `file`; NULL: its
 * language is none that is answered. */
const struct answer *answers_block(const struct answers *s, uint32_t file,
                                   uint32_t query);
/* The answer to block `query` of that note; NULL: it is no Tasks block. */
const struct tasks_answer *answers_tasks(const struct answers *s, uint32_t file,
                                         uint32_t query);
/* The answer to inline query `query` (note->inline_queries) of that note; NULL:
 * it is not to be answered, and stays the code that it is. */
const struct answer *answers_inline(const struct answers *s, uint32_t file,
                                    uint32_t query);
/* How null, dates and the rest are written (spec/dataview.md §16). */
const struct value_style *answers_style(const struct answers *s);

#endif
