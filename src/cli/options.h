/*
 * options: the command line (decisions.md 33, design.md §5).
 */
#ifndef VAULTSITE_CLI_OPTIONS_H
#define VAULTSITE_CLI_OPTIONS_H

#include "base/civil.h"

/* Exit statuses of the program. */
enum exit_status {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1, /* findings at or above the failing level */
    EXIT_UNABLE = 2,   /* usage, settings, disk or internal failure */
};

enum option_id {
#define OPTION(id, name, value, commands, meaning) id,
#include "cli/options.def"
#undef OPTION
    OPTIONS
};

enum output_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF, FORMAT_GITHUB };

struct command;

struct options {
    const struct command *command; /* NULL: none was named */
    const char *vault, *out;       /* operands, NULL when not given */
    const char *config, *theme, *base_url;
    struct str dates; /* "git", "files", "" when not given */
    struct civil_instant today;
    bool today_given, today_is_day; /* a day: 12:00 in the vault's zone */
    unsigned jobs;                  /* at least 1 */
    bool strict, force, quiet, help, version;
    enum output_format format;
};

struct command {
    struct str name;
    struct str operands; /* as in the usage line */
    int noperands;
    struct str meaning;
    int bit; /* IN_… */
    int (*run)(const struct options *o);
};
extern const struct command commands[];
extern const size_t ncommands;

/* Fills *o. False with one line for the user in `error` (exit 2). */
bool options_parse(struct options *o, int argc, char **argv, struct buf *error);
/* The help text, of one command or (NULL) of the program. */
void options_help(const struct command *c, struct buf *out);

#endif
