/*
 * role: what a note is: an entity, an event, a log, or only a note.
 *
 * spec/entities.md §1. Rests on the note's path and properties alone, so that
 * compile knows which notes are transcripts.
 */
#ifndef VAULTSITE_NOTE_ROLE_H
#define VAULTSITE_NOTE_ROLE_H

#include "base/civil.h"
#include "note/frontmatter.h"
#include "vault/entity_settings.h"

enum role { ROLE_NOTE, ROLE_ENTITY, ROLE_EVENT, ROLE_LOG, ROLE_TEMPLATE };

struct note_role {
    enum role role;
    struct str kind;  /* folded: "person", "meeting", "daily"; "" for none */
    struct str about; /* the kind an event is about, or "" */
};

/* The role of the note at `path` (as names are repaired), which lies in a template
 * folder or not, with these properties. Texts are in `a` or borrowed from the
 * settings. */
struct note_role note_role(struct arena *a, struct arena *scratch,
                           const struct entity_settings *s, struct str path,
                           bool is_template, const struct frontmatter *f);

/* How a file name (without `.md`) begins (§1, last paragraph). */
enum dated_name { NAME_UNDATED, NAME_DATED, NAME_IMPOSSIBLE_DATE };
/* For NAME_DATED *day is it, and *rest what follows, without separators at its
 * begin; for others they are not changed. */
enum dated_name name_leading_date(struct str name, struct civil_date *day,
                                  struct str *rest);
/* `Ada` for `People/Ada.md`: the last component, without the extension of notes. */
struct str name_of_note(struct str path);

#endif
