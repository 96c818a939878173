/*
 * regex_replace: replacing and splitting with regular expressions, as the
 * strings of JavaScript do.
 */
#ifndef VAULTSITE_BASE_REGEX_REPLACE_H
#define VAULTSITE_BASE_REGEX_REPLACE_H

#include "base/regex.h"

/*
 * `text.replace(r, replacement)`: the first match, with flag g all.  In the
 * replacement `$$` is a dollar, `$&` the match, `` $` `` and `$'` what is before
 * and behind it, `$1` to `$99` and `$<name>` groups; a group that took no part is
 * nothing, and what names no group stays as it is.
 *
 * *out is text itself where nothing matched or the limit was reached (which is
 * returned), else in `a`.
 */
enum regex_outcome regex_replace(const struct regex *r, struct arena *a,
                                 struct str text, struct str replacement,
                                 struct str *out);

struct regex_part {
    struct str text;
    bool unset; /* a group that took no part: JavaScript's undefined */
};

struct regex_parts {
    const struct regex_part *items;
    size_t len;
};

/*
 * `text.split(r, limit)`: what is between the matches, each match's groups
 * between; at most `limit` of all that (SIZE_MAX: all).  Empty matches split
 * into code units, with flag u or v into characters.  The flags g and y mean
 * nothing.  *parts, in `a`, is empty where the limit of steps was reached
 * (REGEX_LIMIT), else REGEX_MATCH is returned.
 */
enum regex_outcome regex_split(const struct regex *r, struct arena *a,
                               struct str text, size_t limit,
                               struct regex_parts *parts);

#endif
