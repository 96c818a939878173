#include "cli/commands.h"

#include "cli/build.h"
#include "cli/explain.h"
#include "cli/help.h"
#include "cli/query.h"
#include "cli/repair.h"

const struct operand_row operand_rows[OPERANDS] = {
    [OPERAND_VAULT] = {STR_INIT("VAULT"), false,
                       STR_INIT(
                           "folder of the vault; nothing in it is changed")},
    [OPERAND_OUT] = {STR_INIT("OUT"), false,
                     STR_INIT("folder of the site; may not lie in VAULT")},
    [OPERAND_CODE] = {STR_INIT("CODE"), true,
                      STR_INIT("code of a finding, such as link-missing, or a "
                               "function of queries, such as round; "
                               "`functions` for a list of these; without "
                               "CODE all findings are listed")},
    [OPERAND_QUERY] = {STR_INIT("QUERY"), true,
                       STR_INIT("the query's text, or - for what is on "
                                "standard input; not with --batch")},
    [OPERAND_REPAIRED] = {STR_INIT("VAULT"), true,
                          STR_INIT("folder of the vault; nothing in it is "
                                   "changed; not with --batch")},
    [OPERAND_COMMAND] = {STR_INIT("COMMAND"), true,
                         STR_INIT("command that help is wanted for")},
};

#define UNABLE "could not be done: usage, settings or disk"

const struct command commands[] = {
    {
        .name = STR_INIT("build"),
        .operands = {OPERAND_VAULT, OPERAND_OUT},
        .noperands = 2,
        .bit = IN_BUILD,
        .meaning = STR_INIT("make the site of VAULT in the folder OUT"),
        .text = STR_INIT(
            "Makes the site of the vault in the folder OUT. What is already "
            "there and not vaultsite's own stays; a file that did not change "
            "is "
            "not touched; a build that fails or is killed leaves the old site "
            "whole. Findings go to standard error and stop nothing."),
        .exits = {STR_INIT("done, whatever was found"),
                  STR_INIT("with --strict: something from warnings up was "
                           "found, and OUT is as it was"),
                  STR_INIT(UNABLE)},
        .examples =
            {{STR_INIT("vaultsite build notes/ public/"),
              STR_INIT("the site of the vault notes/, to be opened at "
                       "public/index.html")},
             {STR_INIT("vaultsite build --base-url https://wiki.example/ "
                       "notes/ public/"),
              STR_INIT("the same for a web server")},
             {STR_INIT("vaultsite build --strict --format github . ../public"),
              STR_INIT("in CI: fails from warnings up, and shows them at their "
                       "lines")}},
        .run = build_command,
    },
    {
        .name = STR_INIT("check"),
        .operands = {OPERAND_VAULT},
        .noperands = 1,
        .bit = IN_CHECK,
        .meaning = STR_INIT("print the findings only, write nothing"),
        .text = STR_INIT(
            "Does all that a build does but writing, and prints what it found "
            "on standard error."),
        .exits = {STR_INIT("no errors were found"),
                  STR_INIT("errors were found; with --strict: something from "
                           "warnings up"),
                  STR_INIT(UNABLE)},
        .examples =
            {{STR_INIT("vaultsite check notes/"),
              STR_INIT("what a build of notes/ would find")},
             {STR_INIT("vaultsite check --format json notes/ 2>findings.json"),
              STR_INIT("all of it, for another program")}},
        .run = check_command,
    },
    {
        .name = STR_INIT("query"),
        .operands = {OPERAND_VAULT, OPERAND_QUERY},
        .noperands = 2,
        .bit = IN_QUERY,
        .meaning = STR_INIT("answer a query as a page of the site would"),
        .text = STR_INIT(
            "Answers one query over the notes of the vault that are published, "
            "and prints what a page of the site would show. A query that fails "
            "is told on standard error, with the place. With --batch each line "
            "of standard input is an object of id, lang, origin and query, and "
            "each line printed one of id and result."),
        .exits = {STR_INIT("it was answered; with --batch: all were read"),
                  STR_INIT("the query failed"), STR_INIT(UNABLE)},
        .examples =
            {{STR_INIT("vaultsite query notes/ 'TABLE due FROM #project'"),
              STR_INIT("the projects with their dates")},
             {STR_INIT("vaultsite query --from Ada.md --lang expression notes/ "
                       "'this.due'"),
              STR_INIT("what the note Ada.md has in its field due")},
             {STR_INIT("vaultsite query --csv notes/ - <query.txt >open.csv"),
              STR_INIT("the rows of a query that is kept in a file")}},
        .run = query_command,
    },
    {
        .name = STR_INIT("repair"),
        .operands = {OPERAND_REPAIRED},
        .noperands = 1,
        .bit = IN_REPAIR,
        .meaning = STR_INIT("list the damaged text that a build repairs"),
        .text = STR_INIT(
            "Lists each place of the published notes, and each name, that was "
            "read in a wrong encoding once, and what a build makes of it, "
            "whatever the vault's settings say of mojibake. Nothing is "
            "changed. With --batch each line of standard input is an object "
            "of id and hex, the bytes of a text or, with \"as\":\"name\", of a "
            "name, and each line printed one of id and hex: the repaired "
            "bytes."),
        .exits = {STR_INIT("done, whatever was found"), STR_INIT(""),
                  STR_INIT(UNABLE)},
        .examples = {{STR_INIT("vaultsite repair notes/"),
                      STR_INIT("what a build of notes/ repairs")}},
        .run = repair_command,
    },
    {
        .name = STR_INIT("explain"),
        .operands = {OPERAND_CODE},
        .noperands = 1,
        .bit = IN_EXPLAIN,
        .meaning = STR_INIT("tell what a finding or a function means"),
        .text = STR_INIT(
            "Prints the manual's section for the code of a finding: what it "
            "means, an example, what to do about it. Without CODE it lists all "
            "codes, how grave they are and what a build does instead. Of a "
            "function it tells how it is called and what it gives, of an "
            "instruction of Tasks queries what it does."),
        .exits = {STR_INIT("done"), STR_INIT(""),
                  STR_INIT("there is no such code or function")},
        .examples = {{STR_INIT("vaultsite explain link-missing"),
                      STR_INIT("why a link leads nowhere")},
                     {STR_INIT("vaultsite explain functions"),
                      STR_INIT("what queries can call")}},
        .run = explain_command,
    },
    {
        .name = STR_INIT("help"),
        .operands = {OPERAND_COMMAND},
        .noperands = 1,
        .bit = IN_HELP,
        .meaning = STR_INIT("show how a command is used"),
        .text = STR_INIT("Prints the help of COMMAND, as COMMAND --help does, "
                         "or that of vaultsite."),
        .exits = {STR_INIT("done"), STR_INIT(""),
                  STR_INIT("there is no such command")},
        .run = help_command,
    },
};
const size_t ncommands = ARRAY_LEN(commands);

const struct meaning_row environment_rows[] = {
    {STR_INIT("SOURCE_DATE_EPOCH"),
     STR_INIT("the clock of a build without --today, in seconds since 1970")},
    {STR_INIT("NO_COLOR"),
     STR_INIT("set and not empty: no colours on a terminal")},
    {STR_INIT("TERM"),
     STR_INIT("unset, empty or dumb: no colours and no progress on it")},
};
const size_t environment_nrows = ARRAY_LEN(environment_rows);

const struct meaning_row file_rows[] = {
    {STR_INIT("VAULT/vaultsite.yaml"),
     STR_INIT("settings; none of them has to be given")},
    {STR_INIT("VAULT/.obsidian/"),
     STR_INIT("Obsidian's own settings; a few of them are heeded")},
    {STR_INIT("OUT/.vaultsite-manifest"),
     STR_INIT(
         "what was written, with hashes: a later build removes only that")},
    {STR_INIT("OUT/.vaultsite-lock"),
     STR_INIT("keeps two builds from writing at the same time")},
};
const size_t file_nrows = ARRAY_LEN(file_rows);

const struct command *command_by_name(struct str name, struct buf *error) {
    struct str words[ARRAY_LEN(commands)];

    for (size_t i = 0; i < ncommands; i++) {
        words[i] = commands[i].name;
        if (str_eq(words[i], name))
            return &commands[i];
    }
    buf_printf(error, "unknown command %.*s", STR_ARG(name));
    options_suggest(name, words, ncommands, error);
    return NULL;
}

void command_operands(const struct command *c, struct buf *out) {
    for (size_t i = 0; i < c->noperands; i++) {
        const struct operand_row *row = &operand_rows[c->operands[i]];
        buf_printf(out, row->optional ? "%s[%.*s]" : "%s%.*s", i > 0 ? " " : "",
                   STR_ARG(row->name));
    }
}
