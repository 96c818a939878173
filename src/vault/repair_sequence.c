#include "vault/repair_sequence.h"

#include "base/unicode.h"
#include "base/wide.h"

/* From this byte on a character of four begins. */
#define FOUR_BYTES 0xF0u

/* Bytes of the shortest sequence: two characters of two. */
#define LEAST 4

/* Bytes of the UTF-8 of `code`, and so characters of its sequence. */
static unsigned width_of(uint32_t code) {
    return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/* The byte that the last character of a sequence stands for. */
static unsigned char last_byte(uint32_t code) {
    return (unsigned char)(0x80 | (code & 0x3F));
}

static bool is_c1(uint32_t code) {
    return code >= 0x80 && code <= 0x9F;
}

/* --- finding --- */

/* The sequence that begins at s->begin with the character `code`, which ends at `at`;
 * false without one. */
static bool read_sequence(enum repair_codec codec, struct str text,
                          uint32_t code, size_t at, struct repair_sequence *s) {
    unsigned char byte = repair_codec_byte(codec, code);
    char bytes[4];
    size_t n = 1, need;
    bool c1 = false;

    if (byte < 0xC2 || byte > 0xF4)
        return false;
    need = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    bytes[0] = (char)byte;
    for (; n < need && at < text.len; n++) {
        at += utf8_decode(text, at, &code);
        byte = repair_codec_byte(codec, code);
        if (byte < 0x80 || byte > 0xBF)
            return false;
        bytes[n] = (char)byte;
        c1 = c1 || is_c1(code);
    }
    if (n < need || utf8_decode(str_make(bytes, n), 0, &s->code) != n)
        return false;
    s->end = (uint32_t)at;
    switch (repair_class_of(codec, s->code)) {
    case REPAIR_NEVER:
        return false;
    case REPAIR_SIGN:
        s->certain = true; /* rule 1 */
        return true;
    case REPAIR_LETTER:
        s->certain = c1;
        return true;
    }
    return false;
}

/* Bytes of the character that begins so. */
static size_t width_by_lead(unsigned char first) {
    return first < 0xC2 || first > 0xF4 ? 1
           : first < 0xE0               ? 2
           : first < 0xF0               ? 3
                                        : 4;
}

#ifdef __SSE2__
/* Bytes that are looked at in one step. */
#define STEP 64

/* One bit for each of the first STEP - 4 bytes at p with which at least four begin that
 * are past ASCII, but for those of one character. */
static uint64_t pairs_among(const char *p) {
    __m128i a = wide_load(p), b = wide_load(p + 16), c = wide_load(p + 32),
            d = wide_load(p + 48);
    __m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
    uint64_t high, four, leads;

    if (wide_bits(any) == 0) /* most */
        return 0;
    high = wide_bits_of_four(a, b, c, d);
    four = high & high >> 1 & high >> 2 & high >> 3 & UINT64_MAX >> 4;
    if (four == 0)
        return 0;
    leads = wide_bits_of_four(
        wide_among(a, FOUR_BYTES, 5), wide_among(b, FOUR_BYTES, 5),
        wide_among(c, FOUR_BYTES, 5), wide_among(d, FOUR_BYTES, 5));
    return four & ~(leads & ~(high >> 4));
}
#endif

/* The next place at or after `at`, where a character begins, from which on characters
 * past ASCII stand side by side; the end of the text without one. Two of them have four
 * bytes and more: what is passed over are shorter stretches, and those of four bytes that
 * one character fills, as emoji do. */
static size_t next_pair(struct str text, size_t at) {
    size_t n = 0; /* bytes past ASCII just before `at` */

#ifdef __SSE2__
    /* Of the last four more would have to be known. */
    for (; text.len - at >= STEP; at += STEP - 4) {
        uint64_t pairs = pairs_among(text.p + at);

        if (pairs != 0)
            return at + (size_t)__builtin_ctzll(pairs);
    }
#endif
    for (; at < text.len; at++) {
        n = (unsigned char)text.p[at] >= 0x80 ? n + 1 : 0;
        if (n > 4 || (n == 4 && (unsigned char)text.p[at - 3] < FOUR_BYTES))
            return at + 1 - n;
    }
    return at;
}

/* Ends of the last sequences: those of one codec may overlap the other's. */
struct finding {
    struct repair_sequences *found;
    struct str text;
    size_t ends[REPAIR_CODECS];
};

/* The sequences of the codecs in `leads` that begin at `at`. */
static void find_at(struct finding *f, size_t at, unsigned leads) {
    uint32_t code;
    size_t next = at + utf8_decode(f->text, at, &code);

    for (unsigned c = 0; c < REPAIR_CODECS; c++) {
        struct repair_sequence s = {.begin = (uint32_t)at};

        if (at < f->ends[c] || !(leads >> c & 1) ||
            !read_sequence((enum repair_codec)c, f->text, code, next, &s))
            continue;
        vec_push(&f->found[c].list, s);
        f->ends[c] = s.end;
    }
}

static void find_in(struct repair_sequences found[REPAIR_CODECS],
                    struct str text, size_t at) {
    struct finding f = {found, text, {0}};

    at = next_pair(text, at);
    while (at < text.len) {
        unsigned char first = (unsigned char)text.p[at];
        size_t next = at + width_by_lead(first);
        unsigned leads = repair_codec_leads[first];

        if (next >= text.len)
            return;
        if ((unsigned char)text.p[next] < 0x80) { /* it stands alone */
            at = next_pair(text, next);
            continue;
        }
        if (leads != 0)
            find_at(&f, at, leads);
        at = next;
    }
}

/* --- judging --- */

/* Where a sequence stands. */
struct around {
    uint32_t before, after; /* a sequence there as its character; 0: none */
    uint32_t written; /* the character before, as it is written; 0: none */
    bool ends_before; /* a sequence ends there */
};

static struct around look_around(struct str text,
                                 const struct repair_sequences *found,
                                 size_t i) {
    const struct repair_sequence *s = &found->list.items[i];
    struct around a = {0};

    if (s->begin > 0)
        utf8_decode_back(text, s->begin, &a.written);
    a.before = a.written;
    if (i > 0 && s[-1].end == s->begin) {
        a.before = s[-1].code;
        a.ends_before = true;
    }
    if (i + 1 < found->list.len && s[1].begin == s->end)
        a.after = s[1].code;
    else if (s->end < text.len)
        utf8_decode(text, s->end, &a.after);
    return a;
}

static bool is_letter(uint32_t code) {
    return unicode_class(code) == UNICODE_LETTER;
}

/* What follows a capital in honest text, as the bytes of cp1252:
 * ‚ „ … ‹ ‘ ’ “ ” • – — ™ › « ® · » */
static bool may_follow_a_capital(unsigned char byte) {
    switch (byte) {
    case 0x82:
    case 0x84:
    case 0x85:
    case 0x8B:
    case 0x91:
    case 0x92:
    case 0x93:
    case 0x94:
    case 0x95:
    case 0x96:
    case 0x97:
    case 0x99:
    case 0x9B:
    case 0xAB:
    case 0xAE:
    case 0xB7:
    case 0xBB:
        return true;
    default:
        return false;
    }
}

/* Rule 2 for Mac Roman: `byte` is the second character's. Mathematics stays. */
static bool certain_root(uint32_t code, unsigned char byte,
                         const struct around *a) {
    switch (byte) {
    case 0xB9: /* π */
    case 0xBD: /* Ω */
    case 0xB5: /* µ */
    case 0xB0: /* ∞ */
        return false;
    case 0xB7: /* ∑ */
    case 0xB8: /* ∏ */
    case 0xBA: /* ∫ */
    case 0xB1: /* ± */
    case 0xB2: /* ≤ */
    case 0xB3: /* ≥ */
    case 0xB6: /* ∂ */
    case 0xAD: /* ≠ */
        return code >> 6 == 3 && is_letter(a->before) && is_letter(a->after);
    default:
        return unicode_is_lower(a->before) || unicode_is_lower(a->after);
    }
}

/* Rule 2: lead bytes C3 to C5. */
static bool certain_letter(enum repair_codec codec, uint32_t code,
                           const struct around *a) {
    unsigned char byte = last_byte(code);

    if (codec == REPAIR_MAC_ROMAN)
        return certain_root(code, byte, a);
    return unicode_is_lower(a->before) ||
           (unicode_is_lower(a->after) && !may_follow_a_capital(byte));
}

/* Rule 4: lead byte C2. */
static bool certain_latin_sign(enum repair_codec codec, uint32_t code,
                               const struct around *a) {
    static const struct str often =
        STR_INIT("\xa0\xa2\xa3\xa5\xa7\xa9\xae\xb0\xb7");
    static const struct str numeric =
        STR_INIT("\xb1\xb2\xb3\xb5\xb9\xba\xbc\xbd\xbe");
    bool after_number = str_find(numeric, (char)code) != STR_NONE;

    if (!after_number && str_find(often, (char)code) == STR_NONE)
        return false;
    if (codec == REPAIR_CP1252)
        return a->ends_before ||
               (!unicode_is_upper(a->written) && a->written != 0xB7);
    if (after_number)
        return a->before < 0x80 && (ascii_digit((unsigned char)a->before) ||
                                    unicode_is_lower(a->before));
    return a->ends_before || a->written < 0x80;
}

/* Rules 2 to 4; rule 1 was seen to before. */
static bool is_certain(enum repair_codec codec, struct str text,
                       const struct repair_sequences *found, size_t i) {
    uint32_t code = found->list.items[i].code;
    struct around a;

    if (code >= 0x180 && (code < 0x1E00 || code > 0x1EFF))
        return false;
    a = look_around(text, found, i);
    if (code < 0xC0)
        return certain_latin_sign(codec, code, &a);
    if (code < 0x180)
        return certain_letter(codec, code, &a);
    return unicode_is_lower(a.before) && unicode_is_lower(a.after) &&
           !may_follow_a_capital(last_byte(code));
}

/* Rule 5: whether the sequences [from, to), of one script and each at the end of
 * the one before, are text of that script. */
static bool is_script_run(const struct repair_sequence *s, size_t from,
                          size_t to) {
    if (repair_script(s[from].code) == 0 || to - from < 2)
        return false;
    if (to - from == 2 &&
        (width_of(s[from].code) != 3 || width_of(s[to - 1].code) != 3))
        return false;
    for (size_t i = from + 1; i < to; i++)
        if (s[i].code != s[from].code)
            return true;
    return false;
}

/* Rules 5 and 6 for [from, to), each at the end of the one before: one that is
 * certain makes all so. */
static void judge_run(struct repair_sequences *found, size_t from, size_t to) {
    struct repair_sequence *s = found->list.items;
    bool certain = false;

    for (size_t i = from; i < to && !certain; i++)
        certain = s[i].certain;
    for (size_t i = from, next; i < to && !certain; i = next) {
        unsigned script = repair_script(s[i].code);

        for (next = i + 1; next < to; next++)
            if (repair_script(s[next].code) != script)
                break;
        certain = is_script_run(s, i, next);
    }
    for (size_t i = from; i < to; i++)
        s[i].certain = certain;
    found->ncertain += certain ? to - from : 0;
}

/* All rules, for the sequences of one codec. */
static void judge(struct repair_sequences *found, enum repair_codec codec,
                  struct str text) {
    struct repair_sequence *s = found->list.items;
    size_t len = found->list.len;

    for (size_t i = 0; i < len; i++)
        s[i].certain = s[i].certain || is_certain(codec, text, found, i);
    for (size_t from = 0, to; from < len; from = to) {
        for (to = from + 1; to < len && s[to].begin == s[to - 1].end;)
            to++;
        judge_run(found, from, to);
    }
}

void repair_find(struct repair_sequences found[REPAIR_CODECS], struct str text,
                 const struct repair_stretch *stretches, size_t n) {
    for (unsigned c = 0; c < REPAIR_CODECS; c++)
        found[c].list.len = found[c].ncertain = 0;
    for (size_t i = 0; i < n; i++)
        if (stretches[i].end - stretches[i].begin >= LEAST)
            find_in(found, str_slice(text, 0, stretches[i].end),
                    stretches[i].begin);
    for (unsigned c = 0; c < REPAIR_CODECS; c++)
        judge(&found[c], (enum repair_codec)c, text);
}
