#include "base/utf16.h"
#include "query/dataview/fn.h"
#include "value/date_make.h"
#include "value/date_parse_format.h"
#include "value/date_read.h"
#include "value/duration_format.h"

static const struct value *made_date(struct eval *e, struct date d) {
    return value_of_date(eval_arena(e), d);
}

/* --- reading --- */

static bool is_date(struct eval *e, struct str s, struct date *d) {
    return s.len > 0 && date_read(eval_dates(e)->zones, s, d) == s.len;
}

/* A word as `today`: then the answer depends on the clock. */
static bool is_date_word(struct eval *e, struct str s, struct date *d) {
    return s.len > 0 && date_read_word(eval_dates(e)->now, s, d) == s.len &&
           date_read_word(eval_clock(e)->now, s, d) == s.len;
}

static const struct value *date_of_text(struct eval *e, struct str s) {
    struct date d;

    if (!fn_spend_reading(e, s.len))
        return NULL;
    return is_date(e, s, &d) || is_date_word(e, s, &d) ? made_date(e, d)
                                                       : &value_null;
}

/* file.day of the note that a link leads to. */
static const struct value *day_of_page(struct eval *e, struct str path) {
    struct str resolved;
    const struct value *page =
        eval_find(e, path, &resolved) ? eval_page(e, resolved) : NULL;
    const struct value *file =
        page != NULL ? value_member(page, STR("file"), eval_arena(e)) : NULL;
    const struct value *day =
        file != NULL ? value_member(file, STR("day"), eval_arena(e)) : NULL;

    return day != NULL && value_truthy(day) ? day : &value_null;
}

/* No words here: a note may be called `today`. */
static const struct value *date_of_link(struct eval *e,
                                        const struct value_link *l) {
    struct date d;

    if (!fn_spend_reading(e, l->path.len + l->display.len))
        return NULL;
    if ((l->has_display && is_date(e, l->display, &d)) ||
        is_date(e, l->path, &d))
        return made_date(e, d);
    return day_of_page(e, l->path);
}

/* Whether dates in this format say their year; else it is that of the clock. */
static bool names_year(struct str format) {
    bool quoted = false;

    for (size_t i = 0; i < format.len; i++) {
        if (format.p[i] == '\'')
            quoted = !quoted;
        else if (!quoted && str_find(STR("ykDfFxX"), format.p[i]) != STR_NONE)
            return true;
    }
    return false;
}

static const struct value *date_by_format(struct eval *e, struct str s,
                                          struct str format) {
    const struct query_dates *dates =
        names_year(format) ? eval_dates(e) : eval_clock(e);
    struct date d;

    if (!fn_spend_times(e, format.len + 1, s.len / 64 + 1))
        return NULL;
    if (!date_parse_format(dates->zones, dates->now, s, format, &d))
        return eval_error(e, "Can't handle format (%.*s) on date string (%.*s)",
                          STR_ARG(format), STR_ARG(s));
    return made_date(e, d);
}

const struct value *fn_date(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    if (fn_are(args, nargs, "0") || fn_are(args, nargs, "0s"))
        return &value_null;
    if (fn_are(args, nargs, "d"))
        return args[0];
    if (fn_are(args, nargs, "s"))
        return date_of_text(e, args[0]->as.text);
    if (fn_are(args, nargs, "l"))
        return date_of_link(e, args[0]->as.link);
    if (fn_are(args, nargs, "ss"))
        return date_by_format(e, args[0]->as.text, args[1]->as.text);
    return NULL;
}

const struct value *fn_dur(struct eval *e, const struct value *const *args,
                           size_t nargs) {
    struct duration d;
    struct str s;

    if (fn_are(args, nargs, "0") || fn_are(args, nargs, "u"))
        return args[0];
    if (!fn_are(args, nargs, "s") || !fn_spend_reading(e, args[0]->as.text.len))
        return NULL;
    s = utf16_trim(args[0]->as.text);
    if (s.len == 0 || duration_read(s, &d) != s.len)
        return &value_null;
    return value_of_duration(eval_arena(e), d);
}

/* --- zones --- */

const struct value *fn_striptime(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    struct date_parts p;
    struct date_wall midnight;

    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (!fn_are(args, nargs, "d"))
        return NULL;
    if (args[0]->as.date.invalid)
        return eval_error(e, "Invalid unit value NaN");
    p = date_parts(args[0]->as.date);
    midnight =
        (struct date_wall){.year = p.year, .month = p.month, .day = p.day};
    return made_date(e,
                     date_from_wall(&eval_dates(e)->zones->local, &midnight));
}

const struct value *fn_localtime(struct eval *e,
                                 const struct value *const *args,
                                 size_t nargs) {
    if (fn_are(args, nargs, "0"))
        return &value_null;
    if (!fn_are(args, nargs, "d"))
        return NULL;
    return made_date(
        e, date_in_zone(args[0]->as.date, &eval_dates(e)->zones->local));
}

/* --- formats --- */

/* Bytes that one letter of a format may become. */
#define MOST_PER_LETTER 16

const struct value *fn_dateformat(struct eval *e,
                                  const struct value *const *args,
                                  size_t nargs) {
    struct buf out = {0};

    if (fn_are(args, nargs, "0s"))
        return &value_null;
    if (!fn_are(args, nargs, "ds") ||
        !fn_spend_text(e, args[1]->as.text.len, MOST_PER_LETTER))
        return NULL;
    date_format(&out, args[0]->as.date, args[1]->as.text);
    return fn_made(e, &out);
}

const struct value *fn_durationformat(struct eval *e,
                                      const struct value *const *args,
                                      size_t nargs) {
    struct buf out = {0};

    if (fn_are(args, nargs, "0s"))
        return &value_null;
    if (!fn_are(args, nargs, "us") ||
        !fn_spend_text(e, args[1]->as.text.len, MOST_PER_LETTER))
        return NULL;
    duration_format(&out, args[0]->as.duration, args[1]->as.text);
    return fn_made(e, &out);
}
