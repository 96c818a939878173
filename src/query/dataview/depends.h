/*
 * depends: what the answer of a query depends on.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_DEPENDS_H
#define VAULTSITE_QUERY_DATAVIEW_DEPENDS_H

#include "query/dataview/tree.h"

/* Whether the answer may be another one in another note: it speaks of `this`, or
 * of links, which are resolved from the note. */
bool query_uses_note(const struct dql *q);
bool expr_uses_note(const struct expr *x);

#endif
