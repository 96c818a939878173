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

static void flush(const struct finder *f) {
    if (f->words->nread > 0)
        f->found(f->context, f->words->read, f->words->nread);
    f->words->nread = 0;
}

/* Room for one more. */
static inline struct word *next_word(const struct finder *f) {
    if (f->words->nread == WORDS_READ)
        flush(f);
    return &f->words->read[f->words->nread++];
}

static void give(const struct finder *f, struct str text) {
    if (text.len > 0)
        *next_word(f) = word_make(unicode_cut(text, WORD_MAX));
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

/* Where the folding of `run` stands, if it was made already. */
static struct words_known *place_of(struct words *w, struct str run) {
    return &w->known[hash_bytes(run) & (KNOWN - 1)];
}

/* It stays where it is: else what is returned is gone with the next call. */
static bool is_kept(const struct words *w, struct str fold) {
    return fold.p != w->folded.p;
}

static struct str folded(struct words *w, struct str run) {
    struct words_known *known = place_of(w, run);
    struct str fold;

    if (str_eq(known->written, run))
        return known->folded;
    buf_reset(&w->folded);
    word_fold(&w->scratch, run, &w->folded);
    arena_reset(&w->scratch);
    fold = buf_str(&w->folded);
    /* What stood here before is left where it is: few words share a place. */
    if (run.len > KNOWN_MAX || w->arena.total >= (size_t)4 << 20)
        return fold;
    *known = (struct words_known){.written = arena_str(&w->arena, run),
                                  .folded = arena_str(&w->arena, fold)};
    if (part_end(fold, 0, false) == fold.len)
        known->word = word_make(unicode_cut(known->folded, WORD_MAX));
    return known->folded;
}

/* Letters and digits that follow one another, at least one of them not ASCII. */
static void split_letters(const struct finder *f, struct str run) {
    struct str fold = folded(f->words, run);

    give_parts(f, fold);
    if (!is_kept(f->words, fold))
        flush(f);
}

/* Bytes of letters, digits and what is not ASCII: words, and what is between. */
static void split_run(const struct finder *f, struct str run) {
    const struct words_known *known = place_of(f->words, run);
    uint32_t code;

    if (known->word.text.len > 0 && str_eq(known->written, run)) {
        *next_word(f) = known->word;
        return;
    }
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
            split_letters(f, str_slice(run, begin, at));
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
/* Adds 16 bytes, from `shift` on in the stride. */
static inline void look_at_16(struct bits *b, const char *p, unsigned shift) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    /* Signed: what is past `z` or `9` is below all, and so is what is not ASCII. */
    __m128i letters =
        _mm_cmpgt_epi8(_mm_add_epi8(small, _mm_set1_epi8(0x7F - 'z')),
                       _mm_set1_epi8(0x7F - 'z' + 'a' - 1));
    __m128i digits =
        _mm_cmpgt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8(0x7F - '9')),
                       _mm_set1_epi8(0x7F - '9' + '0' - 1));
    __m128i words = _mm_or_si128(_mm_or_si128(letters, digits), bytes);

    b->word |= (uint64_t)(uint32_t)_mm_movemask_epi8(words) << shift;
    b->high |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << shift;
}

/* The same where STRIDE bytes are there. */
static struct bits look_whole(const char *p) {
    struct bits b = {0};

    look_at_16(&b, p, 0);
    look_at_16(&b, p + 16, 16);
    look_at_16(&b, p + 32, 32);
    look_at_16(&b, p + 48, 48);
    return b;
}
#endif

static struct bits bits_at(struct str text, size_t at, size_t end) {
#ifdef __SSE2__
    if (text.len - at >= STRIDE) {
        struct bits b = look_whole(text.p + at);
        if (end - at < STRIDE) {
            b.word &= ((uint64_t)1 << (end - at)) - 1;
            b.high &= b.word;
        }
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

/* Whether eight bytes may be read wherever a word begins before the end of the stride
 * at `at`. */
static bool is_roomy(struct str text, size_t at) {
    return text.len - at >= STRIDE + sizeof(uint64_t);
}

/* A short one, of which `bytes` are the first eight, is its own key. */
static inline void read_short(struct word *word, uint64_t bytes, size_t len) {
    word->key = first_bytes(bytes | EACH(0x20), len);
    word->text = str_make((const char *)&word->key, len);
}

static void read_ascii(struct words *w, struct word *word, struct str run) {
    if (run.len > sizeof word->key)
        *word = read_long(w->small[word - w->read], run);
    else
        read_short(word, eight_bytes(run, 0), run.len);
}

/* What is known from one stride to the next. */
struct place {
    size_t begin; /* of the word that is open */
    bool inside;  /* one is */
    bool high;    /* and has something that is not ASCII */
};

static inline size_t take_lowest(uint64_t *bits) {
    size_t bit = (size_t)(unsigned)__builtin_ctzll(*bits);

    *bits &= *bits - 1;
    return bit;
}

/* The words that end in the stride at `at`, where all is ASCII, and roomy.  A function
 * of its own, for all that its loop needs to stay in registers. */
__attribute__((noinline)) static void read_plain(struct words *w, const char *p,
                                                 size_t at, uint64_t begins,
                                                 uint64_t ends,
                                                 struct place *open) {
    struct word *word = &w->read[w->nread];
    const char *stride = p + at, *begin = p + open->begin;

    if (!open->inside && begins != 0)
        begin = stride + take_lowest(&begins);
    while (ends != 0) {
        const char *end = stride + take_lowest(&ends);
        size_t len = (size_t)(end - begin);
        uint64_t bytes;

        memcpy(&bytes, begin, sizeof bytes);
        if (len <= sizeof bytes)
            read_short(word, bytes, len);
        else
            *word = read_long(w->small[word - w->read], str_make(begin, len));
        word++;
        if (begins == 0)
            break;
        begin = stride + take_lowest(&begins);
    }
    w->nread = (size_t)(word - w->read);
    open->begin = (size_t)(begin - p);
}

/* Where something is not. */
__attribute__((noinline)) static void read_mixed(const struct finder *f,
                                                 struct str text, size_t at,
                                                 struct bits b, uint64_t begins,
                                                 uint64_t ends,
                                                 struct place *open) {
    while (ends != 0) {
        size_t begin = open->inside ? 0 : take_lowest(&begins);
        size_t end = take_lowest(&ends);
        uint64_t own =
            (((uint64_t)1 << end) - 1) & ~(((uint64_t)1 << begin) - 1);
        struct str run;

        if (!open->inside)
            open->begin = at + begin;
        run = str_slice(text, open->begin, at + end);
        if ((b.high & own) != 0 || open->high)
            split_run(f, run);
        else
            read_ascii(f->words, next_word(f), run);
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

/* What is not ASCII and in no word, a dash or an emoji, is between words: `b` holds less
 * then, often nothing that is not ASCII. What goes on in the next stride, or, `cut`, is
 * from the one before, stays. */
static void leave_out_signs(struct str text, size_t at, bool cut,
                            struct bits *b) {
    uint64_t left = b->high;
    unsigned bit = 0;

    for (; cut && bit < 3 && (left >> bit & 1) != 0 &&
           ((unsigned char)text.p[at + bit] & 0xC0) == 0x80;
         bit++)
        left &= left - 1;
    while (left != 0) {
        uint32_t code;
        uint64_t own;
        size_t n;

        bit = (unsigned)__builtin_ctzll(left);
        n = utf8_decode(text, at + bit, &code);
        if (bit + n > STRIDE)
            return;
        own = (((uint64_t)1 << n) - 1) << bit;
        left &= ~own;
        if (!word_has(code)) {
            b->word &= ~own;
            b->high &= ~own;
        }
    }
}

void words_split(struct words *w, struct str text, size_t at, size_t end,
                 words_found *found, void *context) {
    const struct finder f = {w, found, context};
    struct place open = {.begin = at};

    /* Once more where the text ends with the last bit. */
    for (; at <= end; at += STRIDE) {
        struct bits b = bits_at(text, at, end);
        uint64_t before, begins, ends;

        if (b.high != 0)
            leave_out_signs(text, at, open.high, &b);
        before = b.word << 1 | open.inside;
        begins = b.word & ~before;
        ends = before & ~b.word;
        if (b.high == 0 && !open.high && is_roomy(text, at))
            read_plain(w, text.p, at, begins, ends, &open);
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
