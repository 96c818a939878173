/*
 * answer_print: answers as text for people, and as CSV for programs.
 */
#ifndef VAULTSITE_QUERY_ANSWER_PRINT_H
#define VAULTSITE_QUERY_ANSWER_PRINT_H

#include "query/answer.h"

/* Columns of equal width with their names above, lists as lines with a dash,
 * tasks with their boxes. An error is printed with its place; `query` is the
 * text that was asked. Control characters are left out. */
void answer_add_table(struct buf *out, const struct answer *a, struct str query,
                      const struct value_style *style);
/* RFC 4180, one line for each row, the names of the columns first. A list that is
 * no table has one or two columns; of a Tasks query each task is a row, with all
 * its fields. */
void answer_add_csv(struct buf *out, const struct answer *a,
                    const struct value_style *style);

#endif
