/*
 * word_fold: words as search compares them.
 *
 * A word is a run of letters, marks and digits.  Two words are equal to search
 * that differ in case, in diacritics, in the width of their letters or in the way
 * they are composed.  Scripts without blanks have no words here: whoever splits a
 * text takes pairs of their characters.  The page in the browser does the same to
 * what is typed, by these very tables: the index brings them along.
 */
#ifndef VAULTSITE_BASE_WORD_FOLD_H
#define VAULTSITE_BASE_WORD_FOLD_H

#include "base/unicode.h"

/* A word is cut after so many code points. */
#define WORD_MAX 32

/* Marks that do not tell words apart: accents, points and signs of vowels that may be
 * left out. Marks of other scripts are letters to them. */
extern const struct code_range word_bare_marks[];
extern const size_t word_nbare_marks;
/* Han, Kana, Thai, Lao, Myanmar, Khmer: written without blanks between words. */
extern const struct code_range word_unspaced_ranges[];
extern const size_t word_nunspaced_ranges;
/* Small letters that no decomposition takes apart. */
struct word_spelling {
    uint32_t code;
    struct str as; /* ASCII, or σ for ς */
};
extern const struct word_spelling word_spellings[];
extern const size_t word_nspellings;

/* Whether a word may have it: a letter, mark or digit. */
bool word_has(uint32_t code);
bool word_is_unspaced(uint32_t code);
/*
 * Appends the folded form of `word`: NFKD, without word_bare_marks, small letters,
 * word_spellings, without what is no part of a word, NFC. Nothing for what is not
 * UTF-8. Longer than WORD_MAX is left so. `scratch` is used.
 */
void word_fold(struct arena *scratch, struct str word, struct buf *out);

#endif
