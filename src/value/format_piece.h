/*
 * format_piece: the formats of dates and durations, piece by piece.
 *
 * A piece is a run of one letter, or what stands between two `'`; `''` is the
 * sign itself. What the letters mean is the caller's business.
 */
#ifndef VAULTSITE_VALUE_FORMAT_PIECE_H
#define VAULTSITE_VALUE_FORMAT_PIECE_H

#include "base/str.h"

struct format_piece {
    struct str text; /* what it stands for where it is no token */
    char letter;     /* NUL for a literal */
    size_t times;    /* how often the letter stands there */
};

/* Takes the next piece off `*rest`; false at its end. A literal without its
 * second `'` goes on to the end. */
bool format_piece_next(struct str *rest, struct format_piece *p);

#endif
