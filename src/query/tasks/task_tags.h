/*
 * task_tags: the tags of a task's text (spec/tasks.md §2.3).
 */
#ifndef VAULTSITE_QUERY_TASKS_TASK_TAGS_H
#define VAULTSITE_QUERY_TASKS_TASK_TAGS_H

#include <stdint.h>

#include "base/arena.h"

/* Where the tag that ends the text begins with its `#`, or STR_NONE. */
size_t task_tag_at_end(struct str text);
/* All tags but those that are `filter`, in `a`; *n is their number. */
const struct str *task_tags_of(struct arena *a, struct str text,
                               struct str filter, uint32_t *n);

#endif
