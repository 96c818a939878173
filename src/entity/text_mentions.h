/*
 * text_mentions: full names in the plain text of all notes.
 *
 * spec/entities.md §3: which names are looked for, and where. How one is found is
 * name_finder's business.
 */
#ifndef VAULTSITE_ENTITY_TEXT_MENTIONS_H
#define VAULTSITE_ENTITY_TEXT_MENTIONS_H

#include "entity/entity.h"

/* One entity in the text of one note. */
struct text_mention {
    uint32_t entity;
    uint32_t count;             /* how often */
    uint32_t begin, end, block; /* the first: bytes of note->text, its block */
};

struct note_mentions {
    const struct text_mention *items; /* in order of their first places */
    uint32_t len;
};

/*
 * By file index, for the published notes that are no templates; those of an entity in
 * its own notes are among them. `entities` need to have kinds, names and notes only;
 * `speakers`, NULL or by file index, tell the labels of turns, which are not searched;
 * up to `jobs` threads work. Linear in the text, whatever the number of names.
 */
const struct note_mentions *text_mentions_find(
    struct arena *a, const struct linked *l, const struct entity *entities,
    uint32_t nentities, const struct entity_kind *kinds,
    const struct speaker *const *speakers, unsigned jobs);

#endif
