#include <limits.h>

#include <cmark-gfm/chunk.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "base/unicode.h"
#include "note/inline_place.h"
#include "note/markdown.h"
#include "note/tag.h"
#include "note/transcript.h"

/*
 * The inline extension: wikilinks, embeds, task marks, tags, comments, math,
 * footnotes, bare URLs, times, block ids.  cmark calls match() at each special
 * character; returning NULL leaves the character as text.  Searches for a closing
 * mark remember that there is none (struct md_parse), so that a chunk of n bytes
 * costs O(n) whatever stands in it (inline_place.h).
 */
#define MAX_PARSE_DEPTH 16 /* inline footnotes in inline footnotes */

static cmark_syntax_extension *inline_ext;
struct md_types md_types;

static int first_column(const struct inline_place *p) {
    return p->parent->start_column + p->parent->internal_offset;
}

/* As cmark counts: lines from the node whose content is parsed, columns in the
 * line plus where that content begins. Its own count misses line ends that our
 * nodes stepped over. */
static void set_place(const struct inline_place *p, cmark_node *node) {
    struct md_parse *parse = p->parse;

    for (; parse->looked < p->at; parse->looked++) {
        if (p->text[parse->looked] != '\n')
            continue;
        parse->line++;
        parse->line_begin = parse->looked + 1;
    }
    node->start_line = node->end_line = p->parent->start_line + parse->line;
    node->start_column =
        p->at - parse->line_begin +
        (parse->line > 0 ? parse->leaf_column : first_column(p));
}

static cmark_node *new_node(const struct inline_place *p, cmark_node_type type,
                            void *opaque, int end) {
    cmark_node *node =
        cmark_node_new_with_mem_and_ext(type, p->parser->mem, inline_ext);

    node->as.opaque = opaque;
    set_place(p, node);
    cmark_inline_parser_set_offset(p->inlines, end);
    return node;
}

static cmark_node *new_text_node(const struct inline_place *p,
                                 cmark_node_type type, int from, int to,
                                 int end) {
    struct md_text *text = md_alloc(p->parser, sizeof *text);

    text->text = str_make(p->text + from, (size_t)(to - from));
    return new_node(p, type, text, end);
}

static cmark_node *literal(const struct inline_place *p, int end) {
    cmark_node *node = cmark_node_new_with_mem(CMARK_NODE_TEXT, p->parser->mem);

    node->as.literal =
        (cmark_chunk){(unsigned char *)p->text + p->at, end - p->at, 0};
    cmark_inline_parser_set_offset(p->inlines, end);
    return node;
}

/* Inline content of a node of ours: cmark's own parser once more, on a chunk of
 * its own. What is known of the outer chunk stays known. */
static void parse_children(const struct inline_place *p, cmark_node *node,
                           struct str text) {
    struct md_parse saved = *p->parse;

    p->parse->depth++;
    node->internal_offset = (int)(text.p - (p->text + p->at));
    cmark_strbuf_put(&node->content, (const unsigned char *)text.p,
                     (bufsize_t)text.len);
    cmark_parse_inlines(p->parser, node, p->parser->refmap, p->parser->options);
    p->parse->chunk = saved.chunk;
    p->parse->no_dollar = saved.no_dollar;
    p->parse->no_dollars = saved.no_dollars;
    p->parse->no_percents = saved.no_percents;
    p->parse->no_bracket = saved.no_bracket;
    p->parse->line = saved.line;
    p->parse->line_begin = saved.line_begin;
    p->parse->looked = saved.looked;
    p->parse->depth--;
}

/* `text` as it stands, with a finding about `shown`. */
static cmark_node *slip_node(const struct inline_place *p, int text, int shown,
                             const char *why) {
    struct md_slip *slip = md_alloc(p->parser, sizeof *slip);

    slip->text = str_make(p->text + p->at, (size_t)text);
    slip->shown = str_make(p->text + p->at, (size_t)shown);
    slip->why = why;
    return new_node(p, md_types.slip, slip, p->at + text);
}

/* Whether a label needs more than escaping. */
static bool has_markup(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (ascii_punct((unsigned char)s.p[i]) &&
            strchr("*_`~=\\<&$^%#[!", s.p[i]) != NULL)
            return true;
    return mask_found(s);
}

static bool only_hashes(struct str s) {
    size_t n = 0;

    while (n < s.len && (s.p[n] == '#' || ascii_space((unsigned char)s.p[n])))
        n++;
    return n == s.len;
}

/* spec/markdown.md §3.1 */
static cmark_node *match_wiki(const struct inline_place *p, bool embed) {
    int begin = p->at + (embed ? 3 : 2), at = begin;
    struct md_wiki *wiki;
    struct str body;
    cmark_node *node;

    if (begin > p->len || p->text[begin - 1] != '[' ||
        (embed && p->text[begin - 2] != '['))
        return NULL;
    for (;; at++) {
        if (at + 1 >= p->len && p->parent->type == CMARK_NODE_TABLE_CELL)
            return slip_node(p, begin - p->at, p->len - p->at, NULL);
        if (at + 1 >= p->len || p->text[at] == '\n' ||
            p->text[at] == MASK_WIKI || p->text[at] == MASK_EMBED)
            return NULL;
        if (p->text[at] == ']' && p->text[at + 1] == ']')
            break;
    }
    body = str_make(p->text + begin, (size_t)(at - begin));
    wiki = md_alloc(p->parser, sizeof *wiki);
    wiki->body = body;
    wiki->embed = embed;
    wiki->target = str_trim(md_wiki_target(body));
    wiki->display = str_trim(md_wiki_display(body));
    wiki->has_display = wiki->display.len > 0;
    /* `[[#]]` names as little as `[[]]`, and would be a link without a text. */
    if (wiki->target.len == 0 ||
        (!wiki->has_display && only_hashes(wiki->target)))
        return literal(p, at + 2);
    node = new_node(p, md_types.wiki, wiki, at + 2);
    if (!embed && wiki->has_display && has_markup(wiki->display))
        parse_children(p, node, wiki->display);
    return node;
}

/* spec/markdown.md §8: at the very start of a list item. */
static cmark_node *match_task(const struct inline_place *p) {
    uint32_t code;
    int n;

    if (p->at != 0 || p->parent->type != CMARK_NODE_PARAGRAPH ||
        p->parent->prev != NULL || p->parent->parent == NULL ||
        p->parent->parent->type != CMARK_NODE_ITEM || p->len < 3)
        return NULL;
    n = (int)utf8_decode(str_make(p->text, (size_t)p->len), 1, &code);
    if (1 + n >= p->len || p->text[1 + n] != ']')
        return NULL;
    int end = n + 2;
    if (end < p->len && (p->text[end] == ' ' || p->text[end] == '\t'))
        end++;
    return new_text_node(p, md_types.task, 1, 1 + n, end);
}

/* Where a tag may begin: spec/markdown.md §9, "Boundary". Behind raw HTML it
 * begins a new inline token, which is what all the exceptions there do. */
static bool tag_boundary(const struct inline_place *p) {
    const cmark_node *last = p->parent->last_child;
    struct str text = str_make(p->text, (size_t)p->len);
    uint32_t code;
    char before;

    if (p->at == 0)
        return true;
    before = p->text[p->at - 1];
    if (before == '_' || before == '*' ||
        (last != NULL &&
         (last->type == md_types.tag || last->type == CMARK_NODE_HTML_INLINE)))
        return true;
    if (p->at >= 2) {
        char second = p->text[p->at - 2];
        if ((before == '[' || before == ']') && second == '\\')
            return true;
        if ((before == '=' || before == '~') && second == before)
            return true;
    }
    utf8_decode_back(text, (size_t)p->at, &code);
    return unicode_class(code) == UNICODE_SPACE;
}

static cmark_node *match_tag(const struct inline_place *p) {
    struct str text = str_make(p->text, (size_t)p->len);
    size_t len = tag_length(text, (size_t)p->at + 1), shown;
    cmark_node *node;

    /* `_#tag_`: the second underscore closes what the first one opened. */
    if (p->at > 0 && p->text[p->at - 1] == '_')
        while (len > 0 && p->text[p->at + (int)len] == '_')
            len--;
    if (len == 0 || !tag_boundary(p)) {
        const char *why = tag_slip(text, (size_t)p->at, &shown);
        return why != NULL ? slip_node(p, 1, (int)shown, why) : NULL;
    }
    int end = p->at + 1 + (int)len;
    node = new_text_node(p, md_types.tag, p->at + 1, end, end);
    ((struct md_text *)node->as.opaque)->empty_level =
        end < p->len && p->text[end] == '/';
    return node;
}

static cmark_node *match_comment(const struct inline_place *p) {
    int run = inline_run_len(p, p->at, '%'), end = inline_comment_end(p, p->at);

    if (end > 0)
        return new_text_node(p, md_types.comment, p->at + 2, end - 2, end);
    return run > 1 ? literal(p, p->at + run) : NULL;
}

static cmark_node *math_node(const struct inline_place *p, int end,
                             bool display) {
    struct md_math *math = md_alloc(p->parser, sizeof *math);
    int fence = display ? 2 : 1;

    math->display = display;
    math->text =
        str_make(p->text + p->at + fence, (size_t)(end - p->at - 2 * fence));
    return new_node(p, md_types.math, math, end);
}

static cmark_node *match_display_math(const struct inline_place *p) {
    int begin = p->at + 2, end = inline_display_math_end(p, p->at);

    if (end == 0)
        return literal(p, begin);
    if (str_trim(str_make(p->text + begin, (size_t)(end - 2 - begin))).len == 0)
        return literal(p, end);
    return math_node(p, end, true);
}

static cmark_node *match_math(const struct inline_place *p) {
    int end;

    if (inline_run_len(p, p->at, '$') >= 2)
        return match_display_math(p);
    end = inline_math_end(p, p->at);
    return end > 0 ? math_node(p, end, false) : NULL;
}

/* `[^label]`, spec/markdown.md §14.2 */
static cmark_node *match_footnote_ref(const struct inline_place *p) {
    int at = p->at + 2;

    while (at < p->len && p->text[at] != ']' && p->text[at] != '[' &&
           (unsigned char)p->text[at] > ' ')
        at++;
    if (at == p->at + 2 || at >= p->len || p->text[at] != ']')
        return NULL;
    return new_text_node(p, md_types.footnote_ref, p->at + 2, at, at + 1);
}

/* `^[text]` with balanced brackets. */
static cmark_node *match_footnote_inline(const struct inline_place *p) {
    int depth = 0, at = p->at + 1;
    cmark_node *node;

    if (p->parse->depth >= MAX_PARSE_DEPTH)
        return NULL;
    while (at < p->len) {
        int opaque = inline_opaque_end(p, at);
        char c = p->text[at];
        if (inline_is_spent(p, 1))
            return NULL;
        if (opaque > at) {
            at = opaque;
            continue;
        }
        if (c == '[' || c == MASK_WIKI || c == MASK_FOOTNOTE)
            depth++;
        else if (c == ']' && --depth == 0)
            break;
        at += c == '\\' ? 2 : 1;
    }
    if (at >= p->len || at <= p->at + 2)
        return NULL;
    node = new_node(p, md_types.footnote_inline, NULL, at + 1);
    parse_children(p, node,
                   str_make(p->text + p->at + 2, (size_t)(at - p->at - 2)));
    return node;
}

/* In a cell nothing can be addressed, but its marker is not for the reader; a
 * title is a whole callout only where no body follows. */
static bool may_end_in_id(const cmark_node *n) {
    return n->type == CMARK_NODE_PARAGRAPH || n->type == CMARK_NODE_HEADING ||
           n->type == CMARK_NODE_TABLE_CELL ||
           (n->type == md_types.callout_title && n->next == NULL);
}

/* spec/markdown.md §5: `^id` behind a blank, at the very end of the block. */
static cmark_node *match_block_id(const struct inline_place *p) {
    int at = p->at + 1;

    if (!may_end_in_id(p->parent) ||
        (p->at > 0 && !ascii_space((unsigned char)p->text[p->at - 1])))
        return NULL;
    while (at < p->len &&
           (ascii_alnum((unsigned char)p->text[at]) || p->text[at] == '-'))
        at++;
    if (at == p->at + 1 || at < p->len)
        return NULL;
    return new_text_node(p, md_types.block_id, p->at + 1, at, at);
}

static cmark_node *match_caret(const struct inline_place *p) {
    if (p->at + 1 < p->len && p->text[p->at + 1] == '[')
        return match_footnote_inline(p);
    return match_block_id(p);
}

/* `[key:: value]`, `(key:: value)`, spec/dataview.md §14: drawn in text, headings
 * and cells. */
static cmark_node *match_field(const struct inline_place *p, bool keyless) {
    struct str rest = str_make(p->text + p->at, (size_t)(p->len - p->at));
    size_t colons = str_find_str(rest, STR("::"), 1);
    struct md_field *field;
    cmark_node *node;
    int end;

    if (colons == STR_NONE || p->parse->depth >= MAX_PARSE_DEPTH ||
        p->parent->type == md_types.callout_title)
        return NULL;
    end = inline_field_end(p, p->at + (int)colons + 2, keyless ? '(' : '[',
                           keyless ? ')' : ']');
    if (end == 0)
        return NULL;
    field = md_alloc(p->parser, sizeof *field);
    field->key = str_trim(str_slice(rest, 1, colons));
    field->value = str_trim(str_slice(rest, colons + 2, (size_t)(end - p->at)));
    field->keyless = keyless;
    node = new_node(p, md_types.field, field, end + 1);
    if (field->value.len > 0)
        parse_children(p, node, field->value);
    return node;
}

/* A bare address, spec/markdown.md §7: one pass, no look back. */
static cmark_node *match_url(const struct inline_place *p) {
    int at = p->at, brackets = 0, host;

    while (at < p->len && p->text[at] != '/')
        at++;
    host = at + 2;
    if (host >= p->len || !(ascii_alnum((unsigned char)p->text[host]) ||
                            p->text[host] == '[' || (p->text[host] & 0x80)))
        return NULL;
    for (at = host; at < p->len; at++) {
        unsigned char c = (unsigned char)p->text[at];
        if (c == '[')
            brackets++;
        if (c <= ' ' && mask_original((char)c) <= ' ')
            break;
        if (c == '<' || c == '>' || c == '"' || c == '`' ||
            (c == ']' && brackets-- == 0))
            break;
    }
    at = inline_url_end(p, host, at);
    if (at <= host)
        return NULL;
    return new_text_node(p, md_types.url, p->at, at, at);
}

/* `[00:08:05]`, which may be a link to a turn of a transcript. */
static cmark_node *match_time(const struct inline_place *p) {
    uint32_t seconds;
    size_t len = transcript_time(
        str_make(p->text + p->at, (size_t)(p->len - p->at)), &seconds);
    int end = p->at + (int)len;

    return len > 0 ? new_text_node(p, md_types.time, p->at, end, end) : NULL;
}

static cmark_node *match(cmark_syntax_extension *ext, cmark_parser *parser,
                         cmark_node *parent, unsigned char c,
                         cmark_inline_parser *inlines) {
    const cmark_chunk *chunk = cmark_inline_parser_get_chunk(inlines);
    struct inline_place p = {parser,
                             inlines,
                             md_current(parser),
                             parent,
                             (const char *)chunk->data,
                             chunk->len,
                             cmark_inline_parser_get_offset(inlines)};

    (void)ext;
    if (p.parse->chunk != chunk->data) {
        p.parse->chunk = chunk->data;
        p.parse->no_dollar = p.parse->no_dollars = INT_MAX;
        p.parse->no_percents = INT_MAX;
        p.parse->no_bracket = 0;
        p.parse->line = p.parse->line_begin = p.parse->looked = 0;
        if (p.parse->depth == 0)
            p.parse->leaf_column = first_column(&p);
    }
    switch (c) {
    case MASK_WIKI:
        return match_wiki(&p, false);
    case MASK_EMBED:
        return match_wiki(&p, true);
    case MASK_TASK:
        return match_task(&p);
    case MASK_FOOTNOTE:
        return match_footnote_ref(&p);
    case MASK_URL_LOWER:
    case MASK_URL_UPPER:
        return match_url(&p);
    case MASK_TIME:
        return match_time(&p);
    case MASK_FIELD:
        return match_field(&p, false);
    case MASK_KEYLESS:
        return match_field(&p, true);
    case '#':
        return match_tag(&p);
    case '%':
        return match_comment(&p);
    case '$':
        return match_math(&p);
    case '^':
        return match_caret(&p);
    default:
        return NULL;
    }
}

int md_holds_inlines(cmark_syntax_extension *ext, cmark_node *node,
                     cmark_node_type child) {
    (void)ext;
    (void)node;
    return CMARK_NODE_TYPE_INLINE_P(child);
}

void md_set_special(cmark_syntax_extension *ext, const char *characters) {
    cmark_mem *mem = cmark_get_default_mem_allocator();
    cmark_llist *list = NULL;

    for (; *characters != '\0'; characters++)
        list = cmark_llist_append(
            mem, list, (void *)(uintptr_t)(unsigned char)*characters);
    cmark_syntax_extension_set_special_inline_chars(ext, list);
}

cmark_syntax_extension *md_inlines_extension(void) {
    cmark_node_type *types[] = {
        &md_types.wiki,
        &md_types.task,
        &md_types.tag,
        &md_types.comment,
        &md_types.math,
        &md_types.footnote_ref,
        &md_types.footnote_inline,
        &md_types.url,
        &md_types.time,
        &md_types.block_id,
        &md_types.highlight,
        &md_types.slip,
        &md_types.field,
    };

    inline_ext = cmark_syntax_extension_new("vault");
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        *types[i] = cmark_syntax_extension_add_node(1);
    cmark_syntax_extension_set_match_inline_func(inline_ext, match);
    cmark_syntax_extension_set_can_contain_func(inline_ext, md_holds_inlines);
    md_set_special(inline_ext, "\x01\x02\x03\x04\x05\x06\x11\x12\x13#%$^");
    return inline_ext;
}
