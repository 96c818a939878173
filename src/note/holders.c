#include "html/holder.h"
#include "note/render.h"

/* Raw HTML with Markdown between its tags. */

/* The holders that a block leaves open, in user_data. */
struct openers {
    const cmark_node
        *ends[HOLDER_DEPTH]; /* the blocks that close them, or NULL */
    struct str names[HOLDER_DEPTH];
    unsigned len, kept; /* the first `kept` of them are closed by a block */
};

static char no_openers; /* user_data of a block without any */

static struct openers *openers_of(struct render *r,
                                  const struct html_edges *edges) {
    struct openers *o = arena_new(r->o->scratch, struct openers);

    o->len = edges->nopens;
    for (unsigned i = 0; i < o->len; i++)
        o->names[i] = edges->opens[i];
    return o;
}

/* What stands around an element that is closed ends where that one does, if
 * nothing closes it. */
static void close_opener(struct openers *o, unsigned i, const cmark_node *end) {
    if (o->kept < i + 1)
        o->kept = i + 1;
    for (unsigned k = 0; k < i; k++)
        o->ends[k] = end;
    o->ends[i] = end;
}

/* Tells each block of HTML from `n` on which of its siblings closes it; blocks that
 * stand in a pair are asked with those around it, so each is read once. */
static void find_pairs(struct render *r, cmark_node *n) {
    struct {
        struct openers *openers;
        unsigned index;
    } open[HOLDER_DEPTH];
    unsigned depth = 0;

    for (; n != NULL; n = n->next) {
        struct html_edges edges;

        if (n->type != CMARK_NODE_HTML_BLOCK)
            continue;
        n->user_data = &no_openers;
        html_edges_of(md_chunk(n->as.literal), &edges);
        for (unsigned i = 0; i < edges.ncloses; i++) {
            unsigned at = depth;

            while (at > 0 &&
                   !str_eq(open[at - 1].openers->names[open[at - 1].index],
                           edges.closes[i]))
                at--;
            if (at == 0)
                continue;
            depth = at - 1;
            close_opener(open[depth].openers, open[depth].index, n);
        }
        if (edges.nopens == 0)
            continue;
        n->user_data = openers_of(r, &edges);
        for (unsigned i = 0; i < edges.nopens && depth < HOLDER_DEPTH; i++) {
            open[depth].openers = n->user_data;
            open[depth++].index = i;
        }
    }
}

cmark_node *render_gather(struct render *r, cmark_node *parent,
                          cmark_node *prev, const cmark_node *end) {
    cmark_node *holder = arena_new(r->o->scratch, struct cmark_node);
    cmark_node *first = prev != NULL ? prev->next : parent->first_child;
    cmark_node *last = NULL, *rest;

    holder->type = CMARK_NODE_CUSTOM_BLOCK;
    holder->content.mem = parent->content.mem;
    holder->parent = parent;
    holder->prev = prev;
    for (rest = first; rest != NULL && rest != end; rest = rest->next) {
        rest->parent = holder;
        last = rest;
    }
    if (last != NULL) {
        holder->first_child = first;
        holder->last_child = last;
        first->prev = NULL;
        last->next = NULL;
    }
    if (prev != NULL)
        prev->next = holder;
    else
        parent->first_child = holder;
    holder->next = rest;
    if (rest != NULL)
        rest->prev = holder;
    else
        parent->last_child = holder;
    return holder;
}

/* One in the other; the outermost stands behind `n`. */
static void gather_all(struct render *r, cmark_node *n,
                       const struct openers *o) {
    cmark_node *parent = n->parent, *prev = n;

    for (unsigned i = 0; i < o->kept; i++) {
        cmark_node *holder = render_gather(r, parent, prev, o->ends[i]);

        holder->start_line = n->end_line;
        holder->as.custom.on_exit = (cmark_chunk){
            (unsigned char *)o->names[i].p, (bufsize_t)o->names[i].len, 0};
        r->depth++;
        parent = holder;
        prev = NULL;
    }
}

void render_html_block(struct render *r, cmark_iter *iter, cmark_node *n) {
    const struct openers *openers;
    bool holds = false;

    if (n->user_data == NULL)
        find_pairs(r, n);
    openers = n->user_data != &no_openers ? n->user_data : NULL;
    render_leaf_begin(r, n, false);
    render_html(r, md_chunk(n->as.literal), n);
    if (openers != NULL && openers->kept > 0 &&
        r->depth + openers->kept <= RENDER_MAX_DEPTH)
        holds = sanitiser_hand_over(&r->sanitiser, &r->o->html, openers->names,
                                    openers->len, openers->kept);
    sanitiser_end(&r->sanitiser, &r->o->html);
    buf_add_ch(&r->o->html, '\n');
    if (holds) {
        gather_all(r, n, openers);
        cmark_iter_reset(iter, n->next, CMARK_EVENT_ENTER);
    }
}

void render_holder_exit(struct render *r, cmark_node *n) {
    object_sections_end(r->o, n);
    if (n == r->turns.holder) {
        render_turns_end(r);
        return;
    }
    buf_add_lit(&r->o->html, "</");
    buf_add_str(&r->o->html, md_chunk(n->as.custom.on_exit));
    buf_add_lit(&r->o->html, ">\n");
    r->depth--;
}
