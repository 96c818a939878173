/*
 * opening: how a longer text of HTML begins.
 *
 * For text that note/ and site/ have written: names in lower case, every element
 * closed.  A beginning of it, which may end anywhere, becomes balanced again: it is
 * cut at a blank, and what is open there is closed.
 */
#ifndef VAULTSITE_HTML_OPENING_H
#define VAULTSITE_HTML_OPENING_H

#include "base/buf.h"

struct html_opening {
    size_t characters; /* of text, as written: about where it is cut */
    size_t bytes; /* of all: the first start tag that passes them ends it */
    bool goes_on; /* more follows behind the end of what is given */
};

/*
 * Appends how `html` begins, with "…" where it was cut in a text.  Left out are players,
 * frames, pictures from outside, which the page that shows it may not load, and
 * headings that nothing follows on the same or a lower level.  Returns whether there is
 * anything to be seen; else nothing is appended.  Linear in html.len.
 */
bool html_add_opening(struct buf *out, struct str html,
                      struct html_opening limits);

#endif
