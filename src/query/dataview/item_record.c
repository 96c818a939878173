#include "note/field.h"
#include "query/dataview/store.h"
#include "value/read.h"

/* The members of list items: spec/dataview.md §5.2. */

/* Items are made once and read by many; what they are asked for may be made. */
static const struct item_fields *own_fields(const struct list_item *i) {
    return item_fields((struct list_item *)(uintptr_t)i);
}

static const struct value *text(struct arena *a, struct str s) {
    return value_of_text(a, s);
}

static const struct value *number(struct arena *a, double n) {
    return value_of_number(a, n);
}

static const struct value *get_symbol(const struct list_item *i,
                                      struct arena *a) {
    return text(a, i->of->symbol);
}

static const struct value *get_section(const struct list_item *i,
                                       struct arena *a) {
    const struct note *n = i->page->note;
    struct value_link l = {.kind = VALUE_LINK_FILE,
                           .file = i->page->file + 1,
                           .path = page_path(i->page)};

    if (i->of->heading == NOTE_NONE)
        return i->page->link;
    l.kind = VALUE_LINK_HEADER;
    l.has_subpath = true;
    l.subpath = value_heading_subpath(a, n->headings[i->of->heading].raw);
    return value_of_link(a, l);
}

static const struct value *get_link(const struct list_item *i,
                                    struct arena *a) {
    struct value_link l = {.kind = VALUE_LINK_BLOCK,
                           .has_subpath = true,
                           .file = i->page->file + 1,
                           .path = page_path(i->page)};

    if (i->of->block == NOTE_NONE)
        return get_section(i, a);
    l.subpath = i->page->note->blocks[i->of->block].id;
    return value_of_link(a, l);
}

static const struct value *get_text(const struct list_item *i,
                                    struct arena *a) {
    return text(a, i->text);
}

static const struct value *get_tags(const struct list_item *i,
                                    struct arena *a) {
    VEC(const struct value *) tags = {0};
    const struct value *list;
    struct str tag;
    size_t at = 0;

    while ((tag = field_next_tag(i->text, &at)).len > 0)
        vec_push(&tags, text(a, tag));
    list = value_of_list(a, vec_keep(a, &tags), tags.len);
    vec_release(&tags);
    return list;
}

static const struct value *get_line(const struct list_item *i,
                                    struct arena *a) {
    return number(a, i->of->line - 1.0);
}

static const struct value *get_line_count(const struct list_item *i,
                                          struct arena *a) {
    return number(a, i->of->nlines);
}

static const struct value *get_list(const struct list_item *i,
                                    struct arena *a) {
    return number(a, i->of->list_line - 1.0);
}

static const struct value *get_outlinks(const struct list_item *i,
                                        struct arena *a) {
    return links_of_lines(i->page, i->of->line, i->of->nlines, a);
}

static const struct value *get_path(const struct list_item *i,
                                    struct arena *a) {
    return text(a, vault_shown(i->page->note->file));
}

static const struct value *get_children(const struct list_item *i,
                                        struct arena *a) {
    (void)a;
    return i->children;
}

static const struct value *get_task(const struct list_item *i,
                                    struct arena *a) {
    (void)a;
    return value_of_bool(i->of->is_task);
}

static const struct value *get_annotated(const struct list_item *i,
                                         struct arena *a) {
    (void)a;
    return value_of_bool(own_fields(i)->all.len > 0);
}

static const struct value *get_parent(const struct list_item *i,
                                      struct arena *a) {
    return i->parent != NULL ? get_line(i->parent, a) : NULL;
}

static const struct value *get_block_id(const struct list_item *i,
                                        struct arena *a) {
    return i->of->block != NOTE_NONE
               ? text(a, i->page->note->blocks[i->of->block].id)
               : NULL;
}

static const struct value *get_status(const struct list_item *i,
                                      struct arena *a) {
    return text(a, i->of->status);
}

static const struct value *get_checked(const struct list_item *i,
                                       struct arena *a) {
    (void)a;
    return value_of_bool(!str_eq(i->of->status, STR(" ")));
}

static const struct value *get_completed(const struct list_item *i,
                                         struct arena *a) {
    (void)a;
    return value_of_bool(i->completed);
}

static const struct value *get_fully_completed(const struct list_item *i,
                                               struct arena *a) {
    (void)a;
    return value_of_bool(i->fully_completed);
}

/* Names that an item's own fields never replace, in their order; further down
 * those that only tasks have. */
static const struct getter {
    struct str name;
    const struct value *(*get)(const struct list_item *, struct arena *);
} common[] =
    {
        {STR_INIT("symbol"), get_symbol},
        {STR_INIT("link"), get_link},
        {STR_INIT("section"), get_section},
        {STR_INIT("text"), get_text},
        {STR_INIT("tags"), get_tags},
        {STR_INIT("line"), get_line},
        {STR_INIT("lineCount"), get_line_count},
        {STR_INIT("list"), get_list},
        {STR_INIT("outlinks"), get_outlinks},
        {STR_INIT("path"), get_path},
        {STR_INIT("children"), get_children},
        {STR_INIT("task"), get_task},
        {STR_INIT("annotated"), get_annotated},
        {STR_INIT("subtasks"), get_children},
        {STR_INIT("real"), get_task},
        {STR_INIT("header"), get_section},
        {STR_INIT("parent"), get_parent},
        {STR_INIT("blockId"), get_block_id},
},
  of_tasks[] = {
      {STR_INIT("status"), get_status},
      {STR_INIT("checked"), get_checked},
      {STR_INIT("completed"), get_completed},
      {STR_INIT("fullyCompleted"), get_fully_completed},
};

static const struct value *find(const struct getter *rows, size_t n,
                                const struct list_item *i, struct str key,
                                struct arena *a) {
    for (size_t k = 0; k < n; k++)
        if (str_eq(rows[k].name, key))
            return rows[k].get(i, a);
    return NULL;
}

static const struct value *member(const struct value_record *r, struct str key,
                                  struct arena *a) {
    const struct list_item *i = r->of;
    const struct value *v = find(common, ARRAY_LEN(common), i, key, a);

    if (v == NULL && i->of->is_task)
        v = find(of_tasks, ARRAY_LEN(of_tasks), i, key, a);
    if (v != NULL)
        return v;
    const struct item_fields *f = own_fields(i);
    for (size_t k = 0; k < ARRAY_LEN(f->dates); k++)
        if (f->dates[k] != NULL && str_eq(list_item_dates[k], key))
            return f->dates[k];
    return field_value(&f->all, key);
}

/* --- the whole --- */

struct members {
    struct value_member *items;
    size_t len;
};

/* Where `name` is already, else at the end. */
static void set(struct members *m, struct str name, const struct value *v) {
    size_t at = 0;

    while (at < m->len && !str_eq(m->items[at].key, name))
        at++;
    m->items[at] = (struct value_member){name, v};
    m->len += at == m->len;
}

static void set_all(struct members *m, const struct getter *rows, size_t n,
                    const struct list_item *i, struct arena *a) {
    for (size_t k = 0; k < n; k++) {
        const struct value *v = rows[k].get(i, a);
        if (v != NULL)
            set(m, rows[k].name, v);
    }
}

static const struct value *object(const struct value_record *r,
                                  struct arena *a) {
    const struct list_item *i = r->of;
    const struct item_fields *f = own_fields(i);
    struct members m = {0};
    size_t fixed;

    m.items = arena_array(a, struct value_member,
                          ARRAY_LEN(common) + ARRAY_LEN(of_tasks) +
                              ARRAY_LEN(f->dates) + f->all.len);
    set_all(&m, common, ARRAY_LEN(common), i, a);
    fixed = m.len;
    for (size_t k = 0; k < f->all.len; k++) {
        struct str name = f->all.items[k].name;
        size_t at = 0;
        while (at < fixed && !str_eq(m.items[at].key, name))
            at++;
        if (at == fixed)
            m.items[m.len++] =
                (struct value_member){name, f->all.items[k].value};
    }
    if (i->of->is_task) {
        set_all(&m, of_tasks, ARRAY_LEN(of_tasks), i, a);
        for (size_t k = 0; k < ARRAY_LEN(f->dates); k++)
            if (f->dates[k] != NULL)
                set(&m, list_item_dates[k], f->dates[k]);
    }
    return value_of_object(a, m.items, m.len);
}

const struct record_class item_class = {member, object};

/* --- rows of tasks --- */

/* The task first, then what its page knows. */
static const struct value *row_member(const struct value_record *r,
                                      struct str key, struct arena *a) {
    const struct list_item *i = r->of;
    const struct value *v = value_member(&i->value, key, a);

    return v != NULL ? v : value_member(i->page->record, key, a);
}

static const struct value *row_object(const struct value_record *r,
                                      struct arena *a) {
    const struct list_item *i = r->of;
    const struct value *task = value_object(&i->value, a);
    const struct value *page = value_object(i->page->record, a);
    size_t n = task->as.object.len;
    struct members m = {.len = n};

    m.items = arena_array(a, struct value_member, n + page->as.object.len);
    memcpy(m.items, task->as.object.members, n * sizeof *m.items);
    for (size_t k = 0; k < page->as.object.len; k++) {
        const struct value_member *of = &page->as.object.members[k];
        if (value_member(task, of->key, a) == NULL)
            m.items[m.len++] = *of;
    }
    return value_of_object(a, m.items, m.len);
}

static const struct record_class row_class = {row_member, row_object};

const struct value *record_task_row(struct arena *a, const struct value *task) {
    struct value_record record = *task->as.record;

    record.class = &row_class;
    return value_of_record(a, record);
}

/* --- rows with something set --- */

static const struct value *with_member(const struct value_record *r,
                                       struct str key, struct arena *a) {
    const struct value_member *set = r->with;

    return str_eq(set->key, key) ? set->value : value_member(r->of, key, a);
}

static const struct value *with_object(const struct value_record *r,
                                       struct arena *a) {
    const struct value_member *with = r->with;
    const struct value *base = value_object(r->of, a);
    struct members m = {.len = base->as.object.len};

    m.items = arena_array(a, struct value_member, m.len + 1);
    memcpy(m.items, base->as.object.members, m.len * sizeof *m.items);
    set(&m, with->key, with->value);
    return value_of_object(a, m.items, m.len);
}

static const struct record_class with_class = {with_member, with_object};

const struct value *record_with(struct arena *a, const struct value *base,
                                struct str name, const struct value *value) {
    struct value_record record = {.class = &with_class, .of = base};
    struct value_member *with = arena_new(a, struct value_member);

    *with = (struct value_member){name, value};
    record.with = with;
    if (base->kind == VALUE_RECORD) {
        record.order = base->as.record->order;
        record.text = base->as.record->text;
    }
    return value_of_record(a, record);
}

const struct value *record_keep(struct arena *a, const struct value *v,
                                record_keeper *keeper, void *context) {
    struct value_record record = *v->as.record;
    const struct value_member *from = record.with;
    struct value_member *with;

    if (record.class == &row_class)
        return value_of_record(a, record);
    if (record.class != &with_class)
        return v;
    with = arena_new(a, struct value_member);
    *with = (struct value_member){from->key, keeper(context, from->value)};
    record.of = keeper(context, record.of);
    record.with = with;
    return value_of_record(a, record);
}

/* --- telling them apart --- */

static const struct list_item *item_of(const struct value *v) {
    while (v->kind == VALUE_RECORD && v->as.record->class == &with_class)
        v = v->as.record->of;
    if (v->kind != VALUE_RECORD || (v->as.record->class != &item_class &&
                                    v->as.record->class != &row_class))
        return NULL;
    return v->as.record->of;
}

bool answer_item(const struct value *v, struct answer_item *place) {
    const struct list_item *i = item_of(v);

    if (i == NULL)
        return false;
    *place = (struct answer_item){i->page->file, i->index};
    return true;
}

bool records_is_task(const struct value *item) {
    return item_of(item)->of->is_task;
}

bool records_completed(const struct value *item) {
    return item_of(item)->completed;
}
