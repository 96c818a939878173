/*
 * speaker_labels: the texts with which turns of one transcript may begin, and whom they
 * mean (spec/entities.md §6).
 *
 * Which of them begins a turn is speakers.c's business.
 */
#ifndef VAULTSITE_ENTITY_SPEAKER_LABELS_H
#define VAULTSITE_ENTITY_SPEAKER_LABELS_H

#include "base/map.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "entity/speakers.h"

/* A text that stands before a separator, or a name. */
struct label {
    uint32_t times;
    uint32_t entity; /* ENTITY_NONE: nobody known */
    bool is_label;
    bool is_learnt; /* seen before a separator */
    bool speaks;    /* for speakers.c; false */
};

struct labels {
    struct arena *scratch;
    const struct speaker_names *names;
    struct map known;      /* text -> struct label */
    VEC(uint32_t) lengths; /* of those that are labels, longest first */
};

/* Those of the note's turns and the given ones. All is in `scratch` but what
 * labels_release frees; texts are borrowed from the note and `names`. */
void labels_learn(struct labels *l, struct arena *scratch, const struct note *n,
                  const struct speaker_names *names);
void labels_release(struct labels *l);

/* The longest label that begins the turn, and *text is it; NULL: none does. */
struct label *labels_at(const struct labels *l, const struct turn *turn,
                        struct str *text);

/* The character at `at` of a turn, and its length. */
static inline uint32_t turn_char(struct str s, size_t at, size_t *len) {
    uint32_t code;

    *len = utf8_decode(s, at, &code);
    return code;
}

/* Length of the separator at `at` of the turn's head, or 0. What follows a head that
 * goes on is not its end. */
size_t label_separator(const struct turn *turn, size_t at);

#endif
