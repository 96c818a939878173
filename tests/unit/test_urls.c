#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "site/urls.h"

#define assert_str(got, want)                                                  \
    do {                                                                       \
        struct str got_ = (got), want_ = str_from(want);                       \
        if (!str_eq(got_, want_))                                              \
            fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(got_),             \
                     STR_ARG(want_));                                          \
    } while (0)

static void test_relative(void **state) {
    static const struct {
        const char *from, *to, *want;
    } rows[] = {
        {"index.html", "a.html", "a.html"},
        {"a.html", "a.html", "a.html"},
        {"people/ada.html", "people/bo.html", "bo.html"},
        {"people/ada.html", "index.html", "../index.html"},
        {"people/ada.html", "projects/x/y.html", "../projects/x/y.html"},
        {"a/b/c.html", "a/d.html", "../d.html"},
        {"a/b/c.html", "a/bb/c.html", "../bb/c.html"},
        {"a/b.html", "a/b/c.html", "b/c.html"},
        {"a/b/c.html", "a/b.html", "../b.html"},
        {"ab/c.html", "abc/c.html", "../abc/c.html"},
        {"x/y/z.html", "files/i.png", "../../files/i.png"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = {0};
        url_add_relative(&out, str_from(rows[i].from), str_from(rows[i].to));
        assert_str(buf_str(&out), rows[i].want);
        buf_release(&out);
    }
}

static void test_component(void **state) {
    static const struct {
        const char *name, *want; /* `*` at the end: a suffix follows */
    } rows[] = {
        {"Ada Example", "ada-example"},
        {"v1.2_b-c", "v1.2_b-c"},
        {"Über", "über"},
        {"con", "con-*"},
        {"CON", "con-*"},
        {"nul.tar", "nul-*"},
        {"com9", "com9-*"},
        {"com0", "com0"},
        {"console", "console"},
        {"lpt1", "lpt1-*"},
    };
    struct arena a;
    (void)state;

    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str want = str_from(rows[i].want);
        struct str got = url_component(&a, str_from(rows[i].name), STR("id"));
        if (str_ends(want, STR("*"))) {
            want.len--;
            assert_true(str_starts(got, want));
            assert_true(got.len >= want.len + 6);
            got.len = want.len;
        }
        assert_true(str_eq(got, want));
    }
    /* Windows would still see the device before the dot. */
    struct str dotted = url_component(&a, STR("aux.c"), STR("id"));
    assert_true(str_starts(dotted, STR("aux-")) && str_ends(dotted, STR(".c")));
    arena_release(&a);
}

static void test_long_component(void **state) {
    char name[400];
    struct arena a;
    (void)state;

    arena_init(&a);
    for (size_t i = 0; i + 1 < sizeof name; i += 2)
        memcpy(name + i, "é", 2);
    struct str x = url_component(&a, str_make(name, 102), STR("x"));
    struct str y = url_component(&a, str_make(name, 102), STR("y"));
    assert_true(x.len <= URL_MAX_COMPONENT);
    assert_int_equal((x.len - 7) % 2, 0); /* no sequence is cut */
    assert_false(str_eq(x, y));
    assert_int_equal(url_component(&a, str_make(name, 100), STR("x")).len, 100);
    arena_release(&a);
}

static void test_owned(void **state) {
    struct arena a;
    struct owned o;
    bool collided;
    (void)state;

    arena_init(&a);
    owned_init(&o, &a, &a);
    assert_true(owned_claim(&o, STR("index.html")));
    assert_false(owned_claim(&o, STR("Index.HTML")));
    assert_true(owned_claim(&o, STR("a/b.html")));
    assert_false(owned_free(&o, STR("a")));          /* a folder */
    assert_false(owned_free(&o, STR("a/b.html/c"))); /* below a file */
    assert_true(owned_free(&o, STR("a/c.html")));
    assert_false(owned_claim(&o, STR("a/b.html/c/d")));

    assert_str(owned_claim_name(&o, STR("a/"), STR("x"), STR(".html"),
                                STR("a/X.md"), &collided),
               "a/x.html");
    assert_false(collided);
    struct str second = owned_claim_name(&o, STR("a/"), STR("x"), STR(".html"),
                                         STR("a/x.md"), &collided);
    assert_true(collided);
    assert_true(str_starts(second, STR("a/x-")));
    assert_int_equal(second.len, STR("a/x-123456.html").len);
    struct str third = owned_claim_name(&o, STR("a/"), STR("x"), STR(".html"),
                                        STR("a/x.md"), &collided);
    assert_false(str_eq(second, third));

    /* A folder that is called as a file, and the other way round. */
    assert_str(owned_claim_folder(&o, STR(""), STR("d.html"), STR("D.html"),
                                  &collided),
               "d.html/");
    struct str beside = owned_claim_name(&o, STR(""), STR("d"), STR(".html"),
                                         STR("d.md"), &collided);
    assert_true(collided && str_starts(beside, STR("d-")));
    struct str folder = owned_claim_folder(&o, STR(""), STR("index.html"),
                                           STR("index.html"), &collided);
    assert_true(collided && str_starts(folder, STR("index.html-")));
    arena_release(&a);
}

/* A path that no system could hold, met twice, ends. */
static void test_too_long(void **state) {
    char folder[1200];
    struct arena a;
    struct owned o;
    bool collided;
    (void)state;

    arena_init(&a);
    owned_init(&o, &a, &a);
    memset(folder, 'a', sizeof folder);
    for (size_t i = 99; i < sizeof folder; i += 100)
        folder[i] = '/';
    struct str at = str_make(folder, sizeof folder);
    struct str x =
        owned_claim_name(&o, at, STR("x"), STR(".html"), STR("x"), &collided);
    struct str y =
        owned_claim_name(&o, at, STR("x"), STR(".html"), STR("x"), &collided);
    assert_true(x.len < 100 && y.len < 100);
    assert_false(str_eq(x, y));
    arena_release(&a);
}

/* Below something that is a file nothing can be claimed, whatever the suffix. */
static void test_below_file(void **state) {
    struct arena a;
    struct owned o;
    bool collided;
    (void)state;

    arena_init(&a);
    owned_init(&o, &a, &a);
    assert_true(owned_claim(&o, STR("tags/a")));
    struct str path = owned_claim_name(&o, STR("tags/a/"), STR("x"),
                                       STR(".html"), STR("x"), &collided);
    assert_true(collided);
    assert_false(str_starts(path, STR("tags/a/")));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relative),
        cmocka_unit_test(test_component),
        cmocka_unit_test(test_long_component),
        cmocka_unit_test(test_owned),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_below_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
