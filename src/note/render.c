#include "note/render.h"

#include "base/name_key.h"
#include "base/slug.h"
#include "base/unicode.h"
#include "html/escape.h"
#include "note/callout.h"

uint32_t render_line(const struct render *r, const cmark_node *n) {
    return (uint32_t)(n->start_line > 0 ? n->start_line : 1) + r->line_offset;
}

uint32_t render_column(const struct render *r, const cmark_node *n) {
    const struct mask *m = r->parse->mask;
    struct str rest;

    if (n->start_line < 1 || (size_t)n->start_line > m->lines.len ||
        n->start_column < 1)
        return 0;
    rest = str_skip(buf_str(&m->text), m->lines.items[n->start_line - 1]);
    return (uint32_t)utf8_count(
               str_slice(rest, 0, (size_t)n->start_column - 1)) + 1;
}

void render_finding(struct render *r, enum diag_code code, const cmark_node *n,
                    struct str text) {
    diag_add(r->o->diags, code, r->o->note->file->path, render_line(r, n),
             render_column(r, n), "%.*s", STR_ARG(text));
}

static bool shown(const struct render *r) {
    return r->depth <= RENDER_MAX_DEPTH;
}

#define OUT(r) (&(r)->o->html)

/* Tags of block containers. Too deep ones are left out, both of them. */
static void container_open(struct render *r, struct str tag) {
    r->depth++;
    if (shown(r))
        buf_add_str(OUT(r), tag);
}

static void container_close(struct render *r, struct str tag) {
    if (shown(r))
        buf_add_str(OUT(r), tag);
    r->depth--;
}

/* --- block ids, spec/markdown.md §5 --- */

static cmark_node *last_block_id(const cmark_node *n) {
    cmark_node *last = n->last_child;

    return last != NULL && last->type == md_types.block_id ? last : NULL;
}

static bool is_lone_block_id(const cmark_node *n) {
    return n != NULL && n->type == CMARK_NODE_PARAGRAPH &&
           last_block_id(n) != NULL && n->first_child == n->last_child;
}

/* The node that holds the id of block `n`, or NULL. */
static cmark_node *block_id_node(const cmark_node *n) {
    if ((n->type == CMARK_NODE_PARAGRAPH || n->type == CMARK_NODE_HEADING) &&
        last_block_id(n) != NULL)
        return last_block_id(n);
    if (n->type == CMARK_NODE_ITEM) {
        const cmark_node *first = n->first_child;
        return first != NULL && first->type == CMARK_NODE_PARAGRAPH
                   ? last_block_id(first)
                   : NULL;
    }
    return is_lone_block_id(n->next) ? last_block_id(n->next) : NULL;
}

/* The paragraph that is its item's own text: its id is the item's. */
static bool is_item_text(const cmark_node *n) {
    return n->type == CMARK_NODE_PARAGRAPH && n->prev == NULL &&
           n->parent != NULL && n->parent->type == CMARK_NODE_ITEM;
}

static struct str lower_ascii(struct arena *a, struct str s) {
    char *p = arena_alloc(a, s.len, 1);

    for (size_t i = 0; i < s.len; i++)
        p[i] = ascii_lower(s.p[i]);
    return str_make(p, s.len);
}

/* Begins the block `n`: its id fixup belongs right behind the element's name,
 * so the caller has written `<p`. A heading has an id of its own, which its block
 * gets at its end. Returns the index in blocks, or NOTE_NONE. */
static uint32_t begin_block(struct render *r, const cmark_node *n,
                            struct range range) {
    cmark_node *node = r->inline_only ? NULL : block_id_node(n);
    struct str wanted, id;
    struct buf name = {0};
    struct block block = {0};
    struct range *kept;
    bool taken;

    if (node == NULL)
        return NOTE_NONE;
    wanted = ((struct md_text *)node->as.opaque)->text;
    block.id = lower_ascii(r->o->build, wanted);
    buf_add_ch(&name, '^');
    buf_add_str(&name, block.id);
    id = object_id(r->o, buf_str(&name), &taken);
    buf_release(&name);
    if (taken) {
        render_finding(r, DIAG_BLOCK_ID_DUPLICATE, node, wanted);
        return NOTE_NONE;
    }
    if (n->type != CMARK_NODE_HEADING)
        object_add_id(r->o, id);
    block.element_id = id;
    block.line = render_line(r, n);
    kept = arena_new(r->o->build, struct range);
    *kept = range;
    block.slice = (struct slice){.ranges = kept, .nranges = 1};
    vec_push(&r->o->blocks, block);
    return (uint32_t)r->o->blocks.len - 1;
}

/* --- leaf blocks --- */

static void leaf_begin(struct render *r, const cmark_node *n, bool phrasing) {
    sanitiser_init(&r->sanitiser);
    r->sanitiser.inline_only = phrasing;
    r->text_begin = object_text_begin(r->o);
    r->leaf_line = render_line(r, n);
}

static void leaf_end(struct render *r, enum text_kind kind) {
    sanitiser_end(&r->sanitiser, OUT(r));
    object_text_end(r->o, r->text_begin, r->leaf_line, kind);
}

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

/* A block's range is open from its beginning, where its id is found, to here. */
static void end_block(struct render *r, uint32_t block) {
    if (block != NOTE_NONE)
        object_range_end(
            r->o, (struct range *)r->o->blocks.items[block].slice.ranges);
}

/* The index of a node's block waits in user_data, one up. */
static void set_block(cmark_node *n, uint32_t block) {
    n->user_data = (void *)(uintptr_t)(block == NOTE_NONE ? 0 : block + 1);
}

static uint32_t get_block(const cmark_node *n) {
    return n->user_data == NULL ? NOTE_NONE
                                : (uint32_t)(uintptr_t)n->user_data - 1;
}

static bool is_tight(const cmark_node *n) {
    return n->parent != NULL && n->parent->type == CMARK_NODE_ITEM &&
           n->parent->parent->as.list.tight;
}

static void paragraph(struct render *r, cmark_iter *iter, cmark_node *n,
                      bool enter) {
    struct range range = object_range_begin(r->o);
    bool tight = is_tight(n);

    if (enter) {
        if (is_empty(n) && !is_item_text(n)) {
            for (cmark_node *c = n->first_child; c != NULL; c = c->next)
                if (c->type == md_types.comment)
                    render_inline(r, iter, c, true);
            cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
            return;
        }
        leaf_begin(r, n, true);
        r->split = SPLIT_NO;
        if (has_block_embed(n)) {
            r->split = SPLIT_CLOSED;
            set_block(n, is_item_text(n) ? NOTE_NONE
                                         : begin_block(r, n, range));
            return;
        }
        if (tight && is_item_text(n))
            return;
        if (tight) { /* further text of a tight item */
            buf_add_lit(OUT(r), "\n");
            return;
        }
        buf_add_lit(OUT(r), "<p");
        set_block(n, is_item_text(n) ? NOTE_NONE
                                     : begin_block(r, n, range));
        buf_add_lit(OUT(r), ">");
        return;
    }
    leaf_end(r, TEXT_PARAGRAPH);
    if (r->split == SPLIT_OPEN || (r->split == SPLIT_NO && !tight))
        buf_add_lit(OUT(r), "</p>\n");
    r->split = SPLIT_NO;
    end_block(r, get_block(n));
}

/* --- headings --- */

static bool linkable(const struct render *r) {
    return r->in_quote == 0 && !r->in_footnotes;
}

static struct str heading_raw(struct render *r, const cmark_node *n) {
    struct str raw = str_trim(str_make((const char *)n->content.ptr,
                                       (size_t)n->content.size));
    const cmark_node *id = last_block_id(n);

    if (id != NULL) {
        struct str name = ((struct md_text *)id->as.opaque)->text;
        if (raw.len > name.len && str_ends(raw, name))
            raw = str_rtrim(str_slice(raw, 0, raw.len - name.len - 1));
    }
    raw = mask_plain(r->o->build, raw);
    return arena_str(r->o->build, raw);
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
    h.line = render_line(r, n);
    h.raw = heading_raw(r, n);
    h.key = heading_key(r->o->build, h.raw);
    object_heading_begin(r->o, h.level, n->parent);
    h.own = object_range_begin(r->o);
    leaf_begin(r, n, true);
    r->in_heading++;
    buf_printf(OUT(r), "<h%d", h.level);
    r->heading_id = (uint32_t)r->o->ids.len;
    object_add_id(r->o, STR("")); /* from its plain text, when that is known */
    set_block(n, begin_block(r, n, h.own));
    html_add_attr(OUT(r), STR("data-heading"), h.raw);
    buf_add_lit(OUT(r), ">");
    vec_push(&r->o->headings, h);
    vec_push(&r->o->open_sections, section);
}

static void heading_exit(struct render *r, cmark_node *n) {
    struct heading *h;

    leaf_end(r, TEXT_HEADING);
    buf_printf(OUT(r), "</h%d>\n", n->as.heading.level);
    r->in_heading--;
    h = &r->o->headings.items[vec_last(&r->o->open_sections)->heading];
    object_range_end(r->o, &h->own);
    h->text = arena_str(
        r->o->build, str_trim(str_slice(buf_str(&r->o->text), r->text_begin,
                                        r->o->text.len - 1)));
    h->id = heading_id(r, h->text);
    r->o->ids.items[r->heading_id] = h->id;
    if (get_block(n) != NOTE_NONE)
        r->o->blocks.items[get_block(n)].element_id = h->id;
    end_block(r, get_block(n));
}

/* --- lists --- */

static const cmark_node *task_of(const cmark_node *item) {
    const cmark_node *first = item->first_child;

    if (first == NULL || first->type != CMARK_NODE_PARAGRAPH)
        return NULL;
    first = first->first_child;
    return first != NULL && first->type == md_types.task ? first : NULL;
}

static bool has_tasks(const cmark_node *list) {
    for (const cmark_node *c = list->first_child; c != NULL; c = c->next)
        if (task_of(c) != NULL)
            return true;
    return false;
}

static void list_enter(struct render *r, cmark_node *n) {
    bool ordered = n->as.list.list_type == CMARK_ORDERED_LIST;
    struct range range;

    if (r->o->html.len > 0 && r->o->html.p[r->o->html.len - 1] != '\n')
        buf_add_lit(OUT(r), "\n");
    object_nested_begin(r->o);
    range = object_range_begin(r->o);
    container_open(r, ordered ? STR("<ol") : STR("<ul"));
    set_block(n, NOTE_NONE);
    if (!shown(r))
        return;
    set_block(n, begin_block(r, n, range));
    if (ordered && n->as.list.start != 1)
        buf_printf(OUT(r), " start=\"%d\"", n->as.list.start);
    if (has_tasks(n))
        buf_add_lit(OUT(r), " class=\"contains-task-list\"");
    buf_add_lit(OUT(r), ">\n");
}

static void list_exit(struct render *r, cmark_node *n) {
    bool ordered = n->as.list.list_type == CMARK_ORDERED_LIST;

    container_close(r, ordered ? STR("</ol>\n") : STR("</ul>\n"));
    end_block(r, get_block(n));
    object_nested_end(r->o);
}

static void item_enter(struct render *r, cmark_node *n) {
    const cmark_node *task = task_of(n), *list = n->parent;
    struct item item = {.line = render_line(r, n), .is_task = task != NULL};
    struct range range = object_range_begin(r->o);

    r->depth++;
    set_block(n, NOTE_NONE);
    if (!shown(r))
        return;
    item.whole.wrapper = list->as.list.list_type == CMARK_ORDERED_LIST
                             ? WRAP_OL
                             : WRAP_UL;
    if (item.whole.wrapper == WRAP_OL) {
        n->as.list.start = n->prev == NULL ? list->as.list.start
                                           : n->prev->as.list.start + 1;
        item.whole.start = (uint32_t)n->as.list.start;
    }
    if (task != NULL) {
        item.status = arena_str(
            r->o->build,
            mask_plain(r->o->scratch,
                       ((struct md_text *)task->as.opaque)->text));
        item.whole.tasks = true;
    }
    object_item_begin(r->o, item);
    buf_add_lit(OUT(r), "<li");
    set_block(n, begin_block(r, n, range));
    if (task != NULL) {
        bool open = str_eq(item.status, STR(" "));
        buf_add_str(OUT(r), open ? STR(" class=\"task-list-item\"")
                                 : STR(" class=\"task-list-item is-checked\""));
        html_add_attr(OUT(r), STR("data-task"), open ? STR("") : item.status);
    }
    buf_add_lit(OUT(r), ">");
}

static void item_exit(struct render *r, cmark_node *n) {
    object_sections_end(r->o, n);
    if (shown(r)) {
        uint32_t block = get_block(n), item;
        buf_add_lit(OUT(r), "</li>\n");
        item = object_item_end(r->o);
        if (block != NOTE_NONE)
            r->o->blocks.items[block].slice = r->o->items.items[item].whole;
    }
    r->depth--;
}

/* --- quotes and callouts --- */

static bool is_callout(const cmark_node *quote) {
    return quote->first_child != NULL &&
           quote->first_child->type == md_types.callout_title;
}

static void quote(struct render *r, cmark_node *n, bool enter) {
    struct range range = object_range_begin(r->o);

    if (enter) {
        r->in_quote++;
        r->depth++;
        set_block(n, NOTE_NONE);
        if (!shown(r))
            return;
        if (is_callout(n)) {
            const struct md_callout *c = n->first_child->as.opaque;
            callout_open(OUT(r), c, callout_folds(n));
            set_block(n, begin_block(r, n, range));
            callout_attributes(OUT(r), c, callout_folds(n));
        } else {
            buf_add_lit(OUT(r), "<blockquote");
            set_block(n, begin_block(r, n, range));
            buf_add_lit(OUT(r), ">\n");
        }
        return;
    }
    object_sections_end(r->o, n);
    if (shown(r)) {
        if (is_callout(n))
            callout_close(OUT(r), callout_folds(n),
                          n->first_child->next != NULL);
        else
            buf_add_lit(OUT(r), "</blockquote>\n");
        end_block(r, get_block(n));
    }
    r->depth--;
    r->in_quote--;
}

static void callout_title(struct render *r, cmark_node *n, bool enter) {
    const struct md_callout *c = n->as.opaque;
    bool folds = callout_folds(n->parent);

    r->in_title = enter;
    if (enter) {
        leaf_begin(r, n, true);
        if (shown(r))
            callout_title_open(OUT(r), folds);
        if (!c->has_title)
            callout_default_title(OUT(r), &r->o->text, c);
        return;
    }
    leaf_end(r, TEXT_TITLE);
    if (shown(r))
        callout_title_close(OUT(r), folds, n->next != NULL);
}

/* --- code, math, HTML --- */

static struct str first_word(struct str s) {
    size_t n = 0;

    while (n < s.len && !ascii_space((unsigned char)s.p[n]))
        n++;
    return str_slice(s, 0, n);
}

/* Blocks that other parts of vaultsite answer (design.md §1). */
static bool is_query_language(struct str language) {
    return str_eq(language, STR("dataview")) ||
           str_eq(language, STR("dataviewjs")) ||
           str_eq(language, STR("tasks")) || str_eq(language, STR("base"));
}

static void query_block(struct render *r, const cmark_node *n,
                        struct str language, struct str text) {
    struct query q = {arena_str(r->o->build, language),
                      arena_str(r->o->build, text), render_line(r, n)};

    object_fixup(r->o, FIXUP_QUERY, (uint32_t)r->o->queries.len);
    vec_push(&r->o->queries, q);
    diag_add(r->o->diags, DIAG_QUERY_NOT_EVALUATED, r->o->note->file->path,
             q.line, 0, "%.*s block", STR_ARG(language));
}

static void code_block(struct render *r, cmark_node *n) {
    struct str text = mask_plain(r->o->scratch, md_chunk(n->as.code.literal));
    struct str language = first_word(
        mask_plain(r->o->scratch, str_trim(md_chunk(n->as.code.info))));
    struct range range = object_range_begin(r->o);
    uint32_t block;

    if (md_is_comment_block(n)) {
        render_hidden_tags(r, text, n);
        if (md_comment_unclosed(n))
            render_finding(r, DIAG_COMMENT_UNCLOSED, n,
                           STR("a comment has no closing %%"));
        return;
    }
    leaf_begin(r, n, false);
    if (is_query_language(language)) {
        query_block(r, n, language, text);
        block = begin_block(r, n, range);
        leaf_end(r, TEXT_CODE);
        end_block(r, block);
        return;
    }
    buf_add_str(&r->o->text, text);
    if (md_is_math_block(n)) {
        buf_add_lit(OUT(r), "<div");
        block = begin_block(r, n, range);
        buf_add_lit(OUT(r), " class=\"math math-block\">");
        html_escape(OUT(r), str_trim(text));
        leaf_end(r, TEXT_CODE);
        buf_add_lit(OUT(r), "</div>\n");
        end_block(r, block);
        return;
    }
    buf_add_lit(OUT(r), "<pre");
    block = begin_block(r, n, range);
    if (str_eq(language, STR("mermaid")))
        buf_add_lit(OUT(r), " class=\"mermaid\"");
    buf_add_lit(OUT(r), "><code");
    if (language.len > 0) {
        buf_add_lit(OUT(r), " class=\"language-");
        html_escape(OUT(r), language);
        buf_add_ch(OUT(r), '"');
    }
    buf_add_ch(OUT(r), '>');
    html_escape(OUT(r), text);
    leaf_end(r, TEXT_CODE);
    buf_add_lit(OUT(r), "</code></pre>\n");
    end_block(r, block);
}

static void html_block(struct render *r, cmark_node *n) {
    leaf_begin(r, n, false);
    render_html(r, md_chunk(n->as.literal), n);
    sanitiser_end(&r->sanitiser, OUT(r));
    buf_add_ch(OUT(r), '\n');
}

/* --- tables --- */

static void table(struct render *r, cmark_node *n, bool enter) {
    struct range range = object_range_begin(r->o);

    if (enter) {
        r->alignment = cmark_gfm_extensions_get_table_alignments(n);
        r->ncolumns = cmark_gfm_extensions_get_table_columns(n);
        r->body_open = false;
        buf_add_lit(OUT(r), "<div");
        set_block(n, begin_block(r, n, range));
        buf_add_lit(OUT(r), " class=\"table-wrapper\"><table>\n");
        return;
    }
    if (r->body_open)
        buf_add_lit(OUT(r), "</tbody>");
    buf_add_lit(OUT(r), "</table></div>\n");
    end_block(r, get_block(n));
}

static void table_row(struct render *r, cmark_node *n, bool enter) {
    bool header = cmark_gfm_extensions_get_table_row_is_header(n);

    if (enter) {
        r->column = 0;
        if (header)
            buf_add_lit(OUT(r), "<thead>");
        else if (!r->body_open)
            buf_add_lit(OUT(r), "<tbody>");
        r->body_open |= !header;
        buf_add_lit(OUT(r), "<tr>");
        return;
    }
    buf_add_lit(OUT(r), "</tr>");
    buf_add_str(OUT(r), header ? STR("</thead>\n") : STR("\n"));
}

static void table_cell(struct render *r, cmark_node *n, bool enter) {
    bool header = cmark_gfm_extensions_get_table_row_is_header(n->parent);

    r->in_cell = enter;
    if (enter) {
        char align =
            r->column < r->ncolumns ? (char)r->alignment[r->column] : 0;
        leaf_begin(r, n, true);
        buf_add_str(OUT(r), header ? STR("<th") : STR("<td"));
        if (align == 'l' || align == 'c' || align == 'r')
            buf_printf(OUT(r), " style=\"text-align: %s\"",
                       align == 'l'   ? "left"
                       : align == 'c' ? "center"
                                      : "right");
        buf_add_lit(OUT(r), ">");
        r->column++;
        return;
    }
    leaf_end(r, TEXT_CELL);
    buf_add_str(OUT(r), header ? STR("</th>") : STR("</td>"));
}

/* --- the walk --- */

static void thematic_break(struct render *r, cmark_node *n) {
    struct range range = object_range_begin(r->o);
    uint32_t block;

    buf_add_lit(OUT(r), "<hr");
    block = begin_block(r, n, range);
    buf_add_lit(OUT(r), ">\n");
    end_block(r, block);
}

static void render_block(struct render *r, cmark_iter *iter, cmark_node *n,
                         bool enter) {
    if (n->type == CMARK_NODE_TABLE)
        table(r, n, enter);
    else if (n->type == CMARK_NODE_TABLE_ROW)
        table_row(r, n, enter);
    else if (n->type == CMARK_NODE_TABLE_CELL)
        table_cell(r, n, enter);
    else if (n->type == md_types.callout_title)
        callout_title(r, n, enter);
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
                list_enter(r, n);
            else
                list_exit(r, n);
            break;
        case CMARK_NODE_ITEM:
            if (enter)
                item_enter(r, n);
            else
                item_exit(r, n);
            break;
        case CMARK_NODE_BLOCK_QUOTE:
            quote(r, n, enter);
            break;
        case CMARK_NODE_CODE_BLOCK:
            code_block(r, n);
            break;
        case CMARK_NODE_HTML_BLOCK:
            html_block(r, n);
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

/* decisions.md 7: a first block that is an H1 equal to the title. */
static bool begins_with_title(const struct render *r, const cmark_node *root) {
    const cmark_node *first = root->first_child;
    struct object *o = r->o;

    while (first != NULL && first->type == CMARK_NODE_CODE_BLOCK &&
           md_is_comment_block(first))
        first = first->next;
    return first != NULL && first->type == CMARK_NODE_HEADING &&
           first->as.heading.level == 1 && o->headings.len > 0 &&
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
    render_footnotes(r);
}

void render_inline_text(struct render *r, cmark_node *paragraph) {
    render_sanitiser_init(r);
    map_init(&r->labels, r->o->scratch);
    r->pending.len = 0;
    leaf_begin(r, paragraph, true);
    render_walk(r, paragraph);
    leaf_end(r, TEXT_PARAGRAPH);
    r->o->note->body_end = (uint32_t)r->o->html.len;
    r->o->note->body_fixups = (uint32_t)r->o->fixups.len;
}
