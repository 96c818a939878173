/*
 * search: the index that a reader's browser searches.
 *
 * Files below OUT's `_/search/`, each a classic script that hands its contents to
 * the page's script, so that they load from a file share too (theme/design.md §5):
 *
 *     index.js         vaultsite.search({…}): which files there are, kinds, texts
 *     words-NAME.js    vaultsite.words("NAME", "word postings word postings …")
 *     text-N-PART.js   vaultsite.text("N-PART", [document, …])
 *
 * Words are in ascending order, cut into files of 3 to 8 KB; postings.h says what
 * a list of postings is, pieces.h what they tell.  A document is
 *
 *     [title, href, kind, folder, day, aliases, tags, piece, piece, …]
 *
 * and a piece a list of texts by three: where it stands on the page ("" or an id),
 * the heading above or the label of a turn, the text.
 *
 * Names do not depend on where in the index a file is, and its bytes not on other
 * notes, as far as that goes: one note that changes leaves most files as they were.
 */
#ifndef VAULTSITE_SEARCH_SEARCH_H
#define VAULTSITE_SEARCH_SEARCH_H

#include "search/dictionary.h"
#include "search/pieces.h"

/* A file of words: [begin, end) of the dictionary. */
struct search_range {
    uint32_t begin, end;
    uint32_t name;
};

struct search {
    struct search_pieces pieces;
    const struct str *values; /* of each document: what its properties say */
    const struct dictionary_word *words; /* lists cut to what is shown */
    const struct search_range *ranges;
    uint32_t nwords, nranges;
};

/* Everything is in `a`, and the same for any number of `jobs`. NULL where the theme has
 * no search.js: nothing would read it. */
const struct search *search_index(struct arena *a, const struct plan *p,
                                  unsigned jobs);

/* How many files there are; the path of each below OUT, in `a`; its bytes, appended.
 * Many threads may ask for them at once. The index is file 0. */
size_t search_nfiles(const struct search *s);
struct str search_path(const struct search *s, size_t i, struct arena *a);
void search_write(const struct search *s, size_t i, struct buf *out);

#endif
