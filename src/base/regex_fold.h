/*
 * regex_fold: what "ignore case" means to a regular expression of JavaScript.
 *
 * ECMAScript compares Canonicalize(a) with Canonicalize(b), which changes one
 * character into one.  So patterns and texts are both folded before they meet,
 * and the matching itself knows of no case.
 */
#ifndef VAULTSITE_BASE_REGEX_FOLD_H
#define VAULTSITE_BASE_REGEX_FOLD_H

#include <unicode/uset.h>

#include "base/utf16.h"

enum regex_fold {
    REGEX_FOLD_NONE,
    /* Without flag u: the upper case of a code unit, if that is one unit, and
     * not an ASCII one for one that is not. */
    REGEX_FOLD_UPPER,
    /* With u or v: simple case folding. */
    REGEX_FOLD_SIMPLE,
};

uint32_t regex_fold_code(enum regex_fold fold, uint32_t code);
/* Each member becomes its fold. */
void regex_fold_set(enum regex_fold fold, USet *set);
/* Folds `from` into `to`, which has as many units (the fold of a character has
 * as many as the character). */
void regex_fold_text(enum regex_fold fold, struct utf16 from, uint16_t *to);

#endif
