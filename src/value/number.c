#include "value/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/scan.h"

/* 0.d1d2d3… × 10^point, digits without trailing zeros. */
struct decimal {
    char digits[20];
    int len, point;
};

static void decimal_take(struct decimal *d, const char *e) {
    const char *p = e;

    d->len = 0;
    for (; *p != '\0' && *p != 'e'; p++)
        if (ascii_digit((unsigned char)*p))
            d->digits[d->len++] = *p;
    d->point = (int)strtol(p + 1, NULL, 10) + 1;
    while (d->len > 1 && d->digits[d->len - 1] == '0')
        d->len--;
}

/* The 16-digit number above `text` (`d.ddde±dd`); false when all are nines. */
static bool next_above(char *text) {
    for (char *p = strchr(text, 'e'); p > text;) {
        p--;
        if (*p == '.')
            continue;
        if (*p != '9') {
            ++*p;
            return true;
        }
        *p = '0';
    }
    return false;
}

/*
 * The shortest decimal that reads back as n (finite, > 0).  Any decimal of up
 * to 15 digits survives a double, so 15 digits without their zeros are the
 * shortest whenever they read back; subnormals hold fewer and are tried from 1.
 * Just above a power of two the gap upwards is twice the gap downwards: there
 * the 16-digit neighbour above may read back where the nearest one does not.
 */
static void decimal_of(struct decimal *d, double n) {
    char text[32];

    for (int precision = n < DBL_MIN ? 1 : 15; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision - 1, n);
        if (strtod(text, NULL) == n) {
            decimal_take(d, text);
            return;
        }
    }
    if (next_above(text) && strtod(text, NULL) == n) {
        decimal_take(d, text);
        return;
    }
    snprintf(text, sizeof text, "%.16e", n);
    decimal_take(d, text);
}

static void add_zeros(struct buf *out, int n) {
    while (n-- > 0)
        buf_add_ch(out, '0');
}

static void add_exponential(struct buf *out, const struct decimal *d) {
    buf_add_ch(out, d->digits[0]);
    if (d->len > 1) {
        buf_add_ch(out, '.');
        buf_add(out, d->digits + 1, (size_t)d->len - 1);
    }
    buf_printf(out, "e%+d", d->point - 1);
}

/* True when n was NaN or infinite and has been written. */
static bool add_special(struct buf *out, double n, struct str infinity) {
    if (isnan(n)) {
        buf_add_lit(out, "NaN");
        return true;
    }
    if (isinf(n)) {
        if (n < 0)
            buf_add_ch(out, '-');
        buf_add_str(out, infinity);
        return true;
    }
    return false;
}

void number_add(struct buf *out, double n) {
    struct decimal d;

    if (add_special(out, n, STR("Infinity")))
        return;
    if (n < 0) {
        buf_add_ch(out, '-');
        n = -n;
    }
    if (n < 9007199254740992.0 && n == floor(n)) {
        buf_add_u64(out, (uint64_t)n);
        return;
    }
    decimal_of(&d, n);
    if (d.point > 21 || d.point < -5) {
        add_exponential(out, &d);
    } else if (d.point <= 0) {
        buf_add_lit(out, "0.");
        add_zeros(out, -d.point);
        buf_add(out, d.digits, (size_t)d.len);
    } else if (d.len <= d.point) {
        buf_add(out, d.digits, (size_t)d.len);
        add_zeros(out, d.point - d.len);
    } else {
        buf_add(out, d.digits, (size_t)d.point);
        buf_add_ch(out, '.');
        buf_add(out, d.digits + d.point, (size_t)(d.len - d.point));
    }
}

/* Rounds to at most `keep` digits (≤ 0 may leave nothing), halves up; drops
 * trailing zeros. len 0 afterwards: it was rounded to nothing. */
static void decimal_round(struct decimal *d, int keep) {
    bool up;

    if (keep >= d->len)
        return;
    if (keep < 0) {
        d->len = 0;
        return;
    }
    up = d->digits[keep] >= '5';
    d->len = keep;
    while (up && d->len > 0) {
        if (d->digits[d->len - 1] != '9') {
            d->digits[d->len - 1]++;
            up = false;
        } else {
            d->len--;
        }
    }
    if (up) {
        d->digits[0] = '1';
        d->len = 1;
        d->point++;
    }
    while (d->len > 0 && d->digits[d->len - 1] == '0')
        d->len--;
}

void number_add_grouped(struct buf *out, double n) {
    struct decimal d;

    if (add_special(out, n, STR("∞")))
        return;
    if (signbit(n))
        buf_add_ch(out, '-');
    n = fabs(n);
    if (n == 0) {
        buf_add_ch(out, '0');
        return;
    }
    decimal_of(&d, n);
    decimal_round(&d, d.point + 3);
    if (d.len == 0 || d.point <= 0)
        buf_add_ch(out, '0');
    for (int i = 0; d.len > 0 && i < d.point; i++) {
        if (i > 0 && (d.point - i) % 3 == 0)
            buf_add_ch(out, ',');
        buf_add_ch(out, i < d.len ? d.digits[i] : '0');
    }
    if (d.len > 0 && d.len > d.point) {
        buf_add_ch(out, '.');
        if (d.point < 0)
            add_zeros(out, -d.point);
        for (int i = d.point > 0 ? d.point : 0; i < d.len; i++)
            buf_add_ch(out, d.digits[i]);
    }
}

/* Adds one to the number whose digits end at `end`; the first of them is a 0. */
static void count_up(char *begin, char *end) {
    while (end > begin) {
        end--;
        if (*end == '.')
            continue;
        if (*end != '9') {
            ++*end;
            return;
        }
        *end = '0';
    }
}

double number_round(double n, double digits) {
    /* 309 digits, a point and at most 1074 decimals, exactly */
    char text[1400];
    char *point;
    int keep;

    if (!(digits > 0))
        return n - floor(n) >= 0.5 ? ceil(n) : floor(n);
    if (!isfinite(n) || fabs(n) >= 1e21)
        return n;
    keep = digits > 100 ? 100 : (int)digits;
    snprintf(text, sizeof text, "0%.1074f", fabs(n));
    point = strchr(text, '.');
    if (point == NULL) /* there is one: the locale is C */
        return n;
    if (point[keep + 1] >= '5')
        count_up(text, point + keep + 1);
    point[keep + 1] = '\0';
    return copysign(strtod(text, NULL), n);
}

bool number_find(struct str s, double *out) {
    struct scan scan = {s, 0};

    for (; !scan_end(&scan); scan.at++)
        if (scan_number(&scan, out))
            return true;
    return false;
}
