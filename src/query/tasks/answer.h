/*
 * answer: what a Tasks query gives: groups of tasks, or why there are none.
 *
 * A page draws (site/) exactly the struct that `vaultsite query` prints
 * (decisions.md 39).  Everything is const and lives in the arena that the answer
 * was made in; tasks are indices in tasks->items.
 */
#ifndef VAULTSITE_QUERY_TASKS_ANSWER_H
#define VAULTSITE_QUERY_TASKS_ANSWER_H

#include "query/tasks/task.h"

/* Parts of a result that `hide` and `show` know besides a task's fields. */
enum layout_part {
#define LAYOUT_PART(id, words, key, hidden, meaning) LAYOUT_##id,
#include "query/tasks/layout_parts.def"
#undef LAYOUT_PART
    LAYOUT_PARTS
};
struct layout_part_row {
    struct str words;   /* "task count": of hide and show */
    struct str key;     /* "hideTaskCount": in JSON */
    bool hidden;        /* where the query says nothing */
    struct str meaning; /* for people */
};
extern const struct layout_part_row layout_parts[LAYOUT_PARTS];

enum tasks_view { TASKS_LIST, TASKS_COLUMNS };

struct tasks_layout {
    bool hidden[LAYOUT_PARTS];
    bool hidden_fields[TASK_FIELDS];
    bool short_mode;
    enum tasks_view view; /* TASKS_COLUMNS: the first level is columns */
};

/* What a query says nothing about. */
struct tasks_layout tasks_layout_default(void);

struct task_heading {
    uint32_t level;  /* from 0 */
    struct str name; /* Markdown, with its `%%…%%` sort marks; may be "" */
    struct str key;  /* of `group by`: `due`, `status.type`, `function`, … */
};

struct task_group {
    /* Those shown before the group: of levels whose name did not change there is
     * none. */
    const struct task_heading *headings;
    uint32_t nheadings;
    /* The name on every level, for who draws columns; nkeys of the answer. */
    const struct str *names;
    const uint32_t *tasks; /* in display order */
    uint32_t ntasks;
    uint32_t total; /* of it before `limit groups` */
};

struct tasks_error {
    struct str message; /* as the plugin words it, several lines */
    /* The instruction, continuation lines joined, trimmed, nothing expanded; ""
     * where the failure has none. */
    struct str instruction;
    /* Line of the block that it begins on, 1-based; 0: it stands in the global
     * query or the note's defaults, or there is none. */
    uint32_t line;
    bool at_run; /* it was understood, and failed while it ran */
};

struct tasks_answer {
    const struct tasks *tasks;
    bool failed; /* error counts, and nothing below it but the explanation */
    struct tasks_error error;
    /* At least one; without grouping, or without tasks, just one, without
     * headings. */
    const struct task_group *groups;
    uint32_t ngroups;
    const struct str *keys; /* of `group by`, level by level */
    uint32_t nkeys;
    uint32_t nshown; /* different tasks in the groups */
    uint32_t ntotal; /* tasks that the filters let through */
    struct tasks_layout layout;
    bool explains;
    struct str explanation; /* spec/tasks.md §11.7; without a final line end */
    bool wants_script;      /* it has a function, and none can run */
    struct str script_ended; /* why a function's program was ended; "" */
    size_t nasked; /* tasks that a filter was asked of, one after another */
};

/* `1 task`, `5 tasks`, `3 of 294 tasks`. */
void tasks_add_count(struct buf *out, uint32_t shown, uint32_t total);

/* One line of JSON, without an end of line: the normal form of
 * conformance/README.md, "Tasks results". */
void tasks_answer_add_json(struct buf *out, const struct tasks_answer *a);
/* The same for people: headings, then one line for each task with its place. What
 * could steer a terminal, and the sort marks of headings, are left out. */
void tasks_answer_add_text(struct buf *out, const struct tasks_answer *a);
/* As CSV: a row of names, then one for each task with all its fields, hidden or
 * not, after the names of its groups; one that is in several groups has several
 * rows. Nothing for a query that failed. */
void tasks_answer_add_csv(struct buf *out, const struct tasks_answer *a);

#endif
