/*
 * kept: pieces of HTML that stand on many pages, drawn once.
 *
 * An event is a row on the page of each that took part, a fact on as many, a person
 * has a link with initials wherever it is named. Each is drawn once, before the pages
 * are, as a note's text is: bytes, and the places where an address belongs
 * (design.md §1). A page copies the bytes and fills in the addresses from there.
 */
#ifndef VAULTSITE_SITE_KEPT_H
#define VAULTSITE_SITE_KEPT_H

#include "site/plan.h"

struct kept_link {
    uint32_t at;   /* in the bytes: the address stands before that one */
    uint32_t file; /* whose address it is */
};

struct kept_piece {
    struct str html;
    const struct kept_link *links; /* in order */
    uint32_t nlinks;
    /* A part of it that not every page shows; begin == end: there is none. */
    uint32_t part_begin, part_end;
};

struct kept {
    /* By file index, for published notes: the beginning of a row of `ul.log`, up to
     * and with the title as a link; its part is the column of the day. */
    const struct kept_piece *heads;
    /* Whole rows of a timeline; their part is through whom an event mentions an
     * entity. All zero where no page has it in its timeline. */
    const struct kept_piece *events;
    /* Whole rows; their part is the link to the note. All zero likewise. */
    const struct kept_piece *decisions, *facts;
    /* By entity: initials and name, a link where it has a page. No part. */
    const struct kept_piece *who;
    /* By entity: the first cell of a table from behind its start tag on, who it is and
     * what it does; its part is the end of that cell, and another with what its note
     * says of it. */
    const struct kept_piece *cells;
};

/* Each row of a list is somewhere else in memory, so each costs some waits for it;
 * asked for so many rows beforehand they overlap: the piece, its bytes, and what its
 * addresses are. */
enum { KEPT_FAR = 12, KEPT_NEAR = 6, KEPT_NEXT = 3 };
static inline void kept_fetch(const struct kept_piece *piece) {
    /* The bytes stand behind the links. */
    const char *begin = (const char *)piece->links;

    for (const char *p = begin; p < piece->html.p + piece->html.len; p += 64)
        __builtin_prefetch(p);
}
static inline void kept_fetch_addresses(const struct kept_piece *piece,
                                        const struct plan *p) {
    for (uint32_t i = 0; i < piece->nlinks; i++)
        __builtin_prefetch(p->hrefs[piece->links[i].file].p);
}

/* All of them, in `a`; `jobs` threads may work. Without entities only the heads. */
const struct kept *kept_draw(struct arena *a, const struct plan *p,
                             unsigned jobs);

#endif
