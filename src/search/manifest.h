/*
 * manifest: the file that the browser loads first, `_/search/index.js`.
 *
 *     vaultsite.search({
 *       version: changes with every other file: asked for behind a `?`, so that no
 *                browser mixes files of two builds,
 *       pieces:  for each file of texts in order how many pieces it has, times two,
 *                plus 1 where its bucket goes on in the next file; 0: a bucket
 *                without a file,
 *       long:    of each document with several pieces, how many pieces come before it
 *                since the last such one, times eight, plus how many it has more than
 *                two; where these are seven or more, seven, and then how many above,
 *       words:   the first word and the name of each file of words,
 *       kinds:   [kind, label, number of documents],
 *       marks, unspaced, spellings: base/word_fold.h,
 *       strings: the interface texts `search_…`})
 *
 * `pieces` and `long` are numbers as in postings.h.
 */
#ifndef VAULTSITE_SEARCH_MANIFEST_H
#define VAULTSITE_SEARCH_MANIFEST_H

#include "search/search.h"

void search_add_manifest(const struct search *s, struct buf *out);

#endif
