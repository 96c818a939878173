#include "base/unicode.h"
#include "base/wide.h"
#include "link/link.h"

enum {
    CONTEXT_MAX = 160, /* code points, with both "…" */
    LABEL_MAX = CONTEXT_MAX - 2,
    WORD_MAX = 48, /* bytes: longer words are cut inside */
};

#define ELLIPSIS "…"

/* What of a block's text is shown, as offsets. */
struct excerpt {
    size_t begin, end;             /* whole excerpt */
    size_t label_begin, label_end; /* text of the link in it */
    bool cut_before, cut_after;
};

static bool inside(struct str text, size_t at) {
    return ((unsigned char)text.p[at] & 0xC0) == 0x80;
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

static uint64_t eight_at(struct str text, size_t at) {
    uint64_t word;

    memcpy(&word, text.p + at, sizeof word);
    return word;
}

#ifdef __SSE2__
/* All ones in each byte 10xxxxxx. */
static __m128i wide_inside(const char *p) {
    return _mm_cmplt_epi8(wide_load(p), _mm_set1_epi8((char)0xC0));
}

/* How many bytes of at least sixteen are no code point's first. */
static size_t wide_count_inside(struct str text) {
    const __m128i none = _mm_setzero_si128();
    __m128i sum = none;
    size_t at = 0, rest = text.len % 16;

    for (; text.len - at >= 16; at += 16) {
        __m128i one = _mm_sub_epi8(none, wide_inside(text.p + at));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(one, none));
    }
    if (rest > 0) { /* without those before it that are counted already */
        __m128i last = _mm_andnot_si128(wide_first(16 - (unsigned)rest),
                                        wide_inside(text.p + text.len - 16));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(_mm_sub_epi8(none, last), none));
    }
    sum = _mm_add_epi64(sum, _mm_unpackhi_epi64(sum, sum));
    return (size_t)_mm_cvtsi128_si32(sum);
}
#endif

/* How many code points begin in [at, end), which is short; the text of a note is clean
 * UTF-8. */
static size_t count_begun(struct str text, size_t at, size_t end) {
    size_t n = end - at;

#ifdef __SSE2__
    if (n >= 16)
        return n - wide_count_inside(str_slice(text, at, end));
#endif
    for (; end - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word = eight_at(text, at);
        uint64_t later = word & ~(word << 1) & EACH_BYTE(0x80); /* 10xxxxxx */
        n -= (later >> 7) * EACH_BYTE(1) >> 56;
    }
    for (; at < end; at++)
        n -= inside(text, at);
    return n;
}

/* Up to `max` code points back, on. */
static size_t step_back(struct str text, size_t at, size_t max, size_t *n) {
    for (*n = 0; at > 0 && *n < max;) {
        size_t bytes = max - *n < at ? max - *n : at;
        *n += count_begun(text, at - bytes, at);
        at -= bytes;
    }
    return at;
}

static size_t step_on(struct str text, size_t at, size_t max, size_t *n) {
    for (*n = 0; at < text.len && *n < max;) {
        size_t bytes = max - *n < text.len - at ? max - *n : text.len - at;
        *n += count_begun(text, at, at + bytes);
        at += bytes;
    }
    while (at < text.len && inside(text, at))
        at++;
    return at;
}

static bool space_at(struct str text, size_t at) {
    return ascii_space((unsigned char)text.p[at]);
}

static bool mark_at(struct str text, size_t at) {
    uint32_t code;

    utf8_decode(text, at, &code);
    return unicode_class(code) == UNICODE_MARK;
}

/* The first start of a word from `at` on, before `limit`; where there is none
 * near, `at`, moved past marks whose letter is cut off. */
static size_t word_start(struct str text, size_t at, size_t limit) {
    size_t near = limit - at > WORD_MAX ? at + WORD_MAX : limit, i = at, n;

    if (at > 0 && !space_at(text, at - 1))
        while (i < near && !space_at(text, i))
            i++;
    if (i < near || i == at) {
        while (i < limit && space_at(text, i))
            i++;
        return i;
    }
    while (at < limit && mark_at(text, at))
        at = step_on(text, at, 1, &n);
    return at;
}

static size_t word_end(struct str text, size_t at, size_t limit) {
    size_t near = at - limit > WORD_MAX ? at - WORD_MAX : limit, n;

    if (at == text.len || space_at(text, at))
        return at;
    for (size_t i = at; i > near; i--)
        if (space_at(text, i - 1))
            return i - 1;
    while (at > limit && mark_at(text, at))
        at = step_back(text, at, 1, &n);
    return at;
}

/* Shares the room out to both sides; what one does not need the other has. The
 * room for each "…" comes from the side it stands on. */
static struct excerpt excerpt_around(struct str text, size_t begin,
                                     size_t end) {
    struct excerpt e = {.label_begin = begin};
    size_t label, room, before, after, n;

    e.label_end = step_on(str_slice(text, 0, end), begin, LABEL_MAX, &label);
    if (e.label_end < end) {
        e.begin = begin;
        e.end = e.label_end;
        e.cut_before = begin > 0;
        e.cut_after = true;
        return e;
    }
    room = CONTEXT_MAX - label;
    e.begin = step_back(text, begin, room + 1, &before);
    e.end = step_on(text, end, room + 1, &after);
    if (before + after <= room)
        return e;
    if (before <= room / 2)
        after = room - before;
    else if (after <= room / 2)
        before = room - after;
    else {
        before = room / 2;
        after = room - before;
    }
    e.cut_before = step_back(text, begin, before, &n) > 0;
    e.cut_after = step_on(text, end, after, &n) < text.len;
    e.begin = step_back(text, begin, before - e.cut_before, &n);
    e.end = step_on(text, end, after - e.cut_after, &n);
    if (e.cut_before)
        e.begin = word_start(text, e.begin, begin);
    if (e.cut_after)
        e.end = word_end(text, e.end, end);
    return e;
}

static void add_ellipsis(struct str *out, char *p) {
    memcpy(p + out->len, ELLIPSIS, sizeof ELLIPSIS - 1);
    out->len += sizeof ELLIPSIS - 1;
}

bool link_has_context(const struct note *n, const struct link *l) {
    /* A link outside of all text has NOTE_NONE or, where none follows, the
     * number of blocks. */
    return l->block < n->ntext_blocks &&
           l->text_begin >= n->text_blocks[l->block].begin &&
           l->text_end <= n->text_blocks[l->block].end;
}

/* Adds the excerpt on one line; *at and *len tell where the link's text is. */
static void add_excerpt(struct str *out, char *p, struct str text,
                        const struct excerpt *e, size_t *at, size_t *len) {
    struct str whole = str_slice(text, e->begin, e->end);

    if (whole.len > 0 && str_skip_spaced(whole, 0) == whole.len) { /* most */
        memcpy(p + out->len, whole.p, whole.len);
        *at = out->len + (e->label_begin - e->begin);
        *len = e->label_end - e->label_begin;
        out->len += whole.len;
        return;
    }
    out->len =
        str_put_spaced(p, out->len, str_slice(text, e->begin, e->label_begin));
    *at = out->len;
    out->len = str_put_spaced(p, out->len,
                              str_slice(text, e->label_begin, e->label_end));
    *len = out->len - *at;
    out->len =
        str_put_spaced(p, out->len, str_slice(text, e->label_end, e->end));
}

struct str text_context(struct arena *a, const struct note *n, uint32_t block,
                        uint32_t begin, uint32_t end, size_t *at, size_t *len) {
    const struct text_block *b = &n->text_blocks[block];
    struct str text = str_slice(n->text, b->begin, b->end), out;
    struct excerpt e = excerpt_around(text, begin - b->begin, end - b->begin);
    char *p;

    p = arena_alloc(a, e.end - e.begin + 2 * sizeof ELLIPSIS, 1);
    out = str_make(p, 0);
    if (e.cut_before)
        add_ellipsis(&out, p);
    add_excerpt(&out, p, text, &e, at, len);
    while (out.len > 0 && p[out.len - 1] == ' ')
        out.len--;
    if (*at > out.len)
        *at = out.len;
    if (*len > out.len - *at)
        *len = out.len - *at;
    if (e.cut_after)
        add_ellipsis(&out, p);
    return out;
}

struct str link_context(struct arena *a, const struct note *n,
                        const struct link *l, size_t *at, size_t *len) {
    *at = *len = 0;
    if (!link_has_context(n, l))
        return STR("");
    return text_context(a, n, l->block, l->text_begin, l->text_end, at, len);
}
