/*
 * recurrence: what a rule for repeating says, in its normal form.
 *
 * spec/tasks.md §15.  Only its text matters: nothing here counts days.
 */
#ifndef VAULTSITE_QUERY_TASKS_RECURRENCE_H
#define VAULTSITE_QUERY_TASKS_RECURRENCE_H

#include "base/arena.h"

/*
 * The rule as it is printed, `every 2 weeks on Monday when done`: `text` itself
 * where it reads so, else in `a`. "" where the text is no rule. Words behind a rule
 * that mean nothing are passed over. A rule of more than RECURRENCE_MAX days,
 * months or hours is none.
 */
struct str recurrence_read(struct arena *a, struct str text);

#define RECURRENCE_MAX 64

#endif
