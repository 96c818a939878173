/*
 * name_text: the letters of a text as name keys have them, one after the other.
 *
 * What base/name_key.h makes of a text, without making it: for looking up names at
 * many places of long texts.
 */
#ifndef VAULTSITE_ENTITY_NAME_TEXT_H
#define VAULTSITE_ENTITY_NAME_TEXT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/unicode.h"

/* A letter with the marks that belong to it. */
struct name_letter {
    uint32_t code;   /* the first of its key */
    size_t end;      /* where it ends in the text */
    struct str rest; /* UTF-8 of the key's further code points; seldom any */
};

/* The letter at text[at] (at < text.len). Blanks are given as they stand. `scratch`
 * is used where marks stand apart from their letter. */
struct name_letter name_letter(struct str text, size_t at,
                               struct arena *scratch);

/* Whether `code` may be joined to the letter before it, or stand in another order
 * behind it, in normal form: marks, and the later letters of a Hangul syllable. */
bool name_joins(uint32_t code);
bool name_is_blank_of_other(uint32_t code);
/* White space of any script. */
static inline bool name_is_blank(uint32_t code) {
    return code < 0x80 ? ascii_space((unsigned char)code)
                       : name_is_blank_of_other(code);
}

/* The letter at text[at] (at < text.len) as a key has it, where it is one of Latin past
 * ASCII, U+00C0 to U+023F, and no mark, from U+0300 on, follows: most that are not
 * of ASCII. Two bytes long. 0: it is another. */
static inline uint32_t name_latin(struct str text, size_t at) {
    const unsigned char *p = (const unsigned char *)text.p + at;
    size_t left = text.len - at;
    uint32_t code;

    if (p[0] < 0xC3 || p[0] > 0xC8 || left < 2 || (left > 2 && p[2] >= 0xCC))
        return 0;
    code = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    return code == 0xD7 || code == 0xF7 ? 0 : unicode_lower(code);
}

/* The steps of one text that were read last, by where they begin: a text that repeats
 * itself would else be read again from each place where a name may begin. Those of a
 * short word are not kept. */
#define NAME_STEPS 256 /* a power of two */
struct name_steps {
    bool begun; /* begins as false; the items need not be set before */
    struct {
        uint32_t begin, end; /* begin: plus 1; 0: none */
        uint64_t hash;
    } items[NAME_STEPS];
};

/*
 * Reads one step of a name at text[at] (at < text.len): white space, if any, and then a
 * word, or a letter of a script without blanks between words, or a sign. *hash is that
 * of its letters, as name keys have them; returns where it ends. That is text.len, and
 * *hash 0, where only white space is left. `steps` are those of this very text, or NULL.
 */
size_t name_step(struct str text, size_t at, struct name_steps *steps,
                 struct arena *scratch, uint64_t *hash);

#endif
