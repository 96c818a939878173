/*
 * pictures: the images that stand for notes where others show a link to them.
 *
 * A property `image` or `cover` names one (spec/markdown.md §1.6): a path from the
 * vault's root, case and all, or a whole `[[link]]`.  Only a published file of a kind
 * that browsers show as an image counts.  Used only by a site that knows its address
 * (`base_url`): such a link needs the whole one.
 */
#ifndef VAULTSITE_LINK_PICTURES_H
#define VAULTSITE_LINK_PICTURES_H

#include "link/link.h"

/* Whether the property's value is the address of an image on another server, which
 * needs no file. */
bool picture_is_url(struct str value);

/* Sets l->pictures, in `a`. One property-value finding for each published note, but
 * a template, that names no such image. */
void pictures_build(struct linked *l, struct arena *a, struct diags *d);

#endif
