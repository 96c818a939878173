/*
 * assignees: whom the description of a task names with `@` (spec/entities.md §5).
 */
#ifndef VAULTSITE_ENTITY_ASSIGNEES_H
#define VAULTSITE_ENTITY_ASSIGNEES_H

#include "entity/roster.h"

/* Mentions of one description that are read; further ones are text. */
#define ASSIGNEES_MAX 64

struct assignee {
    uint32_t entity;   /* early number; ROSTER_OWNER: the owner, who is unset */
    size_t begin, end; /* in the description, from the `@` on */
    struct str written; /* the name as it stands there, without brackets */
};

struct assignees {
    struct assignee
        items[ASSIGNEES_MAX]; /* in order; somebody may be there twice */
    uint32_t len;
    /* The first `@` behind which nobody is found who is no placeholder either: where
     * it stands and what follows it; "" for none. */
    size_t unknown_at;
    struct str unknown;
};

/* Reads the description of a task in file `from`, without fields and trailing tags.
 * Somebody new is added to the roster: before roster_finish. Costs as many look-ups as
 * there are `@`s and words in the longest name. */
void assignees_read(struct assignees *out, struct roster *r,
                    const struct linked *l, uint32_t from, struct str text,
                    struct arena *scratch);

/* The description without the mentions that end it, trimmed. */
struct str assignees_cut(const struct assignees *a, struct str text);

#endif
