/*
 * wide: sixteen bytes at a time, where the processor has SSE2.
 *
 * A loop that uses it stands before the same one for single bytes, which reads the
 * rest, and is all that other processors have.
 */
#ifndef VAULTSITE_BASE_WIDE_H
#define VAULTSITE_BASE_WIDE_H

#ifdef __SSE2__
#include <emmintrin.h>
#include <stdint.h>

/* The sixteen bytes at p, which need not be aligned. */
static inline __m128i wide_load(const char *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* All ones in each byte that is `first` or one of the n - 1 that follow it. */
static inline __m128i wide_among(__m128i v, unsigned first, unsigned n) {
    /* Moved to where signed bytes end, so that one comparison is enough. */
    return _mm_cmpgt_epi8(
        _mm_add_epi8(v, _mm_set1_epi8((char)(0x80 - n - first))),
        _mm_set1_epi8((char)(0x7F - n)));
}

/* The letters of ASCII, in both cases. */
static inline __m128i wide_alpha(__m128i v) {
    return wide_among(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 26);
}

static inline __m128i wide_alnum(__m128i v) {
    return _mm_or_si128(wide_alpha(v), wide_among(v, '0', 10));
}

/* All ones in the first `n` bytes. */
static inline __m128i wide_first(unsigned n) {
    __m128i numbers =
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    return _mm_cmplt_epi8(numbers, _mm_set1_epi8((char)n));
}

/* The high bit of each byte; that of the first is the lowest. */
static inline unsigned wide_bits(__m128i v) {
    return (unsigned)_mm_movemask_epi8(v);
}

/* The high bits of the sixty-four bytes of four registers, likewise. */
static inline uint64_t wide_bits_of_four(__m128i a, __m128i b, __m128i c,
                                         __m128i d) {
    return wide_bits(a) | wide_bits(b) << 16 | (uint64_t)wide_bits(c) << 32 |
           (uint64_t)wide_bits(d) << 48;
}
#endif

#endif
