/*
 * keep: an answer without what was made on the way to it.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_KEEP_H
#define VAULTSITE_QUERY_DATAVIEW_KEEP_H

#include "query/answer.h"

/*
 * A copy of `from` and of all values in it, in `a`; what values share stays
 * shared. Pages and list items are not copied, they live as long as the records;
 * rows made of them are. `scratch` is used and not reset.
 */
const struct answer *answer_keep(struct arena *a, struct arena *scratch,
                                 const struct answer *from);

#endif
