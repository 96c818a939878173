/*
 * escape: text into HTML.
 */
#ifndef VAULTSITE_HTML_ESCAPE_H
#define VAULTSITE_HTML_ESCAPE_H

#include <stdint.h>

#include "base/buf.h"

/* & < > " as entities; ' too, so that it is safe in any quoted attribute.
 * Everything else as it is: the input is clean UTF-8 (text_clean). */
void html_escape(struct buf *out, struct str s);
/* ` name="escaped"`, with the leading blank. */
void html_add_attr(struct buf *out, struct str name, struct str value);
/* Replaces character references by what they mean: &#65; &#x41; and the names of
 * entity.c (HTML 4 and all of ASCII's punctuation).  Every one needs its ';'.
 * Names not known there stay as they are. */
void html_unescape(struct buf *out, struct str s);
/* Length of the reference that begins at s.p[at] (an '&'), known or not; 0 when
 * none does. */
size_t html_reference_len(struct str s, size_t at);
/* Code point of the entity called `name` (no '&', no ';'), 0 when not known. */
uint32_t html_entity(struct str name);

/*
 * A URL ready for an attribute: leaves out what browsers ignore (blanks and C0
 * controls at both ends; TAB, LF, CR anywhere), percent-encodes what RFC 3986
 * does not allow, keeps existing %XX, then escapes for HTML.
 */
void html_escape_url(struct buf *out, struct str url);
/* One path component or whole relative path of our own (vault or OUT path) as a
 * percent-encoded URL path; '/' stays.  Needs no escaping in an attribute, and
 * has no ':' that could be taken for a scheme's. */
void html_encode_path(struct buf *out, struct str path);

enum url_class {
    URL_RELATIVE,  /* no scheme, no leading '//': a place in the vault */
    URL_EXTERNAL,  /* any scheme that is let through, or '//host' */
    URL_FORBIDDEN, /* javascript:, vbscript:, data: other than images, … */
};
/*
 * What an address written by a user is. Blanks and C0 controls are ignored as
 * browsers ignore them (WHATWG URL: leading controls and blanks, TAB/LF/CR
 * anywhere). `image` lets `data:image/` (png, gif, jpeg, webp, avif; never svg)
 * through. Allowed schemes are any but the forbidden list (spec/markdown.md
 * §7.2): javascript, vbscript, data, blob, filesystem, view-source, about, jar…
 */
enum url_class url_classify(struct str url, bool image);
/* `url` without the blanks and C0 controls that browsers ignore at both ends. */
struct str url_trim(struct str url);
/* Whether `url` has exactly this scheme (lower case, without ':'), as a browser
 * reads it. */
bool url_has_scheme(struct str url, struct str scheme);

#endif
