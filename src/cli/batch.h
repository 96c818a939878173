/*
 * batch: a question a line on standard input, an answer a line on standard output.
 */
#ifndef VAULTSITE_CLI_BATCH_H
#define VAULTSITE_CLI_BATCH_H

#include "base/json.h"

/* Longest line: what a JSON text may have. */
#define BATCH_MAX_LINE JSON_MAX_BYTES

/* Answers one line, trimmed of nothing, in `out`, which is empty; a line end
 * follows. `scratch` lives as long as the line. */
typedef void batch_answer(void *context, struct str line, struct arena *scratch,
                          struct buf *out);

/* Reads to the end of the input; blank lines are passed over, of one that is too
 * long the first BATCH_MAX_LINE + 1 bytes are kept. Each answer is printed before
 * the next line is read. False with errno set where that failed. */
bool batch_run(batch_answer *answer, void *context);
/* All of `out`, on standard output; false with errno set where that failed. */
bool batch_print(const struct buf *out);
/* The object's member where it is text, else "". */
struct str batch_text(const struct json *j, struct str key);

#endif
