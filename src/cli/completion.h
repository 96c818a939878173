/*
 * completion: what shells need to complete a command line, from the tables of
 * options, commands and findings.
 */
#ifndef VAULTSITE_CLI_COMPLETION_H
#define VAULTSITE_CLI_COMPLETION_H

#include "base/buf.h"

void completion_write_bash(struct buf *out);
void completion_write_zsh(struct buf *out);
void completion_write_fish(struct buf *out);

#endif
