#include "query/answer_print.h"

#include "base/plain.h"
#include "base/unicode.h"
#include "query/tasks/answer.h"

#define WIDEST 60 /* code points of a column, unless it is the last */
#define MOST_PRINTED (1u << 20) /* bytes of an object */

struct printer {
    struct buf *out;
    const struct answer *a;
    const struct value_style *style;
    struct arena scratch;
};

/* --- cells as one line of text --- */

/* A link is what a reader would see of it. */
static void add_value(struct printer *p, struct buf *out,
                      const struct value *v) {
    struct buf text = {0};

    if (v->kind == VALUE_LINK) {
        value_print_link_text(&text, v->as.link);
    } else if (v->kind == VALUE_LIST) {
        for (size_t i = 0; i < v->as.list.len; i++) {
            if (i > 0)
                buf_add_lit(out, ", ");
            add_value(p, out, v->as.list.items[i]);
        }
    } else if (v->kind == VALUE_PAIR) {
        add_value(p, out, v->as.pair.key);
        buf_add_lit(out, ": ");
        add_value(p, out, v->as.pair.value);
    } else if (v->kind == VALUE_RECORD) {
        buf_add_str(&text, v->as.record->text);
    } else if (v->kind == VALUE_NULL) {
        buf_add_lit(&text, "-");
    } else {
        value_print_within(&text, v, p->style, MOST_PRINTED);
    }
    plain_add_line(out, buf_str(&text));
    buf_release(&text);
}

static struct str cell_text(struct printer *p, const struct value *v) {
    struct buf text = {0};
    struct str kept;

    add_value(p, &text, v);
    kept = arena_str(&p->scratch, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* --- tables --- */

static void add_padded(struct buf *out, struct str s, size_t width, bool last) {
    size_t n = utf8_count(s);

    buf_add_str(out, s);
    for (; !last && n < width; n++)
        buf_add_ch(out, ' ');
    buf_add_str(out, last ? STR("\n") : STR("  "));
}

static void add_columns(struct printer *p, const struct str *headers) {
    const struct answer *a = p->a;
    size_t n = a->nrows * a->ncolumns, columns = a->ncolumns;
    struct str *texts = arena_array(&p->scratch, struct str, n);
    size_t *width = arena_array(&p->scratch, size_t, columns);

    for (size_t c = 0; c < columns; c++)
        width[c] = utf8_count(headers[c]);
    for (size_t i = 0; i < n; i++) {
        size_t c = i % columns, len;
        texts[i] = cell_text(p, a->cells[i]);
        len = utf8_count(texts[i]);
        len = len < WIDEST ? len : WIDEST;
        width[c] = len > width[c] ? len : width[c];
    }
    for (size_t c = 0; c < columns; c++)
        add_padded(p->out, headers[c], width[c], c + 1 == columns);
    for (size_t i = 0; i < n; i++)
        add_padded(p->out, texts[i], width[i % columns],
                   (i + 1) % columns == 0);
}

/* --- tasks --- */

static void add_task(struct printer *p, const struct value *v, unsigned depth) {
    const struct value *status = value_member(v, STR("status"), &p->scratch);

    for (unsigned i = 0; i < depth; i++)
        buf_add_lit(p->out, "    ");
    buf_add_lit(p->out, "- ");
    if (status != NULL && status->kind == VALUE_TEXT) {
        buf_add_ch(p->out, '[');
        plain_add_line(p->out, status->as.text);
        buf_add_lit(p->out, "] ");
    }
    add_value(p, p->out, v);
    buf_add_ch(p->out, '\n');
}

static void add_group(struct printer *p, const struct value *v,
                      unsigned depth) {
    const struct value *rows = value_member(v, STR("rows"), &p->scratch);
    const struct value *key = value_member(v, STR("key"), &p->scratch);

    if (v->kind != VALUE_OBJECT || rows == NULL || key == NULL ||
        rows->kind != VALUE_LIST || depth > VALUE_MAX_DEPTH) {
        add_task(p, v, depth);
        return;
    }
    for (unsigned i = 0; i < depth; i++)
        buf_add_lit(p->out, "    ");
    add_value(p, p->out, key);
    buf_printf(p->out, " (%zu)\n", rows->as.list.len);
    for (size_t i = 0; i < rows->as.list.len; i++)
        add_group(p, rows->as.list.items[i], depth + 1);
}

/* --- errors --- */

static void add_error(struct printer *p, struct str query) {
    const struct answer *a = p->a;

    if (a->line > 0)
        buf_printf(p->out, "line %u, column %u: ", a->line, a->column);
    buf_add_str(p->out, a->message);
    buf_add_ch(p->out, '\n');
    answer_add_caret(p->out, a, query);
}

void answer_add_caret(struct buf *out, const struct answer *a,
                      struct str query) {
    struct str line = {0};
    uint32_t code;
    size_t at = 0;

    if (a->line == 0)
        return;
    for (uint32_t i = 0; i < a->line; i++)
        if (!str_next_line(&query, &line))
            line = STR("");
    plain_add_line(out, line);
    buf_add_ch(out, '\n');
    for (uint32_t i = 1; i < a->column && at < line.len; i++) {
        at += utf8_decode(line, at, &code);
        buf_add_ch(out, ' ');
    }
    buf_add_lit(out, "^\n");
}

/* --- answers --- */

static void add_rows(struct printer *p) {
    static const struct str calendar[] = {STR_INIT("Date"), STR_INIT("File")};
    const struct answer *a = p->a;

    if (a->kind == ANSWER_TABLE || a->kind == ANSWER_CALENDAR) {
        add_columns(p, a->kind == ANSWER_TABLE ? a->headers : calendar);
        return;
    }
    for (size_t i = 0; i < a->nrows; i++) {
        const struct value *v = answer_cell(a, i, 0);
        if (a->kind == ANSWER_TASK) {
            add_group(p, v, 0);
            continue;
        }
        if (a->kind == ANSWER_LIST)
            buf_add_lit(p->out, "- ");
        add_value(p, p->out, v);
        buf_add_ch(p->out, '\n');
    }
}

void answer_add_table(struct buf *out, const struct answer *a, struct str query,
                      const struct value_style *style) {
    struct printer p = {.out = out, .a = a, .style = style};

    if (a->tasks != NULL) {
        tasks_answer_add_text(out, a->tasks);
        return;
    }
    arena_init(&p.scratch);
    if (a->kind == ANSWER_ERROR)
        add_error(&p, query);
    else
        add_rows(&p);
    if (a->ndropped > 0)
        buf_printf(out, "%zu rows left out: %.*s\n", a->ndropped,
                   STR_ARG(a->drop_reason));
    arena_release(&p.scratch);
}

/* --- CSV --- */

static void add_csv_cell(struct printer *p, const struct value *v) {
    if (v->kind != VALUE_NULL)
        plain_add_csv(p->out, cell_text(p, v));
}

static void add_csv_row(struct printer *p, size_t row) {
    const struct answer *a = p->a;

    for (size_t c = 0; c < a->ncolumns; c++) {
        const struct value *v = answer_cell(a, row, c);
        if (c > 0)
            buf_add_ch(p->out, ',');
        if (v->kind == VALUE_PAIR) {
            add_csv_cell(p, v->as.pair.key);
            buf_add_ch(p->out, ',');
            v = v->as.pair.value;
        }
        add_csv_cell(p, v);
    }
    buf_add_lit(p->out, "\r\n");
}

void answer_add_csv(struct buf *out, const struct answer *a,
                    const struct value_style *style) {
    struct printer p = {.out = out, .a = a, .style = style};

    if (a->tasks != NULL) {
        tasks_answer_add_csv(out, a->tasks);
        return;
    }
    arena_init(&p.scratch);
    for (size_t c = 0; a->kind == ANSWER_TABLE && c < a->ncolumns; c++) {
        if (c > 0)
            buf_add_ch(out, ',');
        plain_add_csv(out, a->headers[c]);
    }
    if (a->kind == ANSWER_TABLE)
        buf_add_lit(out, "\r\n");
    for (size_t i = 0; i < a->nrows; i++)
        add_csv_row(&p, i);
    arena_release(&p.scratch);
}
