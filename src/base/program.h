/*
 * program: files that belong to the running program, and where they are.
 */
#ifndef VAULTSITE_BASE_PROGRAM_H
#define VAULTSITE_BASE_PROGRAM_H

#include "base/arena.h"

/*
 * The first of two places that may be used in `mode` (R_OK, X_OK): `beside` in the
 * folder of the running program, where `make` puts things, and `installed` from
 * there, where `make install` does. Never looked for by PATH (decisions.md 35). In
 * `a`; NULL: it is in neither, or the program's own place is not known.
 */
const char *program_file(struct arena *a, const char *beside,
                         const char *installed, int mode);

#endif
