/*
 * work: what the parts of the entity step hand to one another.
 *
 * find.c calls them in order; what a part fills says its own header.
 */
#ifndef VAULTSITE_ENTITY_WORK_H
#define VAULTSITE_ENTITY_WORK_H

#include "entity/refs.h"
#include "entity/sections.h"

struct note_sections {
    const struct section *items;
    uint32_t n;
};

struct entity_work {
    struct arena *arena;
    const struct linked *linked;
    const struct entity_settings *settings;
    struct diags *diags;
    unsigned jobs;
    struct roster *roster;
    const struct note_refs *refs; /* by file; from roster_finish on */
    /* By file: of events and notes of entities, others have none. */
    const struct note_sections *sections;
    struct entities *all; /* what is returned */
    struct entity *items; /* all->items */
    struct event *events; /* all->events */
};

/* The published note of file `i` if it takes part: NULL for attachments, notes that
 * are not published and templates. */
static inline const struct note *work_note(const struct linked *l, uint32_t i) {
    const struct note *n = l->notes[i];

    return n != NULL && n->role.role != ROLE_TEMPLATE ? n : NULL;
}

#endif
