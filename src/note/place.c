#include "note/render.h"

#include "base/unicode.h"

/*
 * From a node to its line and column in the file.  cmark counts an inline node's
 * column in the block's content and adds where the block begins, on every line of
 * it; what stands before the content on the other lines (markers, indentation) it
 * does not know.  But a paragraph's line of content is the end of its line in the
 * file, so columns are counted from there.
 */

static int count_lines(const cmark_node *n) {
    struct str rest =
        str_make((const char *)n->content.ptr, (size_t)n->content.size);
    int lines = 1;

    for (size_t at; (at = str_find(rest, '\n')) != STR_NONE;) {
        rest = str_skip(rest, at + 1);
        lines += rest.len > 0;
    }
    return lines;
}

/* What stood in one paragraph with a table's header has no line of its own. */
static bool is_cut_from_table(const cmark_node *n) {
    return n != NULL && n->type == CMARK_NODE_PARAGRAPH && n->start_line == 0 &&
           n->next != NULL && n->next->type == CMARK_NODE_TABLE;
}

/* The paragraph that a header's cell was cut from, or NULL. */
static const cmark_node *cut_before(const cmark_node *leaf) {
    const cmark_node *before;

    if (leaf->type != CMARK_NODE_TABLE_CELL ||
        !cmark_gfm_extensions_get_table_row_is_header(leaf->parent))
        return NULL;
    before = leaf->parent->parent->prev;
    return is_cut_from_table(before) ? before : NULL;
}

/* Lines of content begin at the paragraph's, except where link definitions were
 * taken off before it. */
static uint32_t first_line(const cmark_node *leaf) {
    int skew;

    if (cut_before(leaf) != NULL)
        return (uint32_t)(leaf->start_line + count_lines(cut_before(leaf)));
    if (is_cut_from_table(leaf))
        return (uint32_t)leaf->next->start_line;
    if (leaf->type != CMARK_NODE_PARAGRAPH)
        return (uint32_t)leaf->start_line;
    skew = leaf->end_line - leaf->start_line + 1 - count_lines(leaf);
    return (uint32_t)(leaf->start_line + (skew > 0 ? skew : 0));
}

void render_place_begin(struct render *r, const cmark_node *leaf) {
    r->place = (struct render_place){.leaf = leaf, .line = first_line(leaf)};
}

/* Bytes of a node's line of content before it, as cmark counts. */
static size_t line_offset(const cmark_node *n, const cmark_node *from) {
    int offset = n->start_column - from->start_column - from->internal_offset;

    return offset > 0 ? (size_t)offset : 0;
}

void render_place_skip(struct render *r, const cmark_node *n, size_t mark,
                       struct str text) {
    size_t begin = STR_NONE;

    for (size_t at = 0; (at = str_find_str(text, STR("\n"), at)) != STR_NONE;) {
        r->place.skipped++;
        begin = ++at;
    }
    if (begin != STR_NONE)
        r->place.shift += line_offset(n, r->place.leaf) + mark + begin;
}

void render_place_step(struct render *r, const cmark_node *n) {
    if (n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK ||
        ((n->type == CMARK_NODE_CODE || n->type == CMARK_NODE_HTML_INLINE) &&
         n->end_line > n->start_line))
        r->place.shift = 0;
}

/* A line of `text`, which has the lines of the mask's. */
static struct str line_of(const struct mask *m, struct str text,
                          uint32_t line) {
    struct str rest;

    if (line < 1 || line > m->lines.len)
        return STR("");
    rest = str_skip(text, m->lines.items[line - 1]);
    if (line < m->lines.len)
        return str_slice(rest, 0,
                         m->lines.items[line] - m->lines.items[line - 1] - 1);
    return rest.len > 0 && rest.p[rest.len - 1] == '\n'
               ? str_slice(rest, 0, rest.len - 1)
               : rest;
}

static struct str file_line(const struct render *r, uint32_t line) {
    return line_of(r->parse->mask, buf_str(&r->parse->mask->text), line);
}

struct str render_source_line(const struct render *r, uint32_t line) {
    return line_of(r->parse->mask, r->source, line);
}

/* Code points before `byte` of a line, counted on from the last question. */
static uint32_t count_column(struct render *r, uint32_t line, size_t byte) {
    struct render_place *p = &r->place;
    struct str text = file_line(r, line);

    if (p->counted_line != line || p->counted_byte > byte) {
        p->counted_line = line;
        p->counted_byte = p->counted_column = 0;
    }
    p->counted_column +=
        (uint32_t)utf8_count(str_slice(text, p->counted_byte, byte));
    p->counted_byte = byte;
    return p->counted_column + 1;
}

/* Length of line `k` of the leaf's content. */
static size_t content_line(struct render *r, uint32_t k) {
    struct render_place *p = &r->place;
    struct str content = str_make((const char *)p->leaf->content.ptr,
                                  (size_t)p->leaf->content.size);

    if (k < p->content_line || p->content_end == 0)
        p->content_line = p->content_begin = p->content_end = 0;
    for (;;) {
        if (p->content_end == 0 || p->content_line < k) {
            size_t end;
            if (p->content_end > 0) {
                p->content_begin = (uint32_t)p->content_end;
                p->content_line++;
            }
            end = str_find(str_skip(content, p->content_begin), '\n');
            p->content_end = end == STR_NONE
                                 ? (uint32_t)content.len + 1
                                 : p->content_begin + (uint32_t)end + 1;
        }
        if (p->content_line >= k || p->content_end > content.len)
            return p->content_end - 1 - p->content_begin;
    }
}

/* Escaped pipes of a cell before `offset`: each took one byte more. */
static size_t escaped_pipes(struct render *r, size_t offset) {
    struct render_place *p = &r->place;
    const cmark_strbuf *content = &p->leaf->content;

    if (offset < p->piped)
        p->piped = p->pipes = 0;
    for (; p->piped < offset && p->piped < (size_t)content->size; p->piped++)
        p->pipes += content->ptr[p->piped] == '|';
    return p->pipes;
}

static size_t min_size(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool is_ours(const cmark_node *n) {
    return n->type == md_types.wiki || n->type == md_types.tag ||
           n->type == md_types.footnote_ref || n->type == md_types.url ||
           n->type == md_types.block_id || n->type == md_types.comment ||
           n->type == md_types.math || n->type == md_types.task ||
           n->type == md_types.footnote_inline || n->type == md_types.slip ||
           n->type == md_types.field || n->type == md_types.time;
}

static struct place_found inline_place(struct render *r, const cmark_node *n) {
    const cmark_node *leaf = r->place.leaf, *from;
    int start = n->start_line;
    uint32_t k, line;
    size_t byte;

    /* cmark gives a link the line on which it ends. */
    if ((n->type == CMARK_NODE_LINK || n->type == CMARK_NODE_IMAGE) &&
        n->first_child != NULL && n->first_child->type == CMARK_NODE_TEXT &&
        n->first_child->start_line > 0)
        start = n->first_child->start_line;
    k = start > leaf->start_line ? (uint32_t)(start - leaf->start_line) : 0;
    if (!is_ours(n))
        k += r->place.skipped;
    from = leaf;
    /* On later lines of a footnote cmark counts as if it began each of them. */
    if (r->place.footnote != NULL && !is_ours(n) &&
        start > r->place.footnote->start_line)
        from = r->place.footnote;
    line = r->place.line + k;
    byte = line_offset(n, from);
    if (!is_ours(n))
        byte -= min_size(byte, r->place.shift);
    if (leaf->type == CMARK_NODE_PARAGRAPH ||
        (leaf->type == CMARK_NODE_HEADING && leaf->as.heading.setext)) {
        size_t whole = file_line(r, line).len, part = content_line(r, k);
        byte += whole > part ? whole - part : 0;
    } else {
        byte += (size_t)(leaf->start_column - 1 + leaf->internal_offset);
        if (cut_before(leaf) != NULL) /* counted with the cell's place */
            byte -= min_size(byte, (size_t)cut_before(leaf)->content.size + 1);
        if (leaf->type == CMARK_NODE_TABLE_CELL)
            byte += escaped_pipes(r, line_offset(n, from));
    }
    return (struct place_found){line + r->line_offset,
                                count_column(r, line, byte)};
}

struct place_found render_place_of(struct render *r, const cmark_node *n) {
    uint32_t line = (uint32_t)(n->start_line > 0 ? n->start_line : 1);

    if (CMARK_NODE_TYPE_INLINE_P(n->type) && r->place.leaf != NULL &&
        (n->start_column > 0 || is_ours(n)))
        return inline_place(r, n);
    if (n->start_column < 1)
        return (struct place_found){line + r->line_offset, 0};
    return (struct place_found){
        line + r->line_offset,
        count_column(r, line, (size_t)n->start_column - 1)};
}

uint32_t render_line(const struct render *r, const cmark_node *n) {
    return (uint32_t)(n->start_line > 0 ? n->start_line : 1) + r->line_offset;
}

void render_finding(struct render *r, enum diag_code code, const cmark_node *n,
                    struct str text) {
    struct place_found at = render_place_of(r, n);

    diag_add(r->o->diags, code, r->o->note->file->path, at.line, at.column,
             "%.*s", STR_ARG(text));
}
