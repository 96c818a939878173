/*
 * words: a text taken apart into the words that search knows (base/word_fold.h).
 *
 * Of text without blanks between words the words are each two characters that follow
 * one another, and the last one: whatever is sought in it is then found, where a
 * dictionary would have to be the same one on both sides.
 */
#ifndef VAULTSITE_SEARCH_WORDS_H
#define VAULTSITE_SEARCH_WORDS_H

#include "base/word_fold.h"

struct word {
    struct str text; /* folded, 1 to WORD_MAX code points */
    uint64_t key; /* its bytes, those that are missing 0, if there are at most
                      * eight; else a number that no such word has */
};

/* Whether only the text tells two words with this key apart. */
static inline bool word_key_is_long(uint64_t key) {
    return (key & 0xFF) == 0xFF; /* no byte of UTF-8 */
}

/* Words that follow one another; borrowed for the call. */
typedef void words_found(void *context, const struct word *words, size_t n);

#define WORDS_READ 64 /* at most so many at a time */

/* Foldings that were made already, by the word as it was written. */
struct words_known {
    struct str written, folded;
    struct word word; /* what it is as a whole; empty where it is several */
};

/* One thread's. */
struct words {
    struct arena scratch; /* reset at will */
    struct arena arena;   /* of `known` */
    struct words_known *known;
    struct buf folded;
    struct word read[WORDS_READ];
    char small[WORDS_READ][WORD_MAX];
    size_t nread;
};

void words_init(struct words *w);
void words_release(struct words *w);
/* Calls `found` for the words of bytes [at, end) of `text`, in order, each once.
 * Linear. */
void words_split(struct words *w, struct str text, size_t at, size_t end,
                 words_found *found, void *context);
/* Appends the whole text as one word, not cut: a key of tags, folders, kinds. */
void words_key(struct words *w, struct str text, struct buf *out);
/* `text` as a word. */
struct word word_make(struct str text);

#endif
