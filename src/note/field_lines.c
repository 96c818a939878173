#include "base/utf16.h"
#include "note/render.h"

/*
 * Lines that may hold fields of the note (spec/dataview.md §4.4): every line with
 * `::` but those of lists at the top and of list items elsewhere.  A note without
 * `::` costs one search.
 */

#define MAX_UNITS 32768 /* UTF-16; longer lines are not looked at */

enum line_flags {
    LINE_LISTED = 1 << 0, /* a list's or an item's */
    LINE_HIDDEN = 1 << 1, /* `::` stands in a comment on it */
};

struct line_marks {
    struct render *r;
    uint8_t *flags; /* by line of the parsed text, from 1 */
    uint32_t nlines;
};

static void mark(struct line_marks *m, uint32_t from, uint32_t to,
                 enum line_flags flag) {
    for (uint32_t line = from; line <= to && line <= m->nlines; line++)
        m->flags[line] |= (uint8_t)flag;
}

/* Where `::` stands in a comment that begins on `line`; an HTML one ends at
 * `close`, and what is outside of it is not meant. */
static void mark_comment(struct line_marks *m, struct str text, uint32_t line,
                         bool is_html) {
    bool inside = !is_html;

    for (size_t at = 0; at < text.len; at++) {
        struct str rest = str_skip(text, at);

        if (rest.p[0] == '\n')
            line++;
        else if (is_html && rest.p[0] == '<' && str_starts(rest, STR("<!--")))
            inside = true;
        else if (is_html && rest.p[0] == '-' && str_starts(rest, STR("-->")))
            inside = false;
        else if (inside && rest.p[0] == ':' && str_starts(rest, STR("::")))
            mark(m, line, line, LINE_HIDDEN);
    }
}

static uint32_t line_of(const cmark_node *n) {
    return (uint32_t)(n->start_line > 0 ? n->start_line : 1);
}

static void mark_node(struct line_marks *m, const cmark_node *n) {
    struct md_text *comment = n->as.opaque;
    bool nested;

    if (n->type == md_types.comment)
        mark_comment(m, comment->text, line_of(n), false);
    else if (n->type == CMARK_NODE_HTML_INLINE ||
             n->type == CMARK_NODE_HTML_BLOCK)
        mark_comment(m, md_chunk(n->as.literal), line_of(n), true);
    else if (n->type == CMARK_NODE_CODE_BLOCK && md_is_comment_block(n))
        mark_comment(m, md_chunk(n->as.code.literal), line_of(n), false);
    else if (n->type == CMARK_NODE_LIST && render_is_top_list(n))
        mark(m, line_of(n), (uint32_t)n->end_line, LINE_LISTED);
    else if (n->type == CMARK_NODE_ITEM)
        mark(m, line_of(n), render_item_end(m->r, n, &nested), LINE_LISTED);
}

static void mark_tree(struct line_marks *m, cmark_node *root) {
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(iter);

        if (event != CMARK_EVENT_ENTER)
            continue;
        mark_node(m, n);
        if (n->type == CMARK_NODE_LIST && render_is_top_list(n))
            cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
}

static void add_line(struct object *o, struct str text, uint32_t line,
                     bool hidden) {
    struct field_line f = {.line = line, .hidden = hidden};

    if (text.len > MAX_UNITS && utf16_len(text) > MAX_UNITS)
        return;
    f.text = arena_str(o->build, utf16_trim(text));
    vec_push(&o->field_lines, f);
}

void render_field_lines(struct render *r, cmark_node *root) {
    const struct mask *m = r->parse->mask;
    struct line_marks marks = {.r = r, .nlines = (uint32_t)m->lines.len};
    size_t at;

    if (!m->has_pair)
        return;
    at = str_find_str(r->source, STR("::"), 0);
    marks.flags = arena_alloc(r->o->scratch, marks.nlines + 1, 1);
    memset(marks.flags, 0, marks.nlines + 1);
    mark_tree(&marks, root);
    for (uint32_t line = 1; at != STR_NONE; line++) {
        struct str text;

        while (line < marks.nlines && m->lines.items[line] <= at)
            line++;
        text = render_source_line(r, line);
        if ((marks.flags[line] & LINE_LISTED) == 0)
            add_line(r->o, text, line + r->line_offset,
                     (marks.flags[line] & LINE_HIDDEN) != 0);
        at = str_find_str(r->source, STR("::"),
                          m->lines.items[line - 1] + text.len);
    }
}

void object_field_lines(struct object *o, struct str properties) {
    struct str line;

    if (str_find_str(properties, STR("::"), 0) == STR_NONE)
        return;
    for (uint32_t n = 1; str_next_line(&properties, &line); n++)
        if (str_find_str(line, STR("::"), 0) != STR_NONE)
            add_line(o, line, n, false);
}
