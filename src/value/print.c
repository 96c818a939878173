#include "value/print.h"

#include <math.h>

#include "base/json.h"
#include "value/date.h"
#include "value/duration.h"
#include "value/number.h"

const struct value_style value_style_default = {
    .null_text = STR_INIT("\\-"),
    .date_format = STR_INIT("MMMM dd, yyyy"),
    .datetime_format = STR_INIT("h:mm a - MMMM dd, yyyy"),
};

struct printing {
    struct buf *out;
    const struct value_style *style;
    size_t most; /* bytes of *out from which on nothing more is begun */
};

/* `nested`: inside a list or object, where lists show their brackets. */
static void print_at(const struct printing *p, const struct value *v, int depth,
                     bool nested);

static bool is_full(const struct printing *p) {
    return p->out->len > p->most;
}

void value_print_link_text(struct buf *out, const struct value_link *l) {
    struct str title = str_basename(l->path);

    if (l->has_display) {
        buf_add_str(out, l->display);
        return;
    }
    if (str_ends(title, STR(".md")))
        title.len -= 3;
    buf_add_str(out, title);
    if (l->kind != VALUE_LINK_FILE) {
        buf_add_lit(out, " > ");
        buf_add_str(out, l->subpath);
    }
}

void value_print_link(struct buf *out, const struct value_link *l) {
    if (l->embed)
        buf_add_ch(out, '!');
    buf_add_lit(out, "[[");
    for (size_t i = 0; i < l->path.len; i++) {
        if (l->path.p[i] == '|')
            buf_add_ch(out, '\\');
        buf_add_ch(out, l->path.p[i]);
    }
    if (l->kind == VALUE_LINK_HEADER)
        buf_add_ch(out, '#');
    else if (l->kind == VALUE_LINK_BLOCK)
        buf_add_lit(out, "#^");
    if (l->kind != VALUE_LINK_FILE)
        buf_add_str(out, l->subpath);
    buf_add_ch(out, '|');
    value_print_link_text(out, l);
    buf_add_lit(out, "]]");
}

/* Milliseconds do not count in the test: §3. */
static void print_date(struct buf *out, struct date d,
                       const struct value_style *style) {
    struct date_parts p = date_parts(d);
    bool midnight = p.hour == 0 && p.minute == 0 && p.second == 0;

    date_format(out, d, midnight ? style->date_format : style->datetime_format);
}

static void print_list(const struct printing *p, const struct value *v,
                       int depth, bool nested) {
    if (nested)
        buf_add_ch(p->out, '[');
    for (size_t i = 0; i < v->as.list.len && !is_full(p); i++) {
        if (i > 0)
            buf_add_lit(p->out, ", ");
        print_at(p, v->as.list.items[i], depth + 1, true);
    }
    if (nested)
        buf_add_ch(p->out, ']');
}

static void print_object(const struct printing *p, const struct value *v,
                         int depth) {
    buf_add_lit(p->out, "{ ");
    for (size_t i = 0; i < v->as.object.len && !is_full(p); i++) {
        const struct value_member *m = &v->as.object.members[i];

        if (i > 0)
            buf_add_lit(p->out, ", ");
        buf_add_str(p->out, m->key);
        buf_add_lit(p->out, ": ");
        print_at(p, m->value, depth + 1, true);
    }
    buf_add_lit(p->out, " }");
}

static void print_record(const struct printing *p, const struct value *v,
                         int depth) {
    struct arena members;

    arena_init(&members);
    print_object(p, value_object(v, &members), depth);
    arena_release(&members);
}

static void print_external(struct buf *out, const struct value_external *e) {
    buf_add_ch(out, '[');
    buf_add_str(out, e->display);
    buf_add_lit(out, "](");
    buf_add_str(out, e->url);
    buf_add_ch(out, ')');
}

static void print_at(const struct printing *p, const struct value *v, int depth,
                     bool nested) {
    struct buf *out = p->out;

    if (is_full(p))
        return;
    if (depth > VALUE_MAX_DEPTH) {
        buf_add_lit(out, "…");
        return;
    }
    switch (v->kind) {
    case VALUE_NULL:
        buf_add_str(out, p->style->null_text);
        break;
    case VALUE_BOOL:
        buf_add_str(out, v->as.boolean ? STR("true") : STR("false"));
        break;
    case VALUE_NUMBER:
        number_add(out, v->as.number);
        break;
    case VALUE_TEXT:
        buf_add_str(out, v->as.text);
        break;
    case VALUE_DATE:
        print_date(out, v->as.date, p->style);
        break;
    case VALUE_DURATION:
        duration_add(out, v->as.duration);
        break;
    case VALUE_LINK:
        value_print_link(out, v->as.link);
        break;
    case VALUE_LIST:
        print_list(p, v, depth, nested);
        break;
    case VALUE_OBJECT:
        print_object(p, v, depth);
        break;
    case VALUE_RECORD:
        print_record(p, v, depth);
        break;
    case VALUE_FUNCTION:
        buf_add_lit(out, "<function>");
        break;
    case VALUE_PAIR:
        print_at(p, v->as.pair.key, depth + 1, false);
        buf_add_lit(out, ": ");
        print_at(p, v->as.pair.value, depth + 1, false);
        break;
    case VALUE_EXTERNAL:
        print_external(out, v->as.external);
        break;
    }
}

void value_print(struct buf *out, const struct value *v,
                 const struct value_style *style) {
    struct printing p = {out, style, SIZE_MAX};

    print_at(&p, v, 0, false);
}

bool value_print_within(struct buf *out, const struct value *v,
                        const struct value_style *style, size_t most) {
    size_t room = SIZE_MAX - out->len;
    struct printing p = {out, style, out->len + (most < room ? most : room)};

    print_at(&p, v, 0, false);
    return !is_full(&p);
}

void value_add_json(struct buf *out, const struct value *v) {
    switch (v->kind) {
    case VALUE_BOOL:
        buf_add_str(out, v->as.boolean ? STR("true") : STR("false"));
        return;
    case VALUE_NUMBER:
        if (!isfinite(v->as.number))
            break;
        number_add(out, v->as.number);
        return;
    case VALUE_TEXT:
        json_add_text(out, v->as.text);
        return;
    case VALUE_LIST:
        buf_add_ch(out, '[');
        for (size_t i = 0; i < v->as.list.len; i++) {
            if (i > 0)
                buf_add_ch(out, ',');
            value_add_json(out, v->as.list.items[i]);
        }
        buf_add_ch(out, ']');
        return;
    case VALUE_OBJECT:
        buf_add_ch(out, '{');
        for (size_t i = 0; i < v->as.object.len; i++) {
            if (i > 0)
                buf_add_ch(out, ',');
            json_add_key(out, v->as.object.members[i].key);
            value_add_json(out, v->as.object.members[i].value);
        }
        buf_add_ch(out, '}');
        return;
    default:
        break;
    }
    buf_add_lit(out, "null");
}
