#include "query/tasks/date_find.h"

#include "base/utf16.h"
#include "base/vec.h"

/* Of finds that are equally long the one of the first reader here stays. */
static date_reader *const readers[] = {
    date_read_iso,         date_read_slashes,   date_read_month_and_year,
    date_read_within,      date_read_day_first, date_read_month,
    date_read_month_first, date_read_weekday,   date_read_year_first,
    date_read_since,       date_read_signed,    date_read_this,
    date_read_day,         date_read_clock,     date_read_time,
};

struct finds {
    VEC(struct date_find) list;
    struct civil_date today;
    struct str text;
};

/*
 * What the readers find, from left to right. A reader goes on after what it
 * found itself, also where a longer find of another one stands there. The `T`
 * between a date and its time ends a word.
 */
static void read_all(struct finds *f) {
    size_t next[ARRAY_LEN(readers)] = {0};

    for (size_t at = 0; at < f->text.len; at++) {
        struct scan word = {f->text, at};

        bool begins = date_word_begins(&word);

        if (!begins && ascii_lower(f->text.p[at - 1]) != 't')
            continue;
        for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
            struct scan s = word;
            struct date_find find = {.begin = at};

            if (at < next[i] || (!begins && readers[i] != date_read_clock) ||
                !readers[i](f->today, &s, &find))
                continue;
            find.end = next[i] = s.at;
            vec_push(&f->list, find);
        }
    }
}

static void sort_finds(struct finds *f) {
    /* A reader may have left a word or two behind, no more. */
    for (size_t i = 1; i < f->list.len; i++) {
        struct date_find find = f->list.items[i];
        size_t to = i;

        for (; to > 0 && f->list.items[to - 1].begin > find.begin; to--)
            f->list.items[to] = f->list.items[to - 1];
        f->list.items[to] = find;
    }
}

/* Of two that overlap the longer stays, the earlier where they are equal. */
static void drop_overlaps(struct finds *f) {
    size_t kept = 0;

    for (size_t i = 0; i < f->list.len; i++) {
        struct date_find find = f->list.items[i];
        struct date_find *last = &f->list.items[kept > 0 ? kept - 1 : 0];

        if (kept == 0 || find.begin >= last->end)
            f->list.items[kept++] = find;
        else if (find.end - find.begin > last->end - last->begin)
            *last = find;
    }
    f->list.len = kept;
}

/* Makes one find of two beside each other with `between` in the middle; false
 * where they do not belong together. */
typedef bool merger(struct str between, const struct date_find *a,
                    const struct date_find *b, struct date_find *out);

static void merge_all(struct finds *f, merger *merge) {
    size_t kept = 0;

    for (size_t i = 0; i < f->list.len; i++) {
        struct date_find find = f->list.items[i], merged;
        struct date_find *last = &f->list.items[kept > 0 ? kept - 1 : 0];

        if (kept == 0 || !merge(str_slice(f->text, last->end, find.begin), last,
                                &find, &merged)) {
            f->list.items[kept++] = find;
            continue;
        }
        merged.begin = last->begin;
        merged.end = find.end;
        merged.broken = last->broken || find.broken || merged.broken;
        *last = merged;
    }
    f->list.len = kept;
}

/* Whether the text is blank but for one word of the kind, or none of it where
 * `may_miss` says so. */
static bool only_word(struct str text, enum date_word kind, bool may_miss) {
    struct scan s = {text, 0};

    scan_space(&s);
    if (!date_word(&s, kind, NULL) && !may_miss)
        return false;
    scan_space(&s);
    return scan_end(&s);
}

/* `2 weeks before` + `5 May`. */
static bool merge_units(struct str between, const struct date_find *a,
                        const struct date_find *b, struct date_find *out) {
    if (a->beside == 0 || utf16_trim(between).len > 0)
        return false;
    *out = *b;
    if (b->date.month < 1 || b->date.month > 12) {
        out->broken = true;
        return true;
    }
    /* The 31st of April is the 1st of May here. */
    out->date = civil_from_days(civil_days(b->date));
    out->broken = !date_units_add(&a->units, a->beside, &out->date);
    return true;
}

static bool only_weekday(const struct date_find *find) {
    return (find->known & (DATE_KNOWN_WEEKDAY | DATE_KNOWN_DAY |
                           DATE_KNOWN_MONTH)) == DATE_KNOWN_WEEKDAY;
}

/* `Friday` + `16 May`: the weekday adds nothing. */
static bool merge_weekday(struct str between, const struct date_find *a,
                          const struct date_find *b, struct date_find *out) {
    struct str rest =
        str_starts(between, STR(",")) ? str_skip(between, 1) : between;

    if (!only_weekday(a) || (a->known & DATE_KNOWN_TIME) ||
        !(b->known & DATE_KNOWN_DAY) || utf16_trim(rest).len > 0)
        return false;
    *out = *b;
    out->known |= DATE_KNOWN_WEEKDAY;
    return true;
}

static bool only_date(const struct date_find *find) {
    return !(find->known & DATE_KNOWN_TIME);
}

static bool only_time(const struct date_find *find) {
    return !(find->known &
             (DATE_KNOWN_WEEKDAY | DATE_KNOWN_DAY | DATE_KNOWN_MONTH));
}

/* A date + its time, or the other way round. */
static bool merge_time(struct str between, const struct date_find *a,
                       const struct date_find *b, struct date_find *out) {
    bool forward = only_date(a) && only_time(b);

    if ((!forward && !(only_date(b) && only_time(a))) ||
        !only_word(between, DATE_WORD_JOIN, true))
        return false;
    *out = only_date(a) ? *a : *b;
    out->known = (only_date(a) ? a->known : b->known) |
                 ((a->known | b->known) & DATE_KNOWN_TIME);
    out->range = a->range || b->range;
    out->beside = 0;
    return true;
}

/* What only `from` says of a date counts for `to` too. */
static void complete(struct date_find *to, const struct date_find *from) {
    unsigned more = from->known & ~to->known;

    if (more & DATE_KNOWN_YEAR)
        to->date.year = from->date.year;
    if (more & DATE_KNOWN_MONTH)
        to->date.month = from->date.month;
    if (more & DATE_KNOWN_DAY)
        to->date.day = from->date.day;
    to->known |= more;
}

/* `Monday` + `to` + `Friday`; the earlier one is its beginning. */
static bool merge_range(struct str between, const struct date_find *a,
                        const struct date_find *b, struct date_find *out) {
    struct date_find begin = *a, end = *b;
    int64_t first, last;

    if (a->range || b->range || !only_word(between, DATE_WORD_TO, false))
        return false;
    if (!only_weekday(a) && !only_weekday(b)) {
        complete(&begin, b);
        complete(&end, a);
    }
    first = civil_days(begin.date);
    last = civil_days(end.date);
    *out = begin;
    if (first > last) {
        if (only_weekday(&begin) && first - 7 < last)
            out->date = civil_from_days(first - 7);
        else if (!only_weekday(&end) || last + 7 <= first)
            *out = end;
    }
    out->range = true;
    out->beside = 0;
    out->broken = !civil_valid(begin.date) || !civil_valid(end.date);
    return true;
}

/* Figures alone, with a blank or a point, may be a number of anything. */
static bool only_figures(struct str text) {
    bool blank = false, point = false;

    for (size_t i = 0; i < text.len; i++) {
        bool *once = text.p[i] == ' ' ? &blank : &point;

        if (ascii_digit((unsigned char)text.p[i]))
            continue;
        if ((text.p[i] != ' ' && text.p[i] != '.') || *once)
            return false;
        *once = true;
    }
    return true;
}

size_t date_find_all(struct civil_date today, struct str text,
                     struct civil_date *out, size_t max) {
    static merger *const mergers[] = {
        merge_units,
        merge_weekday,
        merge_time,
        merge_range,
    };
    struct finds f = {.today = today, .text = text};
    size_t n = 0;

    read_all(&f);
    sort_finds(&f);
    drop_overlaps(&f);
    for (size_t i = 0; i < ARRAY_LEN(mergers); i++)
        merge_all(&f, mergers[i]);
    for (size_t i = 0; i < f.list.len && n < max; i++) {
        struct date_find *find = &f.list.items[i];

        if (!find->broken && civil_valid(find->date) &&
            !only_figures(str_slice(text, find->begin, find->end)))
            out[n++] = find->date;
    }
    vec_release(&f.list);
    return n;
}
