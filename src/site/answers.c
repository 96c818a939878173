#include "html/escape.h"
#include "site/pen.h"
#include "site/urls.h"
#include "value/duration.h"

#define DEPTH_MOST 32 /* whatever the setting says */
#define LONG_CELL 60  /* bytes of text not to be pressed into a narrow column */
#define NAMED_COLUMNS 4 /* that the box a table scrolls in is named for */

struct pen pen_new(struct fill *f, const struct note *origin, struct buf *out) {
    const struct dataview_settings *s =
        &f->plan->linked->vault->settings->dataview_values;

    return (struct pen){
        .fill = f,
        .origin = origin,
        .style = answers_style(f->plan->answers),
        .out = out,
        .max_depth = s->max_depth < DEPTH_MOST ? s->max_depth : DEPTH_MOST,
        .counts = s->counts,
        .says_empty = s->says_empty,
        .level = 1,
        .end = PLAN_ANSWER,
    };
}

static struct pen pen_for(struct fill *f, const struct note *origin,
                          const struct answer *a, struct buf *out) {
    struct pen p = pen_new(f, origin, out);

    p.answer = a;
    return p;
}

/* --- pieces: what an answer is cut into, where it has too many --- */

size_t answer_pieces(const struct answer *a, const struct linked *l,
                     struct arena *scratch) {
    return a->kind == ANSWER_TASK ? pen_task_items(a, l, scratch) : a->nrows;
}

/* --- tables and lists --- */

static void add_count(struct pen *p) {
    buf_add_lit(p->out, "<span class=\"dataview small-text\">");
    buf_add_u64(p->out, p->answer->nrows);
    buf_add_lit(p->out, "</span>");
}

/* A wide table scrolls, so the keyboard has to get there (note/tables.c). */
static void open_wrapper(struct pen *p) {
    const struct answer *a = p->answer;

    buf_add_lit(p->out, "<div class=\"table-wrapper\" tabindex=\"0\"");
    buf_reset(&p->text);
    for (uint32_t i = 0; i < a->ncolumns && i < NAMED_COLUMNS; i++) {
        struct str name = fill_text_plain(p->fill, p->origin, a->headers[i]);
        if (name.len > 0 && p->text.len > 0)
            buf_add_lit(&p->text, ", ");
        buf_add_str(&p->text, name);
    }
    if (p->text.len > 0) {
        buf_add_lit(p->out, " role=\"group\"");
        html_add_attr(p->out, STR("aria-label"), buf_str(&p->text));
    }
    buf_add_ch(p->out, '>');
}

/* What a browser sorts by where the text does not tell: a moment, a length of
 * time, nothing. */
static void add_sort_key(struct pen *p, const struct value *v) {
    bool date = v->kind == VALUE_DATE && !v->as.date.invalid;

    if (v->kind == VALUE_NULL)
        buf_add_lit(p->out, " data-sort=\"\"");
    else if (date)
        buf_printf(p->out, " data-sort=\"%lld\"", (long long)v->as.date.ms);
    else if (v->kind == VALUE_DURATION)
        buf_printf(p->out, " data-sort=\"%.0f\"", duration_ms(v->as.duration));
}

static bool is_long(const struct value *v) {
    return v->kind == VALUE_TEXT && v->as.text.len >= LONG_CELL;
}

static void add_row(struct pen *p, size_t row) {
    const struct answer *a = p->answer;

    buf_add_lit(p->out, "<tr>");
    for (uint32_t i = 0; i < a->ncolumns; i++) {
        const struct value *v = answer_cell(a, row, i);
        buf_add_lit(p->out, "<td");
        if (is_long(v))
            buf_add_lit(p->out, " class=\"is-long\"");
        add_sort_key(p, v);
        buf_add_ch(p->out, '>');
        pen_value(p, v, 0);
        buf_add_lit(p->out, "</td>");
    }
    buf_add_lit(p->out, "</tr>\n");
}

static void add_table(struct pen *p) {
    const struct answer *a = p->answer;

    open_wrapper(p);
    buf_add_lit(p->out, "<table class=\"dataview table-view-table\">"
                        "<thead class=\"table-view-thead\">"
                        "<tr class=\"table-view-tr-header\">");
    for (uint32_t i = 0; i < a->ncolumns; i++) {
        buf_add_lit(p->out, "<th class=\"table-view-th\" scope=\"col\">");
        pen_text(p, a->headers[i]);
        if (i == 0 && p->counts)
            add_count(p);
        buf_add_lit(p->out, "</th>");
    }
    buf_add_lit(p->out, "</tr></thead>\n<tbody class=\"table-view-tbody\">\n");
    for (size_t i = p->begin; i < a->nrows && i < p->end; i++)
        add_row(p, i);
    buf_add_lit(p->out, "</tbody></table></div>");
}

static void add_list(struct pen *p) {
    const struct answer *a = p->answer;

    buf_add_lit(p->out, "<ul class=\"dataview list-view-ul\">");
    for (size_t i = p->begin; i < a->nrows && i < p->end; i++) {
        buf_add_lit(p->out, "<li>");
        pen_value(p, answer_cell(a, i, 0), 0);
        buf_add_lit(p->out, "</li>\n");
    }
    buf_add_lit(p->out, "</ul>");
}

/* --- nothing, errors --- */

static void add_empty(struct pen *p, struct str view) {
    if (!p->says_empty || p->answer->nrows > 0)
        return;
    buf_add_lit(p->out, "<div class=\"dataview dataview-error-box\">"
                        "<p class=\"dataview dataview-error-message\">"
                        "Dataview: No results to show for ");
    buf_add_str(p->out, view);
    buf_add_lit(p->out, " query.</p></div>");
}

static void add_error(struct pen *p, struct str query) {
    const struct answer *a = p->answer;
    struct buf caret = {0};

    buf_add_lit(p->out, "<pre class=\"dataview dataview-error\" tabindex=\"0\">"
                        "Dataview: ");
    html_escape(p->out, a->message);
    answer_add_caret(&caret, a, query);
    if (a->line > 0) {
        buf_reset(&p->text);
        strings_add_place(&p->text, &p->fill->plan->theme->strings, a->line,
                          a->column);
        buf_add_lit(p->out, "\n\n");
        html_escape(p->out, buf_str(&p->text));
    }
    if (caret.len > 0) {
        buf_add_ch(p->out, '\n');
        html_escape(p->out, str_rtrim(buf_str(&caret)));
    }
    buf_add_lit(p->out, "</pre>");
    buf_release(&caret);
}

/* --- what stands around an answer --- */

static void add_view(struct pen *p, struct str query) {
    switch (p->answer->kind) {
    case ANSWER_TABLE:
        add_table(p);
        add_empty(p, STR("table"));
        break;
    case ANSWER_LIST:
        if (p->answer->nrows > 0 || !p->says_empty)
            add_list(p);
        add_empty(p, STR("list"));
        break;
    case ANSWER_TASK:
        buf_add_lit(p->out, "<div class=\"dataview dataview-container\">");
        if (p->answer->nrows > 0)
            pen_tasks(p);
        add_empty(p, STR("task"));
        buf_add_lit(p->out, "</div>");
        break;
    case ANSWER_CALENDAR:
        if (p->answer->nrows > 0)
            pen_calendar(p);
        else
            buf_add_lit(p->out, "<pre class=\"dataview dataview-error\">"
                                "Dataview: Query returned 0 results.</pre>");
        break;
    case ANSWER_VALUE:
        pen_value(p, answer_cell(p->answer, 0, 0), 0);
        break;
    case ANSWER_TASKS:
        break;
    case ANSWER_ERROR:
        add_error(p, query);
        break;
    }
}

void pen_more(struct pen *p, const struct plan_answer *further) {
    const struct plan *plan = p->fill->plan;

    if (further == NULL)
        return;
    buf_reset(&p->text);
    strings_add_count(&p->text, &plan->theme->strings, STRING_MORE_ONE,
                      further->npieces - further->nshown);
    buf_add_lit(p->out, "<p class=\"query-more\"><a href=\"");
    url_add_relative(p->out, p->fill->page->href,
                     plan->pages[further->page].href);
    buf_add_lit(p->out, "\">");
    html_escape(p->out, buf_str(&p->text));
    buf_add_lit(p->out, "</a></p>");
}

void pen_source(struct pen *p, const struct query *q, struct str summary) {
    buf_add_lit(p->out, "<div class=\"query-foot\"><details "
                        "class=\"query-src\"><summary>");
    html_escape(p->out, summary);
    buf_add_lit(p->out, "</summary><pre tabindex=\"0\"><code "
                        "class=\"language-");
    html_escape(p->out, q->language);
    buf_add_lit(p->out, "\">");
    html_escape(p->out, q->text);
    buf_add_lit(p->out, "</code></pre></details></div>");
}

static void add_source(struct pen *p, const struct query *q) {
    const struct answer *a = p->answer;
    const struct strings *s = &p->fill->plan->theme->strings;

    buf_reset(&p->text);
    if (a->kind == ANSWER_ERROR)
        buf_add_str(&p->text, s->texts[STRING_QUERY]);
    else if (a->kind == ANSWER_TASK)
        strings_add_count(&p->text, s, STRING_QUERY_TASKS_ONE,
                          pen_task_count(p));
    else
        strings_add_count(&p->text, s, STRING_QUERY_ROWS_ONE, a->nrows);
    pen_source(p, q, buf_str(&p->text));
}

/* The page's own title is its first heading. */
unsigned pen_level_at(const struct note *n, uint32_t line) {
    uint32_t heading = pen_heading_above(n, line);

    return heading != NOTE_NONE ? n->headings[heading].level : 1;
}

void fill_answer(struct fill *f, const struct note *origin, uint32_t query,
                 const struct answer *a, struct buf *out) {
    const struct query *q = &origin->queries[query];
    struct pen p = pen_for(f, origin, a, out);

    p.level = pen_level_at(origin, q->line);
    buf_add_lit(out, "<div class=\"block-language-dataview\">");
    add_view(&p, q->text);
    pen_more(&p, plan_answer_of(f->plan, origin->index, query));
    add_source(&p, q);
    buf_add_lit(out, "</div>");
    buf_release(&p.text);
}

void pen_turn_to(struct pen *p, const struct page *page) {
    const struct plan_answer *a =
        plan_answer_of(p->fill->plan, page->note, page->of);

    p->begin = a->nshown + (size_t)(page->number - 2) * a->nfurther;
    p->end = p->begin + a->nfurther;
}

void fill_answer_page(struct fill *f, struct buf *out) {
    const struct page *page = f->page;
    const struct note *origin = f->plan->linked->notes[page->note];
    const struct tasks_answer *tasks =
        answers_tasks(f->plan->answers, page->note, page->of);
    struct pen p = pen_for(
        f, origin, answers_block(f->plan->answers, page->note, page->of), out);

    if (tasks != NULL) {
        fill_tasks_answer_page(f, tasks, out);
        return;
    }
    pen_turn_to(&p, page);
    buf_add_lit(out, "<div class=\"block-language-dataview\">");
    add_view(&p, STR(""));
    buf_add_lit(out, "</div>");
    buf_release(&p.text);
}

/* The plugin puts errors in a block of their own; among text there is none. */
static void add_inline_error(struct pen *p, struct str query) {
    bool parsed = p->answer->stage != STAGE_PARSE;

    buf_add_lit(p->out, "<code class=\"dataview dataview-error\">Dataview ");
    buf_add_str(p->out,
                parsed ? STR("(for inline query '") : STR("(inline field '"));
    html_escape(p->out, query);
    buf_add_lit(p->out, "'): ");
    html_escape(p->out, p->answer->message);
    buf_add_lit(p->out, "</code>");
}

void fill_inline_answer(struct fill *f, const struct note *origin,
                        uint32_t query, const struct answer *a,
                        struct buf *out) {
    struct pen p = pen_for(f, origin, a, out);

    buf_add_lit(out, "<span class=\"dataview dataview-inline-query\">");
    if (a->kind == ANSWER_ERROR)
        add_inline_error(&p, origin->inline_queries[query].text);
    else if (a->nrows > 0)
        pen_value_in_line(&p, answer_cell(a, 0, 0));
    buf_add_lit(out, "</span>");
    buf_release(&p.text);
}
