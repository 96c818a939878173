#include "html/escape.h"
#include "site/tasks_pen.h"

/* A whole result: explanation, count, groups (spec/tasks.md §9, §11). */

/* --- what is said of the whole --- */

/* Parts of which a list says that they are not shown. */
static const struct {
    enum layout_part part;
    struct str name;
} list_parts[] = {
    {LAYOUT_TAGS, STR_INIT("tags")},
    {LAYOUT_URGENCY, STR_INIT("urgency")},
    {LAYOUT_BACKLINKS, STR_INIT("backlinks")},
    {LAYOUT_EDIT_BUTTON, STR_INIT("edit-button")},
    {LAYOUT_POSTPONE_BUTTON, STR_INIT("postpone-button")},
};

static struct str list_tag(const struct tasks_answer *a,
                           struct arena *scratch) {
    /* The key of columns is none of `group by`. */
    uint32_t first = a->layout.view == TASKS_COLUMNS ? 1 : 0;
    struct buf b = {0};
    struct str tag;

    buf_add_lit(&b, "<ul class=\"contains-task-list plugin-tasks-query-result");
    for (size_t i = 0; i < TASK_FIELDS; i++)
        if (a->layout.hidden_fields[i]) {
            buf_add_lit(&b, " tasks-layout-hide-");
            buf_add_str(&b, task_fields[i].component);
        }
    for (size_t i = 0; i < ARRAY_LEN(list_parts); i++)
        if (a->layout.hidden[list_parts[i].part]) {
            buf_add_lit(&b, " tasks-layout-hide-");
            buf_add_str(&b, list_parts[i].name);
        }
    if (a->layout.short_mode)
        buf_add_lit(&b, " tasks-layout-short-mode");
    buf_add_ch(&b, '"');
    for (uint32_t i = first; i < a->nkeys; i++) {
        buf_add_str(&b, i > first ? STR(",") : STR(" data-task-group-by=\""));
        html_escape(&b, a->keys[i]);
    }
    buf_add_str(&b, a->nkeys > first ? STR("\">") : STR(">"));
    tag = arena_str(scratch, buf_str(&b));
    buf_release(&b);
    return tag;
}

static struct tasks_pen pen_for(struct fill *f, const struct note *origin,
                                const struct tasks_answer *a, struct buf *out) {
    struct tasks_pen p = {
        .pen = pen_new(f, origin, out),
        .answer = a,
        .is_tree = !a->failed && !a->layout.hidden[LAYOUT_TREE],
    };

    p.pen.end = PLAN_TASKS;
    if (a->failed)
        return p;
    p.list = list_tag(a, f->scratch);
    if (p.is_tree)
        tasks_tree_init(&p.tree, a, f->scratch);
    return p;
}

/* --- pieces --- */

size_t tasks_pieces(const struct tasks_answer *a, struct arena *scratch) {
    bool is_tree = !a->layout.hidden[LAYOUT_TREE];
    struct tasks_tree tree;
    size_t n = 0;

    if (a->failed)
        return 0;
    if (is_tree)
        tasks_tree_init(&tree, a, scratch);
    for (uint32_t i = 0; i < a->ngroups; i++)
        n += is_tree ? tasks_tree_roots(&tree, &a->groups[i], scratch).nitems
                     : a->groups[i].ntasks;
    return n;
}

/* --- groups --- */

/* Its element is the plugin's; what it counts as follows from the heading above
 * the query. */
static void add_heading(struct tasks_pen *p, const struct task_group *g,
                        uint32_t level, struct str name) {
    struct buf *out = p->pen.out;
    unsigned element = level < 2 ? 4 + level : 6;
    unsigned counts_as = p->pen.level + 1 + level;
    bool innermost = level + 1 == p->answer->nkeys;

    buf_printf(out, "<h%u class=\"tasks-group-heading\"", element);
    if (counts_as != element)
        buf_printf(out, " aria-level=\"%u\"", counts_as);
    buf_add_ch(out, '>');
    fill_text(p->pen.fill, p->pen.origin, name, out);
    if (innermost && !p->answer->layout.hidden[LAYOUT_GROUP_COUNT]) {
        buf_add_lit(out, " <span class=\"tasks-group-count\">(");
        tasks_add_count(out, g->ntasks, g->total);
        buf_add_lit(out, ")</span>");
    }
    buf_printf(out, "</h%u>", element);
}

/* A page that begins with the middle of a result says where that is. */
static void add_headings(struct tasks_pen *p, const struct task_group *g,
                         bool anew) {
    if (!anew) {
        for (uint32_t i = 0; i < g->nheadings; i++)
            add_heading(p, g, g->headings[i].level, g->headings[i].name);
        return;
    }
    for (uint32_t i = 0; i < p->answer->nkeys && g->names != NULL; i++)
        if (g->names[i].len > 0)
            add_heading(p, g, i, g->names[i]);
}

static void add_list(struct tasks_pen *p, struct tasks_roots roots) {
    const struct task *tasks = p->answer->tasks->items;

    buf_add_str(p->pen.out, p->list);
    for (uint32_t i = 0; i < roots.len; i++) {
        const struct task *t = &tasks[roots.tasks[i]];
        uint32_t root = p->is_tree ? roots.first + i : 0;
        uint32_t n =
            p->is_tree ? tasks_tree_count(&p->tree, t->file, t->item, root) : 1;
        if (!pen_skips(&p->pen, n))
            tasks_pen_item(p, roots.tasks[i], root);
    }
    buf_add_lit(p->pen.out, "</ul>\n");
}

/* The groups of one value of the first level share a column. */
struct columns {
    bool used, open;
    struct str name;
};

static void turn_column(struct tasks_pen *p, struct columns *c,
                        const struct task_group *g) {
    struct str name =
        g->names != NULL && p->answer->nkeys > 0 ? g->names[0] : STR("");

    if (!c->used || (c->open && str_eq(c->name, name)))
        return;
    if (c->open)
        buf_add_lit(p->pen.out, "</div>");
    buf_add_lit(p->pen.out, "<div class=\"tasks-columns-column\">");
    c->open = true;
    c->name = name;
}

static struct tasks_roots roots_of(struct tasks_pen *p,
                                   const struct task_group *g) {
    return p->is_tree ? tasks_tree_roots(&p->tree, g, p->pen.fill->scratch)
                      : (struct tasks_roots){.tasks = g->tasks,
                                             .len = g->ntasks,
                                             .nitems = g->ntasks};
}

static void add_groups(struct tasks_pen *p) {
    const struct tasks_answer *a = p->answer;
    struct columns columns = {.used = a->layout.view == TASKS_COLUMNS};
    struct pen *pen = &p->pen;
    bool anew = pen->begin > 0;

    if (columns.used)
        buf_add_lit(p->pen.out, "<div class=\"tasks-columns\">");
    for (uint32_t i = 0; i < a->ngroups && (i == 0 || pen->at < pen->end);
         i++) {
        const struct task_group *g = &a->groups[i];
        struct tasks_roots roots = roots_of(p, g);
        if (a->ngroups > 1 && pen_skips(pen, roots.nitems))
            continue;
        turn_column(p, &columns, g);
        add_headings(p, g, anew);
        add_list(p, roots);
        anew = false;
    }
    if (columns.open)
        buf_add_lit(p->pen.out, "</div>");
    if (columns.used)
        buf_add_lit(p->pen.out, "</div>");
}

/* --- errors --- */

/* The place as a Dataview query has it: its line, with a mark where it begins. */
static void add_error_place(struct tasks_pen *p, struct str query) {
    uint32_t line = p->answer->error.line;
    struct answer place = {.kind = ANSWER_ERROR, .line = line, .column = 1};
    struct buf *text = &p->pen.text;
    struct str rest = query;

    for (uint32_t i = 1; i < line; i++)
        rest = str_after(rest, '\n');
    while (rest.len > 0 && (rest.p[0] == ' ' || rest.p[0] == '\t')) {
        rest = str_skip(rest, 1);
        place.column++;
    }
    buf_reset(text);
    strings_add_place(text, &p->pen.fill->plan->theme->strings, line,
                      place.column);
    buf_add_ch(text, '\n');
    answer_add_caret(text, &place, query);
    html_escape(p->pen.out, str_rtrim(buf_str(text)));
}

static void add_error(struct tasks_pen *p, struct str query) {
    struct buf *out = p->pen.out;

    buf_add_lit(out, "<div><pre class=\"tasks-error\" tabindex=\"0\">"
                     "Tasks query: ");
    html_escape(out, str_rtrim(p->answer->error.message));
    if (p->answer->error.line > 0) {
        buf_add_lit(out, "\n\n");
        add_error_place(p, query);
    }
    buf_add_lit(out, "</pre></div>");
}

/* --- all of it --- */

static void add_explanation(struct tasks_pen *p) {
    if (!p->answer->explains || p->answer->explanation.len == 0)
        return;
    buf_add_lit(p->pen.out, "<pre class=\"plugin-tasks-query-explanation\" "
                            "tabindex=\"0\">");
    html_escape(p->pen.out, p->answer->explanation);
    buf_add_lit(p->pen.out, "</pre>");
}

static void add_count(struct tasks_pen *p) {
    if (p->answer->layout.hidden[LAYOUT_TASK_COUNT])
        return;
    buf_add_lit(p->pen.out, "<div class=\"task-count\">");
    tasks_add_count(p->pen.out, p->answer->nshown, p->answer->ntotal);
    buf_add_lit(p->pen.out, "</div>");
}

/* That there is a count says the summary where nothing else does. */
static void add_source(struct tasks_pen *p, const struct query *q) {
    const struct strings *s = &p->pen.fill->plan->theme->strings;
    struct buf *text = &p->pen.text;

    buf_reset(text);
    if (p->answer->failed || !p->answer->layout.hidden[LAYOUT_TASK_COUNT])
        buf_add_str(text, s->texts[STRING_QUERY]);
    else
        strings_add_count(text, s, STRING_QUERY_TASKS_ONE, p->answer->nshown);
    pen_source(&p->pen, q, buf_str(text));
}

void fill_tasks_answer(struct fill *f, const struct note *origin,
                       uint32_t query, const struct tasks_answer *a,
                       struct buf *out) {
    const struct query *q = &origin->queries[query];
    struct tasks_pen p = pen_for(f, origin, a, out);

    p.pen.level = pen_level_at(origin, q->line);
    buf_add_lit(out, "<div class=\"block-language-tasks\">");
    add_explanation(&p);
    if (a->failed) {
        add_error(&p, q->text);
    } else {
        bool at_top = a->tasks->settings->count_at_top;
        if (at_top)
            add_count(&p);
        add_groups(&p);
        pen_more(&p.pen, plan_answer_of(f->plan, origin->index, query));
        if (!at_top)
            add_count(&p);
    }
    add_source(&p, q);
    buf_add_lit(out, "</div>");
    buf_release(&p.pen.text);
}

void fill_tasks_answer_page(struct fill *f, const struct tasks_answer *a,
                            struct buf *out) {
    struct tasks_pen p =
        pen_for(f, f->plan->linked->notes[f->page->note], a, out);

    pen_turn_to(&p.pen, f->page);
    buf_add_lit(out, "<div class=\"block-language-tasks\">");
    add_groups(&p);
    buf_add_lit(out, "</div>");
    buf_release(&p.pen.text);
}
