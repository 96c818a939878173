#include "base/needles.h"

#include <assert.h>

#define NONE UINT32_MAX
#define ENDS 0x80000000u

struct state {
    uint32_t needle;  /* the first of those that end here, or NONE */
    uint32_t shorter; /* the longest proper suffix at which one ends; 0: none */
};

struct needles {
    unsigned char class_of[256]; /* 0: in no needle */
    bool begins[256];            /* some needle */
    size_t nclasses;
    uint32_t *next;  /* state × class -> state; 0 is the start */
    uint32_t *moves; /* the same for searching: states times nclasses, with the
                      * flag ENDS where some needle ends */
    struct state *states;
    size_t nstates;
    uint32_t *same; /* by needle: the next with the same text, NONE */
};

static void add_classes(struct needles *n, const struct str *texts,
                        size_t len) {
    n->nclasses = 1;
    for (size_t i = 0; i < len; i++)
        for (size_t k = 0; k < texts[i].len; k++) {
            unsigned char c = (unsigned char)texts[i].p[k];
            /* Where all 256 values are in use the last one keeps the class 0,
             * which then is its alone. */
            if (n->class_of[c] == 0 && n->nclasses < 256)
                n->class_of[c] = (unsigned char)n->nclasses++;
        }
}

static uint32_t *next_of(struct needles *n, uint32_t state, unsigned char c) {
    return &n->next[state * n->nclasses + n->class_of[c]];
}

static void add_needle(struct needles *n, struct str text, uint32_t index) {
    uint32_t at = 0;

    n->same[index] = NONE;
    for (size_t i = 0; i < text.len; i++) {
        uint32_t *next = next_of(n, at, (unsigned char)text.p[i]);
        if (*next == 0) {
            *next = (uint32_t)n->nstates++;
            n->states[*next].needle = NONE;
        }
        at = *next;
    }
    if (at == 0)
        return;
    n->same[index] = n->states[at].needle;
    n->states[at].needle = index;
}

/* States in the order of their depth; each gets its failure function's state in
 * `fail`, and the table is filled up so that searching never looks back. */
static void complete(struct needles *n, uint32_t *fail, uint32_t *queue) {
    size_t head = 0, tail = 0;

    for (size_t c = 0; c < n->nclasses; c++)
        if (n->next[c] != 0)
            queue[tail++] = n->next[c];
    while (head < tail) {
        uint32_t at = queue[head++], back = fail[at];
        uint32_t *row = &n->next[at * n->nclasses];

        n->states[at].shorter =
            n->states[back].needle != NONE ? back : n->states[back].shorter;
        for (size_t c = 0; c < n->nclasses; c++) {
            uint32_t follow = n->next[back * n->nclasses + c];
            if (row[c] == 0) {
                row[c] = follow;
                continue;
            }
            fail[row[c]] = follow;
            queue[tail++] = row[c];
        }
    }
}

/* In place: nobody asks for the plain states any more. */
static void set_moves(struct needles *n) {
    for (size_t c = 0; c < 256; c++)
        n->begins[c] = n->next[n->class_of[c]] != 0;
    n->moves = n->next;
    for (size_t i = 0; i < n->nstates * n->nclasses; i++) {
        const struct state *s = &n->states[n->next[i]];
        bool ends = s->needle != NONE || s->shorter != 0;
        n->moves[i] = n->next[i] * (uint32_t)n->nclasses | (ends ? ENDS : 0);
    }
}

struct needles *needles_new(struct arena *a, const struct str *texts,
                            size_t len) {
    struct needles *n = arena_new(a, struct needles);
    size_t bytes = 1;

    for (size_t i = 0; i < len; i++)
        bytes += texts[i].len;
    add_classes(n, texts, len);
    assert(bytes <=
           NEEDLES_MAX_BYTES + 1); /* then no state has the flag's bit */
    n->next = arena_array(a, uint32_t, bytes * n->nclasses);
    n->states = arena_array(a, struct state, bytes);
    n->same = arena_array(a, uint32_t, len);
    n->nstates = 1;
    n->states[0].needle = NONE;
    for (size_t i = 0; i < len; i++)
        add_needle(n, texts[i], (uint32_t)i);
    complete(n, arena_array(a, uint32_t, n->nstates),
             arena_array(a, uint32_t, n->nstates));
    set_moves(n);
    return n;
}

static void report(const struct needles *n, uint32_t at, needle_found *found,
                   void *context) {
    for (; at != 0; at = n->states[at].shorter)
        for (uint32_t i = n->states[at].needle; i != NONE; i = n->same[i])
            found(context, i);
}

void needles_search(const struct needles *n, struct str text,
                    needle_found *found, void *context) {
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.len;
    const unsigned char *class_of = n->class_of;
    const uint32_t *moves = n->moves;
    uint32_t at = 0; /* as in `moves`, without the flag */

    for (; p < end; p++) {
        if (at == 0) {
            while (p < end && !n->begins[*p])
                p++;
            if (p == end)
                break;
        }
        at = moves[at + class_of[*p]];
        if ((at & ENDS) != 0) {
            at &= ~ENDS;
            report(n, at / (uint32_t)n->nclasses, found, context);
        }
    }
}
