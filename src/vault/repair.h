/*
 * repair: text that a tool read in a wrong encoding and wrote again (mojibake),
 * made what it was (spec/entities.md §7).
 *
 * `‚Äô` is the UTF-8 of `’` read as Mac Roman, `â€™` read as Windows-1252. Only
 * what certainly is such damage is undone, and what stands in a text that is
 * damaged throughout: an honest text must stay.  Nothing here knows of files,
 * settings or findings (vault/damage.h).
 */
#ifndef VAULTSITE_VAULT_REPAIR_H
#define VAULTSITE_VAULT_REPAIR_H

#include "base/buf.h"
#include "vault/repair_edit.h"

/* One place that was changed. */
struct repair_change {
    uint32_t begin, end;         /* bytes of the text as it was given */
    uint32_t new_begin, new_end; /* bytes of the repaired text */
};

/*
 * What a repair found, and its memory. Zero-initialised it is ready; it serves any
 * number of texts, and repair_release ends it. Changes and text belong to it and
 * hold until the next text.
 */
struct repair {
    VEC(struct repair_change) changes; /* by place; empty: nothing is damaged */
    size_t count[REPAIR_CODECS];       /* characters made, in the first round */
    /* First byte, in the text as it was given, of damage that could not be undone
     * though other damage was; STR_NONE: none. */
    size_t left;
    /* how it is done */
    struct repair_sequences found[REPAIR_CODECS];
    struct repair_edits chosen, edits;
    repair_stretch_vec made, again; /* by this round; by the one before it */
    struct buf texts[2];
};

void repair_release(struct repair *r);

/*
 * The note's text repaired: `text` itself where nothing is damaged, its
 * frontmatter says `mojibake: keep`, or it has 4 GB. It is UTF-8 if `text` is,
 * never longer, and has the same line breaks. Linear in the text; without a
 * character past ASCII one look at its bytes, without a damaged one no allocation
 * beyond lists that are used again.
 */
struct str repair_text(struct repair *r, struct str text);

/*
 * A name (a component of a path, the target of a link) in the form in which names
 * are compared and shown: NFC, and repaired by the evidence in it alone (§7.2).
 * Returns `name` itself or a text in `a`. ASCII costs one look.
 */
struct str repair_name(struct arena *a, struct str name);
/* The same for each component of a path. */
struct str repair_path(struct arena *a, struct str path);

#endif
