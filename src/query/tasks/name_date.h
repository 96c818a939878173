/*
 * name_date: the day that a note's name holds (spec/tasks.md §2.4).
 */
#ifndef VAULTSITE_QUERY_TASKS_NAME_DATE_H
#define VAULTSITE_QUERY_TASKS_NAME_DATE_H

#include "base/civil.h"
#include "vault/tasks_settings.h"

/*
 * The day for which the tasks of the note at `path` are scheduled when they have no
 * dates; false: none, or the settings do not ask for it. `today` gives the year or
 * month that a name leaves out.
 */
bool name_date(const struct tasks_settings *s, struct str path,
               struct civil_date today, struct civil_date *out);

/*
 * Reads `text` by a format of Moment's, strictly: every letter of the text must be
 * accounted for. Known are Y YY YYYY, Q, M MM MMM MMMM Mo, D DD Do, DDD DDDD, dd ddd
 * dddd, E, GGGG or gggg with W WW or w ww, H HH h hh m mm s ss A a (of which the day
 * takes nothing), and `[text]`; names are English, in any case; other characters
 * stand for themselves. False when the text does not fit, names a day that no
 * calendar has or a weekday that it is not, or says nothing of a day.
 */
bool name_date_read(struct str text, struct str format, struct civil_date today,
                    struct civil_date *out);

#endif
