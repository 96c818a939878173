/*
 * report: what a run has to say when it ends.
 */
#ifndef VAULTSITE_CLI_REPORT_H
#define VAULTSITE_CLI_REPORT_H

#include "cli/run.h"

/* Findings at or above the failing level: warnings with --strict, else errors
 * (decisions.md 30). */
bool report_fails(struct run *r);
/* Findings, summary and what could not be done, on standard error, once. False
 * when that takes no more bytes. */
bool report(struct run *r, const struct site_files *site, int status,
            int64_t wall_ms);

#endif
