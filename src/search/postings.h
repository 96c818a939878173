/*
 * postings: which pieces have a word, as text of a JavaScript string.
 *
 * A posting is a piece and how well the word stands there.  A list is what each
 * adds to the number of the piece before, times SEARCH_RANKS, plus its rank, as
 * numbers of one to five of 92 digits: ASCII from `!` to `~` without `"` and `\`.
 * The first digit says how many there are: below 60 it is all; 60 to 85 begin two,
 * 86 to 90 three, 91 five; each length counts on where the shorter one ends.
 */
#ifndef VAULTSITE_SEARCH_POSTINGS_H
#define VAULTSITE_SEARCH_POSTINGS_H

#include "base/buf.h"

enum search_rank { /* lowest first */
                   RANK_TEXT,
                   RANK_TEXT_AGAIN, /* two or three times */
                   RANK_TEXT_OFTEN, /* four times and more */
                   RANK_HEADING,
                   RANK_ENTITY_TEXT, /* in the note of a person, a customer, a project */
                   RANK_ENTITY_HEADING,
                   RANK_TITLE, /* or alias */
                   RANK_ENTITY_TITLE,
                   SEARCH_RANKS /* a power of two */
};

/* `piece * SEARCH_RANKS + rank`, ascending. */
typedef uint32_t search_posting;

void search_add_number(struct buf *out, uint32_t n);
void search_add_postings(struct buf *out, const search_posting *list, size_t n);

#endif
