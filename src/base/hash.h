/*
 * hash: XXH3 of bytes.  Content addressing and keys of maps; not for secrets.
 */
#ifndef VAULTSITE_BASE_HASH_H
#define VAULTSITE_BASE_HASH_H

#include <stdint.h>

#include "base/str.h"

uint64_t hash_bytes(struct str s);
/* The same over two pieces: hash_join(hash_bytes(a), b) depends on both. */
uint64_t hash_join(uint64_t seed, struct str s);
/* hash_join with the registers that each processor has, and with AVX2 where it is known
 * to have that: the same hash. For hash.c. */
uint64_t hash_narrow(uint64_t seed, struct str s);
uint64_t hash_wide(uint64_t seed, struct str s);
/* 16 lower-case hex digits, no NUL. */
void hash_hex(uint64_t h, char out[16]);

#endif
