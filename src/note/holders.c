#include "html/holder.h"
#include "note/render.h"

/* Raw HTML with Markdown between its tags. */

static char unpaired; /* user_data of a block without a counterpart */

/* Tells each block of HTML from `n` on which of its siblings closes it; blocks that
 * stand in a pair are asked with those around it, so each is read once. */
static void find_pairs(cmark_node *n) {
    struct {
        cmark_node *node;
        struct str name;
    } open[HOLDER_DEPTH];
    unsigned depth = 0;

    for (; n != NULL; n = n->next) {
        struct html_edges edges;

        if (n->type != CMARK_NODE_HTML_BLOCK)
            continue;
        n->user_data = &unpaired;
        html_edges_of(md_chunk(n->as.literal), &edges);
        for (unsigned i = 0; i < edges.ncloses; i++) {
            unsigned at = depth;

            while (at > 0 && !str_eq(open[at - 1].name, edges.closes[i]))
                at--;
            if (at == 0)
                continue;
            depth = at - 1;
            open[depth].node->user_data = n;
        }
        if (edges.opens.len > 0 && depth < HOLDER_DEPTH) {
            open[depth].node = n;
            open[depth++].name = edges.opens;
        }
    }
}

/*
 * Puts what stands between `n` and the block that closes it into a node of its own,
 * so that every slice of it is balanced (decisions.md 14). Where that block closes
 * more than one, it stands outside: then everything that follows is meant.
 */
static cmark_node *gather(struct render *r, cmark_node *n) {
    cmark_node *holder = arena_new(r->o->scratch, struct cmark_node);
    cmark_node *end = n->next, *last = n;

    holder->type = CMARK_NODE_CUSTOM_BLOCK;
    holder->content.mem = n->content.mem;
    holder->start_line = n->end_line;
    holder->parent = n->parent;
    holder->prev = n;
    for (; end != NULL && end != n->user_data; end = end->next) {
        end->parent = holder;
        last = end;
    }
    if (last != n) {
        holder->first_child = n->next;
        holder->last_child = last;
        holder->first_child->prev = NULL;
        last->next = NULL;
    }
    n->next = holder;
    holder->next = end;
    if (end != NULL)
        end->prev = holder;
    else
        n->parent->last_child = holder;
    return holder;
}

void render_html_block(struct render *r, cmark_iter *iter, cmark_node *n) {
    struct str name = STR("");

    if (n->user_data == NULL)
        find_pairs(n);
    render_leaf_begin(r, n, false);
    render_html(r, md_chunk(n->as.literal), n);
    if (n->user_data != &unpaired && r->depth < RENDER_MAX_DEPTH)
        name = sanitiser_hand_over(&r->sanitiser);
    sanitiser_end(&r->sanitiser, &r->o->html);
    buf_add_ch(&r->o->html, '\n');
    if (name.len > 0) {
        cmark_node *holder = gather(r, n);

        holder->as.custom.on_exit =
            (cmark_chunk){(unsigned char *)name.p, (bufsize_t)name.len, 0};
        r->depth++;
        cmark_iter_reset(iter, holder, CMARK_EVENT_ENTER);
    }
}

void render_holder_exit(struct render *r, cmark_node *n) {
    object_sections_end(r->o, n);
    buf_add_lit(&r->o->html, "</");
    buf_add_str(&r->o->html, md_chunk(n->as.custom.on_exit));
    buf_add_lit(&r->o->html, ">\n");
    r->depth--;
}
