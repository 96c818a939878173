#include <stdlib.h>

#include "base/buf.h"
#include "base/unicode.h"
#include "note/object.h"

/* spec/markdown.md §4.1: these count as blanks when headings are matched. */
static const bool separator[256] = {
    [' '] = 1, ['\t'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1,
    ['!'] = 1, ['"'] = 1,  ['#'] = 1,  ['$'] = 1,  ['%'] = 1,  ['&'] = 1,
    ['('] = 1, [')'] = 1,  ['*'] = 1,  ['+'] = 1,  [','] = 1,  ['.'] = 1,
    [':'] = 1, [';'] = 1,  ['<'] = 1,  ['='] = 1,  ['>'] = 1,  ['?'] = 1,
    ['@'] = 1, ['^'] = 1,  ['`'] = 1,  ['{'] = 1,  ['|'] = 1,  ['}'] = 1,
    ['~'] = 1, ['/'] = 1,  ['['] = 1,  [']'] = 1,  ['\\'] = 1,
};

struct str heading_key(struct arena *a, struct str text) {
    char *out;
    size_t len = 0;
    bool blank = false;

    text = unicode_fold(a, text); /* first: it makes blanks of other spaces */
    out = arena_alloc(a, text.len + 1, 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.p[i];
        if (separator[(unsigned char)c]) {
            blank = len > 0;
            continue;
        }
        if (blank)
            out[len++] = ' ';
        blank = false;
        out[len++] = c;
    }
    return str_make(out, len);
}

/* A note with fewer is searched as it is. */
#define MIN_INDEXED 16

static int by_key(const void *left, const void *right, void *context) {
    const struct note *n = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int order = str_cmp(n->headings[a].key, n->headings[b].key);

    return order != 0 ? order : (a > b) - (a < b);
}

static int by_id(const void *left, const void *right, void *context) {
    const struct note *n = context;

    return str_cmp(n->blocks[*(const uint32_t *)left].id,
                   n->blocks[*(const uint32_t *)right].id);
}

static int by_time(const void *left, const void *right, void *context) {
    const struct note *n = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    uint32_t first = n->turns[a].seconds, second = n->turns[b].seconds;

    return first != second ? (first > second) - (first < second)
                           : (a > b) - (a < b);
}

static int by_name(const void *left, const void *right) {
    const struct note_anchor *a = left, *b = right;

    return str_cmp(a->name, b->name);
}

void symbols_sort(struct note_anchor *anchors, size_t n) {
    if (n > 1)
        qsort(anchors, n, sizeof *anchors, by_name);
}

static uint32_t *count_up(struct arena *a, uint32_t n) {
    uint32_t *order = arena_array(a, uint32_t, n);

    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    return order;
}

/* For each heading the index of the next that is not below it. */
static uint32_t *section_ends(struct arena *a, const struct note *n) {
    uint32_t *ends = arena_array(a, uint32_t, n->nheadings);
    uint32_t next[7]; /* by level: the nearest of that level or a higher one */

    for (size_t level = 0; level < ARRAY_LEN(next); level++)
        next[level] = n->nheadings;
    for (uint32_t i = n->nheadings; i-- > 0;) {
        ends[i] = next[n->headings[i].level];
        for (uint32_t level = n->headings[i].level;
             !n->headings[i].in_quote && level < ARRAY_LEN(next); level++)
            next[level] = i;
    }
    return ends;
}

/* A recorder that is switched on again begins anew. */
static void index_turns(struct note *n, struct arena *a) {
    uint32_t ascending = 1, *order;

    while (ascending < n->nturns &&
           n->turns[ascending - 1].seconds <= n->turns[ascending].seconds)
        ascending++;
    if (ascending >= n->nturns)
        return;
    order = count_up(a, n->nturns);
    qsort_r(order, n->nturns, sizeof *order, by_time, n);
    n->turns_by_time = order;
}

void note_index_symbols(struct note *n, struct arena *a) {
    index_turns(n, a);
    if (n->nheadings >= MIN_INDEXED) {
        uint32_t *order = count_up(a, n->nheadings);
        qsort_r(order, n->nheadings, sizeof *order, by_key, n);
        n->headings_by_key = order;
        n->heading_ends = section_ends(a, n);
    }
    if (n->nblocks >= MIN_INDEXED) {
        uint32_t *order = count_up(a, n->nblocks);
        qsort_r(order, n->nblocks, sizeof *order, by_id, n);
        n->blocks_by_id = order;
    }
}

/* The first linkable heading at or after `from` that is called `key`. */
static uint32_t find_key(const struct note *n, struct str key, uint32_t from) {
    uint32_t low = 0, high = n->nheadings;

    if (n->headings_by_key == NULL) {
        while (from < n->nheadings && (n->headings[from].in_quote ||
                                       !str_eq(n->headings[from].key, key)))
            from++;
        return from;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t i = n->headings_by_key[middle];
        int order = str_cmp(n->headings[i].key, key);

        if (order < 0 || (order == 0 && i < from))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < n->nheadings; low++) {
        const struct heading *h = &n->headings[n->headings_by_key[low]];
        if (!str_eq(h->key, key))
            break;
        if (!h->in_quote)
            return n->headings_by_key[low];
    }
    return n->nheadings;
}

/* Where the section of `found` ends: before its level comes again. */
static uint32_t section_end(const struct note *n, uint32_t found) {
    uint32_t i = found + 1;

    if (n->heading_ends != NULL)
        return n->heading_ends[found];
    while (i < n->nheadings &&
           (n->headings[i].in_quote ||
            n->headings[i].level > n->headings[found].level))
        i++;
    return i;
}

uint32_t note_find_anchor(const struct note *n, struct str name) {
    struct note_anchor wanted = {.name = name};
    const struct note_anchor *found =
        n->nanchors > 0
            ? bsearch(&wanted, n->anchors, n->nanchors, sizeof wanted, by_name)
            : NULL;

    return found != NULL ? found->id : NOTE_NONE;
}

uint32_t note_find_heading(const struct note *n, struct str subpath,
                           struct arena *scratch) {
    uint32_t found = NOTE_NONE, from = 0, end = n->nheadings;

    while (subpath.len > 0) {
        struct str segment = str_trim(str_until(subpath, '#'));

        subpath = str_after(subpath, '#');
        if (segment.len == 0)
            continue; /* `[[Note##H]]` is `[[Note#H]]` (§4.2) */
        found = find_key(n, heading_key(scratch, segment), from);
        if (found >= end)
            return NOTE_NONE;
        from = found + 1;
        end = section_end(n, found);
    }
    return found;
}

static int compare_nocase(struct str id, struct str any) {
    size_t len = id.len < any.len ? id.len : any.len;

    for (size_t i = 0; i < len; i++) {
        int order =
            (unsigned char)id.p[i] - (unsigned char)ascii_lower(any.p[i]);
        if (order != 0)
            return order;
    }
    return (id.len > any.len) - (id.len < any.len);
}

uint32_t note_find_block(const struct note *n, struct str id) {
    uint32_t low = 0, high = n->nblocks;

    for (uint32_t i = 0; i < n->nblocks && n->blocks_by_id == NULL; i++)
        if (str_eq_nocase(n->blocks[i].id, id))
            return i;
    while (low < high && n->blocks_by_id != NULL) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t i = n->blocks_by_id[middle];
        int order = compare_nocase(n->blocks[i].id, id);

        if (order == 0)
            return i;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NOTE_NONE;
}

static uint32_t turn_at(const struct note *n, uint32_t i) {
    return n->turns_by_time != NULL ? n->turns_by_time[i] : i;
}

/* By time, how many turns begin before `seconds`. */
static uint32_t turns_before(const struct note *n, uint64_t seconds) {
    uint32_t low = 0, high = n->nturns;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (n->turns[turn_at(n, middle)].seconds < seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t note_find_turn(const struct note *n, uint32_t seconds) {
    uint32_t begun = turns_before(n, (uint64_t)seconds + 1);

    if (begun == 0)
        return NOTE_NONE;
    return turn_at(n, turns_before(n, n->turns[turn_at(n, begun - 1)].seconds));
}

struct range note_body(const struct note *n) {
    return (struct range){0, n->body_end, 0, n->body_fixups};
}
