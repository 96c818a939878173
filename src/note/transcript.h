/*
 * transcript: the part of a note that is a list of turns (spec/entities.md §6).
 *
 * Private to note/.  A part's turn lines, and all up to the next heading, are kept
 * from the Markdown parser (mask.h) and written by turns.c: dictation is full of `*`
 * and `_`.  The plugins know nothing of transcripts, so queries read tags and fields
 * of those lines as of all others.  Lists among them, also in quotes, are the
 * parser's: items and tasks that somebody noted there are items and tasks.
 */
#ifndef VAULTSITE_NOTE_TRANSCRIPT_H
#define VAULTSITE_NOTE_TRANSCRIPT_H

#include "base/buf.h"
#include "base/vec.h"
#include "note/mask.h"

/* Fewer are ordinary text. */
#define TRANSCRIPT_MIN_TURNS 3
/* Characters of a line in which its time and speaker are looked for. */
#define TRANSCRIPT_HEAD 200
/* Stands for a byte of a comment, which nobody shall see. */
#define TRANSCRIPT_HIDDEN '\x14'

struct transcript {
    struct buf text; /* the body; in `lines`, comments are TRANSCRIPT_HIDDEN */
    VEC(struct mask_lines) lines;  /* of the body that are turns, ascending */
    VEC(struct mask_lines) hidden; /* comments in them */
    uint32_t nturns;
    uint32_t first; /* line of the body with the first turn, from 1; or 0 */
};

void transcript_release(struct transcript *t);

/*
 * Fills *t from `body` (clean). The part is the first section named so, else the
 * whole body where `whole`. With fewer than TRANSCRIPT_MIN_TURNS `lines` is empty,
 * nturns and first tell. `scratch` is used for names. Linear.
 */
void transcript_find(struct transcript *t, struct arena *scratch,
                     struct str body, bool whole);

/*
 * The time that begins `line`: `[H:MM:SS]`, `[MM:SS]`, each with `.cc` or `,ccc`;
 * minutes of 60 and more carry over. Its `[` may be masked. Returns its length in
 * bytes, 0 when there is none, or when it is the text of a link, `[00:15](…)`.
 */
size_t transcript_time(struct str line, uint32_t *seconds);

#endif
