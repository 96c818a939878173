/*
 * terminal: what may be sent to the standard streams, and how.
 */
#ifndef VAULTSITE_CLI_TERMINAL_H
#define VAULTSITE_CLI_TERMINAL_H

#include "base/buf.h"

struct command;

/* Whether standard error is a terminal that understands more than text: TERM is
 * set, and not to `dumb`. */
bool terminal_is_able(void);
/* Whether colours are wanted on standard error: an able terminal, and NO_COLOR
 * is unset or empty (https://no-color.org). */
bool terminal_is_coloured(void);
/* Columns of the terminal on standard error; 80 where it does not say. */
size_t terminal_columns(void);
/* The text, on standard output. Returns the exit status: EXIT_UNABLE, with a
 * message, where it was not taken whole. */
int terminal_print(struct str text);
/* One line of what is wrong, and where to look; `c` may be NULL. Returns
 * EXIT_UNABLE. */
int terminal_usage_error(struct buf *error, const struct command *c);

#endif
