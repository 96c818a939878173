#include "note/render.h"

#include "base/unicode.h"

/*
 * Footnotes (spec/markdown.md §14.2): a definition is written behind the body
 * when it is first referred to; numbering is stitch's business, since every
 * embed counts for itself.
 */

static uint32_t add_footnote(struct render *r, struct str label,
                             cmark_node *node) {
    struct footnote f = {.label = arena_str(r->o->build, label)};
    struct pending_footnote pending = {node, r->place};

    vec_push(&r->o->footnotes, f);
    vec_push(&r->pending, pending);
    return (uint32_t)r->o->footnotes.len - 1;
}

/* Anchors do not nest: in a link's label a reference is left out. */
static bool may_refer(const struct render *r) {
    return !r->inline_only && !render_no_anchor(r);
}

void render_footnote_ref(struct render *r, cmark_node *n) {
    struct str label = ((struct md_text *)n->as.opaque)->text;
    struct str key = unicode_fold(r->o->scratch, label);
    cmark_node *definition = map_get(r->parse->definitions, key);
    void **slot;

    if (r->inline_only) /* a piece of a note: its definitions stand elsewhere */
        return;
    if (definition == NULL) {
        render_finding(r, DIAG_FOOTNOTE_MISSING, n,
                       mask_plain(r->o->scratch, label));
        render_text(r, label);
        return;
    }
    if (!may_refer(r))
        return;
    slot = map_slot(&r->labels, key);
    if (*slot == NULL)
        *slot = (void *)(uintptr_t)(add_footnote(
                                        r, mask_plain(r->o->scratch, label),
                                        definition) +
                                    1);
    object_fixup(r->o, FIXUP_FOOTNOTE_REF, (uint32_t)(uintptr_t)*slot - 1);
}

void render_footnote_inline(struct render *r, cmark_iter *iter, cmark_node *n) {
    if (may_refer(r))
        object_fixup(r->o, FIXUP_FOOTNOTE_REF, add_footnote(r, STR(""), n));
    render_place_skip(
        r, n, 2,
        str_make((const char *)n->content.ptr, (size_t)n->content.size));
    cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
}

static bool ends_with_paragraph(const cmark_node *n) {
    const cmark_node *last = n->last_child;

    return last != NULL && last->type == CMARK_NODE_PARAGRAPH;
}

static void write_footnote(struct render *r, uint32_t index) {
    cmark_node *n = r->pending.items[index].node;
    struct range range = object_range_begin(r->o);
    static const struct str end = STR_INIT("</p>\n");
    struct footnote *f;
    bool paragraph = true;

    if (n->type == md_types.footnote_def) {
        render_walk(r, n);
        object_sections_end(r->o, n);
        paragraph =
            ends_with_paragraph(n) && str_ends(buf_str(&r->o->html), end);
    } else {
        buf_add_lit(&r->o->html, "<p>");
        render_leaf_begin(r, n, true);
        r->place = r->pending.items[index].place;
        r->place.skipped = 0; /* its own line is known exactly */
        r->place.shift = 0;
        r->place.footnote = n;
        render_walk(r, n);
        render_leaf_end(r, TEXT_PARAGRAPH);
        buf_add_str(&r->o->html, end);
    }
    object_range_end(r->o, &range);
    f = &r->o->footnotes.items[index];
    f->content = range;
    f->backref_fixup = range.fixup_end;
    f->backref_at =
        range.end -
        (paragraph && range.end > range.begin ? (uint32_t)end.len : 0);
}

void render_footnotes(struct render *r) {
    r->in_footnotes = true;
    for (uint32_t i = 0; i < r->pending.len; i++)
        write_footnote(r, i);
    r->in_footnotes = false;
}
