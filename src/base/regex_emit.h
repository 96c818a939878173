/*
 * regex_emit: the tree of a pattern as a pattern of PCRE2.
 *
 * What differs between the two is said in PCRE2's words.  Three things it has no
 * words for are asked back while it matches, by number, with callouts:
 *
 * - a round of a loop that matches nothing is refused once the least number of
 *   rounds is reached (ECMAScript, RepeatMatcher);
 * - a group that was set in an earlier round of a loop around it is unset, for
 *   references to it (and in the result).
 *
 * An empty group at the beginning of a round marks where that begins: what was
 * set before is of an earlier round.  PCRE2's groups are therefore other numbers
 * than those of the pattern.
 */
#ifndef VAULTSITE_BASE_REGEX_EMIT_H
#define VAULTSITE_BASE_REGEX_EMIT_H

#include "base/regex_parse.h"

/* A loop whose rounds unset a group, and those around it that do, too. */
struct regex_loop {
    uint32_t marker; /* PCRE2's number of the group that begins a round */
    const struct regex_loop *outer;
};

struct regex_capture {
    uint32_t number; /* PCRE2's; 0: it is never set */
    const struct regex_loop *loops;
};

enum regex_check_kind {
    REGEX_PROGRESS, /* the round has matched something */
    REGEX_SET_NOW,  /* the group is set in this round */
    REGEX_UNSET_NOW,
};

struct regex_check {
    enum regex_check_kind kind;
    uint32_t group;         /* REGEX_(UN)SET_NOW: number in the pattern */
    uint32_t marker, entry; /* REGEX_PROGRESS: begin of the round; of the loop,
                             * whose first round may be empty, or 0 */
};

#define REGEX_MAX_CHECKS 255

struct regex_program {
    struct str pattern;             /* ASCII, for PCRE2 */
    struct regex_capture *captures; /* by number in the pattern; 0: the match */
    struct regex_check checks[REGEX_MAX_CHECKS]; /* by number of callout - 1 */
    size_t n_checks;
    const char *error; /* what PCRE2 cannot do; NULL: all is well */
    size_t error_at;   /* unit of the pattern */
};

/* The program of a tree without error, in `a`; it numbers the tree's loops. */
struct regex_program *regex_emit(struct arena *a, struct regex_tree *tree,
                                 enum regex_flags flags);

#endif
