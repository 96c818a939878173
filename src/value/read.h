/*
 * read: what the texts of notes mean as values.
 *
 * A property's text (spec/dataview.md §4.2), the text of an inline field
 * (§4.4.1), and the links in both.  Most texts mean nothing but themselves, and
 * their first byte shows that.
 */
#ifndef VAULTSITE_VALUE_READ_H
#define VAULTSITE_VALUE_READ_H

#include "base/buf.h"
#include "value/compare.h"
#include "value/zones.h"

/* What reading needs. Values and what is not a part of the text lie in the
 * arena; everything else is borrowed from the text. */
struct value_reader {
    struct arena *arena;
    struct zones *zones;
    value_resolve *resolve; /* of the paths of links; NULL: as written */
    const void *context;
};

/* The text of a property or of a CSV cell: a date, a duration as written, or a
 * link when all of it is one, otherwise itself, not trimmed. */
const struct value *value_of_property_text(const struct value_reader *r,
                                           struct str s);
/* The same for each text in lists and objects; `v` itself where nothing in it
 * means anything else. Nothing below VALUE_MAX_DEPTH is looked at. */
const struct value *value_of_property(const struct value_reader *r,
                                      const struct value *v);
/*
 * The text of an inline field, which is trimmed: null when blank; an atom or a
 * list of atoms when all of it is that: date, duration (normalised), "string",
 * #tag, link, boolean, number, and `null`, which is a text; otherwise itself.
 */
const struct value *value_of_inline_text(const struct value_reader *r,
                                         struct str s);

/* The link `[[target|display]]`, or with `!` before it, that the text begins
 * with; its length, 0 for none. The path is resolved. */
size_t value_read_link(const struct value_reader *r, struct str s,
                       struct value_link *out);
/* The link that a text between `[[` and `]]` means; its path is not resolved. */
struct value_link value_link_of(struct arena *a, struct str inner);
/* A heading as the subpath of a link: emoji, letters, ASCII digits, `_` and `-`
 * stay, all else is one blank, none at the ends (§5.4). `s` itself where nothing
 * changes, else in the arena. */
struct str value_heading_subpath(struct arena *a, struct str s);
/* `#tag` with all that may stand in one, a `#` alone too; its length, or 0. */
size_t value_read_tag(struct str s);

#endif
