#include "entity/name_finder.h"

#include "base/name_key.h"
#include "base/unicode.h"
#include "base/wide.h"
#include "entity/beginnings.h"
#include "entity/boundary.h"
#include "entity/name_case.h"
#include "entity/name_starts.h"
#include "entity/name_text.h"

struct sought_name {
    struct str name; /* as written */
    uint32_t entity;
    bool sought, shared;
    bool exact;    /* one word */
    uint64_t hash; /* that of its steps (beginnings.h), if it is a spelling */
};

struct name_finder {
    struct arena *arena;
    struct beginnings beginnings; /* meanings: names */
    struct sought_name *names;
    uint32_t nnames;
    /* Of names of more than one word that are looked for, by a hash of their heads:
     * numbers in `names`, plus 1. Behind the slots there are SPELLINGS_TRIED more. */
    uint32_t *spellings;
    unsigned log_slots;        /* of 2, from 1 on */
    struct name_starts starts; /* of those that are looked for */
};

/* In so many bytes of a name its first blank is looked for; two more are looked at. */
#define FIRST_WORD_MAX 16
/* As many spellings are tried where heads are the same; further ones are read step by
 * step, so that it does not depend on how many they are. */
#define SPELLINGS_TRIED 4

/* Where the first blank at p stands, of FIRST_WORD_MAX bytes; FIRST_WORD_MAX: none. */
static inline size_t first_blank(const char *p) {
#ifdef __SSE2__
    __m128i blanks = _mm_cmpeq_epi8(wide_load(p), _mm_set1_epi8(' '));

    return (size_t)__builtin_ctz(wide_bits(blanks) | 1u << FIRST_WORD_MAX);
#else
    size_t n = 0;

    while (n < FIRST_WORD_MAX && p[n] != ' ')
        n++;
    return n;
#endif
}

static uint32_t four_at(const char *p) {
    uint32_t bytes;

    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* The `n` ≥ 4 bytes at a and b; names differ at their ends. */
static inline bool same_bytes(const char *a, const char *b, size_t n) {
    if (four_at(a + n - 4) != four_at(b + n - 4))
        return false;
    for (size_t i = 0; i + 4 < n; i += 4)
        if (four_at(a + i) != four_at(b + i))
            return false;
    return true;
}

/* By the head of a name: its first four bytes and two behind its first blank, p[blank]. */
static uint32_t *spelling_slot(const struct name_finder *f, const char *p,
                               size_t blank) {
    uint16_t second;
    uint64_t hash;

    memcpy(&second, p + blank + 1, sizeof second);
    hash = (four_at(p) | (uint64_t)second << 32) * UINT64_C(0x9e3779b97f4a7c15);
    return &f->spellings[hash >> (64 - f->log_slots)];
}

struct name_finder *name_finder_new(struct arena *a, size_t max) {
    struct name_finder *f = arena_new(a, struct name_finder);

    f->arena = a;
    f->names = arena_array(a, struct sought_name, max);
    f->log_slots = 1;
    while ((size_t)1 << f->log_slots < 2 * max)
        f->log_slots++;
    f->spellings =
        arena_array(a, uint32_t, ((size_t)1 << f->log_slots) + SPELLINGS_TRIED);
    return f;
}

/* A text that has the very bytes of the name, and no word that goes on behind them, need
 * not be read step by step. */
static void add_spelling(struct name_finder *f, uint32_t index) {
    struct sought_name *s = &f->names[index];
    struct beginnings_walk w =
        beginnings_at(&f->beginnings, s->name, 0, f->arena, NULL);
    size_t blank = str_find(s->name, ' ');
    uint32_t which, *slot;
    bool found;

    if (blank >= FIRST_WORD_MAX || s->name.len < blank + 3)
        return;
    while ((found = beginnings_next(&w, &which)) && which != index)
        ;
    /* Blanks that are not of ASCII may stand around it. */
    if (!found || w.at != s->name.len)
        return;
    s->hash = w.hash;
    slot = spelling_slot(f, s->name.p, blank);
    for (unsigned i = 0; i < SPELLINGS_TRIED; i++)
        if (slot[i] == 0) {
            slot[i] = index + 1;
            return;
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
    if (sought && !s->sought) {
        name_starts_add(&f->starts, s->name, key);
        add_spelling(f, index);
    }
    s->sought |= sought;
}

/* --- how a name is written --- */

static bool is_written(const struct sought_name *s, struct str text,
                       struct arena *scratch) {
    if (str_eq(s->name, text)) /* nearly always */
        return true;
    return s->exact ? name_cases_agree(s->name, text, scratch)
                    : name_capitals_agree(s->name, text);
}

/* --- search --- */

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
static inline __m128i capitals(const char *p) {
    __m128i v = wide_load(p);

    return _mm_or_si128(wide_among(v, 'A', 26), wide_among(v, 0xC0, 0x40));
}

/* As well in each that may begin a name otherwise; of lower case only what has no letter
 * or digit of ASCII before it, so p[-1] is looked at. */
static inline __m128i beginnings_among(const struct name_finder *f,
                                       const char *p) {
    __m128i v = wide_load(p), hits = capitals(p);

    if (f->starts.lower) {
        __m128i before = wide_alnum(wide_load(p - 1));
        hits = _mm_or_si128(hits, _mm_andnot_si128(before, wide_alnum(v)));
    }
    if (f->starts.signs)
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
    if (left >= BLOCK && (!s->others || s->end > 0)) {
        s->end += BLOCK;
        s->hits = s->others
                      ? wide_bits_of_four(beginnings_among(s->finder, p),
                                          beginnings_among(s->finder, p + 16),
                                          beginnings_among(s->finder, p + 32),
                                          beginnings_among(s->finder, p + 48))
                      : wide_bits_of_four(capitals(p), capitals(p + 16),
                                          capitals(p + 32), capitals(p + 48));
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
        s->hits |= (uint64_t)name_starts_pair(&s->finder->starts, s->text,
                                              s->block + i)
                   << i;
}

/* Leaves out what stands before `at`. */
static void skip_to(struct scan *s, size_t at) {
    if (at >= s->end) {
        s->end = at;
        s->hits = 0;
    } else if (at > s->block) {
        s->hits &= ~UINT64_C(0) << (at - s->block);
    }
}

/* The next place whose bytes may begin a name, or text.len. */
static size_t next_beginning(struct scan *s) {
    for (;;) {
        while (s->hits != 0) {
            size_t hit = s->block + (size_t)__builtin_ctzll(s->hits);

            s->hits &= s->hits - 1;
            if (name_starts_bytes(&s->finder->starts, s->text, hit))
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

/* The name that stands at text[at] and ends there for certain, by the part's end, if it has
 * the very bytes of one; NULL: none, or not known. */
static inline const struct sought_name *spelling_at(const struct name_finder *f,
                                                    struct str text, size_t at,
                                                    size_t end) {
    const uint32_t *slot;
    size_t blank;

    if (text.len - at < FIRST_WORD_MAX + 2 ||
        (blank = first_blank(text.p + at)) == FIRST_WORD_MAX)
        return NULL;
    slot = spelling_slot(f, text.p + at, blank);
    for (unsigned i = 0; i < SPELLINGS_TRIED && slot[i] > 0; i++) {
        const struct sought_name *s = &f->names[slot[i] - 1];

        if (s->name.len <= end - at &&
            same_bytes(s->name.p, text.p + at, s->name.len))
            return !s->shared && name_apart_at(text, at + s->name.len) ? s
                                                                       : NULL;
    }
    return NULL;
}

/* The longest name at text[at] that ends in the part. */
static struct hit longest_at(const struct name_finder *f, struct str text,
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

static struct hit name_at(const struct name_finder *f, struct str text,
                          size_t at, size_t end, struct arena *scratch,
                          struct name_steps *steps) {
    const struct sought_name *s = spelling_at(f, text, at, end);

    return s != NULL && !beginnings_go_on(&f->beginnings, s->hash)
               ? (struct hit){s->entity, at + s->name.len}
               : longest_at(f, text, at, end, scratch, steps);
}

/* Whether a name may begin with the letter at text[at], which is not of ASCII; *next is
 * its end. */
static bool may_begin_wide(const struct name_finder *f, struct str text,
                           size_t at, struct arena *scratch, size_t *next) {
    uint32_t code = name_latin(text, at);
    struct name_letter l;

    if (code != 0) {
        *next = at + 2;
        return name_starts_letter(&f->starts, code);
    }
    l = name_letter(text, at, scratch);
    *next = l.end;
    if (!name_starts_letter(&f->starts, l.code))
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
    return at == 0 || name_apart((unsigned char)text.p[at - 1]) ||
           name_may_begin(text, at);
}

void name_finder_search(const struct name_finder *f, struct str text,
                        const struct text_part *parts, size_t nparts,
                        struct arena *scratch, name_found *found,
                        void *context) {
    struct scan scan = {.finder = f,
                        .text = text,
                        .others = f->starts.lower || f->starts.signs};
    size_t at, part = 0, next;
    struct name_steps steps;

    if (f->nnames == 0)
        return;
    steps.begun = false;
    while ((at = next_beginning(&scan)) < text.len) {
        struct hit hit;

        if (!may_begin(f, text, at, scratch, &next)) {
            skip_to(&scan, next);
            continue;
        }
        while (part < nparts && parts[part].end <= at)
            part++;
        if (part == nparts)
            return;
        if (at < parts[part].begin) {
            skip_to(&scan, parts[part].begin);
            continue;
        }
        hit = name_at(f, text, at, parts[part].end, scratch, &steps);
        if (hit.end > 0 && (at == 0 || text.p[at - 1] != '@'))
            found(context, hit.entity, part, (uint32_t)at, (uint32_t)hit.end);
        skip_to(&scan, hit.end > 0 ? hit.end : next);
    }
}
