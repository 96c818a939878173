/*
 * role: what a note is: an entity, an event, a log, or only a note.
 *
 * spec/entities.md §1. Rests on the note's path and properties alone, so that
 * compile knows which notes are transcripts.
 */
#ifndef VAULTSITE_NOTE_ROLE_H
#define VAULTSITE_NOTE_ROLE_H

#include "note/frontmatter.h"
#include "vault/entity_settings.h"

enum role { ROLE_NOTE, ROLE_ENTITY, ROLE_EVENT, ROLE_LOG, ROLE_TEMPLATE };

struct note_role {
    enum role role;
    struct str kind;  /* folded: "person", "meeting", "daily"; "" for none */
    struct str about; /* the kind an event is about, or "" */
};

/* The role of the note at `path` (as names are repaired) with these properties.
 * Texts are in `a` or borrowed from the settings. */
struct note_role note_role(struct arena *a, const struct entity_settings *s,
                           struct str path, const struct frontmatter *f);

/* Whether a file name (without `.md`) begins with a date (§1, last paragraph). Then
 * *day is it, and *rest what follows, without separators at its begin. False for
 * an impossible date; *impossible then tells of that. */
bool name_date(struct str name, struct civil_date *day, struct str *rest,
               bool *impossible);

#endif
