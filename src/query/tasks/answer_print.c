#include "base/plain.h"
#include "query/tasks/answer.h"

/* A group's name as a page shows it, without what only sorts (§11.5). */
static void add_name(struct buf *out, struct str name) {
    size_t end, begin;

    while ((begin = str_find_str(name, STR("%%"), 0)) != STR_NONE &&
           (end = str_find_str(name, STR("%%"), begin + 2)) != STR_NONE) {
        buf_add_str(out, str_slice(name, 0, begin));
        name = str_skip(name, end + 2);
    }
    buf_add_str(out, name);
}

/* --- for people --- */

static void add_headings(struct buf *out, const struct task_group *g) {
    struct buf name = {0};

    for (uint32_t i = 0; i < g->nheadings; i++) {
        for (uint32_t n = 0; n <= g->headings[i].level; n++)
            buf_add_ch(out, '#');
        buf_add_ch(out, ' ');
        buf_reset(&name);
        add_name(&name, g->headings[i].name);
        plain_add_line(out, str_trim(buf_str(&name)));
        buf_add_ch(out, '\n');
    }
    buf_release(&name);
}

static void add_task(struct buf *out, const struct tasks *t,
                     const struct task *task) {
    struct buf text = {0};

    buf_printf(&text, "- [%.*s] ", STR_ARG(task->status->symbol));
    task_add_text(&text, task, t->settings->format);
    buf_printf(&text, "  (%.*s:%u)", STR_ARG(task_disk_path(t, task)),
               task->line);
    plain_add_line(out, buf_str(&text));
    buf_add_ch(out, '\n');
    buf_release(&text);
}

void tasks_answer_add_text(struct buf *out, const struct tasks_answer *a) {
    if (a->explains) {
        plain_add_lines(out, a->explanation);
        buf_add_ch(out, '\n');
    }
    if (a->failed) {
        plain_add_lines(out, a->error.message);
        return;
    }
    for (uint32_t i = 0; i < a->ngroups; i++) {
        const struct task_group *g = &a->groups[i];

        add_headings(out, g);
        for (uint32_t k = 0; k < g->ntasks; k++)
            add_task(out, a->tasks, &a->tasks->items[g->tasks[k]]);
    }
    tasks_add_count(out, a->nshown, a->ntotal);
    buf_add_ch(out, '\n');
}

/* --- CSV --- */

/* A row being written; `cell` is the next one's text. */
struct row {
    struct buf *out;
    struct buf cell;
    bool begun;
};

/* Ends the cell; the next one is empty. */
static void next_cell(struct row *r) {
    if (r->begun)
        buf_add_ch(r->out, ',');
    r->begun = true;
    plain_add_csv(r->out, buf_str(&r->cell));
    buf_reset(&r->cell);
}

static void add_cell(struct row *r, struct str text) {
    buf_add_str(&r->cell, text);
    next_cell(r);
}

static void end_row(struct row *r) {
    buf_add_lit(r->out, "\r\n");
    r->begun = false;
}

/* Named as the lines of queries name them. */
static void add_columns(struct row *r, const struct tasks_answer *a) {
    for (uint32_t i = 0; i < a->nkeys; i++) {
        buf_add_lit(&r->cell, "group by ");
        add_cell(r, a->keys[i]);
    }
    add_cell(r, STR("status"));
    add_cell(r, STR("status.name"));
    add_cell(r, STR("description"));
    for (size_t i = 0; i < TASK_FIELDS; i++)
        add_cell(r, task_fields[i].words);
    add_cell(r, STR("urgency"));
    add_cell(r, STR("path"));
    add_cell(r, STR("line"));
    add_cell(r, STR("heading"));
    end_row(r);
}

static void add_field(struct buf *out, const struct task *t,
                      enum task_field field) {
    if (field == TASK_FIELD_PRIORITY) {
        if (t->priority != TASK_PRIORITY_NONE)
            buf_add_str(out, task_priorities[t->priority].word);
        return;
    }
    task_add_field(out, t, field);
}

static void add_row(struct row *r, const struct tasks *t,
                    const struct task *task) {
    add_cell(r, task->status->symbol);
    add_cell(r, task->status->name);
    add_cell(r, task->description);
    for (unsigned i = 0; i < TASK_FIELDS; i++) {
        add_field(&r->cell, task, (enum task_field)i);
        next_cell(r);
    }
    buf_printf(&r->cell, "%.3f", task->urgency);
    next_cell(r);
    add_cell(r, task_disk_path(t, task));
    buf_printf(&r->cell, "%u", task->line);
    next_cell(r);
    add_cell(r, task_heading(t, task));
    end_row(r);
}

void tasks_answer_add_csv(struct buf *out, const struct tasks_answer *a) {
    struct row r = {.out = out};

    if (a->failed)
        return;
    add_columns(&r, a);
    for (uint32_t i = 0; i < a->ngroups; i++) {
        const struct task_group *g = &a->groups[i];

        for (uint32_t k = 0; k < g->ntasks; k++) {
            for (uint32_t n = 0; n < a->nkeys; n++) {
                add_name(&r.cell, g->names[n]);
                next_cell(&r);
            }
            add_row(&r, a->tasks, &a->tasks->items[g->tasks[k]]);
        }
    }
    buf_release(&r.cell);
}
