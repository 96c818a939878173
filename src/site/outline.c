#include "html/escape.h"
#include "site/wiki.h"

/* Fewer headings than this are seen at a glance. */
#define OUTLINE_MIN 2
/* Bytes of an answer in a heading. */
#define MOST_PRINTED 1000

/* A generated panel may stand where a section without content stood. */
static bool is_shown(const struct draw *d, const struct note *n,
                     uint32_t heading) {
    const struct heading *h = &n->headings[heading];

    return !h->in_quote && h->text.len > 0 &&
           (!wiki_is_cut(d, n, heading) ||
            wiki_panel_at(d, n, heading) != ENTITY_PANELS);
}

static void add_entry(struct draw *d, const char *href, enum string_name text) {
    buf_printf(d->text, "<li><a href=\"%s\">", href);
    html_escape(d->text, draw_string(d, text));
    buf_add_lit(d->text, "</a></li>");
}

/* What follows the note's own text. */
static void add_mentions_entry(struct draw *d) {
    uint32_t entity = plan_entity_of(d->plan, d->page->note);

    if (plan_mentions_of(d->plan, d->page->note) > 0)
        add_entry(d, "#_mentions", STRING_LINKED_MENTIONS);
    if (entity != PLAN_NONE && d->plan->entities->items[entity].nunlinked > 0)
        add_entry(d, "#_unlinked", STRING_UNLINKED_MENTIONS);
}

/* What a reader sees of an inline query's answer, as plain text; false where the
 * query is shown as it is written. */
static bool print_answer(const struct draw *d, const struct note *n,
                         uint32_t query, struct buf *out) {
    const struct answers *all = d->plan->answers;
    const struct answer *a =
        all != NULL ? answers_inline(all, n->index, query) : NULL;

    if (a == NULL || a->kind == ANSWER_ERROR || a->nrows == 0)
        return false;
    if (answer_cell(a, 0, 0)->kind == VALUE_LINK)
        value_print_link_text(out, answer_cell(a, 0, 0)->as.link);
    else
        value_print_within(out, answer_cell(a, 0, 0), answers_style(all),
                           MOST_PRINTED);
    return true;
}

/* The text of a heading, with answers in place of its inline queries, as on the
 * page itself (decisions.md 18). */
static void add_heading_text(const struct draw *d, const struct note *n,
                             const struct heading *h, struct buf *out) {
    struct str rest = h->text;

    for (uint32_t i = h->own.fixup_begin; i < h->own.fixup_end; i++) {
        const struct fixup *x = &n->fixups[i];
        struct buf text = {0};
        struct str raw;
        size_t at;
        if (x->kind != FIXUP_INLINE_QUERY)
            continue;
        raw = str_trim(n->inline_queries[x->ref].raw);
        at = str_find_str(rest, raw, 0);
        if (at != STR_NONE && print_answer(d, n, x->ref, &text)) {
            html_escape(out, str_slice(rest, 0, at));
            html_escape(out, buf_str(&text));
            rest = str_skip(rest, at + raw.len);
        }
        buf_release(&text);
    }
    html_escape(out, rest);
}

static void open_entry(struct draw *d, struct buf *out, const struct note *n,
                       uint32_t heading) {
    const struct heading *h = &n->headings[heading];
    uint32_t panel = wiki_panel_at(d, n, heading);

    if (panel != ENTITY_PANELS) {
        wiki_add_panel_link(d, panel, out);
        return;
    }
    buf_add_lit(out, "<li><a href=\"#");
    html_encode_path(out, h->id);
    buf_add_lit(out, "\">");
    add_heading_text(d, n, h, out);
    buf_add_lit(out, "</a>");
}

/* Lists inside lists by level; a level that is left out gets no list of its own.
 * The outermost list stays open. */
static void add_outline(struct draw *d, struct buf *out, const struct note *n,
                        uint32_t first) {
    uint8_t levels[7]; /* of the lists that are open, outermost first */
    size_t depth = 0;

    for (uint32_t i = first; i < n->nheadings; i++) {
        const struct heading *h = &n->headings[i];
        if (!is_shown(d, n, i))
            continue;
        if (depth == 0 || h->level > levels[depth - 1]) {
            buf_add_str(out,
                        depth == 0 ? STR("<ul class=\"plain\">") : STR("<ul>"));
            levels[depth++] = h->level;
        } else {
            buf_add_lit(out, "</li>");
            while (depth > 1 && h->level < levels[depth - 1] &&
                   h->level <= levels[depth - 2]) {
                buf_add_lit(out, "</ul></li>");
                depth--;
            }
            levels[depth - 1] = h->level;
        }
        open_entry(d, out, n, i);
    }
    for (; depth > 1; depth--)
        buf_add_lit(out, "</li></ul>");
    buf_add_lit(out, "</li>");
}

void draw_contents(struct draw *d, const struct note *n) {
    uint32_t first = n->first_is_title ? 1 : 0;
    uint32_t count = 0;

    for (uint32_t i = first; i < n->nheadings; i++)
        count += is_shown(d, n, i);
    if (count + wiki_panels_at_end(d, n) < OUTLINE_MIN)
        return;
    buf_reset(d->text);
    if (count > 0)
        add_outline(d, d->text, n, first);
    else
        buf_add_lit(d->text, "<ul class=\"plain\">");
    wiki_add_panel_links(d, n, d->text);
    add_mentions_entry(d);
    buf_add_lit(d->text, "</ul>");
    d->values[SLOT_CONTENTS] = template_html(draw_keep(d));
}
