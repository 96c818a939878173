#include "query/tasks/instructions.h"

#include "base/utf16.h"
#include "value/date.h"

/* How instructions call the dates: before `date`, and as a word of its own. */
static const struct {
    struct str name;
    struct str words; /* in explanations */
} dates[] = {
    [TASK_DATE_CREATED] = {STR_INIT("created"), STR_INIT("created")},
    [TASK_DATE_START] = {STR_INIT("start"), STR_INIT("start")},
    [TASK_DATE_SCHEDULED] = {STR_INIT("scheduled"), STR_INIT("scheduled")},
    [TASK_DATE_DUE] = {STR_INIT("due"), STR_INIT("due")},
    [TASK_DATE_CANCELLED] = {STR_INIT("cancelled"), STR_INIT("cancelled")},
    [TASK_DATE_DONE] = {STR_INIT("done"), STR_INIT("done")},
    [DATE_HAPPENS] = {STR_INIT("happens"), STR_INIT("due, start or scheduled")},
};

struct str date_name(unsigned date) {
    return dates[date].name;
}

/* --- has, no, is invalid --- */

enum reading read_has_date(struct instruction_reader *r) {
    unsigned date = r->row->about;
    struct str rest = r->line;
    struct filter *f;

    if (take_word(&rest, STR("has")) || take_word(&rest, STR("no"))) {
        if (!take_word(&rest, dates[date].name) ||
            !str_eq_nocase(rest, STR("date")))
            return READ_OTHER;
        f = read_new(r, FILTER_HAS_DATE);
        f->negated = line_starts(r->line, "no");
    } else {
        if (date == DATE_HAPPENS || !take_word(&rest, dates[date].name) ||
            !str_eq_nocase(rest, STR("date is invalid")))
            return READ_OTHER;
        f = read_new(r, FILTER_BAD_DATE);
    }
    f->as.date.date = date;
    return READ_DONE;
}

/* --- on, before, after … --- */

static const struct {
    struct str words;
    enum date_relation relation;
} keywords[] = {
    {STR_INIT("on or before"), DATE_UNTIL},
    {STR_INIT("in or before"), DATE_UNTIL},
    {STR_INIT("before"), DATE_BEFORE},
    {STR_INIT("on or after"), DATE_FROM},
    {STR_INIT("in or after"), DATE_FROM},
    {STR_INIT("after"), DATE_AFTER},
    {STR_INIT("on"), DATE_ON},
    {STR_INIT("in"), DATE_ON},
};

/* Takes a keyword and one blank off the front of *rest; its index, or
 * ARRAY_LEN(keywords). */
static unsigned take_keyword(struct str *rest) {
    unsigned i = 0;

    while (i < ARRAY_LEN(keywords) &&
           !str_starts_nocase(*rest, keywords[i].words))
        i++;
    if (i < ARRAY_LEN(keywords)) {
        *rest = str_skip(*rest, keywords[i].words.len);
        if (str_starts(*rest, STR(" ")))
            *rest = str_skip(*rest, 1);
    }
    return i;
}

static enum reading unexpanded(struct instruction_reader *r, struct str what) {
    struct buf text = {0};

    buf_printf(&text,
               "Instruction contains unexpanded template text: \"%.*s\" - and "
               "cannot be interpreted.\n\nPossible causes:\n"
               "- The query is in a note that a template was meant to fill in.",
               STR_ARG(what));
    return read_fail(r, query_keep(r->query, &text));
}

enum reading read_date(struct instruction_reader *r) {
    static const struct str templates[] = {STR_INIT("<%"),
                                           STR_INIT("YYYY-MM-DD")};
    unsigned date = r->row->about, k;
    struct str rest = r->line, keyword;
    struct date_range range;
    struct buf text = {0};
    struct filter *f;

    if (!take_word(&rest, instruction_word(r->row)))
        return READ_OTHER;
    for (size_t i = 0; i < ARRAY_LEN(templates); i++)
        if (str_find_str(r->line, templates[i], 0) != STR_NONE)
            return unexpanded(r, templates[i]);
    keyword = rest;
    k = take_keyword(&rest);
    keyword.len = k < ARRAY_LEN(keywords) ? keywords[k].words.len : 0;
    if (!date_phrase(civil_from_days(r->query->tasks->today), keyword, rest,
                     &range)) {
        buf_printf(&text, "do not understand %.*s date",
                   STR_ARG(dates[date].name));
        return read_fail(r, query_keep(r->query, &text));
    }
    f = read_new(r, FILTER_DATE);
    f->as.date.date = date;
    f->as.date.relation =
        k < ARRAY_LEN(keywords) ? keywords[k].relation : DATE_ON;
    f->as.date.begin = (task_day)civil_days(range.begin);
    f->as.date.end = (task_day)civil_days(range.end);
    return READ_DONE;
}

static bool fits(const struct filter *f, task_day d) {
    switch (f->as.date.relation) {
    case DATE_BEFORE:
        return d < f->as.date.begin;
    case DATE_AFTER:
        return d > f->as.date.end;
    case DATE_UNTIL:
        return d <= f->as.date.end;
    case DATE_FROM:
        return d >= f->as.date.begin;
    case DATE_ON:
        break;
    }
    return f->as.date.begin <= d && d <= f->as.date.end;
}

static bool day_test(const struct filter *f, task_day d) {
    switch (f->kind) {
    case FILTER_HAS_DATE:
        return task_day_present(d);
    case FILTER_BAD_DATE:
        return d == TASK_DAY_INVALID;
    default:
        return task_day_valid(d) && fits(f, d);
    }
}

bool date_test(const struct filter *f, const struct task *t) {
    unsigned date = f->as.date.date;

    if (date == DATE_HAPPENS)
        return day_test(f, t->dates[TASK_DATE_START]) ||
               day_test(f, t->dates[TASK_DATE_SCHEDULED]) ||
               day_test(f, t->dates[TASK_DATE_DUE]);
    if (f->kind == FILTER_DATE && date == TASK_DATE_START &&
        !task_day_present(t->dates[date]))
        return true;
    return day_test(f, t->dates[date]);
}

/* --- in words --- */

/* `2026-01-15 (Thursday 15th January 2026)` */
static void add_day(struct buf *out, task_day d) {
    struct civil_date date = civil_from_days(d);
    unsigned day = date.day;
    bool teen = day / 10 == 1;
    const char *suffix = teen            ? "th"
                         : day % 10 == 1 ? "st"
                         : day % 10 == 2 ? "nd"
                         : day % 10 == 3 ? "rd"
                                         : "th";

    civil_add_date(out, date);
    buf_printf(out, " (%s %u%s %s %d)", day_name(d), day, suffix,
               date_months[date.month - 1], date.year);
}

const char *day_name(task_day d) {
    return date_weekdays[((d + 3) % 7 + 7) % 7]; /* 1970-01-01: a Thursday */
}

void date_explain(struct buf *out, const struct filter *f, struct str indent) {
    static const char *const words[] = {
        [DATE_ON] = "on",
        [DATE_BEFORE] = "before",
        [DATE_AFTER] = "after",
        [DATE_UNTIL] = "on or before",
        [DATE_FROM] = "on or after",
    };
    enum date_relation relation = f->as.date.relation;
    task_day begin = f->as.date.begin, end = f->as.date.end;

    buf_add_str(out, indent);
    buf_add_str(out, dates[f->as.date.date].words);
    if (relation == DATE_ON && begin != end) {
        buf_add_lit(out, " date is between:\n");
        buf_add_str(out, indent);
        buf_add_lit(out, "  ");
        add_day(out, begin);
        buf_add_lit(out, " and\n");
        buf_add_str(out, indent);
        buf_add_lit(out, "  ");
        add_day(out, end);
        buf_add_lit(out, " inclusive");
    } else {
        buf_printf(out, " date is %s ", words[relation]);
        add_day(out,
                relation == DATE_AFTER || relation == DATE_UNTIL ? end : begin);
    }
    if (f->as.date.date == TASK_DATE_START)
        buf_add_lit(out, " OR no start date");
}
