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
        if (!n->items[i].is_task && n->items[i].symbol.len > 0)
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

/* --- tags --- */

#define FEW_TAGS 16 /* are looked through one by one */

struct tagging {
    struct arena *arena;
    struct map seen; /* those after the first few */
    VEC(const struct value *) list;
    bool hidden; /* what is added now stands in a comment */
};

/* `tag` lives as long as the arena. */
static void add_tag(struct tagging *t, struct str tag) {
    for (size_t i = 0; i < t->list.len && i < FEW_TAGS; i++)
        if (str_eq(t->list.items[i]->as.text, tag))
            return;
    if (t->list.len >= FEW_TAGS) {
        void **slot = map_slot(&t->seen, tag);
        if (*slot != NULL)
            return;
        *slot = t;
    }
    const struct value *v = value_of_text(t->arena, tag);
    vec_push(&t->list, t->hidden ? value_hidden(t->arena, v) : v);
}

static const struct value *tag_list(struct tagging *t) {
    const struct value *list =
        value_of_list(t->arena, vec_keep(t->arena, &t->list), t->list.len);

    vec_release(&t->list);
    return list;
}

/* `name`, with a `#` before it unless it has one. */
static void add_hashed(struct tagging *t, struct str name) {
    char *p;

    if (str_starts(name, STR("#"))) {
        add_tag(t, name);
        return;
    }
    p = arena_alloc(t->arena, name.len + 1, 1);
    p[0] = '#';
    memcpy(p + 1, name.p, name.len);
    add_tag(t, str_make(p, name.len + 1));
}

/* A text is split at commas and white space. */
static void add_words(struct tagging *t, struct str text) {
    while (text.len > 0) {
        size_t end = 0;
        while (end < text.len && text.p[end] != ',' &&
               !ascii_space((unsigned char)text.p[end]))
            end++;
        if (end > 0)
            add_hashed(t, str_slice(text, 0, end));
        text = str_skip(text, end + 1);
    }
}

static void add_value(struct tagging *t, const struct value *v, int depth) {
    struct buf number = {0};

    if (!value_truthy(v) || depth > VALUE_MAX_DEPTH)
        return;
    if (v->kind == VALUE_TEXT) {
        add_words(t, v->as.text);
    } else if (v->kind == VALUE_LIST) {
        for (size_t i = 0; i < v->as.list.len; i++)
            add_value(t, v->as.list.items[i], depth + 1);
    } else {
        value_print(&number, v, &value_style_default);
        add_words(t, arena_str(t->arena, buf_str(&number)));
        buf_release(&number);
    }
}

/* Each tag, then its parents from the longest to the shortest. */
static const struct value *with_parents(struct arena *a, struct arena *scratch,
                                        const struct value *etags) {
    struct tagging t = {.arena = a};

    map_init(&t.seen, scratch);
    for (size_t i = 0; i < etags->as.list.len; i++) {
        struct str tag = etags->as.list.items[i]->as.text;
        t.hidden = etags->as.list.items[i]->hidden;
        for (size_t end = tag.len; end != STR_NONE; end = str_rfind(tag, '/')) {
            tag = str_slice(tag, 0, end);
            add_tag(&t, tag);
        }
    }
    return tag_list(&t);
}

const void *tags_make(struct page *p, struct stripe *s) {
    const struct note *n = p->note;
    struct page_tags *made = arena_new(&s->arena, struct page_tags);
    struct tagging t = {.arena = &s->arena};

    map_init(&t.seen, &s->scratch);
    for (uint32_t i = 0; i < n->ntags; i++) {
        t.hidden = n->tags[i].in_comment;
        add_hashed(&t, n->tags[i].name);
    }
    t.hidden = false;
    for (size_t i = 0; i < n->front.nproperties; i++) {
        const struct property *property = &n->front.properties[i];
        if (str_eq_nocase(property->key, STR("tags")) ||
            str_eq_nocase(property->key, STR("tag")))
            add_value(&t, property->value, 0);
    }
    made->etags = tag_list(&t);
    made->tags = with_parents(&s->arena, &s->scratch, made->etags);
    return made;
}
