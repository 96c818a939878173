/*
 * needles: many texts looked for in many others at once.
 *
 * The automaton of Aho and Corasick (Communications of the ACM 18, 1975) over
 * bytes: a text is read once, however many needles there are.
 */
#ifndef VAULTSITE_BASE_NEEDLES_H
#define VAULTSITE_BASE_NEEDLES_H

#include <stdint.h>

#include "base/arena.h"

#define NEEDLES_MAX_BYTES (512u << 10)

struct needles; /* const once made: many threads may search with it */

/* `texts` is borrowed; empty ones are never found. Everything is in `a`: about
 * four bytes for each byte of the needles and each byte value in use. Together
 * they may have NEEDLES_MAX_BYTES. */
struct needles *needles_new(struct arena *a, const struct str *texts, size_t n);

/* Called with the index of a needle, once for each place where it stands. */
typedef void needle_found(void *context, size_t needle);
void needles_search(const struct needles *n, struct str text,
                    needle_found *found, void *context);

#endif
