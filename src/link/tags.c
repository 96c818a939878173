#include "link/tags.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/unicode.h"
#include "base/vec.h"

/* A tag while notes are being read. */
struct growing_tag {
    struct tag tag; /* name, key, last, ntotal */
    struct growing_tag *parent;
    uint32_t last_use, last_total; /* note counted last; NOTE_NONE */
    uint32_t index;                /* once sorted */
};

struct tag_of_note {
    struct growing_tag *tag;
    uint32_t note;
};

struct tag_builder {
    struct arena *arena;
    struct arena scratch;
    struct map by_key;
    VEC(struct growing_tag *) tags;
    VEC(struct tag_of_note) uses; /* by vault order of the notes */
};

/* Takes the next level that is not empty off `*rest`. */
static bool next_level(struct str *rest, struct str *level) {
    while (rest->len > 0) {
        *level = str_until(*rest, '/');
        *rest = str_after(*rest, '/');
        if (level->len > 0)
            return true;
    }
    return false;
}

/* Level by level, so that a tag stands before all below it and these together.
 */
static int tag_cmp(struct str a, struct str b) {
    for (;;) {
        struct str x, y;
        bool more_a = next_level(&a, &x), more_b = next_level(&b, &y);
        int order;

        if (!more_a || !more_b)
            return (int)more_a - (int)more_b;
        order = unicode_cmp_utf16(x, y);
        if (order != 0)
            return order;
    }
}

static struct str without_empty_levels(struct arena *a, struct str name) {
    struct str level;
    size_t len = 0;
    char *p;

    if (!str_starts(name, STR("/")) && !str_ends(name, STR("/")) &&
        str_find_str(name, STR("//"), 0) == STR_NONE)
        return name;
    p = arena_alloc(a, name.len, 1);
    while (next_level(&name, &level)) {
        if (len > 0)
            p[len++] = '/';
        memcpy(p + len, level.p, level.len);
        len += level.len;
    }
    return str_make(p, len);
}

static struct growing_tag *tag_new(struct tag_builder *b, struct str key,
                                   struct str name, struct str last,
                                   struct growing_tag *parent) {
    struct growing_tag *t = arena_new(b->arena, struct growing_tag);

    t->tag = (struct tag){.key = key, .name = name, .last = last};
    t->parent = parent;
    t->last_use = t->last_total = NOTE_NONE;
    vec_push(&b->tags, t);
    return t;
}

/* The tag with `key`, new or not, its ancestors made first. Folding moves no
 * '/', so `name` has the same levels. */
static struct growing_tag *tag_with_ancestors(struct tag_builder *b,
                                              struct str key, struct str name) {
    struct growing_tag *parent = NULL;
    size_t key_at = 0, name_at = 0;

    key = arena_str(b->arena, key);
    for (int level = 1;; level++) {
        size_t key_len = str_find(str_skip(key, key_at), '/');
        size_t name_len = str_find(str_skip(name, name_at), '/');
        bool last = key_len == STR_NONE || level == TAG_LEVELS;
        size_t key_end = last ? key.len : key_at + key_len;
        size_t name_end = last ? name.len : name_at + name_len;
        void **slot = map_slot_borrowed(&b->by_key, str_slice(key, 0, key_end));

        if (*slot == NULL)
            *slot = tag_new(b, str_slice(key, 0, key_end),
                            str_slice(name, 0, name_end),
                            str_slice(name, name_at, name_end), parent);
        parent = *slot;
        if (last)
            return parent;
        key_at = key_end + 1;
        name_at = name_end + 1;
    }
}

static void add_use(struct tag_builder *b, uint32_t note, struct str name) {
    struct str key =
        without_empty_levels(&b->scratch, unicode_fold(&b->scratch, name));
    struct growing_tag *t;

    if (key.len == 0)
        return;
    t = map_get(&b->by_key, key);
    if (t == NULL)
        t = tag_with_ancestors(b, key, without_empty_levels(b->arena, name));
    if (t->last_use != note) {
        t->last_use = note;
        vec_push(&b->uses, ((struct tag_of_note){t, note}));
    }
    for (; t != NULL && t->last_total != note; t = t->parent) {
        t->last_total = note;
        t->tag.ntotal++;
    }
}

static void add_note(struct tag_builder *b, const struct note *note) {
    for (size_t i = 0; i < note->front.ntags; i++)
        add_use(b, note->index, note->front.tags[i]);
    for (uint32_t i = 0; i < note->ntags; i++)
        if (!note->tags[i].in_comment)
            add_use(b, note->index, note->tags[i].name);
    arena_reset(&b->scratch);
}

static int growing_tag_cmp(const void *a, const void *b) {
    const struct growing_tag *x = *(struct growing_tag *const *)a;
    const struct growing_tag *y = *(struct growing_tag *const *)b;

    return tag_cmp(x->tag.key, y->tag.key);
}

/* Sorted tags, parents before children. */
static struct tag *sorted_tags(struct tag_builder *b) {
    struct tag *tags = arena_array(b->arena, struct tag, b->tags.len);

    if (b->tags.len > 0)
        qsort(b->tags.items, b->tags.len, sizeof *b->tags.items,
              growing_tag_cmp);
    for (uint32_t i = 0; i < b->tags.len; i++) {
        struct growing_tag *t = b->tags.items[i];

        t->index = i;
        tags[i] = t->tag;
        tags[i].parent = t->parent != NULL ? t->parent->index : UINT32_MAX;
    }
    return tags;
}

/* Counting sort of tags by parent: each finds its children in order. */
static void list_children(struct arena *a, struct tag *tags, uint32_t ntags) {
    uint32_t *children = arena_array(a, uint32_t, ntags), at = 0;

    for (uint32_t i = 0; i < ntags; i++)
        if (tags[i].parent != UINT32_MAX)
            tags[tags[i].parent].nchildren++;
    for (uint32_t i = 0; i < ntags; i++) {
        tags[i].children = children + at;
        at += tags[i].nchildren;
        tags[i].nchildren = 0;
    }
    for (uint32_t i = 0; i < ntags; i++) {
        if (tags[i].parent != UINT32_MAX) {
            struct tag *parent = &tags[tags[i].parent];

            children[parent->children - children + parent->nchildren++] = i;
        }
    }
}

/* Counting sort of uses by tag: each finds its notes in vault order. */
static void list_notes(struct tag_builder *b, struct tag *tags) {
    uint32_t *notes = arena_array(b->arena, uint32_t, b->uses.len), at = 0;

    for (size_t i = 0; i < b->uses.len; i++)
        tags[b->uses.items[i].tag->index].nnotes++;
    for (size_t i = 0; i < b->tags.len; i++) {
        tags[i].notes = notes + at;
        at += tags[i].nnotes;
        tags[i].nnotes = 0;
    }
    for (size_t i = 0; i < b->uses.len; i++) {
        struct tag *t = &tags[b->uses.items[i].tag->index];

        notes[t->notes - notes + t->nnotes++] = b->uses.items[i].note;
    }
}

void tags_build(struct linked *l, struct arena *a) {
    struct tag_builder b = {.arena = a};
    struct tag *tags;

    arena_init(&b.scratch);
    map_init(&b.by_key, a);
    for (size_t i = 0; i < l->vault->nfiles; i++)
        if (l->notes[i] != NULL && !l->vault->files[i].is_template)
            add_note(&b, l->notes[i]);
    tags = sorted_tags(&b);
    list_children(a, tags, (uint32_t)b.tags.len);
    list_notes(&b, tags);
    l->tags = tags;
    l->ntags = (uint32_t)b.tags.len;
    vec_release(&b.tags);
    vec_release(&b.uses);
    arena_release(&b.scratch);
}

uint32_t linked_tag(const struct linked *l, struct str key) {
    uint32_t from = 0, to = l->ntags;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        int order = tag_cmp(l->tags[middle].key, key);

        if (order == 0)
            return middle;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return UINT32_MAX;
}
