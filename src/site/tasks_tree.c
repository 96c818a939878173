#include "site/tasks_pen.h"

void tasks_tree_init(struct tasks_tree *tree, const struct tasks_answer *a,
                     struct arena *scratch) {
    *tree = (struct tasks_tree){
        .tasks = a->tasks,
        .listed = arena_array(scratch, uint32_t, a->tasks->len),
        .root = arena_array(scratch, uint32_t, a->tasks->len),
    };
}

/* Everything below the item that has no place in the group, and how much that is:
 * those placed before have a root after `before`. */
static uint32_t place_below(struct tasks_tree *tree, const struct task_file *f,
                            uint32_t item, uint32_t before) {
    uint32_t n = 0;

    for (uint32_t i = f->first_child[item]; i != NOTE_NONE; i = f->next[i]) {
        uint32_t task = f->task[i];
        if (task != TASK_NONE && tree->root[task] > before)
            continue;
        if (task != TASK_NONE)
            tree->root[task] = tree->nroots;
        n += 1 + place_below(tree, f, i, before);
    }
    return n;
}

uint32_t tasks_tree_count(const struct tasks_tree *tree, uint32_t file,
                          uint32_t item, uint32_t root) {
    const struct task_file *f = &tree->tasks->files[file];
    uint32_t n = 1;

    for (uint32_t i = f->first_child[item]; i != NOTE_NONE; i = f->next[i])
        if (f->task[i] == TASK_NONE || tree->root[f->task[i]] == root)
            n += tasks_tree_count(tree, file, i, root);
    return n;
}

static bool waits(const struct tasks_tree *tree, uint32_t task,
                  uint32_t before) {
    uint32_t parent = tree->tasks->items[task].parent;

    return parent != TASK_NONE && tree->listed[parent] == tree->ngroups &&
           tree->root[parent] <= before;
}

struct tasks_roots tasks_tree_roots(struct tasks_tree *tree,
                                    const struct task_group *g,
                                    struct arena *scratch) {
    uint32_t *roots = arena_array(scratch, uint32_t, g->ntasks);
    struct tasks_roots r = {.tasks = roots, .first = tree->nroots + 1};
    uint32_t before = tree->nroots;

    tree->ngroups++;
    for (uint32_t i = 0; i < g->ntasks; i++)
        tree->listed[g->tasks[i]] = tree->ngroups;
    for (uint32_t i = 0; i < g->ntasks; i++) {
        uint32_t task = g->tasks[i];
        const struct task *t = &tree->tasks->items[task];
        if (tree->root[task] > before || waits(tree, task, before))
            continue;
        tree->root[task] = ++tree->nroots;
        roots[r.len++] = task;
        r.nitems += 1 + place_below(tree, &tree->tasks->files[t->file], t->item,
                                    before);
    }
    return r;
}
