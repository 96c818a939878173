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
    EXIT_STATUSES
};

enum option_id {
#define OPTION(id, name, value, commands, meaning) id,
#include "cli/options.def"
#undef OPTION
    OPTIONS
};

struct option_row {
    struct str name;  /* `--format` */
    struct str value; /* what help calls it, or its words `a|b`; "": none */
    int commands;     /* IN_… (commands.h) */
    struct str meaning;
};
extern const struct option_row option_rows[OPTIONS];

/* The words that an option's value must be one of, in `words`; returns how many
 * there are, 0 where it is anything else. */
#define OPTION_WORDS_MAX 8
size_t option_words(const struct option_row *row,
                    struct str words[OPTION_WORDS_MAX]);

/* In the order of the words in options.def. */
enum output_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF, FORMAT_GITHUB };
enum query_language { LANG_DATAVIEW, LANG_EXPRESSION, LANG_TASKS };

/* How `query` prints an answer. */
enum answer_format { ANSWER_AS_TABLE, ANSWER_AS_JSON, ANSWER_AS_CSV };

struct command;

struct options {
    const struct command *command; /* NULL: none was named */
    const char *vault, *out;       /* operands, NULL when not given */
    const char *code, *topic; /* of explain and help; NULL when not given */
    const char *query, *from; /* of query; NULL when not given */
    const char *config, *theme, *base_url;
    struct str dates; /* "git", "files", "" when not given */
    struct civil_instant today;
    bool today_given, today_is_day; /* a day: 12:00 in the vault's zone */
    unsigned jobs;                  /* at least 1 */
    bool strict, force, quiet, no_javascript, batch, help, version;
    enum output_format format;
    enum query_language language;
    enum answer_format answer_format;
};

/* Fills *o. False with one line for the user in `error` (exit 2); o->command is
 * then the one that was named, if any. */
bool options_parse(struct options *o, int argc, char **argv, struct buf *error);
/* "; did you mean WORD?" with the nearest of the words, if one is near. */
void options_suggest(struct str written, const struct str *words, size_t n,
                     struct buf *error);

#endif
