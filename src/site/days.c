#include "site/draw.h"

/* Daily notes (decisions.md 28): the months of a folder, the ways from day to day. */

uint32_t draw_month_of(const struct plan *p, uint32_t file) {
    struct civil_date date;

    if (!task_day_valid(p->daily[file].day))
        return PLAN_NONE;
    date = civil_from_days(p->daily[file].day);
    return 12 * (uint32_t)date.year + date.month - 1u;
}

void draw_month_name(struct draw *d, struct template_value *group,
                     uint32_t month) {
    if (month == PLAN_NONE) {
        group[SLOT_GROUP_ID] = template_text(STR("_notes"));
        group[SLOT_GROUP_TITLE] =
            template_text(draw_string(d, STRING_OTHER_NOTES));
        return;
    }
    buf_reset(d->text);
    buf_printf(d->text, "_%04u-%02u", month / 12, month % 12 + 1);
    group[SLOT_GROUP_ID] = template_text(draw_keep(d));
    buf_reset(d->text);
    strings_add_month(d->text, &d->plan->theme->strings,
                      (struct civil_date){.year = (int32_t)(month / 12),
                                          .month = (uint8_t)(month % 12 + 1),
                                          .day = 1});
    group[SLOT_GROUP_TITLE] = template_text(draw_keep(d));
}

/* The newer, the higher; 0 of a note without a day. */
static uint32_t rank_of(const struct plan *p, uint32_t file) {
    uint32_t month = draw_month_of(p, file);

    return month == PLAN_NONE ? 0 : month + 1;
}

/* How many rows have that rank or a higher one; the newest stand first. */
static uint32_t rows_up_to(const struct plan *p, const struct plan_folder *f,
                           uint32_t rank) {
    uint32_t begin = 0, end = f->nnotes;

    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (rank_of(p, f->by_day[middle]) >= rank)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

uint32_t draw_month_count(const struct plan *p, const struct plan_folder *f,
                          uint32_t row) {
    uint32_t rank = rank_of(p, f->by_day[row]);

    return rows_up_to(p, f, rank) - rows_up_to(p, f, rank + 1);
}

static void draw_day_beside(struct draw *d, uint32_t file,
                            enum slot_page slot) {
    struct template_value *frame;

    if (file == PLAN_NONE)
        return;
    frame = draw_frames(d, 1, SLOTS_ENTRY);
    draw_entry(d, frame, file);
    d->values[slot] = template_record(frame);
    d->values[SLOT_IS_DAY] = template_flag(true);
}

void draw_days_beside(struct draw *d, uint32_t file) {
    const struct plan_daily *daily = &d->plan->daily[file];

    if (!task_day_valid(daily->day))
        return;
    draw_day_beside(d, daily->earlier, SLOT_EARLIER);
    draw_day_beside(d, daily->later, SLOT_LATER);
}
