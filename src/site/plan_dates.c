#include "base/unicode.h"
#include "link/dates.h"
#include "site/planner.h"

#define SUMMARY_MAX 300 /* code points */
#define SUMMARY_BYTES ((size_t)4 * SUMMARY_MAX)

/* In the build's year a date is short (theme/design.md §3). */
static struct plan_day day_of(struct planner *pl, struct civil_date date) {
    int32_t year = pl->plan->linked->vault->settings->today.year;
    struct plan_day day;

    buf_reset(&pl->text);
    strings_add_date(&pl->text, &pl->plan->theme->strings, date,
                     date.year == year);
    day.text = arena_str(pl->arena, buf_str(&pl->text));
    buf_reset(&pl->text);
    civil_add_date(&pl->text, date);
    day.iso = arena_str(pl->arena, buf_str(&pl->text));
    return day;
}

static void write_dates(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    struct plan_dates *dates =
        arena_array(pl->arena, struct plan_dates, l->vault->nfiles);

    for (size_t i = 0; i < l->vault->nfiles; i++) {
        const struct note_dates *d = &l->dates[i];
        if (d->has_created)
            dates[i].date = day_of(pl, d->created);
        if (d->has_updated)
            dates[i].changed = day_of(pl, d->updated);
    }
    pl->plan->dates = dates;
}

static int by_day(struct civil_date a, struct civil_date b) {
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    return a.month != b.month ? a.month - b.month : a.day - b.day;
}

/* Whether `a` stands before `b`: changed later, then written later. */
static bool is_newer(const struct note_dates *a, const struct note_dates *b) {
    int order = by_day(note_changed(a), note_changed(b));

    if (order == 0 && a->has_created && b->has_created)
        order = by_day(a->created, b->created);
    else if (order == 0)
        order = a->has_created - b->has_created;
    return order > 0;
}

/* Kept sorted, PLAN_SHORT long, so that each note costs no more than that; of
 * equals the first in vault order stays first. */
static void find_recent(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    uint32_t *recent = pl->plan->recent, n = 0;

    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        const struct note_dates *d = &l->dates[i];
        uint32_t at;
        if (l->vault->files[i].is_template ||
            (!d->has_created && !d->has_updated))
            continue;
        at = n < PLAN_SHORT ? n++ : PLAN_SHORT;
        for (; at > 0 && is_newer(d, &l->dates[recent[at - 1]]); at--)
            if (at < PLAN_SHORT)
                recent[at] = recent[at - 1];
        if (at < PLAN_SHORT)
            recent[at] = i;
    }
    pl->plan->nrecent = n;
}

void planner_dates(struct planner *pl) {
    const struct settings *s = pl->plan->linked->vault->settings;

    write_dates(pl);
    find_recent(pl);
    pl->plan->has_feed = s->base_url.len > 0 && pl->plan->nrecent > 0;
    /* The build's own day is always whole: it is read long after. */
    buf_reset(&pl->text);
    strings_add_date(&pl->text, &pl->plan->theme->strings, s->today, false);
    pl->plan->built.text = arena_str(pl->arena, buf_str(&pl->text));
    buf_reset(&pl->text);
    civil_add_date(&pl->text, s->today);
    pl->plan->built.iso = arena_str(pl->arena, buf_str(&pl->text));
}

/* The beginning of the note's own words: paragraphs, no code and no headings. */
static void add_opening(struct buf *out, const struct note *n) {
    for (uint32_t i = 0; i < n->ntext_blocks && out->len <= SUMMARY_BYTES;
         i++) {
        const struct text_block *b = &n->text_blocks[i];
        struct str text = str_trim(str_slice(n->text, b->begin, b->end));
        if (b->kind != TEXT_PARAGRAPH || text.len == 0)
            continue;
        if (out->len > 0)
            buf_add_ch(out, ' ');
        buf_add_str(out, str_slice(text, 0, utf8_floor(text, SUMMARY_BYTES)));
    }
    for (size_t i = 0; i < out->len; i++)
        if (ascii_space((unsigned char)out->p[i]))
            out->p[i] = ' ';
}

/* At most SUMMARY_MAX code points, cut between words. */
static struct str cut(struct str s) {
    size_t at = 0, blank = 0, n = 0;
    uint32_t code;

    for (; at < s.len && n < SUMMARY_MAX - 1; n++) {
        if (s.p[at] == ' ')
            blank = at;
        at += utf8_decode(s, at, &code);
    }
    if (utf8_count(str_skip(s, at)) <= 1)
        return s;
    return str_slice(s, 0, blank > 0 ? blank : at);
}

static struct str summary_of(struct arena *a, const struct note *n) {
    struct buf text = {0};
    struct str whole, kept;

    buf_add_str(&text, n->front.description);
    if (text.len == 0)
        add_opening(&text, n);
    whole = buf_str(&text);
    kept = cut(whole);
    text.len = kept.len;
    if (kept.len < whole.len)
        buf_add_lit(&text, "…");
    kept = arena_str(a, buf_str(&text));
    buf_release(&text);
    return kept;
}

const struct plan_feed_row *plan_feed(struct arena *a, const struct plan *p,
                                      size_t *n) {
    struct plan_feed_row *rows =
        arena_array(a, struct plan_feed_row, PLAN_FEED);

    *n = 0;
    for (uint32_t i = 0; p->has_feed && i < p->nrecent && i < PLAN_FEED; i++) {
        uint32_t file = p->recent[i];
        const struct note *note = p->linked->notes[file];
        rows[(*n)++] = (struct plan_feed_row){.href = p->hrefs[file],
                                              .title = note->title,
                                              .summary = summary_of(a, note),
                                              .dates = &p->linked->dates[file]};
    }
    return rows;
}
