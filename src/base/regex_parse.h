/*
 * regex_parse: a pattern of JavaScript as a tree.
 *
 * Everything that depends on the flags i, m, s, u and v is said by the tree
 * itself: characters and sets are folded (regex_fold.h), `.` is a set, `^` and
 * `$` are edges of the text or of a line.
 */
#ifndef VAULTSITE_BASE_REGEX_PARSE_H
#define VAULTSITE_BASE_REGEX_PARSE_H

#include "base/regex_escape.h"
#include "base/regex_tree.h"

struct regex_name {
    struct str name; /* UTF-8 */
    uint32_t group;
};

struct regex_tree {
    struct regex_node *root;
    uint32_t n_groups; /* without the whole match */
    const struct regex_name *names;
    size_t n_names;
    const char *error; /* NULL: the tree is there */
    size_t error_at;   /* unit of the pattern */
};

#define REGEX_MAX_GROUPS 10000
/* Longer patterns are an error; code units. */
#define REGEX_MAX_PATTERN 20000
/* The largest number of repetitions that can be counted. A larger minimum is an
 * error, a larger maximum is none. */
#define REGEX_MAX_REPEAT 65535

struct regex_tree regex_parse(struct arena *a, struct utf16 pattern,
                              enum regex_flags flags);

#endif
