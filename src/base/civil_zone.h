/*
 * civil_zone: which day it is at an instant, in a time zone.
 *
 * Zones are those of the IANA database, by name (`Europe/Vienna`), as ICU knows
 * them.  UTC needs no database.
 */
#ifndef VAULTSITE_BASE_CIVIL_ZONE_H
#define VAULTSITE_BASE_CIVIL_ZONE_H

#include "base/civil.h"

struct civil_zone {
    void *calendar; /* ICU's; NULL for UTC */
};

/* Whether there is a zone of that name; `UTC` and "" always are. */
bool civil_zone_known(struct str name);
/* A zone for one thread, to be released; UTC where the name is not known. */
void civil_zone_init(struct civil_zone *z, struct str name);
void civil_zone_release(struct civil_zone *z);
/* Seconds east of UTC at that instant, daylight saving included. */
int32_t civil_zone_offset(const struct civil_zone *z, int64_t seconds);
/* The calendar day at that instant. */
struct civil_date civil_zone_date(const struct civil_zone *z, int64_t seconds);
/* The instant at which clocks there show 12:00 of that day. */
int64_t civil_zone_noon(const struct civil_zone *z, struct civil_date day);

#endif
