#include "value/date_math.h"

#include <math.h>

#include "value/date_make.h"
#include "value/duration.h"

/* More than this many of anything leads past all dates. */
#define MAX_COUNT 1e9

static int64_t days_in_month(int64_t year, int64_t month) {
    int64_t from_zero = year * 12 + month - 1;
    struct civil_date first, next;

    first.year = (int32_t)(from_zero / 12 - (from_zero % 12 < 0));
    first.month = (uint8_t)((from_zero % 12 + 12) % 12 + 1);
    first.day = next.day = 1;
    next.year = first.year + (first.month == 12);
    next.month = (uint8_t)(first.month % 12 + 1);
    return civil_days(next) - civil_days(first);
}

struct date date_plus(struct date d, const struct duration *by) {
    struct date_wall w = date_wall(d);
    struct duration rest = *by;
    int64_t whole[DURATION_HOURS], days;
    double ms;

    if (d.invalid)
        return d;
    for (int i = 0; i < DURATION_HOURS; i++) {
        if (!(fabs(by->count[i]) <= MAX_COUNT))
            return date_invalid;
        whole[i] = (int64_t)by->count[i];
        rest.count[i] -= (double)whole[i];
    }
    w.year += whole[DURATION_YEARS];
    w.month += whole[DURATION_MONTHS];
    if (w.year > 1000000 || w.year < -1000000)
        return date_invalid;
    days = days_in_month(w.year, w.month);
    if (w.day > days)
        w.day = days;
    w.day += whole[DURATION_DAYS] + whole[DURATION_WEEKS] * 7;
    d = date_from_wall_near(d.zone, &w, d.offset);
    ms = duration_ms(&rest);
    if (d.invalid || !(fabs(ms) <= (double)DATE_MAX_MS * 2))
        return date_invalid;
    if (ms == 0)
        return d;
    return date_at(d.zone, (int64_t)floor((double)d.ms + ms));
}

static struct duration negated(const struct duration *d) {
    struct duration n;

    for (int i = 0; i < DURATION_UNITS; i++)
        n.count[i] = d->count[i] == 0 ? 0 : -d->count[i];
    return n;
}

struct date date_minus(struct date d, const struct duration *by) {
    struct duration n = negated(by);

    return date_plus(d, &n);
}

/* How many of a unit lie between two dates by what their clocks show, in the
 * zone of each: one or two too many at most. */
static double shown_between(enum duration_unit unit, struct date a,
                            struct date b) {
    struct date_parts pa = date_parts(a), pb = date_parts(b);

    if (unit == DURATION_YEARS)
        return (double)pb.year - pa.year;
    if (unit == DURATION_MONTHS)
        return (double)(pb.year - pa.year) * 12 + pb.month - pa.month;
    return (double)(civil_days((struct civil_date){pb.year, (uint8_t)pb.month,
                                                   (uint8_t)pb.day}) -
                    civil_days((struct civil_date){pa.year, (uint8_t)pa.month,
                                                   (uint8_t)pa.day}));
}

bool date_difference(struct date a, struct date b, struct duration *out) {
    static const enum duration_unit units[] = {DURATION_YEARS, DURATION_MONTHS,
                                               DURATION_DAYS};
    bool swapped = b.ms > a.ms;
    struct date earlier = swapped ? a : b, later = swapped ? b : a;
    struct date at = earlier;
    struct duration d = {{0}};

    if (a.invalid || b.invalid)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        double *count = &d.count[units[i]];
        struct date next;

        *count = shown_between(units[i], at, later);
        next = date_plus(earlier, &d);
        for (int tries = 0; tries < 2 && (next.invalid || next.ms > later.ms);
             tries++) {
            --*count;
            next = date_plus(earlier, &d);
        }
        at = next;
    }
    d.count[DURATION_MILLISECONDS] = (double)(later.ms - at.ms);
    if (swapped)
        d = negated(&d);
    *out = duration_normalise(&d);
    return true;
}

static bool finite_normalised(const struct duration *d, struct duration *out) {
    *out = duration_normalise(d);
    for (int i = 0; i < DURATION_UNITS; i++)
        if (!isfinite(out->count[i]))
            return false;
    return true;
}

bool duration_plus(const struct duration *a, const struct duration *b,
                   struct duration *out) {
    struct duration sum;

    for (int i = 0; i < DURATION_UNITS; i++)
        sum.count[i] = a->count[i] + b->count[i];
    return finite_normalised(&sum, out);
}

bool duration_minus(const struct duration *a, const struct duration *b,
                    struct duration *out) {
    struct duration n = negated(b);

    return duration_plus(a, &n, out);
}

bool duration_times(const struct duration *d, double by, struct duration *out) {
    struct duration product;

    for (int i = 0; i < DURATION_UNITS; i++)
        product.count[i] = d->count[i] == 0 ? 0 : d->count[i] * by;
    return finite_normalised(&product, out);
}

bool duration_divided(const struct duration *d, double by,
                      struct duration *out) {
    struct duration quotient;

    for (int i = 0; i < DURATION_UNITS; i++)
        quotient.count[i] = d->count[i] == 0 ? 0 : d->count[i] / by;
    return finite_normalised(&quotient, out);
}
