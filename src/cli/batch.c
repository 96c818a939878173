#include "cli/batch.h"

#include <stdio.h>

/* Reads on to the end of a line, or of the input; false where there is nothing
 * more. */
static bool read_line(struct buf *line) {
    int c = getchar();

    buf_reset(line);
    if (c == EOF)
        return false;
    for (; c != EOF && c != '\n'; c = getchar())
        if (line->len <= BATCH_MAX_LINE)
            buf_add_ch(line, (char)c);
    return true;
}

/* An answer may print nothing: what is empty has no bytes to point to. */
bool batch_print(const struct buf *out) {
    return (out->len == 0 || fwrite(out->p, 1, out->len, stdout) == out->len) &&
           fflush(stdout) == 0;
}

struct str batch_text(const struct json *j, struct str key) {
    const struct json *m = json_member(j, key);

    return m != NULL && m->kind == JSON_TEXT ? m->text : STR("");
}

bool batch_run(batch_answer *answer, void *context) {
    struct buf line = {0}, out = {0};
    struct arena scratch;
    bool ok = true;

    arena_init(&scratch);
    while (ok && read_line(&line)) {
        arena_reset(&scratch);
        buf_reset(&out);
        if (str_trim(buf_str(&line)).len == 0)
            continue;
        answer(context, buf_str(&line), &scratch, &out);
        ok = batch_print(&out);
    }
    arena_release(&scratch);
    buf_release(&line);
    buf_release(&out);
    return ok;
}
