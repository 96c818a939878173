/*
 * task_fields: the field that ends a task's text.
 *
 * spec/tasks.md §2.1 and §2.2.  Fields are taken from the end one by one
 * (task_line.c); what is found here is the last one alone.
 */
#ifndef VAULTSITE_QUERY_TASKS_TASK_FIELDS_H
#define VAULTSITE_QUERY_TASKS_TASK_FIELDS_H

#include "base/str.h"
#include "vault/tasks_settings.h"

/* In the order in which a round tries them. */
enum task_part {
    PART_PRIORITY,
    PART_DONE,
    PART_CANCELLED,
    PART_DUE,
    PART_SCHEDULED,
    PART_START,
    PART_CREATED,
    PART_RECURRENCE,
    PART_COMPLETION,
    PART_TAG, /* found elsewhere (task_tags.h) */
    PART_ID,
    PART_DEPENDS,
    PART_KINDS
};

struct task_cut {
    enum task_part part;
    size_t begin; /* what is cut out goes from here to the end */
    struct str
        value; /* without blanks at its ends; PART_PRIORITY: its symbol, or
                       * its word in Dataview's form */
};

/* Whether the text, which has no white space at its end, ends in a field of that
 * form; then `cut` tells of it. */
bool task_field_at_end(struct str text, enum tasks_format format,
                       struct task_cut *cut);

#endif
