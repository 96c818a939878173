#include "entity/name_starts.h"

#include "base/unicode.h"
#include "entity/name_case.h"

static void add_to(struct start_set *s, uint32_t n) {
    s->words[(n & 0xFFFF) >> 6] |= UINT64_C(1) << (n & 63);
}

/* All from `from` to `to`: ranges of pairs are long. */
static void add_range(struct start_set *s, uint32_t from, uint32_t to) {
    while (from <= to)
        if ((from & 63) == 0 && from + 63 <= to) {
            s->words[from >> 6] = UINT64_MAX;
            from += 64;
        } else {
            add_to(s, from++);
        }
}

static void add_pairs(struct name_starts *s, unsigned first, unsigned begin,
                      unsigned end) {
    add_range(&s->pairs,
              name_starts_pair_of((unsigned char)first, (unsigned char)begin),
              name_starts_pair_of((unsigned char)first, (unsigned char)end));
}

/* The ways in which a key's first letter, of ASCII, and the next may be written: each
 * in both cases, the next in other bytes where it is a blank, a quote or dash, or has
 * a mark of its own. */
static void add_ascii(struct name_starts *s, unsigned first, struct str rest) {
    unsigned char second = rest.len > 0 ? (unsigned char)rest.p[0] : 0xFF;

    add_pairs(s, first, 0x80, 0xFF);
    if (second >= 0x80) {
        add_pairs(s, first, 0, 0x7F);
    } else if (second == ' ') {
        add_pairs(s, first, 0, ' ');
    } else {
        add_pairs(s, first, second, second);
        if (ascii_alpha(second))
            add_pairs(s, first, second & ~0x20u, second & ~0x20u);
    }
}

static bool between(uint32_t code, uint32_t first, uint32_t last) {
    return code >= first && code <= last;
}

/* `é` and the signs `≠`, `≮`, `≯` may be written as a byte of ASCII and a mark, U+0300 to
 * U+036F. */
static void add_apart(struct name_starts *s, uint32_t code, bool capital) {
    bool letter = code < 0x250 || between(code, 0x1E00, 0x1EFF);
    bool sign = code == 0x2260 || code == 0x226E || code == 0x226F;

    if (!letter && !sign)
        return;
    s->lower |= letter && !capital;
    s->signs |= sign;
    for (unsigned c = 0; c < 0x80; c++)
        add_pairs(s, c, 0xCC, 0xCD);
}

/* Letters that are not of ASCII may begin a name with any bytes; blanks, dashes and quotes,
 * other signs, and emoji, which texts are full of, only where a name begins with one of
 * these three. */
static void add_wide(struct name_starts *s, uint32_t code) {
    bool quote = code == '\'' || code == '-';

    /* K and Å of their own stand among the signs. */
    add_pairs(s, 0xE2, 0x84, 0x84);
    if (code < 0x80 && !quote && code != 'i')
        return;
    for (unsigned first = 0xC2; first <= 0xF4; first++)
        if (first != 0xE2 && first != 0xF0)
            add_pairs(s, first, 0x80, 0xBF);
    if (quote || between(code, 0x2000, 0x207F))
        add_pairs(s, 0xE2, 0x80, 0x81);
    /* 〈 and 〉 have others there. */
    if (between(code, 0x2080, 0x2BFF) || between(code, 0x3008, 0x3009))
        add_pairs(s, 0xE2, 0x82, 0xAF);
    add_pairs(s, 0xE2, 0xB0, 0xBF);
    add_pairs(s, 0xF0, 0x80, 0x9E);
    if (between(code, 0x1F000, 0x1FFFF))
        add_pairs(s, 0xF0, 0x9F, 0x9F);
    add_pairs(s, 0xF0, 0xA0, 0xBF);
}

/* Three bytes of which the lowest `n` are `known`; the others may be any. */
static void add_triples(struct name_starts *s, uint32_t known, unsigned n) {
    for (uint32_t c = 0; n < 3 && c < 0x80; c++)
        add_triples(s, known | c << 8 * n, n + 1);
    if (n == 3)
        add_to(&s->triples, name_starts_triple_of(known));
}

/* The ways in which a text may begin with the key that has three bytes of ASCII there. */
static void add_ascii_triples(struct name_starts *s, struct str key) {
    static const char blanks[] = " \t\n\v\f\r";
    uint32_t known = 0;
    unsigned n;

    for (n = 0; n < 3 && n < key.len && key.p[n] != ' '; n++)
        known |= (uint32_t)(unsigned char)key.p[n] << 8 * n;
    if (n == 3 || n == key.len)
        add_triples(s, known, n);
    else
        for (const char *c = blanks; *c != '\0'; c++)
            add_triples(s, known | (uint32_t)*c << 8 * n, n + 1);
}

void name_starts_add(struct name_starts *s, struct str name, struct str key) {
    uint32_t code, written;
    size_t n = utf8_decode(key, 0, &code);

    utf8_decode(name, 0, &written);
    add_to(&s->firsts, code);
    add_ascii_triples(s, key);
    add_wide(s, code);
    if (code >= 0x80) {
        add_apart(s, code, name_is_capital(written));
        return;
    }
    if (!ascii_alpha((unsigned char)code)) {
        s->lower |= ascii_digit((unsigned char)code);
        s->signs |= !ascii_digit((unsigned char)code);
        add_ascii(s, code, str_skip(key, n));
        return;
    }
    add_ascii(s, code & ~0x20u, str_skip(key, n));
    if (!name_is_capital(written)) {
        s->lower = true;
        add_ascii(s, code, str_skip(key, n));
    }
}
