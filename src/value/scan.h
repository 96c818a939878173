/*
 * scan: reading a text from left to right.
 *
 * What does not stand there moves nothing, so that the next reading can be
 * tried from the same place.
 */
#ifndef VAULTSITE_VALUE_SCAN_H
#define VAULTSITE_VALUE_SCAN_H

#include <stdint.h>

#include "base/str.h"

struct scan {
    struct str text;
    size_t at;
};

static inline struct str scan_rest(const struct scan *s) {
    return str_skip(s->text, s->at);
}
static inline bool scan_end(const struct scan *s) {
    return s->at == s->text.len;
}
/* The byte that comes next, NUL at the end. */
static inline char scan_peek(const struct scan *s) {
    return s->at < s->text.len ? s->text.p[s->at] : '\0';
}
static inline bool scan_byte(struct scan *s, char c) {
    if (s->at == s->text.len || s->text.p[s->at] != c)
        return false;
    s->at++;
    return true;
}
bool scan_word(struct scan *s, struct str word);
/* `min` to `max` ASCII digits, as many as there are; max is at most 18. */
bool scan_digits(struct scan *s, size_t min, size_t max, int64_t *out);
/* `-?digits[.digits]`, the numbers of queries and of inline fields. */
bool scan_number(struct scan *s, double *out);
/* White space of ECMAScript (utf16_is_space), none or more. */
void scan_space(struct scan *s);

#endif
