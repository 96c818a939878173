/*
 * allow: which HTML elements and attributes a note may use.
 *
 * Private to html/.  One table of elements, one of attributes; what is in
 * neither is left out.  How elements may stand in each other is not said here
 * but in sanitise.c, by their kind.
 */
#ifndef VAULTSITE_HTML_ALLOW_H
#define VAULTSITE_HTML_ALLOW_H

#include <stdint.h>

#include "base/str.h"

/* What the HTML parser treats alike (WHATWG §13.2.6.4.7 "in body" and the table
 * modes).  ELEMENT_RAWTEXT and what follows goes with its content. */
enum element_kind {
    ELEMENT_PLAIN,
    ELEMENT_P,
    ELEMENT_HEADING,
    ELEMENT_LIST, /* ul, ol */
    ELEMENT_ITEM,
    ELEMENT_TERMS, /* dl */
    ELEMENT_TERM,  /* dt, dd */
    ELEMENT_RUBY,
    ELEMENT_RUBY_PART,
    ELEMENT_LINK,
    ELEMENT_IMAGE,
    ELEMENT_CHECKBOX,
    ELEMENT_BREAK,
    ELEMENT_PLAYER, /* video, audio */
    ELEMENT_SOURCE, /* what stands in one */
    ELEMENT_TABLE,
    ELEMENT_CAPTION,
    ELEMENT_COLGROUP,
    ELEMENT_COL,
    ELEMENT_SECTION, /* thead, tbody, tfoot */
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_RAWTEXT,   /* to its end tag, without looking at tags */
    ELEMENT_SUBTREE,   /* to the end tag of the same depth */
    ELEMENT_PLAINTEXT, /* has no end */
    ELEMENT_FRAME,     /* as RAWTEXT, but written as a link to its source */
    ELEMENT_OBJECT,    /* as SUBTREE, likewise */
    ELEMENT_EMBED,     /* void, likewise */
};

enum element_flags {
    ELEMENT_VOID = 1 << 0,
    ELEMENT_BLOCK = 1 << 1, /* closes an open p, cannot stand in one */
};

/* In the order in which they are written. */
enum html_attr {
    HTML_ATTR_CLASS,
    HTML_ATTR_ID,
    HTML_ATTR_NAME,
    HTML_ATTR_HREF,
    HTML_ATTR_SRC,
    HTML_ATTR_OBJECT, /* `data` of object */
    HTML_ATTR_POSTER,
    HTML_ATTR_ALT,
    HTML_ATTR_TITLE,
    HTML_ATTR_LANG,
    HTML_ATTR_DIR,
    HTML_ATTR_STYLE,
    HTML_ATTR_WIDTH,
    HTML_ATTR_HEIGHT,
    HTML_ATTR_ALIGN,
    HTML_ATTR_VALIGN,
    HTML_ATTR_COLSPAN,
    HTML_ATTR_ROWSPAN,
    HTML_ATTR_SPAN,
    HTML_ATTR_SCOPE,
    HTML_ATTR_START,
    HTML_ATTR_REVERSED,
    HTML_ATTR_TYPE,
    HTML_ATTR_VALUE,
    HTML_ATTR_MIN,
    HTML_ATTR_MAX,
    HTML_ATTR_LOW,
    HTML_ATTR_HIGH,
    HTML_ATTR_OPTIMUM,
    HTML_ATTR_DATETIME,
    HTML_ATTR_OPEN,
    HTML_ATTR_LOOP,
    HTML_ATTR_MUTED,
    HTML_ATTR_COLOR,
    HTML_ATTR_FACE,
    HTML_ATTR_SIZE,
    HTML_ATTR_BGCOLOR,
    HTML_ATTR_BORDER,
    HTML_ATTR_CELLPADDING,
    HTML_ATTR_CELLSPACING,
    HTML_ATTR_KIND,
    HTML_ATTR_SRCLANG,
    HTML_ATTR_LABEL,
    HTML_ATTR_DEFAULT,
    HTML_ATTR_CHECKED,
    HTML_ATTR_CONTROLS,
    /* Harmless, but the value is ours: */
    HTML_ATTR_DISABLED,
    HTML_ATTR_REL,
    HTML_ATTR_TARGET,
    HTML_ATTR_LOADING,
    HTML_ATTR_DECODING,
    HTML_ATTR_REFERRERPOLICY,
    HTML_ATTRS /* how many */
};

/* How a value is written. */
enum html_attr_use {
    HTML_ATTR_TEXT,
    HTML_ATTR_FLAG,    /* without a value */
    HTML_ATTR_SPECIAL, /* attributes.c knows how, by name */
};

struct html_attr_row {
    struct str name;
    enum html_attr_use use;
};

extern const struct html_attr_row html_attr_rows[HTML_ATTRS];

struct html_element {
    struct str name; /* what end tags are called */
    struct str tag;  /* what is written: `span` for a div inside a paragraph */
    enum element_kind kind;
    unsigned flags; /* enum element_flags */
    uint64_t attrs; /* 1 << enum html_attr */
    const struct html_element
        *phrase; /* its form where only text may stand; NULL:
                                          it is left out there, if a block */
};

/* The element called `name`, in any case; NULL when it is not known, and thus
 * not allowed. */
const struct html_element *html_element_find(struct str name);
/* Whether elements of this row are written at all. */
bool html_element_allowed(const struct html_element *e);
/* HTML_ATTRS when there is none of that name (any case). */
enum html_attr html_attr_find(struct str name);

#endif
