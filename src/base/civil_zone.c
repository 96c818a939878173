#include "base/civil_zone.h"

#include <unicode/ucal.h>

#include "base/vec.h"

#define NAME_MAX_LEN 100
#define NOON (12 * 3600)

static bool is_utc(struct str name) {
    return name.len == 0 || str_eq(name, STR("UTC"));
}

/* The name as ICU takes it; its length, 0 for what cannot be a zone's. */
static int32_t wide_name(struct str name, UChar wide[NAME_MAX_LEN]) {
    if (name.len >= NAME_MAX_LEN)
        return 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (!ascii_alnum(c) && memchr("/_+-", c, 4) == NULL)
            return 0;
        wide[i] = c;
    }
    return (int32_t)name.len;
}

bool civil_zone_known(struct str name) {
    UChar wide[NAME_MAX_LEN], canonical[NAME_MAX_LEN];
    UErrorCode code = U_ZERO_ERROR;
    UBool is_system = 0;
    int32_t len;

    if (is_utc(name))
        return true;
    len = wide_name(name, wide);
    if (len == 0)
        return false;
    ucal_getCanonicalTimeZoneID(wide, len, canonical, NAME_MAX_LEN, &is_system,
                                &code);
    /* ICU also takes `GMT+3` and its like, which no database has. */
    return U_SUCCESS(code) && is_system;
}

void civil_zone_init(struct civil_zone *z, struct str name) {
    UChar wide[NAME_MAX_LEN];
    UErrorCode code = U_ZERO_ERROR;

    z->calendar = NULL;
    if (is_utc(name) || !civil_zone_known(name))
        return;
    z->calendar =
        ucal_open(wide, wide_name(name, wide), "en", UCAL_GREGORIAN, &code);
    if (U_FAILURE(code))
        civil_zone_release(z);
}

void civil_zone_release(struct civil_zone *z) {
    if (z->calendar != NULL)
        ucal_close(z->calendar);
    z->calendar = NULL;
}

int32_t civil_zone_offset(const struct civil_zone *z, int64_t seconds) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t ms;

    if (z->calendar == NULL)
        return 0;
    ucal_setMillis(z->calendar, (double)seconds * 1000, &code);
    ms = ucal_get(z->calendar, UCAL_ZONE_OFFSET, &code) +
         ucal_get(z->calendar, UCAL_DST_OFFSET, &code);
    return U_SUCCESS(code) ? ms / 1000 : 0;
}

struct civil_date civil_zone_date(const struct civil_zone *z, int64_t seconds) {
    struct civil_instant there = {.seconds =
                                      seconds + civil_zone_offset(z, seconds)};

    return civil_date_of(there);
}

int64_t civil_zone_noon(const struct civil_zone *z, struct civil_date day) {
    int64_t noon = civil_days(day) * 86400 + NOON;
    int32_t offset = civil_zone_offset(z, noon);

    /* Asked again, as the clocks may change between the two instants. */
    return noon - civil_zone_offset(z, noon - offset);
}
