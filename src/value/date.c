#include "value/date.h"

#include <stdlib.h>

#include "base/civil.h"
#include "value/format_piece.h"

#define MS_PER_DAY 86400000

const struct zone zone_utc = {.kind = ZONE_FIXED, .offset = 0, .name = {0}};

const char *const date_months[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

const char *const date_weekdays[7] = {
    "Monday", "Tuesday",  "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday",
};

static int32_t year_start_weekday(int32_t year) {
    int64_t days = civil_days((struct civil_date){year, 1, 1});

    return (int32_t)((days % 7 + 7 + 3) % 7) + 1; /* 1970-01-01: Thursday */
}

static bool leap_year(int32_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* 53 when it begins on a Thursday, or on a Wednesday and is a leap year. */
int32_t date_weeks_in(int32_t year) {
    int32_t first = year_start_weekday(year);

    return first == 4 || (first == 3 && leap_year(year)) ? 53 : 52;
}

struct date_parts date_parts(struct date d) {
    struct date_parts p = {0};
    struct civil_date c;
    int64_t local, days, rest;

    if (d.invalid)
        return p;
    local = d.ms + (int64_t)d.offset * 1000;
    days = local / MS_PER_DAY;
    rest = local % MS_PER_DAY;
    if (rest < 0) {
        rest += MS_PER_DAY;
        days--;
    }
    c = civil_from_days(days);
    p.year = c.year;
    p.month = c.month;
    p.day = c.day;
    p.hour = (int32_t)(rest / 3600000);
    p.minute = (int32_t)(rest / 60000 % 60);
    p.second = (int32_t)(rest / 1000 % 60);
    p.ms = (int32_t)(rest % 1000);
    p.weekday = (int32_t)((days % 7 + 7 + 3) % 7) + 1;
    p.ordinal =
        (int32_t)(days - civil_days((struct civil_date){c.year, 1, 1})) + 1;
    p.week_year = p.year;
    p.week = (p.ordinal - p.weekday + 10) / 7;
    if (p.week < 1) {
        p.week_year--;
        p.week = date_weeks_in(p.week_year);
    } else if (p.week > date_weeks_in(p.year)) {
        p.week_year++;
        p.week = 1;
    }
    return p;
}

bool zone_equal(const struct zone *a, const struct zone *b) {
    if (a == b)
        return true;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case ZONE_LOCAL:
        return true;
    case ZONE_FIXED:
        return a->offset == b->offset;
    case ZONE_NAMED:
        return str_eq(a->name, b->name);
    }
    return false;
}

enum offset_style {
    OFFSET_NARROW, /* +5, +5:30 */
    OFFSET_SHORT,  /* +05:00 */
    OFFSET_BARE,   /* +0500 */
};

static void add_offset(struct buf *out, int32_t offset, enum offset_style s) {
    int32_t minutes = abs(offset) / 60;
    char sign = offset < 0 ? '-' : '+';

    if (s == OFFSET_SHORT)
        buf_printf(out, "%c%02d:%02d", sign, minutes / 60, minutes % 60);
    else if (s == OFFSET_BARE)
        buf_printf(out, "%c%02d%02d", sign, minutes / 60, minutes % 60);
    else if (minutes % 60 != 0)
        buf_printf(out, "%c%d:%d", sign, minutes / 60, minutes % 60);
    else
        buf_printf(out, "%c%d", sign, minutes / 60);
}

static bool zone_is_utc(const struct zone *z) {
    return z->kind == ZONE_FIXED ? z->offset == 0
                                 : str_eq_nocase(z->name, STR("UTC")) ||
                                       str_eq_nocase(z->name, STR("Etc/UTC"));
}

void zone_add_name(struct buf *out, const struct zone *z) {
    if (z->kind != ZONE_FIXED) {
        buf_add_str(out, z->name);
        return;
    }
    buf_add_lit(out, "UTC");
    if (z->offset != 0)
        add_offset(out, z->offset, OFFSET_NARROW);
}

static void add_zone(struct buf *out, struct date d, bool full) {
    if (d.zone->kind == ZONE_FIXED) {
        zone_add_name(out, d.zone);
    } else if (zone_is_utc(d.zone)) {
        buf_add_str(out, full ? STR("Coordinated Universal Time") : STR("UTC"));
    } else {
        buf_add_lit(out, "GMT");
        if (d.offset != 0)
            add_offset(out, d.offset, full ? OFFSET_SHORT : OFFSET_NARROW);
    }
}

static void add_padded(struct buf *out, int64_t n, int width) {
    if (n < 0) {
        buf_add_ch(out, '-');
        n = -n;
    }
    buf_printf(out, "%0*lld", width, (long long)n);
}

static void add_name(struct buf *out, const char *name, size_t len) {
    struct str s = str_from(name);

    buf_add_str(out, str_slice(s, 0, len == 0 ? s.len : len));
}

static int64_t hour12(const struct date_parts *p) {
    return p->hour % 12 == 0 ? 12 : p->hour % 12;
}

static int64_t floor_seconds(int64_t ms) {
    return ms >= 0 ? ms / 1000 : -((-ms + 999) / 1000);
}

/*
 * The tokens that are numbers: letter, how often it stands, what it is and how
 * wide it is written.
 */
static bool add_number_token(struct buf *out, const struct date_parts *p,
                             struct date d, char letter, size_t n) {
    const struct {
        char letter;
        uint8_t n, width;
        int64_t number;
    } tokens[] = {
        {'S', 1, 0, p->ms},
        {'S', 3, 3, p->ms},
        {'u', 1, 3, p->ms},
        {'u', 2, 2, p->ms / 10},
        {'u', 3, 1, p->ms / 100},
        {'s', 1, 0, p->second},
        {'s', 2, 2, p->second},
        {'m', 1, 0, p->minute},
        {'m', 2, 2, p->minute},
        {'h', 1, 0, hour12(p)},
        {'h', 2, 2, hour12(p)},
        {'H', 1, 0, p->hour},
        {'H', 2, 2, p->hour},
        {'d', 1, 0, p->day},
        {'d', 2, 2, p->day},
        {'c', 1, 0, p->weekday},
        {'E', 1, 0, p->weekday},
        {'L', 1, 0, p->month},
        {'L', 2, 2, p->month},
        {'M', 1, 0, p->month},
        {'M', 2, 2, p->month},
        {'y', 1, 0, p->year},
        {'y', 2, 2, abs(p->year) % 100},
        {'y', 4, 4, p->year},
        {'y', 6, 6, p->year},
        {'k', 2, 2, abs(p->week_year) % 100},
        {'k', 4, 4, p->week_year},
        {'W', 1, 0, p->week},
        {'W', 2, 2, p->week},
        {'o', 1, 0, p->ordinal},
        {'o', 3, 3, p->ordinal},
        {'q', 1, 0, (p->month + 2) / 3},
        {'q', 2, 2, (p->month + 2) / 3},
        {'X', 1, 0, floor_seconds(d.ms)},
        {'x', 1, 0, d.ms},
    };

    for (size_t i = 0; i < ARRAY_LEN(tokens); i++)
        if (tokens[i].letter == letter && tokens[i].n == n) {
            add_padded(out, tokens[i].number, tokens[i].width);
            return true;
        }
    return false;
}

static bool add_word_token(struct buf *out, const struct date_parts *p,
                           struct date d, char letter, size_t n) {
    /* how much of a name 3, 4 and 5 letters show */
    static const size_t shown[] = {[3] = 3, [4] = 0, [5] = 1};

    switch (letter) {
    case 'c':
    case 'E':
        if (n < 3 || n > 5)
            return false;
        add_name(out, date_weekdays[p->weekday - 1], shown[n]);
        return true;
    case 'L':
    case 'M':
        if (n < 3 || n > 5)
            return false;
        add_name(out, date_months[p->month - 1], shown[n]);
        return true;
    case 'a':
        if (n == 1)
            buf_add_str(out, p->hour < 12 ? STR("AM") : STR("PM"));
        return n == 1;
    case 'z':
        if (n == 1)
            zone_add_name(out, d.zone);
        return n == 1;
    case 'Z':
        if (n <= 3)
            add_offset(out, d.offset, (enum offset_style)(n - 1));
        else if (n <= 5)
            add_zone(out, d, n == 5);
        return n <= 5;
    case 'G':
        if (n == 1)
            buf_add_str(out, p->year > 0 ? STR("AD") : STR("BC"));
        else if (n == 2)
            buf_add_str(out, p->year > 0 ? STR("Anno Domini")
                                         : STR("Before Christ"));
        else if (n == 5)
            buf_add_str(out, p->year > 0 ? STR("A") : STR("B"));
        return n == 1 || n == 2 || n == 5;
    default:
        return false;
    }
}

struct str date_locale_form(char letter, size_t n) {
    static const struct {
        char letter;
        struct str forms[4];
    } rows[] = {
        {'D',
         {STR_INIT("L/d/y"), STR_INIT("LLL d, y"), STR_INIT("LLLL d, y"),
          STR_INIT("cccc, LLLL d, y")}},
        {'t',
         {STR_INIT("h:mm a"), STR_INIT("h:mm:ss a"), STR_INIT("h:mm:ss a ZZZZ"),
          STR_INIT("h:mm:ss a ZZZZZ")}},
        {'T',
         {STR_INIT("HH:mm"), STR_INIT("HH:mm:ss"), STR_INIT("HH:mm:ss ZZZZ"),
          STR_INIT("HH:mm:ss ZZZZZ")}},
        {'f',
         {STR_INIT("L/d/y, h:mm a"), STR_INIT("LLL d, y, h:mm a"),
          STR_INIT("LLLL d, y 'at' h:mm a ZZZZ"),
          STR_INIT("cccc, LLLL d, y 'at' h:mm a ZZZZZ")}},
        {'F',
         {STR_INIT("L/d/y, h:mm:ss a"), STR_INIT("LLL d, y, h:mm:ss a"),
          STR_INIT("LLLL d, y 'at' h:mm:ss a ZZZZ"),
          STR_INIT("cccc, LLLL d, y 'at' h:mm:ss a ZZZZZ")}},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].letter == letter && n <= ARRAY_LEN(rows[i].forms))
            return rows[i].forms[n - 1];
    return (struct str){0};
}

/* `depth` 1: inside a locale form, which has no locale forms itself. */
static void add_tokens(struct buf *out, const struct date_parts *p,
                       struct date d, struct str format, int depth) {
    struct format_piece piece;

    while (format_piece_next(&format, &piece)) {
        struct str form = date_locale_form(piece.letter, piece.times);

        if (depth == 0 && form.len > 0)
            add_tokens(out, p, d, form, 1);
        else if (!add_number_token(out, p, d, piece.letter, piece.times) &&
                 !add_word_token(out, p, d, piece.letter, piece.times))
            buf_add_str(out, piece.text);
    }
}

void date_format(struct buf *out, struct date d, struct str format) {
    struct date_parts p = date_parts(d);

    if (d.invalid)
        buf_add_lit(out, "Invalid DateTime");
    else
        add_tokens(out, &p, d, format, 0);
}

void date_add_iso(struct buf *out, struct date d) {
    struct date_parts p = date_parts(d);

    if (d.invalid) {
        buf_add_lit(out, "invalid");
        return;
    }
    if (p.year < 0 || p.year > 9999) {
        buf_add_ch(out, p.year < 0 ? '-' : '+');
        buf_printf(out, "%06d", abs(p.year));
    } else {
        buf_printf(out, "%04d", p.year);
    }
    buf_printf(out, "-%02d-%02dT%02d:%02d:%02d.%03d", p.month, p.day, p.hour,
               p.minute, p.second, p.ms);
    if (d.zone->kind != ZONE_LOCAL && zone_is_utc(d.zone))
        buf_add_ch(out, 'Z');
    else
        add_offset(out, d.offset, OFFSET_SHORT);
}
