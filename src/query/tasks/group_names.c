#include "query/tasks/group.h"

static struct names one(struct tasks_query *q, struct str name) {
    struct str *list = arena_array(q->scratch, struct str, 1);

    list[0] = name;
    return (struct names){list, 1};
}

static struct str kept(struct tasks_query *q, struct buf *text) {
    struct str s = arena_str(q->scratch, buf_str(text));

    buf_release(text);
    return s;
}

static struct names from_buf(struct tasks_query *q, struct buf *text) {
    return one(q, kept(q, text));
}

static struct names day_names(struct tasks_query *q, const struct task *t,
                              unsigned date) {
    task_day d = date == DATE_HAPPENS ? task_happens(t) : t->dates[date];
    struct buf text = {0};

    if (d == TASK_DAY_NONE) {
        buf_printf(&text, "No %.*s date", STR_ARG(date_name(date)));
    } else if (d == TASK_DAY_INVALID) {
        buf_printf(&text, "%%%%0%%%% Invalid %.*s date",
                   STR_ARG(date_name(date)));
    } else {
        civil_add_date(&text, civil_from_days(d));
        buf_printf(&text, " %s", day_name(d));
    }
    return from_buf(q, &text);
}

/* Names are Markdown. */
static struct names escaped(struct tasks_query *q, struct str s) {
    struct buf text = {0};

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '\\' || s.p[i] == '_')
            buf_add_ch(&text, '\\');
        buf_add_ch(&text, s.p[i]);
    }
    return from_buf(q, &text);
}

static struct str without_extension(struct str name) {
    return str_ends(name, STR(".md")) ? str_slice(name, 0, name.len - 3) : name;
}

/* Its first `.md`, wherever that stands. */
static struct names path_names(struct tasks_query *q, struct str path) {
    size_t at = str_find_str(path, STR(".md"), 0);
    struct buf text = {0};

    buf_add_str(&text, str_slice(path, 0, at));
    if (at != STR_NONE)
        buf_add_str(&text, str_skip(path, at + 3));
    return escaped(q, kept(q, &text));
}

static struct names link_names(struct tasks_query *q, const struct task *t,
                               bool heading) {
    struct str name = without_extension(str_basename(task_path(q->tasks, t)));
    struct str below = heading ? task_heading(q->tasks, t) : STR("");
    struct buf text = {0};

    buf_printf(&text, "[[%.*s", STR_ARG(name));
    if (below.len > 0)
        buf_printf(&text, "#%.*s|%.*s > %.*s", STR_ARG(below), STR_ARG(name),
                   STR_ARG(below));
    buf_add_lit(&text, "]]");
    return from_buf(q, &text);
}

/* A comment: what the name is put in order by, and nobody sees. */
static void add_rank(struct buf *text, unsigned rank) {
    buf_add_lit(text, "%%");
    buf_add_u64(text, rank);
    buf_add_lit(text, "%%");
}

static struct names type_names(struct tasks_query *q, enum status_type type) {
    static const unsigned order[STATUS_TYPES] = {
        [STATUS_IN_PROGRESS] = 1, [STATUS_TODO] = 2,      [STATUS_ON_HOLD] = 3,
        [STATUS_DONE] = 4,        [STATUS_CANCELLED] = 5, [STATUS_NON_TASK] = 6,
        [STATUS_EMPTY] = 7,
    };
    struct buf text = {0};

    add_rank(&text, order[type]);
    buf_add_str(&text, status_type_names[type]);
    return from_buf(q, &text);
}

static struct names priority_names(struct tasks_query *q, unsigned priority) {
    struct buf text = {0};

    add_rank(&text, priority);
    buf_add_str(&text, task_priorities[priority].name);
    buf_add_lit(&text, " priority");
    return from_buf(q, &text);
}

static struct str or_else(struct str s, struct str other) {
    return s.len > 0 ? s : other;
}

struct names names_of(struct tasks_query *q, const struct grouper *g,
                      const struct task *t) {
    struct str path = task_path(q->tasks, t);
    struct buf text = {0};

    switch (g->key) {
    case GROUP_STATUS_NAME:
        return one(q, t->status->name);
    case GROUP_STATUS_TYPE:
        return type_names(q, t->status->type);
    case GROUP_STATUS:
        return one(q, t->is_done ? STR("Done") : STR("Todo"));
    case GROUP_RECURRING:
        return one(q, t->recurrence.len > 0 ? STR("Recurring")
                                            : STR("Not Recurring"));
    case GROUP_PRIORITY:
        return priority_names(q, t->priority);
    case GROUP_HAPPENS:
        return day_names(q, t, DATE_HAPPENS);
    case GROUP_CANCELLED:
        return day_names(q, t, TASK_DATE_CANCELLED);
    case GROUP_CREATED:
        return day_names(q, t, TASK_DATE_CREATED);
    case GROUP_START:
        return day_names(q, t, TASK_DATE_START);
    case GROUP_SCHEDULED:
        return day_names(q, t, TASK_DATE_SCHEDULED);
    case GROUP_DUE:
        return day_names(q, t, TASK_DATE_DUE);
    case GROUP_DONE:
        return day_names(q, t, TASK_DATE_DONE);
    case GROUP_PATH:
        return path_names(q, path);
    case GROUP_FOLDER:
        return escaped(q, path_folder(path));
    case GROUP_ROOT:
        return escaped(q, path_root(path));
    case GROUP_BACKLINK:
        return link_names(q, t, true);
    case GROUP_TAGS:
        return t->ntags > 0 ? (struct names){t->tags, t->ntags}
                            : one(q, STR("(No tags)"));
    case GROUP_HEADING:
        return one(q, or_else(task_heading(q->tasks, t), STR("(No heading)")));
    case GROUP_FILENAME:
        return link_names(q, t, false);
    case GROUP_URGENCY:
        buf_printf(&text, "%.2f", t->urgency);
        return from_buf(q, &text);
    case GROUP_RECURRENCE:
        return one(q, or_else(t->recurrence, STR("None")));
    case GROUP_ID:
        return one(q, t->id);
    case GROUP_FUNCTION: /* for all tasks at once: group.c */
    case GROUP_KEYS:
        break;
    }
    return one(q, STR(""));
}
