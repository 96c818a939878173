/*
 * values: what the properties of a note say, as text that is searched.
 */
#ifndef VAULTSITE_SEARCH_VALUES_H
#define VAULTSITE_SEARCH_VALUES_H

#include "note/note.h"

/* Appends the texts of the properties that a panel shows (site/panel.h), with ` · `
 * between them: of texts and of lists of texts; of what is a link as a whole, its label.
 * Days, which no one seeks by a word, and aliases, which are titles, are left out.
 * Nothing where there are none. */
void search_add_values(struct buf *out, const struct note *n);

#endif
