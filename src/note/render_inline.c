#include "note/render.h"

#include "base/unicode.h"
#include "html/escape.h"
#include "note/extra.h"

#define OUT(r) (&(r)->o->html)

void render_open(struct render *r, struct str tag) {
    sanitiser_enter(&r->sanitiser);
    r->depth++;
    r->in_inline++;
    if (r->depth <= RENDER_MAX_DEPTH)
        buf_add_str(OUT(r), tag);
}

void render_close(struct render *r, struct str tag) {
    sanitiser_leave(&r->sanitiser, OUT(r));
    if (r->depth <= RENDER_MAX_DEPTH)
        buf_add_str(OUT(r), tag);
    r->in_inline--;
    r->depth--;
}

void render_text(struct render *r, struct str masked) {
    struct buf *text = &r->o->text;
    size_t begin = text->len;

    if (sanitiser_dropping(&r->sanitiser))
        return;
    if (mask_found(masked)) {
        mask_undo(text, masked);
        html_escape(OUT(r), str_skip(buf_str(text), begin));
    } else {
        buf_add_str(text, masked);
        html_escape(OUT(r), masked);
    }
    if (sanitiser_is_apart(&r->sanitiser))
        object_gap(r->o, (uint32_t)begin);
}

static bool is_blank(struct str s) {
    return str_trim(s).len == 0;
}

static bool is_html_comment(struct str s) {
    return str_starts(s, STR("<!--")) && str_ends(s, STR("-->"));
}

bool render_invisible(const cmark_node *n) {
    if (n->type == CMARK_NODE_TEXT)
        return is_blank(md_chunk(n->as.literal));
    if (n->type == CMARK_NODE_HTML_INLINE)
        return is_html_comment(md_chunk(n->as.literal));
    return n->type == CMARK_NODE_SOFTBREAK || n->type == md_types.comment ||
           n->type == md_types.block_id;
}

/* Whether the line that ends here shows nothing: a comment of its own line. */
static bool ends_comment_line(const cmark_node *n) {
    const cmark_node *before = n->prev;

    while (before != NULL && before->type != CMARK_NODE_SOFTBREAK &&
           render_invisible(before))
        before = before->prev;
    return n->prev != NULL &&
           (before == NULL || before->type == CMARK_NODE_SOFTBREAK ||
            before->type == CMARK_NODE_LINEBREAK);
}

/* What stands before a block id or an embed of its own line leaves no break. */
static bool break_is_lost(const struct render *r, const cmark_node *n) {
    const cmark_node *next = n->next;

    if (ends_comment_line(n))
        return true;
    while (next != NULL && next->type == md_types.comment)
        next = next->next;
    return next == NULL || next->type == md_types.block_id ||
           (r->split != SPLIT_NO && render_is_block_embed(next));
}

static void line_break(struct render *r, const cmark_node *n) {
    buf_add_ch(&r->o->text, ' ');
    if (break_is_lost(r, n) || r->split == SPLIT_CLOSED)
        return;
    if (r->in_heading > 0 || r->in_title)
        buf_add_ch(OUT(r), ' ');
    else if (n->type == CMARK_NODE_LINEBREAK ||
             !r->settings->strict_line_breaks)
        buf_add_lit(OUT(r), "<br>\n");
    else
        buf_add_ch(OUT(r), '\n');
}

/* decisions.md 17: a paragraph with text around a block embed is split. */
static void split_paragraph(struct render *r, const cmark_node *n) {
    if (n->parent->type != CMARK_NODE_PARAGRAPH || n->type == md_types.comment)
        return;
    if (render_is_block_embed(n)) {
        if (r->split == SPLIT_OPEN) {
            sanitiser_end(&r->sanitiser, OUT(r));
            buf_add_lit(OUT(r), "</p>\n");
        }
        r->split = SPLIT_CLOSED;
    } else if (r->split == SPLIT_CLOSED && !render_invisible(n)) {
        buf_add_lit(OUT(r), "<p>");
        r->split = SPLIT_OPEN;
    }
}

/* TASK_STATES when the character has no name. */
static enum task_state state_of(struct str status) {
    static const char marks[TASK_STATES] = {
#define TASK_STATE(id, mark, name) [id] = (mark),
#include "note/task_states.def"
#undef TASK_STATE
    };
    unsigned state = 0;

    if (str_eq(status, STR("X")))
        return TASK_DONE;
    while (state < TASK_STATES &&
           (status.len != 1 || marks[state] != status.p[0]))
        state++;
    return (enum task_state)state;
}

/* Its name tells readers of the screen the state. */
static void task_mark(struct render *r, const cmark_node *n) {
    struct str status =
        mask_plain(r->o->scratch, ((struct md_text *)n->as.opaque)->text);
    enum task_state state = state_of(status);

    buf_add_lit(OUT(r), "<input type=\"checkbox\""
                        " class=\"task-list-item-checkbox\" disabled");
    if (state != TASK_TODO)
        buf_add_lit(OUT(r), " checked");
    if (state != TASK_STATES) {
        object_fixup(r->o, FIXUP_TASK, state);
    } else {
        buf_add_lit(OUT(r), " aria-label=\"[");
        html_escape(OUT(r), status);
        buf_add_lit(OUT(r), "]\"");
    }
    buf_add_ch(OUT(r), '>');
}

static void tag(struct render *r, const cmark_node *n) {
    struct str name = ((struct md_text *)n->as.opaque)->text;
    struct place_found at = render_place_of(r, n);
    struct tag_use use = {
        .name = arena_str(r->o->build, name),
        .line = at.line,
        .column = at.column,
    };
    uint32_t begin = object_text_begin(r->o);
    bool link = !render_no_anchor(r);

    if (((struct md_text *)n->as.opaque)->empty_level)
        slips_empty_level(r, name, n);
    if (link)
        object_fixup(r->o, FIXUP_TAG, (uint32_t)r->o->tags.len);
    vec_push(&r->o->tags, use);
    render_text(r, STR("#"));
    render_text(r, name);
    object_gap(r->o, begin);
    if (link)
        buf_add_lit(OUT(r), "</a>");
}

static void math(struct render *r, const cmark_node *n) {
    const struct md_math *m = n->as.opaque;

    if (sanitiser_dropping(&r->sanitiser))
        return;
    buf_add_str(OUT(r), m->display ? STR("<span class=\"math math-block\">")
                                   : STR("<span class=\"math math-inline\">"));
    render_text(r, str_trim(m->text));
    buf_add_lit(OUT(r), "</span>");
    r->o->note->extras |= extra_bit(EXTRA_MATH);
}

static void code(struct render *r, const cmark_node *n) {
    struct str literal = md_chunk(n->as.literal);
    uint32_t begin = object_text_begin(r->o);

    if (sanitiser_dropping(&r->sanitiser))
        return;
    if (!render_inline_query(r, mask_plain(r->o->scratch, literal), n, false)) {
        buf_add_lit(OUT(r), "<code>");
        render_text(r, literal);
        buf_add_lit(OUT(r), "</code>");
    }
    object_gap(r->o, begin);
}

/* Blanks before a block id are its separator. */
static void text(struct render *r, const cmark_node *n) {
    struct str s = md_chunk(n->as.literal);

    if (n->next != NULL && n->next->type == md_types.block_id)
        s = str_rtrim(s);
    if (r->placeholders)
        slips_in_text(r, n, s);
    render_text(r, s);
}

/* `**key**` was written for looks. */
static struct str shown_key(struct str key) {
    while (key.len > 2 && strchr("*_~`", key.p[0]) != NULL &&
           key.p[key.len - 1] == key.p[0])
        key = str_slice(key, 1, key.len - 1);
    return key;
}

/* The key's name in two forms, as the plugin has them. */
static struct str field_tag(struct render *r, struct str key, bool keyless) {
    struct buf tag = {0};
    struct str kept;

    if (keyless)
        buf_add_lit(&tag,
                    "<span class=\"dataview inline-field-standalone-value\"");
    else
        buf_add_lit(&tag, "<span class=\"dataview inline-field\">"
                          "<span class=\"dataview inline-field-key\"");
    html_add_attr(&tag, STR("data-dv-key"), key);
    html_add_attr(&tag, STR("data-dv-norm-key"),
                  field_canonical(r->o->scratch, key));
    buf_add_ch(&tag, '>');
    if (!keyless) {
        html_escape(&tag, shown_key(key));
        buf_add_lit(&tag, "</span>"
                          "<span class=\"dataview inline-field-value\">");
    }
    kept = arena_str(r->o->scratch, buf_str(&tag));
    buf_release(&tag);
    return kept;
}

/* spec/dataview.md §14. In plain text it is `key: value`. */
static void field(struct render *r, const cmark_node *n, bool enter) {
    struct md_field *f = n->as.opaque;
    struct str key = mask_plain(r->o->scratch, f->key);

    if (!enter) {
        render_close(r, f->keyless ? STR("</span>") : STR("</span></span>"));
        r->place.skipped = f->outside;
        r->place.shift = f->outside_shift;
        return;
    }
    f->outside = r->place.skipped; /* cmark began anew in the value */
    f->outside_shift = r->place.shift;
    r->place.skipped = 0;
    r->place.shift = 0;
    if (!sanitiser_dropping(&r->sanitiser)) {
        buf_add_str(&r->o->text, shown_key(key));
        buf_add_lit(&r->o->text, ": ");
    }
    render_open(r, field_tag(r, key, f->keyless));
}

static void render_ours(struct render *r, cmark_iter *iter, cmark_node *n,
                        bool enter) {
    if (n->type == md_types.wiki) {
        render_wiki(r, iter, n, enter);
    } else if (n->type == md_types.field) {
        field(r, n, enter);
    } else if (n->type == md_types.highlight) {
        if (enter)
            render_open(r, STR("<mark>"));
        else
            render_close(r, STR("</mark>"));
    } else if (n->type == CMARK_NODE_STRIKETHROUGH) {
        if (enter)
            render_open(r, STR("<del>"));
        else
            render_close(r, STR("</del>"));
    } else if (!enter) {
        return;
    } else if (n->type == md_types.task) {
        task_mark(r, n);
    } else if (n->type == md_types.tag) {
        tag(r, n);
    } else if (n->type == md_types.comment) {
        render_comment(r, ((struct md_text *)n->as.opaque)->text, n);
        render_place_skip(r, n, 2, ((struct md_text *)n->as.opaque)->text);
    } else if (n->type == md_types.math) {
        const struct md_math *m = n->as.opaque;

        math(r, n);
        render_place_skip(r, n, m->display ? 2 : 1, m->text);
    } else if (n->type == md_types.footnote_ref) {
        render_footnote_ref(r, n);
    } else if (n->type == md_types.footnote_inline) {
        render_footnote_inline(r, iter, n);
    } else if (n->type == md_types.url) {
        render_url(r, n);
    } else if (n->type == md_types.time) {
        render_time(r, n);
    } else if (n->type == md_types.slip) {
        slips_render(r, n);
    }
}

void render_inline(struct render *r, cmark_iter *iter, cmark_node *n,
                   bool enter) {
    if (r->split != SPLIT_NO && enter)
        split_paragraph(r, n);
    switch (n->type) {
    case CMARK_NODE_TEXT:
        text(r, n);
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        line_break(r, n);
        break;
    case CMARK_NODE_CODE:
        code(r, n);
        break;
    case CMARK_NODE_HTML_INLINE:
        render_html(r, md_chunk(n->as.literal), n);
        break;
    case CMARK_NODE_EMPH:
        if (enter)
            render_open(r, STR("<em>"));
        else
            render_close(r, STR("</em>"));
        break;
    case CMARK_NODE_STRONG:
        if (enter)
            render_open(r, STR("<strong>"));
        else
            render_close(r, STR("</strong>"));
        break;
    case CMARK_NODE_LINK:
        render_link(r, n, enter);
        break;
    case CMARK_NODE_IMAGE:
        render_image(r, iter, n);
        break;
    default:
        render_ours(r, iter, n, enter);
        break;
    }
    if (r->place.shift > 0 && enter)
        render_place_step(r, n);
}
