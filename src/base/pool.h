/*
 * pool: one loop over indices, shared out to threads.
 *
 * Each index is taken by exactly one worker, in no promised order; whatever a
 * worker produces is stored by index, so that the result does not depend on
 * the number of threads (design.md §3).
 */
#ifndef VAULTSITE_BASE_POOL_H
#define VAULTSITE_BASE_POOL_H

#include <stddef.h>

/* `worker` is 0 .. jobs-1: index of the worker's own arenas. */
typedef void pool_work(void *context, size_t index, unsigned worker);

/* Calls `work` for 0 .. n-1 with up to `jobs` threads (0 and 1: in this one)
 * and returns when all are done. Threads get a 16 MB stack. */
void pool_run(unsigned jobs, size_t n, pool_work *work, void *context);
/* Processors that this process may use, at least 1. */
unsigned pool_default_jobs(void);

#endif
