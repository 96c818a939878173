#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#ifdef __x86_64__
/* Shorter texts gain nothing. */
#define WIDE 1024

static bool has_wide(void) {
    return __builtin_cpu_supports("avx2") != 0;
}
#else
#define WIDE SIZE_MAX

static bool has_wide(void) {
    return false;
}
#endif

uint64_t hash_narrow(uint64_t seed, struct str s) {
    return XXH3_64bits_withSeed(s.p != NULL ? s.p : "", s.len, seed);
}

uint64_t hash_join(uint64_t seed, struct str s) {
    return s.len >= WIDE && has_wide() ? hash_wide(seed, s)
                                       : hash_narrow(seed, s);
}

/* With the seed 0 it is XXH3 without one. */
uint64_t hash_bytes(struct str s) {
    return hash_join(0, s);
}

void hash_hex(uint64_t h, char out[16]) {
    for (int i = 15; i >= 0; i--) {
        out[i] = "0123456789abcdef"[h & 15];
        h >>= 4;
    }
}
