#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf16.h"

/* U+1F600, and its two halves as they stand alone */
#define FACE "\xF0\x9F\x98\x80"
#define HIGH "\xED\xA0\xBD"
#define LOW "\xED\xB8\x80"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

static void test_len(void **state) {
    static const struct {
        struct str s;
        size_t len;
    } cases[] = {
        {{NULL, 0}, 0},
        {STR_INIT("plain"), 5},
        {STR_INIT("long enough for whole words of it"), 33},
        {STR_INIT("\xC3\xA4"), 1},
        {STR_INIT("\xE2\x82\xAC"), 1},
        {STR_INIT(FACE), 2},
        {STR_INIT("a" FACE "b" FACE), 6},
        {STR_INIT(HIGH), 1},
        {STR_INIT("x" LOW "y"), 3},
        {STR_INIT("\xFF\xE2\x82"), 3}, /* broken: one for each byte */
        {STR_INIT("\xED\xA0"), 2},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(utf16_len(cases[i].s), cases[i].len);
}

static void test_slice(void **state) {
    static const struct {
        struct str s;
        size_t from, to;
        struct str expected;
    } cases[] = {
        {{NULL, 0}, 0, 9, STR_INIT("")},
        {STR_INIT("abc"), 1, 2, STR_INIT("b")},
        {STR_INIT("abc"), 0, STR_NONE, STR_INIT("abc")},
        {STR_INIT("abc"), 2, 1, STR_INIT("")},
        {STR_INIT("abc"), 3, 9, STR_INIT("")},
        {STR_INIT("abc"), 9, 12, STR_INIT("")},
        {STR_INIT("\xC3\xA4"
                  "bc"),
         1, 2, STR_INIT("b")},
        {STR_INIT("a" FACE "b"), 1, 3, STR_INIT(FACE)},
        {STR_INIT("a" FACE "b"), 0, 2, STR_INIT("a" HIGH)},
        {STR_INIT("a" FACE "b"), 2, 9, STR_INIT(LOW "b")},
        {STR_INIT("a" FACE "b"), 2, 3, STR_INIT(LOW)},
        {STR_INIT("a" FACE "b"), 1, 2, STR_INIT(HIGH)},
        {STR_INIT("a" FACE "b"), 2, 2, STR_INIT("")},
        {STR_INIT("a" FACE "b"), 3, 4, STR_INIT("b")},
        {STR_INIT(FACE FACE), 1, 3, STR_INIT(LOW HIGH)},
        {STR_INIT(FACE "x" FACE), 1, 4, STR_INIT(LOW "x" HIGH)},
        {STR_INIT(HIGH "x" LOW), 0, 1, STR_INIT(HIGH)},
        {STR_INIT(HIGH "x" LOW), 1, 3, STR_INIT("x" LOW)},
        {STR_INIT("a\xFF" FACE), 1, 3, STR_INIT("\xFF" HIGH)},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_str(utf16_slice(&a, cases[i].s, cases[i].from, cases[i].to),
                   cases[i].expected);
    arena_release(&a);
}

static void test_find(void **state) {
    static const struct {
        struct str s, needle;
        size_t from, at;
    } cases[] = {
        {STR_INIT("abcabc"), STR_INIT("c"), 3, 5},
        {STR_INIT("abc"), STR_INIT("d"), 0, STR_NONE},
        {STR_INIT("abc"), STR_INIT(""), 1, 1},
        {STR_INIT(FACE "c"), STR_INIT(""), 9, 3},
        {STR_INIT(FACE "c" FACE "c"), STR_INIT("c"), 0, 2},
        {STR_INIT(FACE "c" FACE "c"), STR_INIT("c"), 3, 5},
        {STR_INIT(FACE "c" FACE "c"), STR_INIT("c"), 1, 2},
        {STR_INIT(FACE FACE), STR_INIT(FACE), 1, 2},
        {STR_INIT("a" FACE), STR_INIT(LOW), 0, 2},
        {STR_INIT("a" FACE), STR_INIT("a" HIGH), 0, 0},
        {STR_INIT("a" FACE), STR_INIT(HIGH "a"), 0, STR_NONE},
        {STR_INIT("ab"), STR_INIT(HIGH "abc"), 0, STR_NONE},
        {STR_INIT("ab"), STR_INIT("a"), 9, STR_NONE},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(utf16_find(cases[i].s, cases[i].needle, cases[i].from),
                         cases[i].at);
}

static void test_units(void **state) {
    static const uint16_t units[] = {'a',    0xE4,   0x20AC, 0xD83D, 0xDE00,
                                     0xDE00, 0xD83D, 'b',    0xDBFF, 0xDFFF};
    static const struct str text =
        STR_INIT("a\xC3\xA4\xE2\x82\xAC" FACE LOW HIGH "b\xF4\x8F\xBF\xBF");
    struct arena a;
    struct utf16 u;

    (void)state;
    arena_init(&a);
    u = utf16_from_str(&a, text);
    assert_int_equal(u.len, ARRAY_LEN(units));
    assert_memory_equal(u.p, units, sizeof units);
    assert_str(utf16_to_str(&a, u), text);
    u = utf16_from_str(&a, STR("\xE2\x82!"));
    assert_str(utf16_to_str(&a, u), STR("\xEF\xBF\xBD\xEF\xBF\xBD!"));
    assert_int_equal(utf16_from_str(&a, str_make(NULL, 0)).len, 0);
    assert_str(utf16_to_str(&a, (struct utf16){NULL, 0}), STR(""));
    arena_release(&a);
}

/* Each text cut in two anywhere is the same again, put together. */
static void test_mend(void **state) {
    static const struct str texts[] = {
        STR_INIT("a" FACE "b"),  STR_INIT(FACE FACE),     STR_INIT(HIGH),
        STR_INIT(LOW HIGH),      STR_INIT("x" HIGH "yz"), STR_INIT(LOW LOW),
        STR_INIT(HIGH HIGH LOW), /* of three the last two belong together */
    };
    struct buf b = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str whole =
            i == 6 ? STR(HIGH FACE) : texts[i]; /* as mended below */

        buf_reset(&b);
        buf_add_str(&b, texts[i]);
        utf16_mend(&b, 6);
        assert_str(buf_str(&b), whole);
        for (size_t at = 0; at <= utf16_len(whole); at++) {
            buf_reset(&b);
            utf16_add_str(&b, utf16_slice(&a, whole, 0, at));
            utf16_add_str(&b, utf16_slice(&a, whole, at, STR_NONE));
            assert_str(buf_str(&b), whole);
        }
    }
    buf_reset(&b);
    buf_add_lit(&b, "abc" HIGH);
    utf16_add(&b, (struct utf16){(const uint16_t[]){0xDE00, 'x'}, 2});
    assert_str(buf_str(&b), STR("abc" FACE "x"));
    utf16_mend(&b, 0);
    utf16_mend(&b, b.len);
    utf16_mend(&b, 99);
    assert_str(buf_str(&b), STR("abc" FACE "x"));
    buf_release(&b);
    arena_release(&a);
}

static void test_case(void **state) {
    static const struct {
        struct str s, lower, upper;
    } cases[] = {
        {{NULL, 0}, STR_INIT(""), STR_INIT("")},
        {STR_INIT("aZ@[`{"), STR_INIT("az@[`{"), STR_INIT("AZ@[`{")},
        {STR_INIT("Stra\xC3\x9F"
                  "e"),
         STR_INIT("stra\xC3\x9F"
                  "e"),
         STR_INIT("STRASSE")},
        /* final sigma, and one that is not */
        {STR_INIT("\xCE\xA3\xCE\x91\xCE\xA3 \xCE\xA3"),
         STR_INIT("\xCF\x83\xCE\xB1\xCF\x82 \xCF\x83"),
         STR_INIT("\xCE\xA3\xCE\x91\xCE\xA3 \xCE\xA3")},
        {STR_INIT("\xC4\xB0I"), STR_INIT("i\xCC\x87i"), STR_INIT("\xC4\xB0I")},
        {STR_INIT("\xC4\xB1i"), STR_INIT("\xC4\xB1i"), STR_INIT("II")},
        {STR_INIT("\xEF\xAC\x83"), STR_INIT("\xEF\xAC\x83"), STR_INIT("FFI")},
        {STR_INIT("\xF0\x90\x90\x80"), STR_INIT("\xF0\x90\x90\xA8"),
         STR_INIT("\xF0\x90\x90\x80")},
        {STR_INIT("A" HIGH "b"), STR_INIT("a" HIGH "b"),
         STR_INIT("A" HIGH "B")},
        {STR_INIT("\xCE\x90\xCE\xB0"), STR_INIT("\xCE\x90\xCE\xB0"),
         STR_INIT("\xCE\x99\xCC\x88\xCC\x81\xCE\xA5\xCC\x88\xCC\x81")},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str lower = utf16_lower(&a, cases[i].s);
        struct str upper = utf16_upper(&a, cases[i].s);

        assert_str(lower, cases[i].lower);
        assert_str(upper, cases[i].upper);
        if (str_eq(lower, cases[i].s))
            assert_ptr_equal(lower.p, cases[i].s.p);
        if (str_eq(upper, cases[i].s))
            assert_ptr_equal(upper.p, cases[i].s.p);
    }
    arena_release(&a);
}

static void test_trim(void **state) {
    static const struct {
        struct str s, start, end, both;
    } cases[] = {
        {{NULL, 0}, STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT(" \t\v\f\r\n"), STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("\xC2\xA0 a b\xE2\x80\xA8\xEF\xBB\xBF"),
         STR_INIT("a b\xE2\x80\xA8\xEF\xBB\xBF"), STR_INIT("\xC2\xA0 a b"),
         STR_INIT("a b")},
        {STR_INIT("\xE1\x9A\x80\xE2\x80\x80x\xE2\x80\x8A\xE2\x80\xAF"
                  "\xE2\x81\x9F\xE3\x80\x80\xE2\x80\xA9"),
         STR_INIT("x\xE2\x80\x8A\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80"
                  "\xE2\x80\xA9"),
         STR_INIT("\xE1\x9A\x80\xE2\x80\x80x"), STR_INIT("x")},
        /* none is white: zero width space, next line, a separator of old */
        {STR_INIT("\xE2\x80\x8B\xC2\x85\xE1\xA0\x8E"),
         STR_INIT("\xE2\x80\x8B\xC2\x85\xE1\xA0\x8E"),
         STR_INIT("\xE2\x80\x8B\xC2\x85\xE1\xA0\x8E"),
         STR_INIT("\xE2\x80\x8B\xC2\x85\xE1\xA0\x8E")},
        {STR_INIT(" " HIGH " "), STR_INIT(HIGH " "), STR_INIT(" " HIGH),
         STR_INIT(HIGH)},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_str(utf16_trim_start(cases[i].s), cases[i].start);
        assert_str(utf16_trim_end(cases[i].s), cases[i].end);
        assert_str(utf16_trim(cases[i].s), cases[i].both);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_len),  cmocka_unit_test(test_slice),
        cmocka_unit_test(test_find), cmocka_unit_test(test_units),
        cmocka_unit_test(test_mend), cmocka_unit_test(test_case),
        cmocka_unit_test(test_trim),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
