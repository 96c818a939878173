/*
 * section_name: the form in which names of sections are compared.
 */
#ifndef VAULTSITE_NOTE_SECTION_NAME_H
#define VAULTSITE_NOTE_SECTION_NAME_H

#include "base/arena.h"

/*
 * spec/entities.md §4.2: the plain text of a heading without symbols and emoji,
 * without a final `(…)` and `:`, as a name key (base/name_key.h). What marks text
 * in Markdown counts as symbols, so that a heading's source gives the same as its
 * plain text. In `a`, or s itself where nothing changes.
 */
struct str section_name(struct arena *a, struct str s);

#endif
