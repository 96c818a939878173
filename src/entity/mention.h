/*
 * mention: where the notes name an entity.
 *
 * spec/entities.md §3.
 */
#ifndef VAULTSITE_ENTITY_MENTION_H
#define VAULTSITE_ENTITY_MENTION_H

#include "note/note.h"

enum mention_kind {
#define MENTION(id, name) id,
#include "entity/mentions.def"
#undef MENTION
    MENTION_KINDS
};

/* A note that names an entity. */
struct mention {
    uint32_t note;  /* file index */
    uint32_t kinds; /* bits 1 << enum mention_kind */
    uint32_t count; /* hits in its text: links and full names */
    /* The first of them: bytes [begin, end) of note->text, and the block they lie
     * in; begin == end where the note names it in properties alone. */
    uint32_t begin, end, block;
    struct str property; /* key of the first property that names it, or "" */
};

#endif
