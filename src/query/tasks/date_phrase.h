/*
 * date_phrase: the days that a date of a Tasks filter means.
 */
#ifndef VAULTSITE_QUERY_TASKS_DATE_PHRASE_H
#define VAULTSITE_QUERY_TASKS_DATE_PHRASE_H

#include "base/civil.h"

struct date_range {
    struct civil_date begin, end;
};

bool date_phrase(struct civil_date today, struct str keyword, struct str text,
                 struct date_range *out);

#endif
