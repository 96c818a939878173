#include <stdlib.h>

#include "base/civil.h"
#include "html/escape.h"
#include "site/pen.h"
#include "value/date.h"

/*
 * A table for each month that has entries, weeks from Monday.  The plugin draws a
 * calendar to be leafed through, with dots to be clicked; here every entry can be
 * read and printed.
 */

struct entry {
    int64_t day; /* since 1970-01-01, in the date's own zone */
    size_t row;
};

struct entries {
    struct entry *items;
    size_t len;
};

static int by_day(const void *a, const void *b) {
    const struct entry *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static struct entries entries_of(struct pen *p) {
    const struct answer *a = p->answer;
    struct entries e = {
        .items = arena_array(p->fill->scratch, struct entry, a->nrows)};

    for (size_t i = 0; i < a->nrows; i++) {
        const struct value *v = answer_cell(a, i, 0);
        struct date_parts d;
        if (v->kind != VALUE_DATE || v->as.date.invalid)
            continue;
        d = date_parts(v->as.date);
        e.items[e.len++] =
            (struct entry){civil_days((struct civil_date){
                               d.year, (uint8_t)d.month, (uint8_t)d.day}),
                           i};
    }
    if (e.len > 0)
        qsort(e.items, e.len, sizeof *e.items, by_day);
    return e;
}

static void add_head(struct pen *p, struct civil_date month) {
    const struct strings *s = &p->fill->plan->theme->strings;

    buf_add_lit(p->out, "<table class=\"calendar\"><caption>");
    buf_reset(&p->text);
    strings_add_short_month(&p->text, s, month);
    html_escape(p->out, buf_str(&p->text));
    buf_add_lit(p->out, "</caption><thead><tr>");
    for (unsigned i = 0; i < 7; i++) {
        buf_add_lit(p->out, "<th scope=\"col\">");
        html_escape(p->out, strings_weekday(s, i));
        buf_add_lit(p->out, "</th>");
    }
    buf_add_lit(p->out, "</tr></thead><tbody>");
}

/* One day of the month, with those entries that are its own. */
static void add_day(struct pen *p, struct civil_date date,
                    const struct entry *entries, size_t n) {
    if (n == 0) {
        buf_add_lit(p->out, "<td><span class=\"day\">");
        buf_add_u64(p->out, date.day);
        buf_add_lit(p->out, "</span></td>");
        return;
    }
    buf_add_lit(p->out, "<td class=\"has-entries\"><time class=\"day\" "
                        "datetime=\"");
    civil_add_date(p->out, date);
    buf_add_lit(p->out, "\">");
    buf_add_u64(p->out, date.day);
    buf_add_lit(p->out, "</time><ul>");
    for (size_t i = 0; i < n; i++) {
        const struct value *v = answer_cell(p->answer, entries[i].row, 1);
        buf_add_lit(p->out, "<li>");
        if (v->kind != VALUE_NULL)
            pen_value(p, v, 0);
        else
            buf_add_lit(p->out, "·");
        buf_add_lit(p->out, "</li>");
    }
    buf_add_lit(p->out, "</ul></td>");
}

static void add_blank(struct pen *p, unsigned days) {
    if (days == 0)
        return;
    buf_add_lit(p->out, "<td colspan=\"");
    buf_add_u64(p->out, days);
    buf_add_lit(p->out, "\"></td>");
}

/* 0 for a Monday; 1970-01-01 was a Thursday. */
static unsigned weekday_of(int64_t day) {
    int64_t n = (day + 3) % 7;

    return (unsigned)(n < 0 ? n + 7 : n);
}

static bool same_month(struct civil_date a, struct civil_date b) {
    return a.year == b.year && a.month == b.month;
}

/* The month of the first entry; returns how many entries are in it. */
static size_t add_month(struct pen *p, const struct entry *e, size_t n) {
    struct civil_date month = civil_from_days(e[0].day), date;
    size_t used = 0;
    int64_t day;

    month.day = 1;
    day = civil_days(month);
    add_head(p, month);
    buf_add_lit(p->out, "<tr>");
    add_blank(p, weekday_of(day));
    for (date = month; same_month(date, month); date = civil_from_days(++day)) {
        size_t own = 0;
        if (date.day > 1 && weekday_of(day) == 0)
            buf_add_lit(p->out, "</tr><tr>");
        while (used + own < n && e[used + own].day == day)
            own++;
        add_day(p, date, e + used, own);
        used += own;
    }
    add_blank(p, (7 - weekday_of(day)) % 7);
    buf_add_lit(p->out, "</tr></tbody></table>");
    return used;
}

void pen_calendar(struct pen *p) {
    struct entries e = entries_of(p);
    size_t end = e.len < p->end ? e.len : p->end, at = p->begin;
    size_t undated = p->answer->nrows - e.len;

    buf_add_lit(p->out, "<div class=\"dataview dataview-calendar\">");
    while (at < end)
        at += add_month(p, e.items + at, end - at);
    buf_add_lit(p->out, "</div>");
    if (undated > 0 && p->begin == 0) {
        buf_reset(&p->text);
        strings_add_count(&p->text, &p->fill->plan->theme->strings,
                          STRING_UNDATED_ONE, undated);
        buf_add_lit(p->out, "<p class=\"query-note\">");
        html_escape(p->out, buf_str(&p->text));
        buf_add_lit(p->out, "</p>");
    }
}
