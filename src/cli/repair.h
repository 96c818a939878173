/*
 * repair: the command that shows what is read as damaged text.
 */
#ifndef VAULTSITE_CLI_REPAIR_H
#define VAULTSITE_CLI_REPAIR_H

#include "cli/options.h"

/* Returns an enum exit_status. */
int repair_command(const struct options *o);

#endif
