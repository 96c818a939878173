/*
 * shared: what all Tasks queries of a vault have in common.
 *
 * Tables over all files and tasks, made when they are first asked for and only
 * read afterwards, by any number of threads.
 */
#ifndef VAULTSITE_QUERY_TASKS_SHARED_H
#define VAULTSITE_QUERY_TASKS_SHARED_H

#include "base/collate.h"
#include "query/tasks/path_index.h"
#include "query/tasks/script.h"
#include "query/tasks/task.h"

/* What a text filter looks at. */
enum task_text {
    TASK_TEXT_PATH, /* these four are the same for all tasks of a file: */
    TASK_TEXT_FOLDER,
    TASK_TEXT_ROOT,
    TASK_TEXT_FILENAME,
    TASK_TEXT_DESCRIPTION,
    TASK_TEXT_STATUS_NAME,
    TASK_TEXT_HEADING,
    TASK_TEXT_RECURRENCE,
    TASK_TEXT_ID,
    TASK_TEXT_TAGS, /* not one text: task->tags */
    TASK_TEXTS
};
static inline bool task_text_of_file(enum task_text t) {
    return t <= TASK_TEXT_FILENAME;
}

struct tasks_shared;

/* `scripts` is NULL where JavaScript is switched off. Both are borrowed. To be
 * released; everything else is in `a`. */
struct tasks_shared *tasks_shared_new(struct arena *a, const struct tasks *t,
                                      struct scripts *scripts);
void tasks_shared_release(struct tasks_shared *s);

const struct tasks *shared_tasks(const struct tasks_shared *s);
struct scripts *shared_scripts(const struct tasks_shared *s);
/* The order of names: numbers in them by their value (spec/tasks.md §13). */
const struct collator *shared_collator(const struct tasks_shared *s);

/* `A/B/c.md`: `A/B/`, `A/`; both `/` at the top. */
struct str path_folder(struct str path);
struct str path_root(struct str path);
/* Such a text of a file. */
struct str file_text(struct str path, enum task_text text);
/* And of a task, all but tags; a heading that is none is "". What has to be made
 * is in `a`. */
struct str task_text(struct arena *a, const struct tasks *t,
                     const struct task *task, enum task_text text);

/* Lower-case texts: by file for those of files, else by task. TASK_TEXT_PATH to
 * TASK_TEXT_DESCRIPTION only. */
const struct str *shared_lowered(struct tasks_shared *s, enum task_text text);
/* The index of lower-case paths. */
const struct path_index *shared_paths(struct tasks_shared *s);
/* The order of two files by the names of their paths: -1, 0, 1. */
int shared_path_order(struct tasks_shared *s, uint32_t a, uint32_t b);

#endif
