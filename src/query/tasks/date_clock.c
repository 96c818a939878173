/* Times of day. Which one it is does not matter: they are of today, and change
 * no date beside them; but for midnight, which is the one that ends today. */
#include "query/tasks/date_find.h"

bool date_read_time(struct civil_date today, struct scan *s,
                    struct date_find *find) {
    int days;

    if (date_literal(s, STR("this")))
        scan_space(s);
    if (!date_word(s, DATE_WORD_TIME, &days) || !date_word_ends(s))
        return false;
    find->date = civil_from_days(civil_days(today) + days);
    find->known = days > 0 ? DATE_KNOWN_DATE : 0;
    return true;
}

struct clock {
    int64_t hour, minute;
    bool minutes, colon, half; /* what was written: `:30`, `am` */
};

/* ` pm`, ` o'clock`, ` at night`. */
static bool read_half_of_day(struct scan *s, enum date_word kind) {
    struct scan at = *s;
    size_t word;

    scan_space(&at);
    word = at.at;
    if (!date_word(&at, kind, NULL) ||
        (word == s->at && at.at == word + 1) || /* `5 a`, but not `5a` */
        (!date_word_ends(&at) && at.text.p[at.at - 1] != '.'))
        return false;
    *s = at;
    return true;
}

static bool read_minutes(struct scan *s, struct clock *c) {
    struct scan at = *s;
    int64_t second = 0;

    c->colon = scan_peek(&at) == ':';
    c->minutes =
        date_mark(&at, STR(":.")) && scan_digits(&at, 2, 2, &c->minute);
    if (!c->minutes)
        return true;
    *s = at;
    if (date_mark(&at, STR(":")) && scan_digits(&at, 2, 2, &second))
        *s = at;
    return c->minute < 60 && second < 60;
}

static bool read_hour(struct scan *s, struct clock *c) {
    *c = (struct clock){0};
    if (!scan_digits(s, 1, 2, &c->hour) || !read_minutes(s, c))
        return false;
    c->half = read_half_of_day(s, DATE_WORD_NOON);
    if (c->half && c->hour > 12)
        return false;
    return c->hour < 24 || (c->hour == 24 && c->minute == 0);
}

static bool ends(const struct scan *s) {
    return date_word_ends(s) && scan_peek(s) != '/';
}

/* ` - 12:00`. */
static bool read_until(struct scan *s, struct clock *last) {
    struct scan at = *s;

    scan_space(&at);
    if (!date_word(&at, DATE_WORD_HOURS, NULL))
        return false;
    scan_space(&at);
    if (!read_hour(&at, last) || !date_word_ends(&at))
        return false;
    *s = at;
    return true;
}

static bool figures_and_dash(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] != '-' && !ascii_digit((unsigned char)text.p[i]))
            return false;
    return str_find(text, '-') != STR_NONE;
}

bool date_read_clock(struct civil_date today, struct scan *s,
                     struct date_find *find) {
    struct clock first, last;
    size_t begin;
    bool told, at;

    at = date_literal(s, STR("at")) || date_literal(s, STR("from"));
    if (at)
        scan_space(s);
    begin = s->at;
    if (!read_hour(s, &first))
        return false;
    told = read_half_of_day(s, DATE_WORD_CLOCK) || first.half || first.colon;
    if (!ends(s))
        return false;
    find->range = read_until(s, &last);
    find->broken = first.hour == 24 || (find->range && last.hour == 24);
    find->date = today;
    find->known = DATE_KNOWN_TIME;
    /* One figure may be anything, and so may `10-12`. */
    return at || told ||
           (s->at - begin > 1 &&
            !figures_and_dash(str_slice(s->text, begin, s->at)));
}
