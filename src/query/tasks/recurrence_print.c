#include "query/tasks/recurrence_rule.h"

static const char *const day_names[] = {"Monday",   "Tuesday", "Wednesday",
                                        "Thursday", "Friday",  "Saturday",
                                        "Sunday"};
static const char *const month_names[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

static void add_nth(struct buf *out, int nth) {
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    int n = nth < 0 ? -nth : nth, last = n % 10;

    if (nth == -1) {
        buf_add_lit(out, "last");
        return;
    }
    /* 1, 2, 3, 21, 22, 23 and 31 alone: they are days of a month. */
    if (last > 3 || n > 31 || (n > 10 && n < 20))
        last = 0;
    buf_printf(out, "%d%s%s", n, ends[last], nth < 0 ? " last" : "");
}

/* What stands before item `i` of `n`. */
static void add_comma(struct buf *out, size_t i, size_t n, const char *last) {
    if (i == 0)
        buf_add_ch(out, ' ');
    else if (last != NULL && i == n - 1)
        buf_printf(out, " %s ", last);
    else
        buf_add_lit(out, ", ");
}

static void add_numbers(struct buf *out, const uint32_t *numbers, size_t n) {
    for (size_t i = 0; i < n; i++) {
        add_comma(out, i, n, "and");
        buf_printf(out, "%u", (unsigned)numbers[i]);
    }
}

static void add_months(struct buf *out, const struct rule *r) {
    for (size_t i = 0; i < r->nmonths; i++) {
        add_comma(out, i, r->nmonths, "and");
        buf_add_str(out, str_from(month_names[r->months[i] - 1]));
    }
}

static void add_monthdays(struct buf *out, const struct rule *r,
                          const char *last) {
    for (size_t i = 0; i < r->nmonthdays; i++) {
        add_comma(out, i, r->nmonthdays, last);
        add_nth(out, r->monthdays[i]);
    }
}

/* The days that are meant in each week, or those that are one of a month. */
static size_t count_days(const struct rule *r, bool with_nth) {
    size_t n = 0;

    for (size_t i = 0; i < r->ndays; i++)
        n += (r->days[i].nth != 0) == with_nth;
    return n;
}

static void add_days(struct buf *out, const struct rule *r, bool with_nth,
                     const char *last) {
    size_t n = count_days(r, with_nth), at = 0;

    for (size_t i = 0; i < r->ndays; i++) {
        const struct rule_day *d = &r->days[i];
        if ((d->nth != 0) != with_nth)
            continue;
        add_comma(out, at++, n, last);
        if (d->nth != 0) {
            add_nth(out, d->nth);
            buf_add_ch(out, ' ');
        }
        buf_add_str(out, str_from(day_names[d->day]));
    }
}

/* A bit for each day named, whichever of the month it is. */
static unsigned day_set(const struct rule *r) {
    unsigned set = 0;

    for (size_t i = 0; i < r->ndays; i++)
        set |= 1u << r->days[i].day;
    return set;
}
#define WEEKDAYS 0x1fu
#define ALL_DAYS 0x7fu

static void add_days_or_monthdays(struct buf *out, const struct rule *r) {
    bool each = count_days(r, false) > 0;

    if (r->nmonthdays > 0 && each) {
        buf_add_lit(out, " on");
        add_days(out, r, false, "or");
        buf_add_lit(out, " the");
        add_monthdays(out, r, "or");
    } else if (r->nmonthdays > 0) {
        buf_add_lit(out, " on the");
        add_monthdays(out, r, "and");
    } else if (r->ndays > 0) {
        if (each && day_set(r) != WEEKDAYS) {
            buf_add_lit(out, " on");
            add_days(out, r, false, NULL);
        }
        if (count_days(r, true) > 0) {
            buf_add_str(out, each ? STR(" and on the") : STR(" on the"));
            add_days(out, r, true, "and");
        }
    }
}

static bool is_plural(uint32_t n) {
    return n % 100 != 1;
}

/* ` 2 weeks`, ` week` */
static void add_unit(struct buf *out, uint32_t n, const char *unit) {
    if (n != 1)
        buf_printf(out, " %u", (unsigned)n);
    buf_printf(out, " %s%s", unit, is_plural(n) ? "s" : "");
}

static void print_days(struct buf *out, const struct rule *r) {
    add_unit(out, r->interval, "day");
    if (r->nhours > 0) {
        buf_add_lit(out, " at");
        add_numbers(out, r->hours, r->nhours);
    }
}

static void print_weeks(struct buf *out, const struct rule *r) {
    if (r->interval != 1)
        add_unit(out, r->interval, "week");
    if (day_set(r) == WEEKDAYS) {
        buf_add_str(out,
                    r->interval == 1 ? STR(" weekday") : STR(" on weekdays"));
    } else if (day_set(r) == ALL_DAYS) {
        buf_add_str(out, is_plural(r->interval) ? STR(" days") : STR(" day"));
    } else {
        if (r->interval == 1)
            buf_add_lit(out, " week");
        if (r->nmonths > 0) {
            buf_add_lit(out, " in");
            add_months(out, r);
        }
        add_days_or_monthdays(out, r);
        if (r->nhours > 0) {
            buf_add_lit(out, " at");
            add_numbers(out, r->hours, r->nhours);
        }
    }
}

static void print_months(struct buf *out, const struct rule *r) {
    if (r->nmonths == 0) {
        add_unit(out, r->interval, "month");
    } else {
        if (r->interval != 1)
            buf_printf(out, " %u months%s", (unsigned)r->interval,
                       is_plural(r->interval) ? " in" : "");
        add_months(out, r);
    }
    if (r->nmonthdays == 0 && day_set(r) == WEEKDAYS)
        buf_add_lit(out, " on weekdays");
    else
        add_days_or_monthdays(out, r);
}

static void print_years(struct buf *out, const struct rule *r) {
    if (r->nmonths == 0) {
        add_unit(out, r->interval, "year");
    } else {
        if (r->interval != 1)
            buf_printf(out, " %u years", (unsigned)r->interval);
        add_months(out, r);
    }
    add_days_or_monthdays(out, r);
    if (r->nweeks > 0) {
        buf_add_str(out, is_plural((uint32_t)r->nweeks) ? STR(" in weeks")
                                                        : STR(" in week"));
        add_numbers(out, r->weeks, r->nweeks);
    }
}

/* Stable, and the lists are short. Days of the week by their order; those of a
 * month ascending, those from its end behind them, the last first. */
static void sort(struct rule *r) {
    for (size_t i = 1; i < r->ndays; i++)
        for (size_t k = i; k > 0 && r->days[k - 1].day > r->days[k].day; k--) {
            struct rule_day day = r->days[k];
            r->days[k] = r->days[k - 1];
            r->days[k - 1] = day;
        }
    for (size_t i = 1; i < r->nmonthdays; i++)
        for (size_t k = i; k > 0; k--) {
            int a = r->monthdays[k - 1], b = r->monthdays[k];
            if ((a > 0) == (b > 0) ? (a > 0 ? a <= b : a >= b) : a > 0)
                break;
            r->monthdays[k - 1] = b;
            r->monthdays[k] = a;
        }
}

void rule_print(struct buf *out, struct rule *r) {
    sort(r);
    buf_add_lit(out, "every");
    switch (r->unit) {
    case WORD_MINUTES:
        add_unit(out, r->interval, "minute");
        break;
    case WORD_HOURS:
        add_unit(out, r->interval, "hour");
        break;
    case WORD_DAYS:
        print_days(out, r);
        break;
    case WORD_WEEKS:
        print_weeks(out, r);
        break;
    case WORD_MONTHS:
        print_months(out, r);
        break;
    default:
        print_years(out, r);
    }
    if (r->ends)
        buf_printf(out, " until %s %d, %d", month_names[r->until.month - 1],
                   r->until.day, (int)r->until.year);
    else if (r->count > 0)
        buf_printf(out, " for %u time%s", (unsigned)r->count,
                   is_plural(r->count) ? "s" : "");
}
