#include "value/date_make.h"

#include <math.h>

#include "value/zones.h"

#define MS_PER_DAY INT64_C(86400000)

const struct date date_invalid = {.zone = &zone_utc, .invalid = true};

struct date date_at(const struct zone *z, int64_t ms) {
    if (ms > DATE_MAX_MS || ms < -DATE_MAX_MS)
        return date_invalid;
    return (struct date){.ms = ms, .zone = z, .offset = zone_offset_at(z, ms)};
}

static bool within(int64_t n, int64_t limit) {
    return -limit <= n && n <= limit;
}

/* The wall clock counted as if it were UTC; false when past all dates. */
static bool wall_ms(const struct date_wall *w, int64_t *ms) {
    int64_t year, month;

    if (!within(w->year, 1000000) || !within(w->month, 10000000) ||
        !within(w->day, 400000000) || !within(w->hour, 1000000000) ||
        !within(w->minute, 1000000000) || !within(w->second, 1000000000) ||
        !within(w->ms, 1000000000))
        return false;
    month = w->month - 1;
    year = w->year + month / 12 - (month % 12 < 0);
    month = (month % 12 + 12) % 12;
    *ms = (civil_days(
               (struct civil_date){(int32_t)year, (uint8_t)(month + 1), 1}) +
           w->day - 1) *
              MS_PER_DAY +
          w->hour * 3600000 + w->minute * 60000 + w->second * 1000 + w->ms;
    return within(*ms, DATE_MAX_MS + MS_PER_DAY * 5);
}

static struct date date_near(const struct zone *z, int64_t wall,
                             int32_t guess) {
    int64_t ms = wall - guess * INT64_C(1000);
    int32_t first = zone_offset_at(z, ms), second;

    if (first == guess)
        return date_at(z, ms);
    second = zone_offset_at(z, wall - first * INT64_C(1000));
    if (second > first) /* in a gap, which the smaller offset leaves forward */
        second = first;
    return date_at(z, wall - second * INT64_C(1000));
}

struct date date_from_wall_near(const struct zone *z, const struct date_wall *w,
                                int32_t guess) {
    int64_t wall;

    return wall_ms(w, &wall) ? date_near(z, wall, guess) : date_invalid;
}

struct date date_from_wall(const struct zone *z, const struct date_wall *w) {
    int64_t wall;

    if (!wall_ms(w, &wall))
        return date_invalid;
    /* The offset of the day before is that of the first of two instants. */
    return date_near(z, wall, zone_offset_at(z, wall - MS_PER_DAY));
}

struct date date_of_day(const struct zone *z, struct civil_date day) {
    struct date_wall w = {.year = day.year, .month = day.month, .day = day.day};

    return date_from_wall(z, &w);
}

struct date_wall date_wall(struct date d) {
    struct date_parts p = date_parts(d);

    return (struct date_wall){p.year,   p.month,  p.day, p.hour,
                              p.minute, p.second, p.ms};
}

struct date date_in_zone(struct date d, const struct zone *z) {
    return d.invalid ? d : date_at(z, d.ms);
}

struct date date_keep_wall(struct date d, const struct zone *z) {
    if (d.invalid)
        return d;
    return date_near(z, d.ms + d.offset * INT64_C(1000),
                     zone_offset_at(z, d.ms));
}

/* 00:00 of the first day of a span, `ahead` spans later. */
static struct date span_start(struct date d, enum date_span span, int ahead) {
    struct date_parts p = date_parts(d);
    struct date_wall w = {.year = p.year, .month = p.month, .day = p.day};

    switch (span) {
    case DATE_DAY:
        w.day += ahead;
        break;
    case DATE_WEEK:
        w.day += 1 - p.weekday + 7 * ahead;
        break;
    case DATE_MONTH:
        w.month += ahead;
        w.day = 1;
        break;
    case DATE_YEAR:
        w.year += ahead;
        w.month = w.day = 1;
        break;
    }
    return date_from_wall_near(d.zone, &w, d.offset);
}

struct date date_start_of(struct date d, enum date_span span) {
    return d.invalid ? d : span_start(d, span, 0);
}

struct date date_end_of(struct date d, enum date_span span) {
    if (!d.invalid)
        d = span_start(d, span, 1);
    return d.invalid ? d : date_at(d.zone, d.ms - 1);
}

bool date_field(struct date d, struct str name, double *out) {
    struct date_parts p = date_parts(d);
    const struct {
        struct str name;
        int32_t number;
    } fields[] = {
        {STR("year"), p.year},      {STR("month"), p.month},
        {STR("day"), p.day},        {STR("hour"), p.hour},
        {STR("minute"), p.minute},  {STR("second"), p.second},
        {STR("millisecond"), p.ms}, {STR("weekday"), p.weekday},
        {STR("weekyear"), p.week},  {STR("week"), p.day / 7 + 1},
    };

    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (str_eq(fields[i].name, name)) {
            *out = d.invalid ? NAN : fields[i].number;
            return true;
        }
    return false;
}
