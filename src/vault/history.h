/*
 * history: when a vault's files were written, as git tells it.
 *
 * One `git log` per build (decisions.md 31), read as it comes, beside the other
 * work.  The vault is not trusted: nothing that its repository's settings name is
 * run, nothing is fetched, nothing is written, and a git that says nothing for a
 * minute is ended.
 */
#ifndef VAULTSITE_VAULT_HISTORY_H
#define VAULTSITE_VAULT_HISTORY_H

#include "vault/vault.h"
#include "vault/work_tree.h"

/* Of the commits that touched a file, when the first and the last were written
 * (author's date): seconds since 1970-01-01T00:00:00Z. */
struct history_span {
    bool known; /* false: not committed yet */
    int64_t first, last;
};

struct history; /* one reading of it */

/*
 * Begins to read the history of v's files in the work tree `t`, which has a
 * program and a commit.  Returns at once; `v` must stay as it is until
 * history_finish.
 */
struct history *history_start(const struct vault *v, const struct work_tree *t);

/*
 * Waits for the end and gives back what was read: in `a`, by file index.  NULL
 * when git could not tell; `why` then gets the reason, half a sentence.
 *
 * A rename that git recognises keeps the file's first date.  A file that was
 * deleted and came back has its whole past.  Commits that only merge are passed
 * over: what they brought was written before.
 */
const struct history_span *history_finish(struct history *h, struct arena *a,
                                          struct buf *why);

#endif
