/*
 * client: runs the scripts of a vault in programs of their own.
 *
 * Starts `vaultsite-script` when the first expression is compiled, one for each
 * thread that asks at the same time, and watches its time and memory; one that
 * is past a limit is ended and replaced, and its query gets an error.  Queries
 * talk to it over query/tasks/script.h.
 */
#ifndef VAULTSITE_SCRIPT_CLIENT_H
#define VAULTSITE_SCRIPT_CLIENT_H

#include "query/tasks/script.h"
#include "query/tasks/task.h"

struct script_limits {
    unsigned cpu_ms;  /* of one call: processor time of the program, 5,000 */
    unsigned wall_ms; /* of one call: 60,000 */
    unsigned idle_ms; /* that the program may do nothing at all in a call,
                       * 5,000; then no script runs any more */
    unsigned task_us; /* more of both for each task of the call, 200 */
    size_t memory;    /* bytes of a search, 256 MB */
    unsigned ended;   /* programs that may be ended in a build: 20; then no
                       * script runs any more */
};
extern const struct script_limits script_limits_default;

struct script_setup {
    const struct tasks *tasks;          /* borrowed, as all here */
    int64_t now_ms;                     /* the build's clock: since 1970 */
    const char *time_zone;              /* "Europe/Berlin" */
    const struct script_limits *limits; /* NULL: the default */
    const char *program;                /* its path; NULL: script_program() */
};

/*
 * The scripts of a vault; never NULL. script_off() says where none can run: not
 * built with JavaScript, the program is missing, or the system has no seccomp.
 * Starts nothing. To be ended when no search is left.
 */
struct scripts *scripts_new(const struct script_setup *setup);
void scripts_end(struct scripts *s);

/* The worker, as base/program.h looks for it. NULL: it is not there. In `a`. */
const char *script_program(struct arena *a);

#endif
