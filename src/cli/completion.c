#include "cli/completion.h"

#include "cli/commands.h"
#include "diag/diag.h"
#include "cli/explain.h"
#include "query/dataview/functions.h"

/* What a word of the command line may be. */
enum choice {
    CHOICE_NONE, /* cannot be guessed */
    CHOICE_FILE,
    CHOICE_FOLDER,
    CHOICE_WORDS,
    CHOICE_CODE,
    CHOICE_COMMAND
};

static enum choice choice_of_value(const struct option_row *row) {
    struct str words[OPTION_WORDS_MAX];

    if (str_eq(row->value, STR("FILE")))
        return CHOICE_FILE;
    if (str_eq(row->value, STR("DIR")))
        return CHOICE_FOLDER;
    return option_words(row, words) > 0 ? CHOICE_WORDS : CHOICE_NONE;
}

static enum choice choice_of_operand(enum operand which) {
    switch (which) {
    case OPERAND_VAULT:
    case OPERAND_REPAIRED:
    case OPERAND_OUT:
        return CHOICE_FOLDER;
    case OPERAND_CODE:
        return CHOICE_CODE;
    case OPERAND_COMMAND:
        return CHOICE_COMMAND;
    case OPERAND_QUERY:
    case OPERANDS:
        break;
    }
    return CHOICE_NONE;
}

static bool has_option(const struct command *c, size_t option) {
    return (option_rows[option].commands & c->bit) != 0;
}

static void add_spaced(struct buf *out, struct str word) {
    if (out->len > 0 && out->p[out->len - 1] != '\'' &&
        out->p[out->len - 1] != '(')
        buf_add_ch(out, ' ');
    buf_add_str(out, word);
}

/* The words of a choice, blanks between; `value` is that of CHOICE_WORDS. */
static void add_words(struct buf *out, enum choice choice,
                      const struct option_row *row) {
    struct str words[OPTION_WORDS_MAX];
    size_t n = choice == CHOICE_WORDS ? option_words(row, words) : 0;

    for (size_t i = 0; i < n; i++)
        add_spaced(out, words[i]);
    for (size_t i = 0; choice == CHOICE_CODE && i < DIAG_CODES; i++)
        add_spaced(out, diag_rows[i].name);
    for (size_t i = 0; choice == CHOICE_CODE && i < nfunctions; i++)
        add_spaced(out, functions[i].name);
    for (size_t i = 0; choice == CHOICE_CODE && i < explain_nlists; i++)
        add_spaced(out, explain_lists[i].name);
    for (size_t i = 0; choice == CHOICE_COMMAND && i < ncommands; i++)
        add_spaced(out, commands[i].name);
}

/* Text between single quotes, after `\` what is in `special`. */
static void add_quoted(struct buf *out, struct str text, const char *special) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.p[i] == '\'') {
            buf_add_lit(out, "'\\''");
            continue;
        }
        if (strchr(special, text.p[i]) != NULL)
            buf_add_ch(out, '\\');
        buf_add_ch(out, text.p[i]);
    }
}

/* --- bash --- */

static void add_bash_reply(struct buf *out, enum choice choice,
                           const struct option_row *row) {
    switch (choice) {
    case CHOICE_FILE:
        buf_add_lit(out, "_vaultsite_reply -f");
        break;
    case CHOICE_FOLDER:
        buf_add_lit(out, "_vaultsite_reply -d");
        break;
    case CHOICE_NONE:
        buf_add_lit(out, ":");
        break;
    default:
        buf_add_lit(out, "_vaultsite_reply -W '");
        add_words(out, choice, row);
        buf_add_ch(out, '\'');
    }
    buf_add_lit(out, " ;;\n");
}

/* `--config|--jobs`: the options that take a value. */
static void add_bash_valued(struct buf *out) {
    const char *bar = "";

    for (size_t i = 0; i < OPTIONS; i++) {
        if (option_rows[i].value.len == 0)
            continue;
        buf_printf(out, "%s%.*s", bar, STR_ARG(option_rows[i].name));
        bar = "|";
    }
}

static void add_bash_command(struct buf *out, const struct command *c) {
    buf_printf(out, "    %.*s:*:-*) _vaultsite_reply -W '", STR_ARG(c->name));
    for (size_t i = 0; i < OPTIONS; i++)
        if (has_option(c, i))
            add_spaced(out, option_rows[i].name);
    buf_add_lit(out, "' ;;\n");
    for (size_t i = 0; i < c->noperands; i++) {
        buf_printf(out, "    %.*s:%zu:*) ", STR_ARG(c->name), i);
        add_bash_reply(out, choice_of_operand(c->operands[i]), NULL);
    }
}

/* bash takes `--format=json` for three words. */
void completion_write_bash(struct buf *out) {
    buf_add_lit(out,
                "# vaultsite: completion for bash\n"
                "_vaultsite_reply() {\n"
                "    [ \"$1\" = -W ] || compopt -o filenames 2>/dev/null\n"
                "    mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$cur\")\n"
                "}\n\n"
                "_vaultsite() {\n"
                "    local cur=${COMP_WORDS[COMP_CWORD]} option= command=\n"
                "    local word operands=0 i\n"
                "    COMPREPLY=()\n"
                "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                "        word=${COMP_WORDS[i]}\n"
                "        if [ \"$word\" = = ]; then\n"
                "            continue\n"
                "        elif [ -n \"$option\" ]; then\n"
                "            option=\n"
                "            continue\n"
                "        fi\n"
                "        case $word in\n"
                "        ");
    add_bash_valued(out);
    buf_add_lit(out, ") option=$word ;;\n"
                     "        -*) ;;\n"
                     "        *)\n"
                     "            if [ -n \"$command\" ]; then\n"
                     "                operands=$((operands + 1))\n"
                     "            else\n"
                     "                command=$word\n"
                     "            fi\n"
                     "            ;;\n"
                     "        esac\n"
                     "    done\n"
                     "    [ \"$cur\" != = ] || cur=\n"
                     "    case $option in\n");
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->value.len == 0)
            continue;
        buf_printf(out, "    %.*s) ", STR_ARG(row->name));
        add_bash_reply(out, choice_of_value(row), row);
    }
    buf_add_lit(out, "    esac\n"
                     "    [ -z \"$option\" ] || return 0\n"
                     "    case $command:$operands:$cur in\n"
                     "    :0:-*) _vaultsite_reply -W '--help --version' ;;\n"
                     "    :0:*) ");
    add_bash_reply(out, CHOICE_COMMAND, NULL);
    for (size_t i = 0; i < ncommands; i++)
        add_bash_command(out, &commands[i]);
    buf_add_lit(out, "    esac\n"
                     "}\n\n"
                     "complete -F _vaultsite vaultsite\n");
}

/* --- zsh --- */

/* The action of _arguments. */
static void add_zsh_action(struct buf *out, enum choice choice,
                           const struct option_row *row) {
    if (choice == CHOICE_FILE)
        buf_add_lit(out, "_files");
    else if (choice == CHOICE_FOLDER)
        buf_add_lit(out, "_files -/");
    else if (choice != CHOICE_NONE) {
        buf_add_ch(out, '(');
        add_words(out, choice, row);
        buf_add_ch(out, ')');
    } else {
        buf_add_ch(out, ' ');
    }
}

static void add_zsh_option(struct buf *out, const struct option_row *row) {
    static const char special[] = "[]:\\";

    buf_printf(out, " \\\n            '%.*s%s[", STR_ARG(row->name),
               row->value.len > 0 ? "=" : "");
    add_quoted(out, row->meaning, special);
    buf_add_ch(out, ']');
    if (row->value.len > 0) {
        buf_add_ch(out, ':');
        add_quoted(out, row->value, special);
        buf_add_ch(out, ':');
        add_zsh_action(out, choice_of_value(row), row);
    }
    buf_add_ch(out, '\'');
}

static void add_zsh_command(struct buf *out, const struct command *c) {
    buf_printf(out, "    %.*s)\n        _arguments", STR_ARG(c->name));
    for (size_t i = 0; i < OPTIONS; i++)
        if (has_option(c, i))
            add_zsh_option(out, &option_rows[i]);
    for (size_t i = 0; i < c->noperands; i++) {
        const struct operand_row *row = &operand_rows[c->operands[i]];
        buf_printf(out, " \\\n            '%zu:%s%.*s:", i + 1,
                   row->optional ? ":" : "", STR_ARG(row->name));
        add_zsh_action(out, choice_of_operand(c->operands[i]), NULL);
        buf_add_ch(out, '\'');
    }
    buf_add_lit(out, "\n        ;;\n");
}

void completion_write_zsh(struct buf *out) {
    buf_add_lit(out, "#compdef vaultsite\n"
                     "# vaultsite: completion for zsh\n"
                     "_vaultsite() {\n"
                     "    local context state state_descr line\n"
                     "    typeset -A opt_args\n"
                     "    local -a vaultsite_commands\n"
                     "    vaultsite_commands=(\n");
    for (size_t i = 0; i < ncommands; i++) {
        buf_printf(out, "        '%.*s:", STR_ARG(commands[i].name));
        add_quoted(out, commands[i].meaning, ":\\");
        buf_add_lit(out, "'\n");
    }
    buf_add_lit(out, "    )\n"
                     "    _arguments -C");
    for (size_t i = 0; i < OPTIONS; i++)
        if (option_rows[i].commands == IN_ALL)
            add_zsh_option(out, &option_rows[i]);
    buf_add_lit(out, " \\\n            '1:COMMAND:->command'"
                     " \\\n            '*::OPERAND:->operand'\n"
                     "    case $state in\n"
                     "    command)\n"
                     "        _describe -t commands command "
                     "vaultsite_commands\n"
                     "        return\n"
                     "        ;;\n"
                     "    operand) ;;\n"
                     "    *) return ;;\n"
                     "    esac\n"
                     "    case $words[1] in\n");
    for (size_t i = 0; i < ncommands; i++)
        add_zsh_command(out, &commands[i]);
    buf_add_lit(out, "    esac\n"
                     "}\n\n"
                     "if [ \"$funcstack[1]\" = _vaultsite ]; then\n"
                     "    _vaultsite \"$@\"\n"
                     "else\n"
                     "    compdef _vaultsite vaultsite\n"
                     "fi\n");
}

/* --- fish --- */

/* `-n '…'`: where one of the commands in `bits` was named. */
static void add_fish_condition(struct buf *out, int bits) {
    buf_add_lit(out, "complete -c vaultsite");
    if (bits == IN_ALL)
        return;
    buf_add_lit(out, " -n '__fish_seen_subcommand_from");
    for (size_t i = 0; i < ncommands; i++)
        if ((commands[i].bit & bits) != 0)
            buf_printf(out, " %.*s", STR_ARG(commands[i].name));
    buf_add_ch(out, '\'');
}

/* `-a '…'`: what the shell offers. */
static void add_fish_choice(struct buf *out, enum choice choice,
                            const struct option_row *row) {
    if (choice == CHOICE_NONE || choice == CHOICE_FILE)
        return;
    buf_add_lit(out, " -a '");
    if (choice == CHOICE_FOLDER)
        buf_add_lit(out, "(__fish_complete_directories)");
    add_words(out, choice, row);
    buf_add_ch(out, '\'');
}

static void add_fish_meaning(struct buf *out, struct str meaning) {
    buf_add_lit(out, " -d '");
    for (size_t i = 0; i < meaning.len; i++) {
        if (meaning.p[i] == '\'' || meaning.p[i] == '\\')
            buf_add_ch(out, '\\');
        buf_add_ch(out, meaning.p[i]);
    }
    buf_add_lit(out, "'\n");
}

void completion_write_fish(struct buf *out) {
    buf_add_lit(out, "# vaultsite: completion for fish\n"
                     "complete -c vaultsite -f\n");
    for (size_t i = 0; i < ncommands; i++) {
        buf_printf(out,
                   "complete -c vaultsite -n __fish_use_subcommand -a %.*s",
                   STR_ARG(commands[i].name));
        add_fish_meaning(out, commands[i].meaning);
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option_row *row = &option_rows[i];
        add_fish_condition(out, row->commands);
        buf_printf(out, " -l %.*s", STR_ARG(str_skip(row->name, 2)));
        if (choice_of_value(row) == CHOICE_FILE)
            buf_add_lit(out, " -r -F");
        else if (row->value.len > 0)
            buf_add_lit(out, " -x"); /* wants a value, and no file */
        add_fish_choice(out, choice_of_value(row), row);
        add_fish_meaning(out, row->meaning);
    }
    for (size_t i = 0; i < ncommands; i++) {
        enum choice last = CHOICE_NONE;
        for (size_t k = 0; k < commands[i].noperands; k++) {
            enum choice choice = choice_of_operand(commands[i].operands[k]);
            if (choice != last) {
                add_fish_condition(out, commands[i].bit);
                add_fish_choice(out, choice, NULL);
                buf_add_ch(out, '\n');
            }
            last = choice;
        }
    }
}
