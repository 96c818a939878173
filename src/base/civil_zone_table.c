#include "base/civil_zone_table.h"

#include <unicode/ucal.h>

#include "base/civil_zone.h"
#include "base/vec.h"

/*
 * The calendar repeats after 400 years, weekdays too, and no zone has rules
 * that change after 2100: later instants are those of their cycle before.
 */
#define CYCLE (146097 * INT64_C(86400))
#define FIRST INT64_C(-5364662400) /* 1800-01-01 */
#define LAST INT64_C(16725225600)  /* 2500-01-01 */

struct change {
    int64_t from; /* seconds since 1970; the first is INT64_MIN */
    int32_t offset;
};

struct civil_zone_table {
    const struct change *changes;
    size_t len; /* 1 or more */
};

struct str civil_zone_find(struct arena *a, struct str name) {
    UErrorCode code = U_ZERO_ERROR;
    UEnumeration *all;
    const char *id;
    int32_t len;
    struct str found = {0};

    if (name.len == 0 || civil_zone_known(name))
        return name;
    all = ucal_openTimeZones(&code);
    while (U_SUCCESS(code) && found.len == 0 &&
           (id = uenum_next(all, &len, &code)) != NULL) {
        struct str s = str_make(id, (size_t)len);
        if (str_eq_nocase(s, name) && civil_zone_known(s))
            found = arena_str(a, s);
    }
    uenum_close(all);
    return found;
}

static int32_t offset_at(UCalendar *calendar, UDate at, UErrorCode *code) {
    ucal_setMillis(calendar, at, code);
    return (ucal_get(calendar, UCAL_ZONE_OFFSET, code) +
            ucal_get(calendar, UCAL_DST_OFFSET, code)) /
           1000;
}

const struct civil_zone_table *civil_zone_table_new(struct arena *a,
                                                    struct str name) {
    VEC(struct change) changes = {0};
    UErrorCode code = U_ZERO_ERROR;
    UDate at = (double)FIRST * 1000;
    struct civil_zone_table *t;
    struct civil_zone z;

    civil_zone_init(&z, name);
    if (z.calendar == NULL)
        return NULL;
    vec_push(&changes,
             ((struct change){INT64_MIN, offset_at(z.calendar, at, &code)}));
    while (ucal_getTimeZoneTransitionDate(z.calendar, UCAL_TZ_TRANSITION_NEXT,
                                          &at, &code) &&
           U_SUCCESS(code) && at < (double)LAST * 1000) {
        struct change c = {(int64_t)(at / 1000),
                           offset_at(z.calendar, at, &code)};
        if (c.offset != vec_last(&changes)->offset)
            vec_push(&changes, c);
    }
    civil_zone_release(&z);
    t = arena_new(a, struct civil_zone_table);
    t->changes = vec_keep(a, &changes);
    t->len = changes.len;
    vec_release(&changes);
    return t;
}

int32_t civil_zone_table_offset(const struct civil_zone_table *t,
                                int64_t seconds) {
    size_t low = 0, high;

    if (t == NULL)
        return 0;
    if (seconds >= LAST)
        seconds -= ((seconds - LAST) / CYCLE + 1) * CYCLE;
    high = t->len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (t->changes[middle].from <= seconds)
            low = middle;
        else
            high = middle;
    }
    return t->changes[low].offset;
}
