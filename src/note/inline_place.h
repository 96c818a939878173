/*
 * inline_place: a special character in a chunk of text, and where what begins at an
 * offset of the chunk ends.  Private to the inline extension (inlines.c).
 *
 * An offset that is returned lies behind the closing mark; 0 means that there is none.
 * That is remembered in struct md_parse where no later search could find one either.
 */
#ifndef VAULTSITE_NOTE_INLINE_PLACE_H
#define VAULTSITE_NOTE_INLINE_PLACE_H

#include <stdbool.h>

#include <cmark-gfm/cmark-gfm-extension_api.h>

struct md_parse;

struct inline_place {
    cmark_parser *parser;
    cmark_inline_parser *inlines;
    struct md_parse *parse;
    cmark_node *parent;
    const char *text; /* the chunk */
    int len, at;      /* its bytes; where the special character stands */
};

/* How often `c` stands from `at` on. */
static inline int inline_run_len(const struct inline_place *p, int at, char c) {
    int n = 0;

    while (at + n < p->len && p->text[at + n] == c)
        n++;
    return n;
}

/* The comment that begins at `at`; spec/markdown.md §14.1: fences are exactly two `%`. */
int inline_comment_end(const struct inline_place *p, int at);
/* The next `$$` from behind the one at `at` on. */
int inline_display_math_end(const struct inline_place *p, int at);
/* The formula in the line that begins at `at`; spec/markdown.md §11.1. */
int inline_math_end(const struct inline_place *p, int at);
/* What begins at `at` and in which brackets are only text: a code span, a comment, a
 * formula, or marks of those; `at` for anything else. What looks like one from one
 * inline footnote into the next is two marks, as in two amounts of money, but a comment
 * stays one. */
int inline_opaque_end(const struct inline_place *p, int at);
/* Where the bracket that closes a field's value stands, not behind it; `from` is the
 * value's beginning. One in a comment is none, or the rest of the comment would be
 * shown. */
int inline_field_end(const struct inline_place *p, int from, char open,
                     char close);
/* The end of the address [begin, end): what may stand at the end of a sentence is not
 * the end of one. */
int inline_url_end(const struct inline_place *p, int begin, int end);
/* Counts steps of searches for a closing bracket: whether they are more than a chunk of
 * this length may cost. */
bool inline_is_spent(const struct inline_place *p, int steps);

#endif
