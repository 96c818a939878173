#include "entity/mention.h"

#include "link/link.h"

struct str mention_context(struct arena *a, const struct note *n,
                           const struct mention *m, size_t *at, size_t *len) {
    *at = *len = 0;
    if (m->block == NOTE_NONE)
        return STR("");
    return text_context(a, n, m->block, m->begin, m->end, at, len);
}

/* Headings stand in the order of their lines, but for those of footnotes. */
uint32_t mention_heading(const struct note *n, const struct mention *m) {
    uint32_t from = 0, to = n->nheadings, line;

    if (m->block == NOTE_NONE)
        return NOTE_NONE;
    line = n->text_blocks[m->block].line;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (n->headings[middle].line <= line)
            from = middle + 1;
        else
            to = middle;
    }
    return from > 0 ? from - 1 : NOTE_NONE;
}
