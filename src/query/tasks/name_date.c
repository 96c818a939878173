#include "query/tasks/name_date.h"

#include "value/scan.h"

/* --- a format of Moment's --- */

enum unit {
    UNIT_YEAR,
    UNIT_MONTH,
    UNIT_DAY,
    UNIT_QUARTER,
    UNIT_DAY_OF_YEAR,
    UNIT_ISO_YEAR,
    UNIT_ISO_WEEK,
    UNIT_WEEK_YEAR, /* weeks that begin on Sunday */
    UNIT_WEEK,
    UNIT_WEEKDAY, /* 1 Monday … 7 */
    UNIT_TIME,    /* of no interest, but checked */
    UNITS
};

struct parts {
    int64_t value[UNITS];
    bool given[UNITS];
};

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
static const char *const weekdays[] = {"Monday",   "Tuesday", "Wednesday",
                                       "Thursday", "Friday",  "Saturday",
                                       "Sunday"};

/* Takes one of the names, or its first `len` letters; its number from 1. */
static bool take_name(struct scan *s, const char *const *names, size_t n,
                      size_t len, int64_t *out) {
    for (size_t i = 0; i < n; i++) {
        struct str name = str_slice(str_from(names[i]), 0, len);
        if (str_starts_nocase(scan_rest(s), name)) {
            s->at += name.len;
            *out = (int64_t)i + 1;
            return true;
        }
    }
    return false;
}

static bool take_ordinal(struct scan *s, int64_t *out) {
    static const struct str ends[] = {STR_INIT("st"), STR_INIT("nd"),
                                      STR_INIT("rd"), STR_INIT("th")};

    if (!scan_digits(s, 1, 2, out))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_starts_nocase(scan_rest(s), ends[i])) {
            s->at += ends[i].len;
            return true;
        }
    return false;
}

enum shape {
    SHAPE_DIGITS,
    SHAPE_ORDINAL,
    SHAPE_MONTH,
    SHAPE_WEEKDAY,
    SHAPE_HALF
};

/* Longer tokens first. */
static const struct token {
    struct str name;
    enum unit unit;
    enum shape shape;
    uint8_t min, max; /* digits, or letters of a name */
    int64_t low, high;
} tokens[] = {
    {STR_INIT("YYYY"), UNIT_YEAR, SHAPE_DIGITS, 4, 4, 0, 9999},
    {STR_INIT("YY"), UNIT_YEAR, SHAPE_DIGITS, 2, 2, 0, 99},
    {STR_INIT("Y"), UNIT_YEAR, SHAPE_DIGITS, 1, 4, 0, 9999},
    {STR_INIT("Q"), UNIT_QUARTER, SHAPE_DIGITS, 1, 1, 1, 4},
    {STR_INIT("MMMM"), UNIT_MONTH, SHAPE_MONTH, 0, 9, 1, 12},
    {STR_INIT("MMM"), UNIT_MONTH, SHAPE_MONTH, 0, 3, 1, 12},
    {STR_INIT("MM"), UNIT_MONTH, SHAPE_DIGITS, 2, 2, 1, 12},
    {STR_INIT("Mo"), UNIT_MONTH, SHAPE_ORDINAL, 0, 0, 1, 12},
    {STR_INIT("M"), UNIT_MONTH, SHAPE_DIGITS, 1, 2, 1, 12},
    {STR_INIT("DDDD"), UNIT_DAY_OF_YEAR, SHAPE_DIGITS, 3, 3, 1, 366},
    {STR_INIT("DDD"), UNIT_DAY_OF_YEAR, SHAPE_DIGITS, 1, 3, 1, 366},
    {STR_INIT("DD"), UNIT_DAY, SHAPE_DIGITS, 2, 2, 1, 31},
    {STR_INIT("Do"), UNIT_DAY, SHAPE_ORDINAL, 0, 0, 1, 31},
    {STR_INIT("D"), UNIT_DAY, SHAPE_DIGITS, 1, 2, 1, 31},
    {STR_INIT("dddd"), UNIT_WEEKDAY, SHAPE_WEEKDAY, 0, 9, 1, 7},
    {STR_INIT("ddd"), UNIT_WEEKDAY, SHAPE_WEEKDAY, 0, 3, 1, 7},
    {STR_INIT("dd"), UNIT_WEEKDAY, SHAPE_WEEKDAY, 0, 2, 1, 7},
    {STR_INIT("E"), UNIT_WEEKDAY, SHAPE_DIGITS, 1, 1, 1, 7},
    {STR_INIT("GGGG"), UNIT_ISO_YEAR, SHAPE_DIGITS, 4, 4, 0, 9999},
    {STR_INIT("gggg"), UNIT_WEEK_YEAR, SHAPE_DIGITS, 4, 4, 0, 9999},
    {STR_INIT("WW"), UNIT_ISO_WEEK, SHAPE_DIGITS, 2, 2, 1, 53},
    {STR_INIT("W"), UNIT_ISO_WEEK, SHAPE_DIGITS, 1, 2, 1, 53},
    {STR_INIT("ww"), UNIT_WEEK, SHAPE_DIGITS, 2, 2, 1, 53},
    {STR_INIT("w"), UNIT_WEEK, SHAPE_DIGITS, 1, 2, 1, 53},
    {STR_INIT("HH"), UNIT_TIME, SHAPE_DIGITS, 2, 2, 0, 23},
    {STR_INIT("H"), UNIT_TIME, SHAPE_DIGITS, 1, 2, 0, 23},
    {STR_INIT("hh"), UNIT_TIME, SHAPE_DIGITS, 2, 2, 1, 12},
    {STR_INIT("h"), UNIT_TIME, SHAPE_DIGITS, 1, 2, 1, 12},
    {STR_INIT("mm"), UNIT_TIME, SHAPE_DIGITS, 2, 2, 0, 59},
    {STR_INIT("m"), UNIT_TIME, SHAPE_DIGITS, 1, 2, 0, 59},
    {STR_INIT("ss"), UNIT_TIME, SHAPE_DIGITS, 2, 2, 0, 59},
    {STR_INIT("s"), UNIT_TIME, SHAPE_DIGITS, 1, 2, 0, 59},
    {STR_INIT("A"), UNIT_TIME, SHAPE_HALF, 0, 0, 0, 0},
    {STR_INIT("a"), UNIT_TIME, SHAPE_HALF, 0, 0, 0, 0},
};

static bool take_token(struct scan *s, const struct token *t, int64_t *out) {
    switch (t->shape) {
    case SHAPE_DIGITS:
        return scan_digits(s, t->min, t->max, out);
    case SHAPE_ORDINAL:
        return take_ordinal(s, out);
    case SHAPE_MONTH:
        return take_name(s, months, ARRAY_LEN(months), t->max, out);
    case SHAPE_WEEKDAY:
        return take_name(s, weekdays, ARRAY_LEN(weekdays), t->max, out);
    case SHAPE_HALF:
        break;
    }
    *out = 0;
    if (!str_starts_nocase(scan_rest(s), STR("am")) &&
        !str_starts_nocase(scan_rest(s), STR("pm")))
        return false;
    s->at += 2;
    return true;
}

static const struct token *next_token(struct scan *format) {
    for (size_t i = 0; i < ARRAY_LEN(tokens); i++)
        if (scan_word(format, tokens[i].name))
            return &tokens[i];
    return NULL;
}

/* What is no token stands for itself; `[` begins what ends at `]`. */
static bool take_literal(struct scan *text, struct scan *format) {
    size_t end;

    if (scan_peek(format) == '[') {
        end = str_find(scan_rest(format), ']');
        if (end != STR_NONE) {
            struct str literal = str_slice(scan_rest(format), 1, end);
            format->at += end + 1;
            return scan_word(text, literal);
        }
    }
    return scan_byte(text, format->text.p[format->at++]);
}

static bool take_parts(struct scan *text, struct scan *format,
                       struct parts *p) {
    while (!scan_end(format)) {
        const struct token *t = next_token(format);
        int64_t value;

        if (t == NULL) {
            if (!take_literal(text, format))
                return false;
            continue;
        }
        if (!take_token(text, t, &value) || value < t->low || value > t->high)
            return false;
        if (str_eq(t->name, STR("YY")))
            value += value > 68 ? 1900 : 2000;
        p->value[t->unit] = value;
        p->given[t->unit] = true;
    }
    return scan_end(text);
}

/* 1 Monday … 7 of a day. */
static int64_t weekday_of(int64_t days) {
    return ((days + 3) % 7 + 7) % 7 + 1;
}

/* The Monday of a year's first week by ISO, the Sunday of the one of January 1st
 * else. */
static int64_t first_week(int64_t year, bool iso) {
    int64_t day = civil_days(
        (struct civil_date){(int32_t)year, 1, (uint8_t)(iso ? 4 : 1)});

    return iso ? day - weekday_of(day) + 1 : day - weekday_of(day) % 7;
}

static bool week_day(const struct parts *p, bool iso, struct civil_date today,
                     int64_t *days) {
    enum unit year = iso ? UNIT_ISO_YEAR : UNIT_WEEK_YEAR;
    enum unit week = iso ? UNIT_ISO_WEEK : UNIT_WEEK;
    int64_t of = today.year, begin, day = 0;

    if (p->given[year] || p->given[UNIT_YEAR])
        of = p->value[p->given[year] ? year : UNIT_YEAR];
    begin = first_week(of, iso) + (p->given[week] ? p->value[week] - 1 : 0) * 7;
    if (begin >= first_week(of + 1, iso))
        return false; /* a 53rd week of a year that has 52 */
    if (p->given[UNIT_WEEKDAY])
        day = iso ? p->value[UNIT_WEEKDAY] - 1 : p->value[UNIT_WEEKDAY] % 7;
    *days = begin + day;
    return true;
}

static bool day_of_year(const struct parts *p, struct civil_date today,
                        int64_t *days) {
    struct civil_date first = {today.year, 1, 1};

    if (p->given[UNIT_YEAR])
        first.year = (int32_t)p->value[UNIT_YEAR];
    *days = civil_days(first) + p->value[UNIT_DAY_OF_YEAR] - 1;
    return civil_from_days(*days).year == first.year;
}

/* Units before the first one given are those of today, others their first. */
static bool month_day(const struct parts *p, struct civil_date today,
                      int64_t *days) {
    struct civil_date d = today;
    bool year = p->given[UNIT_YEAR], month = p->given[UNIT_MONTH];

    if (year)
        d.year = (int32_t)p->value[UNIT_YEAR];
    if (month)
        d.month = (uint8_t)p->value[UNIT_MONTH];
    else if (p->given[UNIT_QUARTER])
        d.month = (uint8_t)(p->value[UNIT_QUARTER] * 3 - 2);
    else if (year)
        d.month = 1;
    d.day = (uint8_t)(p->given[UNIT_DAY] ? p->value[UNIT_DAY] : 1);
    *days = civil_days(d);
    return civil_valid(d);
}

bool name_date_read(struct str text, struct str format, struct civil_date today,
                    struct civil_date *out) {
    struct scan s = {text, 0}, f = {format, 0};
    struct parts p = {0};
    bool iso, found = false;
    int64_t days = 0;

    if (!take_parts(&s, &f, &p))
        return false;
    iso = p.given[UNIT_ISO_YEAR] || p.given[UNIT_ISO_WEEK];
    if (p.given[UNIT_DAY_OF_YEAR])
        found = day_of_year(&p, today, &days);
    else if (p.given[UNIT_MONTH] || p.given[UNIT_DAY] || p.given[UNIT_QUARTER])
        found = month_day(&p, today, &days);
    else if (iso || p.given[UNIT_WEEK_YEAR] || p.given[UNIT_WEEK])
        found = week_day(&p, iso, today, &days);
    else if (p.given[UNIT_YEAR])
        found = month_day(&p, today, &days);
    if (!found ||
        (p.given[UNIT_WEEKDAY] && p.value[UNIT_WEEKDAY] != weekday_of(days)))
        return false;
    *out = civil_from_days(days);
    return true;
}

/* --- a note's name --- */

static bool in_folders(const struct str_list *folders, struct str path) {
    for (size_t i = 0; i < folders->len; i++) {
        struct str folder = folders->items[i];
        while (folder.len > 0 && folder.p[folder.len - 1] == '/')
            folder.len--;
        while (folder.len > 0 && folder.p[0] == '/')
            folder = str_skip(folder, 1);
        if (str_starts(path, folder) && path.len > folder.len &&
            (folder.len == 0 || path.p[folder.len] == '/'))
            return true;
    }
    return folders->len == 0;
}

/* `YYYY-MM-DD`, or with `mark` '\0' eight digits. */
static bool date_at(struct str text, size_t at, char mark,
                    struct civil_date *out) {
    struct scan s = {text, at};
    int64_t year, month, day;

    if (!scan_digits(&s, 4, 4, &year) || (mark && !scan_byte(&s, mark)) ||
        !scan_digits(&s, 2, 2, &month) || (mark && !scan_byte(&s, mark)) ||
        !scan_digits(&s, 2, 2, &day))
        return false;
    *out = (struct civil_date){(int32_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool name_date(const struct tasks_settings *s, struct str path,
               struct civil_date today, struct civil_date *out) {
    static const char marks[] = {'-', '\0'};
    struct str name = str_basename(path);

    if (!s->dates_from_names || !in_folders(&s->date_folders, path))
        return false;
    if (str_rfind(name, '.') != STR_NONE)
        name = str_slice(name, 0, str_rfind(name, '.'));
    if (s->name_format.len > 0 &&
        name_date_read(name, s->name_format, today, out))
        return true;
    for (size_t m = 0; m < sizeof marks; m++)
        for (size_t at = 0; at < name.len; at++)
            if (date_at(name, at, marks[m], out))
                return civil_valid(*out); /* the first one decides */
    return false;
}
