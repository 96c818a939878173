/*
 * work_tree: the git work tree that a vault lies in, looked at without git.
 *
 * Dates of notes come from its history (history.h).  What is read here tells
 * whether that can have changed since the last build, and costs a few system
 * calls.  These are the only files outside the vault that vault/ opens.
 */
#ifndef VAULTSITE_VAULT_WORK_TREE_H
#define VAULTSITE_VAULT_WORK_TREE_H

#include <stdint.h>

#include "base/arena.h"

struct work_tree {
    bool found;      /* the vault's folder, or one above it, has a `.git` */
    bool unborn;     /* there is no commit yet */
    bool shallow;    /* a clone without its older commits */
    struct str top;  /* the folder of the `.git`, seen from the vault's: ./.. */
    struct str git;  /* absolute path of the program, "": none in PATH */
    uint64_t digest; /* of all this and of which commit is checked out */
};

/*
 * Fills *t for the vault behind `root_fd`; text in `a`.  A `.git` without a HEAD
 * is none.  Folders of PATH that are not absolute are passed over: from inside
 * the vault they would lead into it.
 */
void work_tree_find(struct work_tree *t, struct arena *a, int root_fd);

#endif
