#include "site/graph_files.h"

#include "base/json.h"
#include "site/kinds.h"

#define SCALE 24       /* of positions: whole numbers are enough */
#define BUCKET 24000   /* bytes of a file near-N.js, about */
#define BUCKETS 4096   /* of which there are at most so many */
#define NOTE_BYTES 100 /* title and address of a note, about */

static bool is_node(const struct graph *g, uint32_t file) {
    return g->node_of[file] != GRAPH_NONE;
}

/* --- links between nodes --- */

/* Whether node `a` is among those that draw their link with `b`: it is one of the first
 * that `a` has. */
static bool offers(const struct graph *g, uint32_t a, uint32_t b) {
    const struct graph_links *links = &g->links[g->nodes[a]];
    unsigned n = 0;

    for (uint32_t i = 0; i < links->len && n < GRAPH_LINKS; i++) {
        uint32_t other = g->node_of[links->items[i]];
        if (other == b)
            return true;
        n += other != GRAPH_NONE;
    }
    return false;
}

/* The nodes that `node` is linked with, where not the other has told so. */
static void add_node_links(const struct graph *g, uint32_t node,
                           struct buf *out) {
    const struct graph_links *links = &g->links[g->nodes[node]];
    unsigned n = 0;
    bool first = true;

    buf_add_ch(out, '[');
    for (uint32_t i = 0; i < links->len && n < GRAPH_LINKS; i++) {
        uint32_t other = g->node_of[links->items[i]];
        if (other == GRAPH_NONE)
            continue;
        n++;
        if (other < node && offers(g, other, node))
            continue;
        if (!first)
            buf_add_ch(out, ',');
        first = false;
        buf_add_u64(out, other);
    }
    buf_add_ch(out, ']');
}

/* --- tags --- */

struct node_tags {
    uint32_t *counts; /* by tag: nodes with it or one below it */
    uint32_t *number; /* by tag: its place in `chosen`, GRAPH_NONE */
    uint32_t *seen;   /* by tag: the node it was met at last */
    uint32_t chosen[GRAPH_TAGS], nchosen;
};

typedef void tag_visit(struct node_tags *t, uint32_t tag, void *context);

/* The tags of a node and those above them, each once. */
static void each_tag(const struct plan *p, struct node_tags *t, uint32_t node,
                     tag_visit *visit, void *context) {
    uint32_t file = p->graph->nodes[node];

    for (uint32_t i = p->note_tag_begins[file];
         i < p->note_tag_begins[file + 1]; i++)
        for (uint32_t tag = p->note_tags[i];
             tag != UINT32_MAX && t->seen[tag] != node;
             tag = p->linked->tags[tag].parent) {
            t->seen[tag] = node;
            visit(t, tag, context);
        }
}

static void count_tag(struct node_tags *t, uint32_t tag, void *context) {
    (void)context;
    t->counts[tag]++;
}

static void forget_seen(const struct plan *p, struct node_tags *t) {
    for (uint32_t i = 0; i < p->linked->ntags; i++)
        t->seen[i] = GRAPH_NONE;
}

/* Those of the most nodes, in the order of their names. */
static void choose_tags(const struct plan *p, struct node_tags *t) {
    uint32_t with[GRAPH_NODES + 1] = {0}; /* tags of so many nodes */
    uint32_t least = GRAPH_NODES + 1, above = 0;

    for (uint32_t i = 0; i < p->linked->ntags; i++)
        with[t->counts[i]]++;
    while (least > 1 && above + with[least - 1] <= GRAPH_TAGS)
        above += with[--least];
    for (uint32_t i = 0; i < p->linked->ntags; i++) {
        t->number[i] = GRAPH_NONE;
        if (t->counts[i] < least)
            continue;
        t->number[i] = t->nchosen;
        t->chosen[t->nchosen++] = i;
    }
}

static struct node_tags find_tags(const struct plan *p, struct arena *a) {
    struct node_tags t = {
        .counts = arena_array(a, uint32_t, p->linked->ntags),
        .number = arena_array(a, uint32_t, p->linked->ntags),
        .seen = arena_array(a, uint32_t, p->linked->ntags),
    };

    forget_seen(p, &t);
    for (uint32_t i = 0; i < p->graph->nnodes; i++)
        each_tag(p, &t, i, count_tag, NULL);
    forget_seen(p, &t);
    choose_tags(p, &t);
    return t;
}

static void add_tag(struct node_tags *t, uint32_t tag, void *context) {
    struct buf *out = context;

    if (t->number[tag] == GRAPH_NONE)
        return;
    if (out->p[out->len - 1] != '[')
        buf_add_ch(out, ',');
    buf_add_u64(out, t->number[tag]);
}

/* --- index.js --- */

static void add_texts(const struct plan *p, struct buf *out) {
    static const struct str prefix = STR_INIT("graph_");
    bool first = true;

    buf_add_lit(out, ",\n\"texts\":{");
    for (size_t i = 0; i < STRINGS; i++) {
        if (!str_starts(string_names[i].name, prefix))
            continue;
        if (!first)
            buf_add_ch(out, ',');
        first = false;
        json_add_key(out, str_skip(string_names[i].name, prefix.len));
        json_add_text(out, p->theme->strings.texts[i]);
    }
    buf_add_ch(out, '}');
}

static void add_kinds(const struct plan *p, struct buf *out) {
    buf_add_lit(out, "\"kinds\":[");
    for (uint32_t i = 0; i < node_kinds(p); i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        buf_add_ch(out, '[');
        json_add_text(out, node_shape(p, i));
        buf_add_ch(out, ',');
        json_add_text(out, node_label(p, i));
        buf_add_ch(out, ',');
        json_add_text(out, node_heading(p, i));
        buf_add_ch(out, ']');
    }
    buf_add_ch(out, ']');
}

static void add_signed(struct buf *out, float n) {
    int64_t whole = (int64_t)(n * SCALE);

    if (whole < 0)
        buf_add_ch(out, '-');
    buf_add_u64(out, (uint64_t)(whole < 0 ? -whole : whole));
}

/* `"title","href",kind,` */
static void add_note(const struct plan *p, uint32_t file, struct buf *out) {
    json_add_text(out, p->linked->notes[file]->title);
    buf_add_ch(out, ',');
    json_add_text(out, p->hrefs[file]);
    buf_add_ch(out, ',');
    buf_add_u64(out, node_kind_of(p, file));
    buf_add_ch(out, ',');
}

static void add_node(const struct graph_files *g, struct node_tags *tags,
                     uint32_t node, struct buf *out) {
    const struct plan *p = g->plan;
    uint32_t file = p->graph->nodes[node];

    buf_add_ch(out, '[');
    add_note(p, file, out);
    add_signed(out, g->points[node].x);
    buf_add_ch(out, ',');
    add_signed(out, g->points[node].y);
    buf_add_ch(out, ',');
    buf_add_u64(out, p->graph->links[file].len);
    buf_add_lit(out, ",[");
    each_tag(p, tags, node, add_tag, out);
    buf_add_lit(out, "]]");
}

static void write_index(const struct graph_files *g, struct buf *out) {
    const struct plan *p = g->plan;
    struct arena scratch;
    struct node_tags tags;

    arena_init(&scratch);
    tags = find_tags(p, &scratch);
    buf_add_lit(out, "vaultsiteGraph.index({");
    add_kinds(p, out);
    add_texts(p, out);
    buf_add_lit(out, ",\n\"tags\":[");
    for (uint32_t i = 0; i < tags.nchosen; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        json_add_text(out, p->linked->tags[tags.chosen[i]].name);
    }
    buf_printf(out, "],\n\"buckets\":%u,\n\"nodes\":[", (unsigned)g->nbuckets);
    for (uint32_t i = 0; i < p->graph->nnodes; i++) {
        buf_add_str(out, i > 0 ? STR(",\n") : STR("\n"));
        add_node(g, &tags, i, out);
    }
    buf_add_lit(out, "],\n\"links\":[");
    for (uint32_t i = 0; i < p->graph->nnodes; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        add_node_links(p->graph, i, out);
    }
    buf_add_lit(out, "]});\n");
    arena_release(&scratch);
}

/* --- near-N.js --- */

static void add_near(const struct plan *p, uint32_t file, struct buf *out) {
    const struct graph_links *links = &p->graph->links[file];

    json_add_key(out, p->pages[p->page_of[file]].path);
    buf_add_ch(out, '[');
    add_note(p, file, out);
    buf_add_u64(out, links->len);
    buf_add_lit(out, ",[");
    for (uint32_t i = 0; i < links->len && i < GRAPH_NEAR; i++) {
        uint32_t other = links->items[i];
        if (i > 0)
            buf_add_ch(out, ',');
        if (is_node(p->graph, other)) {
            buf_add_u64(out, p->graph->node_of[other]);
            continue;
        }
        buf_add_ch(out, '[');
        add_note(p, other, out);
        buf_add_u64(out, p->graph->links[other].len);
        buf_add_ch(out, ']');
    }
    buf_add_lit(out, "]]");
}

static void write_near(const struct graph_files *g, uint32_t bucket,
                       struct buf *out) {
    buf_printf(out, "vaultsiteGraph.near(%u,{", (unsigned)bucket);
    for (uint32_t i = g->begins[bucket]; i < g->begins[bucket + 1]; i++) {
        buf_add_str(out, i > g->begins[bucket] ? STR(",\n") : STR("\n"));
        add_near(g->plan, g->files[i], out);
    }
    buf_add_lit(out, "});\n");
}

/* --- which files there are --- */

uint32_t graph_bucket(struct str path, uint32_t nbuckets) {
    uint32_t hash = 2166136261;

    for (size_t i = 0; i < path.len; i++)
        hash = (hash ^ (unsigned char)path.p[i]) * 16777619;
    return hash & (nbuckets - 1);
}

/* Whether index.js does not tell all links of the note: it is no node, is linked with
 * one that is none, or with so many that not all are drawn. */
static bool has_more(const struct graph *g, uint32_t file) {
    const struct graph_links *links = &g->links[file];

    if (links->len > 0 && !is_node(g, file))
        return true;
    if (links->len > GRAPH_LINKS)
        return true;
    for (uint32_t i = 0; i < links->len; i++)
        if (!is_node(g, links->items[i]))
            return true;
    return false;
}

static uint32_t choose_nbuckets(const struct graph *g) {
    uint64_t bytes = 0;
    uint32_t n = 1;

    for (uint32_t i = 0; i < g->linked->vault->nfiles; i++) {
        uint32_t near = g->links[i].len;
        if (has_more(g, i))
            bytes += (uint64_t)NOTE_BYTES *
                     (1 + (near < GRAPH_NEAR ? near : GRAPH_NEAR));
    }
    if (bytes == 0)
        return 0;
    while (n < BUCKETS && bytes / n > BUCKET)
        n *= 2;
    return n;
}

static void fill_buckets(struct arena *a, struct graph_files *g) {
    const struct plan *p = g->plan;
    uint32_t nfiles = (uint32_t)p->linked->vault->nfiles, n = 0;
    uint32_t *files, *begins = arena_array(a, uint32_t, g->nbuckets + 2);

    /* Counted one place further, so that they end where they begin. */
    for (uint32_t i = 0; i < nfiles; i++)
        if (has_more(p->graph, i)) {
            begins[graph_bucket(p->pages[p->page_of[i]].path, g->nbuckets) +
                   2]++;
            n++;
        }
    files = arena_array(a, uint32_t, n);
    for (uint32_t i = 2; i < g->nbuckets + 2; i++)
        begins[i] += begins[i - 1];
    for (uint32_t i = 0; i < nfiles; i++)
        if (has_more(p->graph, i))
            files[begins[graph_bucket(p->pages[p->page_of[i]].path,
                                      g->nbuckets) +
                         1]++] = i;
    g->files = files;
    g->begins = begins;
}

const struct graph_files *graph_files_new(struct arena *a,
                                          const struct plan *p) {
    struct graph_files *g = arena_new(a, struct graph_files);

    if (p->graph_page == PLAN_NONE ||
        p->asset_hrefs[ASSET_GRAPH_SCRIPT].len == 0)
        return NULL;
    g->plan = p;
    g->points = graph_layout(a, p->graph);
    g->nbuckets = choose_nbuckets(p->graph);
    if (g->nbuckets > 0)
        fill_buckets(a, g);
    return g;
}

size_t graph_nfiles(const struct graph_files *g) {
    return g != NULL ? 1 + (size_t)g->nbuckets : 0;
}

struct str graph_path(const struct graph_files *g, size_t i, struct arena *a) {
    struct buf path = {0};
    struct str kept;

    (void)g;
    if (i == 0)
        return STR("_/graph/index.js");
    buf_printf(&path, "_/graph/near-%zu.js", i - 1);
    kept = arena_str(a, buf_str(&path));
    buf_release(&path);
    return kept;
}

void graph_write(const struct graph_files *g, size_t i, struct buf *out) {
    if (i == 0)
        write_index(g, out);
    else
        write_near(g, (uint32_t)i - 1, out);
}
