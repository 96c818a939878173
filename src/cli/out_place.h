/*
 * out_place: where a site may be built (decisions.md 36).
 */
#ifndef VAULTSITE_CLI_OUT_PLACE_H
#define VAULTSITE_CLI_OUT_PLACE_H

#include "cli/run.h"

/* Whether the folder OUT of the run, which need not be there yet, is neither the vault
 * nor below it, whatever links lead there; false, with a message, also when that cannot
 * be told. The vault must be open. */
bool out_place_allowed(struct run *r);

#endif
