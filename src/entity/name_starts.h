/*
 * name_starts: with which bytes of a text names may begin.
 *
 * Nearly every place of a text is passed over by its first bytes, whatever the number of
 * names. What is let through is looked at by name_finder.
 */
#ifndef VAULTSITE_ENTITY_NAME_STARTS_H
#define VAULTSITE_ENTITY_NAME_STARTS_H

#include <endian.h>
#include <stdint.h>

#include "base/str.h"

/* A set of numbers below 65,536. */
struct start_set {
    uint64_t words[1024];
};

static inline bool start_set_has(const struct start_set *b, uint32_t n) {
    return (b->words[(n & 0xFFFF) >> 6] >> (n & 63) & 1) != 0;
}

/* Begins as {0}. */
struct name_starts {
    struct start_set pairs; /* the first two bytes: name_starts_pair_of */
    struct start_set
        triples; /* the first three, all of ASCII: name_starts_triple_of */
    struct start_set
        firsts; /* the first code point of the key: its low 16 bits */
    /* Names begin with capitals, or what is not of ASCII, unless one of these is set. */
    bool lower; /* a name may begin in lower case or with a digit */
    bool signs; /* or with another sign of ASCII */
};

/* From now on `name`, as it is written, and whatever else has its key (base/name_key.h,
 * not empty) and capitals where it has may begin with its bytes. */
void name_starts_add(struct name_starts *s, struct str name, struct str key);

static inline uint32_t name_starts_pair_of(unsigned char first,
                                           unsigned char second) {
    return (uint32_t)first << 8 | second;
}

/* A number of three bytes of ASCII, the lowest of `bytes`, whatever the case of their
 * letters: others may have the same. */
static inline uint32_t name_starts_triple_of(uint32_t bytes) {
    return ((bytes | 0x202020) & 0xFFFFFF) * UINT32_C(0x9E3779B1) >> 16;
}

/* Whether a name may begin with the two bytes at `at` (< text.len). */
static inline bool name_starts_pair(const struct name_starts *s,
                                    struct str text, size_t at) {
    const unsigned char *p = (const unsigned char *)text.p + at;

    return start_set_has(
        &s->pairs, name_starts_pair_of(p[0], at + 1 < text.len ? p[1] : ' '));
}

/* Whether one may, as far as the bytes at `at` (< text.len) alone tell. */
static inline bool name_starts_bytes(const struct name_starts *s,
                                     struct str text, size_t at) {
    uint32_t four;

    if (text.len - at >= sizeof four) {
        memcpy(&four, text.p + at, sizeof four);
        four = le32toh(four);
        /* Elsewhere a mark may belong to one of the three. */
        if ((four & 0x80808080) == 0 &&
            !start_set_has(&s->triples, name_starts_triple_of(four)))
            return false;
    }
    return name_starts_pair(s, text, at);
}

/* Whether a name may begin with a letter whose key begins with `code`. */
static inline bool name_starts_letter(const struct name_starts *s,
                                      uint32_t code) {
    return start_set_has(&s->firsts, code);
}

#endif
