/*
 * percent: %XX in the destinations of Markdown links.
 */
#ifndef VAULTSITE_NOTE_PERCENT_H
#define VAULTSITE_NOTE_PERCENT_H

#include "base/arena.h"

/* Decodes once (spec/markdown.md §3.3). Escapes that are none, and those whose
 * bytes would not be UTF-8 or would be a control character, stay as they are.
 * s itself where nothing changes, else a copy in `a`. */
struct str percent_decode(struct arena *a, struct str s);

#endif
