#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/regex_replace.h"

/* What is expected is what Node 20 says. */

static void assert_str(struct str got, struct str expected) {
    if (!str_eq(got, expected))
        print_error("\"%.*s\", not \"%.*s\"\n", STR_ARG(got),
                    STR_ARG(expected));
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

static struct regex *compiled(struct str pattern, const char *flags) {
    struct regex_error error;
    struct regex *r = regex_new(pattern, str_from(flags), &error);

    assert_non_null(r);
    return r;
}

static void test_replace(void **state) {
    static const struct {
        struct str pattern;
        const char *flags;
        struct str text, with, expected;
    } cases[] = {
        {STR_INIT("a"), "", STR_INIT("xaa"), STR_INIT("b"), STR_INIT("xba")},
        {STR_INIT("a"), "g", STR_INIT("xaa"), STR_INIT("b"), STR_INIT("xbb")},
        {STR_INIT("a"), "g", STR_INIT("b"), STR_INIT("x"), STR_INIT("b")},
        {STR_INIT(""), "", STR_INIT("ab"), STR_INIT("-"), STR_INIT("-ab")},
        {STR_INIT(""), "g", STR_INIT("ab"), STR_INIT("-"), STR_INIT("-a-b-")},
        {STR_INIT(""), "g", STR_INIT(""), STR_INIT("-"), STR_INIT("-")},
        {STR_INIT(""), "g", STR_INIT("\xF0\x9F\x98\x80"), STR_INIT("-"),
         STR_INIT("-\xED\xA0\xBD-\xED\xB8\x80-")},
        {STR_INIT(""), "gu", STR_INIT("a\xF0\x9F\x98\x80"), STR_INIT("-"),
         STR_INIT("-a-\xF0\x9F\x98\x80-")},
        {STR_INIT("(a)(b)?"), "g", STR_INIT("abac"), STR_INIT("[$1$2]"),
         STR_INIT("[ab][a]c")},
        {STR_INIT("(a)"), "", STR_INIT("a"), STR_INIT("$0$1$2"),
         STR_INIT("$0a$2")},
        {STR_INIT("(a)"), "", STR_INIT("a"), STR_INIT("$01$10$00"),
         STR_INIT("aa0$00")},
        {STR_INIT("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)"), "", STR_INIT("abcdefghij"),
         STR_INIT("$10-$1-$11"), STR_INIT("j-a-a1")},
        {STR_INIT("b"), "", STR_INIT("abc"), STR_INIT("[$`|$&|$']"),
         STR_INIT("a[a|b|c]c")},
        {STR_INIT("b"), "g", STR_INIT("abcb"), STR_INIT("[$`|$&|$']"),
         STR_INIT("a[a|b|cb]c[abc|b|]")},
        {STR_INIT("a"), "", STR_INIT("a"), STR_INIT("$$1"), STR_INIT("$1")},
        {STR_INIT("a"), "", STR_INIT("a"), STR_INIT("$$$$"), STR_INIT("$$")},
        {STR_INIT("a"), "", STR_INIT("a"), STR_INIT("$"), STR_INIT("$")},
        {STR_INIT("a"), "", STR_INIT("a"), STR_INIT("x$y$"), STR_INIT("x$y$")},
        {STR_INIT("(?<n>a)"), "", STR_INIT("ab"), STR_INIT("<$<n>>"),
         STR_INIT("<a>b")},
        {STR_INIT("(?<n>a)"), "", STR_INIT("ab"), STR_INIT("$<m>$<n"),
         STR_INIT("$<nb")},
        {STR_INIT("(a)"), "", STR_INIT("ab"), STR_INIT("$<n>"),
         STR_INIT("$<n>b")},
        {STR_INIT("(?<n>a)|(?<m>b)"), "g", STR_INIT("ab"),
         STR_INIT("[$<n>,$<m>]"), STR_INIT("[a,][,b]")},
        {STR_INIT("\\ud83d"), "", STR_INIT("a\xF0\x9F\x98\x80"), STR_INIT("x"),
         STR_INIT("ax\xED\xB8\x80")},
        {STR_INIT("\\ude00"), "g", STR_INIT("\xF0\x9F\x98\x80\xF0\x9F\x98\x80"),
         STR_INIT("\xED\xB8\x81"),
         STR_INIT("\xF0\x9F\x98\x81\xF0\x9F\x98\x81")},
        {STR_INIT("x"), "g", STR_INIT("\xED\xA0\xBDx\xED\xB8\x80"),
         STR_INIT(""), STR_INIT("\xF0\x9F\x98\x80")},
        {STR_INIT("a|"), "g", STR_INIT("bab"), STR_INIT("-"),
         STR_INIT("-b--b-")},
        {STR_INIT("a*"), "g", STR_INIT("baac"), STR_INIT("-"),
         STR_INIT("-b--c-")},
        {STR_INIT("(?=b)"), "g", STR_INIT("abab"), STR_INIT("-"),
         STR_INIT("a-ba-b")},
        {STR_INIT("a"), "y", STR_INIT("ba"), STR_INIT("x"), STR_INIT("ba")},
        {STR_INIT("a"), "gy", STR_INIT("aaba"), STR_INIT("x"),
         STR_INIT("xxba")},
        {STR_INIT("^"), "gm",
         STR_INIT("a\x0A"
                  "b"),
         STR_INIT("> "), STR_INIT("> a\x0A> b")},
        {STR_INIT("$"), "gm",
         STR_INIT("a\x0A"
                  "b"),
         STR_INIT(";"),
         STR_INIT("a;\x0A"
                  "b;")},
        {STR_INIT("\\b"), "g", STR_INIT("ab cd"), STR_INIT("|"),
         STR_INIT("|ab| |cd|")},
        {STR_INIT("\xC3\x9F"), "gi", STR_INIT("\xC3\x9F \xE1\xBA\x9E"),
         STR_INIT("ss"), STR_INIT("ss \xE1\xBA\x9E")},
        {STR_INIT("(?:(a)|b)"), "g", STR_INIT("ab"), STR_INIT("<$1>"),
         STR_INIT("<a><>")},
        {STR_INIT("\xC3\xA4"), "gi", STR_INIT("\xC3\x84\xC3\xA4"),
         STR_INIT("\xC3\xB6$&"), STR_INIT("\xC3\xB6\xC3\x84\xC3\xB6\xC3\xA4")},
        {STR_INIT("\\s+"), "g", STR_INIT(" a  b "), STR_INIT(" "),
         STR_INIT(" a b ")},
        {STR_INIT("(\\d+)-(\\d+)"), "g", STR_INIT("1-2 30-40"),
         STR_INIT("$2/$1"), STR_INIT("2/1 40/30")},
        {STR_INIT("."), "gs", STR_INIT("a\x0A"), STR_INIT("x"), STR_INIT("xx")},
        {STR_INIT("a"), "", STR_INIT("bab"),
         STR_INIT("\xED\xA0\xBD$&\xED\xB8\x80"),
         STR_INIT("b\xED\xA0\xBD"
                  "a\xED\xB8\x80"
                  "b")},
        {STR_INIT("(a)(b)"), "", STR_INIT("ab"), STR_INIT("$3$2"),
         STR_INIT("$3b")},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct regex *r = compiled(cases[i].pattern, cases[i].flags);
        struct str out;
        enum regex_outcome outcome =
            regex_replace(r, &a, cases[i].text, cases[i].with, &out);

        assert_str(out, cases[i].expected);
        if (outcome == REGEX_NO_MATCH)
            assert_ptr_equal(out.p, cases[i].text.p);
        regex_free(r);
    }
    arena_release(&a);
}

static void test_split(void **state) {
    /* each part in brackets, [~] for one that is unset */
    static const struct {
        struct str pattern;
        const char *flags;
        struct str text;
        size_t limit;
        struct str expected;
    } cases[] = {
        {STR_INIT(","), "", STR_INIT("a,b,,c"), SIZE_MAX,
         STR_INIT("[a][b][][c]")},
        {STR_INIT(","), "", STR_INIT("a"), SIZE_MAX, STR_INIT("[a]")},
        {STR_INIT(","), "", STR_INIT(""), SIZE_MAX, STR_INIT("[]")},
        {STR_INIT(""), "", STR_INIT(""), SIZE_MAX, STR_INIT("")},
        {STR_INIT(""), "", STR_INIT("abc"), SIZE_MAX, STR_INIT("[a][b][c]")},
        {STR_INIT(""), "", STR_INIT("a\xF0\x9F\x98\x80"), SIZE_MAX,
         STR_INIT("[a][\xED\xA0\xBD][\xED\xB8\x80]")},
        {STR_INIT(""), "u",
         STR_INIT("a\xF0\x9F\x98\x80"
                  "b"),
         SIZE_MAX, STR_INIT("[a][\xF0\x9F\x98\x80][b]")},
        {STR_INIT("(,)"), "", STR_INIT("a,b"), SIZE_MAX, STR_INIT("[a][,][b]")},
        {STR_INIT("(,)|(;)"), "", STR_INIT("a,b;c"), SIZE_MAX,
         STR_INIT("[a][,][~][b][~][;][c]")},
        {STR_INIT("a"), "", STR_INIT("a"), SIZE_MAX, STR_INIT("[][]")},
        {STR_INIT("a"), "", STR_INIT("aba"), SIZE_MAX, STR_INIT("[][b][]")},
        {STR_INIT(","), "", STR_INIT("a,b,c"), 2, STR_INIT("[a][b]")},
        {STR_INIT(","), "", STR_INIT("a,b,c"), 0, STR_INIT("")},
        {STR_INIT("(,)"), "", STR_INIT("a,b,c"), 2, STR_INIT("[a][,]")},
        {STR_INIT("\\s*"), "", STR_INIT("a b  c"), SIZE_MAX,
         STR_INIT("[a][b][c]")},
        {STR_INIT("(?=b)"), "", STR_INIT("abab"), SIZE_MAX,
         STR_INIT("[a][ba][b]")},
        {STR_INIT("(?<=b)"), "", STR_INIT("abab"), SIZE_MAX,
         STR_INIT("[ab][ab]")},
        {STR_INIT("b*"), "", STR_INIT("abbc"), SIZE_MAX, STR_INIT("[a][c]")},
        {STR_INIT("^"), "m",
         STR_INIT("a\x0A"
                  "b"),
         SIZE_MAX, STR_INIT("[a\x0A][b]")},
        {STR_INIT("$"), "", STR_INIT("ab"), SIZE_MAX, STR_INIT("[ab]")},
        {STR_INIT("x*"), "", STR_INIT("xxaxx"), SIZE_MAX, STR_INIT("[][a][]")},
        {STR_INIT("a"), "y", STR_INIT("bab"), SIZE_MAX, STR_INIT("[b][b]")},
        {STR_INIT("a"), "g", STR_INIT("bab"), SIZE_MAX, STR_INIT("[b][b]")},
        {STR_INIT("\\ude00"), "", STR_INIT("x\xF0\x9F\x98\x80y"), SIZE_MAX,
         STR_INIT("[x\xED\xA0\xBD][y]")},
        {STR_INIT("(?:)"), "", STR_INIT("ab"), SIZE_MAX, STR_INIT("[a][b]")},
        {STR_INIT("(a)?"), "", STR_INIT("bab"), SIZE_MAX,
         STR_INIT("[b][a][b]")},
        {STR_INIT("."), "", STR_INIT("abc"), SIZE_MAX, STR_INIT("[][][][]")},
        {STR_INIT("\\b"), "", STR_INIT("ab cd"), SIZE_MAX,
         STR_INIT("[ab][ ][cd]")},
        {STR_INIT("(?<n>-)"), "", STR_INIT("1-2"), SIZE_MAX,
         STR_INIT("[1][-][2]")},
        {STR_INIT("[,;] ?"), "", STR_INIT("a, b;c"), SIZE_MAX,
         STR_INIT("[a][b][c]")},
        {STR_INIT("(a)|b"), "", STR_INIT("xbxax"), SIZE_MAX,
         STR_INIT("[x][~][x][a][x]")},
        {STR_INIT(""), "iu", STR_INIT("\xF0\x90\x90\x80\xF0\x90\x90\xA8"),
         SIZE_MAX, STR_INIT("[\xF0\x90\x90\x80][\xF0\x90\x90\xA8]")},
        {STR_INIT("\xC3\xA4"), "i",
         STR_INIT("1\xC3\x84"
                  "2\xC3\xA4"
                  "3"),
         SIZE_MAX, STR_INIT("[1][2][3]")},
    };
    struct buf drawn = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct regex *r = compiled(cases[i].pattern, cases[i].flags);
        struct regex_parts parts;

        assert_int_equal(
            regex_split(r, &a, cases[i].text, cases[i].limit, &parts),
            REGEX_MATCH);
        buf_reset(&drawn);
        for (size_t k = 0; k < parts.len; k++) {
            buf_add_ch(&drawn, '[');
            buf_add_str(&drawn,
                        parts.items[k].unset ? STR("~") : parts.items[k].text);
            buf_add_ch(&drawn, ']');
        }
        assert_str(buf_str(&drawn), cases[i].expected);
        regex_free(r);
    }
    buf_release(&drawn);
    arena_release(&a);
}

/* A loop of no end leaves the text, and no parts. */
static void test_limit(void **state) {
    struct str text = STR("xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    struct regex *r = compiled(STR("x|(a+)+$"), "g");
    struct regex_parts parts;
    struct arena a;
    struct str out;

    (void)state;
    arena_init(&a);
    assert_int_equal(regex_replace(r, &a, text, STR("-"), &out), REGEX_LIMIT);
    assert_ptr_equal(out.p, text.p);
    assert_int_equal(out.len, text.len);
    assert_int_equal(regex_split(r, &a, text, SIZE_MAX, &parts), REGEX_LIMIT);
    assert_int_equal(parts.len, 0);
    assert_int_equal(regex_split(r, &a, text, 1, &parts), REGEX_MATCH);
    assert_int_equal(parts.len, 1);
    regex_free(r);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
