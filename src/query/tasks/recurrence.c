#include "query/tasks/recurrence.h"

#include "query/tasks/recurrence_rule.h"

struct reading {
    struct rule_words words;
    struct rule rule;
    bool failed;
};

static bool accept(struct reading *r, enum rule_word word) {
    if (r->words.word != word)
        return false;
    rule_next(&r->words);
    return true;
}

static bool accept_number(struct reading *r, uint32_t *out) {
    *out = r->words.number;
    return accept(r, WORD_NUMBER);
}

/* More than there is room for is a mistake. */
static bool has_room(struct reading *r, size_t n) {
    if (n == RECURRENCE_MAX)
        r->failed = true;
    return n < RECURRENCE_MAX;
}

static void add_number(struct reading *r, uint32_t *list, size_t *n,
                       uint32_t number) {
    if (has_room(r, *n))
        list[(*n)++] = number;
}

static bool is_day(enum rule_word w) {
    return w >= WORD_MONDAY && w <= WORD_SUNDAY;
}

static bool is_month(enum rule_word w) {
    return w >= WORD_JANUARY && w <= WORD_DECEMBER;
}

/* Takes the day of the week at hand. */
static void add_day(struct reading *r, int nth) {
    if (has_room(r, r->rule.ndays))
        r->rule.days[r->rule.ndays++] =
            (struct rule_day){(int)(r->words.word - WORD_MONDAY), nth};
    rule_next(&r->words);
}

static void add_month(struct reading *r) {
    add_number(r, r->rule.months, &r->rule.nmonths,
               (uint32_t)(r->words.word - WORD_JANUARY) + 1);
    rule_next(&r->words);
}

static void add_monthday(struct reading *r, int nth) {
    if (has_room(r, r->rule.nmonthdays))
        r->rule.monthdays[r->rule.nmonthdays++] = nth;
}

static void add_weekdays(struct reading *r) {
    for (int day = 0; day < 5; day++)
        r->rule.days[r->rule.ndays++] = (struct rule_day){day, 0};
}

/* `first`, `2nd`, `3rd last`; 0: none of these stands there. */
static int read_nth(struct reading *r) {
    enum rule_word word = r->words.word;
    int n = 0;

    if (word == WORD_NTH)
        n = (int)r->words.number;
    else if (word == WORD_SECOND || word == WORD_THIRD)
        n = word == WORD_SECOND ? 2 : 3;
    else if (word == WORD_FIRST || word == WORD_LAST)
        n = word == WORD_FIRST ? 1 : -1;
    if (n == 0)
        return 0;
    if (n > 366) {
        r->failed = true;
        return 0;
    }
    rule_next(&r->words);
    if (word != WORD_FIRST && word != WORD_LAST && accept(r, WORD_LAST))
        return -n;
    return n;
}

/* Numbers of hours or weeks, at least one. */
static void read_numbers(struct reading *r, uint32_t *list, size_t *n) {
    uint32_t number;

    *n = 0;
    do {
        if (!accept_number(r, &number)) {
            r->failed = true;
            return;
        }
        add_number(r, list, n, number);
    } while (accept(r, WORD_COMMA));
}

/* One of what may follow `on the`; false: nothing that does. */
static bool read_on_item(struct reading *r) {
    struct rule *rule = &r->rule;
    int nth = read_nth(r);

    if (nth != 0 && is_day(r->words.word)) {
        add_day(r, nth);
    } else if (nth != 0) {
        add_monthday(r, nth);
        accept(r, WORD_DAYS);
    } else if (is_day(r->words.word)) {
        add_day(r, 0);
    } else if (accept(r, WORD_WEEKDAYS)) {
        if (rule->ndays == 0)
            add_weekdays(r);
    } else if (accept(r, WORD_WEEKS)) {
        read_numbers(r, rule->weeks, &rule->nweeks);
    } else if (is_month(r->words.word)) {
        add_month(r);
    } else {
        return false;
    }
    return true;
}

static void read_on(struct reading *r) {
    bool on = accept(r, WORD_ON), the = accept(r, WORD_THE);

    if (!on && !the)
        return;
    while (read_on_item(r) && !r->failed)
        if (!accept(r, WORD_COMMA) && !accept(r, WORD_THE) &&
            !accept(r, WORD_ON))
            return;
}

static void read_at(struct reading *r) {
    while (!r->failed && (accept(r, WORD_AT)))
        read_numbers(r, r->rule.hours, &r->rule.nhours);
}

/* Days or months alone, as in `every Monday and Friday`. */
static void read_list(struct reading *r, bool (*is_one)(enum rule_word),
                      void (*add)(struct reading *)) {
    add(r);
    while (!r->failed && accept(r, WORD_COMMA)) {
        if (!is_one(r->words.word)) {
            r->failed = true;
            return;
        }
        add(r);
    }
}

static void add_each_day(struct reading *r) {
    add_day(r, 0);
}

/* Behind days: `every Friday on the 13th`. The word behind each is passed over, as
 * the plugin does. */
static void read_monthdays(struct reading *r) {
    int nth;

    accept(r, WORD_ON);
    accept(r, WORD_THE);
    nth = read_nth(r);
    if (nth == 0)
        return;
    for (;;) {
        add_monthday(r, nth);
        rule_next(&r->words);
        if (!accept(r, WORD_COMMA))
            return;
        nth = read_nth(r);
        if (nth == 0) {
            r->failed = true;
            return;
        }
    }
}

static void read_end(struct reading *r) {
    if (r->words.word == WORD_UNTIL) {
        r->rule.ends = true;
        if (!rule_read_date(r->words.rest, &r->rule.until))
            r->failed = true;
    } else if (accept(r, WORD_FOR) && !accept_number(r, &r->rule.count)) {
        r->failed = true;
    }
}

static void read_rule(struct reading *r) {
    struct rule *rule = &r->rule;

    rule_next(&r->words);
    if (!accept(r, WORD_EVERY)) {
        r->failed = true;
        return;
    }
    if (!accept_number(r, &rule->interval))
        rule->interval = 1;
    rule->unit = r->words.word;
    if (is_day(rule->unit)) {
        rule->unit = WORD_WEEKS;
        read_list(r, is_day, add_each_day);
        read_at(r);
        read_monthdays(r);
    } else if (is_month(rule->unit)) {
        rule->unit = WORD_YEARS;
        read_list(r, is_month, add_month);
        read_on(r);
    } else if (accept(r, WORD_WEEKDAYS)) {
        rule->unit = WORD_WEEKS;
        add_weekdays(r);
        read_at(r);
    } else if (rule->unit >= WORD_MINUTES && rule->unit <= WORD_YEARS) {
        rule_next(&r->words);
        if (rule->unit != WORD_DAYS)
            read_on(r);
        if (rule->unit == WORD_DAYS || rule->unit == WORD_WEEKS)
            read_at(r);
    } else {
        r->failed = true;
    }
    if (!r->failed)
        read_end(r);
}

static struct str without_when_done(struct str text, bool *when_done) {
    const struct str end = STR(" when done");
    size_t begin = text.len - (text.len < end.len ? text.len : end.len);

    *when_done = begin > 0 && str_eq_nocase(str_skip(text, begin), end);
    return *when_done ? str_slice(text, 0, begin) : text;
}

static bool is_rule_text(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_alnum((unsigned char)text.p[i]) &&
            memchr(" ,!", text.p[i], 3) == NULL)
            return false;
    return text.len > 0;
}

struct str recurrence_read(struct arena *a, struct str text) {
    struct reading r = {0};
    struct buf printed = {0};
    bool when_done;

    if (!is_rule_text(text))
        return STR("");
    r.words.rest = str_trim(without_when_done(text, &when_done));
    read_rule(&r);
    if (r.failed || r.words.too_large)
        return STR("");
    rule_print(&printed, &r.rule);
    if (when_done)
        buf_add_lit(&printed, " when done");
    if (!str_eq(text, buf_str(&printed)))
        text = arena_str(a, buf_str(&printed));
    buf_release(&printed);
    return text;
}
