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
    /* Hashes of the first three letters of ASCII, of keys that begin with as many. */
    struct bits triples;
    struct bits firsts; /* first code points of keys, their low 16 bits */
    /* Names begin with capitals, or what is not of ASCII, unless one of these is set. */
    bool lower; /* a name may begin in lower case or with a digit */
    bool signs; /* or with another sign of ASCII */
};

struct name_finder *name_finder_new(struct arena *a, size_t max) {
    struct name_finder *f = arena_new(a, struct name_finder);

    f->arena = a;
    f->names = arena_array(a, struct sought_name, max);
    return f;
}

/* --- what may begin a name --- */

/* Whether text[at] begins with three letters or digits of ASCII, to which no mark
 * belongs; *hash is theirs in any case. */
static inline bool begins_ascii(struct str text, size_t at, uint32_t *hash) {
    const unsigned char *p = (const unsigned char *)text.p + at;

    *hash = 0;
    if (text.len - at < 3 || !ascii_alnum(p[0]) || !ascii_alnum(p[1]) ||
        !ascii_alnum(p[2]))
        return false;
    *hash = ((p[0] & 0x5Fu) * 41 + (p[1] & 0x5Fu)) * 41 + (p[2] & 0x5Fu);
    return text.len - at == 3 || p[3] < 0x80;
}

static bool is_capital(uint32_t code) {
    return unicode_lower(code) != code;
}

static void add_pairs(struct name_finder *f, unsigned first, unsigned begin,
                      unsigned end) {
    for (unsigned second = begin; second <= end; second++)
        bits_add(&f->pairs, first << 8 | second);
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

static void add_first(struct name_finder *f, struct str name, struct str key) {
    uint32_t code, written;
    size_t n = utf8_decode(key, 0, &code);

    uint32_t hash;

    utf8_decode(name, 0, &written);
    bits_add(&f->firsts, code);
    begins_ascii(key, 0, &hash);
    bits_add(&f->triples, hash);
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
static bool has_pair(const struct name_finder *f, struct str text, size_t at) {
    unsigned char first = (unsigned char)text.p[at];
    unsigned char second =
        at + 1 < text.len ? (unsigned char)text.p[at + 1] : ' ';

    return bits_has(&f->pairs, (unsigned)first << 8 | second);
}

#ifdef __SSE2__
/* One bit for each of the sixteen bytes at p that may begin a name; of lower case only
 * what has no letter or digit of ASCII before it, so p[-1] is looked at. */
static inline unsigned may_begin_among(const struct name_finder *f, bool others,
                                       const char *p) {
    __m128i v = wide_load(p);
    __m128i hits =
        _mm_or_si128(wide_among(v, 'A', 26), wide_among(v, 0xC0, 0x40));

    if (!others)
        return wide_bits(hits);
    if (f->lower) {
        __m128i before = wide_alnum(wide_load(p - 1));
        hits = _mm_or_si128(hits, _mm_andnot_si128(before, wide_alnum(v)));
    }
    if (f->signs)
        hits = _mm_or_si128(
            hits,
            _mm_andnot_si128(wide_alnum(v), wide_among(v, '!', 0x7F - '!')));
    return wide_bits(hits);
}
#endif

/* The first place at or after `at` whose bytes may begin a name, or text.len. */
static size_t next_beginning(const struct name_finder *f, struct str text,
                             size_t at) {
#ifdef __SSE2__
    bool others = f->lower || f->signs;

    if (at == 0 && text.len > 0) {
        if (has_pair(f, text, 0))
            return 0;
        at = 1;
    }
    for (; text.len - at >= 16; at += 16)
        for (unsigned hits = may_begin_among(f, others, text.p + at); hits != 0;
             hits &= hits - 1) {
            size_t hit = at + (size_t)__builtin_ctz(hits);
            if (has_pair(f, text, hit))
                return hit;
        }
#endif
    while (at < text.len && !has_pair(f, text, at))
        at++;
    return at;
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
    struct name_letter l = name_letter(text, at, scratch);
    uint32_t code;

    *next = l.end;
    if (!bits_has(&f->firsts, l.code))
        return false;
    utf8_decode(text, at, &code);
    return !name_joins(code); /* no name begins inside a letter */
}

/* Whether a name may begin at text[at], by its first letters and what stands before
 * it; else *next is where to go on. */
static bool may_begin(const struct name_finder *f, struct str text, size_t at,
                      struct arena *scratch, size_t *next) {
    uint32_t hash;

    *next = at + 1;
    if (begins_ascii(text, at, &hash) && !bits_has(&f->triples, hash))
        return false;
    if ((unsigned char)text.p[at] >= 0x80 &&
        !may_begin_wide(f, text, at, scratch, next))
        return false;
    return at == 0 || text.p[at - 1] == ' ' || name_may_begin(text, at);
}

void name_finder_search(const struct name_finder *f, struct str text,
                        const struct text_part *parts, size_t nparts,
                        struct arena *scratch, name_found *found,
                        void *context) {
    size_t at = 0, part = 0, next;
    struct name_steps steps = {0};

    while (f->nnames > 0 && (at = next_beginning(f, text, at)) < text.len) {
        struct hit hit;

        while (part < nparts && parts[part].end <= at)
            part++;
        if (part == nparts)
            return;
        if (at < parts[part].begin) {
            at = parts[part].begin;
            continue;
        }
        if (!may_begin(f, text, at, scratch, &next)) {
            at = next;
            continue;
        }
        hit = name_at(f, text, at, parts[part].end, scratch, &steps);
        if (hit.end > 0 && (at == 0 || text.p[at - 1] != '@'))
            found(context, hit.entity, part, (uint32_t)at, (uint32_t)hit.end);
        at = hit.end > 0 ? hit.end : next;
    }
}
