#include "site/wiki.h"

void draw_dates(struct draw *d, const struct note *n) {
    const struct note_dates *told = &d->plan->linked->dates[n->index];
    const struct plan_dates *dates = &d->plan->dates[n->index];
    struct template_value *v = d->values;

    /* Nothing is told twice: not what stands among the properties, not one day
     * as two. */
    if (!told->created_told) {
        v[SLOT_DATE] = template_text(dates->date.text);
        v[SLOT_DATE_ISO] = template_text(dates->date.iso);
    }
    if (!told->updated_told && !str_eq(dates->date.iso, dates->changed.iso)) {
        v[SLOT_UPDATED] = template_text(dates->changed.text);
        v[SLOT_UPDATED_ISO] = template_text(dates->changed.iso);
    }
}

void draw_built(struct draw *d) {
    d->values[SLOT_BUILT] = template_text(d->plan->built.text);
    d->values[SLOT_BUILT_ISO] = template_text(d->plan->built.iso);
}

/* A title that begins with the day that stands beside it (theme/design.md §3). */
static struct str without_day(struct str title) {
    struct str rest = {0};
    struct civil_date day;

    name_leading_date(title, &day, &rest);
    return rest.len > 0 ? rest : title;
}

struct str draw_title_beside(const struct note *n, const struct plan_day *day) {
    if (day->iso.len > 0 && str_starts(n->title, day->iso))
        return without_day(n->title);
    return n->title;
}

static void put_day(struct draw *d, struct template_value *frame, uint32_t file,
                    const struct plan_day *day) {
    frame[SLOT_ENTRY_TITLE] =
        template_text(draw_title_beside(d->plan->linked->notes[file], day));
    frame[SLOT_ENTRY_DATE] = template_text(day->text);
    frame[SLOT_ENTRY_DATE_ISO] = template_text(day->iso);
}

/* The day on which it was, which is not that of its note. */
static void put_event_day(struct draw *d, struct template_value *frame,
                          const struct event *v) {
    struct civil_date date;

    frame[SLOT_ENTRY_TITLE] = template_text(v->listed);
    if (!task_day_valid(v->date))
        return;
    date = civil_from_days(v->date);
    buf_reset(d->text);
    strings_add_date(d->text, &d->plan->theme->strings, date,
                     date.year == d->plan->linked->vault->settings->today.year);
    frame[SLOT_ENTRY_DATE] = template_text(draw_keep(d));
    buf_reset(d->text);
    civil_add_date(d->text, date);
    frame[SLOT_ENTRY_DATE_ISO] = template_text(draw_keep(d));
}

void draw_entry_date(struct draw *d, struct template_value *frame,
                     uint32_t file) {
    const struct plan_dates *dates = &d->plan->dates[file];
    uint32_t event = plan_event_of(d->plan, file);

    if (event != PLAN_NONE) {
        put_event_day(d, frame, &d->plan->entities->events[event]);
        return;
    }
    put_day(d, frame, file,
            dates->date.iso.len > 0 ? &dates->date : &dates->changed);
}

void draw_dates_column(struct template_value *group,
                       const struct template_value *entries, uint32_t n) {
    bool some = false;

    for (uint32_t i = 0; i < n; i++)
        some |= entries[i * SLOTS_ENTRY + SLOT_ENTRY_DATE].len > 0;
    group[SLOT_GROUP_HAS_DATES] = template_flag(some);
}

void draw_recent(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t n = p->nrecent < PLAN_RECENT ? p->nrecent : PLAN_RECENT;
    struct template_value *group, *entries;

    if (n == 0)
        return;
    group = draw_frames(d, 1, SLOTS_GROUP);
    entries = draw_frames(d, n, SLOTS_ENTRY);
    for (uint32_t i = 0; i < n; i++) {
        const struct plan_dates *dates = &p->dates[p->recent[i]];
        struct template_value *frame = entries + i * SLOTS_ENTRY;
        draw_entry(d, frame, p->recent[i]);
        put_day(d, frame, p->recent[i],
                dates->changed.iso.len > 0 ? &dates->changed : &dates->date);
    }
    group[SLOT_GROUP_ID] = template_text(STR("_recent"));
    group[SLOT_GROUP_TITLE] = template_text(draw_string(d, STRING_RECENT));
    group[SLOT_GROUP_ENTRIES] = template_list(entries, n);
    draw_dates_column(group, entries, n);
    d->values[SLOT_RECENT] = template_record(group);
}
