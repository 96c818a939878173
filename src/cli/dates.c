#include "cli/dates.h"

static bool from_git(const struct run *r) {
    return str_eq(r->settings.dates, STR("git"));
}

void dates_find(struct run *r) {
    if (from_git(r))
        work_tree_find(&r->work_tree, &r->arena, r->vault.root_fd);
}

static void unknown(struct run *r, const char *why) {
    diag_add(&r->diags, DIAG_DATES_UNKNOWN, STR(""), 0, 0, "%s", why);
}

/* A vault that lies in no work tree has no such dates, and nobody expects any
 * who did not ask for them. */
void dates_begin(struct run *r) {
    const struct work_tree *t = &r->work_tree;

    if (!from_git(r))
        return;
    if (!t->found) {
        if (r->settings.dates_given)
            unknown(r, "the vault lies in no git work tree");
    } else if (t->shallow) {
        unknown(r, "the repository is a shallow clone, without its older "
                   "commits; in CI ask for all of them (fetch-depth: 0)");
    } else if (t->git.len == 0) {
        unknown(r, "the vault lies in a git work tree, but there is no program "
                   "git");
    } else if (!t->unborn) {
        r->history = history_start(&r->vault, t);
    }
}

void dates_end(struct run *r) {
    struct buf why = {0};

    if (r->history == NULL)
        return;
    r->vault.history = history_finish(r->history, &r->arena, &why);
    r->history = NULL;
    r->dates_failed = r->vault.history == NULL;
    if (r->dates_failed)
        unknown(r, buf_cstr(&why));
    buf_release(&why);
}
