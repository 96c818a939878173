#include "html/escape.h"
#include "site/draw.h"

/* Fewer headings than this are seen at a glance. */
#define OUTLINE_MIN 2

static bool is_shown(const struct heading *h) {
    return !h->in_quote && h->text.len > 0;
}

/* What follows the note's own text. */
static void add_mentions_entry(struct draw *d) {
    if (d->plan->linked->backlinks[d->page->note].len == 0)
        return;
    buf_add_lit(d->text, "<li><a href=\"#_mentions\">");
    html_escape(d->text, draw_string(d, STRING_LINKED_MENTIONS));
    buf_add_lit(d->text, "</a></li>");
}

static void open_entry(struct buf *out, const struct heading *h) {
    buf_add_lit(out, "<li><a href=\"#");
    html_encode_path(out, h->id);
    buf_add_lit(out, "\">");
    html_escape(out, h->text);
    buf_add_lit(out, "</a>");
}

/* Lists inside lists by level; a level that is left out gets no list of its own.
 * The outermost list stays open. */
static void add_outline(struct buf *out, const struct note *n, uint32_t first) {
    uint8_t levels[7]; /* of the lists that are open, outermost first */
    size_t depth = 0;

    for (uint32_t i = first; i < n->nheadings; i++) {
        const struct heading *h = &n->headings[i];
        if (!is_shown(h))
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
        open_entry(out, h);
    }
    for (; depth > 1; depth--)
        buf_add_lit(out, "</li></ul>");
    buf_add_lit(out, "</li>");
}

void draw_contents(struct draw *d, const struct note *n) {
    uint32_t first = n->first_is_title ? 1 : 0;
    uint32_t count = 0;

    for (uint32_t i = first; i < n->nheadings; i++)
        count += is_shown(&n->headings[i]);
    if (count < OUTLINE_MIN)
        return;
    buf_reset(d->text);
    add_outline(d->text, n, first);
    add_mentions_entry(d);
    buf_add_lit(d->text, "</ul>");
    d->values[SLOT_CONTENTS] = template_html(draw_keep(d));
}
