#include "base/merge_sort.h"

#include <stdbool.h>
#include <string.h>

struct run {
    const char *at, *end;
};

struct sorting {
    size_t size;
    merge_order *order;
    void *context;
};

/* Of a size that is known here a copy is one or two moves: that of indices, and of
 * what most lists hold. */
static void copy_item(char *to, const char *from, size_t size) {
    switch (size) {
    case 4:
        memcpy(to, from, 4);
        break;
    case 8:
        memcpy(to, from, 8);
        break;
    case 16:
        memcpy(to, from, 16);
        break;
    default:
        memcpy(to, from, size);
    }
}

static void take(const struct sorting *s, struct run *r, char **out) {
    copy_item(*out, r->at, s->size);
    r->at += s->size;
    *out += s->size;
}

static void take_rest(struct run *r, char **out) {
    size_t len = (size_t)(r->end - r->at);

    memcpy(*out, r->at, len);
    *out += len;
}

/* Two sorted runs that stand side by side, as one at `out`. */
static void merge(const struct sorting *s, struct run left, struct run right,
                  char *out) {
    const char *last = left.end - s->size;

    if (s->order(s->context, right.at, last) < 0)
        while (left.at < left.end && right.at < right.end) {
            bool later = s->order(s->context, right.at, left.at) < 0;

            take(s, later ? &right : &left, &out);
        }
    take_rest(&left, &out);
    take_rest(&right, &out);
}

/* Runs of `width` items become runs of twice as many. */
static void merge_runs(const struct sorting *s, const char *from, char *to,
                       size_t n, size_t width) {
    for (size_t i = 0; i < n; i += 2 * width) {
        size_t middle = n - i < width ? n : i + width;
        size_t end = n - i < 2 * width ? n : i + 2 * width;
        struct run left = {from + i * s->size, from + middle * s->size};
        struct run right = {left.end, from + end * s->size};

        if (middle == end)
            take_rest(&left, &(char *){to + i * s->size});
        else
            merge(s, left, right, to + i * s->size);
    }
}

void merge_sort(void *items, size_t n, size_t size, void *scratch,
                merge_order *order, void *context) {
    struct sorting s = {size, order, context};
    char *from = items, *to = scratch;

    for (size_t width = 1; width < n; width *= 2) {
        char *swap = from;

        merge_runs(&s, from, to, n, width);
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, n * size);
}
