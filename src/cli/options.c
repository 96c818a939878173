#include "cli/options.h"

#include <stdlib.h>

#include "base/pool.h"
#include "base/word.h"
#include "cli/commands.h"

const struct option_row option_rows[OPTIONS] = {
#define OPTION(id, name, value, commands, meaning)                             \
    [id] = {STR_INIT(name), STR_INIT(value), commands, STR_INIT(meaning)},
#include "cli/options.def"
#undef OPTION
};

size_t option_words(const struct option_row *row,
                    struct str words[OPTION_WORDS_MAX]) {
    struct str rest = row->value;
    size_t n = 0;

    if (str_find(rest, '|') == STR_NONE)
        return 0;
    for (; rest.len > 0 && n < OPTION_WORDS_MAX; rest = str_after(rest, '|'))
        words[n++] = str_until(rest, '|');
    return n;
}

void options_suggest(struct str written, const struct str *words, size_t n,
                     struct buf *error) {
    struct str near = word_nearest(written, words, n);

    if (near.len > 0)
        buf_printf(error, "; did you mean %.*s?", STR_ARG(near));
}

static bool belongs(enum option_id id, const struct command *c) {
    return c == NULL || (option_rows[id].commands & c->bit) != 0;
}

/* `--tasks` for `--lang tasks`: whether an option of the command takes that word. */
static bool suggest_value(const struct command *c, struct str written,
                          struct buf *error) {
    struct str words[OPTION_WORDS_MAX];

    for (size_t i = 0; i < OPTIONS; i++) {
        size_t n = belongs((enum option_id)i, c)
                       ? option_words(&option_rows[i], words)
                       : 0;
        for (size_t k = 0; k < n; k++)
            if (str_eq(words[k], str_skip(written, 2))) {
                buf_printf(error, "; did you mean %.*s %.*s?",
                           STR_ARG(option_rows[i].name), STR_ARG(words[k]));
                return true;
            }
    }
    return false;
}

/* An option of no command, or not of this one. */
static void unknown_option(const struct command *c, struct str name,
                           struct buf *error) {
    struct str words[OPTIONS];
    size_t n = 0;

    buf_printf(error, "unknown option %.*s", STR_ARG(name));
    for (size_t i = 0; i < OPTIONS; i++) {
        if (belongs((enum option_id)i, c))
            words[n++] = option_rows[i].name;
        if (!str_eq(option_rows[i].name, name))
            continue;
        for (size_t k = 0; k < ncommands; k++)
            if ((option_rows[i].commands & commands[k].bit) != 0)
                buf_printf(error, "; %.*s has it", STR_ARG(commands[k].name));
        return;
    }
    if (!suggest_value(c, name, error))
        options_suggest(name, words, n, error);
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

/* `word` is the index of the value, of an option that takes one of some words. */
static bool set_value(struct options *o, enum option_id id, const char *value,
                      size_t word) {
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
    case OPTION_DATES:
        o->dates = str_from(value);
        return true;
    case OPTION_NO_JAVASCRIPT:
        o->no_javascript = true;
        return true;
    case OPTION_FORMAT:
        o->format = (enum output_format)word;
        return true;
    case OPTION_STRICT:
        o->strict = true;
        return true;
    case OPTION_FORCE:
        o->force = true;
        return true;
    case OPTION_QUIET:
        o->quiet = true;
        return true;
    case OPTION_FROM:
        o->from = value;
        return true;
    case OPTION_LANG:
        o->language = (enum query_language)word;
        return true;
    case OPTION_TABLE:
        o->answer_format = ANSWER_AS_TABLE;
        return true;
    case OPTION_JSON:
        o->answer_format = ANSWER_AS_JSON;
        return true;
    case OPTION_CSV:
        o->answer_format = ANSWER_AS_CSV;
        return true;
    case OPTION_BATCH:
        o->batch = true;
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

/* Checks and stores; `value` is NULL where none was given. */
static bool take_value(struct options *o, enum option_id id, const char *value,
                       struct buf *error) {
    const struct option_row *row = &option_rows[id];
    struct str words[OPTION_WORDS_MAX], written = str_from(value);
    size_t n = option_words(row, words), word = 0;

    while (word < n && !str_eq(words[word], written))
        word++;
    if (value != NULL && (word < n || n == 0) && set_value(o, id, value, word))
        return true;
    buf_printf(error, "%.*s takes %.*s", STR_ARG(row->name),
               STR_ARG(row->value));
    if (value != NULL)
        buf_printf(error, ", not %s", value);
    if (n == 0 && row->value.len > 0)
        buf_printf(error, "; %.*s: %.*s", STR_ARG(row->value),
                   STR_ARG(row->meaning));
    options_suggest(written, words, n, error);
    return false;
}

/* Where the parser is on the command line. */
struct reading {
    struct options *o;
    char **argv;
    int argc, at;
    size_t nwords;  /* that are no options; the command is the first */
    unsigned given; /* options, bits by option_id */
    struct buf *error;
};

/* The option at r->at; its value may stand behind '=' or be the next word. */
static bool parse_option(struct reading *r) {
    struct str word = str_from(r->argv[r->at]);
    struct str name = str_until(word, '=');
    const char *value = name.len < word.len ? word.p + name.len + 1 : NULL;
    size_t id = 0;

    while (id < OPTIONS && !str_eq(option_rows[id].name, name))
        id++;
    if (id == OPTIONS || !belongs((enum option_id)id, r->o->command)) {
        unknown_option(r->o->command, name, r->error);
        return false;
    }
    r->given |= 1U << id;
    if (option_rows[id].value.len == 0) {
        if (value != NULL) {
            buf_printf(r->error, "%.*s takes no value", STR_ARG(name));
            return false;
        }
        return set_value(r->o, (enum option_id)id, "", 0);
    }
    if (value == NULL && r->at + 1 < r->argc)
        value = r->argv[++r->at];
    return take_value(r->o, (enum option_id)id, value, r->error);
}

static const char **operand_place(struct options *o, enum operand which) {
    switch (which) {
    case OPERAND_VAULT:
    case OPERAND_REPAIRED:
        return &o->vault;
    case OPERAND_OUT:
        return &o->out;
    case OPERAND_CODE:
        return &o->code;
    case OPERAND_COMMAND:
        return &o->topic;
    case OPERAND_QUERY:
        return &o->query;
    case OPERANDS:
        break;
    }
    return NULL;
}

/* The command, or the next operand of it. */
static bool parse_word(struct reading *r) {
    const char *word = r->argv[r->at];
    size_t n = r->nwords++;
    struct options *o = r->o;

    if (n == 0) {
        o->command = command_by_name(str_from(word), r->error);
        return o->command != NULL;
    }
    if (n > o->command->noperands) {
        buf_printf(r->error, "one operand too many: %s", word);
        return false;
    }
    *operand_place(o, o->command->operands[n - 1]) = word;
    return true;
}

/* Options may stand before the command that they turn out not to belong to. */
static bool check_options(const struct reading *r) {
    for (size_t i = 0; i < OPTIONS; i++)
        if ((r->given & 1U << i) != 0 &&
            !belongs((enum option_id)i, r->o->command)) {
            unknown_option(r->o->command, option_rows[i].name, r->error);
            return false;
        }
    return true;
}

/* Of each set one can be given. */
static const unsigned exclusive[] = {
    1U << OPTION_TABLE | 1U << OPTION_JSON | 1U << OPTION_CSV,
    1U << OPTION_BATCH | 1U << OPTION_TABLE,
    1U << OPTION_BATCH | 1U << OPTION_CSV,
    1U << OPTION_BATCH | 1U << OPTION_FROM,
    1U << OPTION_BATCH | 1U << OPTION_LANG,
};

static bool check_together(unsigned given, struct buf *error) {
    for (size_t i = 0; i < ARRAY_LEN(exclusive); i++) {
        const struct option_row *first = NULL;
        for (size_t k = 0; k < OPTIONS; k++) {
            if ((given & exclusive[i] & 1U << k) == 0)
                continue;
            if (first != NULL) {
                buf_printf(error, "%.*s and %.*s do not go together",
                           STR_ARG(first->name), STR_ARG(option_rows[k].name));
                return false;
            }
            first = &option_rows[k];
        }
    }
    return true;
}

static bool check_operands(struct options *o, struct buf *error) {
    const struct command *c = o->command;

    if (c == NULL) {
        buf_add_lit(error, "no command given");
        return false;
    }
    for (size_t i = 0; i < c->noperands; i++) {
        const struct operand_row *row = &operand_rows[c->operands[i]];
        if (row->optional || *operand_place(o, c->operands[i]) != NULL)
            continue;
        buf_printf(error, "%.*s needs ", STR_ARG(c->name));
        command_operands(c, error);
        if (i > 0)
            buf_printf(error, ", and there is no %.*s", STR_ARG(row->name));
        return false;
    }
    return true;
}

bool options_parse(struct options *o, int argc, char **argv,
                   struct buf *error) {
    struct reading r = {.o = o, .argv = argv, .argc = argc, .error = error};
    bool only_operands = false;

    *o = (struct options){.jobs = pool_default_jobs()};
    for (r.at = 1; r.at < argc; r.at++) {
        const char *word = argv[r.at];
        if (!only_operands && strcmp(word, "--") == 0)
            only_operands = true;
        else if (!only_operands && word[0] == '-' && word[1] != '\0') {
            if (!parse_option(&r))
                return false;
        } else if (!parse_word(&r)) {
            return false;
        }
    }
    if (!check_options(&r))
        return false;
    return o->help || o->version ||
           (check_together(r.given, error) && check_operands(o, error));
}
