#include "query/dataview/store.h"
#include "value/read.h"

/* Fields and tags of pages: spec/dataview.md §4.1–§4.5. */

/* --- links in values --- */

struct origin {
    struct page *page;
    struct arena *scratch;
};

static struct str resolve(const void *context, struct str path) {
    const struct origin *o = context;
    const struct records *r = o->page->records;
    uint32_t file;

    return records_find(r, o->page->file, path, &file, o->scratch)
               ? r->linked->vault->files[file].path
               : path;
}

static struct value_reader reader(const struct origin *o, struct stripe *s) {
    return (struct value_reader){.arena = &s->arena,
                                 .zones = &o->page->records->zones,
                                 .resolve = resolve,
                                 .context = o};
}

const struct value *store_inline(struct page *p, struct stripe *s,
                                 struct str text) {
    struct origin o = {p, &s->scratch};
    struct value_reader r = reader(&o, s);

    return value_of_inline_text(&r, arena_str(&s->arena, text));
}

/* --- fields --- */

static bool is_position(struct str key) {
    return str_eq(key, STR("position"));
}

static void add_properties(struct page *p, struct stripe *s, struct gather *g) {
    const struct frontmatter *f = &p->note->front;
    struct origin o = {p, &s->scratch};
    struct value_reader r = reader(&o, s);

    for (size_t i = 0; i < f->nproperties; i++)
        if (!is_position(f->properties[i].key))
            gather_add(g, f->properties[i].key,
                       value_of_property(&r, f->properties[i].value));
}

/* Those of tasks stay with the task. */
static void add_items(struct page *p, struct stripe *s, struct gather *g) {
    const struct note *n = p->note;

    for (uint32_t i = 0; i < n->nitems; i++)
        if (!n->items[i].is_task && item_is_known(n, i))
            item_gather(p, s, &n->items[i], g);
}

static void add_lines(struct page *p, struct stripe *s, struct gather *g) {
    const struct note *n = p->note;
    struct fields *found = &s->found;
    struct field whole;

    for (uint32_t i = 0; i < n->nfield_lines; i++) {
        struct str text = n->field_lines[i].text;

        fields_find(found, text, false);
        if (found->list.len == 0 && field_of_line(text, &whole))
            vec_push(&found->list, whole);
        for (size_t k = 0; k < found->list.len; k++) {
            const struct value *v =
                store_inline(p, s, found->list.items[k].value);
            if (n->field_lines[i].hidden)
                v = value_hidden(&s->arena, v);
            gather_add(g, found->list.items[k].key, v);
        }
    }
}

/* The values of name i under another name. The list may move meanwhile. */
static void add_all(struct gather *g, struct str name, size_t i) {
    const struct gathered_value *next = g->list.items[i].first.next;

    gather_add(g, name, g->list.items[i].first.value);
    for (; next != NULL; next = next->next)
        gather_add(g, name, next->value);
}

/* §4.5: each name's canonical form, unless some name is written so. */
static void add_canonical(struct stripe *s, struct gather *g) {
    size_t n = g->list.len; /* names as written; what comes behind is added */

    for (size_t i = 0; i < n; i++) {
        struct str name = field_canonical(&s->arena, g->list.items[i].name);

        if (name.len == 0 || gather_index(g, name) < n)
            continue;
        add_all(g, name, i);
    }
}

const void *fields_make(struct page *p, struct stripe *s) {
    struct field_values *made = arena_new(&s->arena, struct field_values);
    struct gather *g = &s->gather;

    gather_reset(g);
    add_properties(p, s, g);
    add_items(p, s, g);
    add_lines(p, s, g);
    add_canonical(s, g);
    *made = gather_finish(g);
    return made;
}
