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
    bool is_everywhere; /* the list has only its best places */
};

struct dictionary_slot {
    uint64_t key; /* of the word, one for itself if it is long; 0: free */
    uint32_t word;
    /* The piece it was met in last, which is not in the list yet; how often, and
     * how well. */
    uint32_t piece, count;
    enum search_rank rank;
};

struct dictionary {
    struct arena *arena;
    struct dictionary_slot *slots;
    size_t last_slot; /* how many there are, a power of two, less one */
    VEC(struct dictionary_word) words;
    /* By the power of two that is its size: a list that was left for a longer one.
     * Its beginning points to another. */
    search_posting *left[32];
};

/* All of it will be in `a`. */
void dictionary_init(struct dictionary *d, struct arena *a);
void dictionary_release(struct dictionary *d);
/* The words stand in `piece`, which is never lower than that of a call before;
 * `rank` is the best one of each there. RANK_TEXT rises with the times one is met. */
void dictionary_add(struct dictionary *d, const struct word *words, size_t n,
                    uint32_t piece, enum search_rank rank);
/* Moves what `from` holds to `d`; lists need not be ascending any more, until
 * dictionary_sort has been called. */
void dictionary_join(struct dictionary *d, struct dictionary *from);
/* All postings are in their lists, ascending; words in the order of UTF-16. */
void dictionary_sort(struct dictionary *d);

#endif
