#include <assert.h>

#include "html/escape.h"
#include "note/hidden.h"
#include "site/tasks_pen.h"

/* One task of a result (spec/tasks.md §11.1 to §11.4, §11.6). */

/* `task-…` and, of dates and the priority, `data-task-…`. */
static const struct str names[TASK_FIELDS] = {
    [TASK_FIELD_ID] = STR_INIT("id"),
    [TASK_FIELD_DEPENDS_ON] = STR_INIT("dependsOn"),
    [TASK_FIELD_PRIORITY] = STR_INIT("priority"),
    [TASK_FIELD_RECURRENCE] = STR_INIT("recurring"),
    [TASK_FIELD_ON_COMPLETION] = STR_INIT("onCompletion"),
    [TASK_FIELD_CREATED] = STR_INIT("created"),
    [TASK_FIELD_START] = STR_INIT("start"),
    [TASK_FIELD_SCHEDULED] = STR_INIT("scheduled"),
    [TASK_FIELD_DUE] = STR_INIT("due"),
    [TASK_FIELD_CANCELLED] = STR_INIT("cancelled"),
    [TASK_FIELD_DONE] = STR_INIT("done"),
};

static const enum string_name priority_titles[TASK_PRIORITIES] = {
    [TASK_PRIORITY_HIGHEST] = STRING_PRIORITY_HIGHEST,
    [TASK_PRIORITY_HIGH] = STRING_PRIORITY_HIGH,
    [TASK_PRIORITY_MEDIUM] = STRING_PRIORITY_MEDIUM,
    [TASK_PRIORITY_LOW] = STRING_PRIORITY_LOW,
    [TASK_PRIORITY_LOWEST] = STRING_PRIORITY_LOWEST,
};

static_assert((int)TASK_FIELD_DONE - (int)TASK_FIELD_CREATED ==
                  (int)TASK_DATE_DONE,
              "dates are in the order of their fields");
static_assert((int)STRING_FIELD_DONE - (int)STRING_FIELD_ID ==
                  (int)TASK_FIELD_DONE,
              "titles are in the order of the fields");

static struct buf *out_of(struct tasks_pen *p) {
    return p->pen.out;
}

static struct str title_text(const struct tasks_pen *p, enum string_name name) {
    return p->pen.fill->plan->theme->strings.texts[name];
}

static const struct note *note_of(const struct tasks_pen *p,
                                  const struct task *t) {
    return p->pen.fill->plan->linked->notes[t->file];
}

/* --- attributes --- */

/* ` data-task-due="past-3d"`: snippets colour by it. */
static void add_date_attr(struct tasks_pen *p, enum task_field field,
                          task_day day) {
    int64_t distance = (int64_t)day - p->answer->tasks->today;
    int64_t days = distance < 0 ? -distance : distance;

    if (!task_day_present(day) || !task_day_valid(day))
        return;
    buf_add_lit(out_of(p), " data-task-");
    buf_add_str(out_of(p), names[field]);
    buf_add_lit(out_of(p), "=\"");
    if (days == 0)
        buf_add_lit(out_of(p), "today");
    else
        buf_add_str(out_of(p), distance < 0 ? STR("past-") : STR("future-"));
    if (days > 7)
        buf_add_lit(out_of(p), "far");
    else if (days > 0)
        buf_printf(out_of(p), "%dd", (int)days);
    buf_add_ch(out_of(p), '"');
}

static void add_priority_attr(struct tasks_pen *p, const struct task *t) {
    buf_add_lit(out_of(p), " data-task-priority=\"");
    for (size_t i = 0; i < task_priorities[t->priority].name.len; i++)
        buf_add_ch(out_of(p),
                   ascii_lower(task_priorities[t->priority].name.p[i]));
    buf_add_ch(out_of(p), '"');
}

static void open_item(struct tasks_pen *p, const struct task *t, bool card) {
    bool is_space = str_eq(t->status->symbol, STR(" "));

    buf_add_lit(out_of(p), "<li class=\"");
    if (card)
        buf_add_lit(out_of(p), "tasks-columns-column-card ");
    buf_add_lit(out_of(p), "task-list-item plugin-tasks-list-item");
    if (!is_space)
        buf_add_lit(out_of(p), " is-checked");
    buf_add_ch(out_of(p), '"');
    html_add_attr(out_of(p), STR("data-task"),
                  is_space ? STR("") : t->status->symbol);
    add_priority_attr(p, t);
    for (unsigned i = 0; i < TASK_DATES; i++)
        if (i != TASK_DATE_SCHEDULED || !t->scheduled_inferred)
            add_date_attr(p, (enum task_field)(TASK_FIELD_CREATED + i),
                          t->dates[i]);
    html_add_attr(out_of(p), STR("data-task-status-name"), t->status->name);
    html_add_attr(out_of(p), STR("data-task-status-type"),
                  status_type_names[t->status->type]);
    buf_add_ch(out_of(p), '>');
}

/* --- the description --- */

/* What follows the description on the task's line, as it is written; false where
 * something of it stands elsewhere, as a tag among the fields. */
static bool find_tail(const struct task *t, struct str *tail) {
    size_t box = str_find(t->original, ']');
    struct str body =
        str_trim(str_skip(t->original, box == STR_NONE ? 0 : box + 1));

    if (!str_starts(body, t->description))
        return false;
    body = str_skip(body, t->description.len);
    if (str_ends(body, t->block_link))
        body.len -= t->block_link.len;
    *tail = str_rtrim(body);
    return true;
}

/* The piece of the note that is the description: where the fields stand as they
 * are written at the end of the item's text, they are cut off. */
static bool find_piece(struct tasks_pen *p, const struct note *n,
                       const struct task *t, const struct pen_item *in,
                       struct range *piece) {
    struct str tail, html;
    uint32_t from;

    if (in->nranges != 1 || in->has_block || n->items[t->item].nlines != 1 ||
        !find_tail(t, &tail))
        return false;
    buf_reset(&p->pen.text);
    html_escape(&p->pen.text, tail);
    *piece = in->ranges[0];
    from = piece->fixup_end > piece->fixup_begin
               ? n->fixups[piece->fixup_end - 1].at
               : piece->begin;
    html = str_slice(n->html, from, piece->end);
    if (!str_ends(html, buf_str(&p->pen.text)))
        return false;
    html.len -= p->pen.text.len;
    piece->end = from + (uint32_t)str_rtrim(html).len;
    /* Of `- [ ] 1. x` the text is a list of its own (spec/markdown.md §7). */
    return piece->end > piece->begin;
}

static void add_description(struct tasks_pen *p, const struct task *t,
                            const struct fill_place *place,
                            const struct pen_item *in) {
    const struct tasks_settings *settings = p->answer->tasks->settings;
    bool cut = settings->remove_filter && settings->global_filter.len > 0;
    struct str text =
        cut ? task_description(p->pen.fill->scratch, p->answer->tasks, t)
            : t->description;
    struct range piece;

    text = note_line_shown(place->note, t->item, text);
    if (text.len == 0)
        return;
    buf_add_lit(out_of(p), "<span class=\"task-description\"><span>");
    if (!cut && find_piece(p, place->note, t, in, &piece))
        fill_range(p->pen.fill, place, piece, out_of(p));
    else
        fill_text(p->pen.fill, place->note, text, out_of(p));
    buf_add_lit(out_of(p), "</span></span>");
}

/* --- the other fields --- */

/* What follows the symbol, in p->pen.text; false: the task has none. */
static bool print_field(struct tasks_pen *p, const struct task *t,
                        enum task_field field) {
    struct buf *text = &p->pen.text;

    buf_reset(text);
    if (field == TASK_FIELD_PRIORITY)
        buf_add_str(text, task_priorities[t->priority].symbol);
    else
        task_add_field(text, t, field);
    return text->len > 0;
}

static bool is_overdue(const struct tasks_pen *p, const struct task *t) {
    task_day due = t->dates[TASK_DATE_DUE];

    return !t->is_done && task_day_valid(due) && due < p->answer->tasks->today;
}

static struct str field_title(const struct tasks_pen *p, const struct task *t,
                              enum task_field field) {
    if (field == TASK_FIELD_PRIORITY)
        return title_text(p, priority_titles[t->priority]);
    if (field == TASK_FIELD_DUE && is_overdue(p, t))
        return title_text(p, STRING_OVERDUE);
    return title_text(p, (enum string_name)(STRING_FIELD_ID + field));
}

static void add_field(struct tasks_pen *p, const struct task *t,
                      enum task_field field) {
    bool dated = field >= TASK_FIELD_CREATED;
    struct str title;

    if (p->answer->layout.hidden_fields[field] || !print_field(p, t, field))
        return;
    title = field_title(p, t, field);
    buf_add_lit(out_of(p), "<span class=\"task-");
    buf_add_str(out_of(p), names[field]);
    if (field == TASK_FIELD_DUE && is_overdue(p, t))
        buf_add_lit(out_of(p), " is-overdue");
    buf_add_ch(out_of(p), '"');
    if (dated)
        add_date_attr(p, field, t->dates[field - TASK_FIELD_CREATED]);
    else if (field == TASK_FIELD_PRIORITY)
        add_priority_attr(p, t);
    html_add_attr(out_of(p), STR("title"), title);
    buf_add_lit(out_of(p), "><span");
    if (field == TASK_FIELD_PRIORITY) { /* all it shows is a sign */
        buf_add_lit(out_of(p), " role=\"img\"");
        html_add_attr(out_of(p), STR("aria-label"), title);
    }
    buf_add_ch(out_of(p), '>');
    if (task_fields[field].symbol.len > 0) {
        buf_add_ch(out_of(p), ' ');
        buf_add_str(out_of(p), task_fields[field].symbol);
    }
    if (!p->answer->layout.short_mode || field == TASK_FIELD_PRIORITY) {
        buf_add_ch(out_of(p), ' ');
        html_escape(out_of(p), buf_str(&p->pen.text));
    }
    buf_add_lit(out_of(p), "</span></span>");
}

static void add_text(struct tasks_pen *p, const struct task *t,
                     const struct fill_place *place,
                     const struct pen_item *in) {
    buf_add_lit(out_of(p), "<span class=\"tasks-list-text\">");
    add_description(p, t, place, in);
    for (unsigned i = 0; i < TASK_FIELDS; i++)
        add_field(p, t, (enum task_field)i);
    if (t->block_link.len > 0 && !p->answer->layout.short_mode) {
        buf_add_lit(out_of(p), "<span class=\"task-block-link\"><span>");
        html_escape(out_of(p), t->block_link);
        buf_add_lit(out_of(p), "</span></span>");
    }
    buf_add_lit(out_of(p), "</span>");
}

/* --- urgency and place --- */

static void add_urgency(struct tasks_pen *p, const struct task *t) {
    struct buf *text = &p->pen.text;

    buf_reset(text);
    buf_printf(text, "%.3f", t->urgency);
    while (text->p[text->len - 1] == '0')
        text->len--;
    if (text->p[text->len - 1] == '.')
        text->len--;
    buf_add_lit(out_of(p), "<span class=\"tasks-urgency\">");
    buf_add_str(out_of(p), buf_str(text));
    buf_add_lit(out_of(p), "</span>");
}

static void add_extras(struct tasks_pen *p, const struct task *t, bool nested) {
    const bool *hidden = p->answer->layout.hidden;
    bool urgency = !hidden[LAYOUT_URGENCY];
    bool backlink = !hidden[LAYOUT_BACKLINKS] &&
                    !(nested && hidden[LAYOUT_NESTED_BACKLINKS]);

    if (!urgency && !backlink)
        return;
    buf_add_lit(out_of(p), "<span class=\"task-extras\">");
    if (urgency)
        add_urgency(p, t);
    if (backlink)
        pen_backlink(&p->pen, (struct answer_item){t->file, t->item},
                     p->answer->layout.short_mode);
    buf_add_lit(out_of(p), "</span>");
}

/* --- what stands below --- */

static void add_task(struct tasks_pen *p, const struct task *t, uint32_t root,
                     bool nested);

static void add_plain_item(struct tasks_pen *p, const struct note *n,
                           uint32_t index) {
    const struct item *item = &n->items[index];
    struct fill_place place = fill_answer_place(p->pen.fill, n);
    struct pen_item in = pen_item_of(&p->pen, n, item);

    p->pen.at++;
    buf_add_lit(out_of(p), "<li");
    if (item->status.len > 0) {
        buf_add_lit(out_of(p), " class=\"task-list-item\"");
        html_add_attr(out_of(p), STR("data-task"), item->status);
    }
    buf_add_ch(out_of(p), '>');
    if (item->status.len > 0)
        pen_item_box(&p->pen, &place, &in, STR("task-list-item-checkbox"));
    pen_item_text(&p->pen, &place, &in);
}

static void add_below(struct tasks_pen *p, uint32_t file, uint32_t item,
                      uint32_t root) {
    const struct tasks *tasks = p->answer->tasks;
    const struct task_file *f = &tasks->files[file];
    bool some = false;

    for (uint32_t i = f->first_child[item]; i != NOTE_NONE; i = f->next[i]) {
        uint32_t task = f->task[i];
        if ((task != TASK_NONE && p->tree.root[task] != root) ||
            pen_skips(&p->pen, tasks_tree_count(&p->tree, file, i, root)))
            continue;
        if (!some)
            buf_add_str(out_of(p), p->list);
        some = true;
        if (task != TASK_NONE) {
            add_task(p, &tasks->items[task], root, true);
        } else {
            add_plain_item(p, p->pen.fill->plan->linked->notes[file], i);
            add_below(p, file, i, root);
        }
        buf_add_lit(out_of(p), "</li>");
    }
    if (some)
        buf_add_lit(out_of(p), "</ul>");
}

static void add_task(struct tasks_pen *p, const struct task *t, uint32_t root,
                     bool nested) {
    const struct note *n = note_of(p, t);
    struct fill_place place = fill_answer_place(p->pen.fill, n);
    struct pen_item in = pen_item_of(&p->pen, n, &n->items[t->item]);

    p->pen.at++;
    open_item(p, t, !nested && p->answer->layout.view == TASKS_COLUMNS);
    pen_item_box(&p->pen, &place, &in, STR("task-list-item-checkbox"));
    add_text(p, t, &place, &in);
    add_extras(p, t, nested);
    if (root > 0)
        add_below(p, t->file, t->item, root);
}

void tasks_pen_item(struct tasks_pen *p, uint32_t task, uint32_t root) {
    add_task(p, &p->answer->tasks->items[task], root, false);
    buf_add_lit(out_of(p), "</li>\n");
}
