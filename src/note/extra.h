/*
 * extra: code, formulas and diagrams, which the reader's browser draws
 * (decisions.md 26).
 *
 * A page is complete without: their source stands in it, to be read and searched.
 * Here is what there is of them, and how they are found on a page; the scripts
 * that draw them are site/extras.h's.
 */
#ifndef VAULTSITE_NOTE_EXTRA_H
#define VAULTSITE_NOTE_EXTRA_H

#include "base/str.h"

enum extra {
#define EXTRA(id, file, name, sheet, without) id,
#include "note/extra.def"
    EXTRAS
};

/* Several of them: extra_bit(EXTRA_CODE) | … */
static inline unsigned extra_bit(enum extra extra) {
    return 1u << extra;
}
#define EXTRAS_ALL ((1u << EXTRAS) - 1)

struct extra_row {
    struct str file;    /* of its package, as installed, and of its script on a
                         * site, without `.js` */
    struct str name;    /* to be read */
    struct str sheet;   /* of the theme, without `.css` */
    struct str without; /* what a page is like that goes without it */
};
extern const struct extra_row extra_rows[EXTRAS];

/* Whether code in `language`, a fence's first word in any case, gets colours. */
bool extra_colours(struct str language);

/* Bits of those that something on a page, its HTML or part of it, has use for.
 * Told by the classes that note/ writes; a note's own HTML may have them too. */
unsigned extras_in(struct str html);

#endif
