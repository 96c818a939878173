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
    struct str opens;                /* the one holder that is left open; "" */
    struct str closes[HOLDER_DEPTH]; /* end tags that it begins with */
    unsigned ncloses;
};

/* Reads one block of raw HTML; linear. */
void html_edges_of(struct str html, struct html_edges *edges);

/*
 * When the block that was fed last has nothing open but one holder, forgets it
 * without a word and returns its name: the caller closes it. Else "".
 */
struct str sanitiser_hand_over(struct sanitiser *s);

#endif
