#include "base/civil.h"

enum {
    SECONDS_PER_DAY = 86400,
    DAYS_PER_400_YEARS = 146097,
    DAYS_TO_1970 = 719468, /* from 0000-03-01 */
};

/* Rounds towards minus infinity. */
static int64_t floor_div(int64_t n, int64_t by) {
    return n / by - (n % by < 0);
}

/*
 * Years are counted from 1 March here, so that the day that may be missing is
 * the last of its year and the lengths of the months before it repeat every
 * five: 31 30 31 30 31, 153 days.
 */
int64_t civil_days(struct civil_date d) {
    int64_t year = (int64_t)d.year - (d.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t of_era = year - era * 400;
    int64_t month = (d.month + 9) % 12; /* March is 0 */
    int64_t of_year = (153 * month + 2) / 5 + d.day - 1;

    return era * DAYS_PER_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 +
           of_year - DAYS_TO_1970;
}

struct civil_date civil_from_days(int64_t days) {
    const struct civil_date first = {INT32_MIN, 1, 1},
                            last = {INT32_MAX, 12, 31};
    int64_t era, day, year, month;

    if (days <= civil_days(first))
        return first;
    if (days >= civil_days(last))
        return last;
    days += DAYS_TO_1970;
    era = floor_div(days, DAYS_PER_400_YEARS);
    day = days - era * DAYS_PER_400_YEARS;
    /* The leap days before `day` taken away, all years have 365. */
    year =
        (day - day / 1460 + day / 36524 - day / (DAYS_PER_400_YEARS - 1)) / 365;
    day -= year * 365 + year / 4 - year / 100;
    month = (5 * day + 2) / 153;
    day -= (153 * month + 2) / 5;
    year += era * 400;
    return (struct civil_date){
        .year = (int32_t)(month < 10 ? year : year + 1),
        .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
        .day = (uint8_t)(day + 1),
    };
}

bool civil_valid(struct civil_date d) {
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30,
                                      31, 31, 30, 31, 30, 31};
    bool leap = d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0);

    if (d.month < 1 || d.month > 12 || d.day < 1)
        return false;
    return d.day <= lengths[d.month - 1] + (d.month == 2 && leap);
}

/* Takes `width` digits off `*s`; false where they do not stand there. */
static bool take_number(struct str *s, size_t width, int *out) {
    int n = 0;

    if (s->len < width)
        return false;
    for (size_t i = 0; i < width; i++) {
        if (!ascii_digit((unsigned char)s->p[i]))
            return false;
        n = n * 10 + (s->p[i] - '0');
    }
    *out = n;
    *s = str_skip(*s, width);
    return true;
}

/* Takes one of the bytes of `set` off `*s`. */
static bool take_one(struct str *s, struct str set) {
    if (s->len == 0 || str_find(set, s->p[0]) == STR_NONE)
        return false;
    *s = str_skip(*s, 1);
    return true;
}

static bool take_date(struct str *s, struct civil_date *out) {
    int year, month, day;

    if (!take_number(s, 4, &year) || !take_one(s, STR("-")) ||
        !take_number(s, 2, &month) || !take_one(s, STR("-")) ||
        !take_number(s, 2, &day))
        return false;
    *out = (struct civil_date){year, (uint8_t)month, (uint8_t)day};
    return civil_valid(*out);
}

bool civil_parse_date(struct str s, struct civil_date *out) {
    struct civil_date date;

    if (!take_date(&s, &date) || s.len > 0)
        return false;
    *out = date;
    return true;
}

/* One or two digits. */
static bool take_short(struct str *s, int *out) {
    return take_number(s, 2, out) || take_number(s, 1, out);
}

bool civil_read_date(struct str s, struct civil_date *out) {
    int year, month, day;
    char mark;

    if (!take_number(&s, 4, &year) || s.len == 0)
        return false;
    mark = s.p[0];
    if (take_one(&s, STR("-/."))) {
        if (!take_short(&s, &month) || !take_one(&s, str_make(&mark, 1)) ||
            !take_short(&s, &day))
            return false;
    } else if (!take_number(&s, 2, &month) || !take_number(&s, 2, &day)) {
        return false;
    }
    *out = (struct civil_date){year, (uint8_t)month, (uint8_t)day};
    return year > 0 && civil_valid(*out) &&
           (s.len == 0 || !ascii_digit((unsigned char)s.p[0]));
}

/* Digits past the ninth are taken and lost. */
static bool take_fraction(struct str *s, int32_t *nanoseconds) {
    int32_t unit = 100000000;
    int digit;

    *nanoseconds = 0;
    if (!take_one(s, STR(".")))
        return true;
    if (s->len == 0 || !ascii_digit((unsigned char)s->p[0]))
        return false;
    while (take_number(s, 1, &digit)) {
        *nanoseconds += digit * unit;
        unit /= 10;
    }
    return true;
}

/* `Z` or `±HH:MM`, in seconds east of Greenwich. */
static bool take_offset(struct str *s, int *seconds) {
    int hours, minutes, sign = 1;

    *seconds = 0;
    if (take_one(s, STR("Zz")))
        return true;
    if (take_one(s, STR("-")))
        sign = -1;
    else if (!take_one(s, STR("+")))
        return false;
    if (!take_number(s, 2, &hours) || !take_one(s, STR(":")) ||
        !take_number(s, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool civil_parse_today(struct str s, struct civil_instant *out) {
    int hour = 12, minute = 0, second = 0, offset = 0;
    int32_t nanoseconds = 0;
    struct civil_date date;

    if (!take_date(&s, &date))
        return false;
    /* RFC 3339 allows small letters, a blank for the T, and second 60. */
    if (s.len > 0 &&
        (!take_one(&s, STR("Tt ")) || !take_number(&s, 2, &hour) ||
         !take_one(&s, STR(":")) || !take_number(&s, 2, &minute) ||
         !take_one(&s, STR(":")) || !take_number(&s, 2, &second) ||
         !take_fraction(&s, &nanoseconds) || !take_offset(&s, &offset)))
        return false;
    if (s.len > 0 || hour > 23 || minute > 59 || second > 60)
        return false;
    out->seconds = civil_days(date) * SECONDS_PER_DAY + hour * 3600 +
                   minute * 60 + second - offset;
    out->nanoseconds = nanoseconds;
    return true;
}

struct civil_date civil_date_of(struct civil_instant t) {
    return civil_from_days(floor_div(t.seconds, SECONDS_PER_DAY));
}

void civil_add_year(struct buf *out, int32_t year) {
    int64_t n = year;

    if (n < 0)
        buf_add_ch(out, '-');
    buf_add_digits(out, (uint64_t)(n < 0 ? -n : n), 4);
}

static char *put_two(char *to, unsigned n) {
    to[0] = (char)('0' + n / 10);
    to[1] = (char)('0' + n % 10);
    return to + 2;
}

void civil_add_date(struct buf *out, struct civil_date d) {
    if (d.year >= 0 && d.year < 10000 && d.month < 100 && d.day < 100) {
        char *to;

        buf_reserve(out, 10);
        to = put_two(out->p + out->len, (unsigned)d.year / 100);
        to = put_two(to, (unsigned)d.year % 100);
        *to++ = '-';
        to = put_two(to, (unsigned)d.month);
        *to++ = '-';
        put_two(to, (unsigned)d.day);
        out->len += 10;
        return;
    }
    civil_add_year(out, d.year);
    buf_add_ch(out, '-');
    buf_add_digits(out, d.month, 2);
    buf_add_ch(out, '-');
    buf_add_digits(out, d.day, 2);
}

void civil_add_rfc3339(struct buf *out, struct civil_instant t) {
    int64_t days = floor_div(t.seconds, SECONDS_PER_DAY);
    int second = (int)(t.seconds - days * SECONDS_PER_DAY);

    civil_add_date(out, civil_from_days(days));
    buf_add_ch(out, 'T');
    buf_add_digits(out, (uint64_t)second / 3600, 2);
    buf_add_ch(out, ':');
    buf_add_digits(out, (uint64_t)second / 60 % 60, 2);
    buf_add_ch(out, ':');
    buf_add_digits(out, (uint64_t)second % 60, 2);
    if (t.nanoseconds > 0) {
        buf_printf(out, ".%09d", (int)t.nanoseconds);
        while (out->p[out->len - 1] == '0')
            out->len--;
    }
    buf_add_ch(out, 'Z');
}
