/*
 * repair_sequence: the places of a text that may be UTF-8 read wrongly, and which
 * of them certainly are (spec/entities.md §7.3, §7.4).
 *
 * One pass over the text for both codecs, and two over what was found of each.  What becomes of the sequences is repair.c's business.
 */
#ifndef VAULTSITE_VAULT_REPAIR_SEQUENCE_H
#define VAULTSITE_VAULT_REPAIR_SEQUENCE_H

#include "base/str.h"
#include "base/vec.h"
#include "vault/repair_codec.h"

/* Bytes [begin, end) of a text. */
struct repair_stretch {
    uint32_t begin, end;
};

typedef VEC(struct repair_stretch) repair_stretch_vec;

struct repair_sequence {
    uint32_t begin, end; /* bytes of the text */
    uint32_t code;       /* the one character that it was */
    bool certain;        /* class A of §7.4 */
    bool chosen;         /* for repair.c; false */
};

struct repair_sequences {
    VEC(struct repair_sequence) list; /* by place, without overlaps */
    size_t ncertain;
};

/*
 * Fills `found` (its memory is used again; the caller releases the lists) with each
 * codec's sequences of `text` that lie in one of the `n` stretches, which are in order,
 * do not touch and begin and end between characters. `text` is UTF-8 of less
 * than 4 GB. Nothing is allocated while nothing is found.
 */
void repair_find(struct repair_sequences found[REPAIR_CODECS], struct str text,
                 const struct repair_stretch *stretches, size_t n);

#endif
