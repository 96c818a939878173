/*
 * timeline: an entity's events, its last contact, its decisions
 * (spec/entities.md §4.4, §4.5).
 *
 * A meeting and the transcript that hangs on it are one unit; it goes by the
 * meeting's number among the events.
 */
#ifndef VAULTSITE_ENTITY_TIMELINE_H
#define VAULTSITE_ENTITY_TIMELINE_H

#include "entity/number_set.h"
#include "entity/work.h"

/* Fills events, contacts and decisions of all entities; last-contact-stale goes to
 * w->diags. After mentions and decisions. */
void timelines_find(struct entity_work *w);

/* The unit that the note of file `i` belongs to, or ENTITY_NONE. */
uint32_t unit_of_note(const struct entities *all, uint32_t file);
/* The notes of a unit, one or two: how many. */
uint32_t unit_notes(const struct entities *all, uint32_t unit,
                    uint32_t notes[2]);

/* What the notes of a unit list, rows of w->decisions or w->facts, joins `set`. */
void unit_add_listed(const struct entities *all, const struct listed *by_file,
                     uint32_t unit, struct number_set *set);

#endif
