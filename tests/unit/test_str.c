#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

static int sign(int n) {
    return (n > 0) - (n < 0);
}

static void test_compare(void **state) {
    static const struct {
        struct str a, b;
        int order;
        bool starts, ends; /* a with b */
        bool nocase, starts_nocase;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), 0, true, true, true, true},
        {STR_INIT("a"), STR_INIT(""), 1, true, true, false, true},
        {STR_INIT(""), STR_INIT("a"), -1, false, false, false, false},
        {STR_INIT("abc"), STR_INIT("ab"), 1, true, false, false, true},
        {STR_INIT("abc"), STR_INIT("bc"), -1, false, true, false, false},
        {STR_INIT("abc"), STR_INIT("ABC"), 1, false, false, true, true},
        {STR_INIT("AbCd"), STR_INIT("aBc"), -1, false, false, false, true},
        {STR_INIT("a\0b"), STR_INIT("a\0c"), -1, false, false, false, false},
        {STR_INIT("\xC3\xA4"), STR_INIT("z"), 1, false, false, false, false},
        /* Only ASCII letters fold: '[' and '{' differ by the same bit. */
        {STR_INIT("["), STR_INIT("{"), -1, false, false, false, false},
        {STR_INIT("\xC3\xA4"), STR_INIT("\xC3\x84"), 1, false, false, false,
         false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(sign(str_cmp(cases[i].a, cases[i].b)), cases[i].order);
        assert_int_equal(sign(str_cmp(cases[i].b, cases[i].a)),
                         -cases[i].order);
        assert_int_equal(str_eq(cases[i].a, cases[i].b), cases[i].order == 0);
        assert_int_equal(str_starts(cases[i].a, cases[i].b), cases[i].starts);
        assert_int_equal(str_ends(cases[i].a, cases[i].b), cases[i].ends);
        assert_int_equal(str_eq_nocase(cases[i].a, cases[i].b),
                         cases[i].nocase);
        assert_int_equal(str_starts_nocase(cases[i].a, cases[i].b),
                         cases[i].starts_nocase);
    }
}

static void test_find(void **state) {
    static const struct {
        struct str s;
        char c;
        size_t first, last;
        struct str until, after;
    } cases[] = {
        {STR_INIT(""), 'x', STR_NONE, STR_NONE, STR_INIT(""), STR_INIT("")},
        {STR_INIT("ab"), 'x', STR_NONE, STR_NONE, STR_INIT("ab"), STR_INIT("")},
        {STR_INIT("x"), 'x', 0, 0, STR_INIT(""), STR_INIT("")},
        {STR_INIT("axbxc"), 'x', 1, 3, STR_INIT("a"), STR_INIT("bxc")},
        {STR_INIT("ab\0c"), '\0', 2, 2, STR_INIT("ab"), STR_INIT("c")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(str_find(cases[i].s, cases[i].c), cases[i].first);
        assert_int_equal(str_rfind(cases[i].s, cases[i].c), cases[i].last);
        assert_str(str_until(cases[i].s, cases[i].c), cases[i].until);
        assert_str(str_after(cases[i].s, cases[i].c), cases[i].after);
    }
}

static void test_find_str(void **state) {
    static const struct {
        struct str s, needle;
        size_t from, at;
    } cases[] = {
        {STR_INIT("abcabc"), STR_INIT("bc"), 0, 1},
        {STR_INIT("abcabc"), STR_INIT("bc"), 1, 1},
        {STR_INIT("abcabc"), STR_INIT("bc"), 2, 4},
        {STR_INIT("abcabc"), STR_INIT("bc"), 5, STR_NONE},
        {STR_INIT("abc"), STR_INIT("abcd"), 0, STR_NONE},
        /* One that is long, its first byte often, seldom or nowhere else. */
        {STR_INIT("aaaaaaaaaaaaaaaaaab"), STR_INIT("aaaaaaaaab"), 0, 9},
        {STR_INIT("aaaaaaaaaaaaaaaaaab"), STR_INIT("aaaaaaaaac"), 0, STR_NONE},
        {STR_INIT("a.a.a.a.abcdefghij"), STR_INIT("abcdefghij"), 0, 8},
        {STR_INIT("a.a.a.a.abcdefghij"), STR_INIT("abcdefghij"), 9, STR_NONE},
        {STR_INIT("..abcdefghij"), STR_INIT("abcdefghij"), 0, 2},
        {STR_INIT("..bcdefghija"), STR_INIT("abcdefghij"), 0, STR_NONE},
        {STR_INIT("abc"), STR_INIT(""), 3, 3},
        {STR_INIT("abc"), STR_INIT(""), 4, STR_NONE},
        {STR_INIT("abc"), STR_INIT("c"), 99, STR_NONE},
        {STR_INIT(""), STR_INIT(""), 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(
            str_find_str(cases[i].s, cases[i].needle, cases[i].from),
            cases[i].at);
}

static void test_trim(void **state) {
    static const struct {
        struct str s, both, end;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT(" \t\r\n"), STR_INIT(""), STR_INIT("")},
        {STR_INIT("  a b\r\n"), STR_INIT("a b"), STR_INIT("  a b")},
        {STR_INIT("\xC2\xA0"), STR_INIT("\xC2\xA0"), STR_INIT("\xC2\xA0")},
        {STR_INIT("\va\f"), STR_INIT("\va\f"), STR_INIT("\va\f")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_str(str_trim(cases[i].s), cases[i].both);
        assert_str(str_rtrim(cases[i].s), cases[i].end);
    }
}

static void test_is_spaced(void **state) {
    static const char *const yes[] = {"",      "a",        "a b",
                                      "a b c", "\xC2\xA0", "a\x01"};
    static const char *const no[] = {
        " ", " a", "a ", "a  b", "a\tb", "a\n", "\va b", "a\rb", "a \xC2\xA0 "};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        assert_true(str_is_spaced(str_from(yes[i])));
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        assert_false(str_is_spaced(str_from(no[i])));
}

/* What it does to each place, one after the other. */
static size_t skip_one_by_one(struct str s, size_t at) {
    for (size_t i = at; i < s.len; i++) {
        bool blank = s.p[i] == ' ';

        if (ascii_space((unsigned char)s.p[i]) &&
            (!blank || i == at || s.p[i - 1] == ' '))
            return i;
    }
    return s.len;
}

static void test_skip_spaced(void **state) {
    static const char pieces[] =
        "abcdefghijklmnopqrst uvwxyz\xC3\xA4\x01\x1F   "
        "\t\n\v\f\r\x08\x0E";
    uint32_t seed = 1;
    char bytes[80], put[81];

    (void)state;
    for (int round = 0; round < 40000; round++) {
        struct str s = {bytes, (size_t)(round % 80)};
        /* Of the pieces more and more: white space is rare at first. */
        uint32_t npieces = 20 + (uint32_t)round % (sizeof pieces - 20);
        size_t len, expected = 0;

        for (size_t i = 0; i < s.len; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = pieces[(seed >> 16) % npieces];
        }
        for (size_t at = 0; at <= s.len; at++)
            assert_int_equal(str_skip_spaced(s, at), skip_one_by_one(s, at));
        put[0] = '-';
        len = str_put_spaced(put, 1, s);
        assert_int_equal(str_put_spaced(put, 0, str_make(put, len)), len);
        for (size_t i = 0; i < s.len; i++)
            if (!ascii_space((unsigned char)s.p[i]))
                put[expected++] = s.p[i];
            else if (expected > 0 && put[expected - 1] != ' ')
                put[expected++] = ' ';
        assert_int_equal(str_put_spaced(bytes, 0, s), expected);
        assert_memory_equal(bytes, put, expected);
    }
}

static void test_lines(void **state) {
    static const struct str expected[] = {
        STR_INIT("a"),   STR_INIT(""),  STR_INIT("b\rc"),
        STR_INIT("d\r"), STR_INIT("e"),
    };
    struct str rest = STR("a\n\r\nb\rc\r\nd\r\r\ne"), line;
    size_t n = 0;

    (void)state;
    while (str_next_line(&rest, &line)) {
        assert_true(n < ARRAY_LEN(expected));
        assert_str(line, expected[n++]);
    }
    assert_int_equal(n, ARRAY_LEN(expected));

    rest = STR("a\n"); /* an LF ends a line and begins none */
    assert_true(str_next_line(&rest, &line));
    assert_false(str_next_line(&rest, &line));
}

static void test_path(void **state) {
    static const struct {
        struct str path, base, dir, extension;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("a.md"), STR_INIT("a.md"), STR_INIT(""), STR_INIT("md")},
        {STR_INIT("x/y/a.b.md"), STR_INIT("a.b.md"), STR_INIT("x/y"),
         STR_INIT("md")},
        {STR_INIT("x.y/a"), STR_INIT("a"), STR_INIT("x.y"), STR_INIT("")},
        {STR_INIT("x/.hidden"), STR_INIT(".hidden"), STR_INIT("x"),
         STR_INIT("")},
        {STR_INIT(".a.md"), STR_INIT(".a.md"), STR_INIT(""), STR_INIT("md")},
        {STR_INIT("a."), STR_INIT("a."), STR_INIT(""), STR_INIT("")},
        {STR_INIT("x/"), STR_INIT(""), STR_INIT("x"), STR_INIT("")},
        {STR_INIT("/a"), STR_INIT("a"), STR_INIT(""), STR_INIT("")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_str(str_basename(cases[i].path), cases[i].base);
        assert_str(str_dirname(cases[i].path), cases[i].dir);
        assert_str(str_extension(cases[i].path), cases[i].extension);
    }
}

static void test_null(void **state) {
    const struct str none = {0};
    struct str rest = none, line;

    (void)state;
    assert_int_equal(str_slice(none, 1, 5).len, 0);
    assert_int_equal(str_skip(none, 1).len, 0);
    assert_int_equal(str_find(none, 'x'), STR_NONE);
    assert_int_equal(str_rfind(none, 'x'), STR_NONE);
    assert_int_equal(str_find_str(none, none, 0), 0);
    assert_int_equal(str_find_str(none, STR("x"), 0), STR_NONE);
    assert_int_equal(str_trim(none).len, 0);
    assert_int_equal(str_cmp(none, STR("")), 0);
    assert_true(str_eq(none, STR("")));
    assert_true(str_starts(STR("a"), none));
    assert_true(str_ends(none, none));
    assert_int_equal(str_extension(none).len, 0);
    assert_false(str_next_line(&rest, &line));
    assert_int_equal(str_from(NULL).len, 0);
    assert_str(str_slice(STR("abc"), 2, 1), STR(""));
    assert_str(str_slice(STR("abc"), 1, 99), STR("bc"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare),   cmocka_unit_test(test_find),
        cmocka_unit_test(test_find_str),  cmocka_unit_test(test_trim),
        cmocka_unit_test(test_is_spaced), cmocka_unit_test(test_skip_spaced),
        cmocka_unit_test(test_lines),     cmocka_unit_test(test_path),
        cmocka_unit_test(test_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
