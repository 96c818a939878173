/*
 * zones: the time zones that the dates of a build are seen in.
 *
 * One set for a build: its own zone (the setting time_zone), and every fixed or
 * named zone that a date in the vault asks for, each made once.  Any number of
 * threads may use one set; a zone lives as long as its set.
 */
#ifndef VAULTSITE_VALUE_ZONES_H
#define VAULTSITE_VALUE_ZONES_H

#include <pthread.h>

#include "base/map.h"
#include "value/value.h"

struct zones {
    struct zone local; /* ZONE_LOCAL, never changes */
    pthread_mutex_t lock;
    struct arena arena;
    struct map
        by_name; /* lower-case name or offset -> struct zone; under lock */
};

/* `local` is an IANA name, borrowed; UTC where there is no such zone. */
void zones_init(struct zones *z, struct str local);
void zones_release(struct zones *z);
/* The zone of an offset in seconds east of UTC, whole minutes. */
const struct zone *zones_fixed(struct zones *z, int32_t offset);
/*
 * What a zone id means to the plugin: `local`, `system`, `default` are the
 * build's zone, `utc`, `gmt`, `utc+2`, `utc-3:30` are fixed, any other is an
 * IANA name; case does not count. NULL where there is no such zone.
 */
const struct zone *zones_find(struct zones *z, struct str id);
/* The same for IANA names alone. */
const struct zone *zones_iana(struct zones *z, struct str name);
/* Seconds east of UTC at an instant. */
int32_t zone_offset_at(const struct zone *z, int64_t ms);

#endif
