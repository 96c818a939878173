/*
 * tag: what may stand in a tag's name (spec/markdown.md §9).
 *
 * One rule for `#tags` in text and for the elements of `tags:`.
 */
#ifndef VAULTSITE_NOTE_TAG_H
#define VAULTSITE_NOTE_TAG_H

#include "base/str.h"

/*
 * Length of the tag name that begins at `at` (behind the '#'), without a
 * trailing '/'; 0 when there is none, as for `1984`. Joiners and variation
 * selectors count only behind a character of the name.
 */
size_t tag_length(struct str s, size_t at);

/*
 * Why the '#' at `at`, which begins no tag, may have been meant to: it has only
 * digits (three or more: `#1` counts something), or stands behind a bracket, a
 * quotation mark or a dash; *len is then what it would have been, with the '#'.
 * NULL for everything else, as `C#x`, addresses and colours.
 */
const char *tag_slip(struct str s, size_t at, size_t *len);

#endif
