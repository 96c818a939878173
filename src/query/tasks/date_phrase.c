#include "query/tasks/date_phrase.h"
bool date_phrase(struct civil_date today, struct str keyword, struct str text,
                 struct date_range *out) {
    (void)today;
    (void)keyword;
    if (!civil_parse_date(str_trim(text), &out->begin))
        return false;
    out->end = out->begin;
    return true;
}
