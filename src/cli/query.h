/*
 * query: the command that answers queries.
 */
#ifndef VAULTSITE_CLI_QUERY_H
#define VAULTSITE_CLI_QUERY_H

#include "cli/options.h"

/* Returns an enum exit_status. */
int query_command(const struct options *o);

#endif
