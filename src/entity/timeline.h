/*
 * timeline: an entity's events and its last contact (spec/entities.md §4.4).
 *
 * A meeting and the transcript that hangs on it are one unit; it goes by the
 * meeting's number among the events.
 */
#ifndef VAULTSITE_ENTITY_TIMELINE_H
#define VAULTSITE_ENTITY_TIMELINE_H

#include "entity/number_set.h"
#include "entity/work.h"

/* Fills events and contacts of all entities; last-contact-stale goes to w->diags. After
 * mentions. */
void timelines_find(struct entity_work *w);

/* For sorting by number, newest first: UINT32_MAX for none. */
static inline uint32_t day_age(task_day day) {
    return day == TASK_DAY_NONE ? UINT32_MAX
                                : (uint32_t)INT32_MAX - (uint32_t)day;
}

/* The unit that the note of file `i` belongs to, or ENTITY_NONE. */
uint32_t unit_of_note(const struct entities *all, uint32_t file);
/* The notes of a unit, one or two: how many. */
uint32_t unit_notes(const struct entities *all, uint32_t unit,
                    uint32_t notes[2]);

#endif
