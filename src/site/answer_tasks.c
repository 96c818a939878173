#include <stdlib.h>

#include "html/escape.h"
#include "note/field.h"
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

/* None of the items around it is a row; of one that begins on the line of another
 * the plugin knows none. */
static bool is_root(const struct rows *r, const struct row *row,
                    const struct note *n) {
    const struct item *i = &n->items[row->place.item];

    for (; !i->shares_line && i->parent != NOTE_NONE; i = &n->items[i->parent])
        if (find_row(r, row->place.file, i->parent) != NULL)
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
    r.roots = arena_array(scratch, const struct row *, n);
    for (size_t i = 0; i < r.n; i++)
        if (is_root(&r, &r.by_place[i], l->notes[r.by_place[i].place.file]))
            r.roots[r.by_place[i].order] = &r.by_place[i];
    for (size_t i = 0; i < n; i++)
        if (r.roots[i] != NULL)
            r.roots[r.nroots++] = r.roots[i];
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

/* Where the items below one end: they follow it in the text. */
static uint32_t end_of(const struct note *n, uint32_t item) {
    uint32_t end = item + 1;

    while (end < n->nitems && n->items[end].parent != NOTE_NONE &&
           n->items[end].parent >= item)
        end++;
    return end;
}

/* The item and all that is drawn below it. */
static size_t size_of(const struct linked *l, struct answer_item place) {
    const struct note *n = l->notes[place.file];
    uint32_t end = end_of(n, place.item);
    size_t size = 1;

    for (uint32_t i = place.item + 1; i < end;)
        if (note_item_is_overtaken(n, i)) {
            i = end_of(n, i);
        } else {
            size++;
            i++;
        }
    return size;
}

static size_t count_items(struct list l, const struct linked *linked,
                          struct arena *scratch) {
    struct rows r;
    size_t n = 0;

    if (!are_groups(l)) {
        r = rows_of(l.items, l.len, linked, scratch);
        for (size_t i = 0; i < r.nroots; i++)
            n += size_of(linked, r.roots[i]->place);
        return n;
    }
    for (size_t i = 0; i < l.len; i++)
        n += count_items(rows_in(l.items[i], scratch), linked, scratch);
    return n;
}

/* No more than so many are drawn: as if no row stood below another. */
static size_t most_items(struct list l, const struct linked *linked,
                         struct arena *scratch) {
    struct answer_item place;
    size_t n = 0;

    for (size_t i = 0; i < l.len && n <= PLAN_ANSWER; i++)
        n += answer_item(l.items[i], &place)
                 ? size_of(linked, place)
                 : most_items(rows_in(l.items[i], scratch), linked, scratch);
    return n;
}

size_t pen_task_items(const struct answer *a, const struct linked *l,
                      struct arena *scratch) {
    struct list rows = all_rows(a, scratch);
    size_t most = most_items(rows, l, scratch);

    return most <= PLAN_ANSWER ? most : count_items(rows, l, scratch);
}

size_t pen_task_count(const struct pen *p) {
    return count_tasks(all_rows(p->answer, p->fill->scratch), p->fill->scratch);
}

/* --- one task --- */

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
    const struct linked *linked = p->fill->plan->linked;
    const struct note *n = linked->notes[file];
    bool some = false;

    /* Items stand in the order of the text: those below one follow it. */
    for (uint32_t i = parent + 1; i < n->nitems; i++) {
        if (n->items[i].parent == NOTE_NONE || n->items[i].parent < parent)
            break;
        if (n->items[i].parent != parent || note_item_is_overtaken(n, i) ||
            pen_skips(p, size_of(linked, (struct answer_item){file, i})))
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
    struct pen_item in = pen_item_of(p, n, item);

    p->at++;
    if (item->is_task) {
        buf_add_lit(p->out, "<li class=\"dataview task-list-item");
        if (!str_eq(item->status, STR(" ")))
            buf_add_lit(p->out, " is-checked");
        buf_add_ch(p->out, '"');
        html_add_attr(p->out, STR("data-task"), item->status);
        buf_add_ch(p->out, '>');
        pen_item_box(p, &place, &in, STR("dataview task-list-item-checkbox"));
    } else {
        buf_add_lit(p->out, "<li class=\"dataview task-list-basic-item\">");
    }
    if (visual != NULL && visual->kind != VALUE_NULL)
        add_visual(p, visual);
    else if (item->own.nranges > 0)
        pen_item_text(p, &place, &in);
    else /* it lies too deep to be an element of its note */
        pen_text(p, field_item_text(item->source));
    if (at_top)
        pen_place(p, (struct answer_item){file, index}, l->known);
    add_children(p, l, file, index);
    buf_add_lit(p->out, "</li>");
}

/* --- all of them --- */

/* Of a list what the page shows. */
static void add_list(struct pen *p, struct list list, uint32_t known) {
    const struct linked *linked = p->fill->plan->linked;
    struct task_list l = {
        .rows = rows_of(list.items, list.len, linked, p->fill->scratch),
        .known = known};

    buf_add_lit(p->out, "<ul class=\"contains-task-list\">");
    for (size_t i = 0; i < l.rows.nroots; i++) {
        struct answer_item place = l.rows.roots[i]->place;
        if (!pen_skips(p, size_of(linked, place)))
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

static void add_groups(struct pen *p, struct list list, unsigned level,
                       uint32_t known) {
    struct arena *scratch = p->fill->scratch;

    if (!are_groups(list)) {
        add_list(p, list, known);
        return;
    }
    for (size_t i = 0; i < list.len; i++) {
        const struct value *key =
            value_member(list.items[i], STR("key"), scratch);
        struct list rows = rows_in(list.items[i], scratch);

        if (key == NULL)
            key = &value_null;
        if (pen_skips(p, count_items(rows, p->fill->plan->linked, scratch)))
            continue;
        add_heading(p, key, count_tasks(rows, scratch), level);
        buf_add_lit(p->out, "<div class=\"dataview result-group\">");
        add_groups(p, rows, level + 1, note_of(p, key, known));
        buf_add_lit(p->out, "</div>");
    }
}

void pen_tasks(struct pen *p) {
    struct list rows = all_rows(p->answer, p->fill->scratch);

    add_groups(p, rows, p->level + 1, PLAN_NONE);
}
