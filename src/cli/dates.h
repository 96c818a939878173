/*
 * dates: the history that notes' dates come from, read while notes compile.
 */
#ifndef VAULTSITE_CLI_DATES_H
#define VAULTSITE_CLI_DATES_H

#include "cli/run.h"

/* Looks at the work tree that the vault lies in, for dates_begin and for the
 * digest of inputs. */
void dates_find(struct run *r);
/* Starts git where its dates are wanted and can be had; else, where they were to
 * be expected, a DIAG_DATES_UNKNOWN. The vault must have been walked. */
void dates_begin(struct run *r);
/* Waits for it: vault.history. Does nothing where nothing was begun. */
void dates_end(struct run *r);

#endif
