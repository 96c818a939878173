/*
 * task: every task of the published notes, read once.
 *
 * spec/tasks.md §1 to §4: which list items are tasks, and what their lines say.
 * All is made before the first query and only read afterwards, by any number of
 * threads.  Nothing here knows of queries.
 */
#ifndef VAULTSITE_QUERY_TASKS_TASK_H
#define VAULTSITE_QUERY_TASKS_TASK_H

#include "link/link.h"
#include "query/tasks/status.h"

#define TASK_NONE UINT32_MAX

/* --- fields --- */

enum task_priority {
#define TASK_PRIORITY(id, symbol, name, word, urgency) TASK_PRIORITY_##id,
#include "query/tasks/priorities.def"
#undef TASK_PRIORITY
    TASK_PRIORITIES
};
struct task_priority_row {
    struct str symbol; /* "🔺"; "" for NONE */
    struct str name;   /* "Highest"; "Normal" for NONE: headings, classes */
    struct str word;   /* "highest"; "none" for NONE: filters */
    double urgency;    /* its share of that */
};
extern const struct task_priority_row task_priorities[TASK_PRIORITIES];

/* Fields in the order in which they are shown, without the description. */
enum task_field {
#define TASK_FIELD(id, symbol, key, component, words) TASK_FIELD_##id,
#include "query/tasks/task_fields.def"
#undef TASK_FIELD
    TASK_FIELDS
};
struct task_field_row {
    struct str symbol;    /* "📅", as it is shown; "" for the priority */
    struct str key;       /* "due": in Dataview's form */
    struct str component; /* "dueDate": classes, `hidden` in results */
    struct str words;     /* "due date": of hide and show */
};
extern const struct task_field_row task_fields[TASK_FIELDS];

/* Dates, in the order of their fields. */
enum task_date {
    TASK_DATE_CREATED,
    TASK_DATE_START,
    TASK_DATE_SCHEDULED,
    TASK_DATE_DUE,
    TASK_DATE_CANCELLED,
    TASK_DATE_DONE,
    TASK_DATES
};

/* A day: civil_days(), days since 1970-01-01, of the years 0 to 9999; or one of
 * these. An invalid date is one that stands there and no calendar has
 * (2026-02-30): it counts as present and satisfies nothing (§5.4). */
typedef int32_t task_day;
#define TASK_DAY_NONE INT32_MIN
#define TASK_DAY_INVALID (INT32_MIN + 1)
static inline bool task_day_present(task_day d) {
    return d != TASK_DAY_NONE;
}
static inline bool task_day_valid(task_day d) {
    return d > TASK_DAY_INVALID;
}

enum task_completion { TASK_COMPLETION_NONE, TASK_KEEP, TASK_DELETE };

struct task {
    uint32_t file; /* in vault->files: the path */
    uint32_t item; /* in the note's items */
    /* Of the file, from 1; results print it so, scripts less 1. */
    uint32_t line;
    /* First line of the top-level block that holds it, from 1, and which of its
     * tasks this is, from 0. */
    uint32_t section, section_index;
    /* The note's headings: the last top-level one at or above it, NOTE_NONE. Its
     * text, which may be "", is heading.raw. */
    uint32_t heading;
    /* Tasks: the nearest one above it in the tree, over plain items; TASK_NONE. */
    uint32_t parent;

    const struct status *status; /* never NULL */
    bool is_done;                /* status_is_done */
    bool is_blocked, is_blocking;
    /* Its scheduled date is the file name's: counts everywhere, is not printed. */
    bool scheduled_inferred;
    uint8_t priority;      /* enum task_priority */
    uint8_t on_completion; /* enum task_completion */

    task_day dates[TASK_DATES];
    double urgency;

    /* All below is UTF-8, without a line end; "" where there is none. */

    /* The line as it stands in the file, with blanks at its ends, without CR. */
    struct str original;
    struct str indentation; /* blanks and `>` before the marker */
    struct str marker;      /* `-`, `*`, `+`, `1.`, `2)` */
    /* Trimmed; trailing tags are part of it, and so is the global filter, but for
     * task_description. */
    struct str description;
    /* The rule in its normal form, `every 2 days`; "" also where it is none (§15). */
    struct str recurrence;
    struct str id;
    struct str block_link;        /* ` ^abc`, with its blank before it */
    const struct str *depends_on; /* ids, in order, as written */
    /* Of the description, with `#`, in order; without the global filter. */
    const struct str *tags;
    uint32_t ndepends_on, ntags;
};

/* --- a vault's --- */

/* What one note holds. */
struct task_file {
    uint32_t begin, end; /* its tasks: [begin, end) */
    /* By index of the note's items, for trees (§11.6): the first child and the
     * next sibling, NOTE_NONE; which task an item is, TASK_NONE. All NULL where
     * the note has no tasks. Items that queries know nothing of (symbol "") have
     * none and are nobody's child. */
    const uint32_t *first_child, *next, *task;
};

struct tasks {
    const struct linked *linked;
    const struct tasks_settings *settings;
    task_day today;
    const struct task *items; /* by file in vault order, then by line */
    uint32_t len;
    const struct task_file *files; /* by file index, one for each file */
    struct statuses statuses;
};

/*
 * The tasks of all published notes, those in template folders included.
 * `settings` is borrowed, `today` the day of the build in the vault's zone (what
 * urgency is counted from). Everything is in `a`. Never NULL.
 */
const struct tasks *tasks_of_vault(struct arena *a, const struct linked *l,
                                   const struct tasks_settings *settings,
                                   struct civil_date today);
/* The parent among the tasks, or NULL. */
static inline const struct task *task_parent(const struct tasks *t,
                                             const struct task *task) {
    return task->parent == TASK_NONE ? NULL : &t->items[task->parent];
}

/* --- what follows from a task --- */

/* Its note's path as queries and people know it (vault_shown()). */
static inline struct str task_path(const struct tasks *t,
                                   const struct task *task) {
    return vault_shown(&t->linked->vault->files[task->file]);
}
/* And on disk. */
static inline struct str task_disk_path(const struct tasks *t,
                                        const struct task *task) {
    return t->linked->vault->files[task->file].path;
}
/* The text of the heading above it; `.p` is NULL where there is none. */
struct str task_heading(const struct tasks *t, const struct task *task);
/* The first valid day of start, scheduled and due, or TASK_DAY_NONE. (`has happens
 * date` counts invalid ones too.) */
task_day task_happens(const struct task *task);
/* The description as filters see it: the first place of the global filter cut
 * out, trimmed; in `a` where it had to go. */
struct str task_description(struct arena *a, const struct tasks *t,
                            const struct task *task);
/* The value of a field alone: `high`, `2026-01-31`, `every week`; nothing where the
 * task has none, or where a date is its file's name's. */
void task_add_field(struct buf *out, const struct task *task,
                    enum task_field field);
/* What follows the box on the task's line when the plugin writes it: the
 * description, each field with its symbol (§11.2) or, in Dataview's form, in
 * brackets, the block link. */
void task_add_text(struct buf *out, const struct task *task,
                   enum tasks_format format);
/* `YYYY-MM-DD`, or `Invalid date`; nothing for TASK_DAY_NONE. */
void task_day_add(struct buf *out, task_day d);

/* --- reading one line --- */

/*
 * Reads `body`, what follows the status box on an item's line, trimmed: sets the
 * description, the fields, tags and block link of `task`, which was zeroed, and
 * nothing else; dates that are not there become TASK_DAY_NONE. Texts borrow from
 * `body` where they can, the rest is in `a`. Never fails.
 */
void task_read_body(struct arena *a, struct str body,
                    const struct tasks_settings *settings, struct task *task);

#endif
