/*
 * date_parse_format: date(text, format) of queries.
 *
 * The tokens are those of date_format() (spec/dataview.md §17.3) as far as
 * luxon reads them: numbers, names in English of any case, AM and PM, eras, and
 * zones as `Z` … `ZZZ` and `z`.  Any other letter must stand in the text itself.
 */
#ifndef VAULTSITE_VALUE_DATE_PARSE_FORMAT_H
#define VAULTSITE_VALUE_DATE_PARSE_FORMAT_H

#include "value/zones.h"

/* Neither a text nor a format longer than this is read. */
#define DATE_PARSE_MAX 1000

/*
 * All of `text` by `format`; a format of `x` or `X` takes the first number in
 * the text as ms or seconds since 1970. The parts larger than the largest that
 * was given are those of `now`, the smaller ones their first. False where the
 * text is no such date; the result is in the local zone.
 */
bool date_parse_format(struct zones *z, struct date now, struct str text,
                       struct str format, struct date *out);

#endif
