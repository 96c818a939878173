/* Days that are named by the calendar: figures, and months with their days. */
#include "query/tasks/date_find.h"

static struct civil_date day_of(int64_t year, int64_t month, int64_t day) {
    return (struct civil_date){(int32_t)year, (uint8_t)month, (uint8_t)day};
}

static bool known(struct date_find *find, struct civil_date date,
                  unsigned what) {
    find->date = date;
    find->known = what;
    return true;
}

/* The year that brings the day nearest to today. */
static struct civil_date nearest_year(struct civil_date today, int64_t month,
                                      int64_t day) {
    static const int beside[] = {1, -1};
    struct civil_date best = day_of(today.year, month, day);

    for (size_t i = 0; i < ARRAY_LEN(beside); i++) {
        struct civil_date other = best;
        int64_t now = civil_days(today), far = civil_days(best) - now, off;

        other.year = today.year + beside[i];
        off = civil_days(other) - now;
        if ((off < 0 ? -off : off) < (far < 0 ? -far : far))
            return other;
    }
    return best;
}

/* `+05:00`, `-0730`: minutes that the clock there is ahead. */
static bool read_zone(struct scan *s, int64_t *minutes) {
    bool west = scan_peek(s) == '-';
    int64_t h, m = 0;

    if (!date_mark(s, STR("+-")) || !scan_digits(s, 2, 2, &h))
        return false;
    scan_byte(s, ':');
    scan_digits(s, 2, 2, &m);
    *minutes = (west ? -1 : 1) * (h * 60 + m);
    return true;
}

/* `T10:00[:00[.000]][Z|+01:00]`: the date is that of the time in UTC. */
static bool read_iso_time(struct scan *s, struct date_find *find) {
    struct scan at = *s;
    int64_t h, m, second = 0, zone = 0, minutes;

    if (!date_literal(&at, STR("t")) || !scan_digits(&at, 1, 2, &h) ||
        !scan_byte(&at, ':') || !scan_digits(&at, 1, 2, &m))
        return false;
    if (scan_byte(&at, ':') && scan_digits(&at, 1, 2, &second) &&
        scan_byte(&at, '.'))
        scan_digits(&at, 1, 4, &minutes);
    if (!date_literal(&at, STR("z")))
        read_zone(&at, &zone);
    if (!date_word_ends(&at))
        return false;
    find->broken = h > 23 || m > 59 || second > 59;
    minutes = h * 60 + m - zone;
    if (civil_valid(find->date) && (minutes < 0 || minutes >= 24 * 60))
        find->date =
            civil_from_days(civil_days(find->date) + (minutes < 0 ? -1 : 1));
    find->known |= DATE_KNOWN_TIME;
    *s = at;
    return true;
}

bool date_read_iso(struct civil_date today, struct scan *s,
                   struct date_find *find) {
    int64_t year, month, day;

    (void)today;
    if (!scan_digits(s, 4, 4, &year) || !scan_byte(s, '-') ||
        !scan_digits(s, 1, 2, &month) || !scan_byte(s, '-') ||
        !scan_digits(s, 1, 2, &day))
        return false;
    known(find, day_of(year, month, day), DATE_KNOWN_DATE);
    return read_iso_time(s, find) || date_word_ends(s);
}

/* A month whose full stop is left behind where it does not end the word:
 * `2026.Jan.5`. */
static bool read_month_name(struct scan *s, int *month) {
    if (!date_word(s, DATE_WORD_MONTH, month))
        return false;
    if (s->text.p[s->at - 1] == '.' && !date_word_ends(s))
        s->at--;
    return true;
}

bool date_read_year_first(struct civil_date today, struct scan *s,
                          struct date_find *find) {
    int64_t year, month, day;
    int named;

    (void)today;
    if (!scan_digits(s, 4, 4, &year) || !date_mark(s, STR("./ \t")))
        return false;
    if (read_month_name(s, &named))
        month = named;
    else if (!scan_digits(s, 1, 2, &month))
        return false;
    if (!date_mark(s, STR("./ \t")) || !scan_digits(s, 1, 2, &day))
        return false;
    return month >= 1 && month <= 12 && date_word_ends(s) &&
           known(find, day_of(year, month, day), DATE_KNOWN_DATE);
}

/* Two or four figures. */
static bool read_slash_year(struct scan *s, int64_t *year) {
    if (scan_digits(s, 4, 4, year))
        return true;
    if (!scan_digits(s, 2, 2, year))
        return false;
    *year = date_short_year(*year);
    return true;
}

/* `month`/`day`, or the other way round where the first can be no month. */
static bool order_slashes(int64_t *month, int64_t *day) {
    if (*month > 12 && *month < 32 && *day <= 12) {
        int64_t first = *month;

        *month = *day;
        *day = first;
    }
    return *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

/* Without a year only slashes will do, and `1.2.26` may be a version. */
static bool slashes_will_do(struct str written, bool year) {
    size_t dot = str_find(written, '.');

    if (!year)
        return str_find(written, '/') != STR_NONE;
    return !(dot == 1 && written.len <= 7 && str_rfind(written, '.') > 1 &&
             written.len - str_rfind(written, '.') <= 3);
}

static bool read_slash_figures(struct scan *s, int64_t *month, int64_t *day,
                               int64_t *year, bool *has_year) {
    struct scan at;

    if (!scan_digits(s, 1, 2, month) || !date_mark(s, STR("/.-")) ||
        !scan_digits(s, 1, 2, day))
        return false;
    at = *s;
    *has_year = date_mark(&at, STR("/.-")) && read_slash_year(&at, year) &&
                date_word_ends(&at);
    if (*has_year)
        *s = at;
    return date_word_ends(s) && scan_peek(s) != '/';
}

/* The figures of a day or a month that cannot be are left behind one by one:
 * `13/13` is 3/13. */
bool date_read_slashes(struct civil_date today, struct scan *s,
                       struct date_find *find) {
    int64_t month, day, year = 0;
    size_t begin = s->at;
    bool has_year;

    if (begin > 0 && s->text.p[begin - 1] == '/')
        return false;
    if (!read_slash_figures(s, &month, &day, &year, &has_year))
        return false;
    if (!slashes_will_do(str_slice(s->text, begin, s->at), has_year))
        return false;
    if (!order_slashes(&month, &day)) {
        s->at = begin + 1;
        find->begin = s->at;
        return ascii_digit((unsigned char)scan_peek(s)) &&
               date_read_slashes(today, s, find);
    }
    if (has_year)
        return known(find, day_of(year, month, day), DATE_KNOWN_DATE);
    return known(find, nearest_year(today, month, day),
                 DATE_KNOWN_MONTH | DATE_KNOWN_DAY);
}

bool date_read_month_and_year(struct civil_date today, struct scan *s,
                              struct date_find *find) {
    int64_t month, year;

    (void)today;
    if (s->at > 0 && s->text.p[s->at - 1] == '/')
        return false;
    if (!scan_digits(s, 1, 2, &month) || month < 1 || month > 12)
        return false;
    return scan_byte(s, '/') && scan_digits(s, 4, 4, &year) &&
           date_word_ends(s) &&
           known(find, day_of(year, month, 1),
                 DATE_KNOWN_YEAR | DATE_KNOWN_MONTH);
}

/* A day of a month, with its year or the nearest. */
static bool day_found(struct civil_date today, int month, int day,
                      const int32_t *year, struct date_find *find) {
    if (day > 31)
        return false;
    find->broken = day < 1;
    if (year != NULL)
        return known(find, day_of(*year, month, day), DATE_KNOWN_DATE);
    return known(find, nearest_year(today, month, day),
                 DATE_KNOWN_MONTH | DATE_KNOWN_DAY);
}

/* The last day of `10 - 14 March` is only known to be one. */
static void until(struct date_find *find, int last) {
    struct civil_date end = find->date;

    end.day = (uint8_t)last;
    find->range = true;
    find->broken |= !civil_valid(end);
}

/* At most three, as between a day and its month. */
static bool few_blanks(struct scan *s) {
    size_t from = s->at;

    scan_space(s);
    return s->at - from <= 3;
}

/* `-2026`, `/2026`, `, 2026`, ` 2026`, and the end of a word. */
static bool year_after(struct scan *s, bool day_before, int32_t *year) {
    struct scan at = *s;

    if (!date_mark(&at, STR("-/"))) {
        if (day_before) {
            scan_space(&at);
            scan_byte(&at, ',');
            scan_space(&at);
        } else {
            scan_byte(&at, ',');
            if (!few_blanks(&at))
                return false;
        }
    }
    if (!date_year(&at, year) || !date_word_ends(&at))
        return false;
    *s = at;
    return true;
}

/* ` - 14th`, ` to 14`, ` 14`: the last day, before a month. */
static bool last_day_before_month(struct scan *s, int *last) {
    struct scan at = *s;

    if (!few_blanks(&at))
        return false;
    date_word(&at, DATE_WORD_TILL, NULL);
    if (!few_blanks(&at) || !date_ordinal(&at, last))
        return false;
    *s = at;
    return true;
}

static bool month_after_day(struct scan *s, int *month) {
    struct scan at = *s;

    if (date_mark(&at, STR("-/")) && read_month_name(&at, month)) {
        *s = at;
        return true;
    }
    at = *s;
    scan_space(&at);
    date_literal(&at, STR("of"));
    scan_space(&at);
    if (!read_month_name(&at, month))
        return false;
    *s = at;
    return true;
}

bool date_read_day_first(struct civil_date today, struct scan *s,
                         struct date_find *find) {
    int day, last = 0, month;
    struct scan at;
    int32_t year;
    bool has_year, range;

    if (date_literal(s, STR("on")))
        scan_space(s);
    if (!date_ordinal(s, &day))
        return false;
    at = *s;
    range = last_day_before_month(&at, &last) && month_after_day(&at, &month);
    if (range)
        *s = at;
    else if (!month_after_day(s, &month))
        return false;
    has_year = year_after(s, false, &year);
    if (!date_word_ends(s) ||
        !day_found(today, month, day, has_year ? &year : NULL, find))
        return false;
    if (range)
        until(find, last);
    return true;
}

/* `May 5pm` is a time. */
static bool noon_follows(struct scan s) {
    scan_space(&s);
    return date_literal(&s, STR("am")) || date_literal(&s, STR("pm"));
}

static bool last_day_after_month(struct scan *s, int *last) {
    struct scan at = *s;

    scan_space(&at);
    if (!date_word(&at, DATE_WORD_TO, NULL))
        return false;
    scan_space(&at);
    if (!date_ordinal(&at, last) || !date_word_ends(&at))
        return false;
    *s = at;
    return true;
}

/* Blanks before a mark or the end belong to the find: they make it longer. */
static void blanks_before_mark(struct scan *s) {
    struct scan at = *s;

    scan_space(&at);
    if (date_word_ends(&at))
        *s = at;
}

/* What follows the month, where its day has no more than `figures`. */
static bool read_day_of_month(struct civil_date today, struct scan *s,
                              int month, size_t figures,
                              struct date_find *find) {
    int day, last = 0;
    int64_t number;
    int32_t year;
    bool range, has_year;

    if (figures == 0) {
        if (!date_ordinal(s, &day))
            return false;
    } else {
        if (!scan_digits(s, figures, figures, &number))
            return false;
        day = (int)number;
    }
    if (noon_follows(*s))
        return false;
    range = last_day_after_month(s, &last);
    has_year = year_after(s, true, &year);
    if (!date_word_ends(s) || scan_peek(s) == ':' ||
        !day_found(today, month, day, has_year ? &year : NULL, find))
        return false;
    if (range)
        until(find, last);
    if (!has_year)
        blanks_before_mark(s);
    return true;
}

bool date_read_month_first(struct civil_date today, struct scan *s,
                           struct date_find *find) {
    int month;
    struct scan at;

    if (!date_word(s, DATE_WORD_MONTH, &month))
        return false;
    if (!date_mark(s, STR("-/"))) {
        scan_space(s);
        scan_byte(s, ',');
        scan_space(s);
    }
    at = *s;
    if (read_day_of_month(today, s, month, 0, find))
        return true;
    *s = at;
    return read_day_of_month(today, s, month, 1, find);
}

/* Whether a month may end here: not where figures follow. */
static bool month_ends(struct scan s) {
    if (!date_word_ends(&s))
        return false;
    scan_space(&s);
    return !ascii_digit((unsigned char)scan_peek(&s));
}

bool date_read_month(struct civil_date today, struct scan *s,
                     struct date_find *find) {
    size_t begin = s->at;
    struct scan at;
    int month;
    int32_t year;
    bool in = date_literal(s, STR("in"));

    if (in) {
        scan_space(s);
        in = s->at > begin + 2;
    }
    find->begin = s->at;
    if (!date_word(s, DATE_WORD_MONTH, &month))
        return false;
    at = *s;
    scan_space(&at);
    date_mark(&at, STR(",-"));
    scan_space(&at);
    if (date_year(&at, &year) && month_ends(at)) {
        *s = at;
        return known(find, day_of(year, month, 1),
                     DATE_KNOWN_YEAR | DATE_KNOWN_MONTH);
    }
    if (!month_ends(*s))
        return false;
    at = *s;
    scan_space(&at);
    if (date_mark(&at, STR(",-")) && month_ends(at))
        *s = at;
    else
        blanks_before_mark(s);
    /* `Mar` may be a name; `in Mar`, `Mar.` and `March` are the month. */
    if (!in && s->at - find->begin <= 3 && month != 5)
        return false;
    return known(find, nearest_year(today, month, 1), DATE_KNOWN_MONTH);
}
