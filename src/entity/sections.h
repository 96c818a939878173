/*
 * sections: the parts of a note that have a purpose here: its summary, decisions,
 * facts, and what a panel would show (spec/entities.md §4.2, §4.5, §4.7).
 */
#ifndef VAULTSITE_ENTITY_SECTIONS_H
#define VAULTSITE_ENTITY_SECTIONS_H

#include "base/map.h"
#include "note/note.h"

enum purpose {
    PURPOSE_NONE,
    PURPOSE_SUMMARY,
    PURPOSE_TIMELINE,
    PURPOSE_TASKS,
    PURPOSE_DECISIONS,
    PURPOSE_FACTS,
    PURPOSE_RELATED,
};

struct section {
    enum purpose purpose;
    uint32_t heading;                /* headings */
    uint32_t first_block, end_block; /* text_blocks, its heading's not */
    uint32_t first_line, end_line;   /* lines [first, end) behind it */
    uint32_t begin, end;             /* its part of the fragment */
    bool
        is_inner; /* it lies in another of the same purpose, is a part of that */
};

/* Those with a purpose, in order; of one purpose those that are not inner lie apart.
 * In `a`; *count tells how many. `scratch` may be reset then.
 * `purposes`, an empty map at first, keeps what headings are for from note to note,
 * and borrows their texts. */
const struct section *sections_of(struct arena *a, struct arena *scratch,
                                  struct map *purposes, const struct note *n,
                                  uint32_t *count);

/* Text on one line: white space collapsed, trimmed. */
struct str section_line(struct arena *a, struct str text);
/* Whether nothing is left of it without comments, thematic breaks, lone list marks,
 * headings and a dateless `*Last updated: *` (§4.7); a query is something. */
bool section_is_empty(const struct note *n, const struct section *s);
/* A query block stands in it. */
bool section_has_query(const struct note *n, const struct section *s);
/* A paragraph that says when the note was updated, but no date. */
bool section_is_stub(struct str text);

#endif
