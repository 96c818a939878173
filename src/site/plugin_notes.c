#include "html/escape.h"
#include "site/fill.h"
#include "note/drawing.h"

void fill_drawing(struct fill *f, const struct fill_place *place,
                  uint32_t first, struct buf *out) {
    const struct link *links = place->note->links;

    for (uint32_t i = first; i < first + DRAWING_PICTURES; i++) {
        const struct target *t = &place->targets[i];

        if (t->outcome != LINK_FILE || f->plan->hrefs[t->file].len == 0)
            continue;
        buf_add_lit(out, "<p class=\"internal-embed media-embed image-embed "
                         "excalidraw-svg\"><img src=\"");
        fill_href(f, t, links[i].subpath, out);
        buf_add_lit(out, "\" alt=\"");
        html_escape(out, place->note->title);
        buf_add_lit(out, "\" loading=\"lazy\"></p>\n");
        return;
    }
    buf_add_lit(out, "<p class=\"notice\">");
    html_escape(out, f->plan->theme->strings.texts[STRING_NO_PICTURE]);
    buf_add_lit(out, "</p>\n");
}

/* --- boards --- */

/* What lies between two places of the body. */
static struct range between(struct range from, struct range to) {
    return (struct range){from.end, to.begin, from.fixup_end, to.fixup_begin};
}

static bool is_lane(const struct heading *h, struct range rest) {
    return h->is_top && h->level == 2 && h->own.begin >= rest.begin &&
           h->own.begin < rest.end;
}

static void open_board(const struct note *n, struct buf *out) {
    /* It scrolls sideways, and the keyboard has to get there. */
    buf_add_lit(out, "<div class=\"kanban-plugin__board\" tabindex=\"0\" "
                     "role=\"group\" aria-label=\"");
    html_escape(out, n->title);
    buf_add_lit(out, "\">\n");
}

void fill_board(struct fill *f, const struct fill_place *place,
                struct range body, struct buf *out) {
    const struct note *n = place->note;
    struct range at = {body.begin, body.begin, body.fixup_begin,
                       body.fixup_begin};
    struct range end = {body.end, body.end, body.fixup_end, body.fixup_end};
    bool open = false;

    for (uint32_t i = 0; i < n->nheadings; i++) {
        struct range lane, gap;

        if (!is_lane(&n->headings[i], body))
            continue;
        lane = n->headings[i].section.ranges[0];
        gap = between(at, lane);
        if (open && gap.begin < gap.end)
            buf_add_lit(out, "</div>\n");
        fill_range(f, place, gap, out);
        if (!open || gap.begin < gap.end)
            open_board(n, out);
        buf_add_lit(out, "<div class=\"kanban-plugin__lane\">\n");
        fill_range(f, place, lane, out);
        buf_add_lit(out, "</div>\n");
        open = true;
        at = lane;
    }
    if (open)
        buf_add_lit(out, "</div>\n");
    fill_range(f, place, between(at, end), out);
}
