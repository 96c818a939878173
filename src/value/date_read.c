#include "value/date_read.h"

#include "value/date_make.h"
#include "value/scan.h"

static bool zone_id_byte(unsigned char c) {
    return ascii_alnum(c) || c == '-' || c == '+' || c == '/';
}

/* `[id]`; false only where the id is no zone's. */
static bool scan_zone_id(struct scan *s, struct zones *z,
                         const struct zone **zone) {
    size_t end = s->at + 1;

    while (end < s->text.len && zone_id_byte((unsigned char)s->text.p[end]))
        end++;
    if (end == s->at + 1 || end == s->text.len || s->text.p[end] != ']')
        return true;
    *zone = zones_find(z, str_slice(s->text, s->at + 1, end));
    s->at = end + 1;
    return *zone != NULL;
}

/* `Z`, `±H`, `±HH:MM` or `[id]`; *zone stays where none of them stands. */
static bool scan_zone(struct scan *s, struct zones *z,
                      const struct zone **zone) {
    struct scan try = *s;
    char sign = scan_peek(s);
    int64_t hours, minutes;

    if (scan_byte(s, 'Z')) {
        *zone = &zone_utc;
        return true;
    }
    if (sign == '[')
        return scan_zone_id(s, z, zone);
    if (sign != '+' && sign != '-')
        return true;
    try.at++;
    if (!scan_digits(&try, 1, 2, &hours))
        return true;
    *s = try;
    if (scan_byte(&try, ':') && scan_digits(&try, 2, 2, &minutes))
        *s = try;
    else
        minutes = 0;
    *zone = zones_fixed(z, (int32_t)(hours * 60 + minutes) *
                               (sign == '-' ? -60 : 60));
    return true;
}

/* The mark and the digits of one more part of a date. */
static bool scan_part(struct scan *s, char mark, size_t width, int64_t *out) {
    struct scan try = *s;

    if (!scan_byte(&try, mark) || !scan_digits(&try, width, width, out))
        return false;
    *s = try;
    return true;
}

/* As many of the parts as stand there, and the zone behind the seconds. */
static bool scan_parts(struct scan *s, struct zones *z, struct date_wall *w,
                       const struct zone **zone) {
    if (!scan_part(s, '-', 2, &w->day) || !scan_part(s, 'T', 2, &w->hour) ||
        !scan_part(s, ':', 2, &w->minute) || !scan_part(s, ':', 2, &w->second))
        return true;
    scan_part(s, '.', 3, &w->ms);
    return scan_zone(s, z, zone);
}

size_t date_read(struct zones *z, struct str text, struct date *out) {
    struct scan s = {text, 0};
    struct date_wall w = {.day = 1};
    const struct zone *zone = NULL;

    if (!scan_digits(&s, 4, 4, &w.year) || !scan_part(&s, '-', 2, &w.month) ||
        w.month < 1 || w.month > 12 || !scan_parts(&s, z, &w, &zone))
        return 0;
    *out = date_from_wall(&z->local, &w);
    if (zone != NULL)
        *out = date_keep_wall(*out, zone);
    return s.at;
}

static struct date shifted_day(struct date now, int days) {
    struct date_wall w = date_wall(date_start_of(now, DATE_DAY));

    w.day += days;
    return date_from_wall(now.zone, &w);
}

size_t date_read_word(struct date now, struct str s, struct date *out) {
    static const struct {
        struct str brief, word;
        enum date_span span;
        bool end;
    } bounds[] = {
        {STR_INIT("today"), STR_INIT("today"), DATE_DAY, false},
        {STR_INIT("sow"), STR_INIT("start-of-week"), DATE_WEEK, false},
        {STR_INIT("eow"), STR_INIT("end-of-week"), DATE_WEEK, true},
        {STR_INIT("som"), STR_INIT("start-of-month"), DATE_MONTH, false},
        {STR_INIT("eom"), STR_INIT("end-of-month"), DATE_MONTH, true},
        {STR_INIT("soy"), STR_INIT("start-of-year"), DATE_YEAR, false},
        {STR_INIT("eoy"), STR_INIT("end-of-year"), DATE_YEAR, true},
    };

    if (str_starts(s, STR("now"))) {
        *out = now;
        return 3;
    }
    if (str_starts(s, STR("yesterday"))) {
        *out = shifted_day(now, -1);
        return 9;
    }
    if (str_starts(s, STR("tomorrow"))) {
        *out = shifted_day(now, 1);
        return 8;
    }
    for (size_t i = 0; i < ARRAY_LEN(bounds); i++) {
        bool brief = str_starts(s, bounds[i].brief);
        if (!brief && !str_starts(s, bounds[i].word))
            continue;
        *out = bounds[i].end ? date_end_of(now, bounds[i].span)
                             : date_start_of(now, bounds[i].span);
        return brief ? bounds[i].brief.len : bounds[i].word.len;
    }
    return 0;
}

/* The longest unit that stands there. */
static bool scan_unit(struct scan *s, enum duration_unit *unit) {
    static const struct {
        struct str word;
        enum duration_unit unit;
    } units[] = {
        {STR_INIT("years"), DURATION_YEARS},
        {STR_INIT("year"), DURATION_YEARS},
        {STR_INIT("yrs"), DURATION_YEARS},
        {STR_INIT("yr"), DURATION_YEARS},
        {STR_INIT("months"), DURATION_MONTHS},
        {STR_INIT("month"), DURATION_MONTHS},
        {STR_INIT("mos"), DURATION_MONTHS},
        {STR_INIT("mo"), DURATION_MONTHS},
        {STR_INIT("weeks"), DURATION_WEEKS},
        {STR_INIT("week"), DURATION_WEEKS},
        {STR_INIT("wks"), DURATION_WEEKS},
        {STR_INIT("wk"), DURATION_WEEKS},
        {STR_INIT("w"), DURATION_WEEKS},
        {STR_INIT("days"), DURATION_DAYS},
        {STR_INIT("day"), DURATION_DAYS},
        {STR_INIT("d"), DURATION_DAYS},
        {STR_INIT("hours"), DURATION_HOURS},
        {STR_INIT("hour"), DURATION_HOURS},
        {STR_INIT("hrs"), DURATION_HOURS},
        {STR_INIT("hr"), DURATION_HOURS},
        {STR_INIT("h"), DURATION_HOURS},
        {STR_INIT("minutes"), DURATION_MINUTES},
        {STR_INIT("minute"), DURATION_MINUTES},
        {STR_INIT("mins"), DURATION_MINUTES},
        {STR_INIT("min"), DURATION_MINUTES},
        {STR_INIT("m"), DURATION_MINUTES},
        {STR_INIT("seconds"), DURATION_SECONDS},
        {STR_INIT("second"), DURATION_SECONDS},
        {STR_INIT("secs"), DURATION_SECONDS},
        {STR_INIT("sec"), DURATION_SECONDS},
        {STR_INIT("s"), DURATION_SECONDS},
    };

    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (scan_word(s, units[i].word)) {
            *unit = units[i].unit;
            return true;
        }
    return false;
}

size_t duration_read(struct str text, struct duration *out) {
    struct scan s = {text, 0};
    size_t end = 0;

    *out = (struct duration){{0}};
    for (;;) {
        enum duration_unit unit;
        double number;

        if (!scan_number(&s, &number))
            return end;
        scan_space(&s);
        if (!scan_unit(&s, &unit))
            return end;
        out->count[unit] += number;
        end = s.at;
        scan_space(&s);
        scan_byte(&s, ',');
        scan_space(&s);
    }
}
