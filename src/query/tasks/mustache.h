/*
 * mustache: the templates that placeholders of Tasks queries are.
 *
 * spec/tasks.md §5.7, step 3: names, comments and sections, all as plain text;
 * no partials, no lists.  Pages have templates of another kind (site/template.h):
 * their names are known beforehand and their text is HTML.
 */
#ifndef VAULTSITE_QUERY_TASKS_MUSTACHE_H
#define VAULTSITE_QUERY_TASKS_MUSTACHE_H

#include "base/buf.h"

/* Adds the value of a dotted name; false where there is none. */
typedef bool mustache_value(void *context, struct str name, struct buf *out);

/* Adds the text with its tags filled in to `out`; false with a message added to
 * `problem`. A section stands once where its value is a text that is not empty,
 * `false` or `0`. */
bool mustache_expand(struct str text, mustache_value *value, void *context,
                     struct buf *out, struct buf *problem);

#endif
