/*
 * slug: text as a part of an address.
 *
 * One rule for page URLs and heading ids (decisions.md 8, 9): NFC, lower case
 * by code point, letters, marks and numbers of every script and `. _ -` kept,
 * runs of anything else become one `-`; leading and trailing `.` and `-` go.
 * What is left empty becomes `u` and the hex of the first code points.
 */
#ifndef VAULTSITE_BASE_SLUG_H
#define VAULTSITE_BASE_SLUG_H

#include "base/arena.h"

/* Never empty; in `a`. Does not know of reserved or taken names. */
struct str slug_make(struct arena *a, struct str text);

#endif
