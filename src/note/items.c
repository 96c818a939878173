#include "base/utf16.h"
#include "note/field.h"
#include "note/list_marker.h"
#include "note/render.h"

/*
 * What queries know of a list item (spec/dataview.md §5): its source, by lines of
 * the file.  The plugin reads those and not the tree, so where several items begin
 * on one line each has the whole of it.
 */

/* Length of what stands before an item's text on its first line, blanks behind the
 * marker included; 0 where no marker begins the line. */
static size_t marker_length(struct str line, struct str *symbol) {
    size_t at = 0, len;

    while (at < line.len &&
           (ascii_space((unsigned char)line.p[at]) || line.p[at] == '>'))
        at++;
    len = list_marker_length(str_skip(line, at));
    if (len == 0)
        return 0;
    *symbol = str_slice(line, at, at + len);
    return at + len;
}

static bool is_blank(struct str line) {
    for (size_t i = 0; i < line.len; i++)
        if (!ascii_space((unsigned char)line.p[i]) && line.p[i] != '>')
            return false;
    return true;
}

static const cmark_node *nested_list(const cmark_node *item) {
    const cmark_node *c = item->first_child;

    while (c != NULL && c->type != CMARK_NODE_LIST)
        c = c->next;
    return c;
}

uint32_t render_item_end(const struct render *r, const cmark_node *n,
                         bool *nested) {
    const cmark_node *list = nested_list(n);
    int end = list != NULL ? list->start_line - 1 : n->end_line;

    *nested = list != NULL;
    while (end > n->start_line &&
           is_blank(render_source_line(r, (uint32_t)end)))
        end--;
    return (uint32_t)(end < n->start_line ? n->start_line : end);
}

bool render_is_top_list(const cmark_node *list) {
    const cmark_node *parent = list->parent;

    while (parent != NULL && parent->type == CMARK_NODE_CUSTOM_BLOCK)
        parent = parent->parent; /* stands between tags of raw HTML */
    return parent == NULL || parent->type == CMARK_NODE_DOCUMENT;
}

/* The item's lines, which begin with `first`: one text, as its source goes on from
 * there. Only where blanks end that line it stands in it twice. */
static void keep_lines(struct render *r, struct str first, uint32_t line,
                       uint32_t end, struct item *item) {
    struct str symbol = {0}, kept = first, source;
    struct buf text = {0};
    size_t at;

    source = utf16_trim(str_skip(first, marker_length(first, &symbol)));
    at = source.len > 0 ? (size_t)(source.p - first.p) : first.len;
    if (line < end) {
        buf_add_str(&text, first);
        if (at + source.len < first.len) {
            at = first.len;
            buf_add_str(&text, source);
        }
        while (line < end) {
            buf_add_ch(&text, '\n');
            buf_add_str(&text, utf16_trim(render_source_line(r, ++line)));
        }
        kept = buf_str(&text);
        source.len = kept.len - at;
    }
    kept = arena_str(r->o->build, kept);
    buf_release(&text);
    item->first_line = str_slice(kept, 0, first.len);
    if (symbol.len > 0)
        item->symbol = str_make(kept.p + (symbol.p - first.p), symbol.len);
    item->source = str_slice(kept, at, at + source.len);
}

/* Index of the last heading above a line; those of footnotes are not looked at. */
static uint32_t heading_above(const struct render *r, uint32_t line) {
    uint32_t low = 0, high = (uint32_t)r->o->headings.len;

    if (r->in_footnotes)
        high = r->body_headings;
    else
        low = high; /* all that were met stand above */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (r->o->headings.items[middle].line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : NOTE_NONE;
}

/* Of the block that holds the list and is held by none. */
static uint32_t section_line(struct render *r, const cmark_node *list) {
    const cmark_node *outer = list;

    if (r->section_list == list)
        return r->section;
    for (const cmark_node *n = list;
         n != NULL && n->type != CMARK_NODE_DOCUMENT; n = n->parent)
        if (n->type != CMARK_NODE_CUSTOM_BLOCK) /* tags of raw HTML */
            outer = n;
    r->section_list = list;
    r->section = render_line(r, outer);
    return r->section;
}

void render_item_source(struct render *r, const cmark_node *n,
                        struct item *item) {
    uint32_t line = (uint32_t)(n->start_line > 0 ? n->start_line : 1), end;
    struct str first = render_source_line(r, line);
    const struct item *around = NULL;
    bool nested;

    item->line = line + r->line_offset;
    item->heading = heading_above(r, item->line);
    end = render_item_end(r, n, &nested);
    /* The parser of Obsidian's takes the blank line in (spec §5.1). */
    if (!nested && n->next != NULL && n->next->start_line > (int)end + 1)
        end++;
    item->nlines = end - line + 1;
    if (r->o->open_items.len > 0)
        around = &r->o->items.items[vec_last(&r->o->open_items)->item];
    item->shares_line = around != NULL && around->line == item->line;
    if (item->shares_line && around->status.len > 0) {
        /* The first box is the line's, and the first item its task. */
        item->is_task = false;
        item->status = around->status;
    }
    r->o->note->has_tasks |= item->is_task;
    if (around != NULL) {
        item->list_line = around->list_line;
        item->section = around->section;
    } else {
        if (render_is_top_list(n->parent))
            item->list_line = (uint32_t)n->parent->start_line + r->line_offset;
        item->section = section_line(r, n->parent);
    }
    if (item->shares_line && around->nlines == item->nlines) {
        item->symbol = around->symbol; /* `- - - a`: not once for each */
        item->first_line = around->first_line;
        item->source = around->source;
        item->has_fields = around->has_fields;
        return;
    }
    keep_lines(r, first, line, end, item);
    if (str_find_str(item->source, STR("::"), 0) != STR_NONE)
        item->has_fields = r->o->note->items_have_colons = true;
    else
        item->has_fields = fields_have_mark(item->source);
}
