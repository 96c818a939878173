#include "base/hash.h"

/* The same hash in wide registers: the Makefile has this file alone compiled for
 * them, and hash.c calls it where the processor has them. */
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_wide(uint64_t seed, struct str s) {
    return XXH3_64bits_withSeed(s.p, s.len, seed);
}
