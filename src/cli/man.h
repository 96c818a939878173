/*
 * man: the manual page vaultsite(1), from the tables of options, commands,
 * settings and findings.
 */
#ifndef VAULTSITE_CLI_MAN_H
#define VAULTSITE_CLI_MAN_H

#include "base/buf.h"

/* The page in the language of man(7). */
void man_write(struct buf *out);

#endif
