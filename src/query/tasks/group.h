/*
 * group: which groups a task belongs to.  Private to grouping.
 */
#ifndef VAULTSITE_QUERY_TASKS_GROUP_H
#define VAULTSITE_QUERY_TASKS_GROUP_H

#include "query/tasks/query.h"

struct names {
    const struct str *items;
    uint32_t len; /* at least 1, but for an array of a script */
};

/* The names that a key gives a task (spec/tasks.md §8); not of GROUP_FUNCTION. */
struct names names_of(struct tasks_query *q, const struct grouper *g,
                      const struct task *t);

#endif
