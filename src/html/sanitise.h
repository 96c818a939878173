/*
 * sanitise: raw HTML of notes, through an allow-list.
 *
 * A small tokeniser (tag and attribute states of the WHATWG standard) over the
 * raw HTML pieces that cmark isolates.  Whatever is let through is written again
 * from scratch: lower case, quoted, escaped.  Elements, attributes, URL schemes
 * and style properties not on the lists go; dangerous elements (script, style,
 * template, svg, math, title, textarea, noscript, xmp, …) go with their content.
 * Rules: dependencies.md "Raw HTML", decisions.md 14, 22, 23, spec/markdown.md §15.
 *
 * Balance is per leaf block: the caller opens a sanitiser for a leaf block, feeds
 * the pieces in order, tells of the Markdown elements it opens and closes itself
 * (barriers), and at the end everything left open is closed.  So a slice of any
 * block parses to a balanced tree: a browser makes of the output exactly the tree
 * that was written, with nothing moved, closed or opened by its parser's repairs.
 */
#ifndef VAULTSITE_HTML_SANITISE_H
#define VAULTSITE_HTML_SANITISE_H

#include "html/escape.h"

struct html_element; /* a row of the allow-list, private */

/* Flags: what was left out of a piece. */
enum html_removed {
    HTML_NOTHING_REMOVED = 0,
    HTML_REMOVED = 1, /* an element, attribute, style or URL */
    HTML_LINKED = 2,  /* iframe, object, embed: written as a link instead */
};

/* Attributes whose value is the caller's business. */
enum html_url_use {
    HTML_URL_LINK,  /* a href */
    HTML_URL_MEDIA, /* img, audio, video, source, track: src, poster */
};

/* Elements past this depth are left out, their text is kept. */
#define HTML_MAX_DEPTH 64

struct sanitiser {
    /* Set by the caller; all but `internal` are required.
     * url: a *relative* URL value (already unescaped, trimmed) of an element that
     * is being written to `out` (between its name and the closing '>'): the
     * callee writes the whole attribute, with leading blank, or remembers the
     * place and writes nothing. `attr` is href, src or poster.
     * id: likewise for `id` (the callee prefixes `u-`); `name` on `a` counts as
     * id when there is none.
     * internal: whether the address of a link, of a scheme, means something in
     * the vault: it then goes to `url`. NULL: none does.
     * external: the URL of an external image is about to be written; returns false
     * when it must not be: a link to it is written then. */
    void *context;
    void (*url)(void *context, struct buf *out, enum html_url_use use,
                struct str attr, struct str value);
    void (*id)(void *context, struct buf *out, struct str value);
    bool (*internal)(void *context, struct str value);
    bool (*external)(void *context, struct str value);

    /* Where the block stands; also the caller's, may change between blocks.  An
     * HTML block of its own needs none of them.
     * inline_only: the pieces stand between text and elements of a paragraph, a
     * heading or a table cell: blocks are left out, their children kept; div, p
     * and center become span.
     * in_cell: with inline_only, for a table cell: all blocks but p, center and
     * tables are let through (a block that the caller writes itself then needs
     * sanitiser_end before it).
     * in_link: the caller's own `a` is open: no link is written. */
    bool inline_only;
    bool in_cell;
    bool in_link;

    /* Private from here on. Zero-initialised by sanitiser_init. */
    const struct html_element *open[HTML_MAX_DEPTH]; /* NULL marks a barrier */
    unsigned depth;
    unsigned barriers; /* NULLs among them */
    unsigned overflow; /* elements opened past the array: not written */
    unsigned overflow_barriers; /* barriers entered since then */
    const struct html_element
        *raw; /* inside an element that goes with its content */
    unsigned raw_depth;
    unsigned raw_barriers; /* barriers entered since then */
    bool in_comment;       /* a comment that the piece did not close */
    unsigned removed;      /* html_removed: all that was seen since init */
};

/* Forgets all state; the callbacks, and where the block stands, stay. */
void sanitiser_init(struct sanitiser *s);
/* One piece of raw HTML (an HTML block's or inline's literal). Text between tags
 * is escaped; character references in it stay what they mean. Inside an element
 * that is removed with its content nothing is written. */
void sanitiser_feed(struct sanitiser *s, struct buf *out, struct str piece);
/* True while text of the surrounding Markdown must be dropped too: it stands
 * inside an element that goes with its content (inline <script>…</script>). */
bool sanitiser_dropping(const struct sanitiser *s);
/* True while raw HTML has an `a` open: the caller's own links must then be written
 * as their text. */
bool sanitiser_in_link(const struct sanitiser *s);
/* Whether the words in an element called `name` (lower case) are none of the text
 * around it: a link, code, what a keyboard or a program says. */
bool html_is_apart(struct str name);
/* True while raw HTML has such an element open. */
bool sanitiser_is_apart(const struct sanitiser *s);
/* The caller is about to write a Markdown element's start tag (enter), its end tag
 * (leave): what raw HTML opened inside and left open, dropping too, ends in
 * `leave`. Nothing outside a barrier can be closed by raw HTML inside; so
 * sanitiser_dropping is the same before `enter` and after `leave`, and an element
 * entered while dropping may be passed over whole, with or without the two. Blocks
 * are left out inside a barrier, as with inline_only. */
void sanitiser_enter(struct sanitiser *s);
void sanitiser_leave(struct sanitiser *s, struct buf *out);
/* Closes whatever is open. The sanitiser may then be used for the next block. */
void sanitiser_end(struct sanitiser *s, struct buf *out);

/* Writes the declarations of `style` (character references resolved) that are on
 * the list again, separated by "; ", into `out` unescaped; true when something was
 * left out. */
bool style_filter(struct buf *out, struct str style);

/* A whole SVG file through an XML allow-list of its own: no script, no event
 * handlers, no foreignObject, nothing loaded from elsewhere (links stay), no DTD.
 * *changed is false when nothing had to go (the caller then copies the file
 * verbatim). False when it is not SVG in well-formed UTF-8 XML, or nested too
 * deeply; `out` then holds nothing of use. */
bool svg_filter(struct buf *out, struct str svg, bool *changed);

#endif
