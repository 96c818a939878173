/*
 * css_lex: a style sheet cut into tokens (CSS Syntax Level 3, §4.3).
 *
 * Private to html/.  Over bytes of UTF-8; nothing is allocated, each byte is read a
 * bounded number of times.  Numbers and delimiters are not told apart further than
 * is needed to find where the next token begins.
 */
#ifndef VAULTSITE_HTML_CSS_LEX_H
#define VAULTSITE_HTML_CSS_LEX_H

#include "base/str.h"

enum css_token_kind {
    CSS_END,
    CSS_SPACE,
    CSS_COMMENT,
    CSS_STRING,   /* value: between the quotes, as written */
    CSS_WORD,     /* identifiers, hashes, numbers with their units */
    CSS_AT,       /* name */
    CSS_FUNCTION, /* name; ends behind its '(' */
    CSS_ADDRESS,  /* `url(…)` without quotes; value, as written */
    CSS_BAD,      /* a string or `url()` that is broken off */
    CSS_MARK,     /* one delimiter, bracket or the like */
};

/* Longer names are none that matter: they are cut. */
#define CSS_NAME_MAX 32

struct css_token {
    enum css_token_kind kind;
    struct str text;         /* all of it, as written */
    struct str value;        /* see above; "" */
    char name[CSS_NAME_MAX]; /* escapes undone, ASCII in lower case, cut */
    size_t name_len;
};

struct css_lexer {
    struct str text;
    size_t at;
};

/* False at the end of the text (kind CSS_END). */
bool css_lexer_next(struct css_lexer *x, struct css_token *t);
bool css_token_named(const struct css_token *t, struct str name);
bool css_token_is(const struct css_token *t, char mark);

#endif
