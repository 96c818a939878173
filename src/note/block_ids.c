#include "base/unicode.h"
#include "note/render.h"

#define OUT(r) (&(r)->o->html)

/* Ids of blocks, spec/markdown.md §5, and what is common to all leaf blocks. */

cmark_node *render_last_block_id(const cmark_node *n) {
    cmark_node *last = n->last_child;

    return last != NULL && last->type == md_types.block_id ? last : NULL;
}

static bool holds_only_id(const cmark_node *n) {
    return render_last_block_id(n) != NULL && n->first_child == n->last_child;
}

static bool is_lone_block_id(const cmark_node *n) {
    return n != NULL && n->type == CMARK_NODE_PARAGRAPH && holds_only_id(n);
}

cmark_node *render_id_row(const cmark_node *table) {
    cmark_node *row = table->last_child, *cell = row->first_child;

    if (row->prev == NULL || cell == NULL || !holds_only_id(cell))
        return NULL;
    for (cell = cell->next; cell != NULL; cell = cell->next)
        if (cell->first_child != NULL)
            return NULL;
    return row;
}

/* `- [ ] 1. x ^id`: the line's id is the task's, not that of the item behind its
 * box. The item that holds the line's text, or `item`. */
static const cmark_node *innermost_on_line(const cmark_node *item) {
    while (item->first_child != NULL && md_is_box(item->first_child))
        item = item->first_child->next->first_child;
    return item;
}

static bool is_behind_box(const cmark_node *item) {
    const cmark_node *box = item->parent->prev;

    return item->prev == NULL && box != NULL && md_is_box(box);
}

/* The node that holds the id of block `n`, or NULL. */
static cmark_node *block_id_node(const cmark_node *n) {
    if ((n->type == CMARK_NODE_PARAGRAPH || n->type == CMARK_NODE_HEADING) &&
        render_last_block_id(n) != NULL)
        return render_last_block_id(n);
    if (n->type == CMARK_NODE_ITEM) {
        const cmark_node *first = innermost_on_line(n)->first_child;
        if (is_behind_box(n))
            return NULL;
        if (first == NULL || first->type != CMARK_NODE_PARAGRAPH)
            return NULL;
        if (render_last_block_id(first) == NULL &&
            is_lone_block_id(first->next))
            return render_last_block_id(first->next);
        return render_last_block_id(first);
    }
    if (n->type == CMARK_NODE_TABLE && render_id_row(n) != NULL)
        return render_last_block_id(render_id_row(n)->first_child);
    if (n->type == CMARK_NODE_BLOCK_QUOTE && n->first_child != NULL &&
        n->first_child->type == md_types.callout_title &&
        render_last_block_id(n->first_child) != NULL)
        return render_last_block_id(n->first_child);
    return is_lone_block_id(n->next) ? render_last_block_id(n->next) : NULL;
}

bool render_has_block_id(const cmark_node *n) {
    return block_id_node(n) != NULL;
}

/* The paragraph that is its item's own text: its id is the item's. */
bool render_is_item_text(const cmark_node *n) {
    return n->type == CMARK_NODE_PARAGRAPH && n->prev == NULL &&
           n->parent != NULL && n->parent->type == CMARK_NODE_ITEM;
}

static struct str lower_ascii(struct arena *a, struct str s) {
    char *p = arena_alloc(a, s.len, 1);

    for (size_t i = 0; i < s.len; i++)
        p[i] = ascii_lower(s.p[i]);
    return str_make(p, s.len);
}

bool render_block_name(struct render *r, struct str wanted,
                       struct block *block) {
    struct buf name = {0};
    bool taken;

    block->id = lower_ascii(r->o->build, wanted);
    buf_add_ch(&name, '^');
    buf_add_str(&name, block->id);
    block->element_id = object_id(r->o, buf_str(&name), &taken);
    buf_release(&name);
    return !taken;
}

/* Of another leaf than the one at hand, where its element begins before its text. */
static void report_duplicate(struct render *r, const cmark_node *id,
                             struct str name) {
    struct render_place kept = r->place;

    if (r->place.leaf != id->parent)
        render_place_begin(r, id->parent);
    render_finding(r, DIAG_BLOCK_ID_DUPLICATE, id, name);
    r->place = kept;
}

/* Begins the block `n`: its id fixup belongs right behind the element's name,
 * so the caller has written `<p`. A heading has an id of its own, which its block
 * gets at its end. Returns the index in blocks, or NOTE_NONE. */
uint32_t render_block_begin(struct render *r, const cmark_node *n,
                            struct range range) {
    cmark_node *node = r->inline_only ? NULL : block_id_node(n);
    struct block block = {0};
    struct range *kept;
    struct str wanted;

    if (node == NULL)
        return NOTE_NONE;
    wanted = ((struct md_text *)node->as.opaque)->text;
    if (!render_block_name(r, wanted, &block)) {
        report_duplicate(r, node, wanted);
        return NOTE_NONE;
    }
    if (n->type != CMARK_NODE_HEADING)
        object_add_id(r->o, block.element_id);
    block.line = render_line(r, n);
    kept = arena_new(r->o->build, struct range);
    *kept = range;
    block.slice = (struct slice){.ranges = kept, .nranges = 1};
    vec_push(&r->o->blocks, block);
    return (uint32_t)r->o->blocks.len - 1;
}

/* A block's range is open from its beginning, where its id is found, to here. */
void render_block_end(struct render *r, uint32_t block) {
    if (block != NOTE_NONE)
        object_range_end(
            r->o, (struct range *)r->o->blocks.items[block].slice.ranges);
}

/* The index of a node's block waits in user_data, one up. */
void render_block_set(cmark_node *n, uint32_t block) {
    n->user_data = (void *)(uintptr_t)(block == NOTE_NONE ? 0 : block + 1);
}

uint32_t render_block_of(const cmark_node *n) {
    return n->user_data == NULL ? NOTE_NONE
                                : (uint32_t)(uintptr_t)n->user_data - 1;
}

void render_leaf_begin(struct render *r, const cmark_node *n, bool phrasing) {
    sanitiser_init(&r->sanitiser);
    r->sanitiser.inline_only = phrasing;
    r->sanitiser.in_cell = r->in_cell;
    r->sanitiser.in_link = false;
    r->text_begin = object_text_begin(r->o);
    render_place_begin(r, n);
    r->leaf_line = r->place.line + r->line_offset;
}

void render_leaf_end(struct render *r, enum text_kind kind) {
    sanitiser_end(&r->sanitiser, OUT(r));
    object_text_end(r->o, r->text_begin, r->leaf_line, kind);
}
