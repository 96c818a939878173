/* Days that are told from today: by words, by weekdays, by so many units. */
#include "query/tasks/date_find.h"

#include <math.h>

enum {
    NOON = 12 * 60 * 60,
    SECONDS_PER_DAY = 24 * 60 * 60,
    MOST_IN_CHAIN = 11,
};

/* More of a unit than the dates of the plugin's language reach, and the last
 * year that they have. */
static const double TOO_MANY = 1e8;
enum { LAST_YEAR = 275760 };

static struct civil_date days_from(struct civil_date date, int64_t days) {
    return civil_from_days(civil_days(date) + days);
}

static bool on_day(struct date_find *find, struct civil_date date,
                   unsigned known) {
    find->date = date;
    find->known = known;
    return true;
}

static void add_months(struct civil_date *date, double months) {
    double total = trunc(date->month - 1 + months);
    double years = floor(total / 12);

    date->year += (int32_t)years;
    date->month = (uint8_t)(total - 12 * years + 1);
    while (!civil_valid(*date))
        date->day--;
}

static void add_days(struct civil_date *date, double days) {
    *date = days_from(*date, (int64_t)floor(days + 0.5));
}

static void add_years(struct civil_date *date, double years) {
    date->year = (int32_t)trunc(date->year + years);
    while (!civil_valid(*date))
        date->day--;
}

bool date_units_add(const struct date_units *units, int sign,
                    struct civil_date *date) {
    static const int seconds[] = {
        [UNIT_SECOND] = 1,
        [UNIT_MINUTE] = 60,
        [UNIT_HOUR] = 60 * 60,
    };
    struct civil_date to = *date;
    double clock = NOON;

    for (size_t i = 0; i < units->len; i++) {
        enum date_unit unit = units->items[i].unit;
        double n = sign * units->items[i].n;

        if (fabs(n) > TOO_MANY)
            return false;
        if (unit == UNIT_YEAR)
            add_years(&to, n);
        else if (unit == UNIT_QUARTER || unit == UNIT_MONTH)
            add_months(&to, unit == UNIT_MONTH ? n : 3 * n);
        else if (unit == UNIT_WEEK || unit == UNIT_DAY)
            add_days(&to, unit == UNIT_DAY ? n : 7 * n);
        else
            clock += n * seconds[unit];
    }
    to = days_from(to, (int64_t)floor(clock / SECONDS_PER_DAY));
    if (to.year < -LAST_YEAR || to.year > LAST_YEAR)
        return false;
    *date = to;
    return true;
}

static bool has_unit(const struct date_units *units, enum date_unit unit) {
    for (size_t i = 0; i < units->len; i++)
        if (units->items[i].unit == unit && units->items[i].n != 0)
            return true;
    return false;
}

/* Weeks, quarters and none of a unit say of no part of a date what it is. */
static unsigned known_by_units(const struct date_units *units) {
    if (has_unit(units, UNIT_HOUR) || has_unit(units, UNIT_MINUTE) ||
        has_unit(units, UNIT_SECOND))
        return DATE_KNOWN_DATE | DATE_KNOWN_TIME;
    if (has_unit(units, UNIT_DAY))
        return DATE_KNOWN_DATE;
    if (has_unit(units, UNIT_MONTH))
        return DATE_KNOWN_YEAR | DATE_KNOWN_MONTH;
    return has_unit(units, UNIT_YEAR) ? DATE_KNOWN_YEAR : 0;
}

static bool from_today(struct civil_date today, const struct date_units *units,
                       int sign, struct date_find *find) {
    struct civil_date date = today;

    find->broken = !date_units_add(units, sign, &date);
    return on_day(find, date, known_by_units(units));
}

/* `3`, `1.5`. */
static bool read_figures(struct scan *s, double *n) {
    return ascii_digit((unsigned char)scan_peek(s)) && scan_number(s, n);
}

/* `a`, `an`, as whole words. */
static bool read_article(struct scan *s) {
    struct scan at = *s;

    if (!date_literal(&at, STR("an")) && !date_literal(&at, STR("a")))
        return false;
    if (!date_word_ends(&at))
        return false;
    *s = at;
    return true;
}

/* `half day`, `half a day`, also in one word. */
static bool read_half(struct scan *s, int *unit) {
    static const struct str articles[] = {STR_INIT("an"), STR_INIT("a"),
                                          STR_INIT("")};
    struct scan half;

    if (!date_literal(s, STR("half")))
        return false;
    scan_space(s);
    half = *s;
    for (size_t i = 0; i < ARRAY_LEN(articles); i++) {
        *s = half;
        if (!date_literal(s, articles[i]))
            continue;
        scan_space(s);
        if (date_word(s, DATE_WORD_UNIT, unit))
            return true;
    }
    return false;
}

/* `two`, `few`, `a few`, `a couple of`, `a`. */
static bool read_number_word(struct scan *s, double *n) {
    struct scan at = *s, after;
    int value;
    bool article = read_article(&at);

    after = at;
    scan_space(&at);
    if (date_word(&at, DATE_WORD_NUMBER, &value) &&
        (!article || value == 2 || value == 3)) {
        if (value == 2) {
            after = at;
            scan_space(&after);
            if (date_literal(&after, STR("of")))
                at = after;
        }
        *n = value;
        *s = at;
        return true;
    }
    if (!article)
        return false;
    *n = 1;
    *s = after;
    return true;
}

static void set_unit(struct date_units *units, enum date_unit unit, double n) {
    size_t i = 0;

    while (i < units->len && units->items[i].unit != unit)
        i++;
    if (i == units->len)
        units->items[units->len++].unit = unit;
    units->items[i].n = n;
}

static bool read_one_unit(struct scan *s, struct date_units *units) {
    struct scan at = *s;
    double n = 0.5;
    int unit;

    if (read_figures(&at, &n) || read_number_word(&at, &n)) {
        scan_space(&at);
        if (!date_word(&at, DATE_WORD_UNIT, &unit))
            return false;
    } else if (!read_half(&at, &unit)) {
        return false;
    }
    set_unit(units, (enum date_unit)unit, n);
    *s = at;
    return true;
}

/* `1 month 2 days`, `about 1 month, 2 days`; the last of a unit counts. */
static bool read_units(struct scan *s, struct date_units *units) {
    struct scan at;

    units->len = 0;
    if (date_word(s, DATE_WORD_ABOUT, NULL))
        scan_space(s);
    if (!read_one_unit(s, units))
        return false;
    for (size_t n = 1; n < MOST_IN_CHAIN; n++) {
        at = *s;
        scan_space(&at);
        scan_byte(&at, ',');
        scan_space(&at);
        if (!read_one_unit(&at, units))
            break;
        *s = at;
    }
    return true;
}

bool date_read_within(struct civil_date today, struct scan *s,
                      struct date_find *find) {
    struct date_units units;

    if (!date_word(s, DATE_WORD_WITHIN, NULL))
        return false;
    scan_space(s);
    return read_units(s, &units) && date_word_ends(s) &&
           from_today(today, &units, 1, find);
}

bool date_read_signed(struct civil_date today, struct scan *s,
                      struct date_find *find) {
    struct date_units units;
    int sign;

    if (!date_word(s, DATE_WORD_SIGN, &sign))
        return false;
    scan_space(s);
    return read_units(s, &units) && date_word_ends(s) &&
           from_today(today, &units, sign, find);
}

bool date_read_since(struct civil_date today, struct scan *s,
                     struct date_find *find) {
    struct date_units units;
    int sign = 0;

    if (!read_units(s, &units))
        return false;
    scan_space(s);
    if (date_word(s, DATE_WORD_BESIDE, &sign)) {
        find->beside = sign;
        find->units = units;
    } else if (!date_word(s, DATE_WORD_SINCE, &sign)) {
        return false;
    }
    return date_word_ends(s) && from_today(today, &units, sign, find);
}

static int weekday_of(struct civil_date date) {
    int64_t since_sunday = (civil_days(date) + 4) % 7; /* 1970 on a Thursday */

    return (int)(since_sunday < 0 ? since_sunday + 7 : since_sunday);
}

/* The first day of this week, month, year; today where it is another unit. */
static bool beginning_of(struct civil_date today, enum date_unit unit,
                         struct date_find *find) {
    if (unit == UNIT_WEEK)
        return on_day(find, days_from(today, -weekday_of(today)), 0);
    if (unit == UNIT_MONTH)
        return on_day(find, (struct civil_date){today.year, today.month, 1},
                      DATE_KNOWN_YEAR | DATE_KNOWN_MONTH);
    if (unit == UNIT_YEAR)
        return on_day(find, (struct civil_date){today.year, 1, 1},
                      DATE_KNOWN_YEAR);
    return on_day(find, today, 0);
}

/* `next week`, `this  month`. */
bool date_read_this(struct civil_date today, struct scan *s,
                    struct date_find *find) {
    struct date_units units = {.len = 1};
    int which, unit;
    size_t begin;

    if (!date_word(s, DATE_WORD_WHICH, &which))
        return false;
    scan_space(s);
    begin = s->at;
    if (!date_word(s, DATE_WORD_UNIT, &unit) || !date_word_ends(s))
        return false;
    if (which == 0 && s->at - begin < 4) /* `this yr` is today */
        return on_day(find, today, 0);
    if (which == 0)
        return beginning_of(today, (enum date_unit)unit, find);
    units.items[0].unit = (enum date_unit)unit;
    units.items[0].n = 1;
    return from_today(today, &units, which, find);
}

/* `today`, `tmrw`, `last night`. */
bool date_read_day(struct civil_date today, struct scan *s,
                   struct date_find *find) {
    size_t begin = s->at;
    int days = -1;

    if (!date_word(s, DATE_WORD_DAY, &days)) {
        if (!date_literal(s, STR("last ")) || !date_literal(s, STR("night")))
            return false;
    }
    if (!date_word_ends(s))
        return false;
    return on_day(find, days_from(today, days),
                  s->at == begin + 3 && days == 0
                      ? DATE_KNOWN_DATE | DATE_KNOWN_TIME /* now */
                      : DATE_KNOWN_DATE);
}

/* ` next week`, after a weekday. */
static bool week_after(struct scan *s, int *which) {
    struct scan at = *s;

    scan_space(&at);
    if (!date_word(&at, DATE_WORD_WHICH, which))
        return false;
    scan_space(&at);
    if (!date_literal(&at, STR("week")) || !date_word_ends(&at))
        return false;
    *s = at;
    return true;
}

/* Without a word the nearest one, else that of a week from Sunday on. */
bool date_read_weekday(struct civil_date today, struct scan *s,
                       struct date_find *find) {
    int weekday, which = 0, off;
    struct scan at;
    bool told;

    if (date_mark(s, STR(",(")))
        scan_space(s);
    if (date_literal(s, STR("on")))
        scan_space(s);
    told = date_word(s, DATE_WORD_WHICH, &which);
    if (told)
        scan_space(s);
    if (!date_word(s, DATE_WORD_WEEKDAY, &weekday) || !date_word_ends(s))
        return false;
    at = *s;
    scan_space(&at);
    if (date_mark(&at, STR(",)")))
        *s = at;
    if (told)
        week_after(s, &off);
    else
        told = week_after(s, &which);
    off = weekday - weekday_of(today);
    if (told)
        off += 7 * which;
    else if (off > 3)
        off -= 7;
    else if (off < -3)
        off += 7;
    return on_day(find, days_from(today, off), DATE_KNOWN_WEEKDAY);
}
