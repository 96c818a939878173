#include "query/tasks/task.h"

#include "base/utf16.h"

struct str task_heading(const struct tasks *t, const struct task *task) {
    struct str heading;

    if (task->heading == NOTE_NONE)
        return (struct str){0};
    heading = t->linked->notes[task->file]->headings[task->heading].raw;
    return heading.len > 0 ? heading : STR("");
}

task_day task_happens(const struct task *task) {
    static const enum task_date dates[] = {TASK_DATE_START, TASK_DATE_SCHEDULED,
                                           TASK_DATE_DUE};
    task_day first = TASK_DAY_NONE;

    for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
        task_day day = task->dates[dates[i]];
        if (task_day_valid(day) && (!task_day_valid(first) || day < first))
            first = day;
    }
    return first;
}

struct str task_description(struct arena *a, const struct tasks *t,
                            const struct task *task) {
    struct str filter = t->settings->global_filter, text = task->description;
    size_t at = filter.len > 0 ? str_find_str(text, filter, 0) : STR_NONE;
    struct buf left = {0};

    if (at == STR_NONE)
        return text;
    buf_add_str(&left, str_slice(text, 0, at));
    buf_add_str(&left, str_skip(text, at + filter.len));
    text = arena_str(a, utf16_trim(buf_str(&left)));
    buf_release(&left);
    return text;
}

void task_day_add(struct buf *out, task_day d) {
    if (d == TASK_DAY_INVALID)
        buf_add_lit(out, "Invalid date");
    else if (d != TASK_DAY_NONE)
        civil_add_date(out, civil_from_days(d));
}

/* ` SYMBOL VALUE` or `  [KEY:: VALUE]`; nothing for an empty value. */
static void add_field(struct buf *out, enum tasks_format format,
                      enum task_field field, struct str value) {
    const struct task_field_row *row = &task_fields[field];

    if (value.len == 0)
        return;
    if (format == TASKS_DATAVIEW)
        buf_printf(out, "  [%.*s:: ", STR_ARG(row->key));
    else if (row->symbol.len > 0)
        buf_printf(out, " %.*s ", STR_ARG(row->symbol));
    else
        buf_add_ch(out, ' ');
    buf_add_str(out, value);
    if (format == TASKS_DATAVIEW)
        buf_add_ch(out, ']');
}

static void add_depends(struct buf *out, const struct task *task,
                        enum tasks_format format) {
    struct buf ids = {0};

    for (uint32_t i = 0; i < task->ndepends_on; i++) {
        if (i > 0)
            buf_add_ch(&ids, ',');
        buf_add_str(&ids, task->depends_on[i]);
    }
    add_field(out, format, TASK_FIELD_DEPENDS_ON, buf_str(&ids));
    buf_release(&ids);
}

void task_add_text(struct buf *out, const struct task *task,
                   enum tasks_format format) {
    static const struct str completions[] = {
        [TASK_COMPLETION_NONE] = {0},
        [TASK_KEEP] = STR_INIT("keep"),
        [TASK_DELETE] = STR_INIT("delete"),
    };
    const struct task_priority_row *priority = &task_priorities[task->priority];
    struct buf day = {0};

    buf_add_str(out, task->description);
    add_field(out, format, TASK_FIELD_ID, task->id);
    add_depends(out, task, format);
    if (task->priority != TASK_PRIORITY_NONE)
        add_field(out, format, TASK_FIELD_PRIORITY,
                  format == TASKS_DATAVIEW ? priority->word : priority->symbol);
    add_field(out, format, TASK_FIELD_RECURRENCE, task->recurrence);
    add_field(out, format, TASK_FIELD_ON_COMPLETION,
              completions[task->on_completion]);
    for (size_t i = 0; i < TASK_DATES; i++) {
        if (i == TASK_DATE_SCHEDULED && task->scheduled_inferred)
            continue;
        buf_reset(&day);
        task_day_add(&day, task->dates[i]);
        add_field(out, format, (enum task_field)(TASK_FIELD_CREATED + i),
                  buf_str(&day));
    }
    buf_add_str(out, task->block_link);
    buf_release(&day);
}
