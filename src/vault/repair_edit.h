/*
 * repair_edit: what is to be done to a damaged text, place by place.
 *
 * repair.c makes the list and carries it out; repair_lost.c adds what lost a byte
 * of its own, repair_code.c takes out what stands in code.
 */
#ifndef VAULTSITE_VAULT_REPAIR_EDIT_H
#define VAULTSITE_VAULT_REPAIR_EDIT_H

#include "vault/repair_sequence.h"

enum repair_edit_kind {
    REPAIR_SEQUENCE, /* of §7.3 */
    REPAIR_LOST,     /* a row of §7.5: one byte of it was dropped */
    REPAIR_LEFT,     /* damage that nothing is restored from */
};

struct repair_edit {
    uint32_t begin, end; /* bytes of the text */
    uint32_t code;       /* what comes instead; U+FEFF: nothing */
    enum repair_edit_kind kind;
    enum repair_codec codec;
    bool certain; /* of a sequence; a lost byte's is */
    bool replaced;
    bool left;    /* damage, not replaced */
    bool in_code; /* of a note that is damaged in parts: it is shown as it is */
    uint32_t out_begin, out_end; /* where it went, when it was replaced */
};

struct repair_edits {
    VEC(struct repair_edit) list; /* by place, without overlaps */
};

/*
 * Appends to `out` the edits of `in`, and between them what lost a byte (§7.5), in
 * a text whose UTF-8 was read as cp1252. Only what lies in one of the stretches is
 * looked at. One pass.
 */
void repair_find_lost(struct repair_edits *out, const struct repair_edits *in,
                      struct str text, const struct repair_stretch *stretches,
                      size_t n);

/* Sets in_code, and clears replaced, of all that stands in code: fenced blocks,
 * but for those that are queries, and inline code of one line. One pass. */
void repair_leave_code(struct repair_edits *edits, struct str text);

#endif
