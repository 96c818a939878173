/*
 * commands: what vaultsite can be told to do, and all that is said about it.
 *
 * The parser, help, the man page and the completions read these tables.  Texts
 * are plain ASCII; a meaning is one line without a full stop.
 */
#ifndef VAULTSITE_CLI_COMMANDS_H
#define VAULTSITE_CLI_COMMANDS_H

#include "cli/options.h"

/* The commands that an option belongs to (options.def). */
enum {
    IN_BUILD = 1 << 0,
    IN_CHECK = 1 << 1,
    IN_EXPLAIN = 1 << 2,
    IN_HELP = 1 << 3,
    IN_QUERY = 1 << 4,
    IN_REPAIR = 1 << 5,
    IN_ALL = ~0
};

enum operand {
    OPERAND_VAULT,
    OPERAND_OUT,
    OPERAND_CODE,
    OPERAND_COMMAND,
    OPERAND_QUERY,
    OPERAND_REPAIRED,
    OPERANDS
};

struct operand_row {
    struct str name;
    bool optional; /* only what comes last may be */
    struct str meaning;
};
extern const struct operand_row operand_rows[OPERANDS];

/* A name and what it means: an example, a variable, a file. */
struct meaning_row {
    struct str name;
    struct str meaning;
};

#define COMMAND_OPERANDS 2 /* at most */
#define COMMAND_EXAMPLES 3 /* at most */

struct command {
    struct str name;
    enum operand operands[COMMAND_OPERANDS];
    size_t noperands;
    int bit; /* IN_… */
    struct str meaning;
    struct str text;                 /* whole sentences */
    struct str exits[EXIT_STATUSES]; /* when it ends so; "": never */
    struct meaning_row examples[COMMAND_EXAMPLES]; /* "" after the last */
    int (*run)(const struct options *o);           /* returns exit_status */
};
extern const struct command commands[];
extern const size_t ncommands;

extern const struct meaning_row environment_rows[];
extern const size_t environment_nrows;
extern const struct meaning_row file_rows[];
extern const size_t file_nrows;

/* The command called `name`, or NULL with a line for the user in `error`. */
const struct command *command_by_name(struct str name, struct buf *error);
/* `VAULT OUT`, `[CODE]`: the operands as in a usage line; nothing without any. */
void command_operands(const struct command *c, struct buf *out);

#endif
