#include <math.h>

#include "base/json.h"
#include "query/answer.h"
#include "query/tasks/answer.h"
#include "value/date.h"
#include "value/number.h"

/* The normal form of conformance/README.md, "Dataview results". */

/* Lists, objects and children within each other. */
#define MAX_DEPTH VALUE_MAX_DEPTH

struct writer {
    struct buf *out;
    struct arena scratch; /* members of records */
};

static void add_value(struct writer *w, const struct value *v, int depth);

static void add_number(struct buf *out, double n) {
    if (isfinite(n)) {
        number_add(out, n);
        return;
    }
    buf_add_lit(out, "{\"$num\":\"");
    number_add(out, n);
    buf_add_lit(out, "\"}");
}

static void add_date(struct buf *out, struct date d) {
    buf_add_lit(out, "{\"$date\":\"");
    date_add_iso(out, d);
    buf_add_lit(out, "\"}");
}

static void add_duration(struct buf *out, const struct duration *d) {
    static const struct str names[DURATION_UNITS] = {
        STR_INIT("years"),   STR_INIT("months"),       STR_INIT("weeks"),
        STR_INIT("days"),    STR_INIT("hours"),        STR_INIT("minutes"),
        STR_INIT("seconds"), STR_INIT("milliseconds"),
    };
    bool first = true;

    buf_add_lit(out, "{\"$dur\":{");
    for (int i = 0; i < DURATION_UNITS; i++) {
        if (d->count[i] == 0)
            continue;
        if (!first)
            buf_add_ch(out, ',');
        first = false;
        json_add_key(out, names[i]);
        add_number(out, d->count[i]);
    }
    buf_add_lit(out, "}}");
}

static void add_link(struct buf *out, const struct value_link *l) {
    static const struct str kinds[] = {
        [VALUE_LINK_FILE] = STR_INIT("file"),
        [VALUE_LINK_HEADER] = STR_INIT("header"),
        [VALUE_LINK_BLOCK] = STR_INIT("block"),
    };

    buf_add_lit(out, "{\"$link\":{\"path\":");
    json_add_text(out, l->path);
    buf_add_lit(out, ",\"type\":");
    json_add_text(out, kinds[l->kind]);
    if (l->has_subpath) {
        buf_add_lit(out, ",\"subpath\":");
        json_add_text(out, l->subpath);
    }
    if (l->has_display) {
        buf_add_lit(out, ",\"display\":");
        json_add_text(out, l->display);
    }
    if (l->embed)
        buf_add_lit(out, ",\"embed\":true");
    buf_add_lit(out, "}}");
}

static void add_list(struct writer *w, const struct value *v, int depth) {
    buf_add_ch(w->out, '[');
    for (size_t i = 0; i < v->as.list.len; i++) {
        if (i > 0)
            buf_add_ch(w->out, ',');
        add_value(w, v->as.list.items[i], depth + 1);
    }
    buf_add_ch(w->out, ']');
}

static void add_object(struct writer *w, const struct value *v, int depth) {
    buf_add_ch(w->out, '{');
    for (size_t i = 0; i < v->as.object.len; i++) {
        const struct value_member *m = &v->as.object.members[i];

        if (i > 0)
            buf_add_ch(w->out, ',');
        json_add_key(w->out, m->key);
        add_value(w, m->value, depth + 1);
    }
    buf_add_ch(w->out, '}');
}

/* --- items --- */

/* Members of an item, in the order in which they are written. */
static const struct member_row {
    const char *name;
    bool if_present; /* left out where it is null */
    enum { ANY, OF_TASK, OF_ROOT } whose;
} members[] = {
    {"path", false, ANY},          {"line", false, ANY},
    {"text", false, ANY},          {"task", false, ANY},
    {"status", false, OF_TASK},    {"checked", false, OF_TASK},
    {"completed", false, OF_TASK}, {"fullyCompleted", false, OF_TASK},
    {"created", true, ANY},        {"due", true, ANY},
    {"completion", true, ANY},     {"start", true, ANY},
    {"scheduled", true, ANY},      {"visual", true, ANY},
    {"parent", true, ANY},         {"blockId", true, ANY},
    {"symbol", false, OF_ROOT},    {"lineCount", false, OF_ROOT},
    {"list", false, OF_ROOT},      {"annotated", false, OF_ROOT},
    {"tags", false, OF_ROOT},      {"link", false, OF_ROOT},
    {"section", false, OF_ROOT},   {"outlinks", false, OF_ROOT},
    {"children", false, ANY},
};

static void add_children(struct writer *w, const struct value *list, int depth);

/* `root`: it is in nobody's children. */
static void add_item(struct writer *w, const struct value *v, bool root,
                     int depth) {
    const struct value *task = value_member(v, STR("task"), &w->scratch);
    bool is_task = task != NULL && value_truthy(task), first = true;

    buf_add_lit(w->out, "{\"$item\":{");
    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        const struct member_row *row = &members[i];
        const struct value *m;

        if ((row->whose == OF_TASK && !is_task) ||
            (row->whose == OF_ROOT && !root))
            continue;
        m = value_member(v, str_from(row->name), &w->scratch);
        if (m == NULL)
            m = &value_null;
        if (row->if_present && m->kind == VALUE_NULL)
            continue;
        if (!first)
            buf_add_ch(w->out, ',');
        first = false;
        json_add_key(w->out, str_from(row->name));
        if (i + 1 == ARRAY_LEN(members))
            add_children(w, m, depth + 1);
        else
            add_value(w, m, depth + 1);
    }
    buf_add_lit(w->out, "}}");
}

static void add_children(struct writer *w, const struct value *list,
                         int depth) {
    size_t n =
        list->kind == VALUE_LIST && depth < MAX_DEPTH ? list->as.list.len : 0;

    buf_add_ch(w->out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_ch(w->out, ',');
        add_item(w, list->as.list.items[i], false, depth);
    }
    buf_add_ch(w->out, ']');
}

static void add_record(struct writer *w, const struct value *v, int depth) {
    struct answer_item place;

    if (answer_item(v, &place))
        add_item(w, v, true, depth);
    else
        add_object(w, value_object(v, &w->scratch), depth);
}

static void add_pair(struct writer *w, const struct value *v, int depth) {
    buf_add_lit(w->out, "{\"$pair\":[");
    add_value(w, v->as.pair.key, depth + 1);
    buf_add_ch(w->out, ',');
    add_value(w, v->as.pair.value, depth + 1);
    buf_add_lit(w->out, "]}");
}

static void add_external(struct buf *out, const struct value_external *x) {
    buf_add_lit(out, "{\"$elink\":{\"url\":");
    json_add_text(out, x->url);
    buf_add_lit(out, ",\"display\":");
    json_add_text(out, x->display);
    buf_add_lit(out, "}}");
}

static void add_value(struct writer *w, const struct value *v, int depth) {
    if (depth > MAX_DEPTH) {
        buf_add_lit(w->out, "null");
        return;
    }
    switch (v->kind) {
    case VALUE_NULL:
        buf_add_lit(w->out, "null");
        break;
    case VALUE_BOOL:
        buf_add_str(w->out, v->as.boolean ? STR("true") : STR("false"));
        break;
    case VALUE_NUMBER:
        add_number(w->out, v->as.number);
        break;
    case VALUE_TEXT:
        json_add_text(w->out, v->as.text);
        break;
    case VALUE_DATE:
        add_date(w->out, v->as.date);
        break;
    case VALUE_DURATION:
        add_duration(w->out, v->as.duration);
        break;
    case VALUE_LINK:
        add_link(w->out, v->as.link);
        break;
    case VALUE_LIST:
        add_list(w, v, depth);
        break;
    case VALUE_OBJECT:
        add_object(w, v, depth);
        break;
    case VALUE_RECORD:
        add_record(w, v, depth);
        break;
    case VALUE_FUNCTION:
        buf_add_lit(w->out, "{\"$fn\":true}");
        break;
    case VALUE_PAIR:
        add_pair(w, v, depth);
        break;
    case VALUE_EXTERNAL:
        add_external(w->out, v->as.external);
        break;
    }
}

/* --- answers --- */

static void add_error(struct buf *out, const struct answer *a) {
    buf_add_lit(out, "{\"error\":true,\"stage\":");
    json_add_text(out, a->stage == STAGE_PARSE ? STR("parse") : STR("eval"));
    buf_add_lit(out, ",\"message\":");
    json_add_text(out, a->message);
    if (a->line > 0)
        buf_printf(out, ",\"line\":%u,\"column\":%u", a->line, a->column);
    buf_add_ch(out, '}');
}

static void add_headers(struct buf *out, const struct answer *a) {
    buf_add_lit(out, ",\"headers\":[");
    for (size_t i = 0; i < a->ncolumns; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        json_add_text(out, a->headers[i]);
    }
    buf_add_ch(out, ']');
}

/* A group of tasks: its key and its rows, which may be groups again. */
static void add_group(struct writer *w, const struct value *v, int depth) {
    const struct value *key = value_member(v, STR("key"), &w->scratch);
    const struct value *rows = value_member(v, STR("rows"), &w->scratch);

    if (v->kind != VALUE_OBJECT || key == NULL || rows == NULL ||
        rows->kind != VALUE_LIST || depth > MAX_DEPTH) {
        add_value(w, v, depth);
        return;
    }
    buf_add_lit(w->out, "{\"key\":");
    add_value(w, key, depth + 1);
    buf_add_lit(w->out, ",\"rows\":[");
    for (size_t i = 0; i < rows->as.list.len; i++) {
        if (i > 0)
            buf_add_ch(w->out, ',');
        add_group(w, rows->as.list.items[i], depth + 1);
    }
    buf_add_lit(w->out, "]}");
}

/* The cells of one row: a value, a list of them, or a day. */
static void add_row(struct writer *w, const struct answer *a, size_t row) {
    if (a->kind == ANSWER_CALENDAR) {
        buf_add_lit(w->out, "{\"date\":");
        add_value(w, answer_cell(a, row, 0), 0);
        buf_add_lit(w->out, ",\"link\":");
        add_value(w, answer_cell(a, row, 1), 0);
        buf_add_ch(w->out, '}');
        return;
    }
    if (a->kind == ANSWER_TASK && a->groups) {
        add_group(w, answer_cell(a, row, 0), 0);
        return;
    }
    if (a->kind == ANSWER_TABLE)
        buf_add_ch(w->out, '[');
    for (size_t i = 0; i < a->ncolumns; i++) {
        if (i > 0)
            buf_add_ch(w->out, ',');
        add_value(w, answer_cell(a, row, i), 0);
    }
    if (a->kind == ANSWER_TABLE)
        buf_add_ch(w->out, ']');
}

static void add_notes(struct buf *out, const struct answer *a) {
    if (a->ndropped == 0)
        return;
    buf_printf(out, ",\"dropped\":%zu,\"dropReason\":", a->ndropped);
    json_add_text(out, a->drop_reason);
}

static void add_rows(struct writer *w, const struct answer *a) {
    static const struct str types[] = {
        [ANSWER_TABLE] = STR_INIT("table"),
        [ANSWER_LIST] = STR_INIT("list"),
        [ANSWER_TASK] = STR_INIT("task"),
        [ANSWER_CALENDAR] = STR_INIT("calendar"),
    };

    buf_add_lit(w->out, "{\"type\":");
    json_add_text(w->out, types[a->kind]);
    if (a->kind == ANSWER_TABLE)
        add_headers(w->out, a);
    buf_add_lit(w->out, ",\"values\":[");
    for (size_t i = 0; i < a->nrows; i++) {
        if (i > 0)
            buf_add_ch(w->out, ',');
        add_row(w, a, i);
        arena_reset(&w->scratch);
    }
    buf_add_ch(w->out, ']');
    if (a->grouped && (a->kind == ANSWER_TABLE || a->kind == ANSWER_LIST)) {
        buf_add_lit(w->out, ",\"group\":");
        json_add_text(w->out, a->group);
    }
    add_notes(w->out, a);
    buf_add_ch(w->out, '}');
}

static void add_single(struct writer *w, const struct answer *a) {
    const struct value *v = answer_cell(a, 0, 0);

    buf_add_lit(w->out, "{\"type\":\"value\",\"value\":");
    add_value(w, v, 0);
    buf_add_lit(w->out, ",\"valueType\":");
    json_add_text(w->out, value_type_name(v->kind));
    buf_add_lit(w->out, ",\"string\":");
    json_add_text(w->out, a->text);
    buf_add_ch(w->out, '}');
}

void answer_add_json(struct buf *out, const struct answer *a) {
    struct writer w = {.out = out};

    if (a->tasks != NULL) {
        tasks_answer_add_json(out, a->tasks);
        return;
    }
    arena_init(&w.scratch);
    if (a->kind == ANSWER_ERROR)
        add_error(out, a);
    else if (a->kind == ANSWER_VALUE)
        add_single(&w, a);
    else
        add_rows(&w, a);
    arena_release(&w.scratch);
}

void answer_add_value(struct buf *out, const struct value *v) {
    struct writer w = {.out = out};

    arena_init(&w.scratch);
    add_value(&w, v, 0);
    arena_release(&w.scratch);
}
