/*
 * outlinks: the links of a note as Dataview lists them (spec/dataview.md §4.6, §6).
 *
 * For queries only: the list holds links of comments as well (decisions.md 5).
 */
#ifndef VAULTSITE_NOTE_OUTLINKS_H
#define VAULTSITE_NOTE_OUTLINKS_H

#include "note/note.h"

struct outlink {
    const struct link *link;
    struct str path, subpath; /* link->target, link->subpath */
    struct str display;       /* never empty unless path and subpath are */
    uint32_t line;            /* 0: in the properties */
    bool embed;
    bool in_comment;
};

/*
 * Sets *out to the outlinks of `n`, in `a`, and returns how many there are: links
 * of properties that are the whole of a value, then links, then embeds, each as
 * they stand in the note (those of footnotes come last). None is left out because
 * it was met before. The outlinks of a list item are those of its lines.
 */
uint32_t note_outlinks(const struct note *n, struct arena *a,
                       struct outlink **out);

#endif
