#include "value/print.h"

#include "value/date.h"
#include "value/duration.h"
#include "value/number.h"

const struct value_style value_style_default = {
    .null_text = STR_INIT("\\-"),
    .date_format = STR_INIT("MMMM dd, yyyy"),
    .datetime_format = STR_INIT("h:mm a - MMMM dd, yyyy"),
};

/* `nested`: inside a list or object, where lists show their brackets. */
static void print_at(struct buf *out, const struct value *v,
                     const struct value_style *style, int depth, bool nested);

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

static void print_list(struct buf *out, const struct value *v,
                       const struct value_style *style, int depth,
                       bool nested) {
    if (nested)
        buf_add_ch(out, '[');
    for (size_t i = 0; i < v->as.list.len; i++) {
        if (i > 0)
            buf_add_lit(out, ", ");
        print_at(out, v->as.list.items[i], style, depth + 1, true);
    }
    if (nested)
        buf_add_ch(out, ']');
}

static void print_object(struct buf *out, const struct value *v,
                         const struct value_style *style, int depth) {
    buf_add_lit(out, "{ ");
    for (size_t i = 0; i < v->as.object.len; i++) {
        const struct value_member *m = &v->as.object.members[i];

        if (i > 0)
            buf_add_lit(out, ", ");
        buf_add_str(out, m->key);
        buf_add_lit(out, ": ");
        print_at(out, m->value, style, depth + 1, true);
    }
    buf_add_lit(out, " }");
}

static void print_record(struct buf *out, const struct value *v,
                         const struct value_style *style, int depth) {
    struct arena members;

    arena_init(&members);
    print_object(out, value_object(v, &members), style, depth);
    arena_release(&members);
}

static void print_external(struct buf *out, const struct value_external *e) {
    buf_add_ch(out, '[');
    buf_add_str(out, e->display);
    buf_add_lit(out, "](");
    buf_add_str(out, e->url);
    buf_add_ch(out, ')');
}

static void print_at(struct buf *out, const struct value *v,
                     const struct value_style *style, int depth, bool nested) {
    if (depth > VALUE_MAX_DEPTH) {
        buf_add_lit(out, "…");
        return;
    }
    switch (v->kind) {
    case VALUE_NULL:
        buf_add_str(out, style->null_text);
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
        print_date(out, v->as.date, style);
        break;
    case VALUE_DURATION:
        duration_add(out, v->as.duration);
        break;
    case VALUE_LINK:
        value_print_link(out, v->as.link);
        break;
    case VALUE_LIST:
        print_list(out, v, style, depth, nested);
        break;
    case VALUE_OBJECT:
        print_object(out, v, style, depth);
        break;
    case VALUE_RECORD:
        print_record(out, v, style, depth);
        break;
    case VALUE_FUNCTION:
        buf_add_lit(out, "<function>");
        break;
    case VALUE_PAIR:
        print_at(out, v->as.pair.key, style, depth + 1, false);
        buf_add_lit(out, ": ");
        print_at(out, v->as.pair.value, style, depth + 1, false);
        break;
    case VALUE_EXTERNAL:
        print_external(out, v->as.external);
        break;
    }
}

void value_print(struct buf *out, const struct value *v,
                 const struct value_style *style) {
    print_at(out, v, style, 0, false);
}
