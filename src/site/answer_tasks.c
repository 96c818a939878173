#include <stdlib.h>

#include "html/escape.h"
#include "site/pen.h"

/*
 * Rows of a TASK query (spec/dataview.md §12).  A task whose parent, or a parent
 * of that, is a row of the same group is drawn below it and not again at the top;
 * whatever stands below a row is drawn, whether it is a row or not.
 */

struct row {
    const struct value *value;
    struct answer_item place;
    size_t order; /* among the rows */
};

/* The rows of one group: a task once, where it first stands; what a query added
 * to it is that of its last row. */
struct rows {
    struct row *by_place;
    size_t n;
    const struct row **roots; /* in their order */
    size_t nroots;
};

static int compare_places(const struct row *a, const struct row *b) {
    if (a->place.file != b->place.file)
        return a->place.file < b->place.file ? -1 : 1;
    return (a->place.item > b->place.item) - (a->place.item < b->place.item);
}

static int by_place(const void *a, const void *b) {
    const struct row *x = a, *y = b;
    int order = compare_places(x, y);

    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_order(const void *a, const void *b) {
    const struct row *x = *(const struct row *const *)a;
    const struct row *y = *(const struct row *const *)b;

    return (x->order > y->order) - (x->order < y->order);
}

static const struct row *find_row(const struct rows *r, uint32_t file,
                                  uint32_t item) {
    const struct row wanted = {.place = {file, item}};
    size_t low = 0, high = r->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_places(&r->by_place[middle], &wanted);
        if (order == 0)
            return &r->by_place[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_root(const struct rows *r, const struct row *row,
                    const struct note *n) {
    uint32_t parent = n->items[row->place.item].parent;

    for (; parent != NOTE_NONE; parent = n->items[parent].parent)
        if (find_row(r, row->place.file, parent) != NULL)
            return false;
    return true;
}

static struct rows rows_of(const struct value *const *values, size_t n,
                           const struct linked *l, struct arena *scratch) {
    struct rows r = {.by_place = arena_array(scratch, struct row, n)};
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        struct row row = {.value = values[i], .order = i};
        if (answer_item(values[i], &row.place))
            r.by_place[len++] = row;
    }
    if (len > 0)
        qsort(r.by_place, len, sizeof *r.by_place, by_place);
    for (size_t i = 0; i < len; i++) {
        struct row *last = r.n > 0 ? &r.by_place[r.n - 1] : NULL;
        if (last != NULL && compare_places(last, &r.by_place[i]) == 0)
            last->value = r.by_place[i].value;
        else
            r.by_place[r.n++] = r.by_place[i];
    }
    r.roots = arena_array(scratch, const struct row *, r.n);
    for (size_t i = 0; i < r.n; i++)
        if (is_root(&r, &r.by_place[i], l->notes[r.by_place[i].place.file]))
            r.roots[r.nroots++] = &r.by_place[i];
    if (r.nroots > 0)
        qsort(r.roots, r.nroots, sizeof *r.roots, by_order);
    return r;
}

/* --- groups: objects of `key` and `rows`, whose rows may be groups again --- */

struct list {
    const struct value *const *items;
    size_t len;
};

static struct list rows_in(const struct value *group, struct arena *scratch) {
    const struct value *rows = value_member(group, STR("rows"), scratch);

    return rows != NULL && rows->kind == VALUE_LIST
               ? (struct list){rows->as.list.items, rows->as.list.len}
               : (struct list){0};
}

/* A task has what its note has, so perhaps `rows` too. */
static bool are_groups(struct list l) {
    struct answer_item place;

    return l.len > 0 && !answer_item(l.items[0], &place);
}

/* Groups in groups deeper than this are not drawn: nobody means them. */
#define GROUPS_MAX 64

/* All groups of an answer are equally deep. */
static bool too_deep(struct list l, struct arena *scratch) {
    unsigned depth = 0;

    while (depth <= GROUPS_MAX && are_groups(l)) {
        l = rows_in(l.items[0], scratch);
        depth++;
    }
    return depth > GROUPS_MAX;
}

static struct list all_rows(const struct answer *a, struct arena *scratch) {
    struct list l = {a->cells, a->nrows};

    return too_deep(l, scratch) ? (struct list){0} : l;
}

static size_t count_tasks(struct list l, struct arena *scratch) {
    size_t n = 0;

    if (!are_groups(l))
        return l.len;
    for (size_t i = 0; i < l.len; i++)
        n += count_tasks(rows_in(l.items[i], scratch), scratch);
    return n;
}

static size_t count_roots(struct list l, const struct linked *linked,
                          struct arena *scratch) {
    size_t n = 0;

    if (!are_groups(l))
        return rows_of(l.items, l.len, linked, scratch).nroots;
    for (size_t i = 0; i < l.len; i++)
        n += count_roots(rows_in(l.items[i], scratch), linked, scratch);
    return n;
}

size_t pen_task_roots(const struct answer *a, const struct linked *l,
                      struct arena *scratch) {
    return count_roots(all_rows(a, scratch), l, scratch);
}

size_t pen_task_count(const struct pen *p) {
    return count_tasks(all_rows(p->answer, p->fill->scratch), p->fill->scratch);
}

/* --- one task --- */

/* What stands between the tags of an item's text: its ranges without `<li …>`,
 * its box and `</li>`. */
struct inside {
    struct range *ranges;
    uint32_t nranges;
    struct range box;   /* the attributes of the box, behind its class */
    bool one_paragraph; /* a `<p>` was begun, and is all there is */
    bool has_paragraph; /* a `<p>` was begun */
    bool has_block;
};

/* Where the tag that begins at `at` ends: attributes hold no '>'. */
static uint32_t tag_end(struct str html, uint32_t at) {
    while (at < html.len && html.p[at] != '>')
        at++;
    return at < html.len ? at + 1 : at;
}

static bool stands_at(struct str html, uint32_t at, struct str text) {
    return str_starts(str_skip(html, at), text);
}

/* Begins the range at `at`; fixups before it are left out. */
static void begin_at(const struct note *n, struct range *r, uint32_t at) {
    r->begin = at;
    while (r->fixup_begin < r->fixup_end && n->fixups[r->fixup_begin].at < at)
        r->fixup_begin++;
}

static void end_at(const struct note *n, struct range *r, uint32_t at) {
    r->end = at;
    while (r->fixup_end > r->fixup_begin && n->fixups[r->fixup_end - 1].at > at)
        r->fixup_end--;
}

/* Takes `tag` and what is blank off the end; never what stands before a fixup. */
static bool trim_end(const struct note *n, struct range *r, struct str tag) {
    uint32_t from = r->fixup_end > r->fixup_begin
                        ? n->fixups[r->fixup_end - 1].at
                        : r->begin;
    struct str s = str_rtrim(str_slice(n->html, from, r->end));

    if (!str_ends(s, tag))
        return false;
    r->end = from + (uint32_t)(s.len - tag.len);
    return true;
}

static const struct str blocks[] = {
    STR_INIT("p"),   STR_INIT("ul"),      STR_INIT("ol"),
    STR_INIT("pre"), STR_INIT("div"),     STR_INIT("blockquote"),
    STR_INIT("hr"),  STR_INIT("details"), STR_INIT("table"),
    STR_INIT("h1"),  STR_INIT("h2"),      STR_INIT("h3"),
    STR_INIT("h4"),  STR_INIT("h5"),      STR_INIT("h6"),
    STR_INIT("dl"),  STR_INIT("figure"),  STR_INIT("section"),
};

static bool has_block(struct str html) {
    size_t at;

    while ((at = str_find(html, '<')) != STR_NONE) {
        struct str name = html = str_skip(html, at + 1);
        size_t len = 0;
        if (name.len == 0 || name.p[0] == '/')
            continue;
        while (len < name.len && ascii_alnum((unsigned char)name.p[len]))
            len++;
        name.len = len;
        for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
            if (str_eq(name, blocks[i]))
                return true;
    }
    return false;
}

#define BOX "<input type=\"checkbox\" class=\"task-list-item-checkbox\""

/* The box goes, with what stands before it; *in keeps its attributes. */
static void cut_box(const struct note *n, const struct item *item,
                    struct inside *in) {
    struct range *first = &in->ranges[0];
    uint32_t at = tag_end(n->html, first->begin);

    in->has_paragraph = stands_at(n->html, at, STR("<p>"));
    if (in->has_paragraph)
        at += (uint32_t)STR("<p>").len;
    if (item->is_task && stands_at(n->html, at, STR(BOX))) {
        uint32_t end = tag_end(n->html, at);
        in->box = *first;
        begin_at(n, &in->box, at + (uint32_t)STR(BOX).len);
        end_at(n, &in->box, end);
        while (in->box.fixup_end > in->box.fixup_begin &&
               n->fixups[in->box.fixup_end - 1].at == end)
            in->box.fixup_end--;
        at = end;
    }
    begin_at(n, first, at);
}

/* The end of the item goes, and what is blank before it. */
static void cut_end(const struct note *n, struct inside *in) {
    struct range *last = &in->ranges[in->nranges - 1];

    trim_end(n, last, STR("</li>"));
    trim_end(n, last, STR(""));
    while (in->nranges > 1 && last->begin == last->end &&
           last->fixup_begin == last->fixup_end) {
        last = &in->ranges[--in->nranges - 1];
        trim_end(n, last, STR(""));
    }
}

static struct inside inside_of(struct pen *p, const struct note *n,
                               const struct item *item) {
    struct inside in = {.nranges = item->own.nranges};
    struct range *first;

    in.ranges = arena_array(p->fill->scratch, struct range, in.nranges);
    for (uint32_t i = 0; i < in.nranges; i++)
        in.ranges[i] = item->own.ranges[i];
    first = &in.ranges[0];
    cut_box(n, item, &in);
    cut_end(n, &in);
    if (in.has_paragraph && in.nranges == 1 &&
        trim_end(n, first, STR("</p>"))) {
        in.one_paragraph =
            !has_block(str_slice(n->html, first->begin, first->end));
        if (!in.one_paragraph)
            first->end += (uint32_t)STR("</p>").len;
    }
    in.has_block = in.has_paragraph && !in.one_paragraph;
    for (uint32_t i = 0; i < in.nranges; i++) {
        struct range *r = &in.ranges[i];
        in.has_block =
            in.has_block || (!in.one_paragraph &&
                             has_block(str_slice(n->html, r->begin, r->end)));
        end_at(n, r, r->end);
    }
    return in;
}

static void add_box(struct pen *p, const struct fill_place *place,
                    const struct inside *in) {
    buf_add_lit(p->out, "<input type=\"checkbox\" "
                        "class=\"dataview task-list-item-checkbox\"");
    if (in->box.end > in->box.begin)
        fill_range(p->fill, place, in->box, p->out);
    else
        buf_add_lit(p->out, " disabled>");
}

static void add_own(struct pen *p, const struct fill_place *place,
                    const struct inside *in) {
    struct str tag = in->has_block ? STR("div") : STR("span");

    buf_add_ch(p->out, '<');
    buf_add_str(p->out, tag);
    if (in->has_block)
        buf_add_lit(p->out, " class=\"task-body\"");
    buf_add_ch(p->out, '>');
    if (in->has_paragraph && !in->one_paragraph)
        buf_add_lit(p->out, "<p>");
    for (uint32_t i = 0; i < in->nranges; i++)
        fill_range(p->fill, place, in->ranges[i], p->out);
    buf_add_lit(p->out, "</");
    buf_add_str(p->out, tag);
    buf_add_ch(p->out, '>');
}

static void add_visual(struct pen *p, const struct value *visual) {
    bool text = visual->kind == VALUE_TEXT;

    if (!text)
        buf_add_lit(p->out, "<span>");
    pen_value_in_line(p, visual);
    if (!text)
        buf_add_lit(p->out, "</span>");
}

struct task_list {
    struct rows rows;
    uint32_t known; /* the note whose tasks all of them are; PLAN_NONE */
};

static void add_item(struct pen *p, const struct task_list *l, uint32_t file,
                     uint32_t index, bool at_top);

static void add_children(struct pen *p, const struct task_list *l,
                         uint32_t file, uint32_t parent) {
    const struct note *n = p->fill->plan->linked->notes[file];
    bool some = false;

    /* Items stand in the order of the text: those below one follow it. */
    for (uint32_t i = parent + 1; i < n->nitems; i++) {
        if (n->items[i].parent == NOTE_NONE || n->items[i].parent < parent)
            break;
        if (n->items[i].parent != parent)
            continue;
        buf_add_str(p->out,
                    some ? STR("") : STR("<ul class=\"contains-task-list\">"));
        some = true;
        add_item(p, l, file, i, false);
    }
    if (some)
        buf_add_lit(p->out, "</ul>");
}

static void add_item(struct pen *p, const struct task_list *l, uint32_t file,
                     uint32_t index, bool at_top) {
    const struct note *n = p->fill->plan->linked->notes[file];
    const struct item *item = &n->items[index];
    const struct row *row = find_row(&l->rows, file, index);
    const struct value *visual =
        row != NULL && p->answer->has_visual
            ? value_member(row->value, STR("visual"), p->fill->scratch)
            : NULL;
    struct fill_place place = fill_answer_place(p->fill, n);
    struct inside in = inside_of(p, n, item);

    if (item->is_task) {
        buf_add_lit(p->out, "<li class=\"dataview task-list-item");
        if (!str_eq(item->status, STR(" ")))
            buf_add_lit(p->out, " is-checked");
        buf_add_ch(p->out, '"');
        html_add_attr(p->out, STR("data-task"), item->status);
        buf_add_ch(p->out, '>');
        add_box(p, &place, &in);
    } else {
        buf_add_lit(p->out, "<li class=\"dataview task-list-basic-item\">");
    }
    if (visual != NULL && visual->kind != VALUE_NULL)
        add_visual(p, visual);
    else
        add_own(p, &place, &in);
    if (at_top)
        pen_place(p, (struct answer_item){file, index}, l->known);
    add_children(p, l, file, index);
    buf_add_lit(p->out, "</li>");
}

/* --- all of them --- */

/* Those roots of a list that the page shows; *at counts all roots. */
static void add_list(struct pen *p, struct list list, size_t *at,
                     uint32_t known) {
    struct task_list l = {.rows =
                              rows_of(list.items, list.len,
                                      p->fill->plan->linked, p->fill->scratch),
                          .known = known};

    buf_add_lit(p->out, "<ul class=\"contains-task-list\">");
    for (size_t i = 0; i < l.rows.nroots; i++, ++*at)
        if (*at >= p->begin && *at < p->end) {
            struct answer_item place = l.rows.roots[i]->place;
            add_item(p, &l, place.file, place.item, true);
        }
    buf_add_lit(p->out, "</ul>");
}

/* The note that the key of a group is a link to, or `known`. */
static uint32_t note_of(struct pen *p, const struct value *key,
                        uint32_t known) {
    struct target t;

    if (key->kind != VALUE_LINK || key->as.link->kind != VALUE_LINK_FILE)
        return known;
    t = linked_resolve(p->fill->plan->linked, p->origin->index,
                       key->as.link->path, STR(""), p->fill->scratch);
    return t.outcome == LINK_NOTE ? t.file : known;
}

/* Its element is the plugin's; what it counts as follows from the headings above
 * it, which are the note's or its own. */
static void add_heading(struct pen *p, const struct value *key, size_t n,
                        unsigned level) {
    buf_add_lit(p->out, "<h4");
    if (level != 4)
        buf_printf(p->out, " aria-level=\"%u\"", level);
    buf_add_ch(p->out, '>');
    pen_value_in_line(p, key);
    if (p->counts) {
        buf_add_lit(p->out, "<span class=\"dataview small-text\">");
        buf_add_u64(p->out, n);
        buf_add_lit(p->out, "</span>");
    }
    buf_add_lit(p->out, "</h4>");
}

static void add_groups(struct pen *p, struct list list, size_t *at,
                       unsigned level, uint32_t known) {
    struct arena *scratch = p->fill->scratch;

    if (!are_groups(list)) {
        add_list(p, list, at, known);
        return;
    }
    for (size_t i = 0; i < list.len; i++) {
        const struct value *key =
            value_member(list.items[i], STR("key"), scratch);
        struct list rows = rows_in(list.items[i], scratch);
        size_t roots = count_roots(rows, p->fill->plan->linked, scratch);

        if (key == NULL)
            key = &value_null;
        if (*at + roots <= p->begin || *at >= p->end) {
            *at += roots; /* on another page */
            continue;
        }
        add_heading(p, key, count_tasks(rows, scratch), level);
        buf_add_lit(p->out, "<div class=\"dataview result-group\">");
        add_groups(p, rows, at, level + 1, note_of(p, key, known));
        buf_add_lit(p->out, "</div>");
    }
}

void pen_tasks(struct pen *p) {
    struct list rows = all_rows(p->answer, p->fill->scratch);
    size_t at = 0;

    add_groups(p, rows, &at, p->level + 1, PLAN_NONE);
}
