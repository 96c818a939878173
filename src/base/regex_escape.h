/*
 * regex_escape: reading a pattern, and what stands behind its backslashes.
 *
 * The pattern is a sequence of code units; with flag u or v pairs are read as
 * one character.  What ECMAScript's Annex B allows without these flags is
 * allowed.
 */
#ifndef VAULTSITE_BASE_REGEX_ESCAPE_H
#define VAULTSITE_BASE_REGEX_ESCAPE_H

#include <unicode/uset.h>

#include "base/regex_fold.h"
#include "base/utf16.h"

enum regex_flags {
    REGEX_GLOBAL = 1 << 0,
    REGEX_IGNORE_CASE = 1 << 1,
    REGEX_MULTILINE = 1 << 2,
    REGEX_DOT_ALL = 1 << 3,
    REGEX_UNICODE = 1 << 4,      /* u */
    REGEX_UNICODE_SETS = 1 << 5, /* v */
    REGEX_STICKY = 1 << 6,
    REGEX_INDICES = 1 << 7, /* d: means nothing here */
};

struct regex_reader {
    struct utf16 pattern;
    size_t at;
    enum regex_flags flags;
    bool named;        /* the pattern has a named group: \k names one */
    int depth;         /* of groups and classes that are open */
    int n_properties;  /* \p and \P so far */
    const char *error; /* the first one; NULL while all is well */
    size_t error_at;
};

/* More open groups and classes than that are an error. */
#define REGEX_MAX_DEPTH 250
/* More \p and \P than that, too: ICU takes its time for each. */
#define REGEX_MAX_PROPERTIES 200

static inline bool regex_full_unicode(const struct regex_reader *r) {
    return (r->flags & (REGEX_UNICODE | REGEX_UNICODE_SETS)) != 0;
}
static inline enum regex_fold regex_fold_of(enum regex_flags flags) {
    if (!(flags & REGEX_IGNORE_CASE))
        return REGEX_FOLD_NONE;
    return flags & (REGEX_UNICODE | REGEX_UNICODE_SETS) ? REGEX_FOLD_SIMPLE
                                                        : REGEX_FOLD_UPPER;
}
/* The unit `n` places on, or -1 beyond the end. */
static inline int32_t regex_peek(const struct regex_reader *r, size_t n) {
    return n < r->pattern.len - r->at ? r->pattern.p[r->at + n] : -1;
}

/* Notes an error, unless there is one; the message is a literal. */
void regex_fail(struct regex_reader *r, size_t at, const char *message);
/* Reads the unit if it is the next one. */
bool regex_take(struct regex_reader *r, char c);
/* Reads one character; there must be one. */
uint32_t regex_take_code(struct regex_reader *r);

/* Behind a backslash: one of \d \D \s \S \w \W, with u or v also \p{…} \P{…}?
 * Then it is read and `set` becomes it. */
bool regex_escape_set(struct regex_reader *r, USet *set);
/* Behind a backslash: the character that the escape means, and it is read. */
uint32_t regex_escape_code(struct regex_reader *r, bool in_class);
/* The same for \u; `u` is read already. False where no digits follow. */
bool regex_escape_u(struct regex_reader *r, bool full, uint32_t *code);

/* What a class or an escape means once it is complete: its members folded. Those
 * of flag v are folded one by one, before anything is taken from them. */
void regex_set_finish(const struct regex_reader *r, USet *set);
/* All characters that are not in it. */
void regex_set_complement(const struct regex_reader *r, USet *set);

#endif
