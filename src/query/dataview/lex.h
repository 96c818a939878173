/*
 * lex: the words of a Dataview query (spec/dataview.md §8.2).
 *
 * The grammar has no tokens that could be told apart beforehand: what `-` or
 * `[[` begins depends on what is asked for.  So each of these tries one thing at
 * s->at and moves behind it; what does not stand there moves nothing.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_LEX_H
#define VAULTSITE_QUERY_DATAVIEW_LEX_H

#include "value/scan.h"
#include "value/value.h"

/* White space, one at least. */
bool lex_blanks(struct scan *s);
/* White space and `//` comments up to the ends of their lines. */
void lex_blanks_or_comments(struct scan *s);
/* A keyword in any case; what stands behind it is not looked at, as in the
 * plugin: `sort` begins `sorted`. */
bool lex_keyword(struct scan *s, struct str word);
/* Letters, emoji, and then digits, `_`, `-` too. */
bool lex_name(struct scan *s, struct str *name);
/* `"…"` with `\"` and `\\` undone (then in `a`). */
bool lex_string(struct scan *s, struct arena *a, struct str *text);
/* `#tag`; *name is what stands behind the `#`, which may be nothing. */
bool lex_tag(struct scan *s, struct str *name);
/* `[[…]]` without a bracket inside; with a `!` before it where `embed`. The path
 * is as written. */
bool lex_link(struct scan *s, struct arena *a, bool embed,
              struct value_link *link);

#endif
