#include <limits.h>

#include <cmark-gfm/chunk.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "note/markdown.h"

/*
 * `==highlight==`, spec/markdown.md §7: a delimiter run of exactly two.  It has
 * an extension of its own because set_emphasis() makes cmark skip the
 * extension's characters when it looks at what flanks a run.
 */
static cmark_syntax_extension *highlight_ext;

static cmark_node *match_highlight(cmark_syntax_extension *ext,
                                   cmark_parser *parser, cmark_node *parent,
                                   unsigned char c,
                                   cmark_inline_parser *inlines) {
    const cmark_chunk *chunk = cmark_inline_parser_get_chunk(inlines);
    int left, right, before, after, n, end;
    int begin = cmark_inline_parser_get_offset(inlines);
    cmark_node *node;

    (void)ext;
    (void)parent;
    if (c != '=')
        return NULL;
    n = cmark_inline_parser_scan_delimiters(inlines, INT_MAX, '=', &left,
                                            &right, &before, &after);
    end = cmark_inline_parser_get_offset(inlines);
    node = cmark_node_new_with_mem(CMARK_NODE_TEXT, parser->mem);
    node->as.literal = (cmark_chunk){chunk->data + begin, n, 0};
    bool arrow = (begin > 0 && chunk->data[begin - 1] == '<') ||
                 (end < chunk->len && chunk->data[end] == '>');
    if (n == 2 && !arrow && (left || right))
        cmark_inline_parser_push_delimiter(inlines, c, left, right, node);
    return node;
}

static delimiter *insert_highlight(cmark_syntax_extension *ext,
                                   cmark_parser *parser,
                                   cmark_inline_parser *inlines,
                                   delimiter *opener, delimiter *closer) {
    cmark_node *mark = opener->inl_text, *end = closer->inl_text;
    delimiter *after = closer->next, *d, *before;
    cmark_node *child, *next;

    (void)parser;
    mark->type = (uint16_t)md_types.highlight;
    mark->extension = ext;
    mark->as.opaque = NULL;
    for (child = mark->next; child != NULL && child != end; child = next) {
        next = child->next;
        cmark_node_append_child(mark, child);
    }
    cmark_node_free(end);
    for (d = closer; d != NULL && d != opener; d = before) {
        before = d->previous;
        cmark_inline_parser_remove_delimiter(inlines, d);
    }
    cmark_inline_parser_remove_delimiter(inlines, opener);
    return after;
}

cmark_syntax_extension *md_highlight_extension(void) {
    highlight_ext = cmark_syntax_extension_new("highlight");
    cmark_syntax_extension_set_match_inline_func(highlight_ext,
                                                 match_highlight);
    cmark_syntax_extension_set_inline_from_delim_func(highlight_ext,
                                                      insert_highlight);
    cmark_syntax_extension_set_can_contain_func(highlight_ext,
                                                md_holds_inlines);
    cmark_syntax_extension_set_emphasis(highlight_ext, 1);
    md_set_special(highlight_ext, "=");
    return highlight_ext;
}
