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

void task_add_field(struct buf *out, const struct task *task,
                    enum task_field field) {
    static const struct str completions[] = {
        [TASK_COMPLETION_NONE] = {0},
        [TASK_KEEP] = STR_INIT("keep"),
        [TASK_DELETE] = STR_INIT("delete"),
    };

    switch (field) {
    case TASK_FIELD_ID:
        buf_add_str(out, task->id);
        break;
    case TASK_FIELD_DEPENDS_ON:
        for (uint32_t i = 0; i < task->ndepends_on; i++) {
            buf_add_str(out, i > 0 ? STR(",") : STR(""));
            buf_add_str(out, task->depends_on[i]);
        }
        break;
    case TASK_FIELD_PRIORITY:
        if (task->priority != TASK_PRIORITY_NONE)
            buf_add_str(out, task_priorities[task->priority].word);
        break;
    case TASK_FIELD_RECURRENCE:
        buf_add_str(out, task->recurrence);
        break;
    case TASK_FIELD_ON_COMPLETION:
        buf_add_str(out, completions[task->on_completion]);
        break;
    case TASK_FIELD_SCHEDULED:
        if (!task->scheduled_inferred)
            task_day_add(out, task->dates[TASK_DATE_SCHEDULED]);
        break;
    case TASK_FIELD_CREATED:
    case TASK_FIELD_START:
    case TASK_FIELD_DUE:
    case TASK_FIELD_CANCELLED:
    case TASK_FIELD_DONE:
        task_day_add(out, task->dates[field - TASK_FIELD_CREATED]);
        break;
    case TASK_FIELDS:
        break;
    }
}

/* ` SYMBOL VALUE` or `  [KEY:: VALUE]`. */
static void add_written(struct buf *out, enum tasks_format format,
                        enum task_field field, struct str value) {
    const struct task_field_row *row = &task_fields[field];

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

void task_add_text(struct buf *out, const struct task *task,
                   enum tasks_format format) {
    struct buf value = {0};

    buf_add_str(out, task->description);
    for (unsigned i = 0; i < TASK_FIELDS; i++) {
        buf_reset(&value);
        if (i == TASK_FIELD_PRIORITY && format != TASKS_DATAVIEW)
            buf_add_str(&value, task_priorities[task->priority].symbol);
        else
            task_add_field(&value, task, (enum task_field)i);
        if (value.len > 0)
            add_written(out, format, (enum task_field)i, buf_str(&value));
    }
    buf_add_str(out, task->block_link);
    buf_release(&value);
}
