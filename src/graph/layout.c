#include "graph/layout.h"

#include <math.h>

#include "base/hash.h"

enum {
    ROUNDS = 200,
    DEPTH = 24, /* of the tree: points that are closer stay in one leaf */
    LEAF = 4,   /* points that are not divided further */
    LANES = 4,  /* points whose forces are summed together */
};

/* A square pushes as one if its side is less than THETA times as long as it is
 * away. */
#define THETA 1.2F
#define PULL 1.0F       /* of a link, for each unit of its length */
#define PUSH 0.25F      /* of two nodes without links that are one unit apart */
#define TO_MIDDLE 0.08F /* for each unit that a node is away from it */
#define NEAR 1e-3F      /* added to squares of distances: no push is endless */
#define STEP 0.5F       /* of the way to where the forces would be in balance */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

/* One square of the tree. They stand in the order in which they are visited: what
 * is in a square follows it, up to `next`. */
struct square {
    float x, y, mass; /* its middle, weighed; the sum of what is in it */
    float far;        /* square of the distance from which it pushes as one */
    uint32_t next;
    uint32_t begin, end; /* of a leaf its points, in `order`; else equal */
};

struct mover {
    const struct layout_links *links;
    struct layout_point *points, *forces;
    float *masses;   /* 1 and the number of links */
    uint32_t *order; /* nodes as the leaves have them */
    struct square *squares;
    uint32_t nsquares;
};

/* --- the tree --- */

/* Puts the nodes of [begin, end) whose `y`, else `x`, is below `middle` first;
 * returns where the others begin. */
static uint32_t part(struct mover *m, uint32_t begin, uint32_t end, bool y,
                     float middle) {
    uint32_t *order = m->order;

    while (begin < end) {
        const struct layout_point *p = &m->points[order[begin]];
        if ((y ? p->y : p->x) < middle) {
            begin++;
        } else {
            uint32_t other = order[--end];
            order[end] = order[begin];
            order[begin] = other;
        }
    }
    return begin;
}

static void weigh(struct mover *m, struct square *s, uint32_t begin,
                  uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        const struct layout_point *p = &m->points[m->order[i]];
        float mass = m->masses[m->order[i]];
        s->x += p->x * mass;
        s->y += p->y * mass;
        s->mass += mass;
    }
}

struct extent { /* a square of the plane, halved with each level */
    float x, y, half;
    unsigned depth;
};

static void divide(struct mover *m, struct extent e, uint32_t begin,
                   uint32_t end);

static void divide_further(struct mover *m, struct extent e,
                           const uint32_t cuts[5]) {
    float half = e.half / 2;

    for (unsigned i = 0; i < 4; i++) {
        struct extent quarter = {i % 2 == 0 ? e.x - half : e.x + half,
                                 i / 2 == 0 ? e.y - half : e.y + half, half,
                                 e.depth + 1};
        if (cuts[i] < cuts[i + 1])
            divide(m, quarter, cuts[i], cuts[i + 1]);
    }
}

/* Adds the square with the nodes of [begin, end), which are some, and all in it. */
static void divide(struct mover *m, struct extent e, uint32_t begin,
                   uint32_t end) {
    uint32_t own = m->nsquares++;
    struct square *s = &m->squares[own];

    *s = (struct square){.far = 4 * e.half * e.half / (THETA * THETA)};
    if (end - begin <= LEAF || e.depth == DEPTH) {
        weigh(m, s, begin, end);
        s->begin = begin;
        s->end = end;
    } else {
        uint32_t cuts[5] = {begin, 0, part(m, begin, end, true, e.y), 0, end};
        cuts[1] = part(m, begin, cuts[2], false, e.x);
        cuts[3] = part(m, cuts[2], end, false, e.x);
        divide_further(m, e, cuts);
        for (uint32_t i = own + 1; i < m->nsquares; i = m->squares[i].next) {
            const struct square *inner = &m->squares[i];
            s->x += inner->x * inner->mass;
            s->y += inner->y * inner->mass;
            s->mass += inner->mass;
        }
    }
    s->x /= s->mass;
    s->y /= s->mass;
    s->next = m->nsquares;
}

static void build_tree(struct mover *m) {
    float most = 0;

    for (uint32_t i = 0; i < m->links->n; i++) {
        m->order[i] = i;
        most = fmaxf(most, fmaxf(fabsf(m->points[i].x), fabsf(m->points[i].y)));
    }
    m->nsquares = 0;
    divide(m, (struct extent){.half = most}, 0, m->links->n);
}

/* --- forces --- */

struct pushed { /* nodes of one leaf, side by side */
    lanes x, y, fx, fy;
};

static void push(struct pushed *p, float x, float y, float mass) {
    lanes dx = p->x - x, dy = p->y - y;
    lanes force = PUSH * mass / (dx * dx + dy * dy + NEAR);

    p->fx += dx * force;
    p->fy += dy * force;
}

/* What pushes the nodes of square `leaf`. A square that holds the leaf never counts
 * as one, nor does the node push itself: it is not away from itself. */
static void push_all(const struct mover *m, struct pushed *p, uint32_t leaf) {
    const struct square *own = &m->squares[leaf];

    for (uint32_t i = 0; i < m->nsquares;) {
        const struct square *s = &m->squares[i];
        float dx = own->x - s->x, dy = own->y - s->y;

        if (dx * dx + dy * dy > s->far && !(i <= leaf && leaf < s->next)) {
            push(p, s->x, s->y, s->mass);
            i = s->next;
            continue;
        }
        for (uint32_t k = s->begin; k < s->end; k++) {
            uint32_t node = m->order[k];
            push(p, m->points[node].x, m->points[node].y, m->masses[node]);
        }
        i++; /* of a leaf that is `next` */
    }
}

static void push_leaf(struct mover *m, uint32_t leaf, uint32_t begin,
                      uint32_t end) {
    struct pushed p = {{0}, {0}, {0}, {0}};

    for (uint32_t i = begin; i < end; i++) {
        p.x[i - begin] = m->points[m->order[i]].x;
        p.y[i - begin] = m->points[m->order[i]].y;
    }
    push_all(m, &p, leaf);
    for (uint32_t i = begin; i < end; i++) {
        struct layout_point *force = &m->forces[m->order[i]];
        float mass = m->masses[m->order[i]];
        force->x = p.fx[i - begin] * mass;
        force->y = p.fy[i - begin] * mass;
    }
}

static void sum_pushes(struct mover *m) {
    for (uint32_t leaf = 0; leaf < m->nsquares; leaf++) {
        uint32_t end = m->squares[leaf].end;
        for (uint32_t i = m->squares[leaf].begin; i < end; i += LANES)
            push_leaf(m, leaf, i, i + LANES < end ? i + LANES : end);
    }
}

static void add_pulls(struct mover *m, uint32_t node) {
    const struct layout_links *l = m->links;
    const struct layout_point *p = &m->points[node];
    struct layout_point *force = &m->forces[node];

    for (uint32_t i = l->begins[node]; i < l->begins[node + 1]; i++) {
        const struct layout_point *other = &m->points[l->to[i]];
        force->x += PULL * (other->x - p->x);
        force->y += PULL * (other->y - p->y);
    }
    force->x -= TO_MIDDLE * m->masses[node] * p->x;
    force->y -= TO_MIDDLE * m->masses[node] * p->y;
}

/* --- rounds --- */

/* No node goes further than `most`. */
static void move(struct mover *m, float most) {
    for (uint32_t i = 0; i < m->links->n; i++) {
        struct layout_point *p = &m->points[i], *force = &m->forces[i];
        float length, step = STEP / m->masses[i];

        length = sqrtf(force->x * force->x + force->y * force->y);
        if (length * step > most)
            step = most / length;
        /* After all forces are known: they are those of one moment. */
        p->x += force->x * step;
        p->y += force->y * step;
    }
}

static void centre(struct layout_point *points, uint32_t n) {
    float x = 0, y = 0;

    for (uint32_t i = 0; i < n; i++) {
        x += points[i].x;
        y += points[i].y;
    }
    for (uint32_t i = 0; i < n; i++) {
        points[i].x -= x / (float)n;
        points[i].y -= y / (float)n;
    }
}

/* So that no two nodes begin at one place: there nothing would part them. */
static void spread(struct layout_point *points, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = i / 64;
        points[i].x += (float)(i % 64) / 4096;
        points[i].y += (float)row / 4096;
    }
}

void layout(struct layout_point *points, const struct layout_links *links) {
    struct mover m = {.links = links, .points = points};
    uint32_t n = links->n;
    float size = sqrtf((float)n);
    struct arena a;

    if (n == 0)
        return;
    arena_init(&a);
    m.forces = arena_array(&a, struct layout_point, n);
    m.masses = arena_array(&a, float, n);
    m.order = arena_array(&a, uint32_t, n);
    /* Of the squares that divide their nodes there are fewer than leaves; each of
     * the others may stand at each depth. */
    m.squares = arena_array(&a, struct square, (size_t)n * (DEPTH + 1));
    for (uint32_t i = 0; i < n; i++)
        m.masses[i] = (float)(1 + links->begins[i + 1] - links->begins[i]);
    spread(points, n);
    for (unsigned round = 0; round < ROUNDS; round++) {
        build_tree(&m);
        sum_pushes(&m);
        for (uint32_t i = 0; i < n; i++)
            add_pulls(&m, i);
        move(&m, size / 4 * (float)(ROUNDS - round) / ROUNDS);
    }
    centre(points, n);
    arena_release(&a);
}

/* --- the graph --- */

/* In a square that grows as what lies in it. */
static struct layout_point first_place(struct str path, uint32_t n) {
    uint64_t hash = hash_bytes(path);
    float size = sqrtf((float)n);

    return (struct layout_point){
        ((float)(hash & 0xFFFF) / 0x8000 - 1) * size,
        ((float)(hash >> 16 & 0xFFFF) / 0x8000 - 1) * size,
    };
}

const struct layout_point *graph_layout(struct arena *a,
                                        const struct graph *g) {
    struct layout_point *points =
        arena_array(a, struct layout_point, g->nnodes);
    struct layout_links links = {.n = g->nnodes};
    uint32_t nlinks = 0, *begins, *to;
    struct arena scratch;

    arena_init(&scratch);
    for (uint32_t i = 0; i < g->nnodes; i++)
        nlinks += g->links[g->nodes[i]].len;
    links.begins = begins = arena_array(&scratch, uint32_t, g->nnodes + 1);
    links.to = to = arena_array(&scratch, uint32_t, nlinks);
    nlinks = 0;
    for (uint32_t i = 0; i < g->nnodes; i++) {
        const struct graph_links *all = &g->links[g->nodes[i]];
        for (uint32_t k = 0; k < all->len; k++)
            if (g->node_of[all->items[k]] != GRAPH_NONE)
                to[nlinks++] = g->node_of[all->items[k]];
        begins[i + 1] = nlinks;
        points[i] =
            first_place(g->linked->vault->files[g->nodes[i]].path, g->nnodes);
    }
    layout(points, &links);
    arena_release(&scratch);
    return points;
}
