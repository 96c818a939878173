/*
 * holder: elements of raw HTML that may stand around Markdown.
 *
 * `<details>`, a blank line, Markdown, a blank line, `</details>` are two blocks of
 * HTML with others between them (spec/markdown.md §15).  Here is said which element
 * a block leaves open and which it begins by closing; note/ finds the pairs.
 */
#ifndef VAULTSITE_HTML_HOLDER_H
#define VAULTSITE_HTML_HOLDER_H

#include "html/sanitise.h"

/* Pairs within pairs; what is deeper is closed at once. */
#define HOLDER_DEPTH 20

struct html_edges {
    /* Names, in the program's own memory. */
    struct str opens[HOLDER_DEPTH]; /* holders left open, the outermost first */
    struct str closes[HOLDER_DEPTH]; /* end tags that it begins with */
    unsigned nopens, ncloses;
};

/* Reads one block of raw HTML; linear. */
void html_edges_of(struct str html, struct html_edges *edges);

/*
 * When the block that was fed last has open the holders opens[0] to opens[nopens-1]
 * and nothing else, closes them down to `keep`, forgets these without a word and
 * returns true: the caller closes them.
 */
bool sanitiser_hand_over(struct sanitiser *s, struct buf *out,
                         const struct str *opens, unsigned nopens,
                         unsigned keep);

#endif
