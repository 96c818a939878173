#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "html/escape.h"

static void classes(void **state) {
    static const struct {
        struct str url;
        enum url_class link, image;
    } rows[] = {
        {STR_INIT(""), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("Note.md"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("../a/b.png#x"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("/root.md"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("#heading"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("?q=a:b"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("a/b:c"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT(":x"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("2024: plan.md"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("caf\xC3\xA9:x"), URL_RELATIVE, URL_RELATIVE},
        {STR_INIT("https://intranet.example/"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("HTTP:x"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("mailto:a@b.example"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("obsidian://open?vault=V"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("file:///C:/x"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("tel:+1"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("//cdn.example/x"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("/\\cdn.example"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("\\\\server\\share"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("/\t/cdn.example"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("ht\ntps://x"), URL_EXTERNAL, URL_EXTERNAL},
        {STR_INIT("javascript:alert(1)"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("JaVaScRiPt:alert(1)"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT(" \x01\x1F javascript:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("java\tscript:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("java\r\nscript\t:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("\0javascript:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("vbscript:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("blob:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("filesystem:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("view-source:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("about:blank"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("jar:x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("data:text/html,<b>"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("data:image/png;base64,AA"), URL_FORBIDDEN, URL_EXTERNAL},
        {STR_INIT("DATA:IMAGE/JPEG,x"), URL_FORBIDDEN, URL_EXTERNAL},
        {STR_INIT("data:image/svg+xml,x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("data:image/pngx,x"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("data:image/png"), URL_FORBIDDEN, URL_FORBIDDEN},
        {STR_INIT("a-scheme-much-longer-than-any-that-is-known:x"),
         URL_EXTERNAL, URL_EXTERNAL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (url_classify(rows[i].url, false) != rows[i].link ||
            url_classify(rows[i].url, true) != rows[i].image)
            fail_msg("%.*s", STR_ARG(rows[i].url));
    }
}

static void schemes(void **state) {
    (void)state;
    assert_true(url_has_scheme(STR(" Da\tta:x"), STR("data")));
    assert_false(url_has_scheme(STR("data"), STR("data")));
    assert_false(url_has_scheme(STR("database:x"), STR("data")));
    assert_true(str_eq(url_trim(STR(" \n a b\x01")), STR("a b")));
}

struct row {
    struct str input;
    const char *expected;
};

static void written(void **state) {
    static const struct row rows[] = {
        {STR_INIT("https://a.example/x?q=1&r=2#f"),
         "https://a.example/x?q=1&amp;r=2#f"},
        {STR_INIT("a b"), "a%20b"},
        {STR_INIT("a%20b%zz%"), "a%20b%25zz%25"},
        {STR_INIT("\"><script>"), "%22%3E%3Cscript%3E"},
        {STR_INIT("it's"), "it&#39;s"},
        {STR_INIT("\xC3\xA9"), "%C3%A9"},
        {STR_INIT(" ht\ttp://x\n"), "http://x"},
        {STR_INIT("http://[::1]/a[]=1"), "http://[::1]/a[]=1"},
        {STR_INIT("a\\b^`{|}"), "a%5Cb%5E%60%7B%7C%7D"},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&out);
        html_escape_url(&out, rows[i].input);
        assert_string_equal(buf_cstr(&out), rows[i].expected);
    }
    buf_release(&out);
}

static void paths(void **state) {
    static const struct row rows[] = {
        {STR_INIT("people/anna-example.html"), "people/anna-example.html"},
        {STR_INIT("a b/50%.png"), "a%20b/50%25.png"},
        {STR_INIT("q?#&'\"<>:;"), "q%3F%23%26%27%22%3C%3E%3A%3B"},
        {STR_INIT("\xE6\x97\xA5.md"), "%E6%97%A5.md"},
        {STR_INIT("a~2+(1)!,=@_"), "a~2+(1)!,=@_"},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&out);
        html_encode_path(&out, rows[i].input);
        assert_string_equal(buf_cstr(&out), rows[i].expected);
    }
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes),
        cmocka_unit_test(schemes),
        cmocka_unit_test(written),
        cmocka_unit_test(paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
