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

enum regex_node_kind {
    REGEX_EMPTY, /* matches always and nothing */
    REGEX_CODE,
    REGEX_SET,
    REGEX_TEXT_START,
    REGEX_TEXT_END,
    REGEX_LINE_START,
    REGEX_LINE_END,
    REGEX_WORD_EDGE,
    REGEX_NO_WORD_EDGE,
    REGEX_SEQUENCE,
    REGEX_CHOICE,
    REGEX_GROUP, /* one that captures */
    REGEX_LOOK,
    REGEX_REPEAT,
    REGEX_REFERENCE,
};

struct regex_range {
    uint32_t from, to; /* both are members */
};

#define REGEX_NO_MAX UINT32_MAX

struct regex_node {
    enum regex_node_kind kind;
    size_t at;               /* unit of the pattern where it begins */
    struct regex_node *next; /* in a sequence or a choice */
    union {
        uint32_t code; /* REGEX_CODE */
        struct {       /* REGEX_SET: in order, apart; none: matches never */
            const struct regex_range *ranges;
            size_t len;
        } set;
        struct regex_node *first; /* REGEX_SEQUENCE, REGEX_CHOICE: not NULL */
        struct {                  /* REGEX_GROUP */
            struct regex_node *body;
            uint32_t number; /* from 1 */
        } group;
        struct { /* REGEX_LOOK */
            struct regex_node *body;
            bool behind, negated;
        } look;
        struct { /* REGEX_REPEAT */
            struct regex_node *body;
            uint32_t min, max; /* max may be REGEX_NO_MAX */
            bool lazy;
            uint32_t entry, marker; /* regex_emit.c */
        } repeat;
        uint32_t reference; /* REGEX_REFERENCE: a group that is closed before */
    } as;
};

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
#define REGEX_MAX_PATTERN 100000
/* The largest number of repetitions that can be counted. A larger minimum is an
 * error, a larger maximum is none. */
#define REGEX_MAX_REPEAT 65535

struct regex_tree regex_parse(struct arena *a, struct utf16 pattern,
                              enum regex_flags flags);

#endif
