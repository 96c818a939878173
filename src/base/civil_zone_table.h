/*
 * civil_zone_table: all clock changes of a time zone, for any number of
 * threads.
 *
 * ICU's calendars belong to one thread each; a table is read-only once it is
 * made.  It is for those who ask for many instants; civil_zone.h is for a few.
 */
#ifndef VAULTSITE_BASE_CIVIL_ZONE_TABLE_H
#define VAULTSITE_BASE_CIVIL_ZONE_TABLE_H

#include <stdint.h>

#include "base/arena.h"

struct civil_zone_table;

/* The name of the IANA zone that `name` is when case does not count; empty when
 * there is none, and for "". In the arena, or `name` itself. */
struct str civil_zone_find(struct arena *a, struct str name);
/* The table of a zone by its exact name; NULL for UTC, "" and unknown names. */
const struct civil_zone_table *civil_zone_table_new(struct arena *a,
                                                    struct str name);
/* Seconds east of UTC at an instant; 0 for NULL. */
int32_t civil_zone_table_offset(const struct civil_zone_table *t,
                                int64_t seconds);

#endif
