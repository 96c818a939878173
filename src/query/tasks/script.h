/*
 * script: what Tasks queries ask of JavaScript, and what they get.
 *
 * Expressions of `filter by function`, `sort by function`, `group by function`
 * and `{{ }}` (spec/tasks.md §10) run in programs of their own; query/ knows only
 * this seam, script/client.h stands behind it.  No call here hangs or fails:
 * what takes too long, too much memory, or throws is a value of kind
 * SCRIPT_ERROR.
 */
#ifndef VAULTSITE_QUERY_TASKS_SCRIPT_H
#define VAULTSITE_QUERY_TASKS_SCRIPT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/collate.h"

enum script_kind {
    SCRIPT_UNDEFINED,
    SCRIPT_NULL,
    SCRIPT_BOOLEAN,
    SCRIPT_NUMBER,
    SCRIPT_STRING,
    SCRIPT_DATE,       /* a Date */
    SCRIPT_MOMENT,     /* of moment.js */
    SCRIPT_TASKS_DATE, /* task.due and its kin */
    SCRIPT_LIST,       /* an array */
    SCRIPT_OBJECT,     /* anything else, functions and symbols too */
    SCRIPT_ERROR,      /* there is no value */
};

struct script_value {
    enum script_kind kind;
    bool boolean;  /* SCRIPT_BOOLEAN; SCRIPT_TASKS_DATE: there is a date */
    bool ended;    /* SCRIPT_ERROR: the program was ended, or is gone: nothing
                   * else of this query can be asked */
    bool is_error; /* SCRIPT_ERROR: an Error was thrown, no other value */
    double number; /* SCRIPT_NUMBER; of dates milliseconds since 1970, NaN:
                    * invalid or none */
    /* As JavaScript writes it; `Error: boom` of an error. In placeholders
     * objects and lists are JSON. UTF-8, lone halves of pairs as three bytes. */
    struct str text;
    const struct script_value *items; /* SCRIPT_LIST: in order */
    uint32_t nitems;
};

enum script_use {
    SCRIPT_FILTER, /* stops at the first task whose value is no boolean */
    SCRIPT_SORT,
    SCRIPT_GROUP,
    SCRIPT_PLACEHOLDER, /* no task; `preset` is there instead */
};

struct scripts;
struct script_search;

/* Who searches: a query in a note. All is borrowed for as long as the search. */
struct script_asker {
    struct str origin; /* the note's path */
    uint32_t file;     /* its index in vault->files; UINT32_MAX: no such note */
    struct str
        text; /* the query's source: with the path it seeds Math.random */
    struct str presets; /* a JSON object of them, "" for none; only placeholders
                         * see it */
    uint32_t turn;      /* where the query stands among all that are asked, from
                         * 0 */
};

/* What stands behind the seam; each function as its namesake below. */
struct script_calls {
    struct str (*off)(struct scripts *s);
    struct script_search *(*begin)(struct scripts *s, struct arena *a,
                                   const struct script_asker *asker);
    bool (*compile)(struct script_search *q, enum script_use use,
                    struct str expression, uint32_t *function,
                    struct script_value *error);
    uint32_t (*call)(struct script_search *q, uint32_t function,
                     const uint32_t *tasks, uint32_t n,
                     struct script_value *values);
    void (*end)(struct script_search *q);
    bool (*stands)(struct scripts *s, uint32_t turn);
};

struct scripts {
    const struct script_calls *calls;
};
struct script_search {
    struct scripts *scripts;
    /* Why its program was ended, or could not go on (`the script took too
     * long`): a static text; "" while nothing happened. */
    struct str ended;
};

/*
 * Why no script runs, as part of a sentence (`this program was built without
 * it`); "" where they do. The first call starts a program to see, so ask when a
 * query has a script. Many threads may ask. `s` may be NULL: switched off.
 */
static inline struct str script_off(struct scripts *s) {
    return s ? s->calls->off(s) : STR("it is switched off");
}
/*
 * A search: one query in one note. Nothing of it is seen by another, and within
 * it everything is (query.searchCache). For one thread, which has one search at
 * a time; several threads may have one each. Values live in `a`. Starts no
 * program; to be ended.
 */
static inline struct script_search *script_begin(
    struct scripts *s, struct arena *a, const struct script_asker *asker) {
    return s->calls->begin(s, a, asker);
}
/*
 * Compiles an expression, as written after `function` (for sorts without their
 * `reverse`). false: it is none, and *error says why (`SyntaxError: …`).
 */
static inline bool script_compile(struct script_search *q, enum script_use use,
                                  struct str expression, uint32_t *function,
                                  struct script_value *error) {
    return q->scripts->calls->compile(q, use, expression, function, error);
}
/*
 * Calls it for `n` tasks, indices in tasks->items, in order; `values` has room
 * for `n`. The number of values set: all of them, except that a filter stops
 * behind the first value that is no boolean. Of a placeholder `tasks` is NULL
 * and `n` is 1.
 */
static inline uint32_t script_call(struct script_search *q, uint32_t function,
                                   const uint32_t *tasks, uint32_t n,
                                   struct script_value *values) {
    return q->scripts->calls->call(q, function, tasks, n, values);
}
static inline void script_end(struct script_search *q) {
    q->scripts->calls->end(q);
}
/*
 * A script whose program was ended is not tried again, and after some ends none
 * is, so what one search gets hangs on those before it. false: searches that ran
 * at the same time did not know, and the one of this turn has to run again,
 * before the next is looked at. To be asked of all turns in order, when all
 * searches have ended; then answers are as if they had run one by one.
 */
static inline bool script_stands(struct scripts *s, uint32_t turn) {
    return s == NULL || s->calls->stands(s, turn);
}

/* --- what the values mean (spec/tasks.md §10) --- */

/*
 * `Error: FAILED.`, `The error message was:` and the error on a line of its own,
 * in `a`: `failed` is `Search failed`, `Failed parsing expression "…"`.
 */
struct str script_error_frame(struct arena *a, struct str failed,
                              const struct script_value *v);
/* Why a filter's value is none, as an exception is written; "" for a boolean. In
 * `a`. */
struct str script_filter_error(struct arena *a, const struct script_value *v);
/* Why a value cannot be a sort key (`Error: "undefined" is not a valid sort
 * key`), without the instruction; "" where it can. */
struct str script_sort_error(struct arena *a, const struct script_value *v);
/* Compares two sort keys that have no error: <0, 0, >0. Where their types differ
 * *differ becomes true, and the result means nothing. */
int script_sort_compare(const struct script_value *a,
                        const struct script_value *b, const struct collator *c,
                        bool *differ);
/* The names of the groups that a value means, in `a`; *n of them, at least one.
 * `expression` is named by those that are errors. */
const struct str *script_group_names(struct arena *a,
                                     const struct script_value *v,
                                     struct str expression, uint32_t *n);

#endif
