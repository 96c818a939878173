#include "query/tasks/shared.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/merge_sort.h"
#include "base/utf16.h"

#define NLOWERED (TASK_TEXT_DESCRIPTION + 1)

struct tasks_shared {
    const struct tasks *tasks;
    struct scripts *scripts;
    struct collator *collator;
    pthread_mutex_t lock; /* of making what follows, and of the arena */
    struct arena arena;
    _Atomic(const struct str *) lowered[NLOWERED];
    _Atomic(const struct path_index *) paths;
    _Atomic(const uint32_t *) ranks;
    _Atomic(size_t) ncompared; /* pairs of paths, without ranks */
};

struct tasks_shared *tasks_shared_new(struct arena *a, const struct tasks *t,
                                      struct scripts *scripts) {
    struct tasks_shared *s = arena_new(a, struct tasks_shared);

    s->tasks = t;
    s->scripts = scripts;
    s->collator = collator_new_numeric(t->linked->vault->settings->language);
    pthread_mutex_init(&s->lock, NULL);
    arena_init(&s->arena);
    return s;
}

void tasks_shared_release(struct tasks_shared *s) {
    collator_free(s->collator);
    pthread_mutex_destroy(&s->lock);
    arena_release(&s->arena);
}

const struct tasks *shared_tasks(const struct tasks_shared *s) {
    return s->tasks;
}
struct scripts *shared_scripts(const struct tasks_shared *s) {
    return s->scripts;
}
const struct collator *shared_collator(const struct tasks_shared *s) {
    return s->collator;
}

/* --- texts --- */

struct str path_folder(struct str path) {
    size_t slash = str_rfind(path, '/');

    return slash == STR_NONE ? STR("/") : str_slice(path, 0, slash + 1);
}

struct str path_root(struct str path) {
    size_t slash = str_find(path, '/');

    return slash == STR_NONE ? STR("/") : str_slice(path, 0, slash + 1);
}

struct str file_text(struct str path, enum task_text text) {
    switch (text) {
    case TASK_TEXT_FOLDER:
        return path_folder(path);
    case TASK_TEXT_ROOT:
        return path_root(path);
    case TASK_TEXT_FILENAME:
        return str_basename(path);
    default:
        return path;
    }
}

struct str task_text(struct arena *a, const struct tasks *t,
                     const struct task *task, enum task_text text) {
    switch (text) {
    case TASK_TEXT_DESCRIPTION:
        return task_description(a, t, task);
    case TASK_TEXT_STATUS_NAME:
        return task->status->name;
    case TASK_TEXT_HEADING:
        return task_heading(t, task);
    case TASK_TEXT_RECURRENCE:
        return task->recurrence;
    case TASK_TEXT_ID:
        return task->id;
    default:
        return file_text(task_path(t, task), text);
    }
}

/* --- tables --- */

static const struct str *make_lowered(struct tasks_shared *s,
                                      enum task_text text) {
    const struct tasks *t = s->tasks;
    const struct vault *v = t->linked->vault;
    bool by_file = task_text_of_file(text);
    size_t n = by_file ? v->nfiles : t->len;
    struct str *lowered = arena_array(&s->arena, struct str, n);

    for (size_t i = 0; i < n; i++) {
        struct str given = by_file
                               ? file_text(vault_shown(&v->files[i]), text)
                               : task_text(&s->arena, t, &t->items[i], text);
        lowered[i] = utf16_lower(&s->arena, given);
    }
    return lowered;
}

const struct str *shared_lowered(struct tasks_shared *s, enum task_text text) {
    const struct str *lowered = atomic_load(&s->lowered[text]);

    if (lowered != NULL)
        return lowered;
    pthread_mutex_lock(&s->lock);
    lowered = atomic_load(&s->lowered[text]);
    if (lowered == NULL) {
        lowered = make_lowered(s, text);
        atomic_store(&s->lowered[text], lowered);
    }
    pthread_mutex_unlock(&s->lock);
    return lowered;
}

const struct path_index *shared_paths(struct tasks_shared *s) {
    const struct str *lowered = shared_lowered(s, TASK_TEXT_PATH);
    const struct path_index *paths = atomic_load(&s->paths);

    if (paths != NULL)
        return paths;
    pthread_mutex_lock(&s->lock);
    paths = atomic_load(&s->paths);
    if (paths == NULL) {
        paths = path_index_new(&s->arena, lowered,
                               (uint32_t)s->tasks->linked->vault->nfiles);
        atomic_store(&s->paths, paths);
    }
    pthread_mutex_unlock(&s->lock);
    return paths;
}

struct ranking {
    const struct collator *collator;
    const struct vault_file *files;
    bool some_equal; /* neighbours in the order have been compared */
};

static int by_path(void *context, const void *a, const void *b) {
    struct ranking *r = context;
    int o = collator_compare(r->collator,
                             vault_shown(&r->files[*(const uint32_t *)a]),
                             vault_shown(&r->files[*(const uint32_t *)b]));

    r->some_equal = r->some_equal || o == 0;
    return o;
}

static const uint32_t *make_ranks(struct tasks_shared *s) {
    const struct vault *v = s->tasks->linked->vault;
    struct ranking r = {s->collator, v->files, false};
    uint32_t *ranks = arena_array(&s->arena, uint32_t, v->nfiles + 1);
    uint32_t *order = arena_array(&s->arena, uint32_t, v->nfiles + 1);
    uint32_t *room = arena_array(&s->arena, uint32_t, v->nfiles + 1);
    uint32_t rank = 0;

    for (uint32_t i = 0; i < v->nfiles; i++)
        order[i] = i;
    merge_sort(order, v->nfiles, sizeof *order, room, by_path, &r);
    for (size_t i = 0; i < v->nfiles; i++) {
        if (i > 0 && (!r.some_equal || by_path(&r, &order[i], &order[i - 1])))
            rank++;
        ranks[order[i]] = rank;
    }
    return ranks;
}

/* Rank of each file's path in the order of names, by file; equal names share
 * one. */
static const uint32_t *path_ranks(struct tasks_shared *s) {
    const uint32_t *ranks = atomic_load(&s->ranks);

    if (ranks != NULL)
        return ranks;
    pthread_mutex_lock(&s->lock);
    ranks = atomic_load(&s->ranks);
    if (ranks == NULL) {
        ranks = make_ranks(s);
        atomic_store(&s->ranks, ranks);
    }
    pthread_mutex_unlock(&s->lock);
    return ranks;
}

/* Where few tasks are alike in all that comes before the path, ranks would cost
 * more than they save. */
int shared_path_order(struct tasks_shared *s, uint32_t a, uint32_t b) {
    const struct vault *v = s->tasks->linked->vault;
    const uint32_t *ranks;

    if (a == b)
        return 0;
    if (atomic_load(&s->ranks) == NULL &&
        atomic_fetch_add(&s->ncompared, 1) < v->nfiles)
        return collator_compare(s->collator, vault_shown(&v->files[a]),
                                vault_shown(&v->files[b]));
    ranks = path_ranks(s);
    return (ranks[a] > ranks[b]) - (ranks[a] < ranks[b]);
}
