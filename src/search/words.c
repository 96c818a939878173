#include "search/words.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/hash.h"

enum {
    KNOWN = 4096,   /* a power of two */
    KNOWN_MAX = 64, /* bytes; longer words are folded each time */
};

void words_init(struct words *w) {
    *w = (struct words){0};
    arena_init(&w->scratch);
    arena_init(&w->arena);
    w->known = arena_array(&w->arena, struct words_known, KNOWN);
}

void words_release(struct words *w) {
    arena_release(&w->scratch);
    arena_release(&w->arena);
    buf_release(&w->folded);
}

struct word word_make(struct str text) {
    struct word word = {.text = text};

    if (text.len > 8)
        word.key = hash_bytes(text) | 0xFF;
    else if (text.len > 0)
        memcpy(&word.key, text.p, text.len);
    return word;
}

/* --- what is not ASCII --- */

struct finder {
    struct words *words;
    words_found *found;
    void *context;
};

/* What was read before goes first. */
static void flush(const struct finder *f) {
    if (f->words->nread > 0)
        f->found(f->context, f->words->read, f->words->nread);
    f->words->nread = 0;
}

static void give(const struct finder *f, struct str text) {
    struct word word = word_make(unicode_cut(text, WORD_MAX));

    if (text.len == 0)
        return;
    flush(f);
    f->found(f->context, &word, 1);
}

/* The end of what is unspaced from `at` on, or is not. */
static size_t part_end(struct str run, size_t at, bool unspaced) {
    uint32_t code;

    while (at < run.len) {
        size_t n = utf8_decode(run, at, &code);
        if (word_is_unspaced(code) != unspaced)
            break;
        at += n;
    }
    return at;
}

static void give_pairs(const struct finder *f, struct str part) {
    uint32_t code;

    for (size_t at = 0; at < part.len;) {
        size_t next = at + utf8_decode(part, at, &code), end = next;
        if (next < part.len)
            end += utf8_decode(part, next, &code);
        give(f, str_slice(part, at, end));
        at = next;
    }
}

static void give_parts(const struct finder *f, struct str run) {
    for (size_t at = 0; at < run.len;) {
        size_t end = part_end(run, at, false);
        give(f, str_slice(run, at, end));
        at = part_end(run, end, true);
        give_pairs(f, str_slice(run, end, at));
    }
}

static struct str folded(struct words *w, struct str run) {
    struct words_known *known = &w->known[hash_bytes(run) & (KNOWN - 1)];

    if (str_eq(known->written, run))
        return known->folded;
    buf_reset(&w->folded);
    word_fold(&w->scratch, run, &w->folded);
    arena_reset(&w->scratch);
    if (run.len > KNOWN_MAX)
        return buf_str(&w->folded);
    /* What stood here before is left where it is: few words share a place. */
    if (w->arena.total < ((size_t)4 << 20))
        *known =
            (struct words_known){arena_str(&w->arena, run),
                                 arena_str(&w->arena, buf_str(&w->folded))};
    return buf_str(&w->folded);
}

/* Bytes of letters, digits and what is not ASCII: words, and what is between. */
static void split_run(const struct finder *f, struct str run) {
    uint32_t code;

    for (size_t begin = 0, at = 0; at < run.len;) {
        size_t next = at + utf8_decode(run, at, &code);
        bool is_word = word_has(code);

        if (is_word && next < run.len) {
            at = next;
            continue;
        }
        if (is_word)
            at = next;
        if (at > begin)
            give_parts(f, folded(f->words, str_slice(run, begin, at)));
        at = begin = next;
    }
}

/* --- ASCII --- */

enum { STRIDE = 64 };

#define EACH(byte) (0x0101010101010101u * (byte))

/* One bit for each of STRIDE bytes. */
struct bits {
    uint64_t word; /* it belongs to a word: a letter, a digit, or not ASCII */
    uint64_t high; /* it is not ASCII */
};

static uint64_t eight_bytes(struct str text, size_t at) {
    uint64_t bytes = 0;

    if (text.len - at >= sizeof bytes)
        memcpy(&bytes, text.p + at, sizeof bytes);
    else
        memcpy(&bytes, text.p + at, text.len - at);
    return bytes;
}

/* The highest bits of eight bytes, that of the first in memory lowest. */
static uint64_t gathered(uint64_t bits) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bits = __builtin_bswap64(bits);
#endif
    return ((bits & EACH(0x80)) >> 7) * 0x0102040810204080u >> 56;
}

/* The bytes from `at` on; those past the end are between words. */
static struct bits look(struct str text, size_t at) {
    struct bits b = {0};

    for (unsigned i = 0; i < STRIDE && at + i < text.len; i += 8) {
        uint64_t bytes = eight_bytes(text, at + i);
        uint64_t low = bytes & EACH(0x7F), small = low | EACH(0x20);
        uint64_t letters =
            (small + EACH(0x80 - 'a')) & ~(small + EACH(0x7F - 'z'));
        uint64_t digits = (low + EACH(0x80 - '0')) & ~(low + EACH(0x7F - '9'));

        b.word |= gathered(letters | digits | bytes) << i;
        b.high |= gathered(bytes) << i;
    }
    return b;
}

#ifdef __SSE2__
/* The same where STRIDE bytes are there. */
static struct bits look_whole(const char *p) {
    struct bits b = {0};

    for (unsigned i = 0; i < STRIDE; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        /* Signed: what is not ASCII is below all. */
        __m128i letters =
            _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)),
                          _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
        __m128i digits =
            _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)),
                          _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));
        __m128i words = _mm_or_si128(_mm_or_si128(letters, digits), bytes);

        b.word |= (uint64_t)(uint32_t)_mm_movemask_epi8(words) << i;
        b.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << i;
    }
    return b;
}
#endif

static struct bits bits_at(struct str text, size_t at, size_t end) {
#ifdef __SSE2__
    if (text.len - at >= STRIDE) {
        struct bits b = look_whole(text.p + at);
        if (end - at < STRIDE)
            b.word &= ((uint64_t)1 << (end - at)) - 1;
        return b;
    }
#endif
    return look(str_slice(text, 0, end), at);
}

/* The first `n` (at most 8) bytes in memory; the others are 0. */
static inline uint64_t first_bytes(uint64_t bytes, size_t n) {
    static const unsigned char all[16] = {255, 255, 255, 255,
                                          255, 255, 255, 255};
    uint64_t mask;

    memcpy(&mask, all + 8 - n, sizeof mask);
    return bytes & mask;
}

/* Letters and digits: of these alone one bit tells small ones from capitals, and
 * digits have it. */
__attribute__((noinline)) static struct word read_long(char *small,
                                                       struct str run) {
    struct str text = str_make(small, run.len < WORD_MAX ? run.len : WORD_MAX);

    for (size_t at = 0; at < text.len; at += 8) {
        uint64_t bytes = eight_bytes(run, at) | EACH(0x20);
        memcpy(small + at, &bytes, 8);
    }
    return word_make(text);
}

/* A short one is its own key. */
static inline void read_ascii(struct words *w, struct word *word,
                              struct str text, size_t begin, size_t end) {
    size_t len = end - begin;

    if (len > 8) {
        *word =
            read_long(w->small[word - w->read], str_slice(text, begin, end));
        return;
    }
    word->key = first_bytes(eight_bytes(text, begin) | EACH(0x20), len);
    word->text = str_make((const char *)&word->key, len);
}

/* What is known from one stride to the next. */
struct place {
    size_t begin; /* of the word that is open */
    bool inside;  /* one is */
    bool high;    /* and has something that is not ASCII */
};

static inline size_t take_lowest(uint64_t *bits) {
    size_t bit = (size_t)__builtin_ctzll(*bits);

    *bits &= *bits - 1;
    return bit;
}

/* The words that end in the stride at `at`, where all is ASCII.  A function of its own,
 * for all that its loop needs to stay in registers. */
__attribute__((noinline)) static void read_plain(struct words *w,
                                                 struct str text, size_t at,
                                                 uint64_t begins, uint64_t ends,
                                                 struct place *open) {
    struct word *word = &w->read[w->nread];

    if (open->inside && ends != 0)
        read_ascii(w, word++, text, open->begin, at + take_lowest(&ends));
    while (ends != 0) {
        size_t begin = at + take_lowest(&begins);
        read_ascii(w, word++, text, begin, at + take_lowest(&ends));
    }
    w->nread = (size_t)(word - w->read);
    if (begins != 0)
        open->begin = at + take_lowest(&begins);
}

/* Where something is not. */
__attribute__((noinline)) static void read_mixed(const struct finder *f,
                                                 struct str text, size_t at,
                                                 struct bits b, uint64_t begins,
                                                 uint64_t ends,
                                                 struct place *open) {
    struct words *w = f->words;

    while (ends != 0) {
        size_t begin = open->inside ? 0 : take_lowest(&begins);
        size_t end = take_lowest(&ends);
        uint64_t own =
            (((uint64_t)1 << end) - 1) & ~(((uint64_t)1 << begin) - 1);

        if (!open->inside)
            open->begin = at + begin;
        if ((b.high & own) != 0 || open->high)
            split_run(f, str_slice(text, open->begin, at + end));
        else
            read_ascii(w, &w->read[w->nread++], text, open->begin, at + end);
        open->inside = open->high = false;
    }
    if (begins != 0) {
        size_t begin = take_lowest(&begins);
        open->begin = at + begin;
        open->high = b.high >> begin != 0;
    } else if (open->inside) {
        open->high |= b.high != 0;
    }
}

void words_split(struct words *w, struct str text, size_t at, size_t end,
                 words_found *found, void *context) {
    const struct finder f = {w, found, context};
    struct place open = {.begin = at};

    /* Once more where the text ends with the last bit. */
    for (; at <= end; at += STRIDE) {
        struct bits b = bits_at(text, at, end);
        uint64_t before = b.word << 1 | open.inside;
        uint64_t begins = b.word & ~before, ends = before & ~b.word;

        if (b.high == 0 && !open.high)
            read_plain(w, text, at, begins, ends, &open);
        else
            read_mixed(&f, text, at, b, begins, ends, &open);
        open.inside = b.word >> (STRIDE - 1) != 0;
        if (w->nread >= WORDS_READ - STRIDE / 2)
            flush(&f);
    }
    flush(&f);
}

void words_key(struct words *w, struct str text, struct buf *out) {
    buf_add_str(out, folded(w, text));
}
