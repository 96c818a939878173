#include "query/dataview/store.h"

/* Tags of pages: spec/dataview.md §4.3. */

/* --- what a note has --- */

struct saying {
    tag_call *call;
    void *context;
};

static void say(const struct saying *s, struct str word) {
    if (str_starts(word, STR("#")))
        word = str_skip(word, 1);
    s->call(s->context, word, false);
}

/* A text is split at commas and white space. */
static void say_words(const struct saying *s, struct str text) {
    while (text.len > 0) {
        size_t end = 0;
        while (end < text.len && text.p[end] != ',' &&
               !ascii_space((unsigned char)text.p[end]))
            end++;
        if (end > 0)
            say(s, str_slice(text, 0, end));
        text = str_skip(text, end + 1);
    }
}

static void say_value(const struct saying *s, const struct value *v,
                      int depth) {
    struct buf printed = {0};

    if (!value_truthy(v) || depth > VALUE_MAX_DEPTH)
        return;
    if (v->kind == VALUE_TEXT) {
        say_words(s, v->as.text);
    } else if (v->kind == VALUE_LIST) {
        for (size_t i = 0; i < v->as.list.len; i++)
            say_value(s, v->as.list.items[i], depth + 1);
    } else {
        value_print(&printed, v, &value_style_default);
        say_words(s, buf_str(&printed));
        buf_release(&printed);
    }
}

void each_tag(const struct note *n, tag_call *call, void *context) {
    struct saying s = {call, context};

    for (uint32_t i = 0; i < n->ntags; i++)
        call(context, n->tags[i].name, n->tags[i].in_comment);
    for (size_t i = 0; i < n->front.nproperties; i++) {
        const struct property *p = &n->front.properties[i];
        if (str_eq_nocase(p->key, STR("tags")) ||
            str_eq_nocase(p->key, STR("tag")))
            say_value(&s, p->value, 0);
    }
}

/* --- as values --- */

#define FEW_TAGS 16 /* are looked through one by one */

struct tagging {
    struct arena *arena;
    struct map seen; /* those after the first few */
    VEC(const struct value *) list;
};

/* `tag`, with its `#`, lives as long as the arena. */
static void add_tag(struct tagging *t, struct str tag, bool hidden) {
    const struct value *v;

    for (size_t i = 0; i < t->list.len && i < FEW_TAGS; i++)
        if (str_eq(t->list.items[i]->as.text, tag))
            return;
    if (t->list.len >= FEW_TAGS) {
        void **slot = map_slot_borrowed(&t->seen, tag);
        if (*slot != NULL)
            return;
        *slot = t;
    }
    v = value_of_text(t->arena, tag);
    vec_push(&t->list, hidden ? value_hidden(t->arena, v) : v);
}

static void add_hashed(void *context, struct str name, bool hidden) {
    struct tagging *t = context;
    char *p = arena_alloc(t->arena, name.len + 1, 1);

    p[0] = '#';
    memcpy(p + 1, name.p, name.len);
    add_tag(t, str_make(p, name.len + 1), hidden);
}

static const struct value *tag_list(struct tagging *t) {
    const struct value *list =
        value_of_list(t->arena, vec_keep(t->arena, &t->list), t->list.len);

    vec_release(&t->list);
    return list;
}

/* Each tag, then its parents from the longest to the shortest. */
static const struct value *with_parents(struct arena *a, struct arena *scratch,
                                        const struct value *etags) {
    struct tagging t = {.arena = a};

    map_init(&t.seen, scratch);
    for (size_t i = 0; i < etags->as.list.len; i++) {
        const struct value *v = etags->as.list.items[i];
        struct str tag = v->as.text;
        size_t end = tag.len;
        for (int n = 0; end != STR_NONE && n <= TAG_PARENTS; n++) {
            tag = str_slice(tag, 0, end);
            add_tag(&t, tag, v->hidden);
            end = str_rfind(tag, '/');
        }
    }
    return tag_list(&t);
}

const void *tags_make(struct page *p, struct stripe *s) {
    struct page_tags *made = arena_new(&s->arena, struct page_tags);
    struct tagging t = {.arena = &s->arena};

    map_init(&t.seen, &s->scratch);
    each_tag(p->note, add_hashed, &t);
    made->etags = tag_list(&t);
    made->tags = with_parents(&s->arena, &s->scratch, made->etags);
    return made;
}
