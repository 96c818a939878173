/*
 * date_phrase: the days that a date of a Tasks filter means
 * (spec/tasks.md §5.3, §5.5).
 *
 * Periods as `this month` or `2026-W03`, and dates in free English as the
 * plugin's own reader, chrono-node 2.3.9, finds them in a text. What the
 * comparison before the date means is the filter's business.
 */
#ifndef VAULTSITE_QUERY_TASKS_DATE_PHRASE_H
#define VAULTSITE_QUERY_TASKS_DATE_PHRASE_H

#include "base/civil.h"

/* From its first day to its last, both in it; one day has them equal. */
struct date_range {
    struct civil_date begin, end;
};

/*
 * The days that `text`, the date of a filter, means on the day `today`, seen at
 * noon: `in 13 hours` is tomorrow. `keyword` is what stood between the field
 * and the date, as written (`on or before`, `in`), or "": the two are read as
 * one phrase where the text alone says nothing, as `in` + `3 days`. False where
 * no date that a calendar has is found; `*out` is untouched then.
 */
bool date_phrase(struct civil_date today, struct str keyword, struct str text,
                 struct date_range *out);

#endif
