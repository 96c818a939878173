/*
 * run: what lasts as long as one build or check.
 *
 * Memory, workers, settings, clock, findings, and how long each step took.  Only
 * cli/ reads the system's clock.
 */
#ifndef VAULTSITE_CLI_RUN_H
#define VAULTSITE_CLI_RUN_H

#include "cli/options.h"
#include "cli/progress.h"
#include "link/link.h"
#include "site/theme.h"
#include "vault/history.h"

enum run_step {
    STEP_SCAN,
    STEP_COMPILE, /* reading too */
    STEP_LINK,
    STEP_ENTITIES,
    STEP_ANSWER,
    STEP_GRAPH,
    STEP_PLAN,
    STEP_SEARCH,
    STEP_STITCH,
    STEP_EMIT,
    RUN_STEPS
};

struct worker { /* one thread's own */
    struct arena arena;
    struct arena raw; /* of run.bytes; gone when the notes are compiled */
    struct diags diags;
    struct buf bytes;
    int64_t stitch_us, emit_us; /* user CPU */
};

struct run {
    const struct options *o;
    struct arena arena;
    struct settings settings;
    struct vault vault;
    struct theme theme;
    struct diags diags;
    struct worker *workers;
    unsigned jobs, nworkers;
    struct civil_instant today;
    struct work_tree work_tree; /* found = false: dates are not git's */
    struct history *history;    /* while it is being read */
    bool dates_failed;          /* this build's dates are not to be kept */
    struct progress progress;
    /* For the summary and the digest of inputs. */
    const struct note **notes; /* by file index, published ones */
    uint64_t *hashes;          /* by file index, of every note's bytes */
    struct str *bytes;         /* by file index, of notes read by scan_hashes */
    size_t npublished, nlinks, npages;
    struct diag_query_count queries[8];
    size_t nqueries;
    bool up_to_date, printed;
    struct buf error; /* why the run could not be done, "": it could */
    enum run_step step;
    int64_t step_us[RUN_STEPS]; /* user CPU of all threads */
    int64_t step_began, began_wall;
};

struct site_files;

/* Options, clock, vault, settings, theme. False: the reason is in `error` or
 * among the findings, and the run ends with EXIT_UNABLE. */
bool run_begin(struct run *r, const struct options *o);
/* The step before is over, this one begins. */
void run_step(struct run *r, enum run_step step);
/* The findings of all workers, in the run's list. */
void run_merge(struct run *r);
/* Prints findings and summary (report.h), releases everything, returns
 * `status`, or EXIT_UNABLE where a check could not be printed. `site` is NULL
 * in a check. */
int run_end(struct run *r, struct site_files *site, int status);
/* What could not be done, one sentence; the first one is printed at the end. */
void run_error(struct run *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* User CPU of this thread, microseconds. */
int64_t run_thread_us(void);

#endif
