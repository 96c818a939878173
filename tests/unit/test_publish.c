#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"
#include "vault/publish.h"

/*
 * The rule (decisions.md 1, 2) once more, as a table: the first row that fits
 * decides.  `.` fits all; word y n -; mode i (opt-in) o (opt-out); then tag,
 * unreadable, excluded, included as 0 or 1.
 */
static const char *const rule[] = {
    /* word mode tag unreadable excluded included */
    "n..... out", "..1... out", ".i.1.. out", "y..0.. in",
    "....1. out", ".....1 in",  ".i.... out", ".o.... in",
};

static bool expected(const char facts[7]) {
    for (size_t i = 0; i < ARRAY_LEN(rule); i++) {
        size_t k = 0;
        while (k < 6 && (rule[i][k] == '.' || rule[i][k] == facts[k]))
            k++;
        if (k == 6)
            return rule[i][7] == 'i';
    }
    fail_msg("no row for %s", facts);
    return false;
}

static void test_all_combinations(void **state) {
    static const char words[] = {
        [PUBLISH_UNSAID] = '-', [PUBLISH_YES] = 'y', [PUBLISH_NO] = 'n'};
    size_t n = 0, in = 0;

    (void)state;
    for (unsigned word = 0; word < 3; word++)
        for (unsigned mode = 0; mode < 2; mode++)
            for (unsigned bits = 0; bits < 16; bits++, n++) {
                struct settings s = {.mode = mode ? PUBLISH_OPT_IN
                                                  : PUBLISH_OPT_OUT};
                struct publish_facts f = {
                    .word = (enum publish_word)word,
                    .has_excluded_tag = bits & 1,
                    .unreadable = bits & 2,
                    .excluded = bits & 4,
                    .included = bits & 8,
                };
                char facts[7] = {words[word],
                                 mode ? 'i' : 'o',
                                 f.has_excluded_tag ? '1' : '0',
                                 f.unreadable ? '1' : '0',
                                 f.excluded ? '1' : '0',
                                 f.included ? '1' : '0',
                                 '\0'};
                bool published = publish_decide(&s, &f);
                if (published != expected(facts))
                    fail_msg("%s gives %d", facts, published);
                in += published;
            }
    assert_int_equal(n, 96);
    assert_int_equal(in, 15);
}

static void test_words(void **state) {
    static const struct {
        const char *text;
        enum publish_word word;
    } cases[] = {
        {"true", PUBLISH_YES},    {"True", PUBLISH_YES},
        {"TRUE", PUBLISH_YES},    {"yes", PUBLISH_YES},
        {"on", PUBLISH_YES},      {"1", PUBLISH_YES},
        {" true ", PUBLISH_YES},  {"", PUBLISH_UNSAID},
        {" ", PUBLISH_UNSAID},    {"~", PUBLISH_UNSAID},
        {"null", PUBLISH_UNSAID}, {"NULL", PUBLISH_UNSAID},
        {"false", PUBLISH_NO},    {"False", PUBLISH_NO},
        {"no", PUBLISH_NO},       {"off", PUBLISH_NO},
        {"0", PUBLISH_NO},        {"n", PUBLISH_NO},
        {"2", PUBLISH_NO},        {"y", PUBLISH_NO},
        {"truee", PUBLISH_NO},    {"maybe", PUBLISH_NO},
        {"\"true\"", PUBLISH_NO}, {"\xc2\xa0true", PUBLISH_NO},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (publish_word_of(str_from(cases[i].text)) != cases[i].word)
            fail_msg("\"%s\"", cases[i].text);
}

static void test_scan_word(void **state) {
    static const struct {
        const char *raw;
        enum publish_word word;
    } cases[] = {
        {"---\npublish: false\ntitle: a: b\n---\n", PUBLISH_NO},
        {"---\npublish: no", PUBLISH_NO},
        {"\xef\xbb\xbf\n---\npublish: false\n---\n", PUBLISH_NO},
        {"text first\n\n---\npublish: false\n---\n", PUBLISH_NO},
        {"---\r\ntitle: [\r\npublish: false\r\n---\r\n", PUBLISH_NO},
        {"---\rtitle: [\rpublish: false\r---\r", PUBLISH_NO},
        {"---\nPUBLISH: FALSE\n", PUBLISH_NO},
        {"---\nPublish: off\n", PUBLISH_NO},
        {"---\n\"publish\": false\n", PUBLISH_NO},
        {"---\n'publish': 'no'\n", PUBLISH_NO},
        {"---\n\"publish\" : \"False\"\n", PUBLISH_NO},
        {"---\n  publish: 0\n", PUBLISH_NO},
        {"---\n\tpublish:\tfalse\n", PUBLISH_NO},
        {"---\npublish\t: no\n", PUBLISH_NO},
        {"---\n{publish: no}\n", PUBLISH_NO},
        {"---\n{ title: \"a, publish: no }\n", PUBLISH_NO},
        {"{\"a\":1,\"publish\":false,}", PUBLISH_NO},
        {"- publish: no\n", PUBLISH_NO},
        {"? publish\n: no\n", PUBLISH_NO},
        {"!!str publish: no\n", PUBLISH_NO},
        {"publish:false\n", PUBLISH_NO},
        {"publish:\n", PUBLISH_NO},
        {"publish:", PUBLISH_NO},
        {"publish:\n  false\n", PUBLISH_NO},
        {"publish: # later\n", PUBLISH_NO},
        {"publish: never\n", PUBLISH_NO},
        {"publish: ~\n", PUBLISH_NO},
        {"publish: \"true\n", PUBLISH_NO},
        {"publish: [true, false]\n", PUBLISH_NO},
        {"publish\xc2\xa0:\xc2\xa0no\n", PUBLISH_NO},
        {"\xc2\xa0publish: no\n", PUBLISH_NO},
        {"publish\xef\xbc\x9a"
         "false\n",
         PUBLISH_NO},
        {"publish: true\npublish: false\n", PUBLISH_NO},
        {"publish: false\npublish: true\n", PUBLISH_NO},
        {"title: \xff\xfe\npublish: false\n", PUBLISH_NO},
        {"publish: true\n", PUBLISH_YES},
        {"publish: true # yes\n", PUBLISH_YES},
        {"\"Publish\": \"Yes\"\n", PUBLISH_YES},
        {"{publish: on, a: b}", PUBLISH_YES},
        {"{publish: 1}", PUBLISH_YES},
        {"", PUBLISH_UNSAID},
        {"publish", PUBLISH_UNSAID},
        {"publish\nfalse", PUBLISH_UNSAID},
        {"we publish it on Monday\n", PUBLISH_UNSAID},
        {"dg-publish: false\n", PUBLISH_UNSAID},
        {"un_publish: false\n", PUBLISH_UNSAID},
        {"unpublish: false\n", PUBLISH_UNSAID},
        {"publisher: Harbour Press\n", PUBLISH_UNSAID},
        {"publish_date: 2024-01-01\n", PUBLISH_UNSAID},
        {"publish-date: 2024-01-01\n", PUBLISH_UNSAID},
    };
    const struct settings s = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct publish_facts f = {.word = PUBLISH_YES};
        publish_scan_raw(&s, str_from(cases[i].raw), &f);
        if (f.word != cases[i].word)
            fail_msg("\"%s\" gives %d", cases[i].raw, (int)f.word);
        assert_true(f.unreadable);
        assert_false(f.has_excluded_tag);
    }
}

static void test_scan_reach(void **state) {
    static const struct {
        size_t before;
        enum publish_word word;
    } cases[] = {{65536 - 16, PUBLISH_NO}, {65536, PUBLISH_UNSAID}};
    const struct settings s = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf raw = {0};
        struct publish_facts f = {0};
        while (raw.len < cases[i].before)
            buf_add_ch(&raw, '\n');
        buf_add_lit(&raw, "publish: false\n");
        publish_scan_raw(&s, buf_str(&raw), &f);
        assert_int_equal(f.word, cases[i].word);
        buf_release(&raw);
    }
}

static const struct str excluded[] = {STR_INIT("private"), STR_INIT("work/hr"),
                                      STR_INIT("\xc3\xa4rger")};
static const struct settings with_tags = {.exclude_tags = {excluded, 3}};

static void test_tags(void **state) {
    static const struct {
        const char *tag;
        bool excluded;
    } cases[] = {
        {"private", true},
        {"Private", true},
        {"private/salary", true},
        {"privateer", false},
        {"not/private", false},
        {"work", false},
        {"work/hr", true},
        {"Work/HR/2024", true},
        {"work/hrx", false},
        {"\xc3\x84rger", true},
        {"A\xcc\x88rger", true}, /* decomposed */
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (publish_tag_excluded(&with_tags, str_from(cases[i].tag)) !=
            cases[i].excluded)
            fail_msg("\"%s\"", cases[i].tag);
}

static void test_scan_tags(void **state) {
    static const struct {
        const char *raw;
        bool excluded;
    } cases[] = {
        {"---\ntags: [a, private\n---\n", true},
        {"---\ntags:\n  - Private\n a: b: c", true},
        {"---\ntags: \"work/hr/pay\"\nx: y: z\n", true},
        {"---\ntags: #private", true},
        {"#private\xef\xbc\x8c"
         "then",
         true}, /* a full-width comma */
        {"%% #\xc3\x84rger %%", true},
        {"text #privateer", false},
        {"text #not/private", false},
        {"work / hr", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct publish_facts f = {0};
        publish_scan_raw(&with_tags, str_from(cases[i].raw), &f);
        if (f.has_excluded_tag != cases[i].excluded)
            fail_msg("\"%s\"", cases[i].raw);
    }
}

/* Far into a note only what is written as a tag counts. */
static void test_scan_tags_far(void **state) {
    static const struct {
        struct str end;
        bool excluded;
    } cases[] = {{STR_INIT(" #private"), true}, {STR_INIT(" private"), false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf raw = {0};
        struct publish_facts f = {0};
        while (raw.len < 70000)
            buf_add_lit(&raw, "word ");
        buf_add_str(&raw, cases[i].end);
        publish_scan_raw(&with_tags, buf_str(&raw), &f);
        assert_int_equal(f.has_excluded_tag, cases[i].excluded);
        buf_release(&raw);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_combinations),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_scan_word),
        cmocka_unit_test(test_scan_reach),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_scan_tags),
        cmocka_unit_test(test_scan_tags_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
