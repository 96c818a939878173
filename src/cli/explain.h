/*
 * explain: the manual's section for a finding, and what a function of queries
 * is called with and gives.
 *
 * The manual has a file for each group of codes, in which the section of a code
 * runs from the heading `## code` to the next one of that level.  They are part
 * of the program (base/embedded.h).
 */
#ifndef VAULTSITE_CLI_EXPLAIN_H
#define VAULTSITE_CLI_EXPLAIN_H

#include "base/embedded.h"
#include "cli/options.h"

struct function;

/* The manual's files on findings. */
extern const struct embedded_file finding_files[];
extern const size_t finding_nfiles;

/* What stands below `## code` in one of the files, without blank lines at both
 * ends; "" where there is none. A heading inside a fenced block is none. */
struct str explain_section(const struct embedded_file *files, size_t n,
                           struct str code);
/* Markdown as it reads well in a terminal: paragraphs and items in lines of at
 * most 79 columns, `[[Page#x|text]]` as text, a callout's `[!type]` as a word;
 * code and tables as they are. */
void explain_render(struct str markdown, struct buf *out);
/* The ways to call the function in which a list stands for single values, told
 * apart by commas: `round(LIST), round(LIST, digits)`; nothing where there is
 * none (spec/dataview.md §10). */
void explain_list_forms(const struct function *f, struct buf *out);
/* Lists that have a name of their own: `explain functions`. */
struct explain_list {
    struct str name;
    void (*list)(struct buf *out);
};
extern const struct explain_list explain_lists[];
extern const size_t explain_nlists;
/* `explain [CODE]`: returns the exit status. */
int explain_command(const struct options *o);

#endif
