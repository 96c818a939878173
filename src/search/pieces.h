/*
 * pieces: what is found: notes and tags, cut into passages of a few KB.
 *
 * The words of the index tell pieces, not notes, so that a reader's browser loads no
 * more of a long transcript than the passage that it shows.  Pieces lie in files of 5
 * to 10 KB, and these in buckets of some.  Which bucket a note is in depends on its path
 * alone: a note that changes, comes or goes changes files of one bucket, and its words.
 *
 * Only published notes outside template folders take part (decisions.md 6), and the
 * pages of tags.
 */
#ifndef VAULTSITE_SEARCH_PIECES_H
#define VAULTSITE_SEARCH_PIECES_H

#include "site/plan.h"

/* Something with a page. */
struct search_doc {
    uint64_t order;          /* documents are in the order of these hashes */
    uint32_t note, tag;      /* file index, or tag; the other is PLAN_NONE */
    uint32_t piece, npieces; /* its first; at least one, which may be empty */
    struct str kind;         /* `person`, `note`, `tag` */
    bool is_entity;
};

struct search_piece {
    uint32_t doc;
    uint32_t begin, end; /* bytes of the note's text */
    uint32_t block;      /* text_blocks: the one at `begin` */
    uint32_t heading;    /* headings: the last one above, or NOTE_NONE */
};

/* Pieces [begin, end) of bucket `bucket`; the `part`-th file of it. */
struct search_file {
    uint32_t begin, end;
    uint32_t bucket, part;
};

struct search_pieces {
    const struct plan *plan;
    const struct search_doc *docs;
    const struct search_piece *pieces;
    const struct search_file *files;
    uint32_t ndocs, npieces, nfiles;
    uint32_t nbuckets; /* a power of two; empty ones have no file */
};

/* In `a`. */
struct search_pieces search_pieces_cut(struct arena *a, const struct plan *p);
/* The heading that text block `block` is, if it is one that `heading` (or NOTE_NONE)
 * comes before; else `heading`. Blocks are to be asked in order. */
uint32_t search_heading(const struct note *n, uint32_t block, uint32_t heading);
/* The first turn of a transcript at text block `block` or below. */
uint32_t search_turn_from(const struct note *n, uint32_t block);
/* Whether text block `block` is a turn, and then which: `*turn` is what search_turn_from
 * said or this one left, of a block that is not below. Blocks are to be asked in order. */
bool search_is_turn(const struct note *n, uint32_t block, uint32_t *turn);
/* Who speaks a turn, and where in its block the words begin: NULL where that is not
 * known. */
const struct speaker *search_speaker(const struct plan *p, const struct note *n,
                                     uint32_t turn);

#endif
