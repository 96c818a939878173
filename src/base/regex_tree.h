/*
 * regex_tree: the tree that a pattern becomes (regex_parse.h), and what can be
 * told of its parts without a text.
 */
#ifndef VAULTSITE_BASE_REGEX_TREE_H
#define VAULTSITE_BASE_REGEX_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Whether it has a group that stays set when it has matched. */
bool regex_has_group(const struct regex_node *node);
/* Whether it can match and leave a group of its own as it was. */
bool regex_may_leave_unset(const struct regex_node *node);
/* Whether it can match nothing somewhere, */
bool regex_may_be_empty(const struct regex_node *node);
/* and whether it can wherever it stands. */
bool regex_is_optional(const struct regex_node *node);

/* More than REGEX_MAX_WIDTH is none. */
#define REGEX_MAX_WIDTH 10000
struct regex_width {
    uint32_t min, max; /* characters; max REGEX_NO_MAX: no bound */
};
/* How much of a text it matches. References have no bound. */
struct regex_width regex_width(const struct regex_node *node);

#endif
