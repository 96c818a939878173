#include "note/object.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/unicode.h"

void object_begin(struct object *o, struct note *note) {
    o->note = note;
    note->summary = NOTE_NONE;
    buf_reset(&o->html);
    buf_reset(&o->text);
    map_init(&o->used_ids, o->scratch);
    o->fixups.len = o->ids.len = o->links.len = o->embeds.len = 0;
    o->tags.len = o->queries.len = o->footnotes.len = o->headings.len = 0;
    o->blocks.len = o->items.len = o->text_blocks.len = 0;
    o->open_items.len = o->pieces.len = o->open_sections.len = 0;
    o->inline_queries.len = o->turns.len = o->gaps.len = 0;
    o->times.len = 0;
    o->anchors.len = o->field_lines.len = o->comment_links.len = 0;
    o->diagram_links.len = 0;
}

static struct str keep(struct arena *a, const struct buf *b) {
    return arena_str(a, buf_str(b));
}

void object_finish(struct object *o) {
    struct note *n = o->note;

    symbols_sort(o->anchors.items, o->anchors.len);
    n->html = keep(o->build, &o->html);
    n->text = keep(o->build, &o->text);
    for (size_t i = 0; i < o->turns.len; i++) {
        struct turn *t = &o->turns.items[i];
        t->head.p = n->text.p + o->text_blocks.items[t->block].begin;
    }
#define KEEP(list, count)                                                      \
    n->list = vec_keep(o->build, &o->list);                                    \
    n->count = (uint32_t)o->list.len
    KEEP(fixups, nfixups);
    KEEP(ids, nids);
    KEEP(links, nlinks);
    KEEP(embeds, nembeds);
    KEEP(tags, ntags);
    KEEP(queries, nqueries);
    KEEP(inline_queries, ninline_queries);
    KEEP(footnotes, nfootnotes);
    KEEP(headings, nheadings);
    KEEP(blocks, nblocks);
    KEEP(items, nitems);
    KEEP(field_lines, nfield_lines);
    KEEP(comment_links, ncomment_links);
    KEEP(diagram_links, ndiagram_links);
    KEEP(anchors, nanchors);
    KEEP(turns, nturns);
    KEEP(times, ntimes);
    KEEP(text_blocks, ntext_blocks);
    KEEP(gaps, ngaps);
#undef KEEP
}

void object_release(struct object *o) {
    buf_release(&o->html);
    buf_release(&o->text);
    vec_release(&o->fixups);
    vec_release(&o->ids);
    vec_release(&o->links);
    vec_release(&o->embeds);
    vec_release(&o->tags);
    vec_release(&o->queries);
    vec_release(&o->inline_queries);
    vec_release(&o->footnotes);
    vec_release(&o->headings);
    vec_release(&o->blocks);
    vec_release(&o->items);
    vec_release(&o->field_lines);
    vec_release(&o->comment_links);
    vec_release(&o->diagram_links);
    vec_release(&o->anchors);
    vec_release(&o->turns);
    vec_release(&o->times);
    vec_release(&o->text_blocks);
    vec_release(&o->gaps);
    vec_release(&o->open_items);
    vec_release(&o->pieces);
    vec_release(&o->open_sections);
}

void object_fixup(struct object *o, enum fixup_kind kind, uint32_t ref) {
    struct fixup f = {(uint32_t)o->html.len, ref, kind};

    vec_push(&o->fixups, f);
}

struct range object_range_begin(const struct object *o) {
    uint32_t at = (uint32_t)o->html.len, fixup = (uint32_t)o->fixups.len;

    return (struct range){at, at, fixup, fixup};
}

void object_range_end(const struct object *o, struct range *r) {
    r->end = (uint32_t)o->html.len;
    r->fixup_end = (uint32_t)o->fixups.len;
}

struct slice object_slice(struct object *o, struct range r) {
    struct range *kept = arena_new(o->build, struct range);

    *kept = r;
    return (struct slice){.ranges = kept, .nranges = 1};
}

struct str object_id(struct object *o, struct str wanted, bool *taken) {
    void **first = map_slot(&o->used_ids, wanted);
    struct buf name = {0};
    struct str id;

    if (taken != NULL)
        *taken = *first != NULL;
    if (*first == NULL) {
        *first = (void *)(uintptr_t)2;
        return arena_str(o->build, wanted);
    }
    for (;;) {
        uintptr_t n = (uintptr_t)*first;
        void **slot;

        *first = (void *)(n + 1);
        buf_reset(&name);
        buf_add_str(&name, wanted);
        buf_add_ch(&name, '-');
        buf_add_u64(&name, n);
        slot = map_slot(&o->used_ids, buf_str(&name));
        if (*slot == NULL) {
            *slot = (void *)(uintptr_t)2;
            break;
        }
    }
    id = keep(o->build, &name);
    buf_release(&name);
    return id;
}

void object_add_id(struct object *o, struct str id) {
    object_fixup(o, FIXUP_ID, (uint32_t)o->ids.len);
    vec_push(&o->ids, id);
}

uint32_t object_text_begin(const struct object *o) {
    return (uint32_t)o->text.len;
}

void object_text_end(struct object *o, uint32_t begin, uint32_t line,
                     enum text_kind kind) {
    struct text_block b = {begin, (uint32_t)o->text.len, line, kind};

    vec_push(&o->text_blocks, b);
    buf_add_ch(&o->text, '\n');
}

void object_gap(struct object *o, uint32_t begin) {
    struct text_gap gap = {begin, (uint32_t)o->text.len};

    if (gap.begin == gap.end)
        return;
    while (o->gaps.len > 0 && vec_last(&o->gaps)->begin >= begin)
        o->gaps.len--;
    vec_push(&o->gaps, gap);
}

/* A heading's own range holds the section's beginning until the section ends. */
static void end_section(struct object *o, uint32_t heading) {
    struct heading *h = &o->headings.items[heading];
    struct range r = h->own;

    object_range_end(o, &r);
    h->section = object_slice(o, r);
}

void object_heading_begin(struct object *o, uint8_t level, const void *parent) {
    while (o->open_sections.len > 0) {
        struct open_section *s = vec_last(&o->open_sections);
        if (s->parent != parent || o->headings.items[s->heading].level < level)
            break;
        end_section(o, s->heading);
        o->open_sections.len--;
    }
}

void object_sections_end(struct object *o, const void *parent) {
    while (o->open_sections.len > 0 &&
           vec_last(&o->open_sections)->parent == parent) {
        end_section(o, vec_last(&o->open_sections)->heading);
        o->open_sections.len--;
    }
}

void object_item_begin(struct object *o, struct item item) {
    struct open_item open = {
        (uint32_t)o->items.len,
        object_range_begin(o),
        o->pieces.len,
    };

    item.parent = NOTE_NONE;
    if (o->open_items.len > 0) {
        item.parent = vec_last(&o->open_items)->item;
        while (!item.shares_line && item.parent + 1 < o->items.len &&
               o->items.items[item.parent + 1].shares_line)
            item.parent++;
    }
    vec_push(&o->items, item);
    vec_push(&o->open_items, open);
}

void object_nested_begin(struct object *o) {
    if (o->open_items.len == 0)
        return;
    struct open_item *open = vec_last(&o->open_items);
    object_range_end(o, &open->own);
    vec_push(&o->pieces, open->own);
}

void object_nested_end(struct object *o) {
    if (o->open_items.len > 0)
        vec_last(&o->open_items)->own = object_range_begin(o);
}

uint32_t object_item_end(struct object *o, bool written) {
    struct open_item open = *vec_last(&o->open_items);
    struct item *item = &o->items.items[open.item];
    struct slice frame = item->whole;
    struct range whole;
    size_t n;

    if (!written) {
        o->open_items.len--;
        return open.item;
    }
    object_nested_begin(o); /* the last piece of `own` */
    n = o->pieces.len - open.first;
    whole = o->pieces.items[open.first];
    object_range_end(o, &whole);
    item->whole = object_slice(o, whole);
    item->own = item->whole;
    if (n > 1) { /* else that is all of it */
        item->own.ranges = vec_copy(o->build, o->pieces.items + open.first, n,
                                    sizeof(struct range));
        item->own.nranges = (uint32_t)n;
    }
    item->whole.wrapper = item->own.wrapper = frame.wrapper;
    item->whole.start = item->own.start = frame.start;
    item->whole.tasks = item->own.tasks = frame.tasks;
    o->pieces.len = open.first;
    o->open_items.len--;
    return open.item;
}
