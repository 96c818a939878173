/*
 * dictionary: all words, and for each where it stands and how well.
 *
 * One thread's own while it is filled; dictionary_join makes one of several.
 * Besides words it holds keys, told apart by their first character, which no word
 * has: `=` and a word of a title, an alias or a heading; `#` and a tag, with the
 * levels above it; `/` and a folder, likewise; `:` and a kind.
 */
#ifndef VAULTSITE_SEARCH_DICTIONARY_H
#define VAULTSITE_SEARCH_DICTIONARY_H

#include "base/hash.h"
#include "base/vec.h"
#include "search/postings.h"
#include "search/words.h"

struct dictionary_word {
    struct str text;
    search_posting *list;
    uint32_t len, cap;
    /* The piece it was met in last, which is not in the list yet. */
    uint32_t piece, count;
    enum search_rank rank;
    bool is_everywhere; /* the list has only its best places */
};

struct dictionary_slot {
    uint64_t head; /* of the word; 0: free */
    uint32_t word;
    bool is_long; /* more than eight bytes: the head does not tell it all */
};

struct dictionary {
    struct arena *arena;
    struct dictionary_slot *slots;
    size_t nslots; /* a power of two */
    VEC(struct dictionary_word) words;
    /* By the power of two that is its size: a list that was left for a longer one.
     * Its beginning points to another. */
    search_posting *left[32];
};

/* All of it will be in `a`. */
void dictionary_init(struct dictionary *d, struct arena *a);
void dictionary_release(struct dictionary *d);
/* For dictionary_add: a word that is new, as found from slot `at` on; what was met
 * of a word before goes to its list. */
struct dictionary_word *dictionary_new(struct dictionary *d,
                                       const struct word *word, size_t at);
void dictionary_put_last(struct dictionary *d, struct dictionary_word *w);

/* Where the search for it begins. */
static inline size_t dictionary_slot(const struct dictionary *d,
                                     const struct word *word) {
    uint64_t n = word->text.len <= 8 ? word->head : hash_bytes(word->text);

    n *= 0x9E3779B97F4A7C15u;
    return (size_t)(n >> 32) & (d->nslots - 1);
}

/* Its entry, a new one if there is none; valid until the next call. */
static inline struct dictionary_word *dictionary_entry(
    struct dictionary *d, const struct word *word) {
    bool is_long = word->text.len > 8;
    size_t at = dictionary_slot(d, word);

    for (; d->slots[at].head != 0; at = (at + 1) & (d->nslots - 1)) {
        const struct dictionary_slot *slot = &d->slots[at];
        struct dictionary_word *w = &d->words.items[slot->word];

        /* No byte of a word is 0. */
        if (slot->head == word->head && slot->is_long == is_long &&
            (!is_long || str_eq(w->text, word->text)))
            return w;
    }
    return dictionary_new(d, word, at);
}

/* The word stands in `piece`, which is never lower than that of a call before;
 * `rank` is its best one there. RANK_TEXT rises with the times it is met. */
static inline void dictionary_add(struct dictionary *d, const struct word *word,
                                  uint32_t piece, enum search_rank rank) {
    struct dictionary_word *w = dictionary_entry(d, word);

    if (w->piece == piece) {
        w->count++;
        if (rank > w->rank)
            w->rank = rank;
        return;
    }
    dictionary_put_last(d, w);
    w->piece = piece;
    w->count = 1;
    w->rank = rank;
}

/* Moves what `from` holds to `d`; lists need not be ascending any more, until
 * dictionary_sort has been called. */
void dictionary_join(struct dictionary *d, struct dictionary *from);
/* All postings are in their lists, ascending; words in the order of UTF-16. */
void dictionary_sort(struct dictionary *d);

#endif
