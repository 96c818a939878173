#include "value/duration.h"

#include <math.h>

#include "value/number.h"

static const double unit_ms[DURATION_UNITS] = {
    31536e6, 2592e6, 6048e5, 864e5, 36e5, 6e4, 1e3, 1,
};

double duration_ms(const struct duration *d) {
    double sum = 0;

    for (int i = DURATION_UNITS; i-- > 0;)
        sum += d->count[i] * unit_ms[i];
    return sum;
}

bool duration_same(const struct duration *a, const struct duration *b) {
    for (int i = 0; i < DURATION_UNITS; i++)
        if (a->count[i] != b->count[i])
            return false;
    return true;
}

/*
 * How many of a unit make one of a larger one.  The plugin's factors do not fit
 * together: a year is 12 months, 52 weeks and 365 days, a month 4 weeks and 30
 * days.
 */
static double factor(int larger, int smaller) {
    static const double of_year[] = {1, 12, 52}, of_month[] = {1, 4};

    if (larger == DURATION_YEARS && smaller <= DURATION_WEEKS)
        return of_year[smaller];
    if (larger == DURATION_MONTHS && smaller <= DURATION_WEEKS)
        return of_month[smaller - DURATION_MONTHS];
    return unit_ms[larger] / unit_ms[smaller];
}

/* Whole counts from the largest unit on; what is left of each, and all of the
 * units not wanted, is counted in the next that is. */
static struct duration carry_down(const struct duration *d, unsigned units) {
    struct duration n = {{0}}, left = {{0}};
    int last = 0;

    for (int i = 0; i < DURATION_UNITS; i++) {
        double own = 0;

        if ((units >> i & 1) == 0) {
            left.count[i] = d->count[i];
            continue;
        }
        for (int k = 0; k < i; k++) {
            own += factor(k, i) * left.count[k];
            left.count[k] = 0;
        }
        own += d->count[i];
        n.count[i] = trunc(own);
        /* taken in thousandths: 1.1 leaves 0.1 and not 0.10000000000000009 */
        left.count[i] = (own * 1000 - n.count[i] * 1000) / 1000;
        last = i;
    }
    for (int i = 0; i < DURATION_UNITS; i++)
        n.count[last] +=
            i <= last ? left.count[i] : left.count[i] / factor(last, i);
    return n;
}

/* What fills a unit goes up to the next larger one, all with one sign. */
static void roll_up(struct duration *n, unsigned units) {
    double sign = duration_ms(n) < 0 ? -1 : 1;
    int smaller = -1;

    for (int i = DURATION_UNITS; i-- > 0;) {
        double up;

        if ((units >> i & 1) == 0)
            continue;
        if (smaller >= 0) {
            up = floor(n->count[smaller] * sign / factor(i, smaller));
            n->count[i] += up * sign;
            n->count[smaller] -= up * factor(i, smaller) * sign;
        }
        smaller = i;
    }
}

struct duration duration_shift(const struct duration *d, unsigned units) {
    struct duration n = {{0}};

    units &= DURATION_ALL;
    if (units == 0)
        return n;
    n = carry_down(d, units);
    roll_up(&n, units);
    return n;
}

struct duration duration_normalise(const struct duration *d) {
    return duration_shift(d, DURATION_ALL);
}

bool duration_field(const struct duration *d, struct str name, double *out) {
    static const struct str names[DURATION_UNITS] = {
        STR_INIT("years"),   STR_INIT("months"),       STR_INIT("weeks"),
        STR_INIT("days"),    STR_INIT("hours"),        STR_INIT("minutes"),
        STR_INIT("seconds"), STR_INIT("milliseconds"),
    };

    for (int i = 0; i < DURATION_UNITS; i++) {
        struct str one = str_slice(names[i], 0, names[i].len - 1);
        if (!str_eq(name, names[i]) &&
            (i == DURATION_WEEKS || !str_eq(name, one)))
            continue;
        *out = duration_shift(d, 1U << i).count[i];
        return true;
    }
    return false;
}

void duration_add(struct buf *out, const struct duration *d) {
    static const struct str names[DURATION_UNITS] = {
        STR_INIT("year"),   STR_INIT("month"),       STR_INIT("week"),
        STR_INIT("day"),    STR_INIT("hour"),        STR_INIT("minute"),
        STR_INIT("second"), STR_INIT("millisecond"),
    };
    struct duration n = duration_normalise(d);
    bool first = true;

    for (int i = 0; i < DURATION_UNITS; i++) {
        struct str number;
        size_t at;

        if (n.count[i] == 0)
            continue;
        if (!first)
            buf_add_lit(out, ", ");
        first = false;
        at = out->len;
        number_add_grouped(out, n.count[i]);
        number = str_skip(buf_str(out), at);
        bool one = str_eq(number, STR("1")) || str_eq(number, STR("-1"));
        buf_add_ch(out, ' ');
        buf_add_str(out, names[i]);
        if (!one)
            buf_add_ch(out, 's');
    }
}
