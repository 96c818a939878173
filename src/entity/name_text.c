#include "entity/name_text.h"

#include <endian.h>

#include "base/name_key.h"
#include "base/unicode.h"
#include "base/wide.h"
#include "entity/boundary.h"

bool name_is_blank_of_other(uint32_t code) {
    return unicode_class(code) == UNICODE_SPACE;
}

bool name_joins(uint32_t code) {
    return (code >= 0x1160 && code <= 0x11FF) || /* vowels, finals of Hangul */
           unicode_class(code) == UNICODE_MARK;
}

/* Whether normal form has another letter for it: Unicode's singletons and those
 * that composition leaves out, by ranges around them. */
static bool changes(uint32_t code) {
    static const struct code_range ranges[] = {
        {0x0340, 0x0345},   {0x0374, 0x0374},   {0x037E, 0x037E},
        {0x0387, 0x0387},   {0x0958, 0x095F},   {0x09DC, 0x09DF},
        {0x0A33, 0x0A36},   {0x0A59, 0x0A5E},   {0x0B5C, 0x0B5D},
        {0x0F43, 0x0FB9},   {0x1F71, 0x1FFD},   {0x2000, 0x2001},
        {0x2126, 0x2126},   {0x212A, 0x212B},   {0x2329, 0x232A},
        {0x2ADC, 0x2ADC},   {0xF900, 0xFAFF},   {0xFB1D, 0xFB4E},
        {0x1D15E, 0x1D1C0}, {0x2F800, 0x2FA1F},
    };

    return code >= ranges[0].first &&
           unicode_in_ranges(ranges, ARRAY_LEN(ranges), code);
}

static uint32_t key_code(uint32_t code) {
    switch (code) {
    case 0x2019:
    case 0x02BC:
        return '\'';
    case 0x2010:
    case 0x2011:
        return '-';
    case 0x03C2:
        return 0x03C3;
    default:
        return unicode_lower(code);
    }
}

/* With this byte U+0300 begins, the first mark. */
#define FIRST_MARK 0xCC

/* Where the marks behind a letter end; most have none. */
static size_t marks_end(struct str text, size_t at) {
    while (at < text.len && (unsigned char)text.p[at] >= FIRST_MARK) {
        uint32_t code;
        size_t n = utf8_decode(text, at, &code);

        if (!name_joins(code))
            break;
        at += n;
    }
    return at;
}

/* Signs that nothing changes. */
static bool is_emoji(uint32_t code) {
    return code >= 0x1F300 && code <= 0x1FAFF;
}

struct name_letter name_letter(struct str text, size_t at,
                               struct arena *scratch) {
    struct name_letter l = {.rest = STR("")};
    struct str key;
    size_t letter_end = at + utf8_decode(text, at, &l.code);

    if ((l.code < 0x80 || is_emoji(l.code)) &&
        (letter_end == text.len ||
         (unsigned char)text.p[letter_end] < FIRST_MARK))
        return (struct name_letter){
            .code =
                l.code < 0x80 ? (uint32_t)ascii_lower((char)l.code) : l.code,
            .end = letter_end,
            .rest = STR("")};
    l.end = marks_end(text, letter_end);
    if (name_is_blank(l.code)) {
        l.end = letter_end;
        return l;
    }
    if (l.end == letter_end && !changes(l.code)) {
        l.code = key_code(l.code);
        return l;
    }
    key = name_key(scratch, str_slice(text, at, l.end));
    if (key.len > 0) /* "": it changes to a blank */
        l.rest = str_skip(key, utf8_decode(key, 0, &l.code));
    return l;
}

/* --- hashes of keys: by eight bytes at a time --- */

struct key_hash {
    uint64_t hash;
    uint64_t word;  /* bytes that are not in it yet, the first one lowest */
    unsigned nbits; /* of word; below 64 */
};

static uint64_t mixed(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* The `n` ≤ 8 lowest bytes of `bytes`; the others are zero. */
static void add_bytes(struct key_hash *h, uint64_t bytes, size_t n) {
    unsigned before = h->nbits;

    h->word |= bytes << before;
    h->nbits += 8 * (unsigned)n;
    if (h->nbits < 64)
        return;
    h->hash = mixed(h->hash, h->word);
    h->word = before > 0 ? bytes >> (64 - before) : 0;
    h->nbits -= 64;
}

static void add_code(struct key_hash *h, uint32_t code) {
    uint64_t bytes = 0;
    size_t n = utf8_put((char *)&bytes, code);

    add_bytes(h, le64toh(bytes), n);
}

static void add_letter(struct key_hash *h, const struct name_letter *l) {
    add_code(h, l->code);
    for (size_t i = 0; i < l->rest.len; i++)
        add_bytes(h, (unsigned char)l->rest.p[i], 1);
}

static uint64_t finished(const struct key_hash *h) {
    return mixed(h->hash + h->nbits, h->word);
}

/* --- words --- */

static bool in_word(uint32_t code) {
    return name_word_char(code) && !name_unspaced(code);
}

/* Whether a word goes on behind the letter; a name may end behind a mark of a script
 * without blanks, whatever it stands on. */
static bool goes_on(const struct name_letter *l) {
    uint32_t last;

    if (!in_word(l->code) || l->rest.len == 0)
        return in_word(l->code);
    utf8_decode_back(l->rest, l->rest.len, &last);
    return !name_unspaced(last);
}

/* A letter of ASCII that no mark follows. */
static bool is_ascii(struct str text, size_t at) {
    return (unsigned char)text.p[at] < 0x80 &&
           (at + 1 == text.len || (unsigned char)text.p[at + 1] < 0x80);
}

/* The rest of a word. */
static size_t word_end(struct str text, size_t at, struct arena *scratch,
                       struct key_hash *h) {
    while (at < text.len) {
        uint32_t latin;
        struct name_letter l;

        if (is_ascii(text, at)) {
            unsigned char c = (unsigned char)text.p[at++];

            if (!ascii_alnum(c) && c != '_')
                return at - 1;
            add_bytes(h, (unsigned char)ascii_lower((char)c), 1);
            continue;
        }
        latin = name_latin(text, at);
        if (latin != 0) {
            add_code(h, latin);
            at += 2;
            continue;
        }
        l = name_letter(text, at, scratch);
        if (!in_word(l.code))
            break;
        add_letter(h, &l);
        at = l.end;
        if (!goes_on(&l))
            break;
    }
    return at;
}

/* Whether a word of ASCII that comes to `at` may go on there, or a mark follow. */
static inline bool may_go_on(struct str text, size_t at) {
    if (at >= text.len || (unsigned char)text.p[at] < 0x80)
        return false;
    /* U+2000 to U+203F are blanks, dashes and quotes. */
    return !str_starts(str_skip(text, at), STR("\xe2\x80"));
}

#ifdef __SSE2__
/* The sixteen bytes at text[at] of a text that has as many; past its end they are zero. */
static inline __m128i load(struct str text, size_t at) {
    char end[32] = {0};

    if (text.len - at >= 16)
        return wide_load(text.p + at);
    _mm_storeu_si128((__m128i *)(void *)end, wide_load(text.p + text.len - 16));
    return wide_load(end + 16 - (text.len - at));
}

/* The step at text[at] where it is a word of ASCII shorter than sixteen bytes, with the blank that may stand before it: nearly all are.
 * Returns its end; 0: another. */
static inline size_t short_word(struct str text, size_t at, uint64_t *hash) {
    bool blank = text.p[at] == ' ';
    uint64_t halves[2];
    __m128i v = load(text, at), letters, word;
    unsigned n;

    letters = wide_alpha(v);
    word = _mm_or_si128(_mm_or_si128(letters, wide_among(v, '0', 10)),
                        _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
    n = (unsigned)__builtin_ctz(~(wide_bits(word) | blank));
    if (n <= blank || n == 16 || may_go_on(text, at + n))
        return 0;
    v = _mm_or_si128(v, _mm_and_si128(letters, _mm_set1_epi8(0x20)));
    _mm_storeu_si128((__m128i *)(void *)halves,
                     _mm_and_si128(v, wide_first(n)));
    /* As add_bytes and finished would have it. */
    *hash = n < 8 ? mixed(8 * n, halves[0])
                  : mixed(mixed(0, halves[0]) + 8 * (n - 8), halves[1]);
    return at + n;
}
#endif

/* Whether a letter or digit of ASCII stands there, or a letter of Latin. */
static bool begins_word(struct str text, size_t at) {
    return is_ascii(text, at) ? ascii_alnum((unsigned char)text.p[at])
                              : name_latin(text, at) != 0;
}

/* Where the step at text[at] ends; that of trailing white space at 0. */
static size_t step_end(struct str text, size_t at, struct arena *scratch,
                       struct key_hash *h) {
    size_t first = at + (text.p[at] == ' ');
    struct name_letter l;

    if (first < text.len && begins_word(text, first)) { /* nearly all */
        if (first > at)
            add_bytes(h, ' ', 1);
        return word_end(text, first, scratch, h);
    }
    l = name_letter(text, at, scratch);
    if (name_is_blank(l.code)) {
        while (name_is_blank(l.code)) {
            if (l.end == text.len)
                return 0;
            l = name_letter(text, l.end, scratch);
        }
        add_bytes(h, ' ', 1);
    }
    add_letter(h, &l);
    return goes_on(&l) ? word_end(text, l.end, scratch, h) : l.end;
}

/* Any step at text[at]; apart, for what it keeps on the stack is seldom needed. */
__attribute__((noinline)) static size_t read_step(struct str text, size_t at,
                                                  struct name_steps *steps,
                                                  struct arena *scratch,
                                                  uint64_t *hash) {
    struct key_hash h = {0};
    size_t which = at % NAME_STEPS, end;

    if (steps != NULL && !steps->begun)
        *steps = (struct name_steps){.begun = true};
    if (steps != NULL && steps->items[which].begin == at + 1) {
        *hash = steps->items[which].hash;
        return steps->items[which].end;
    }
    end = step_end(text, at, scratch, &h);
    *hash = end > 0 ? finished(&h) : 0;
    end = end > 0 ? end : text.len;
    if (steps != NULL) {
        steps->items[which].begin = (uint32_t)at + 1;
        steps->items[which].end = (uint32_t)end;
        steps->items[which].hash = *hash;
    }
    return end;
}

size_t name_step(struct str text, size_t at, struct name_steps *steps,
                 struct arena *scratch, uint64_t *hash) {
#ifdef __SSE2__
    size_t end;

    if (text.len >= 16 && (end = short_word(text, at, hash)) > 0)
        return end;
#endif
    return read_step(text, at, steps, scratch, hash);
}
