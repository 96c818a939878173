/*
 * regex: regular expressions as JavaScript has them (ECMAScript 2024), on
 * UTF-16.
 *
 * A pattern is read by our own parser (regex_parse.h) and matched by PCRE2,
 * which regex.c alone includes.  Without flag u or v the characters are code
 * units: `[🔥⏫]` matches any half of these.  What is else than in JavaScript:
 *
 * - a look-behind must have a length, or a small number of them, and no
 *   references; else it is an error;
 * - with u or v, half of a pair in a text is matched as U+FFFD;
 * - loops are counted up to 65535: a larger maximum is none, a larger minimum an
 *   error; `\q{…}` in a class of flag v is an error;
 * - a loop with a least number of rounds ends with a round that is empty, where
 *   JavaScript tries on: `(|a)+` on "aa" matches "";
 * - groups of an earlier round that are empty where this round begins, or in a
 *   look-behind, stay set;
 * - two groups of one name are an error, as they were before 2025.
 *
 * Work is bounded by counting PCRE2's steps, not by time.  What is a step differs
 * where PCRE2 has no just-in-time compiler: there a search of a long text may
 * reach the limit that ends without a match elsewhere.
 */
#ifndef VAULTSITE_BASE_REGEX_H
#define VAULTSITE_BASE_REGEX_H

#include "base/arena.h"
#include "base/utf16.h"

struct regex;

struct regex_error {
    const char *message; /* a phrase without a full stop; never freed */
    size_t at;           /* code points of the pattern before the place */
    bool in_flags;       /* it is the flags that are wrong, at that place */
};

/* Where a group matched, in code units of the text. */
struct regex_span {
    size_t from, to; /* both STR_NONE: it took no part */
};

enum regex_outcome {
    REGEX_NO_MATCH,
    REGEX_MATCH,
    REGEX_LIMIT, /* given up: nobody knows */
};

/* `new RegExp(pattern, flags)` with flags of dgimsuvy, or NULL and *error. Any
 * number of threads may use it at the same time. regex_free frees it. */
struct regex *regex_new(struct str pattern, struct str flags,
                        struct regex_error *error);
void regex_free(struct regex *r); /* NULL is allowed */

/* Number of groups; the match itself is one, so at least 1. */
size_t regex_groups(const struct regex *r);
/* Number of the group of that name, 0 for none. */
size_t regex_group_named(const struct regex *r, struct str name);
bool regex_has_names(const struct regex *r);

/*
 * The first match at or after unit `from` (≤ text.len), with flag y only at
 * `from`: fills `groups`, which has room for regex_groups(r), unless it is NULL.
 */
enum regex_outcome regex_exec(const struct regex *r, struct utf16 text,
                              size_t from, struct regex_span *groups);
/*
 * Whether it matches anywhere (with flag y: at the start). `steps` (NULL: as many
 * as one search may take) are for many searches together: what this one takes goes
 * off them, but for a few thousand that any search has free; it ends with
 * REGEX_LIMIT where more are needed than are left.
 */
enum regex_outcome regex_test(const struct regex *r, struct str text,
                              uint64_t *steps);

/*
 * Several searches in one text, with the bound on their work shared:
 *
 *     struct regex_search s;
 *     regex_search_begin(&s, r, text);
 *     while (regex_search_next(&s, from, anchored, groups) == REGEX_MATCH) ...
 *     regex_search_end(&s);
 *
 * `text` must stay; `anchored` allows a match only at `from`; flag y is not
 * looked at.
 */
struct regex_search {
    const struct regex *regex;
    struct utf16 text;
    uint16_t *folded; /* what is searched, where that is not the text */
    void *match;      /* PCRE2's */
    void *context;
    uint64_t steps; /* left */
    uint32_t cheap; /* steps that each place may cost without being counted */
    uint32_t share; /* that each may cost while all are tried at once */
};

void regex_search_begin(struct regex_search *s, const struct regex *r,
                        struct utf16 text);
/* For one of very many: all but a few thousand steps are counted. A single search
 * may take a quarter of what is allowed before it is. */
void regex_search_count(struct regex_search *s);
enum regex_outcome regex_search_next(struct regex_search *s, size_t from,
                                     bool anchored, struct regex_span *groups);
void regex_search_end(struct regex_search *s);

#endif
