#include "note/render.h"

#include "base/name_key.h"
#include "base/slug.h"
#include "base/unicode.h"
#include "html/escape.h"
#include "note/diagram.h"
#include "note/extra.h"
#include "note/plain.h"

#define OUT(r) (&(r)->o->html)

/* Nothing but comments and the like: no element is written. */
static bool is_empty(const cmark_node *n) {
    const cmark_node *child = n->first_child;

    while (child != NULL && render_invisible(child))
        child = child->next;
    return child == NULL;
}

/* decisions.md 17 */
static bool has_block_embed(const cmark_node *n) {
    for (const cmark_node *c = n->first_child; c != NULL; c = c->next)
        if (render_is_block_embed(c))
            return true;
    return false;
}

/* A paragraph of a tight item has no element, unless it needs one for its id; a box
 * alone has none in any item. */
static bool is_tight(const cmark_node *n) {
    return n->parent != NULL && n->parent->type == CMARK_NODE_ITEM &&
           (n->parent->parent->as.list.tight || md_is_box(n)) &&
           (render_is_item_text(n) || !render_has_block_id(n));
}

/* The block above that is seen, past comments and definitions of footnotes. */
static const cmark_node *last_seen_before(const cmark_node *n) {
    do
        n = n->prev;
    while (n != NULL &&
           (md_is_comment_block(n) || n->type == md_types.footnote_def));
    return n;
}

static bool is_tight_text(const cmark_node *n) {
    return n != NULL && n->type == CMARK_NODE_PARAGRAPH && is_tight(n) &&
           !has_block_embed(n);
}

/* What is no element itself gets one for its block id. */
static uint32_t begin_frame(struct render *r, const cmark_node *n,
                            struct range range) {
    uint32_t block;

    if (!render_has_block_id(n))
        return NOTE_NONE;
    buf_add_lit(OUT(r), "<div");
    block = render_block_begin(r, n, range);
    buf_add_lit(OUT(r), ">");
    if (block == NOTE_NONE) /* its id was taken */
        buf_add_lit(OUT(r), "</div>");
    return block;
}

static void end_frame(struct render *r, uint32_t block) {
    if (block != NOTE_NONE)
        buf_add_lit(OUT(r), "</div>\n");
    render_block_end(r, block);
}

static void paragraph(struct render *r, cmark_iter *iter, cmark_node *n,
                      bool enter) {
    struct range range = object_range_begin(r->o);
    bool tight = is_tight(n);

    if (enter) {
        if (is_empty(n) && !render_is_item_text(n)) {
            for (cmark_node *c = n->first_child; c != NULL; c = c->next)
                if (c->type == md_types.comment ||
                    c->type == CMARK_NODE_HTML_INLINE)
                    render_inline(r, iter, c, true);
            cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
            return;
        }
        render_leaf_begin(r, n, true);
        r->split = SPLIT_NO;
        if (has_block_embed(n)) {
            r->split = SPLIT_CLOSED;
            if (!render_is_item_text(n))
                render_block_set(n, begin_frame(r, n, range));
            return;
        }
        if (tight && render_is_item_text(n))
            return;
        if (tight) { /* further text of a tight item */
            buf_add_str(OUT(r), is_tight_text(last_seen_before(n))
                                    ? STR("<br>\n")
                                    : STR("\n"));
            return;
        }
        buf_add_lit(OUT(r), "<p");
        render_block_set(n, render_is_item_text(n)
                                ? NOTE_NONE
                                : render_block_begin(r, n, range));
        buf_add_lit(OUT(r), ">");
        return;
    }
    render_leaf_end(r, TEXT_PARAGRAPH);
    if (r->split == SPLIT_OPEN || (r->split == SPLIT_NO && !tight))
        buf_add_lit(OUT(r), "</p>\n");
    if (r->split == SPLIT_NO)
        render_block_end(r, render_block_of(n));
    else
        end_frame(r, render_block_of(n));
    r->split = SPLIT_NO;
}

/* --- headings --- */

static bool linkable(const struct render *r) {
    return r->in_quote == 0 && !r->in_footnotes;
}

/* The source text, without what must not be seen: comments. */
static struct str heading_raw(struct render *r, const cmark_node *n) {
    struct str raw = str_trim(
        str_make((const char *)n->content.ptr, (size_t)n->content.size));
    const cmark_node *id = render_last_block_id(n);
    struct buf shown = {0};

    if (id != NULL) {
        struct str name = ((struct md_text *)id->as.opaque)->text;
        if (raw.len > name.len && str_ends(raw, name))
            raw = str_rtrim(str_slice(raw, 0, raw.len - name.len - 1));
    }
    plain_strip(&shown, raw, false);
    raw = mask_plain(r->o->scratch, str_trim(buf_str(&shown)));
    raw = arena_str(r->o->build, raw);
    buf_release(&shown);
    return raw;
}

/* Headings share the page with ids of other makes (decisions.md 8). */
static struct str heading_id(struct render *r, struct str key) {
    static const struct str taken[] = {STR_INIT("fn-"), STR_INIT("fnref-"),
                                       STR_INIT("u-"),  STR_INIT("t-"),
                                       STR_INIT("e"),   STR_INIT("_")};
    struct str slug = slug_make(r->o->scratch, key);
    struct buf name = {0};
    struct str id;

    for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
        bool embed = str_eq(taken[i], STR("e"));
        if (!str_starts(slug, taken[i]) ||
            (embed && (slug.len < 3 || !ascii_digit((unsigned char)slug.p[1]) ||
                       str_find(slug, '-') == STR_NONE)))
            continue;
        buf_add_lit(&name, "h-");
        break;
    }
    buf_add_str(&name, slug);
    id = object_id(r->o, buf_str(&name), NULL);
    buf_release(&name);
    return id;
}

static void heading_enter(struct render *r, cmark_node *n) {
    struct open_section section = {(uint32_t)r->o->headings.len, n->parent};
    struct heading h = {.level = (uint8_t)n->as.heading.level};

    h.in_quote = !linkable(r);
    h.is_top = n->parent->type == CMARK_NODE_DOCUMENT && !r->in_footnotes;
    h.line = render_line(r, n);
    h.raw = heading_raw(r, n);
    h.key = heading_key(r->o->build, h.raw);
    object_heading_begin(r->o, h.level, n->parent);
    h.own = object_range_begin(r->o);
    render_leaf_begin(r, n, true);
    r->in_heading++;
    buf_add_lit(OUT(r), "<h");
    buf_add_u64(OUT(r), h.level);
    r->heading_id = (uint32_t)r->o->ids.len;
    object_add_id(r->o, STR("")); /* from its plain text, when that is known */
    render_block_set(n, render_block_begin(r, n, h.own));
    html_add_attr(OUT(r), STR("data-heading"), h.raw);
    buf_add_lit(OUT(r), ">");
    vec_push(&r->o->headings, h);
    vec_push(&r->o->open_sections, section);
}

static void heading_exit(struct render *r, cmark_node *n) {
    struct heading *h;

    render_leaf_end(r, TEXT_HEADING);
    buf_add_lit(OUT(r), "</h");
    buf_add_u64(OUT(r), (uint64_t)n->as.heading.level);
    buf_add_lit(OUT(r), ">\n");
    r->in_heading--;
    h = &r->o->headings.items[vec_last(&r->o->open_sections)->heading];
    object_range_end(r->o, &h->own);
    h->text = arena_str(r->o->build,
                        str_trim(str_slice(buf_str(&r->o->text), r->text_begin,
                                           r->o->text.len - 1)));
    h->id = heading_id(r, h->text);
    r->o->ids.items[r->heading_id] = h->id;
    if (render_block_of(n) != NOTE_NONE)
        r->o->blocks.items[render_block_of(n)].element_id = h->id;
    render_block_end(r, render_block_of(n));
}

/* --- code, math, HTML --- */

static struct str first_word(struct str s) {
    size_t n = 0;

    while (n < s.len && !ascii_space((unsigned char)s.p[n]))
        n++;
    return str_slice(s, 0, n);
}

/* Only where no language is named; some write `none`. */
static bool may_be_query(const cmark_node *n, struct str language) {
    return n->as.code.fenced &&
           (language.len == 0 || str_eq(language, STR("none")));
}

static void code_element(struct render *r, struct str language,
                         struct str text) {
    buf_add_lit(OUT(r), "<code");
    if (language.len > 0) {
        buf_add_lit(OUT(r), " class=\"language-");
        html_escape(OUT(r), language);
        buf_add_ch(OUT(r), '"');
    }
    buf_add_ch(OUT(r), '>');
    html_escape(OUT(r), text);
    buf_add_str(&r->o->text, text);
    buf_add_lit(OUT(r), "</code>");
}

/* Below a diagram, whose nodes the reader's browser then makes links of; they stand
 * for these where nothing draws it. */
static void diagram_link_list(struct render *r, const cmark_node *n,
                              struct str text) {
    size_t len;
    const struct diagram_link *links = diagram_links(r->o->scratch, text, &len);

    for (size_t i = 0; i < len; i++) {
        struct str typed = arena_str(r->o->build, links[i].label);
        struct link l = {.kind = LINK_WIKI,
                         .target = str_trim(str_until(typed, '#')),
                         .subpath = str_trim(str_after(typed, '#')),
                         .typed = typed,
                         .display = typed,
                         .line = render_line(r, n) + 1 + links[i].line,
                         .block = NOTE_NONE};
        struct str line = render_source_line(r, l.line - r->line_offset);

        if (line.len >= links[i].rest.len) /* containers stand before it */
            l.column = 1 + (uint32_t)utf8_count(str_slice(
                               line, 0, line.len - links[i].rest.len));
        buf_add_str(OUT(r),
                    i == 0 ? STR("<p class=\"diagram-links\">") : STR(", "));
        object_fixup(r->o, FIXUP_DIAGRAM_LINK,
                     (uint32_t)r->o->diagram_links.len);
        vec_push(&r->o->diagram_links, l);
        html_escape(OUT(r), typed);
        buf_add_lit(OUT(r), "</a>");
    }
    if (len > 0)
        buf_add_lit(OUT(r), "</p>\n");
}

static void code_block(struct render *r, cmark_iter *iter, cmark_node *n) {
    struct str text = mask_plain(r->o->scratch, md_chunk(n->as.code.literal));
    struct str language = first_word(
        mask_plain(r->o->scratch, str_trim(md_chunk(n->as.code.info))));
    struct range range = object_range_begin(r->o);
    uint32_t block;

    if (md_is_turns_block(n)) {
        render_turns(r, iter, n);
        return;
    }
    if (md_is_comment_block(n)) {
        render_comment(r, text, n);
        if (md_comment_unclosed(n))
            render_finding(r, DIAG_COMMENT_UNCLOSED, n,
                           STR("a comment has no closing %%"));
        return;
    }
    render_leaf_begin(r, n, false);
    if (render_is_query(language)) {
        block = begin_frame(r, n, range);
        render_query_block(r, n, language, text);
        render_leaf_end(r, TEXT_CODE);
        end_frame(r, block);
        return;
    }
    if (md_is_math_block(n)) {
        buf_add_str(&r->o->text, text);
        buf_add_lit(OUT(r), "<div");
        block = render_block_begin(r, n, range);
        buf_add_lit(OUT(r), " class=\"math math-block\">");
        r->o->note->extras |= extra_bit(EXTRA_MATH);
        html_escape(OUT(r), str_trim(text));
        render_leaf_end(r, TEXT_CODE);
        buf_add_lit(OUT(r), "</div>\n");
        render_block_end(r, block);
        return;
    }
    buf_add_lit(OUT(r), "<pre");
    block = render_block_begin(r, n, range);
    if (str_eq(language, STR("mermaid"))) {
        buf_add_lit(OUT(r), " class=\"mermaid\"");
        r->o->note->extras |= extra_bit(EXTRA_DIAGRAMS);
    }
    if (extra_colours(language))
        r->o->note->extras |= extra_bit(EXTRA_CODE);
    if (language.len > 0)
        html_add_attr(OUT(r), STR("data-language"), language);
    /* Long lines scroll, and the keyboard has to get there. */
    buf_add_lit(OUT(r), " tabindex=\"0\">");
    if (!may_be_query(n, language) || !render_inline_query(r, text, n, true))
        code_element(r, language, text);
    render_leaf_end(r, TEXT_CODE);
    buf_add_lit(OUT(r), "</pre>\n");
    if (str_eq(language, STR("mermaid")))
        diagram_link_list(r, n, text);
    render_block_end(r, block);
}

/* --- the walk --- */

static void thematic_break(struct render *r, cmark_node *n) {
    struct range range = object_range_begin(r->o);
    uint32_t block;

    buf_add_lit(OUT(r), "<hr");
    block = render_block_begin(r, n, range);
    buf_add_lit(OUT(r), ">\n");
    render_block_end(r, block);
}

static void render_block(struct render *r, cmark_iter *iter, cmark_node *n,
                         bool enter) {
    if (n->type == CMARK_NODE_TABLE)
        render_table(r, n, enter);
    else if (n->type == CMARK_NODE_TABLE_ROW)
        render_table_row(r, n, enter);
    else if (n->type == CMARK_NODE_TABLE_CELL)
        render_table_cell(r, n, enter);
    else if (n->type == md_types.callout_title)
        render_callout_title(r, n, enter);
    else if (n->type == md_types.footnote_def) {
        if (enter) /* written behind the body, when referred to */
            cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
    } else {
        switch (n->type) {
        case CMARK_NODE_PARAGRAPH:
            paragraph(r, iter, n, enter);
            break;
        case CMARK_NODE_HEADING:
            if (enter)
                heading_enter(r, n);
            else
                heading_exit(r, n);
            break;
        case CMARK_NODE_LIST:
            if (enter)
                render_list_enter(r, n);
            else
                render_list_exit(r, n);
            break;
        case CMARK_NODE_ITEM:
            if (enter)
                render_item_enter(r, n);
            else
                render_item_exit(r, n);
            break;
        case CMARK_NODE_BLOCK_QUOTE:
            render_quote(r, n, enter);
            break;
        case CMARK_NODE_CODE_BLOCK:
            code_block(r, iter, n);
            break;
        case CMARK_NODE_HTML_BLOCK:
            render_html_block(r, iter, n);
            break;
        case CMARK_NODE_CUSTOM_BLOCK:
            if (!enter)
                render_holder_exit(r, n);
            break;
        case CMARK_NODE_THEMATIC_BREAK:
            thematic_break(r, n);
            break;
        default:
            break;
        }
    }
}

void render_walk(struct render *r, cmark_node *root) {
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(iter);
        bool enter = event == CMARK_EVENT_ENTER;

        if (n == root)
            continue;
        if (CMARK_NODE_TYPE_INLINE_P(n->type))
            render_inline(r, iter, n, enter);
        else
            render_block(r, iter, n, enter);
    }
    cmark_iter_free(iter);
}

/* The title has no link, and what a heading leads to shall not be lost. */
static bool has_link(const struct object *o, const struct heading *h) {
    struct str html = str_slice(buf_str(&o->html), h->own.begin, h->own.end);

    return str_find_str(html, STR("<a "), 0) != STR_NONE;
}

/* decisions.md 7: a first block that is an H1 equal to the title. */
static bool begins_with_title(const struct render *r, const cmark_node *root) {
    const cmark_node *first = root->first_child;
    struct object *o = r->o;

    while (first != NULL && first->type == CMARK_NODE_CODE_BLOCK &&
           md_is_comment_block(first))
        first = first->next;
    return first != NULL && first->type == CMARK_NODE_HEADING &&
           first->as.heading.level == 1 && o->headings.len > 0 &&
           !has_link(o, &o->headings.items[0]) &&
           (str_eq(o->headings.items[0].text, o->note->title) ||
            str_eq(name_key(o->scratch, o->headings.items[0].text),
                   name_key(o->scratch, o->note->title)));
}

void render_document(struct render *r, cmark_node *root) {
    struct note *note = r->o->note;

    render_sanitiser_init(r);
    map_init(&r->labels, r->o->scratch);
    r->pending.len = 0;
    render_walk(r, root);
    object_sections_end(r->o, root);
    note->first_is_title = begins_with_title(r, root);
    if (r->pending.len > 0)
        object_fixup(r->o, FIXUP_FOOTNOTES, 0);
    note->body_end = (uint32_t)r->o->html.len;
    note->body_fixups = (uint32_t)r->o->fixups.len;
    r->body_headings = (uint32_t)r->o->headings.len;
    render_footnotes(r);
}

void render_inline_text(struct render *r, cmark_node *paragraph) {
    render_sanitiser_init(r);
    map_init(&r->labels, r->o->scratch);
    r->pending.len = 0;
    render_leaf_begin(r, paragraph, true);
    render_walk(r, paragraph);
    render_leaf_end(r, TEXT_PARAGRAPH);
    r->o->note->body_end = (uint32_t)r->o->html.len;
    r->o->note->body_fixups = (uint32_t)r->o->fixups.len;
}
