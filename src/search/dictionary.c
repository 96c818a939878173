#include "search/dictionary.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 4096, FIRST_POSTINGS = 4, OFTEN = 4 };
#define NOWHERE UINT32_MAX

void dictionary_init(struct dictionary *d, struct arena *a) {
    *d = (struct dictionary){.arena = a, .last_slot = FIRST_SLOTS - 1};
    d->slots = arena_array(a, struct dictionary_slot, FIRST_SLOTS);
}

void dictionary_release(struct dictionary *d) {
    vec_release(&d->words);
}

/* Where the search for a word begins. */
static inline size_t first_slot(const struct dictionary *d, uint64_t key) {
    return (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & d->last_slot;
}

/* What a slot has of a word's key: of a long one no key that any word has, so that who
 * finds the very key need not look at the text. */
static inline uint64_t kept_key(uint64_t key) {
    return word_key_is_long(key) ? key - 1 : key;
}

static void grow(struct dictionary *d) {
    struct dictionary_slot *old = d->slots;
    size_t n = d->last_slot + 1;

    d->last_slot = n * 2 - 1;
    d->slots = arena_array(d->arena, struct dictionary_slot, n * 2);
    for (size_t i = 0; i < n; i++) {
        size_t at;

        if (old[i].key == 0)
            continue;
        at = first_slot(d, old[i].key);
        while (d->slots[at].key != 0)
            at = (at + 1) & d->last_slot;
        d->slots[at] = old[i];
    }
}

/* Its slot, a new one if there is none; valid until the next call. */
static struct dictionary_slot *slot_of(struct dictionary *d,
                                       const struct word *word) {
    uint64_t key = kept_key(word->key);
    bool is_long = word_key_is_long(word->key);
    size_t at = first_slot(d, key);

    for (; d->slots[at].key != 0; at = (at + 1) & d->last_slot) {
        struct dictionary_slot *slot = &d->slots[at];

        if (slot->key == key &&
            (!is_long || str_eq(d->words.items[slot->word].text, word->text)))
            return slot;
    }
    if (d->words.len >= d->last_slot / 2) {
        grow(d);
        return slot_of(d, word);
    }
    vec_push(&d->words, ((struct dictionary_word){
                            .text = arena_str(d->arena, word->text)}));
    d->slots[at] = (struct dictionary_slot){
        .key = key, .word = (uint32_t)d->words.len - 1, .piece = NOWHERE};
    return &d->slots[at];
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
static void put_last(struct dictionary *d, struct dictionary_slot *slot) {
    enum search_rank rank = slot->rank;

    if (slot->piece == NOWHERE)
        return;
    if (rank == RANK_TEXT && slot->count > 1)
        rank = slot->count >= OFTEN ? RANK_TEXT_OFTEN : RANK_TEXT_AGAIN;
    put(d, &d->words.items[slot->word],
        slot->piece * SEARCH_RANKS + (search_posting)rank);
    slot->piece = NOWHERE;
}

void dictionary_add(struct dictionary *d, const struct word *words, size_t n,
                    uint32_t piece, enum search_rank rank) {
    for (size_t i = 0; i < n; i++) {
        struct dictionary_slot *slot = &d->slots[first_slot(d, words[i].key)];

        /* Nearly all words are short, known, and where the search begins. */
        if (slot->key != words[i].key)
            slot = slot_of(d, &words[i]);
        if (slot->piece == piece) {
            slot->count++;
            if (rank > slot->rank)
                slot->rank = rank;
            continue;
        }
        put_last(d, slot);
        slot->piece = piece;
        slot->count = 1;
        slot->rank = rank;
    }
}

static void finish(struct dictionary *d) {
    for (size_t i = 0; i <= d->last_slot; i++)
        if (d->slots[i].key != 0)
            put_last(d, &d->slots[i]);
}

void dictionary_join(struct dictionary *d, struct dictionary *from) {
    finish(from);
    for (size_t i = 0; i < from->words.len; i++) {
        const struct dictionary_word *w = &from->words.items[i];
        struct word word = word_make(w->text);
        uint32_t own = slot_of(d, &word)->word;

        for (uint32_t k = 0; k < w->len; k++)
            put(d, &d->words.items[own], w->list[k]);
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
