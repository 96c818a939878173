#include "query/tasks/path_index.h"

#define GRAM 4u
#define BUCKETS (1u << 16)

struct path_index {
    uint32_t *begin; /* by bucket: its first place in `paths`; BUCKETS + 1 */
    uint32_t *paths;
};

static uint32_t bucket(const char *p) {
    uint32_t gram;

    memcpy(&gram, p, GRAM);
    return gram * 2654435769u >> 16; /* Knuth's multiplicative hash */
}

/* The two rounds over all paths: counting, then filling. A path is in a bucket once,
 * however often it has its runs. */
struct builder {
    struct path_index *index;
    uint32_t *last; /* by bucket: the path it was met in, + 1 */
    uint32_t *at;   /* by bucket: where the next goes; NULL while counting */
};

static void add_path(struct builder *b, struct str path, uint32_t i) {
    for (size_t k = 0; k + GRAM <= path.len; k++) {
        uint32_t where = bucket(path.p + k);

        if (b->last[where] == i + 1)
            continue;
        b->last[where] = i + 1;
        if (b->at != NULL)
            b->index->paths[b->at[where]++] = i;
        else
            b->index->begin[where + 1]++;
    }
}

const struct path_index *path_index_new(struct arena *a,
                                        const struct str *paths, uint32_t n) {
    struct path_index *x = arena_new(a, struct path_index);
    struct builder b = {.index = x};
    struct arena scratch;

    arena_init(&scratch);
    x->begin = arena_array(a, uint32_t, BUCKETS + 1);
    b.last = arena_array(&scratch, uint32_t, BUCKETS);
    for (uint32_t i = 0; i < n; i++)
        add_path(&b, paths[i], i);
    for (uint32_t k = 0; k < BUCKETS; k++)
        x->begin[k + 1] += x->begin[k];
    x->paths = arena_array(a, uint32_t, x->begin[BUCKETS]);
    b.at = arena_array(&scratch, uint32_t, BUCKETS);
    memcpy(b.at, x->begin, BUCKETS * sizeof *b.at);
    memset(b.last, 0, BUCKETS * sizeof *b.last);
    for (uint32_t i = 0; i < n; i++)
        add_path(&b, paths[i], i);
    arena_release(&scratch);
    return x;
}

bool path_index_find(const struct path_index *x, struct str needle,
                     struct path_list *found) {
    bool any = false;

    for (size_t k = 0; k + GRAM <= needle.len; k++) {
        uint32_t where = bucket(needle.p + k);
        uint32_t n = x->begin[where + 1] - x->begin[where];

        if (any && n >= found->len)
            continue;
        any = true;
        *found = (struct path_list){x->paths + x->begin[where], n};
    }
    return any;
}
