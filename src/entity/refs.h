/*
 * refs: whom the properties of each note name (spec/entities.md §2.3).
 */
#ifndef VAULTSITE_ENTITY_REFS_H
#define VAULTSITE_ENTITY_REFS_H

#include "entity/roster.h"

struct ref {
    uint32_t entity;
    /* MENTION_SUBJECT, MENTION_PARTICIPANT, MENTION_TAG, MENTION_PROPERTY. A tag of
     * an event is there as a subject too; keys of participants in other notes than
     * events count as subjects. */
    enum mention_kind by;
    uint32_t count;      /* how often */
    struct str property; /* the key, of the first */
};

struct note_refs {
    const struct ref *items; /* by entity, then `by`; each pair once */
    uint32_t len;
};

struct refs;

/*
 * Reads the properties of all published notes but templates. Names that nobody has
 * are added to the roster; owner-unset goes to `d`. A note's own entity is not among
 * its refs.
 */
struct refs *refs_read(struct arena *a, struct roster *r,
                       const struct linked *l, struct diags *d);
/* After roster_finish: adds what tags name and gives all in final numbers, by file
 * index. */
const struct note_refs *refs_finish(struct refs *refs);

#endif
