#include "query/tasks/date_phrase.h"

#include "base/utf16.h"
#include "query/tasks/date_find.h"

/* The Monday of the week in which the day is. */
static int64_t monday_of(struct civil_date date) {
    int64_t days = civil_days(date), off = (days + 3) % 7;

    return days - (off < 0 ? off + 7 : off); /* day 0 was a Thursday */
}

static struct civil_date last_of_month(int32_t year, int month) {
    struct civil_date date = {year, (uint8_t)month, 31};

    while (!civil_valid(date))
        date.day--;
    return date;
}

/* So many whole months from that one on, counted from 0 and beyond its year. */
static struct date_range months(int32_t year, int month, int n) {
    int last;

    if (month < 0)
        year--;
    if (month > 11)
        year++;
    month = (month + 12) % 12;
    last = month + n - 1;
    return (struct date_range){
        {year, (uint8_t)(month + 1), 1},
        last_of_month(year, last + 1),
    };
}

static struct date_range week_from(int64_t monday) {
    return (struct date_range){civil_from_days(monday),
                               civil_from_days(monday + 6)};
}

/* `which` units from the one in which today is. */
static struct date_range period(struct civil_date today, enum date_unit unit,
                                int which) {
    int month = today.month - 1;

    switch (unit) {
    case UNIT_WEEK:
        return week_from(monday_of(today) + 7 * which);
    case UNIT_MONTH:
        return months(today.year, month + which, 1);
    case UNIT_QUARTER:
        return months(today.year, month - month % 3 + 3 * which, 3);
    default:
        return months(today.year + which, 0, 12);
    }
}

static bool read_period(struct scan *s, struct civil_date today,
                        struct date_range *out) {
    static const struct str whiches[] = {STR_INIT("last "), STR_INIT("this "),
                                         STR_INIT("next ")};
    static const struct {
        struct str name;
        enum date_unit unit;
    } units[] = {
        {STR_INIT("week"), UNIT_WEEK},
        {STR_INIT("month"), UNIT_MONTH},
        {STR_INIT("quarter"), UNIT_QUARTER},
        {STR_INIT("year"), UNIT_YEAR},
    };

    for (size_t i = 0; i < ARRAY_LEN(whiches); i++) {
        if (!scan_word(s, whiches[i]))
            continue;
        for (size_t k = 0; k < ARRAY_LEN(units); k++) {
            if (scan_word(s, units[k].name)) {
                *out = period(today, units[k].unit, (int)i - 1);
                return true;
            }
        }
    }
    return false;
}

/* `this week`, also within a word: `this weekend` is this week. */
static bool find_period(struct civil_date today, struct str text,
                        struct date_range *out) {
    for (size_t at = 0; at < text.len; at++) {
        struct scan s = {text, at};

        if (read_period(&s, today, out))
            return true;
    }
    return false;
}

/* The ISO week 1 of a year has the 4th of January in it. */
static bool iso_week(int32_t year, int64_t week, struct date_range *out) {
    int64_t first = monday_of((struct civil_date){year, 1, 4});
    int64_t after = monday_of((struct civil_date){year + 1, 1, 4});

    if (week < 1 || first + 7 * (week - 1) >= after)
        return false;
    *out = week_from(first + 7 * (week - 1));
    return true;
}

/* `2026`, `2026-Q1`, `2026-01`, `2026-W03`, and nothing else. */
static bool numbered_period(struct str text, struct date_range *out) {
    struct scan s = {utf16_trim(text), 0};
    int64_t year, n;

    if (!scan_digits(&s, 4, 4, &year))
        return false;
    if (scan_end(&s)) {
        *out = months((int32_t)year, 0, 12);
        return true;
    }
    if (!scan_byte(&s, '-'))
        return false;
    if (scan_byte(&s, 'Q')) {
        if (!scan_digits(&s, 1, 1, &n) || !scan_end(&s) || n < 1 || n > 4)
            return false;
        *out = months((int32_t)year, (int)(n - 1) * 3, 3);
        return true;
    }
    if (scan_byte(&s, 'W'))
        return scan_digits(&s, 2, 2, &n) && scan_end(&s) &&
               iso_week((int32_t)year, n, out);
    if (!scan_digits(&s, 2, 2, &n) || !scan_end(&s) || n < 1 || n > 12)
        return false;
    *out = months((int32_t)year, (int)n - 1, 1);
    return true;
}

/* One date is a day, the first two of several are a range. */
static bool free_dates(struct civil_date today, struct str text,
                       struct date_range *out) {
    struct civil_date found[2];
    size_t n = date_find_all(today, text, found, ARRAY_LEN(found));
    size_t other = n > 1 ? 1 : 0;

    if (n == 0)
        return false;
    if (civil_days(found[0]) <= civil_days(found[other]))
        *out = (struct date_range){found[0], found[other]};
    else
        *out = (struct date_range){found[other], found[0]};
    return true;
}

bool date_phrase(struct civil_date today, struct str keyword, struct str text,
                 struct date_range *out) {
    struct buf whole = {0};
    bool ok;

    if (find_period(today, text, out) || numbered_period(text, out) ||
        free_dates(today, text, out))
        return true;
    if (keyword.len == 0)
        return false;
    buf_add_str(&whole, keyword);
    buf_add_str(&whole, STR(" "));
    buf_add_str(&whole, text);
    ok = free_dates(today, buf_str(&whole), out);
    buf_release(&whole);
    return ok;
}
