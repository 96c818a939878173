#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "vault/settings.h"

static void test_table(void **state) {
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {
        /* without '/': any component */
        {"private", "private", true},
        {"private", "private/a.md", true},
        {"private", "x/private/a.md", true},
        {"private", "x/private", true},
        {"private", "privates/a.md", false},
        {"private", "my private/a.md", false},
        {"*.md", "a.md", true},
        {"*.md", "x/y/a.md", true},
        {"*.md", "a.mdx", false},
        {"a*", "x/ab/c.md", true},
        {"a*c", "ab/c", false},
        {"*", "x", true},
        {"?.md", "a.md", true},
        {"?.md", "\xc3\xa4.md", true},
        {"?.md", "\xe6\x97\xa5.md", true},
        {"?.md", ".md", false},
        {"?.md", "ab.md", false},
        {"?", "a/b", true},
        {"a?b", "a/b", false},
        {"\xc3\xa4*",
         "\xc3\xa4"
         "b",
         true},
        {"\xc3\xa4*",
         "\xc3\xb6"
         "b",
         false},
        /* with '/': the whole path, from the root */
        {"a/b", "a/b", true},
        {"a/b", "a/b/c.md", true},
        {"a/b", "x/a/b", false},
        {"a/b", "a/bc", false},
        {"/a", "a", true},
        {"/a", "a/b.md", true},
        {"/a", "x/a", false},
        {"a/*", "a/b", true},
        {"a/*", "a/b/c", true},
        {"a/*", "a", false},
        {"a/*.md", "a/b.md", true},
        {"a/*.md", "a/b/c.md", false},
        {"a/*/c", "a/b/c", true},
        {"a/*/c", "a/b/b/c", false},
        {"a/*/c", "a//c", true}, /* `*` may match nothing */
        /* `**` */
        {"**", "a/b", true},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"a/**", "ab/c", false},
        {"**/x.md", "x.md", true},
        {"**/x.md", "a/b/x.md", true},
        {"**/x.md", "ax.md", false},
        {"a/**/b", "a/b", true},
        {"a/**/b", "a/x/y/b", true},
        {"a/**/b", "ab", false},
        {"a/**/b", "a/xb", false},
        {"a**b", "a/x/b", true},
        {"a/**/*.png", "a/x/y.png", true},
        {"**/**/x", "x", true},
        {"***", "a/b", true},
        /* for folders alone */
        {"private/", "private/a.md", true},
        {"private/", "x/private/a.md", true},
        {"private/", "private", false},
        {"a/b/", "a/b/c", true},
        {"a/b/", "a/b", false},
        {"/a/", "a/b", true},
        {"/a/", "x/a/b", false},
        {"*.d/", "x.d/b", true},
        /* nothing */
        {"", "a", false},
        {"/", "a", false},
        {"a", "", false},
        /* no other character is special */
        {"[ab]", "a", false},
        {"[ab]", "[ab]/x", true},
        {"!a", "b", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (settings_glob(str_from(cases[i].pattern),
                          str_from(cases[i].path)) != cases[i].matches)
            fail_msg("\"%s\" on \"%s\" should be %d", cases[i].pattern,
                     cases[i].path, cases[i].matches);
}

/* Backtracking would need 2^40 steps here. */
static void test_many_stars(void **state) {
    struct buf pattern = {0}, path = {0};

    (void)state;
    for (int i = 0; i < 40; i++)
        buf_add_lit(&pattern, "**a*a");
    buf_add_lit(&pattern, "b");
    for (int i = 0; i < 4000; i++)
        buf_add_ch(&path, 'a');
    assert_false(settings_glob(buf_str(&pattern), buf_str(&path)));
    buf_add_ch(&path, 'b');
    assert_true(settings_glob(buf_str(&pattern), buf_str(&path)));
    buf_release(&pattern);
    buf_release(&path);
}

static void test_longest_pattern(void **state) {
    char pattern[SETTINGS_GLOB_MAX];

    (void)state;
    memset(pattern, 'x', sizeof pattern);
    assert_true(settings_glob(str_make(pattern, sizeof pattern),
                              str_make(pattern, sizeof pattern)));
    memset(pattern, '*', sizeof pattern);
    assert_true(settings_glob(str_make(pattern, sizeof pattern), STR("a/b")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_many_stars),
        cmocka_unit_test(test_longest_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
