/*
 * tasks_pen: the answer of a Tasks query while it is being drawn.  Private to the
 * files that draw one.
 *
 * The structure and the class names are the Tasks plugin's, which themes and
 * snippets know (spec/tasks.md §11).  What a site has no use for is left out: the
 * buttons, and `data-line`, by which the app finds what was clicked.
 */
#ifndef VAULTSITE_SITE_TASKS_PEN_H
#define VAULTSITE_SITE_TASKS_PEN_H

#include "site/pen.h"

/*
 * `show tree`: which tasks are drawn below which.  A task that was placed is not
 * drawn again in its group; one whose nearest task above is still to come waits
 * for it (§11.6).
 */
struct tasks_tree {
    const struct tasks *tasks;
    uint32_t *listed; /* by task: the last group that listed it, from 1 */
    uint32_t
        *root; /* by task: the last root that it was placed under, from 1 */
    uint32_t ngroups, nroots;
};

/* The tasks that stand at the top of a group's list. */
struct tasks_roots {
    const uint32_t *tasks;
    uint32_t len;
    uint32_t nitems; /* they and what is drawn below them */
    uint32_t first;  /* in a tree: the number of the first of them */
};

struct tasks_pen {
    struct pen pen;
    const struct tasks_answer *answer;
    struct str list; /* `<ul …>` */
    struct tasks_tree tree;
    bool is_tree;
};

/* What the answer is cut into where it is too long for one page: all items that
 * are drawn. */
size_t tasks_pieces(const struct tasks_answer *a, struct arena *scratch);

/* tasks_tree.c */
void tasks_tree_init(struct tasks_tree *tree, const struct tasks_answer *a,
                     struct arena *scratch);
/* To be asked group by group, each once. Roots are in `scratch`. */
struct tasks_roots tasks_tree_roots(struct tasks_tree *tree,
                                    const struct task_group *g,
                                    struct arena *scratch);

/* The item and all that is drawn below it, under the root of that number. */
uint32_t tasks_tree_count(const struct tasks_tree *tree, uint32_t file,
                          uint32_t item, uint32_t root);

/* tasks_item.c: a task with what stands below it; `root` is its number, 0 where
 * there is no tree. */
void tasks_pen_item(struct tasks_pen *p, uint32_t task, uint32_t root);

#endif
