#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "base/unicode.h"
#include "note/list_marker.h"
#include "note/markdown.h"

/*
 * Block extensions: `%%` comments, `$$` math, footnote definitions, titles of
 * callouts, lists behind a task's box (decisions.md 16; spec/markdown.md §7, §10,
 * §11.1, §14), turns of a transcript.
 *
 * Comments, math and turns are CODE_BLOCKs that carry our extension: opaque lines, no
 * lazy continuation, closed by our own rule.  Offsets into a line are bytes.
 */
static cmark_syntax_extension *comment_ext, *math_ext, *footnote_ext,
    *callout_ext, *turns_ext, *boxed_ext;

static char closed_mark; /* user_data of a block whose end was met */

/* The next run of exactly two `c` at or after `from`, or len. */
static int find_pair(const unsigned char *input, int len, int from, char c) {
    int at = from;

    while (at < len) {
        const unsigned char *hit = memchr(input + at, c, (size_t)(len - at));
        int run = 0;

        if (hit == NULL)
            return len;
        at = (int)(hit - input);
        while (at + run < len && input[at + run] == (unsigned char)c)
            run++;
        if (run == 2)
            return at;
        at += run;
    }
    return len;
}

/* find_pair(…) == at. */
static bool pair_at(const unsigned char *input, int len, int at, char c) {
    return at + 1 < len && input[at] == (unsigned char)c &&
           input[at + 1] == (unsigned char)c &&
           (at + 2 == len || input[at + 2] != (unsigned char)c);
}

static int trimmed_len(const unsigned char *input, int len) {
    while (len > 0 && ascii_space(input[len - 1]))
        len--;
    return len;
}

static cmark_node *add_opaque(cmark_parser *parser, cmark_node *parent,
                              cmark_syntax_extension *ext,
                              const unsigned char *input, int skip) {
    int column = cmark_parser_get_first_nonspace_column(parser) + 1;
    cmark_node *node =
        cmark_parser_add_child(parser, parent, CMARK_NODE_CODE_BLOCK, column);

    cmark_node_set_syntax_extension(node, ext);
    /* Of a fence cmark counts no blank line, inside or at the end, against its
     * list's tightness, and takes the first line for the info: an empty one. */
    node->as.code.fenced = 1;
    node->as.code.info = (cmark_chunk){(unsigned char *)"", 0, 0};
    cmark_strbuf_putc(&node->content, '\n');
    cmark_parser_advance_offset(parser, (const char *)input,
                                cmark_parser_get_first_nonspace(parser) + skip -
                                    cmark_parser_get_offset(parser),
                                0);
    return node;
}

/* True when the paragraph that would be interrupted holds an open inline `c``c`:
 * the pair at the start of this line then closes that one. */
static bool pair_open_in(const cmark_node *parent, char c) {
    int at = 0, n = 0;

    if (parent->type != CMARK_NODE_PARAGRAPH)
        return false;
    /* A longer paragraph is not searched: keeps many such lines linear. */
    int len = (int)parent->content.size, from = len > 4096 ? len - 4096 : 0;
    const unsigned char *text = parent->content.ptr + from;
    len -= from;
    while ((at = find_pair(text, len, at, c)) < len) {
        at += 2;
        n++;
    }
    return n % 2 == 1;
}

static cmark_node *open_comment(cmark_syntax_extension *ext, int indented,
                                cmark_parser *parser, cmark_node *parent,
                                unsigned char *input, int len) {
    int first = cmark_parser_get_first_nonspace(parser);

    if (indented || !pair_at(input, len, first, '%'))
        return NULL;
    if (find_pair(input, len, first + 2, '%') < len)
        return NULL; /* closed on its line: an inline comment */
    if (pair_open_in(parent, '%'))
        return NULL;
    return add_opaque(parser, parent, ext, input, 2);
}

static cmark_node *open_math(cmark_syntax_extension *ext, int indented,
                             cmark_parser *parser, cmark_node *parent,
                             unsigned char *input, int len) {
    const struct mask *mask = md_current(parser)->mask;
    int first = cmark_parser_get_first_nonspace(parser);
    size_t line = (size_t)cmark_parser_get_line_number(parser);

    if (indented || !pair_at(input, len, first, '$'))
        return NULL;
    if (find_pair(input, len, first + 2, '$') < len)
        return NULL;
    /* Without another `$$` below it would swallow the rest of the note. */
    if (line >= mask->lines.len || mask->last_math < mask->lines.items[line])
        return NULL;
    if (pair_open_in(parent, '$'))
        return NULL;
    return add_opaque(parser, parent, ext, input, 2);
}

static int match_until(cmark_parser *parser, unsigned char *input, int len,
                       cmark_node *node, char c) {
    int offset = cmark_parser_get_offset(parser);
    int end = find_pair(input, len, offset, c);

    if (node->user_data == &closed_mark) /* on the line before */
        return 0;
    if (end == len)
        return 1;
    if (c == '$') /* what stands before it on the line is TeX */
        cmark_strbuf_put(&node->content, input + offset, end - offset);
    node->user_data = &closed_mark;
    end += 2;
    cmark_parser_advance_offset(parser, (const char *)input, end - offset, 0);
    if (trimmed_len(input + end, len - end) == 0)
        return 1; /* no blank line: cmark would find one in the parent */
    return 0;     /* what follows goes on as a new line of the parent */
}

static int match_comment(cmark_syntax_extension *ext, cmark_parser *parser,
                         unsigned char *input, int len, cmark_node *node) {
    (void)ext;
    return match_until(parser, input, len, node, '%');
}

static int match_math(cmark_syntax_extension *ext, cmark_parser *parser,
                      unsigned char *input, int len, cmark_node *node) {
    (void)ext;
    return match_until(parser, input, len, node, '$');
}

/* The lines of mask->kept that the line being parsed belongs to, or NULL. */
static const struct mask_lines *kept_now(const cmark_parser *parser) {
    const struct mask *mask = md_current(parser)->mask;
    uint32_t line =
        (uint32_t)cmark_parser_get_line_number((cmark_parser *)parser);
    size_t low = 0, high = mask->nkept;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mask->kept[middle].line + mask->kept[middle].nlines <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < mask->nkept && mask->kept[low].line <= line ? &mask->kept[low]
                                                             : NULL;
}

static cmark_node *open_turns(cmark_syntax_extension *ext, int indented,
                              cmark_parser *parser, cmark_node *parent,
                              unsigned char *input, int len) {
    cmark_node *node;

    if (indented || len < 1 || input[0] != MASK_TURNS)
        return NULL;
    node = add_opaque(parser, parent, ext, input, 1);
    if (node->parent->type == CMARK_NODE_DOCUMENT)
        md_current(parser)->nturns++;
    return node;
}

static int match_turns(cmark_syntax_extension *ext, cmark_parser *parser,
                       unsigned char *input, int len, cmark_node *node) {
    const struct mask_lines *kept = kept_now(parser);

    (void)ext;
    (void)input;
    (void)len;
    return kept != NULL && kept->line == (uint32_t)node->start_line;
}

bool md_is_turns_block(const cmark_node *n) {
    return n->extension == turns_ext && n->type == CMARK_NODE_CODE_BLOCK;
}

bool md_is_comment_block(const cmark_node *n) {
    return n->extension == comment_ext && n->type == CMARK_NODE_CODE_BLOCK;
}

bool md_is_math_block(const cmark_node *n) {
    return n->extension == math_ext && n->type == CMARK_NODE_CODE_BLOCK;
}

bool md_comment_unclosed(const cmark_node *n) {
    return md_is_comment_block(n) && n->user_data != &closed_mark;
}

/* `[^label]:` with a label without blanks (spec/markdown.md §14.2); the length
 * of it all, or 0. */
static int scan_definition(const unsigned char *p, int len, struct str *label) {
    int at = 2;

    if (len < 5 || p[0] != (unsigned char)MASK_FOOTNOTE || p[1] != '^')
        return 0;
    while (at < len && p[at] != ']' && p[at] != '[' && !ascii_space(p[at]))
        at++;
    if (at == 2 || at + 1 >= len || p[at] != ']' || p[at + 1] != ':')
        return 0;
    *label = str_make((const char *)p + 2, (size_t)at - 2);
    return at + 2;
}

static cmark_node *open_definition(cmark_syntax_extension *ext, int indented,
                                   cmark_parser *parser, cmark_node *parent,
                                   unsigned char *input, int len) {
    struct md_parse *p = md_current(parser);
    int first = cmark_parser_get_first_nonspace(parser), taken;
    struct md_text *text;
    struct str label;
    cmark_node *node;
    void **slot;

    if (indented)
        return NULL;
    taken = scan_definition(input + first, len - first, &label);
    if (taken == 0)
        return NULL;
    node = cmark_parser_add_child(parser, parent, md_types.footnote_def,
                                  first + 1);
    cmark_node_set_syntax_extension(node, ext);
    text = md_alloc(parser, sizeof *text);
    text->text = arena_str(p->definitions->arena, label);
    node->as.opaque = text;
    slot = map_slot(p->definitions, unicode_fold(p->definitions->arena, label));
    if (*slot != NULL && p->duplicate_line == 0) {
        p->duplicate_line = (uint32_t)cmark_parser_get_line_number(parser);
        p->duplicate_column =
            1 +
            (uint32_t)utf8_count(str_make((const char *)input, (size_t)first));
        p->duplicate = text->text;
    }
    *slot = node; /* of two definitions the last one counts */
    cmark_parser_advance_offset(parser, (const char *)input,
                                first + taken - cmark_parser_get_offset(parser),
                                0);
    return node;
}

/* Continuation lines are indented by two columns or more. */
static int match_definition(cmark_syntax_extension *ext, cmark_parser *parser,
                            unsigned char *input, int len, cmark_node *node) {
    int indent = cmark_parser_get_indent(parser);

    (void)ext;
    (void)len;
    if (cmark_parser_is_blank(parser))
        return node->first_child != NULL;
    if (indent < 2)
        return 0;
    cmark_parser_advance_offset(parser, (const char *)input,
                                indent < 4 ? indent : 4, 1);
    return 1;
}

static int definition_can_contain(cmark_syntax_extension *ext, cmark_node *node,
                                  cmark_node_type child) {
    (void)ext;
    (void)node;
    return CMARK_NODE_TYPE_BLOCK_P(child) && child != CMARK_NODE_ITEM;
}

/* `[!type|metadata]±` at the start of a quote; where the title begins, or 0. */
static int scan_callout(const unsigned char *p, int len,
                        struct md_callout *out) {
    int at = 2, bar = 0;

    if (len < 4 || p[0] != '[' || p[1] != '!')
        return 0;
    while (at < len && p[at] != ']' && p[at] != '\n') {
        if (p[at] == '|' && bar == 0)
            bar = at;
        at++;
    }
    if (at >= len || p[at] != ']')
        return 0;
    const char *text = (const char *)p;
    out->type = str_trim(str_make(text + 2, (size_t)((bar ? bar : at) - 2)));
    if (bar)
        out->metadata =
            str_trim(str_make(text + bar + 1, (size_t)(at - bar - 1)));
    if (out->type.len == 0)
        return 0;
    at++;
    if (at < len && (p[at] == '+' || p[at] == '-'))
        out->fold = (char)p[at++];
    return at;
}

/*
 * The title is a block of its own, so that nothing inline reaches from it into
 * the body (spec/markdown.md §20, 1-3); an empty paragraph behind it takes lazy
 * continuation lines.
 */
static cmark_node *open_callout(cmark_syntax_extension *ext, int indented,
                                cmark_parser *parser, cmark_node *parent,
                                unsigned char *input, int len) {
    int first = cmark_parser_get_first_nonspace(parser), at;
    struct md_callout found = {0}, *callout;
    cmark_node *title, *body;

    if (indented || parent->type != CMARK_NODE_BLOCK_QUOTE ||
        parent->first_child != NULL ||
        parent->start_line != cmark_parser_get_line_number(parser))
        return NULL;
    at = scan_callout(input + first, len - first, &found);
    if (at == 0)
        return NULL;
    at += first;
    len = trimmed_len(input, len);
    while (at < len && ascii_space(input[at]))
        at++;
    callout = md_alloc(parser, sizeof *callout);
    *callout = found;
    /* The line does not outlive this call. */
    callout->type =
        arena_str(md_current(parser)->definitions->arena, found.type);
    callout->metadata =
        arena_str(md_current(parser)->definitions->arena, found.metadata);
    callout->has_title = at < len;
    title =
        cmark_parser_add_child(parser, parent, md_types.callout_title, at + 1);
    cmark_node_set_syntax_extension(title, ext);
    title->as.opaque = callout;
    title->end_line = title->start_line;
    title->flags &= (uint16_t)~CMARK_NODE__OPEN;
    if (at < len)
        cmark_strbuf_put(&title->content, input + at, len - at);
    body =
        cmark_parser_add_child(parser, parent, CMARK_NODE_PARAGRAPH, first + 1);
    body->start_line++; /* what comes to it begins on the next line, if any does */
    cmark_node_set_syntax_extension(body, ext);
    cmark_parser_advance_offset(parser, (const char *)input,
                                len - cmark_parser_get_offset(parser), 0);
    return body;
}

/* While the paragraph is empty a line of the quote opens blocks of its own; text
 * still comes to it, as a lazy continuation. */
static int match_callout_body(cmark_syntax_extension *ext, cmark_parser *parser,
                              unsigned char *input, int len, cmark_node *node) {
    (void)ext;
    (void)input;
    (void)len;
    return node->content.size > 0 && !cmark_parser_is_blank(parser);
}

static int callout_can_contain(cmark_syntax_extension *ext, cmark_node *node,
                               cmark_node_type child) {
    (void)ext;
    (void)node;
    return CMARK_NODE_TYPE_INLINE_P(child);
}

static int callout_contains_inlines(cmark_syntax_extension *ext,
                                    cmark_node *node) {
    (void)ext;
    return node->type == md_types.callout_title ||
           node->type == CMARK_NODE_PARAGRAPH ||
           node->type == CMARK_NODE_HEADING;
}

/*
 * `- [ ] 1. x`: behind the box of a task a list begins as it would without the box
 * (spec/markdown.md §7).  The box is a paragraph of its own; cmark goes on with the
 * item, in which it then meets the list's marker.  Columns of the list count from
 * there: lines indented by its marker's width below the item's text belong to it.
 */
static cmark_node *open_boxed_list(cmark_syntax_extension *ext, int indented,
                                   cmark_parser *parser, cmark_node *parent,
                                   unsigned char *input, int len) {
    int first = cmark_parser_get_first_nonspace(parser), at = first;
    cmark_node *box;

    if (indented || parent->type != CMARK_NODE_ITEM ||
        parent->first_child != NULL ||
        parent->start_line != cmark_parser_get_line_number(parser) ||
        at >= len || input[at] != MASK_TASK)
        return NULL;
    while (input[at] != ']') /* one stands there: mask.c has seen it */
        at++;
    for (at++; at < len && (input[at] == ' ' || input[at] == '\t');)
        at++;
    if (list_marker(str_make((const char *)input + at,
                             (size_t)(trimmed_len(input, len) - at)),
                    false) == 0)
        return NULL;
    box =
        cmark_parser_add_child(parser, parent, CMARK_NODE_PARAGRAPH, first + 1);
    cmark_node_set_syntax_extension(box, ext);
    box->end_line = box->start_line;
    box->flags &= (uint16_t)~CMARK_NODE__OPEN;
    cmark_strbuf_put(&box->content, input + first, at - first);
    cmark_parser_advance_offset(parser, (const char *)input,
                                at - cmark_parser_get_offset(parser), 0);
    return parent;
}

bool md_is_box(const cmark_node *n) {
    return n->extension == boxed_ext && n->type == CMARK_NODE_PARAGRAPH;
}

static cmark_syntax_extension *new_extension(const char *name,
                                             cmark_open_block_func open,
                                             cmark_match_block_func match) {
    cmark_syntax_extension *ext = cmark_syntax_extension_new(name);

    cmark_syntax_extension_set_open_block_func(ext, open);
    cmark_syntax_extension_set_match_block_func(ext, match);
    return ext;
}

cmark_syntax_extension *md_blocks_extension(int which) {
    if (comment_ext == NULL) {
        comment_ext = new_extension("comment", open_comment, match_comment);
        math_ext = new_extension("math", open_math, match_math);
        footnote_ext =
            new_extension("footnote", open_definition, match_definition);
        cmark_syntax_extension_set_can_contain_func(footnote_ext,
                                                    definition_can_contain);
        md_types.footnote_def = cmark_syntax_extension_add_node(0);
        turns_ext = new_extension("turns", open_turns, match_turns);
        callout_ext =
            new_extension("callout", open_callout, match_callout_body);
        cmark_syntax_extension_set_can_contain_func(callout_ext,
                                                    callout_can_contain);
        cmark_syntax_extension_set_contains_inlines_func(
            callout_ext, callout_contains_inlines);
        md_types.callout_title = cmark_syntax_extension_add_node(0);
        boxed_ext = new_extension("boxed-list", open_boxed_list, NULL);
    }
    cmark_syntax_extension *all[] = {comment_ext, math_ext,  footnote_ext,
                                     callout_ext, turns_ext, boxed_ext};
    return which < (int)ARRAY_LEN(all) ? all[which] : NULL;
}
