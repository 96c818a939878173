#include "html/escape.h"
#include "site/kinds.h"
#include "site/wiki.h"

/* The page of the graph: what draws it, and the most linked notes as a table, which
 * is all of it without a script. */

/* `1,500`, `4,812 notes`: how much of what is linked there is to see. */
static void draw_shown(struct draw *d) {
    const struct graph *g = d->plan->graph;

    d->values[SLOT_COUNT] = template_text(draw_count(
        d,
        g->nnodes < g->nlinked ? STRING_LINKED_CUT_ONE : STRING_LINKED_ALL_ONE,
        g->nnodes));
}

static void add_row(struct wiki *w, uint32_t file) {
    uint32_t kind = node_kind_of(w->plan, file);

    buf_add_lit(w->out, "<tr><th scope=\"row\"><span class=\"ent\">"
                        "<svg width=\"14\" height=\"14\" viewBox=\"0 0 14 14\" "
                        "aria-hidden=\"true\">");
    draw_node_shape(w->out, node_shape(w->plan, kind), 7, 7, 5);
    buf_add_lit(w->out, "</svg>");
    wiki_link(w, file, w->plan->linked->notes[file]->title);
    buf_add_lit(w->out, "</span></th><td dir=\"auto\">");
    html_escape(w->out, node_label(w->plan, kind));
    buf_add_lit(w->out, "</td><td class=\"r\">");
    wiki_number(w, w->plan->graph->links[file].len);
    buf_add_lit(w->out, "</td></tr>\n");
}

void draw_graph(struct draw *d) {
    const struct plan *p = d->plan;
    const struct graph *g = p->graph;
    struct template_value *section = draw_frames(d, 1, SLOTS_SECTION);
    struct buf rows = {0};
    struct wiki w = wiki_new(d->fill, &rows);

    for (uint32_t i = 0; i < g->nlinked && i < PLAN_ROWS; i++)
        add_row(&w, g->linked_most[i]);
    section[SLOT_SECTION_ROWS] =
        template_html(arena_str(d->scratch, buf_str(&rows)));
    buf_release(&rows);
    d->values[SLOT_SECTIONS] = template_list(section, 1);
    draw_shown(d);
    d->values[SLOT_GRAPH_STYLE] =
        template_text(p->asset_hrefs[ASSET_GRAPH_STYLE]);
    if (p->asset_hrefs[ASSET_GRAPH_SCRIPT].len == 0)
        return;
    d->values[SLOT_GRAPH_SCRIPT] =
        template_text(p->asset_hrefs[ASSET_GRAPH_SCRIPT]);
    d->values[SLOT_GRAPH_SHARD] = template_text(STR("_/graph/index.js"));
}
