/*
 * entity_tasks: every checkbox of the vault, and whose it is (spec/entities.md §5).
 */
#ifndef VAULTSITE_ENTITY_ENTITY_TASKS_H
#define VAULTSITE_ENTITY_ENTITY_TASKS_H

#include "entity/work.h"

struct entity_tasks; /* between the two calls */

/* Reads the tasks of all notes that take part, in order; whoever they name and nobody
 * knew is added to w->roster. After refs_read, before roster_finish. Findings of
 * assignee-unknown go to w->diags. */
struct entity_tasks *entity_tasks_read(struct entity_work *w);
/* After roster_finish: fills w->all->tasks, and tasks with their counts in each of
 * w->items. */
void entity_tasks_finish(struct entity_work *w, struct entity_tasks *tasks);

#endif
