#include "search/dictionary.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 4096, FIRST_POSTINGS = 4, OFTEN = 4 };
#define NOWHERE UINT32_MAX

void dictionary_init(struct dictionary *d, struct arena *a) {
    *d = (struct dictionary){.arena = a, .nslots = FIRST_SLOTS};
    d->slots = arena_array(a, struct dictionary_slot, d->nslots);
}

void dictionary_release(struct dictionary *d) {
    vec_release(&d->words);
}

/* Where the search for a word begins. */
static inline size_t first_slot(const struct dictionary *d, uint64_t key) {
    return (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (d->nslots - 1);
}

static void grow(struct dictionary *d) {
    struct dictionary_slot *old = d->slots;
    size_t n = d->nslots;

    d->nslots = n * 2;
    d->slots = arena_array(d->arena, struct dictionary_slot, d->nslots);
    for (size_t i = 0; i < n; i++) {
        size_t at;

        if (old[i].key == 0)
            continue;
        at = first_slot(d, old[i].key);
        while (d->slots[at].key != 0)
            at = (at + 1) & (d->nslots - 1);
        d->slots[at] = old[i];
    }
}

/* Its entry, a new one if there is none; valid until the next call. */
static struct dictionary_word *entry(struct dictionary *d,
                                     const struct word *word) {
    size_t at = first_slot(d, word->key);

    for (; d->slots[at].key != 0; at = (at + 1) & (d->nslots - 1)) {
        struct dictionary_word *w = &d->words.items[d->slots[at].word];

        if (d->slots[at].key == word->key &&
            (!word_key_is_long(word->key) || str_eq(w->text, word->text)))
            return w;
    }
    vec_push(&d->words,
             ((struct dictionary_word){.text = arena_str(d->arena, word->text),
                                       .piece = NOWHERE}));
    d->slots[at] =
        (struct dictionary_slot){word->key, (uint32_t)d->words.len - 1};
    if (d->words.len > d->nslots / 2)
        grow(d);
    return vec_last(&d->words);
}

/* Room for `cap` postings, a power of two. */
static search_posting *take_list(struct dictionary *d, uint32_t cap) {
    search_posting **left = &d->left[__builtin_ctz(cap)], *list = *left;

    if (list == NULL)
        return arena_alloc(d->arena, cap * sizeof *list, alignof(void *));
    memcpy(left, list, sizeof *left);
    return list;
}

static void leave_list(struct dictionary *d, search_posting *list,
                       uint32_t cap) {
    search_posting **left = &d->left[__builtin_ctz(cap)];

    memcpy(list, left, sizeof *left);
    *left = list;
}

static void grow_list(struct dictionary *d, struct dictionary_word *w) {
    uint32_t cap = w->cap == 0 ? FIRST_POSTINGS : w->cap * 2;
    search_posting *list = take_list(d, cap);

    if (w->len > 0)
        memcpy(list, w->list, w->len * sizeof *list);
    if (w->cap > 0)
        leave_list(d, w->list, w->cap);
    w->list = list;
    w->cap = cap;
}

static void put(struct dictionary *d, struct dictionary_word *w,
                search_posting posting) {
    if (w->len == w->cap)
        grow_list(d, w);
    w->list[w->len++] = posting;
}

/* What was met of a word before goes to its list. */
static void put_last(struct dictionary *d, struct dictionary_word *w) {
    enum search_rank rank = w->rank;

    if (w->piece == NOWHERE)
        return;
    if (rank == RANK_TEXT && w->count > 1)
        rank = w->count >= OFTEN ? RANK_TEXT_OFTEN : RANK_TEXT_AGAIN;
    put(d, w, w->piece * SEARCH_RANKS + (search_posting)rank);
    w->piece = NOWHERE;
}

void dictionary_add(struct dictionary *d, const struct word *words, size_t n,
                    uint32_t piece, enum search_rank rank) {
    for (size_t i = 0; i < n; i++) {
        uint64_t key = words[i].key;
        const struct dictionary_slot *slot = &d->slots[first_slot(d, key)];
        /* Nearly all words are short, known, and where the search begins. */
        struct dictionary_word *w = slot->key == key && !word_key_is_long(key)
                                        ? &d->words.items[slot->word]
                                        : entry(d, &words[i]);

        if (w->piece == piece) {
            w->count++;
            if (rank > w->rank)
                w->rank = rank;
            continue;
        }
        put_last(d, w);
        w->piece = piece;
        w->count = 1;
        w->rank = rank;
    }
}

static void finish(struct dictionary *d) {
    for (size_t i = 0; i < d->words.len; i++)
        put_last(d, &d->words.items[i]);
}

void dictionary_join(struct dictionary *d, struct dictionary *from) {
    finish(from);
    for (size_t i = 0; i < from->words.len; i++) {
        const struct dictionary_word *w = &from->words.items[i];
        struct word word = word_make(w->text);
        struct dictionary_word *own = entry(d, &word);

        for (uint32_t k = 0; k < w->len; k++)
            put(d, own, w->list[k]);
    }
}

static int by_number(const void *a, const void *b) {
    search_posting x = *(const search_posting *)a;
    search_posting y = *(const search_posting *)b;

    return (x > y) - (x < y);
}

static bool ascending(const struct dictionary_word *w) {
    for (uint32_t i = 1; i < w->len; i++)
        if (w->list[i - 1] > w->list[i])
            return false;
    return true;
}

static int by_text(const void *a, const void *b) {
    const struct dictionary_word *x = a, *y = b;

    return unicode_cmp_utf16(x->text, y->text);
}

void dictionary_sort(struct dictionary *d) {
    finish(d);
    for (size_t i = 0; i < d->words.len; i++) {
        struct dictionary_word *w = &d->words.items[i];
        if (!ascending(w))
            qsort(w->list, w->len, sizeof *w->list, by_number);
    }
    if (d->words.len > 0)
        qsort(d->words.items, d->words.len, sizeof *d->words.items, by_text);
}
