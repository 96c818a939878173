#include "base/json.h"
#include "query/tasks/answer.h"

/* The normal form of conformance/README.md, "Tasks results". */

const struct layout_part_row layout_parts[LAYOUT_PARTS] = {
#define LAYOUT_PART(id, words, key, hidden, meaning)                           \
    {STR_INIT(words), STR_INIT(key), hidden, STR_INIT(meaning)},
#include "query/tasks/layout_parts.def"
#undef LAYOUT_PART
};

struct tasks_layout tasks_layout_default(void) {
    struct tasks_layout l = {.view = TASKS_LIST};

    for (size_t i = 0; i < LAYOUT_PARTS; i++)
        l.hidden[i] = layout_parts[i].hidden;
    return l;
}

void tasks_add_count(struct buf *out, uint32_t shown, uint32_t total) {
    if (shown != total)
        buf_printf(out, "%u of ", shown);
    buf_printf(out, "%u %s", total, total == 1 ? "task" : "tasks");
}

static void add_error(struct buf *out, const struct tasks_error *e) {
    buf_add_lit(out, "{\"error\":true,");
    if (e->instruction.len > 0) {
        json_add_key(out, STR("line"));
        json_add_text(out, e->instruction);
        buf_add_ch(out, ',');
    }
    if (e->line > 0)
        buf_printf(out, "\"at\":%u,", e->line);
    json_add_key(out, STR("message"));
    json_add_text(out, e->message);
}

static void add_count(struct buf *out, uint32_t shown, uint32_t total) {
    buf_add_ch(out, '"');
    tasks_add_count(out, shown, total);
    buf_add_ch(out, '"');
}

static void add_headings(struct buf *out, const struct task_group *g) {
    for (uint32_t i = 0; i < g->nheadings; i++) {
        const struct task_heading *h = &g->headings[i];

        buf_printf(out, i > 0 ? ",[%u," : "[%u,", h->level);
        json_add_text(out, h->name);
        buf_add_ch(out, ',');
        json_add_text(out, h->key);
        buf_add_ch(out, ']');
    }
}

static void add_task(struct buf *out, const struct tasks *t, uint32_t index) {
    const struct task *task = &t->items[index];
    struct buf place = {0};

    buf_add_str(&place, task_disk_path(t, task));
    buf_printf(&place, ":%u", task->line);
    json_add_text(out, buf_str(&place));
    buf_release(&place);
}

static void add_group(struct buf *out, const struct tasks *t,
                      const struct task_group *g) {
    buf_add_lit(out, "{\"headings\":[");
    add_headings(out, g);
    buf_add_lit(out, "],\"count\":");
    add_count(out, g->ntasks, g->total);
    buf_add_lit(out, ",\"tasks\":[");
    for (uint32_t i = 0; i < g->ntasks; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        add_task(out, t, g->tasks[i]);
    }
    buf_add_lit(out, "]}");
}

/* `"key":true` or false, with a comma before all but the first. */
static void add_flag(struct buf *out, struct str key, bool value) {
    if (out->p[out->len - 1] != '{')
        buf_add_ch(out, ',');
    json_add_key(out, key);
    buf_add_str(out, value ? STR("true") : STR("false"));
}

static void add_hidden_fields(struct buf *out, const struct tasks_layout *l) {
    bool any = false;

    for (size_t i = 0; i < TASK_FIELDS; i++) {
        if (!l->hidden_fields[i])
            continue;
        if (!any && out->p[out->len - 1] != '{')
            buf_add_ch(out, ',');
        buf_add_str(out, any ? STR(",") : STR("\"hidden\":["));
        any = true;
        json_add_text(out, task_fields[i].component);
    }
    if (any)
        buf_add_ch(out, ']');
}

/* Only what differs from the default; nothing where nothing does. */
static void add_layout(struct buf *out, const struct tasks_answer *a) {
    const struct tasks_layout *l = &a->layout;
    struct buf members = {0};

    buf_add_ch(&members, '{');
    for (size_t i = 0; i < LAYOUT_PARTS; i++)
        if (l->hidden[i] != layout_parts[i].hidden)
            add_flag(&members, layout_parts[i].key, l->hidden[i]);
    if (l->short_mode)
        add_flag(&members, STR("shortMode"), true);
    if (a->explains)
        add_flag(&members, STR("explainQuery"), true);
    add_hidden_fields(&members, l);
    if (l->view == TASKS_COLUMNS)
        buf_add_str(&members, members.len > 1 ? STR(",\"view\":\"columns\"")
                                              : STR("\"view\":\"columns\""));
    if (members.len > 1) {
        buf_add_lit(out, ",\"layout\":");
        buf_add_str(out, buf_str(&members));
        buf_add_ch(out, '}');
    }
    buf_release(&members);
}

void tasks_answer_add_json(struct buf *out, const struct tasks_answer *a) {
    if (a->failed) {
        add_error(out, &a->error);
    } else {
        buf_add_lit(out, "{\"type\":\"tasks\",\"countText\":");
        add_count(out, a->nshown, a->ntotal);
        buf_add_lit(out, ",\"groups\":[");
        for (uint32_t i = 0; i < a->ngroups; i++) {
            if (i > 0)
                buf_add_ch(out, ',');
            add_group(out, a->tasks, &a->groups[i]);
        }
        buf_add_ch(out, ']');
        add_layout(out, a);
    }
    if (a->explains) {
        buf_add_lit(out, ",\"explanation\":");
        json_add_text(out, a->explanation);
    }
    buf_add_ch(out, '}');
}
