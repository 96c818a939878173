#include "cli/man.h"

#include "cli/commands.h"
#include "cli/version.h"
#include "vault/settings.h"

/* Text in which nothing means anything to roff, on a line of its own or within
 * one. A hyphen stays one that can be copied into a shell. */
static void add_text(struct buf *out, struct str s) {
    if (s.len > 0 && (s.p[0] == '.' || s.p[0] == '\''))
        buf_add_lit(out, "\\&");
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '\\')
            buf_add_lit(out, "\\e");
        else if (s.p[i] == '-')
            buf_add_lit(out, "\\-");
        else
            buf_add_ch(out, s.p[i]);
    }
}

static void add_line(struct buf *out, struct str s) {
    add_text(out, s);
    buf_add_ch(out, '\n');
}

/* What stands in the text as it must be typed, or as a name for it. */
static void add_font(struct buf *out, char font, struct str s) {
    buf_printf(out, "\\f%c", font);
    add_text(out, s);
    buf_add_lit(out, "\\fR");
}

static void add_section(struct buf *out, const char *name) {
    buf_printf(out, ".SH %s\n", name);
}

/* Sentences, each on a line, as roff wants them. */
static void add_sentences(struct buf *out, struct str text) {
    while ((text = str_trim(text)).len > 0) {
        size_t end = str_find_str(text, STR(". "), 0);
        end = end == STR_NONE ? text.len : end + 1;
        add_line(out, str_slice(text, 0, end));
        text = str_skip(text, end);
    }
}

static void add_rows(struct buf *out, const struct meaning_row *rows,
                     size_t n) {
    for (size_t i = 0; i < n; i++) {
        buf_add_lit(out, ".TP\n");
        add_font(out, 'B', rows[i].name);
        buf_add_ch(out, '\n');
        add_line(out, rows[i].meaning);
    }
}

static void add_usage(struct buf *out, const struct command *c) {
    buf_add_lit(out, "\\fBvaultsite ");
    add_text(out, c->name);
    buf_add_lit(out, "\\fR [\\fIOPTION\\fR]...");
    for (size_t i = 0; i < c->noperands; i++) {
        const struct operand_row *row = &operand_rows[c->operands[i]];
        buf_add_str(out, row->optional ? STR(" [") : STR(" "));
        add_font(out, 'I', row->name);
        if (row->optional)
            buf_add_ch(out, ']');
    }
    buf_add_ch(out, '\n');
}

static void add_synopsis(struct buf *out) {
    add_section(out, "SYNOPSIS");
    for (size_t i = 0; i < ncommands; i++) {
        if (i > 0)
            buf_add_lit(out, ".br\n");
        add_usage(out, &commands[i]);
    }
}

static void add_commands(struct buf *out) {
    add_section(out, "COMMANDS");
    for (size_t i = 0; i < ncommands; i++) {
        const struct command *c = &commands[i];
        buf_add_lit(out, ".TP\n");
        add_usage(out, c);
        add_sentences(out, c->text);
        for (size_t k = 0; k < c->noperands; k++) {
            const struct operand_row *row = &operand_rows[c->operands[k]];
            buf_add_lit(out, ".RS\n.TP\n");
            add_font(out, 'I', row->name);
            buf_add_ch(out, '\n');
            add_line(out, row->meaning);
            buf_add_lit(out, ".RE\n");
        }
    }
}

/* The commands that have the option, unless all do. */
static void add_owners(struct buf *out, const struct option_row *row) {
    size_t n = 0;

    if (row->commands == IN_ALL)
        return;
    buf_add_lit(out, " (");
    for (size_t i = 0; i < ncommands; i++) {
        if ((row->commands & commands[i].bit) == 0)
            continue;
        if (n++ > 0)
            buf_add_lit(out, ", ");
        add_text(out, commands[i].name);
    }
    buf_add_ch(out, ')');
}

static void add_options(struct buf *out) {
    add_section(out, "OPTIONS");
    buf_add_lit(out, "A value may also stand behind an equals sign:\n"
                     "\\fB\\-\\-jobs=2\\fR.\n"
                     "Behind \\fB\\-\\-\\fR nothing is an option.\n");
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option_row *row = &option_rows[i];
        struct str words[OPTION_WORDS_MAX];
        bool closed = option_words(row, words) > 0;

        buf_add_lit(out, ".TP\n");
        add_font(out, 'B', row->name);
        if (row->value.len > 0) {
            buf_add_ch(out, ' ');
            add_font(out, closed ? 'B' : 'I', row->value);
        }
        add_owners(out, row);
        buf_add_ch(out, '\n');
        add_line(out, row->meaning);
    }
}

static void add_exits(struct buf *out) {
    add_section(out, "EXIT STATUS");
    for (int status = 0; status < EXIT_STATUSES; status++) {
        buf_printf(out, ".TP\n\\fB%d\\fR\n", status);
        for (size_t i = 0; i < ncommands; i++) {
            if (commands[i].exits[status].len == 0)
                continue;
            add_font(out, 'I', commands[i].name);
            buf_add_lit(out, ": ");
            add_line(out, commands[i].exits[status]);
            if (i + 1 < ncommands)
                buf_add_lit(out, ".br\n");
        }
    }
}

static void add_settings(struct buf *out) {
    add_section(out, "SETTINGS");
    buf_add_lit(out, "Keys of \\fIvaultsite.yaml\\fR; a dot stands for a key "
                     "below another.\nA key that is not known is an error.\n");
    for (size_t i = 0; i < settings_nrows; i++) {
        const struct settings_row *row = &settings_rows[i];
        buf_add_lit(out, ".TP\n");
        add_font(out, 'B', row->key);
        buf_add_lit(out, " (");
        add_text(out, row->type);
        if (row->initial.len > 0) {
            buf_add_lit(out, "; default ");
            add_text(out, row->initial);
        }
        buf_add_lit(out, ")\n");
        add_line(out, row->meaning);
    }
}

static void add_findings(struct buf *out) {
    add_section(out, "FINDINGS");
    buf_add_lit(out, "A finding is told as\n.PP\n.EX\n");
    add_line(out, STR("path:line:column: severity: code: what it is; what was "
                      "done instead"));
    buf_add_lit(out, ".EE\n.PP\n"
                     "\\fBvaultsite explain\\fR \\fICODE\\fR tells more of a "
                     "code.\nThe codes are:\n");
    for (size_t i = 0; i < DIAG_CODES; i++) {
        buf_add_lit(out, "\\%"); /* not broken at its hyphens */
        add_font(out, 'B', diag_rows[i].name);
        buf_add_str(out, i + 1 < DIAG_CODES ? STR(",\n") : STR(".\n"));
    }
}

static void add_examples(struct buf *out) {
    add_section(out, "EXAMPLES");
    for (size_t i = 0; i < ncommands; i++) {
        const struct meaning_row *rows = commands[i].examples;
        size_t n = 0;
        while (n < COMMAND_EXAMPLES && rows[n].name.len > 0)
            n++;
        add_rows(out, rows, n);
    }
}

void man_write(struct buf *out) {
    buf_add_lit(out,
                ".TH VAULTSITE 1 " VAULTSITE_RELEASED
                " \"vaultsite " VAULTSITE_VERSION "\" \"User commands\"\n");
    add_section(out, "NAME");
    buf_add_lit(out, "vaultsite \\- turn an Obsidian vault into a static "
                     "wiki\n");
    add_synopsis(out);
    add_section(out, "DESCRIPTION");
    buf_add_lit(out,
                "\\fBvaultsite\\fR makes a folder of plain HTML files from "
                "the notes of an Obsidian vault.\n"
                "It works on a web server, below any path, or opened "
                "straight from a file share.\n"
                "Obsidian is not needed, and nothing in the vault is "
                "changed.\n");
    add_commands(out);
    add_options(out);
    add_exits(out);
    add_section(out, "ENVIRONMENT");
    add_rows(out, environment_rows, environment_nrows);
    add_section(out, "FILES");
    add_rows(out, file_rows, file_nrows);
    add_settings(out);
    add_findings(out);
    add_examples(out);
}
