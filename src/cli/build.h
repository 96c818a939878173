/*
 * build: the two commands that compile a vault.
 */
#ifndef VAULTSITE_CLI_BUILD_H
#define VAULTSITE_CLI_BUILD_H

struct options;

/* Return the exit status (options.h). */
int build_command(const struct options *o);
int check_command(const struct options *o);

#endif
