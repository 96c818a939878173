/*
 * progress: one line on a terminal that tells how far a step is.
 *
 * Nothing at all where standard error is no terminal, or is asked to be quiet;
 * nothing either in the first half second, so that a fast build leaves no trace.
 * The line is never wider than the terminal is at that moment.
 */
#ifndef VAULTSITE_CLI_PROGRESS_H
#define VAULTSITE_CLI_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool shown;
    const char *what;
    size_t total;
    atomic_size_t done;
    atomic_llong next_ms; /* when the line may be written again */
    atomic_bool written;  /* the line is there */
};

void progress_init(struct progress *p, bool quiet);
/* A step begins: `what` is said with `0 of total`, or alone where total is 0. */
void progress_begin(struct progress *p, const char *what, size_t total);
/* `n` more are done. Any thread. */
void progress_add(struct progress *p, size_t n);
/* Erases the line. No other thread may be at work. */
void progress_end(struct progress *p);

#endif
