/*
 * help: what --help prints.
 */
#ifndef VAULTSITE_CLI_HELP_H
#define VAULTSITE_CLI_HELP_H

#include "cli/commands.h"

/* Of one command or (NULL) of the program; no line is longer than 79 columns. */
void help_write(const struct command *c, struct buf *out);
/* `help [COMMAND]`: returns the exit status. */
int help_command(const struct options *o);

#endif
