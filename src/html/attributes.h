/*
 * attributes: the start tags of raw HTML, written again.
 *
 * Private to html/.  Which attributes an element has is said in allow.h; here a
 * tag's are collected (the first of a name counts, as in a browser) and written in
 * one order, each unescaped, checked and escaped again.
 */
#ifndef VAULTSITE_HTML_ATTRIBUTES_H
#define VAULTSITE_HTML_ATTRIBUTES_H

#include "html/allow.h"
#include "html/sanitise.h"

struct html_tag {
    const struct html_element *element;
    struct str raw[HTML_ATTRS]; /* as written; only where `have` says so */
    uint64_t have;              /* 1 << enum html_attr */
};

/* Collects from the text between name and '>'; true when one is not allowed on
 * this element. */
bool html_tag_read(struct html_tag *t, const struct html_element *e,
                   struct str attrs);
static inline bool html_tag_has(const struct html_tag *t, enum html_attr a) {
    return (t->have >> a & 1) != 0;
}
/* The value with its references resolved; in `scratch` if there were any. "" when
 * there is no such attribute. */
struct str html_tag_value(const struct html_tag *t, enum html_attr a,
                          struct buf *scratch);
/* Writes `<tag attr="…">`.  URLs and ids go through the callbacks of `s`; what is
 * left out is noted in s->removed. */
void html_tag_write(struct sanitiser *s, struct buf *out,
                    const struct html_tag *t);
/* A link to `url` (unescaped) showing `label`, only the label where no link may
 * stand, nothing for a forbidden URL. */
void html_link_write(struct sanitiser *s, struct buf *out, struct str url,
                     struct str label);
/* Notes that something was left out. */
static inline void html_note_removed(struct sanitiser *s,
                                     enum html_removed what) {
    s->removed |= what;
}

#endif
