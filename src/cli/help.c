#include "cli/help.h"

#include "cli/terminal.h"
#include "cli/wrap.h"

#define NAME_COLUMN 20 /* where meanings begin */

static void add_options(const struct command *c, struct buf *out) {
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option_row *row = &option_rows[i];
        struct buf name = {0};

        /* The program's own are those that every command has. */
        if (c != NULL ? (row->commands & c->bit) == 0 : row->commands != IN_ALL)
            continue;
        buf_add_str(&name, row->name);
        if (row->value.len > 0)
            buf_add_ch(&name, ' ');
        buf_add_str(&name, row->value);
        wrap_row(out, buf_str(&name), row->meaning, NAME_COLUMN);
        buf_release(&name);
    }
}

static void add_rows(const struct meaning_row *rows, size_t n,
                     struct buf *out) {
    for (size_t i = 0; i < n; i++)
        wrap_row(out, rows[i].name, rows[i].meaning, NAME_COLUMN);
}

static void add_program(struct buf *out) {
    static const struct meaning_row exits[EXIT_STATUSES] = {
        [EXIT_DONE] = {STR_INIT("0"), STR_INIT("done")},
        [EXIT_FINDINGS] = {STR_INIT("1"),
                           STR_INIT("findings at or above the failing level")},
        [EXIT_UNABLE] = {STR_INIT("2"),
                         STR_INIT("could not be done: usage, settings or "
                                  "disk")},
    };

    buf_add_lit(out, "Usage: vaultsite COMMAND [OPTION]... [OPERAND]...\n\n"
                     "Turns an Obsidian vault into a static wiki.\n\n"
                     "Commands:\n");
    for (size_t i = 0; i < ncommands; i++) {
        struct buf usage = {0};

        buf_add_str(&usage, commands[i].name);
        buf_add_ch(&usage, ' ');
        command_operands(&commands[i], &usage);
        wrap_row(out, buf_str(&usage), commands[i].meaning, NAME_COLUMN);
        buf_release(&usage);
    }
    buf_add_lit(out, "\nOptions of every command:\n");
    add_options(NULL, out);
    buf_add_lit(out, "\nExit status:\n");
    add_rows(exits, ARRAY_LEN(exits), out);
    buf_add_lit(out, "\nEnvironment:\n");
    add_rows(environment_rows, environment_nrows, out);
    buf_add_lit(
        out, "\nA first site:\n"
             "  vaultsite build notes/ public/\n\n"
             "`vaultsite help COMMAND` tells the options of a command, "
             "`vaultsite explain\nCODE` what a finding or a function means.\n");
}

static void add_operands(const struct command *c, struct buf *out) {
    buf_add_lit(out, "\nOperands:\n");
    for (size_t i = 0; i < c->noperands; i++) {
        const struct operand_row *row = &operand_rows[c->operands[i]];
        wrap_row(out, row->name, row->meaning, NAME_COLUMN);
    }
}

static void add_exits(const struct command *c, struct buf *out) {
    buf_add_lit(out, "\nExit status:\n");
    for (size_t i = 0; i < EXIT_STATUSES; i++) {
        char digit = (char)('0' + i);
        if (c->exits[i].len > 0)
            wrap_row(out, str_make(&digit, 1), c->exits[i], NAME_COLUMN);
    }
}

static void add_examples(const struct command *c, struct buf *out) {
    if (c->examples[0].name.len > 0)
        buf_add_lit(out, "\nExamples:\n");
    for (size_t i = 0; i < COMMAND_EXAMPLES && c->examples[i].name.len > 0;
         i++) {
        buf_printf(out, "  %.*s\n", STR_ARG(c->examples[i].name));
        wrap_text(out, c->examples[i].meaning, STR(""), 6);
    }
}

void help_write(const struct command *c, struct buf *out) {
    if (c == NULL) {
        add_program(out);
        return;
    }
    buf_printf(out, "Usage: vaultsite %.*s [OPTION]... ", STR_ARG(c->name));
    command_operands(c, out);
    buf_add_lit(out, "\n\n");
    wrap_text(out, c->text, STR(""), 0);
    add_operands(c, out);
    buf_add_lit(out, "\nOptions:\n");
    add_options(c, out);
    add_exits(c, out);
    add_examples(c, out);
}

int help_command(const struct options *o) {
    const struct command *c = NULL;
    struct buf text = {0};
    int status = EXIT_UNABLE;

    if (o->topic != NULL)
        c = command_by_name(str_from(o->topic), &text);
    if (o->topic != NULL && c == NULL) {
        terminal_usage_error(&text, NULL);
    } else {
        help_write(c, &text);
        status = terminal_print(buf_str(&text));
    }
    buf_release(&text);
    return status;
}
