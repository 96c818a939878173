#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/pool.h"
#include "base/regex.h"
#include "base/regex_fold.h"
#include "regex_rows.h"

/* As the rows have it. */
static void run(struct buf *out, struct str pattern, struct str flags,
                struct str text) {
    struct regex_span groups[32];
    struct regex_error error;
    struct regex *r = regex_new(pattern, flags, &error);
    struct arena a;

    buf_reset(out);
    if (r == NULL) {
        assert_true(strlen(error.message) > 0);
        buf_add_lit(out, "error");
        return;
    }
    assert_true(regex_groups(r) <= ARRAY_LEN(groups));
    arena_init(&a);
    switch (regex_exec(r, utf16_from_str(&a, text), 0, groups)) {
    case REGEX_NO_MATCH:
        buf_add_lit(out, "none");
        break;
    case REGEX_LIMIT:
        buf_add_lit(out, "limit");
        break;
    case REGEX_MATCH:
        for (size_t i = 0; i < regex_groups(r); i++) {
            buf_add_str(out, i > 0 ? STR(" ") : STR(""));
            if (groups[i].from == STR_NONE)
                buf_add_ch(out, '-');
            else
                buf_printf(out, "%zu-%zu", groups[i].from, groups[i].to);
        }
        break;
    }
    arena_release(&a);
    regex_free(r);
}

static void test_rows(void **state) {
    struct buf out = {0};
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(regex_rows); i++) {
        const struct regex_row *row = &regex_rows[i];

        run(&out, row->pattern, str_from(row->flags), row->text);
        if (str_eq(buf_str(&out), str_from(row->expected)))
            continue;
        print_error("/%.*s/%s on \"%.*s\": %.*s, not %s\n",
                    STR_ARG(row->pattern), row->flags, STR_ARG(row->text),
                    STR_ARG(buf_str(&out)), row->expected);
        wrong++;
    }
    buf_release(&out);
    assert_int_equal(wrong, 0);
}

/* What regex.h says is other than in JavaScript. */
static void test_differences(void **state) {
    static const struct regex_row rows[] = {
        {STR_INIT("(?<=a+)b"), "", STR_INIT("aab"), "error"},
        {STR_INIT("(?<=(a|bc))d"), "", STR_INIT("bcd"), "error"},
        {STR_INIT("(?<=(a)\\1)b"), "", STR_INIT("ab"), "error"},
        {STR_INIT("(?<=a{0,9999})b"), "", STR_INIT("b"), "error"},
        {STR_INIT("a{65536}"), "", STR_INIT("a"), "error"},
        {STR_INIT("[\\q{ab}]"), "v", STR_INIT("ab"), "error"},
        {STR_INIT("\\ud83d"), "u", STR_INIT("\xED\xA0\xBD"), "none"},
        {STR_INIT("\\ufffd"), "u", STR_INIT("\xED\xA0\xBD"), "0-1"},
        {STR_INIT("(|a)+"), "", STR_INIT("aa"), "0-0 0-0"},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        run(&out, rows[i].pattern, str_from(rows[i].flags), rows[i].text);
        assert_string_equal(buf_cstr(&out), rows[i].expected);
    }
    buf_release(&out);
}

static void test_errors(void **state) {
    static const struct {
        struct str pattern, flags;
        size_t at;
        const char *message;
    } cases[] = {
        {STR_INIT("a(b"), STR_INIT(""), 1, "the group is not closed"},
        {STR_INIT("ab)"), STR_INIT(""), 2, "a ) without its ("},
        {STR_INIT("\xC3\xA4\xF0\x9F\x98\x80*+"), STR_INIT(""), 3,
         "nothing to repeat"},
        {STR_INIT("\xF0\x9F\x98\x80[b-a]"), STR_INIT(""), 2,
         "a range of characters out of order"},
        {STR_INIT("x[a"), STR_INIT(""), 3, "the class is not closed"},
        {STR_INIT("ab(?i)c"), STR_INIT(""), 2, "no such kind of group"},
        {STR_INIT("ab\\"), STR_INIT(""), 3, "nothing behind the backslash"},
        {STR_INIT("a{2,1}"), STR_INIT(""), 1,
         "a range of repetitions out of order"},
        {STR_INIT("a\\p{Greek}"), STR_INIT("u"), 3,
         "no such property of characters"},
        {STR_INIT("(?<n>a)\\k<m>"), STR_INIT(""), 7, "no group of that name"},
        {STR_INIT("ab(?<=c*)"), STR_INIT(""), 6,
         "look-behinds of no fixed length are not supported"},
        {STR_INIT("a"), STR_INIT("gxg"), 1, "no such flag"},
        {STR_INIT("a"), STR_INIT("gig"), 2, "a flag twice"},
        {STR_INIT("a"), STR_INIT("vu"), 1, "flags u and v exclude each other"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct regex_error error;

        assert_null(regex_new(cases[i].pattern, cases[i].flags, &error));
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.at, cases[i].at);
        assert_int_equal(error.in_flags, i >= ARRAY_LEN(cases) - 3);
    }
}

/* `n` times `round`, then `end`. */
static struct str repeated(struct buf *b, size_t n, const char *round,
                           const char *end) {
    buf_reset(b);
    for (size_t i = 0; i < n; i++)
        buf_add_str(b, str_from(round));
    buf_add_str(b, str_from(end));
    return buf_str(b);
}

static void test_limits(void **state) {
    static const struct {
        const char *pattern, *round, *end;
        size_t n;
        enum regex_outcome outcome;
    } cases[] = {
        {"(a+)+$", "a", "b", 40, REGEX_LIMIT},
        {"(a+)+$", "a", "b", 100000, REGEX_LIMIT},
        {"(a|a)*$", "a", "b", 100000, REGEX_LIMIT},
        {"(?:(?:a?)*)*$", "a", "b", 1000, REGEX_LIMIT},
        {"(?:(a)|b)*\\1$", "ab", "c", 50000, REGEX_LIMIT},
        /* what is long but not hard is matched */
        {"(a|b)*c", "ab", "c", 50000, REGEX_MATCH},
        {"(?:.|\\n)*z", "xy\n", "z", 30000, REGEX_MATCH},
        {"((?:a|b|)*)c", "ab", "c", 10000, REGEX_MATCH},
        {"[^]*?z", "a", "z", 1000000, REGEX_MATCH},
        {"\\d+-\\d+", "12 34 ", "", 100000, REGEX_NO_MATCH},
        {"\\s+$", " ", "x", 3000, REGEX_NO_MATCH},
    };
    struct buf text = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct regex_error error;
        struct regex *r =
            regex_new(str_from(cases[i].pattern), STR(""), &error);

        assert_non_null(r);
        assert_int_equal(regex_test(r,
                                    repeated(&text, cases[i].n, cases[i].round,
                                             cases[i].end),
                                    NULL),
                         cases[i].outcome);
        regex_free(r);
    }
    buf_release(&text);
}

/* Searches that share their steps end when those are spent, and only those that
 * take many do: what is cheap is free. */
static void test_shared_steps(void **state) {
    struct regex_error error;
    struct regex *hard = regex_new(STR("(a|a)*[bd]"), STR(""), &error);
    struct regex *easy = regex_new(STR("a+c"), STR(""), &error);
    uint64_t steps = 1000000, before;
    unsigned n = 0;

    (void)state;
    while (n < 1000 &&
           regex_test(hard, STR("aaaaaaaaaaaac"), &steps) == REGEX_NO_MATCH)
        n++;
    assert_in_range(n, 1, 999);
    assert_int_equal(regex_test(hard, STR("aaaaaaaaaaaac"), NULL),
                     REGEX_NO_MATCH);
    before = steps;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(regex_test(easy, STR("aaaaaaaaaaaac"), &steps),
                         REGEX_MATCH);
    assert_int_equal(steps, before);
    regex_free(hard);
    regex_free(easy);
}

/* Patterns without measure: an error or a regex, but an end. */
static void test_large_patterns(void **state) {
    static const struct {
        const char *round;
        size_t n;
        const char *end;
    } cases[] = {
        {"(", 100000, ""},      {"(", 200, ""},       {"(?:", 240, "a"},
        {"[", 100000, ""},      {"a|", 9000, ""},     {"(a)", 6000, ""},
        {"()", 10001, ""},      {"(?=", 1000, ""},    {"(?:a{1000}", 5, ""},
        {"\\1", 9000, ""},      {"(?<=a|b", 300, ""}, {"[\\s\\S]", 1000, ""},
        {"\\p{L}", 200, ""},    {"\\p{L}", 201, ""},  {"(?:a?){9}?", 900, ""},
        {"(|a)*\\1", 1000, ""},
    };
    static const char *const flags[] = {"", "i", "u", "iv"};
    struct buf text = {0}, closed = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (size_t f = 0; f < ARRAY_LEN(flags); f++) {
            struct regex_error error;
            struct regex *r;

            repeated(&text, cases[i].n, cases[i].round, cases[i].end);
            r = regex_new(buf_str(&text), str_from(flags[f]), &error);
            regex_free(r);
            repeated(&closed, cases[i].n, ")", "");
            buf_add_str(&text, buf_str(&closed));
            r = regex_new(buf_str(&text), str_from(flags[f]), &error);
            if (r != NULL)
                regex_test(r, STR("aaaa"), NULL);
            regex_free(r);
        }
    }
    buf_release(&text);
    buf_release(&closed);
}

static void test_names(void **state) {
    struct regex_error error;
    struct regex *r =
        regex_new(STR("(a)(?<year>b)(?<\\u{e4}>c)"), STR("gy"), &error);

    (void)state;
    assert_non_null(r);
    assert_int_equal(regex_groups(r), 4);
    assert_true(regex_has_names(r));
    assert_int_equal(regex_group_named(r, STR("year")), 2);
    assert_int_equal(regex_group_named(r, STR("\xC3\xA4")), 3);
    assert_int_equal(regex_group_named(r, STR("a")), 0);
    regex_free(r);
}

static void test_from(void **state) {
    static const struct {
        const char *pattern, *flags;
        struct str text;
        size_t from, at; /* STR_NONE: no match */
    } cases[] = {
        {"a", "", STR_INIT("aba"), 1, 2},
        {"a", "", STR_INIT("aba"), 3, STR_NONE},
        {"a", "", STR_INIT("aba"), 4, STR_NONE},
        {"", "", STR_INIT("aba"), 3, 3},
        {"^a", "", STR_INIT("aba"), 2, STR_NONE},
        {"(?<=b)a", "", STR_INIT("aba"), 2, 2},
        {"a", "y", STR_INIT("aba"), 1, STR_NONE},
        {"a", "y", STR_INIT("aba"), 2, 2},
        {".", "", STR_INIT("\xF0\x9F\x98\x80"), 1, 1},
        {".", "u", STR_INIT("\xF0\x9F\x98\x80"), 1, 0}, /* the whole pair */
        {".", "uy", STR_INIT("\xF0\x9F\x98\x80"), 1, 0},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct regex_span whole = {STR_NONE, STR_NONE};
        struct regex_error error;
        struct regex *r = regex_new(str_from(cases[i].pattern),
                                    str_from(cases[i].flags), &error);

        assert_non_null(r);
        assert_int_equal(regex_exec(r, utf16_from_str(&a, cases[i].text),
                                    cases[i].from, &whole),
                         cases[i].at == STR_NONE ? REGEX_NO_MATCH
                                                 : REGEX_MATCH);
        assert_int_equal(whole.from, cases[i].at);
        regex_free(r);
    }
    arena_release(&a);
}

/* Folding leaves the number of units, and what is folded as it is. */
static void test_fold(void **state) {
    static const enum regex_fold folds[] = {REGEX_FOLD_UPPER,
                                            REGEX_FOLD_SIMPLE};

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(folds); f++) {
        USet *all = uset_openEmpty();

        uset_addRange(all, 0, 0x10FFFF);
        regex_fold_set(folds[f], all);
        for (uint32_t code = 0; code <= 0x10FFFF; code++) {
            uint32_t fold = regex_fold_code(folds[f], code);

            assert_int_equal(fold > 0xFFFF, code > 0xFFFF);
            assert_int_equal(regex_fold_code(folds[f], fold), fold);
            if (code <= 0xFFFF || folds[f] == REGEX_FOLD_SIMPLE)
                assert_int_equal(uset_contains(all, (UChar32)code),
                                 fold == code);
        }
        uset_close(all);
    }
}

struct shared {
    const struct regex *regex;
    struct utf16 text;
};

static void use_shared(void *context, size_t index, unsigned worker) {
    const struct shared *shared = context;
    struct regex_span groups[3];

    (void)worker;
    assert_int_equal(regex_exec(shared->regex, shared->text, index % 3, groups),
                     REGEX_MATCH);
    assert_int_equal(groups[0].from, 3);
    assert_int_equal(groups[2].to, 6);
}

static void test_threads(void **state) {
    struct regex_error error;
    struct arena a;
    struct regex *r = regex_new(STR("(?:(\xC3\xA4)|(b+))+$"), STR("i"), &error);
    struct shared shared = {.regex = r};

    (void)state;
    arena_init(&a);
    shared.text = utf16_from_str(&a, STR("xxx\xC3\x84"
                                         "bB"));
    pool_run(4, 2000, use_shared, &shared);
    regex_free(r);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_shared_steps),
        cmocka_unit_test(test_large_patterns),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_from),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
