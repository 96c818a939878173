/*
 * lex: raw HTML cut into text, tags and what is neither.
 *
 * Private to html/.  The tag and attribute states of the WHATWG standard
 * (§13.2.5.1-41) over bytes; nothing is decoded, nothing is allocated, and a
 * piece is read once.  Text that must not be searched for tags (script, title)
 * is the reader's business: html_lexer_skip_rawtext.
 */
#ifndef VAULTSITE_HTML_LEX_H
#define VAULTSITE_HTML_LEX_H

#include "base/str.h"

struct html_lexer {
    struct str text;
    size_t at;
    bool no_instruction_end; /* there is no `?>` from here on */
};

enum html_token_kind {
    HTML_TOKEN_TEXT,
    HTML_TOKEN_START,
    HTML_TOKEN_END,
    HTML_TOKEN_NOTHING, /* comment, CDATA, instruction, doctype, `</>` */
    HTML_TOKEN_COMMENT, /* a comment that the piece does not close */
    HTML_TOKEN_CUT, /* a tag that the piece does not close: drops the rest */
};

struct html_token {
    enum html_token_kind kind;
    struct str text;   /* TEXT: as written; START, END: the name as written */
    struct str attrs;  /* START: what stands between name and '>' */
    bool self_closing; /* START: ends in "/>" */
};

/* False at the end of the text. */
bool html_lexer_next(struct html_lexer *x, struct html_token *t);
/* Goes past the end tag of `name`; to the end and false when there is none. */
bool html_lexer_skip_rawtext(struct html_lexer *x, struct str name);
/* Goes past the end of a comment that an earlier piece opened; likewise. */
bool html_lexer_skip_comment(struct html_lexer *x);

struct html_pair {
    struct str name, value; /* as written, value without its quotes */
};

/* Takes the next attribute off the text of a token's `attrs`; false at its end. */
bool html_pair_next(struct str *attrs, struct html_pair *pair);

#endif
