#include "html/escape.h"
#include "site/pen.h"
#include "site/wiki.h"

/* One task as its row shows it (theme/design.md §4): its box, its words, then who
 * has it, how urgent it is and where it stands. */

struct row {
    const struct entity_task *of;
    const struct task *task;
    const struct note *note;
};

static bool has_address(struct str text) {
    return str_find_str(text, STR("://"), 0) != STR_NONE ||
           str_find_str(text, STR("www."), 0) != STR_NONE;
}

/* What is written is plain text where it reads the same as what is seen of it. */
static void add_description(struct wiki *w, const struct row *r) {
    struct str text = r->of->marked;

    buf_add_lit(w->out, "<div class=\"task-description\" dir=\"auto\">");
    if (str_eq(text, r->of->text) && !has_address(text))
        html_escape(w->out, text);
    else
        fill_text(w->fill, r->note, text, w->out);
}

static void add_priority(struct wiki *w, const struct row *r) {
    static const enum string_name names[TASK_PRIORITIES] = {
        [TASK_PRIORITY_HIGHEST] = STRING_LEVEL_HIGHEST,
        [TASK_PRIORITY_HIGH] = STRING_LEVEL_HIGH,
        [TASK_PRIORITY_MEDIUM] = STRING_LEVEL_MEDIUM,
        [TASK_PRIORITY_LOW] = STRING_LEVEL_LOW,
        [TASK_PRIORITY_LOWEST] = STRING_LEVEL_LOWEST,
    };

    if (r->task->priority == TASK_PRIORITY_NONE)
        return;
    buf_add_lit(w->out, " <span class=\"pri\" data-p=\"");
    buf_add_str(w->out, task_priorities[r->task->priority].word);
    buf_add_str(w->out, r->task->priority < TASK_PRIORITY_NONE ? STR("\">↑ ")
                                                               : STR("\">↓ "));
    wiki_text(w, names[r->task->priority]);
    buf_add_lit(w->out, "</span>");
}

static void add_assignees(struct wiki *w, const struct row *r, uint32_t under) {
    bool one = r->of->nassignees == 1 && r->of->assignees[0] != under;

    if (!one)
        buf_add_lit(w->out, "<span class=\"people\">");
    for (uint32_t i = 0; i < r->of->nassignees; i++)
        if (r->of->assignees[i] != under)
            wiki_who(w, r->of->assignees[i]);
    if (r->of->nassignees == 0 && r->of->by_owner && under != PLAN_GROUP_OWNER)
        wiki_text(w, STRING_OWNER);
    if (!one)
        buf_add_lit(w->out, "</span>");
}

static void add_when(struct wiki *w, const char *class, enum string_name word,
                     bool says, task_day day) {
    buf_add_lit(w->out, "<span class=\"");
    buf_add_str(w->out, str_from(class));
    buf_add_lit(w->out, "\">");
    if (says)
        wiki_text(w, word);
    if (says && task_day_valid(day))
        buf_add_str(w->out, word == STRING_OVERDUE ? STR(", ") : STR(" "));
    wiki_day(w, day);
    buf_add_lit(w->out, "</span>");
}

/* In a table the column says what day it is. */
static void add_day(struct wiki *w, const struct row *r, bool table) {
    task_day due = r->task->dates[TASK_DATE_DUE];

    if (r->of->state == STATE_DONE) {
        add_when(w, "task-done", STRING_DONE, !table,
                 r->task->dates[TASK_DATE_DONE]);
    } else if (task_day_valid(due)) {
        bool late = due < w->e->today && r->of->state != STATE_CANCELLED;
        add_when(w, late ? "task-due is-overdue" : "task-due",
                 late ? STRING_OVERDUE : STRING_DUE, !table, due);
    } else if (r->of->state == STATE_PROPOSED) {
        add_when(w, "is-proposed", STRING_PROPOSED, true, TASK_DAY_NONE);
    } else if (table) {
        buf_add_lit(w->out, "<span></span>");
    }
}

static void add_source(struct wiki *w, const struct row *r, bool table) {
    struct target to = pen_item_target(r->note, &r->note->items[r->task->item]);
    struct str title = wiki_title(w, r->task->file);

    if (!table && r->task->file == w->fill->page->note)
        return;
    buf_add_lit(w->out, "<a class=\"task-src\" href=\"");
    fill_href(w->fill, &to, STR(""), w->out);
    buf_add_ch(w->out, '"');
    html_add_attr(w->out, STR("title"), title);
    buf_add_lit(w->out, " dir=\"auto\">");
    html_escape(w->out, title);
    buf_add_lit(w->out, "</a>");
}

static void open_item(struct wiki *w, const struct row *r) {
    const struct item *item = &r->note->items[r->task->item];
    struct fill_place place = fill_answer_place(w->fill, r->note);
    struct pen pen = {.fill = w->fill, .origin = r->note, .out = w->out};
    struct pen_item in = pen_item_of(&pen, r->note, item);

    buf_add_lit(w->out, "<li class=\"task-list-item plugin-tasks-list-item");
    if (!str_eq(item->status, STR(" ")) && item->status.len > 0)
        buf_add_lit(w->out, " is-checked");
    buf_add_ch(w->out, '"');
    html_add_attr(w->out, STR("data-task"), item->status);
    buf_add_ch(w->out, '>');
    pen_item_box(&pen, &place, &in, STR("task-list-item-checkbox"));
}

static struct row row_of(const struct wiki *w, uint32_t task) {
    const struct entity_task *of = &w->e->tasks[task];
    const struct task *read = &w->e->tasks_read->items[of->task];

    return (struct row){of, read, w->plan->linked->notes[read->file]};
}

/* For the rows behind row `i`: kept.h says why. */
static void fetch_rows(const struct wiki *w, const uint32_t *tasks, uint32_t n,
                       uint32_t i) {
    if (i + KEPT_FAR + KEPT_NEAR < n)
        __builtin_prefetch(&w->e->tasks[tasks[i + KEPT_FAR + KEPT_NEAR]]);
    if (i + KEPT_FAR < n) {
        uint32_t task = w->e->tasks[tasks[i + KEPT_FAR]].task;
        const struct task *read = &w->e->tasks_read->items[task];
        __builtin_prefetch(read);
        __builtin_prefetch(&read->description);
    }
    if (i + KEPT_NEAR < n) {
        struct row r = row_of(w, tasks[i + KEPT_NEAR]);
        __builtin_prefetch(&r.note->items);
        __builtin_prefetch(r.task->description.p);
    }
    if (i + KEPT_NEXT < n) {
        struct row r = row_of(w, tasks[i + KEPT_NEXT]);
        __builtin_prefetch(&r.note->items[r.task->item]);
        __builtin_prefetch(w->plan->hrefs[r.task->file].p);
    }
}

static void add_row(struct wiki *w, uint32_t task, bool table, uint32_t under) {
    struct row r = row_of(w, task);

    open_item(w, &r);
    buf_add_lit(w->out, "<div class=\"task-body tasks-list-text\">");
    add_description(w, &r);
    if (table)
        add_priority(w, &r);
    buf_add_lit(w->out, "</div><div class=\"task-meta\">");
    if (table || r.of->nassignees > 0 || r.of->by_owner)
        add_assignees(w, &r, under);
    if (!table)
        add_priority(w, &r);
    add_day(w, &r, table);
    add_source(w, &r, table);
    buf_add_lit(w->out, "</div></div></li>\n");
}

void wiki_task_rows(struct wiki *w, const uint32_t *tasks, uint32_t n,
                    bool table, uint32_t under) {
    for (uint32_t i = 0; i < n; i++) {
        fetch_rows(w, tasks, n, i);
        add_row(w, tasks[i], table, under);
    }
}
