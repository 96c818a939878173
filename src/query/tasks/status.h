/*
 * status: what a task's character between the brackets means.
 *
 * spec/tasks.md §3.  Core statuses first, then custom ones; of several with one
 * symbol the first counts.  A symbol that has none is Unknown: type TODO.
 */
#ifndef VAULTSITE_QUERY_TASKS_STATUS_H
#define VAULTSITE_QUERY_TASKS_STATUS_H

#include "base/map.h"
#include "vault/tasks_settings.h"

struct status {
    struct str symbol; /* one code point */
    struct str name;   /* may be "" */
    struct str next;   /* symbol after a click */
    enum status_type type;
};

/* Knows each symbol; its statuses live as long as the arena. */
struct statuses {
    struct map by_symbol;            /* to const struct status * */
    const struct status *ascii[128]; /* the same, of those met; NULL */
};

/* The statuses that `settings` tells of, in `a`; its texts are borrowed. */
void statuses_init(struct statuses *s, struct arena *a,
                   const struct tasks_settings *settings);
/* The status of a symbol; one not met before becomes Unknown and is kept
 * (`symbol` is copied then). Never NULL; equal symbols give the same one. */
const struct status *statuses_find(struct statuses *s, struct str symbol);
/* DONE, CANCELLED and NON_TASK. */
bool status_is_done(const struct status *s);

#endif
