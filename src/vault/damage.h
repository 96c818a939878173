/*
 * damage: a note's text made what it was before a wrong encoding, as `mojibake:`
 * says (spec/entities.md §7.2, §8), with its findings.
 *
 * What repair.h undoes, done to one note after another; and the way back, from a
 * place in the repaired text to the column it has on disk.
 */
#ifndef VAULTSITE_VAULT_DAMAGE_H
#define VAULTSITE_VAULT_DAMAGE_H

#include "vault/repair.h"
#include "vault/vault.h"

/* Behind this place columns differ by `extra` from those on disk, to the end of
 * the line. */
struct damage_shift {
    uint32_t line, column; /* of the repaired text */
    uint32_t extra;        /* code points that are missing before it */
};

/* One thread's. Zero-initialised it is ready; damage_release ends it. */
struct damage {
    struct repair repair;
    VEC(struct damage_shift) shifts; /* by place; empty: columns are right */
    struct buf text;
    size_t count; /* characters repaired in the note, of the first round */
};

void damage_release(struct damage *g);

/*
 * The text of `file` that is read on from here: repaired, or with `report` and
 * `off` as it is. C1 controls that are left become U+FFFD; where nothing is to be
 * repaired only those of the frontmatter, which YAML would refuse. `text` is
 * that of text_clean; what is returned is `text` or belongs to `g` until the
 * next one. Findings are those of the text and of the file's name.
 */
struct str damage_undo(struct damage *g, const struct settings *s,
                       const struct vault_file *file, struct str text,
                       struct diags *d);
/* The column on disk of a place in the text that damage_undo returned; lines are
 * the same. O(log of the repaired places). 0 stays 0. */
uint32_t damage_column(const struct damage *g, uint32_t line, uint32_t column);

#endif
