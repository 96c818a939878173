/*
 * speakers: who says a turn of a transcript (spec/entities.md §6).
 *
 * Recorders write `Name- words`, `Name>> words`, and now and then `Namewords`. So the
 * turns of a note are read twice: first for what its labels are, then for which of
 * them begins a turn.
 */
#ifndef VAULTSITE_ENTITY_SPEAKERS_H
#define VAULTSITE_ENTITY_SPEAKERS_H

#include "entity/work.h"

/* A name for labels that leads to nobody: two people share it, or it is a word for
 * an owner who is not set. */
#define SPEAKER_NOBODY (ENTITY_NONE - 1)

/* What the vault knows of names, for one note. */
struct speaker_names {
    /* The person called `label` (as written, by name keys; words for the owner are
     * the owner), SPEAKER_NOBODY, or ENTITY_NONE: no name. */
    uint32_t (*person)(const void *names, struct str label,
                       struct arena *scratch);
    const void *names;
    /* Labels whether the note has them before a separator or not: names of the owner
     * and of the persons that are subjects or participants. */
    const struct str *given;
    size_t ngiven;
    uint32_t owner; /* ENTITY_NONE without `owner:` */
    /* The one person among subjects and participants who is not the owner; of none
     * or several ENTITY_NONE. */
    uint32_t other;
};

/* By turn, in `a`; NULL for a note without turns. Labels are borrowed from the note.
 * *nlabels: how many there are, each counted once. `scratch` is used for names. */
const struct speaker *speakers_read(struct arena *a, struct arena *scratch,
                                    const struct note *n,
                                    const struct speaker_names *names,
                                    uint32_t *nlabels);

/* Of all notes that take part: fills w->all->speakers. The events must be known. */
void speakers_find(struct entity_work *w);

/*
 * The words of a turn as entities.json has them (§9): without the label, links as
 * they are written, white space as one blank, at most 200 characters.
 */
void speaker_add_words(struct buf *out, const struct note *n, uint32_t turn,
                       const struct speaker *s);

#endif
