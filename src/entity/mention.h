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
    uint32_t
        count; /* hits in its text: links, full names, `@Name`s of tasks, who
                     * speaks */
    /* The first of them: bytes [begin, end) of note->text, none for an embed, and the
     * block they lie in; NOTE_NONE where properties alone name it. */
    uint32_t begin, end, block;
    struct str property; /* key of the first property that names it, or "" */
};

/*
 * One line of context for the first hit (decisions.md 19): plain text of its block in
 * `n` around it, at most 160 code points, cut at word borders with "…". *at and *len
 * tell where in it the hit stands (bytes). "" where properties alone name the entity.
 */
struct str mention_context(struct arena *a, const struct note *n,
                           const struct mention *m, size_t *at, size_t *len);
/* The heading that the first hit stands under, or NOTE_NONE. */
uint32_t mention_heading(const struct note *n, const struct mention *m);

#endif
