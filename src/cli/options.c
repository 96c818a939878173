#include "cli/options.h"

#include <stdlib.h>

#include "base/pool.h"
#include "base/word.h"
#include "cli/build.h"

#define WORDS ((size_t)21) /* of an option and its value, in help */

enum { IN_BUILD = 1 << 0, IN_CHECK = 1 << 1, IN_ALL = ~0 };

static const struct option_row {
    struct str name, value;
    int commands;
    struct str meaning;
} rows[OPTIONS] = {
#define OPTION(id, name, value, commands, meaning)                             \
    [id] = {STR_INIT(name), STR_INIT(value), commands, STR_INIT(meaning)},
#include "cli/options.def"
#undef OPTION
};

const struct command commands[] = {
    {STR_INIT("build"), STR_INIT("VAULT OUT"), 2,
     STR_INIT("make the site of VAULT in the folder OUT"), IN_BUILD,
     build_command},
    {STR_INIT("check"), STR_INIT("VAULT"), 1,
     STR_INIT("print the findings only, write nothing"), IN_CHECK,
     check_command},
};
const size_t ncommands = ARRAY_LEN(commands);

static void suggest(struct str written, const struct str *words, size_t n,
                    struct buf *error) {
    struct str near = word_nearest(written, words, n);

    if (near.len > 0)
        buf_printf(error, "; did you mean %.*s?", STR_ARG(near));
}

static void unknown_command(struct str name, struct buf *error) {
    struct str words[ARRAY_LEN(commands)];

    for (size_t i = 0; i < ncommands; i++)
        words[i] = commands[i].name;
    buf_printf(error, "unknown command %.*s", STR_ARG(name));
    suggest(name, words, ncommands, error);
}

static void unknown_option(const struct options *o, struct str name,
                           struct buf *error) {
    struct str words[OPTIONS];
    size_t n = 0;

    for (size_t i = 0; i < OPTIONS; i++)
        if (o->command == NULL || (rows[i].commands & o->command->bit) != 0)
            words[n++] = rows[i].name;
    buf_printf(error, "unknown option %.*s", STR_ARG(name));
    suggest(name, words, n, error);
}

static bool parse_jobs(const char *text, unsigned *jobs) {
    char *end;
    unsigned long n = strtoul(text, &end, 10);

    if (!ascii_digit((unsigned char)text[0]) || *end != '\0' || n < 1 ||
        n > 256)
        return false;
    *jobs = (unsigned)n;
    return true;
}

static bool parse_format(struct str word, enum output_format *format) {
    static const struct str words[] = {
        [FORMAT_TEXT] = STR_INIT("text"),
        [FORMAT_JSON] = STR_INIT("json"),
        [FORMAT_SARIF] = STR_INIT("sarif"),
        [FORMAT_GITHUB] = STR_INIT("github"),
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(words[i], word)) {
            *format = (enum output_format)i;
            return true;
        }
    return false;
}

static bool set_value(struct options *o, enum option_id id, const char *value) {
    switch (id) {
    case OPTION_CONFIG:
        o->config = value;
        return true;
    case OPTION_TODAY:
        o->today_given = true;
        o->today_is_day = strlen(value) == STR("YYYY-MM-DD").len;
        return civil_parse_today(str_from(value), &o->today);
    case OPTION_JOBS:
        return parse_jobs(value, &o->jobs);
    case OPTION_BASE_URL:
        o->base_url = value;
        return true;
    case OPTION_THEME:
        o->theme = value;
        return true;
    case OPTION_FORMAT:
        return parse_format(str_from(value), &o->format);
    case OPTION_DATES:
        o->dates = str_from(value);
        return str_eq(o->dates, STR("git")) || str_eq(o->dates, STR("files"));
    case OPTION_STRICT:
        o->strict = true;
        return true;
    case OPTION_FORCE:
        o->force = true;
        return true;
    case OPTION_QUIET:
        o->quiet = true;
        return true;
    case OPTION_HELP:
        o->help = true;
        return true;
    case OPTION_VERSION:
        o->version = true;
        return true;
    case OPTIONS:
        break;
    }
    return false;
}

/* One option at argv[*at]; its value may stand behind '=' or be the next word. */
static bool parse_option(struct options *o, int argc, char **argv, int *at,
                         struct buf *error) {
    struct str word = str_from(argv[*at]);
    struct str name = str_until(word, '=');
    const char *value = name.len < word.len ? word.p + name.len + 1 : NULL;
    size_t id = 0;

    while (id < OPTIONS && !str_eq(rows[id].name, name))
        id++;
    if (id == OPTIONS ||
        (o->command != NULL && (rows[id].commands & o->command->bit) == 0)) {
        unknown_option(o, name, error);
        return false;
    }
    if (rows[id].value.len == 0) {
        if (value != NULL) {
            buf_printf(error, "%.*s takes no value", STR_ARG(name));
            return false;
        }
        return set_value(o, (enum option_id)id, "");
    }
    if (value == NULL && *at + 1 < argc)
        value = argv[++*at];
    if (value == NULL || !set_value(o, (enum option_id)id, value)) {
        buf_printf(error, "%.*s takes %.*s%s%s", STR_ARG(name),
                   STR_ARG(rows[id].value), value != NULL ? ", not " : "",
                   value != NULL ? value : "");
        return false;
    }
    return true;
}

static bool parse_operand(struct options *o, const char *word,
                          struct buf *error) {
    if (o->command == NULL) {
        for (size_t i = 0; i < ncommands; i++)
            if (str_eq(commands[i].name, str_from(word)))
                o->command = &commands[i];
        if (o->command == NULL)
            unknown_command(str_from(word), error);
        return o->command != NULL;
    }
    if (o->vault == NULL) {
        o->vault = word;
    } else if (o->out == NULL && o->command->noperands > 1) {
        o->out = word;
    } else {
        buf_printf(error, "one operand too many: %s", word);
        return false;
    }
    return true;
}

bool options_parse(struct options *o, int argc, char **argv,
                   struct buf *error) {
    bool only_operands = false;
    int given;

    *o = (struct options){.jobs = pool_default_jobs()};
    for (int at = 1; at < argc; at++) {
        const char *word = argv[at];
        if (!only_operands && strcmp(word, "--") == 0)
            only_operands = true;
        else if (!only_operands && word[0] == '-' && word[1] != '\0') {
            if (!parse_option(o, argc, argv, &at, error))
                return false;
        } else if (!parse_operand(o, word, error)) {
            return false;
        }
    }
    if (o->help || o->version)
        return true;
    given = (o->vault != NULL) + (o->out != NULL);
    if (o->command == NULL)
        buf_add_lit(error, "no command given");
    else if (given < o->command->noperands)
        buf_printf(error, "%.*s needs %.*s", STR_ARG(o->command->name),
                   STR_ARG(o->command->operands));
    return o->command != NULL && given >= o->command->noperands;
}

void options_help(const struct command *c, struct buf *out) {
    if (c == NULL) {
        buf_add_lit(out, "vaultsite: an Obsidian vault as a static wiki\n\n");
        for (size_t i = 0; i < ncommands; i++)
            buf_printf(out, "  vaultsite %.*s %-12.*s %.*s\n",
                       STR_ARG(commands[i].name), STR_ARG(commands[i].operands),
                       STR_ARG(commands[i].meaning));
        buf_add_lit(out, "\nvaultsite COMMAND --help tells its options.\n");
        return;
    }
    buf_printf(out, "vaultsite %.*s %.*s: %.*s\n\n", STR_ARG(c->name),
               STR_ARG(c->operands), STR_ARG(c->meaning));
    for (size_t i = 0; i < OPTIONS; i++) {
        struct str value = rows[i].value;
        if ((rows[i].commands & c->bit) == 0)
            continue;
        bool fits = rows[i].name.len + value.len <= WORDS;
        buf_printf(
            out, "  %.*s %.*s%s%*s %.*s\n", STR_ARG(rows[i].name),
            STR_ARG(value), fits ? "" : "\n",
            (int)(fits ? WORDS - (rows[i].name.len + value.len) : WORDS + 3),
            "", STR_ARG(rows[i].meaning));
    }
    buf_add_lit(out,
                "\nExit status: 0 done, 1 findings at or above the failing "
                "level,\n2 could not be done.\n");
}
