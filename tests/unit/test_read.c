#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "value/date_make.h"
#include "value/date_read.h"
#include "value/read.h"
#include "value_dump.h"

static struct arena arena;
static struct zones zones;
static struct value_reader reader = {.arena = &arena, .zones = &zones};

static void assert_dump(const char *input, const struct value *got,
                        const char *want) {
    struct buf b = {0};

    value_dump(&b, got);
    if (!str_eq(buf_str(&b), str_from(want)))
        fail_msg("\"%s\": got %.*s, want %s", input, STR_ARG(buf_str(&b)),
                 want);
    buf_release(&b);
}

struct row {
    const char *input, *want;
};

static void test_properties(void **state) {
    static const struct row rows[] = {
        {"hello", "\"hello\""},
        {"", "\"\""},
        {"42", "\"42\""},
        {"2026-01-05", "2026-01-05T00:00:00.000+00:00"},
        {"2026-01", "2026-01-01T00:00:00.000+00:00"},
        {"2026-01-05T10:20", "2026-01-05T10:20:00.000+00:00"},
        {"2026-01-05T10:20:30.123", "2026-01-05T10:20:30.123+00:00"},
        {"2026-01-05T10:20:30+02:00", "2026-01-05T10:20:30.000+02:00 UTC+2"},
        {"2026-01-05T10:20:30Z", "2026-01-05T10:20:30.000Z UTC"},
        {"2026-01-05T10:20:30[Europe/Paris]",
         "2026-01-05T10:20:30.000+01:00 Europe/Paris"},
        {"2026-1-5", "\"2026-1-5\""},
        {"2026-02-30", "2026-03-02T00:00:00.000+00:00"},
        {"2026-13-01", "\"2026-13-01\""},
        {"2026-01-05T08:00:00[America/New_York]",
         "\"2026-01-05T08:00:00[America/New_York]\""},
        {"2026-01-05 and more", "\"2026-01-05 and more\""},
        {" 2026-01-05", "\" 2026-01-05\""},
        {"today", "\"today\""},
        {"3 hours", "dur 3h"},
        {"1d 2h", "dur 1d 2h"},
        {"2 weeks, 3 days", "dur 2w 3d"},
        {"90 min", "dur 90m"},
        {"1 yr", "dur 1y"},
        {"1.5 hours", "dur 1.5h"},
        {"-3 days", "dur -3d"},
        {"3 hourly", "\"3 hourly\""},
        {"3 apples", "\"3 apples\""},
        {"10:30", "\"10:30\""},
        {"[[Lighthouse]]", "file Lighthouse"},
        {"[[Lighthouse|light]]", "file Lighthouse|light"},
        {"[[Lighthouse#Tasks]]", "header Lighthouse#Tasks"},
        {"[[Lighthouse#^lens-note]]", "block Lighthouse#lens-note"},
        {"![[Lighthouse]]", "!file Lighthouse"},
        {"see [[Lighthouse]]", "\"see [[Lighthouse]]\""},
        {"[[Lighthouse]] x", "\"[[Lighthouse]] x\""},
        {"https://example.org/a?b=c", "\"https://example.org/a?b=c\""},
        {"!important", "\"!important\""},
        {"\"quoted\"", "\"\"quoted\"\""},
        {"true", "\"true\""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_dump(rows[i].input,
                    value_of_property_text(&reader, str_from(rows[i].input)),
                    rows[i].want);
}

static void test_inline_fields(void **state) {
    static const struct row rows[] = {
        {"", "null"},
        {"   ", "null"},
        {"value one", "\"value one\""},
        {" spaced ", "\"spaced\""},
        {"\xc2\xa0wide\xe3\x80\x80", "\"wide\""},
        {"12", "12"},
        {"3.5", "3.5"},
        {"-2", "-2"},
        {"010", "10"},
        {".5", "\".5\""},
        {"5.", "\"5.\""},
        {"1e5", "\"1e5\""},
        {"2026", "2026"},
        {"2026-02-03", "2026-02-03T00:00:00.000+00:00"},
        {"2026-02-03T04:05:06", "2026-02-03T04:05:06.000+00:00"},
        {"4 hours 30 min", "dur 4h 30m"},
        {"4h30m", "dur 4h 30m"},
        {"30 days", "dur 1M 2d"},
        {"1 d, 2 h", "dur 1d 2h"},
        {"1 d, 2", "[dur 1d, 2]"},
        {"1 d 2", "\"1 d 2\""},
        {"true", "true"},
        {"True", "true"},
        {"False", "false"},
        {"TRUE", "\"TRUE\""},
        {"trueish", "\"trueish\""},
        {"null", "\"null\""},
        {"[[Lighthouse]]", "file Lighthouse"},
        {"![[Grog]]", "!file Grog"},
        {"[[Lighthouse\\|esc]]", "file Lighthouse|esc"},
        {"[[Lighthouse|L]], [[Sandpiper]]",
         "[file Lighthouse|L, file Sandpiper]"},
        {"1, 2, 3", "[1, 2, 3]"},
        {"1,2", "[1, 2]"},
        {"1,000", "[1, 0]"},
        {"\"a\", \"b, c\", \"d\"", "[\"a\", \"b, c\", \"d\"]"},
        {"a, b, c", "\"a, b, c\""},
        {"1, \"two\", 2026-01-01, [[Grog]]",
         "[1, \"two\", 2026-01-01T00:00:00.000+00:00, file Grog]"},
        {"1, 2,", "\"1, 2,\""},
        {"1,", "[1]"},
        {"[[x]] ,", "[file x]"},
        {", 1", "\", 1\""},
        {"salt, cod, [[Leek]]", "\"salt, cod, [[Leek]]\""},
        {"#alpha", "\"#alpha\""},
        {"#alpha, #beta/gamma", "[\"#alpha\", \"#beta/gamma\"]"},
        {"#a.b", "\"#a.b\""},
        {"\"quoted\"", "\"quoted\""},
        {"\"quoted\" tail", "\"\"quoted\" tail\""},
        {"\"open", "\"\"open\""},
        {"\"a\\\"b\\\\c\"", "\"a\"b\\c\""},
        {"\"a\\nb\"", "\"a\\nb\""},
        {"a::b", "\"a::b\""},
        {"3 apples", "\"3 apples\""},
        {"[1, 2]", "\"[1, 2]\""},
        {"**bold** and [[Grog]] text", "\"**bold** and [[Grog]] text\""},
        {"today", "\"today\""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_dump(rows[i].input,
                    value_of_inline_text(&reader, str_from(rows[i].input)),
                    rows[i].want);
}

static void test_links(void **state) {
    static const struct row rows[] = {
        {"", "file "},
        {"#", "header #"},
        {"#h", "header #h"},
        {"a#", "header a#"},
        {"a#^b", "block a#b"},
        {"a#^", "block a#"},
        {"a#b#c", "header a#b"},
        {"a#b#^c", "block a#b#c"},
        {"a#b^c", "header a#b c"},
        {"a^b", "file a^b"},
        {"a|", "file a|"},
        {"|b", "file |b"},
        {"a|b|c", "file a|b|c"},
        {"a\\|b|c", "file a|b|c"},
        {"a|b\\|c", "file a|b\\|c"},
        {" a | b ", "file  a | b "},
        {"x|a#^b", "file x|a#^b"},
        {"a\\b", "file a\\b"},
        {"a#Second Heading!? with *md*", "header a#Second Heading with md"},
    };
    struct value_link l;
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        l = value_link_of(&arena, str_from(rows[i].input));
        buf_reset(&b);
        dump_link(&b, &l);
        if (!str_eq(buf_str(&b), str_from(rows[i].want)))
            fail_msg("\"%s\": got %.*s, want %s", rows[i].input,
                     STR_ARG(buf_str(&b)), rows[i].want);
    }
    buf_release(&b);
}

static void test_headings(void **state) {
    static const struct row rows[] = {
        {"", ""},
        {"Tasks", "Tasks"},
        {"  two  blanks ", "two blanks"},
        {"a_b-c/d", "a_b-c d"},
        {"⭐ star ❤️!", "⭐ star ❤️"},
        {"😀👍🏽b", "😀👍🏽b"},
        {"👨‍👩‍👧 family", "👨‍👩‍👧 family"},
        {"🇪🇸 and 1️⃣", "🇪🇸 and 1️⃣"},
        {"日本、語", "日本 語"},
        {"² and ١", "and"}, /* only ASCII digits */
        {"x\xcc\x81y", "x y"},
        {"©®™", "©®™"},
        {"!?", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str got = value_heading_subpath(&arena, str_from(rows[i].input));
        if (!str_eq(got, str_from(rows[i].want)))
            fail_msg("\"%s\": got \"%.*s\"", rows[i].input, STR_ARG(got));
    }
}

static struct str found(const void *context, struct str path) {
    assert_ptr_equal(context, &zones);
    return str_eq(path, STR("Grog")) ? STR("Library/Grog.md") : path;
}

static void test_resolving(void **state) {
    const struct value_reader r = {
        .arena = &arena, .zones = &zones, .resolve = found, .context = &zones};

    (void)state;
    assert_dump("", value_of_property_text(&r, STR("[[Grog#a|b]]")),
                "header Library/Grog.md#a|b");
    assert_dump("", value_of_inline_text(&r, STR("[[Grog]], [[Nowhere]]")),
                "[file Library/Grog.md, file Nowhere]");
}

static void test_whole_properties(void **state) {
    const struct value *items[] = {value_of_number(&arena, 1),
                                   value_of_text(&arena, STR("two")),
                                   value_of_text(&arena, STR("2026-01-05")),
                                   value_of_text(&arena, STR("[[Grog]]"))};
    const struct value_member members[] = {
        {STR("a"), value_of_text(&arena, STR("x"))},
        {STR("2 days"), value_of_list(&arena, items, 4)},
        {STR("n"), &value_null}};
    const struct value *object = value_of_object(&arena, members, 3);
    const struct value *plain = value_of_list(&arena, items, 2);

    (void)state;
    assert_dump(
        "", value_of_property(&reader, object),
        "{a: \"x\", 2 days: [1, \"two\", 2026-01-05T00:00:00.000+00:00, "
        "file Grog], n: null}");
    assert_ptr_equal(value_of_property(&reader, plain), plain);
    assert_ptr_equal(value_of_property(&reader, items[1]), items[1]);
}

static void test_literals_at_the_start(void **state) {
    static const struct {
        const char *input;
        size_t date, duration;
    } rows[] = {
        {"2026-01-", 7, 0},
        {"2026-01-0x", 7, 0},
        {"2026-01-05)", 10, 0},
        {"2026-01-05T1", 10, 0},
        {"2026-01-05T10:2", 13, 0},
        {"2026-01-05T10:20Z", 16, 0},
        {"2026-01-05T10:20:30.12", 19, 0},
        {"2026-01-05T10:20:30.1234", 23, 0},
        {"2026-01-05T10:20:30+2)", 21, 0},
        {"2026-01-05T10:20:30+02:3", 22, 0},
        {"2026-01-05T10:20:30[America/New_York]", 19, 0},
        {"2026-01-05T10:20:30[Nowhere]", 0, 0},
        {"20261-01", 0, 0},
        {"1 d)", 0, 3},
        {"1 d, ", 0, 3},
        {"1 d 2", 0, 3},
        {"1 mon", 0, 4},
        {"1 ms", 0, 3},
        {"1 d,, 2 h", 0, 3},
        {"3 h -2 m", 0, 8},
        {"1 y", 0, 0},
        {" 1 d", 0, 0},
        {"+1 d", 0, 0},
    };
    struct duration duration;
    struct date date;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str s = str_from(rows[i].input);
        if (date_read(&zones, s, &date) != rows[i].date ||
            duration_read(s, &duration) != rows[i].duration)
            fail_msg("\"%s\": date %zu, duration %zu", rows[i].input,
                     date_read(&zones, s, &date), duration_read(s, &duration));
    }
}

static void test_words(void **state) {
    static const struct row rows[] = {
        {"now", "2026-01-15T12:34:56.789+00:00"},
        {"today", "2026-01-15T00:00:00.000+00:00"},
        {"yesterday", "2026-01-14T00:00:00.000+00:00"},
        {"tomorrow", "2026-01-16T00:00:00.000+00:00"},
        {"sow", "2026-01-12T00:00:00.000+00:00"},
        {"start-of-week", "2026-01-12T00:00:00.000+00:00"},
        {"eow", "2026-01-18T23:59:59.999+00:00"},
        {"som", "2026-01-01T00:00:00.000+00:00"},
        {"eom", "2026-01-31T23:59:59.999+00:00"},
        {"soy", "2026-01-01T00:00:00.000+00:00"},
        {"end-of-year", "2026-12-31T23:59:59.999+00:00"},
    };
    struct date now = date_at(&zones.local, INT64_C(1768480496789)), d;
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str s = str_from(rows[i].input);
        assert_int_equal(date_read_word(now, s, &d), s.len);
        buf_reset(&b);
        dump_date(&b, d);
        if (!str_eq(buf_str(&b), str_from(rows[i].want)))
            fail_msg("%s: %.*s", rows[i].input, STR_ARG(buf_str(&b)));
    }
    buf_release(&b);
    assert_int_equal(date_read_word(now, STR("todayx"), &d), 5);
    assert_int_equal(date_read_word(now, STR("Today"), &d), 0);
    assert_int_equal(date_read_word(now, STR(""), &d), 0);
}

static int set_up(void **state) {
    (void)state;
    arena_init(&arena);
    zones_init(&zones, STR("UTC"));
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    zones_release(&zones);
    arena_release(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_inline_fields),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_resolving),
        cmocka_unit_test(test_whole_properties),
        cmocka_unit_test(test_literals_at_the_start),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
