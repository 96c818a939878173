#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/unicode.h"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

static void test_decode(void **state) {
    static const struct {
        struct str s;
        size_t len;
        uint32_t code;
    } cases[] = {
        {STR_INIT("a"), 1, 'a'},
        {STR_INIT("\0"), 1, 0},
        {STR_INIT("\xC2\x80"), 2, 0x80},
        {STR_INIT("\xDF\xBF"), 2, 0x7FF},
        {STR_INIT("\xE0\xA0\x80"), 3, 0x800},
        {STR_INIT("\xEF\xBF\xBD"), 3, 0xFFFD},
        {STR_INIT("\xF0\x90\x80\x80"), 4, 0x10000},
        {STR_INIT("\xF4\x8F\xBF\xBF"), 4, 0x10FFFF},
        /* cut off */
        {STR_INIT("\xC2"), 1, 0xFFFD},
        {STR_INIT("\xE2\x80"), 1, 0xFFFD},
        {STR_INIT("\xF0\x9F\x98"), 1, 0xFFFD},
        {STR_INIT("\xE2\x80z"), 1, 0xFFFD},
        /* overlong, surrogate, too large, no lead */
        {STR_INIT("\xC0\x80"), 1, 0xFFFD},
        {STR_INIT("\xC1\xBF"), 1, 0xFFFD},
        {STR_INIT("\xE0\x9F\xBF"), 1, 0xFFFD},
        {STR_INIT("\xF0\x8F\xBF\xBF"), 1, 0xFFFD},
        {STR_INIT("\xED\xA0\x80"), 1, 0xFFFD},
        {STR_INIT("\xED\xBF\xBF"), 1, 0xFFFD},
        {STR_INIT("\xF4\x90\x80\x80"), 1, 0xFFFD},
        {STR_INIT("\xF5\x80\x80\x80"), 1, 0xFFFD},
        {STR_INIT("\x80"), 1, 0xFFFD},
        {STR_INIT("\xFF"), 1, 0xFFFD},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool invalid = cases[i].len == 1 && cases[i].code == 0xFFFD;
        uint32_t code;

        assert_int_equal(utf8_decode(cases[i].s, 0, &code), cases[i].len);
        assert_int_equal(code, cases[i].code);
        assert_int_equal(utf8_valid_len(cases[i].s),
                         invalid ? 0 : cases[i].s.len);
        if (!invalid) {
            size_t len = utf8_decode_back(cases[i].s, cases[i].s.len, &code);

            assert_int_equal(len, cases[i].len);
            assert_int_equal(code, cases[i].code);
        }
    }
}

/* Forwards, backwards and by utf8_floor the same borders, whatever the bytes. */
static void test_borders(void **state) {
    static const char pieces[] =
        "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\xFF\x80\xED\xA0";
    uint32_t seed = 1, code, forward[64];
    char bytes[24];
    size_t starts[64];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct str s = {bytes, (size_t)(round % 24)};
        size_t n = 0, back;

        for (size_t i = 0; i < s.len; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = pieces[(seed >> 16) % (sizeof pieces - 1)];
        }
        for (size_t at = 0; at < s.len; n++) {
            size_t len;

            starts[n] = at;
            len = utf8_decode(s, at, &forward[n]);
            for (size_t in = at; in < at + len; in++)
                assert_int_equal(utf8_floor(s, in), at);
            at += len;
        }
        assert_int_equal(utf8_count(s), n);
        assert_int_equal(utf8_floor(s, s.len + 5), s.len);
        back = s.len;
        for (size_t i = n; i-- > 0;) {
            back -= utf8_decode_back(s, back, &code);
            assert_int_equal(back, starts[i]);
            assert_int_equal(code, forward[i]);
            assert_int_equal(unicode_cut(s, i).len, starts[i]);
        }
        assert_int_equal(unicode_cut(s, n).len, s.len);
    }
}

static void test_encode(void **state) {
    struct buf b = {0};

    (void)state;
    for (uint32_t code = 0; code < 0x110000; code += code < 0x3000 ? 1 : 61) {
        uint32_t back;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        buf_reset(&b);
        utf8_encode(&b, code);
        assert_int_equal(utf8_decode(buf_str(&b), 0, &back), b.len);
        assert_int_equal(back, code);
    }
    buf_reset(&b);
    utf8_encode(&b, 0xD800);
    utf8_encode(&b, 0x110000);
    assert_str(buf_str(&b), STR("\xEF\xBF\xBD\xEF\xBF\xBD"));
    buf_release(&b);
}

static void test_valid_len(void **state) {
    struct buf b = {0};

    (void)state;
    /* A fault at every place around the words that are read at once. */
    for (size_t at = 0; at < 40; at++) {
        buf_reset(&b);
        for (size_t i = 0; i < 40; i++)
            buf_add_ch(&b, 'x');
        assert_true(utf8_all_ascii(buf_str(&b)));
        assert_int_equal(utf8_valid_len(buf_str(&b)), 40);
        b.p[at] = '\x80';
        assert_false(utf8_all_ascii(buf_str(&b)));
        assert_int_equal(utf8_valid_len(buf_str(&b)), at);
        for (size_t from = 0; from <= 40; from++)
            assert_int_equal(utf8_skip_ascii(buf_str(&b), from),
                             from <= at ? at : 40);
    }
    assert_true(utf8_all_ascii((struct str){0}));
    buf_release(&b);
}

static void test_class(void **state) {
    static const struct {
        uint32_t code;
        enum unicode_class expected;
    } cases[] = {
        {'a', UNICODE_LETTER},          {0x4E2D, UNICODE_LETTER},
        {0x2B0, UNICODE_LETTER},        {0x301, UNICODE_MARK},
        {'7', UNICODE_NUMBER},          {0xBD, UNICODE_NUMBER},
        {'_', UNICODE_PUNCTUATION},     {0x201C, UNICODE_PUNCTUATION},
        {'+', UNICODE_SYMBOL},          {0x1F600, UNICODE_SYMBOL},
        {' ', UNICODE_SPACE},           {'\t', UNICODE_SPACE},
        {'\v', UNICODE_SPACE},          {0xA0, UNICODE_SPACE},
        {0x2028, UNICODE_SPACE},        {0, UNICODE_CONTROL},
        {0x85, UNICODE_CONTROL},        {0x200B, UNICODE_CONTROL},
        {0x378, (enum unicode_class)0}, {0x110000, (enum unicode_class)0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(unicode_class(cases[i].code), cases[i].expected);
}

/* Unicode's general categories, Cc … Zs, of ASCII. */
static void test_class_ascii(void **state) {
    static const char classes[] = "ccccccccc     cccccccccccccccccc"
                                  " ppp$pppppp+p-pp0000000000pp+++p"
                                  "paaaaaaaaaaaaaaaaaaaaaaaaaappp^p"
                                  "^aaaaaaaaaaaaaaaaaaaaaaaaaap+p+c";

    (void)state;
    for (uint32_t code = 0; code < 0x80; code++) {
        enum unicode_class expected = UNICODE_SYMBOL;

        switch (classes[code]) {
        case 'c':
            expected = UNICODE_CONTROL;
            break;
        case ' ':
            expected = UNICODE_SPACE;
            break;
        case 'p':
        case '-':
            expected = UNICODE_PUNCTUATION;
            break;
        case '0':
            expected = UNICODE_NUMBER;
            break;
        case 'a':
            expected = UNICODE_LETTER;
            break;
        }
        assert_int_equal(unicode_class(code), expected);
    }
}

static void test_nfc_and_fold(void **state) {
    static const struct {
        struct str s, nfc, fold;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("plain"), STR_INIT("plain"), STR_INIT("plain")},
        {STR_INIT("A b-Z\0["), STR_INIT("A b-Z\0["), STR_INIT("a b-z\0[")},
        {STR_INIT("A\xCC\x88"), STR_INIT("\xC3\x84"), STR_INIT("\xC3\xA4")},
        {STR_INIT("\xC3\x84"), STR_INIT("\xC3\x84"), STR_INIT("\xC3\xA4")},
        /* sharp s and its capital: one code point each */
        {STR_INIT("\xC3\x9F\xE1\xBA\x9E"), STR_INIT("\xC3\x9F\xE1\xBA\x9E"),
         STR_INIT("\xC3\x9F\xC3\x9F")},
        /* both sigmas */
        {STR_INIT("\xCE\xA3\xCF\x82"), STR_INIT("\xCE\xA3\xCF\x82"),
         STR_INIT("\xCF\x83\xCF\x83")},
        /* no-break blanks */
        {STR_INIT("a\xC2\xA0\xE2\x80\xAF"), STR_INIT("a\xC2\xA0\xE2\x80\xAF"),
         STR_INIT("a  ")},
        /* dotted I: one code point, no combining dot */
        {STR_INIT("\xC4\xB0"), STR_INIT("\xC4\xB0"), STR_INIT("i")},
        /* a lower case that is longer */
        {STR_INIT("\xC8\xBA\xC8\xBA"), STR_INIT("\xC8\xBA\xC8\xBA"),
         STR_INIT("\xE2\xB1\xA5\xE2\xB1\xA5")},
        /* Kelvin, Angstrom, Ohm: singletons */
        {STR_INIT("\xE2\x84\xAA"), STR_INIT("K"), STR_INIT("k")},
        /* Hangul of jamo */
        {STR_INIT("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"),
         STR_INIT("\xED\x95\x9C"), STR_INIT("\xED\x95\x9C")},
        /* marks put in order */
        {STR_INIT("q\xCC\x87\xCC\xA3"), STR_INIT("q\xCC\xA3\xCC\x87"),
         STR_INIT("q\xCC\xA3\xCC\x87")},
        /* bytes that are not UTF-8 stay; what can be folded is */
        {STR_INIT("\xFF"
                  "A\xC3\x84"),
         STR_INIT("\xFF"
                  "A\xC3\x84"),
         STR_INIT("\xFF"
                  "a\xC3\xA4")},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str nfc = unicode_nfc(&a, cases[i].s);
        struct str fold = unicode_fold(&a, cases[i].s);

        assert_str(nfc, cases[i].nfc);
        assert_str(fold, cases[i].fold);
        if (str_eq(nfc, cases[i].s))
            assert_ptr_equal(nfc.p, cases[i].s.p);
        if (str_eq(fold, cases[i].s))
            assert_ptr_equal(fold.p, cases[i].s.p);
    }
    arena_release(&a);
}

/* What unicode_nfc takes for stable without asking is so: `A` with an acute
 * behind makes it ask. */
static void test_nfc_shortcut(void **state) {
    static const struct str before[] = {STR_INIT(""), STR_INIT("e"),
                                        STR_INIT("\xE3\x81\x8B"),
                                        STR_INIT("\xEA\xB0\x80")};
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (uint32_t code = 0x80; code < 0x1FB00; code++) {
        if (code == 0x3400)
            code = 0x9FF0; /* Han: all alike */
        if (code == 0xAC10)
            code = 0xFB00; /* Hangul, surrogates and private use */
        if (code == 0x10000)
            code = 0x1F000;
        for (size_t i = 0; i < ARRAY_LEN(before); i++) {
            struct str alone, asked;
            size_t len;

            buf_reset(&text);
            buf_add_str(&text, before[i]);
            utf8_encode(&text, code);
            len = text.len;
            buf_add_lit(&text, "|A\xCC\x81");
            asked = unicode_nfc(&a, buf_str(&text));
            alone = unicode_nfc(&a, str_slice(buf_str(&text), 0, len));
            assert_str(alone, str_until(asked, '|'));
        }
        arena_reset(&a);
    }
    buf_release(&text);
    arena_release(&a);
}

/* Half as long again as what it is made of: a block of its own, so that a
 * sanitiser sees its end. */
static void test_fold_grows(void **state) {
    struct buf text = {0};
    struct arena a;
    struct str fold;

    (void)state;
    arena_init(&a);
    for (int i = 0; i < 20000; i++)
        buf_add_lit(&text, "\xC8\xBA");
    fold = unicode_fold(&a, buf_str(&text));
    assert_int_equal(fold.len, 60000);
    assert_memory_equal(fold.p + 59997, "\xE2\xB1\xA5", 3);
    buf_release(&text);
    arena_release(&a);
}

static int sign(int n) {
    return (n > 0) - (n < 0);
}

static void test_order(void **state) {
    /* each before the next, as text and as a path */
    static const struct str texts[] = {
        STR_INIT(""),
        STR_INIT(" "),
        STR_INIT("!"),
        STR_INIT("/"),
        STR_INIT("A"),
        STR_INIT("a"),
        STR_INIT("a!"),
        STR_INIT("a/"),
        STR_INIT("aaaaaaaaaaaaaaaaaaaaB"),
        STR_INIT("aaaaaaaaaaaaaaaaaaaab"),
        STR_INIT("\xC3\xA4"),
        STR_INIT("\xED\x9F\xBF"),
        STR_INIT("\xED\xA0\x80"), /* halves: D800 */
        STR_INIT("\xED\xA0\x80!"),
        STR_INIT("\xF0\x90\x80\x80"),             /* D800 DC00 */
        STR_INIT("\xED\xA0\x80\xEE\x80\x80"),     /* D800 E000 */
        STR_INIT("\xED\xA0\xBD\xF0\x90\x80\x80"), /* D83D D800 DC00 */
        STR_INIT("\xF0\x9F\x98\x80"),             /* D83D DE00 */
        STR_INIT("\xF4\x8F\xBF\xBF"),
        STR_INIT("\xED\xB8\x80"), /* DE00 */
        STR_INIT("\xEE\x80\x80"),
        STR_INIT("\xEF\xBF\xBD"),
    };
    static const struct str paths[] = {
        STR_INIT(""),
        STR_INIT("a"),
        STR_INIT("a/b"),
        STR_INIT("a/b/c"),
        STR_INIT("a/b c"),
        STR_INIT("a/b!"),
        STR_INIT("a b"),
        STR_INIT("a b/a"),
        STR_INIT("a!"),
        STR_INIT("a.md"),
        STR_INIT("aa"),
        STR_INIT("\xF0\x9F\x98\x80/x"),
        STR_INIT("\xEF\xBF\xBD"),
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        for (size_t j = 0; j < ARRAY_LEN(texts); j++)
            assert_int_equal(sign(unicode_cmp_utf16(texts[i], texts[j])),
                             (i > j) - (i < j));
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        for (size_t j = 0; j < ARRAY_LEN(paths); j++)
            assert_int_equal(sign(unicode_cmp_path(paths[i], paths[j])),
                             (i > j) - (i < j));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_borders),
        cmocka_unit_test(test_encode),
        cmocka_unit_test(test_valid_len),
        cmocka_unit_test(test_class),
        cmocka_unit_test(test_class_ascii),
        cmocka_unit_test(test_nfc_and_fold),
        cmocka_unit_test(test_nfc_shortcut),
        cmocka_unit_test(test_fold_grows),
        cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
