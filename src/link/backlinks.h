/*
 * backlinks: from each file to the notes that link to it.
 */
#ifndef VAULTSITE_LINK_BACKLINKS_H
#define VAULTSITE_LINK_BACKLINKS_H

#include "link/link.h"

/* Sets l->backlinks and l->attachment_used (in `a`). Asks for vault, notes,
 * targets and newest. Linear in files and links. */
void backlinks_build(struct linked *l, struct arena *a);

#endif
