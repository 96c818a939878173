#include "value/duration.h"

#include <math.h>

#include "value/number.h"

static const double unit_ms[DURATION_UNITS] = {
    31536e6, 2592e6, 6048e5, 864e5, 36e5, 6e4, 1e3, 1,
};

/* How many of a unit make one of the unit before it. */
static const double per_larger[DURATION_UNITS] = {
    1, 12, 4, 7, 24, 60, 60, 1000,
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

struct duration duration_normalise(const struct duration *d) {
    struct duration n = {{0}};
    double fraction = 0;
    double sign;

    for (int i = 0; i < DURATION_UNITS; i++) {
        double own = fraction * per_larger[i] + d->count[i];

        n.count[i] = trunc(own);
        /* taken in thousandths: 1.1 leaves 0.1 and not 0.10000000000000009 */
        fraction = (own * 1000 - n.count[i] * 1000) / 1000;
    }
    n.count[DURATION_MILLISECONDS] += fraction;

    sign = duration_ms(&n) < 0 ? -1 : 1;
    for (int i = DURATION_UNITS - 1; i > 0; i--) {
        double up = floor(n.count[i] * sign / per_larger[i]);

        n.count[i - 1] += up * sign;
        n.count[i] -= up * per_larger[i] * sign;
    }
    return n;
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
