#include "query/tasks/query.h"

/* spec/tasks.md §11.7 */

#define STEP "  "

static struct str deeper(struct tasks_query *q, struct str indent) {
    struct buf text = {0};
    struct str kept;

    buf_add_str(&text, indent);
    buf_add_lit(&text, STEP);
    kept = arena_str(q->scratch, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* --- one filter --- */

/* What its text does not say by itself; nothing is added where it does. */
static void add_meaning(struct buf *out, const struct filter *f,
                        struct str indent) {
    static const char *const relations[] = {
        [PRIORITY_IS] = "",
        [PRIORITY_ABOVE] = "above ",
        [PRIORITY_BELOW] = "below ",
        [PRIORITY_NOT] = "not ",
    };
    struct buf text = {0};

    if (f->kind == FILTER_FLAG && f->as.flag == FLAG_DONE)
        buf_add_str(&text, f->negated
                               ? STR("status type is TODO or IN_PROGRESS or "
                                     "ON_HOLD")
                               : STR("status type is DONE or CANCELLED or "
                                     "NON_TASK"));
    else if (f->kind == FILTER_PRIORITY)
        buf_printf(&text, "priority is %s%.*s",
                   relations[f->as.priority.relation],
                   STR_ARG(task_priorities[f->as.priority.priority].word));
    if (f->kind == FILTER_REGEX) {
        text_explain(out, f, indent);
    } else if (f->kind == FILTER_DATE) {
        date_explain(out, f, indent);
    } else if (text.len > 0 && !str_eq(buf_str(&text), f->text)) {
        buf_add_str(out, indent);
        buf_add_str(out, buf_str(&text));
    }
    buf_release(&text);
}

static void add_filter(struct tasks_query *q, struct buf *out,
                       const struct filter *f, struct str indent);

/* Operands of the same AND or OR in each other stand side by side. */
static void add_operands(struct tasks_query *q, struct buf *out,
                         const struct filter *f, struct str indent) {
    size_t n = f->kind == FILTER_NOT ? 1 : 2;

    for (size_t i = 0; i < n; i++) {
        const struct filter *part = f->as.parts[i];
        if (part->kind == f->kind &&
            (f->kind == FILTER_AND || f->kind == FILTER_OR)) {
            add_operands(q, out, part, indent);
            continue;
        }
        buf_add_ch(out, '\n');
        add_filter(q, out, part, indent);
    }
}

static void add_filter(struct tasks_query *q, struct buf *out,
                       const struct filter *f, struct str indent) {
    static const char *const names[] = {
        [FILTER_AND] = "AND (All of):",
        [FILTER_OR] = "OR (At least one of):",
        [FILTER_XOR] = "XOR (Exactly one of):",
        [FILTER_NOT] = "NOT:",
    };
    struct str inner = deeper(q, indent);
    struct buf meaning = {0};

    buf_add_str(out, indent);
    if (!f->is_simple) {
        buf_add_str(out, str_from(names[f->kind]));
        add_operands(q, out, f, inner);
        return;
    }
    buf_add_str(out, f->text);
    add_meaning(&meaning, f, inner);
    if (meaning.len > 0) {
        buf_add_lit(out, " =>\n");
        buf_add_str(out, buf_str(&meaning));
    }
    buf_release(&meaning);
}

/* A filter of its own: its statement, then what that means. */
static void add_statement_filter(struct tasks_query *q, struct buf *out,
                                 const struct filter *f, struct str indent) {
    struct buf meaning = {0};

    statement_explain(out, f->at, indent);
    if (f->is_simple && str_eq(f->text, f->at->text))
        add_meaning(&meaning, f, deeper(q, indent));
    else
        add_filter(q, &meaning, f, deeper(q, indent));
    if (meaning.len > 0) {
        buf_add_lit(out, " =>\n");
        buf_add_str(out, buf_str(&meaning));
    }
    buf_release(&meaning);
}

/* --- a part --- */

struct part {
    struct tasks_query *q;
    struct buf *out;
    enum tasks_part part;
    struct str indent;
};

/* A blank line before each paragraph. */
static void begin_paragraph(const struct part *p) {
    if (p->out->len > 0)
        buf_add_lit(p->out, "\n\n");
}

static void add_statement(const struct part *p, const struct statement *s) {
    if (s == NULL || s->part != p->part)
        return;
    begin_paragraph(p);
    statement_explain(p->out, s, p->indent);
}

static void add_filters(const struct part *p) {
    bool any = false;

    for (const struct filter *f = p->q->filters; f != NULL; f = f->next) {
        if (f->at->part != p->part)
            continue;
        begin_paragraph(p);
        add_statement_filter(p->q, p->out, f, p->indent);
        any = true;
    }
    if (any)
        return;
    begin_paragraph(p);
    buf_add_str(p->out, p->indent);
    buf_add_lit(p->out, "No filters supplied. All tasks will match the query.");
}

static void add_limit(const struct part *p, uint32_t n, const char *per_group) {
    if (n == UINT32_MAX)
        return;
    begin_paragraph(p);
    buf_add_str(p->out, p->indent);
    buf_printf(p->out, "At most %u %s%s.", n, n == 1 ? "task" : "tasks",
               per_group);
}

static void add_ignore(const struct part *p) {
    for (const struct statement *s = p->q->statements; s != NULL; s = s->next)
        if (s->part == p->part && line_starts(s->text, "ignore global query")) {
            add_statement(p, s);
            return;
        }
}

static void add_part(const struct part *p) {
    static const char *const titles[] = {
        [TASKS_GLOBAL] = "Explanation of the global query:",
        [TASKS_DEFAULTS] = ("Explanation of the Query File Defaults (from "
                            "properties/frontmatter in the query's file):"),
        [TASKS_BLOCK] = "Explanation of this Tasks code block query:",
    };
    struct tasks_query *q = p->q;

    begin_paragraph(p);
    buf_add_str(p->out, str_from(titles[p->part]));
    add_ignore(p);
    add_filters(p);
    for (const struct grouper *g = q->groupers; g != NULL; g = g->next)
        if (g != q->columns)
            add_statement(p, g->at);
    for (const struct sorter *s = q->sorters; s != NULL; s = s->next)
        add_statement(p, s->at);
    for (const struct layout_line *l = q->layout_lines; l != NULL; l = l->next)
        add_statement(p, l->at);
    add_limit(p, q->limits[p->part].tasks, "");
    add_limit(p, q->limits[p->part].group,
              " per group (if any \"group by\" options are supplied)");
}

static bool has_statements(const struct tasks_query *q, enum tasks_part part) {
    for (const struct statement *s = q->statements; s != NULL; s = s->next)
        if (s->part == part)
            return true;
    return false;
}

struct str query_explain(struct tasks_query *q) {
    struct str filter = q->tasks->settings->global_filter;
    struct buf text = {0};
    struct part p = {.q = q, .out = &text, .indent = STR(STEP)};

    if (filter.len > 0)
        buf_printf(&text, "Only tasks containing the global filter '%.*s'.",
                   STR_ARG(filter));
    for (p.part = TASKS_GLOBAL; p.part < TASKS_PARTS; p.part++)
        if (p.part == TASKS_BLOCK || has_statements(q, p.part))
            add_part(&p);
    return query_keep(q, &text);
}
