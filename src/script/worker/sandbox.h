/*
 * sandbox: what the worker may still do once scripts run.
 *
 * Compute, get memory, know the time, and talk to the client; anything else
 * ends it.  The clock that it knows is the build's.
 */
#ifndef VAULTSITE_SCRIPT_WORKER_SANDBOX_H
#define VAULTSITE_SCRIPT_WORKER_SANDBOX_H

#include <stdint.h>

/* From now on it is always `ms` since 1970, for the engine too. */
void sandbox_stop_clock(int64_t ms);
/* Limits and filter, for all threads and for good. NULL, or what failed. */
const char *sandbox_enter(void);

#endif
