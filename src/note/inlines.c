#include <limits.h>

#include <cmark-gfm/chunk.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "base/unicode.h"
#include "note/markdown.h"
#include "note/tag.h"
#include "note/transcript.h"

/*
 * The inline extension: wikilinks, embeds, task marks, tags, comments, math,
 * footnotes, bare URLs, times, block ids.  cmark calls match() at each special
 * character; returning NULL leaves the character as text.  Searches for a closing
 * mark remember that there is none (struct md_parse), so that a chunk of n bytes
 * costs O(n) whatever stands in it.
 */
#define MAX_PARSE_DEPTH 16 /* inline footnotes in inline footnotes */

static cmark_syntax_extension *inline_ext;
struct md_types md_types;

struct place {
    cmark_parser *parser;
    cmark_inline_parser *inlines;
    struct md_parse *parse;
    cmark_node *parent;
    const char *text; /* the chunk */
    int len, at;      /* its bytes; where the special character stands */
};

static int first_column(const struct place *p) {
    return p->parent->start_column + p->parent->internal_offset;
}

/* As cmark counts: lines from the node whose content is parsed, columns in the
 * line plus where that content begins. Its own count misses line ends that our
 * nodes stepped over. */
static void set_place(const struct place *p, cmark_node *node) {
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

static cmark_node *new_node(const struct place *p, cmark_node_type type,
                            void *opaque, int end) {
    cmark_node *node =
        cmark_node_new_with_mem_and_ext(type, p->parser->mem, inline_ext);

    node->as.opaque = opaque;
    set_place(p, node);
    cmark_inline_parser_set_offset(p->inlines, end);
    return node;
}

static cmark_node *new_text_node(const struct place *p, cmark_node_type type,
                                 int from, int to, int end) {
    struct md_text *text = md_alloc(p->parser, sizeof *text);

    text->text = str_make(p->text + from, (size_t)(to - from));
    return new_node(p, type, text, end);
}

static cmark_node *literal(const struct place *p, int end) {
    cmark_node *node = cmark_node_new_with_mem(CMARK_NODE_TEXT, p->parser->mem);

    node->as.literal =
        (cmark_chunk){(unsigned char *)p->text + p->at, end - p->at, 0};
    cmark_inline_parser_set_offset(p->inlines, end);
    return node;
}

/* Inline content of a node of ours: cmark's own parser once more, on a chunk of
 * its own. What is known of the outer chunk stays known. */
static void parse_children(const struct place *p, cmark_node *node,
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
static cmark_node *slip_node(const struct place *p, int text, int shown,
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
static cmark_node *match_wiki(const struct place *p, bool embed) {
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
static cmark_node *match_task(const struct place *p) {
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
static bool tag_boundary(const struct place *p) {
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

static cmark_node *match_tag(const struct place *p) {
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

static int run_len(const struct place *p, int at, char c) {
    int n = 0;

    while (at + n < p->len && p->text[at + n] == c)
        n++;
    return n;
}

/* The offset behind the comment that begins at `at`, 0 where none does;
 * spec/markdown.md §14.1: fences are exactly two `%`. */
static int comment_end(const struct place *p, int at) {
    int begin = at;

    if (at >= p->parse->no_percents || run_len(p, at, '%') != 2)
        return 0;
    for (at += 2; at < p->len;) {
        const char *hit = memchr(p->text + at, '%', (size_t)(p->len - at));
        if (hit == NULL)
            break;
        at = (int)(hit - p->text);
        int run = run_len(p, at, '%');
        at += run;
        if (run == 2)
            return at;
    }
    p->parse->no_percents = begin;
    return 0;
}

static cmark_node *match_comment(const struct place *p) {
    int run = run_len(p, p->at, '%'), end = comment_end(p, p->at);

    if (end > 0)
        return new_text_node(p, md_types.comment, p->at + 2, end - 2, end);
    return run > 1 ? literal(p, p->at + run) : NULL;
}

static cmark_node *math_node(const struct place *p, int end, bool display) {
    struct md_math *math = md_alloc(p->parser, sizeof *math);
    int fence = display ? 2 : 1;

    math->display = display;
    math->text =
        str_make(p->text + p->at + fence, (size_t)(end - p->at - 2 * fence));
    return new_node(p, md_types.math, math, end);
}

/* The offset behind the next `$$` from behind the one at `at` on; 0: there is none. */
static int display_math_end(const struct place *p, int at) {
    int begin = at;

    if (at >= p->parse->no_dollars)
        return 0;
    for (at += 2; at + 1 < p->len; at++) {
        if (p->text[at] == '\\')
            at++;
        else if (p->text[at] == '$' && p->text[at + 1] == '$')
            return at + 2;
    }
    p->parse->no_dollars = begin;
    return 0;
}

static cmark_node *match_display_math(const struct place *p) {
    int begin = p->at + 2, end = display_math_end(p, p->at);

    if (end == 0)
        return literal(p, begin);
    if (str_trim(str_make(p->text + begin, (size_t)(end - 2 - begin))).len == 0)
        return literal(p, end);
    return math_node(p, end, true);
}

/* The offset behind the formula in the line that begins at `at`, 0 where none does;
 * spec/markdown.md §11.1. */
static int math_end(const struct place *p, int at) {
    int begin = at++;

    if (at >= p->len || ascii_space((unsigned char)p->text[at]) ||
        begin >= p->parse->no_dollar)
        return 0;
    for (; at < p->len; at++) {
        char next = at + 1 < p->len ? p->text[at + 1] : ' ';
        if (p->text[at] == '\\') {
            at++;
        } else if (p->text[at] == '$') {
            if (next == '$')
                at++;
            else if (at > begin + 1 &&
                     !ascii_space((unsigned char)p->text[at - 1]) &&
                     !ascii_digit((unsigned char)next))
                return at + 1;
        }
    }
    p->parse->no_dollar = begin;
    return 0;
}

static cmark_node *match_math(const struct place *p) {
    int end;

    if (run_len(p, p->at, '$') >= 2)
        return match_display_math(p);
    end = math_end(p, p->at);
    return end > 0 ? math_node(p, end, false) : NULL;
}

/* `[^label]`, spec/markdown.md §14.2 */
static cmark_node *match_footnote_ref(const struct place *p) {
    int at = p->at + 2;

    while (at < p->len && p->text[at] != ']' && p->text[at] != '[' &&
           (unsigned char)p->text[at] > ' ')
        at++;
    if (at == p->at + 2 || at >= p->len || p->text[at] != ']')
        return NULL;
    return new_text_node(p, md_types.footnote_ref, p->at + 2, at, at + 1);
}

/* The offset behind the code span that begins at `at` with `run` backticks, 0 where
 * none does. */
static int code_end(const struct place *p, int at, int run) {
    for (at += run; at < p->len;) {
        const char *hit = memchr(p->text + at, '`', (size_t)(p->len - at));
        if (hit == NULL)
            return 0;
        at = (int)(hit - p->text);
        int closing = run_len(p, at, '`');
        at += closing;
        if (closing == run)
            return at;
    }
    return 0;
}

/* Counts steps of searches for a closing bracket: whether they are more than a chunk
 * of this length may cost. */
static bool is_spent(const struct place *p, int steps) {
    if (p->len > INT_MAX / 32)
        return true;
    p->parse->no_bracket += steps;
    return p->parse->no_bracket > 16 * p->len;
}

/* What begins at `at` and in which brackets are only text: a code span, a comment, a
 * formula, or marks of those. The offset behind it; `at` for anything else. What
 * looks like one from one inline footnote into the next is two marks, as in two
 * amounts of money, but a comment stays one. */
static int opaque_end(const struct place *p, int at) {
    char c = p->text[at];
    int run, end;

    if (c != '`' && c != '%' && c != '$')
        return at;
    run = run_len(p, at, c);
    if (c == '`')
        end = code_end(p, at, run);
    else if (c == '%')
        end = comment_end(p, at);
    else
        end = run == 1 ? math_end(p, at) : display_math_end(p, at);
    if (end > 0)
        is_spent(p, end - at);
    else if (c == '`') /* the others remember that there is none */
        is_spent(p, p->len - at);
    if (c != '%' && end > 0 &&
        memmem(p->text + at, (size_t)(end - at), "^[", 2) != NULL)
        end = 0;
    return end > 0 ? end : at + run;
}

/* `^[text]` with balanced brackets. */
static cmark_node *match_footnote_inline(const struct place *p) {
    int depth = 0, at = p->at + 1;
    cmark_node *node;

    if (p->parse->depth >= MAX_PARSE_DEPTH)
        return NULL;
    while (at < p->len) {
        int opaque = opaque_end(p, at);
        char c = p->text[at];
        if (is_spent(p, 1))
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
static cmark_node *match_block_id(const struct place *p) {
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

static cmark_node *match_caret(const struct place *p) {
    if (p->at + 1 < p->len && p->text[p->at + 1] == '[')
        return match_footnote_inline(p);
    return match_block_id(p);
}

/* Where the bracket that closes a field's value stands; `from` is its beginning. One
 * in a comment is none, or the rest of the comment would be shown. */
static int field_end(const struct place *p, int from, char open, char close) {
    int depth = 1;

    for (int at = from; at < p->len && p->text[at] != '\n'; at++) {
        char c = mask_original(p->text[at]);
        int comment = c == '%' ? comment_end(p, at) : 0;
        if (is_spent(p, comment > 0 ? comment - at : 1))
            return 0;
        if (comment > 0 &&
            memchr(p->text + at, '\n', (size_t)(comment - at)) != NULL)
            return 0;
        if (comment > 0)
            at = comment - 1;
        else if (c == '\\')
            at++;
        else if (c == open)
            depth++;
        else if (c == close && --depth == 0)
            return at;
    }
    return 0;
}

/* `[key:: value]`, `(key:: value)`, spec/dataview.md §14: drawn in text, headings
 * and cells. */
static cmark_node *match_field(const struct place *p, bool keyless) {
    struct str rest = str_make(p->text + p->at, (size_t)(p->len - p->at));
    size_t colons = str_find_str(rest, STR("::"), 1);
    struct md_field *field;
    cmark_node *node;
    int end;

    if (colons == STR_NONE || p->parse->depth >= MAX_PARSE_DEPTH ||
        p->parent->type == md_types.callout_title)
        return NULL;
    end = field_end(p, p->at + (int)colons + 2, keyless ? '(' : '[',
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

/* What may stand at the end of a sentence is not the end of an address. */
static int url_end(const struct place *p, int begin, int end) {
    int open = 0, closed = 0;

    for (int i = begin; i < end; i++) {
        open += p->text[i] == '(';
        closed += p->text[i] == ')';
    }
    while (end > begin) {
        char c = p->text[end - 1];
        if (c == ')') {
            if (closed <= open)
                break;
            closed--;
        } else if (c == '\0' || strchr("?!.,:;*_~'\"]}|", c) == NULL) {
            break;
        }
        end--;
    }
    return end;
}

/* A bare address, spec/markdown.md §7: one pass, no look back. */
static cmark_node *match_url(const struct place *p) {
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
    at = url_end(p, host, at);
    if (at <= host)
        return NULL;
    return new_text_node(p, md_types.url, p->at, at, at);
}

/* `[00:08:05]`, which may be a link to a turn of a transcript. */
static cmark_node *match_time(const struct place *p) {
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
    struct place p = {parser,
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
