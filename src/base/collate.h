/*
 * collate: the order in which people expect words.
 *
 * ICU's, of one language, with its default strength: base letters, then
 * accents, then case (small before capital); punctuation counts, digits are
 * text unless it is asked otherwise.  That is what JavaScript's localeCompare does (spec/dataview.md §17.4).
 * ICU's collation is included by collate.c only.
 */
#ifndef VAULTSITE_BASE_COLLATE_H
#define VAULTSITE_BASE_COLLATE_H

#include "base/arena.h"

struct collator;

/* For `language` (`en`, `de-CH`); one that ICU does not know gets the root
 * order. Many threads may use one collator. */
struct collator *collator_new(struct str language);
/* The same, but digits are numbers: `a9` before `a10` (localeCompare's option
 * `numeric`). */
struct collator *collator_new_numeric(struct str language);
void collator_free(struct collator *c);
/* -1, 0 or 1. Bytes that are not UTF-8 count as U+FFFD. */
int collator_compare(const struct collator *c, struct str a, struct str b);
/* Bytes whose str_cmp order is that of collator_compare; for sorting much. */
struct str collator_key(const struct collator *c, struct arena *a,
                        struct str s);
/* The part of a key that tells base letters alone: equal for `a`, `A` and, where
 * the language takes it for an `a`, `ä`. Borrowed from `key`. */
static inline struct str collator_base(struct str key) {
    return str_until(key, 1); /* levels end with that byte (UTS 10) */
}

#endif
