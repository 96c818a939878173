/*
 * feed: feed.xml, the notes that were changed last, for feed readers (Atom,
 * RFC 4287).
 *
 * Only for a site with a base URL (decisions.md 31): an entry's id is its
 * address.  Which notes belong in it is site/'s to say.  No person is named: the
 * author is the site.
 */
#ifndef VAULTSITE_EMIT_FEED_H
#define VAULTSITE_EMIT_FEED_H

#include "base/buf.h"
#include "base/civil.h"

struct feed_entry {
    struct str href;    /* below the base URL, percent-encoded, ASCII */
    struct str title;   /* plain text */
    struct str summary; /* plain text, may be "" */
    struct civil_date updated;
    bool has_published;
    struct civil_date published;
};

struct feed {
    struct str base_url; /* ends in '/' */
    struct str title;    /* of the site */
    struct str language;
    const struct feed_entry *entries; /* newest first */
    size_t nentries;                  /* at least 1: a feed has a date */
};

/* Appends the whole file. The feed is as old as its newest entry. A day is given
 * as its noon in UTC: so it is that day in most of the world. What XML cannot
 * hold becomes U+FFFD. */
void feed_write(const struct feed *f, struct buf *out);

#endif
