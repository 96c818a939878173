/*
 * svg_allow: which SVG elements and attributes an attachment may have.
 *
 * Private to html/.  What is not here goes: script, foreignObject, handler, every
 * on* attribute, and all that belongs to another namespace.
 */
#ifndef VAULTSITE_HTML_SVG_ALLOW_H
#define VAULTSITE_HTML_SVG_ALLOW_H

#include "base/str.h"

enum svg_attr_use {
    SVG_ATTR_PLAIN,     /* may refer to a part of the file: url(#id) */
    SVG_ATTR_TEXT,      /* words; never read as style */
    SVG_ATTR_REFERENCE, /* href, xlink:href */
    SVG_ATTR_TARGET,    /* attributeName of an animation */
    SVG_ATTR_NAMESPACE, /* xmlns */
    SVG_ATTR_XLINK,     /* xmlns:xlink */
};

/* Case counts, as in XML. */
bool svg_element_allowed(struct str name);
/* Number of the attribute below SVG_ATTRS, or SVG_ATTRS when it is not allowed. */
unsigned svg_attr_find(struct str name);
struct str svg_attr_name(unsigned attr);
enum svg_attr_use svg_attr_use(unsigned attr);

#define SVG_ATTRS 256 /* more than there are */

#endif
