/*
 * history_log: what `git log --name-status -z --format=%at` prints.  Private to
 * history.c and its tests.
 *
 * Tokens end with NUL: a commit's time in digits, then for each file a letter
 * (the first one after a line feed) and its path, or two paths for `R` and `C`.
 * The newest commit comes first, so a file is followed back through its renames.
 */
#ifndef VAULTSITE_VAULT_HISTORY_LOG_H
#define VAULTSITE_VAULT_HISTORY_LOG_H

#include "base/map.h"
#include "vault/history.h"

struct tracked;

enum history_token { TOKEN_CHANGE, TOKEN_PATH, TOKEN_FROM, TOKEN_TO };

struct history_log {
    struct arena arena;
    struct map names; /* path at this point of history -> struct tracked */
    struct history_span *spans; /* by file index; in the arena */
    size_t nfiles;
    struct buf rest; /* a token that is not whole yet */
    struct buf from; /* first path of a rename */
    enum history_token expected;
    char change;
    bool dated; /* the commit's time is one that can be */
    int64_t time;
    bool broken; /* this is no such text; nothing more is read */
};

void history_log_init(struct history_log *l, const struct vault *v);
void history_log_release(struct history_log *l);
/* The next bytes, cut anywhere. */
void history_log_add(struct history_log *l, struct str bytes);
/* After the last bytes: whether the text was whole. */
bool history_log_end(const struct history_log *l);

#endif
