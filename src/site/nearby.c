#include "base/unicode.h"
#include "html/escape.h"
#include "site/kinds.h"
#include "site/wiki.h"

/*
 * The notes linked with the page's note, as a drawing: the note in the middle, the
 * others above and below it in rows of two.  Nothing is computed but these fixed
 * places, so it costs little and a page is the same wherever it is built.
 */

#define NEARBY_MOST 12
#define NEARBY_BYTES 1700 /* of HTML: every page with a note has one */
#define NODE_BYTES 100    /* of them a node takes besides address and title */
#define WIDTH 240
#define ROW 38   /* from one row to the next */
#define FIRST 18 /* middle of the first row */
#define BELOW 17 /* from a node to the line of its name */

/* Places of a row, by how many rows it is away from the middle: how far left and
 * right of it the two stand, and how many letters their names may have. */
struct place {
    unsigned aside, letters;
};
static const struct place places[] = {{0, 22}, {64, 16}, {60, 17}, {46, 13}};
#define ALONE places[0]

struct ring {
    struct draw *draw;
    struct wiki wiki;
    struct buf svg;
    const uint32_t *files;
    uint32_t n, above; /* nodes; rows above the middle */
};

struct spot {
    unsigned x, y, letters;
};

/* Where node `i` stands; the last of an odd number alone in its row. */
static struct spot spot_of(const struct ring *r, uint32_t i) {
    uint32_t row = i / 2 < r->above ? i / 2 : i / 2 + 1;
    bool alone = i + 1 == r->n && i % 2 == 0;
    const struct place *place =
        alone ? &ALONE
              : &places[row < r->above ? r->above - row : row - r->above];

    return (struct spot){i % 2 == 0 ? WIDTH / 2 - place->aside
                                    : WIDTH / 2 + place->aside,
                         FIRST + row * ROW, place->letters};
}

static struct spot middle_of(const struct ring *r) {
    return (struct spot){WIDTH / 2, FIRST + r->above * ROW, ALONE.letters};
}

/* In letters of Latin text; those of East Asia are twice as wide. */
static struct str cut_title(struct str title, unsigned letters) {
    unsigned width = 0;
    size_t fits = 0;

    for (size_t at = 0; at < title.len;) {
        uint32_t code;
        size_t len = utf8_decode(title, at, &code);
        if (unicode_class(code) != UNICODE_MARK)
            width += code >= 0x1100 && code < 0xFB00 ? 2 : 1;
        if (width > letters)
            return str_rtrim(str_slice(title, 0, fits));
        at += len;
        if (width < letters) /* so that "…" has room */
            fits = at;
    }
    return title;
}

static void add_place(struct buf *out, char command, unsigned x, unsigned y) {
    buf_add_ch(out, command);
    buf_add_u64(out, x);
    buf_add_ch(out, ' ');
    buf_add_u64(out, y);
}

static void add_lines(struct ring *r) {
    struct spot from = middle_of(r);

    buf_add_lit(&r->svg, "<path class=\"lines\" d=\"");
    for (uint32_t i = 0; i < r->n; i++) {
        struct spot to = spot_of(r, i);
        add_place(&r->svg, 'M', from.x, from.y);
        add_place(&r->svg, 'L', to.x, to.y);
    }
    buf_add_lit(&r->svg, "\"/>");
}

void draw_node_shape(struct buf *out, struct str shape, unsigned x, unsigned y,
                     unsigned size) {
    buf_add_str(out, str_eq(shape, STR("customer")) ? STR("<rect class=\"g-")
                     : str_eq(shape, STR("person")) ||
                             str_eq(shape, STR("meeting")) ||
                             str_eq(shape, STR("transcript"))
                         ? STR("<circle class=\"g-")
                         : STR("<path class=\"g-"));
    buf_add_str(out, shape);
    if (str_eq(shape, STR("customer")))
        buf_printf(out,
                   "\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"2\"/>",
                   x - size, y - size, 2 * size, 2 * size);
    else if (str_eq(shape, STR("project")))
        buf_printf(out, "\" d=\"M%u %ul%u %u-%u %u-%u-%uz\"/>", x, y - size - 2,
                   size + 2, size + 2, size + 2, size + 2, size + 2, size + 2);
    else if (str_eq(shape, STR("note")))
        buf_printf(out, "\" d=\"M%u %uh%uv%uh-%uz\"/>", x - size + 1,
                   y - size + 1, 2 * size - 2, 2 * size - 2, 2 * size - 2);
    else if (str_eq(shape, STR("other")))
        buf_printf(out, "\" d=\"M%u %ul%u %uh-%uz\"/>", x, y - size - 1,
                   size + 1, 2 * size, 2 * size + 2);
    else
        buf_printf(out, "\" cx=\"%u\" cy=\"%u\" r=\"%u\"/>", x, y, size);
}

/* Its name, the whole of which is told where it is cut. */
static void add_node(struct ring *r, uint32_t file, struct spot at,
                     unsigned size) {
    const struct plan *p = r->draw->plan;
    struct str title = wiki_title(&r->wiki, file);
    struct str shown = cut_title(title, at.letters);

    if (shown.len < title.len) {
        buf_add_lit(&r->svg, "<title>");
        html_escape(&r->svg, title);
        buf_add_lit(&r->svg, "</title>");
    }
    draw_node_shape(&r->svg, node_shape(p, node_kind_of(p, file)), at.x, at.y,
                    size);
    buf_printf(&r->svg, "<text x=\"%u\" y=\"%u\">", at.x,
               at.y + BELOW + (size - 5));
    html_escape(&r->svg, shown);
    buf_add_str(&r->svg,
                shown.len < title.len ? STR("…</text>") : STR("</text>"));
}

static void add_neighbour(struct ring *r, uint32_t i) {
    buf_add_lit(&r->svg, "<a href=\"");
    wiki_href(&r->wiki, r->files[i]);
    buf_add_lit(&r->svg, "\">");
    add_node(r, r->files[i], spot_of(r, i), 5);
    buf_add_lit(&r->svg, "</a>");
}

static void add_svg(struct ring *r) {
    uint32_t rows = (r->n + 1) / 2;

    r->above = (rows + 1) / 2;
    buf_printf(&r->svg,
               "<svg class=\"graph\" viewBox=\"0 0 %u %u\" role=\"group\" "
               "aria-labelledby=\"_nearby\">",
               WIDTH, FIRST + rows * ROW + FIRST + 10);
    add_lines(r);
    for (uint32_t i = 0; i < r->n; i++)
        add_neighbour(r, i);
    buf_add_lit(&r->svg, "<g class=\"me\">");
    add_node(r, r->draw->page->note, middle_of(r), 7);
    buf_add_lit(&r->svg, "</g></svg>");
}

static bool has_nearby(const struct draw *d) {
    const struct graph *g = d->plan->graph;

    return g != NULL && d->page->kind != PAGE_HOME &&
           d->page->kind != PAGE_INDEX && d->page->kind != PAGE_TASKS &&
           g->links[d->page->note].len > 0;
}

/* As many as the page has room for: long addresses are fewer. */
static uint32_t count_nearby(const struct draw *d,
                             const struct graph_links *links) {
    const struct plan *p = d->plan;
    size_t bytes = 0;

    for (uint32_t i = 0; i < links->len && i < NEARBY_MOST; i++) {
        bytes += NODE_BYTES + p->hrefs[links->items[i]].len +
                 p->linked->notes[links->items[i]]->title.len;
        if (bytes > NEARBY_BYTES && i > 0)
            return i;
    }
    return links->len < NEARBY_MOST ? links->len : NEARBY_MOST;
}

void draw_nearby(struct draw *d) {
    const struct plan *p = d->plan;
    struct ring r = {.draw = d};

    if (!has_nearby(d))
        return;
    r.files = p->graph->links[d->page->note].items;
    r.n = count_nearby(d, &p->graph->links[d->page->note]);
    r.wiki = wiki_new(d->fill, &r.svg);
    add_svg(&r);
    d->values[SLOT_NEARBY] =
        template_html(arena_str(d->scratch, buf_str(&r.svg)));
    buf_release(&r.svg);
    d->values[SLOT_GRAPH_STYLE] =
        template_text(p->asset_hrefs[ASSET_GRAPH_STYLE]);
    buf_reset(d->text);
    buf_add_str(d->text, p->pages[p->graph_page].href);
    buf_add_ch(d->text, '?');
    buf_add_str(d->text, d->page->href);
    d->values[SLOT_NEARBY_GRAPH] = template_text(draw_keep(d));
}
