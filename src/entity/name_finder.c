#include "entity/name_finder.h"

#include "base/name_key.h"
#include "base/unicode.h"
#include "base/wide.h"
#include "entity/beginnings.h"
#include "entity/boundary.h"
#include "entity/name_text.h"

struct sought_name {
    struct str name; /* as written */
    uint32_t entity;
    bool sought, shared;
    bool exact; /* one word */
};

#define NLETTERS                                                               \
    37 /* 36 letters and digits, and 0: three give less than 65,536 */

/* A set of numbers below 65,536. */
struct bits {
    uint64_t words[1024];
};

static void bits_add(struct bits *b, uint32_t n) {
    b->words[(n & 0xFFFF) >> 6] |= UINT64_C(1) << (n & 63);
}

static bool bits_has(const struct bits *b, uint32_t n) {
    return (b->words[(n & 0xFFFF) >> 6] >> (n & 63) & 1) != 0;
}

struct name_finder {
    struct arena *arena;
    struct beginnings beginnings; /* meanings: names */
    struct sought_name *names;
    uint32_t nnames;
    struct bits pairs; /* two bytes that may begin a name */
    /* triple_at of keys. */
    struct bits triples;
    /* Of a letter or digit of ASCII, in either case, a number from 1 on; of others 0. */
    unsigned char letters[256];
    struct bits firsts; /* first code points of keys, their low 16 bits */
    /* Names begin with capitals, or what is not of ASCII, unless one of these is set. */
    bool lower; /* a name may begin in lower case or with a digit */
    bool signs; /* or with another sign of ASCII */
};

struct name_finder *name_finder_new(struct arena *a, size_t max) {
    struct name_finder *f = arena_new(a, struct name_finder);

    f->arena = a;
    f->names = arena_array(a, struct sought_name, max);
    for (unsigned char i = 0; i < 26; i++)
        f->letters['a' + i] = f->letters['A' + i] = i + 1;
    for (unsigned char i = 0; i < 10; i++)
        f->letters['0' + i] = i + 27;
    return f;
}

/* --- what may begin a name --- */

static uint32_t pair_of(unsigned char first, unsigned char second) {
    return first | (uint32_t)second << 8;
}

/* The number of the three letters or digits of ASCII with which text[at] begins, in
 * either case; 0 where it begins otherwise, or a mark may belong to the last. */
static inline uint32_t triple_at(const struct name_finder *f, struct str text,
                                 size_t at) {
    const unsigned char *p = (const unsigned char *)text.p + at;
    uint32_t a, b, c;

    if (text.len - at < 4)
        return 0;
    a = f->letters[p[0]];
    b = f->letters[p[1]];
    c = f->letters[p[2]];
    return a == 0 || b == 0 || c == 0 || p[3] >= 0x80
               ? 0
               : (a * NLETTERS + b) * NLETTERS + c;
}

static bool is_capital(uint32_t code) {
    return unicode_lower(code) != code;
}

static void add_pairs(struct name_finder *f, unsigned first, unsigned begin,
                      unsigned end) {
    for (unsigned second = begin; second <= end; second++)
        bits_add(&f->pairs,
                 pair_of((unsigned char)first, (unsigned char)second));
}

/* The ways in which a key's first letter, of ASCII, and the next may be written: each
 * in both cases, the next in other bytes where it is a blank, a quote or dash, or has
 * a mark of its own. */
static void add_ascii(struct name_finder *f, unsigned first, struct str rest) {
    unsigned char second = rest.len > 0 ? (unsigned char)rest.p[0] : 0xFF;

    add_pairs(f, first, 0x80, 0xFF);
    if (second >= 0x80) {
        add_pairs(f, first, 0, 0x7F);
    } else if (second == ' ') {
        add_pairs(f, first, 0, ' ');
    } else {
        add_pairs(f, first, second, second);
        if (ascii_alpha(second))
            add_pairs(f, first, second & ~0x20u, second & ~0x20u);
    }
}

/* `é`, `≠` may be written as a byte of ASCII and a mark, U+0300 to U+036F. */
static void add_apart(struct name_finder *f, uint32_t code, bool capital) {
    bool letter = code < 0x250 || (code >= 0x1E00 && code <= 0x1EFF);
    bool sign = code >= 0x2190 && code <= 0x22FF;

    if (!letter && !sign)
        return;
    f->lower |= letter && !capital;
    f->signs |= sign;
    for (unsigned c = 0; c < 0x80; c++)
        add_pairs(f, c, 0xCC, 0xCD);
}

static bool is_sign(uint32_t code) {
    return (code >= 0x2000 && code < 0x2C00) || code >= 0x1F000;
}

/* Letters that are not of ASCII may begin a name with any bytes; those of dashes,
 * quotes and arrows, which texts are full of, only with some. */
static void add_wide(struct name_finder *f, uint32_t code) {
    bool signs = is_sign(code) || code == '\'' || code == '-';

    /* K and Å of their own stand among the signs. */
    add_pairs(f, 0xE2, 0x84, 0x84);
    if (code < 0x80 && !signs && code != 'i')
        return;
    for (unsigned first = 0xC2; first <= 0xF4; first++)
        if (first != 0xE2)
            add_pairs(f, first, 0x80, 0xBF);
    add_pairs(f, 0xE2, signs ? 0x80 : 0xB0, 0xBF);
}

/* What follows the key in a text is not known here. */
static void add_triple(struct name_finder *f, struct str key) {
    char four[4] = {0};

    memcpy(four, key.p, key.len < 3 ? key.len : 3);
    bits_add(&f->triples, triple_at(f, str_make(four, sizeof four), 0));
}

static void add_first(struct name_finder *f, struct str name, struct str key) {
    uint32_t code, written;
    size_t n = utf8_decode(key, 0, &code);

    utf8_decode(name, 0, &written);
    bits_add(&f->firsts, code);
    add_triple(f, key);
    add_wide(f, code);
    if (code >= 0x80) {
        add_apart(f, code, is_capital(written));
        return;
    }
    if (!ascii_alpha((unsigned char)code)) {
        f->lower |= ascii_digit((unsigned char)code);
        f->signs |= !ascii_digit((unsigned char)code);
        add_ascii(f, code, str_skip(key, n));
        return;
    }
    add_ascii(f, code & ~0x20u, str_skip(key, n));
    if (!is_capital(written)) {
        f->lower = true;
        add_ascii(f, code, str_skip(key, n));
    }
}

void name_finder_add(struct name_finder *f, struct str name, uint32_t entity,
                     bool sought) {
    struct str key = name_key(f->arena, name);
    uint32_t index = beginnings_add(&f->beginnings, f->arena, key, f->nnames);
    struct sought_name *s = &f->names[index];

    if (index == UINT32_MAX)
        return;
    if (index == f->nnames) {
        *s = (struct sought_name){.name = str_trim(name),
                                  .entity = entity,
                                  .exact = str_find(key, ' ') == STR_NONE};
        f->nnames++;
    } else if (s->entity != entity) {
        s->shared = true;
    }
    if (sought && !s->sought)
        add_first(f, s->name, key);
    s->sought |= sought;
}

/* --- how a name is written --- */

/* The first code point of the next word at or after *at, in normal form as far as
 * case goes; 0 where none follows. */
static uint32_t next_word(struct str s, size_t *at) {
    uint32_t code = 0, first = 0;
    size_t n;

    for (; *at < s.len; *at += n) {
        n = utf8_decode(s, *at, &code);
        if (!name_is_blank(code))
            first = first != 0 ? first : code;
        else if (first != 0)
            break;
    }
    return first;
}

/* Both have the same key, so as many words. */
static bool capitals_agree(struct str name, struct str text) {
    size_t i = 0, k = 0;

    for (;;) {
        uint32_t wanted = next_word(name, &i);
        uint32_t found = next_word(text, &k);

        if (wanted == 0)
            return true;
        if (is_capital(wanted) && !is_capital(found))
            return false;
    }
}

/* The case of each letter is the same; the two have the same key. */
static bool cases_agree(struct str name, struct str text,
                        struct arena *scratch) {
    size_t i = 0, k = 0;

    name = unicode_nfc(scratch, name);
    text = unicode_nfc(scratch, text);
    while (i < name.len && k < text.len) {
        uint32_t a, b;

        i += utf8_decode(name, i, &a);
        k += utf8_decode(text, k, &b);
        if (is_capital(a) != is_capital(b))
            return false;
    }
    return true;
}

static bool is_written(const struct sought_name *s, struct str text,
                       struct arena *scratch) {
    if (str_eq(s->name, text)) /* nearly always */
        return true;
    return s->exact ? cases_agree(s->name, text, scratch)
                    : capitals_agree(s->name, text);
}

/* --- search --- */

/* Whether a name may begin with the bytes at `at`. */
static inline bool has_pair(const struct name_finder *f, struct str text,
                            size_t at) {
    const unsigned char *p = (const unsigned char *)text.p + at;

    return bits_has(&f->pairs, pair_of(p[0], at + 1 < text.len ? p[1] : ' '));
}

/* Whether a name may begin with the bytes at `at`, as far as they alone tell. */
static inline bool bytes_may_begin(const struct name_finder *f, struct str text,
                                   size_t at) {
    uint32_t triple = triple_at(f, text, at);

    return (triple == 0 || bits_has(&f->triples, triple)) &&
           has_pair(f, text, at);
}

/* Goes through a text from one place where a name may begin to the next. */
struct scan {
    const struct name_finder *finder;
    struct str text;
    bool others;   /* not only capitals may begin one */
    size_t block;  /* where the bytes begin that were looked at last */
    size_t end;    /* and end */
    uint64_t hits; /* those of them that are left, one bit each */
};

/* Bytes that are looked at in one step. */
#define BLOCK 64

#ifdef __SSE2__
/* All ones in each byte with which a capital of ASCII or another letter begins. */
static inline __m128i capitals(__m128i v) {
    return _mm_or_si128(wide_among(v, 'A', 26), wide_among(v, 0xC0, 0x40));
}

/* As well in each that may begin a name otherwise; of lower case only what has no letter
 * or digit of ASCII before it, so p[-1] is looked at. */
static inline __m128i beginnings_among(const struct name_finder *f,
                                       const char *p) {
    __m128i v = wide_load(p), hits = capitals(v);

    if (f->lower) {
        __m128i before = wide_alnum(wide_load(p - 1));
        hits = _mm_or_si128(hits, _mm_andnot_si128(before, wide_alnum(v)));
    }
    if (f->signs)
        hits = _mm_or_si128(
            hits,
            _mm_andnot_si128(wide_alnum(v), wide_among(v, '!', 0x7F - '!')));
    return hits;
}
#endif

/* Looks at the bytes from s->end on. */
static void look_on(struct scan *s) {
    const char *p = s->text.p + s->end;
    size_t left = s->text.len - s->end;

    s->block = s->end;
#ifdef __SSE2__
    if (left >= BLOCK && !s->others) {
        s->end += BLOCK;
        s->hits = wide_bits_of_four(
            capitals(wide_load(p)), capitals(wide_load(p + 16)),
            capitals(wide_load(p + 32)), capitals(wide_load(p + 48)));
        return;
    }
    if (left >= 16 && s->end > 0) {
        s->end += 16;
        s->hits = wide_bits(beginnings_among(s->finder, p));
        return;
    }
#endif
    left = left < 16 ? left : 16;
    s->end += left;
    s->hits = 0;
    for (size_t i = 0; i < left; i++)
        s->hits |= (uint64_t)has_pair(s->finder, s->text, s->block + i) << i;
}

/* The first place at or after `at`, which never goes back, whose bytes may begin a name,
 * or text.len. */
static size_t next_beginning(struct scan *s, size_t at) {
    for (;;) {
        while (s->hits != 0) {
            size_t hit = s->block + (size_t)__builtin_ctzll(s->hits);

            s->hits &= s->hits - 1;
            if (hit >= at && bytes_may_begin(s->finder, s->text, hit))
                return hit;
        }
        if (s->end == s->text.len)
            return s->text.len;
        look_on(s);
    }
}

struct hit {
    uint32_t entity;
    size_t end; /* 0: none */
};

/* The longest name at text[at] that ends in the part. */
static struct hit name_at(const struct name_finder *f, struct str text,
                          size_t at, size_t end, struct arena *scratch,
                          struct name_steps *steps) {
    struct beginnings_walk w =
        beginnings_at(&f->beginnings, text, at, scratch, steps);
    struct hit hit = {0};
    uint32_t which;

    while (beginnings_next(&w, &which) && w.at <= end) {
        const struct sought_name *s = &f->names[which];
        if (s->sought && !s->shared &&
            is_written(s, str_slice(text, at, w.at), scratch))
            hit = (struct hit){s->entity, w.at};
    }
    return hit;
}

/* Whether a name may begin with the letter at text[at], which is not of ASCII; *next is
 * its end. */
static bool may_begin_wide(const struct name_finder *f, struct str text,
                           size_t at, struct arena *scratch, size_t *next) {
    uint32_t code = name_latin(text, at);
    struct name_letter l;

    if (code != 0) {
        *next = at + 2;
        return bits_has(&f->firsts, code);
    }
    l = name_letter(text, at, scratch);
    *next = l.end;
    if (!bits_has(&f->firsts, l.code))
        return false;
    utf8_decode(text, at, &code);
    return !name_joins(code); /* no name begins inside a letter */
}

/* Whether a name may begin at text[at], by its first letter and what stands before it;
 * else *next is where to go on. */
static bool may_begin(const struct name_finder *f, struct str text, size_t at,
                      struct arena *scratch, size_t *next) {
    *next = at + 1;
    if ((unsigned char)text.p[at] >= 0x80 &&
        !may_begin_wide(f, text, at, scratch, next))
        return false;
    return at == 0 || text.p[at - 1] == ' ' || name_may_begin(text, at);
}

void name_finder_search(const struct name_finder *f, struct str text,
                        const struct text_part *parts, size_t nparts,
                        struct arena *scratch, name_found *found,
                        void *context) {
    struct scan scan = {
        .finder = f, .text = text, .others = f->lower || f->signs};
    size_t at = 0, part = 0, next;
    struct name_steps steps = {0};

    while (f->nnames > 0 && (at = next_beginning(&scan, at)) < text.len) {
        struct hit hit;

        if (!may_begin(f, text, at, scratch, &next)) {
            at = next;
            continue;
        }
        while (part < nparts && parts[part].end <= at)
            part++;
        if (part == nparts)
            return;
        if (at < parts[part].begin) {
            at = parts[part].begin;
            continue;
        }
        hit = name_at(f, text, at, parts[part].end, scratch, &steps);
        if (hit.end > 0 && (at == 0 || text.p[at - 1] != '@'))
            found(context, hit.entity, part, (uint32_t)at, (uint32_t)hit.end);
        at = hit.end > 0 ? hit.end : next;
    }
}
