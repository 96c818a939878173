#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "html/css.h"

struct seen {
    unsigned n;
    size_t at;
    enum css_removed what;
};

static void see(void *context, enum css_removed what, size_t at) {
    struct seen *s = context;

    s->n++;
    s->at = at;
    s->what = what;
}

struct row {
    const char *sheet, *kept;
    unsigned findings;
};

static void try_rows(const struct row *rows, size_t n) {
    struct buf once = {0}, again = {0};

    for (size_t i = 0; i < n; i++) {
        struct seen seen = {0};

        buf_reset(&once);
        buf_reset(&again);
        css_filter(&once, str_from(rows[i].sheet), see, &seen);
        if (!str_eq(buf_str(&once), str_from(rows[i].kept)) ||
            seen.n != rows[i].findings)
            fail_msg("%s\ngave, with %u findings\n%s", rows[i].sheet, seen.n,
                     buf_cstr(&once));
        css_filter(&again, buf_str(&once), see, &seen);
        assert_true(str_eq(buf_str(&once), buf_str(&again)));
        assert_int_equal(seen.n, rows[i].findings);
    }
    buf_release(&once);
    buf_release(&again);
}

/* What a snippet is for stays as it was written. */
static void kept(void **state) {
    static const char *const sheets[] = {
        "",
        ".a { color: red; }\n",
        "body { --link: light-dark(#8a1538, #f0a0b4) }",
        "a::after { content: \"https://x.example/\" }",
        "a[href^=\"https://x.example\"] { color: red }",
        "@media print { .a { color: #000; --x: {a: b} } }",
        ".a { mask: url(#m); clip-path: url( '#c' ) }",
        ".a { background: url(data:image/png;base64,AA==) }",
        ".a { background: url(\"DATA:image/svg+xml,<svg/>\") }",
        (".a { background: image-set(\"data:image/png;,\" 1x "
         "type(\"image/png\")) }"),
        ".a { width: calc(1px + (2px * 3)); inset: 1e3px -.5em +1.5E-2% }",
        "@font-face { font-family: X; src: local(\"X\") }",
        ".\\31 0 { color: red } .\\@import { color: red }",
        ".import { } .url { } #url { } @urls(x) { }",
        "<!-- .a { color: red } -->",
        ".a { content: \"\\\"url(http://x)\" }",
        ".a { color: red",
        ".a { content: \"open",
        "}}} {",
        ".a { b: 1url(http://x) }", /* a number with a unit, then a bracket */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sheets); i++) {
        struct row row = {sheets[i], sheets[i], 0};
        try_rows(&row, 1);
    }
}

/* The whole declaration or rule goes, and nothing around it. */
static void gone(void **state) {
    static const struct row rows[] = {
        {"@import 'x.css'; .a { }", " .a { }", 1},
        {"@import url(https://x.example/a.css) print;.a{}", ".a{}", 1},
        {"@ImP\\6frt \"x\";b{}", "b{}", 1},
        {"@\\69mport 'x';", "", 1},
        {"@import 'x' { a{b:c} } b{}", " b{}", 1},
        {"@import 'x'", "", 1},
        {"@charset \"latin1\";.a{}", ".a{}", 0},
        {".a { color: red; background: url(http://x/); top: 0 }",
         ".a { color: red; top: 0 }", 1},
        {".a{background:url(http://x)}", ".a{}", 1},
        {".a{background:url(//x/y)}", ".a{}", 1},
        {".a{background:url(x.png)}", ".a{}", 1},
        {".a{background:url(\"http://x\")}", ".a{}", 1},
        {".a{background:URL( 'http://x' )}", ".a{}", 1},
        {".a{background:\\75 rl(http://x)}", ".a{}", 1},
        {".a{background:u\\52L(http://x)}", ".a{}", 1},
        {".a{background:url(\\68ttp://x)}", ".a{}", 1},
        {".a{background:url(data:text/html,x)}", ".a{}", 1},
        {".a{background:url(\\64 ata:image/png,x)}", ".a{}", 1},
        {".a{background:url(ht tp://x)}", ".a{}", 1},
        {".a{background:url(http://x}b{c:d}", ".a{", 1},
        {".a{background:url(\"http://x\"}b{c:d}", ".a{}b{c:d}", 1},
        {".a{background:url('#a' 'http://x');c:d}", ".a{c:d}", 1},
        {".a{background:url('#a'/*http://x*/);c:d}", ".a{c:d}", 1},
        {".a{b:1.url(http://x)}", ".a{}", 1},
        {".a{b:-->url(http://x)}", ".a{}", 1},
        {"<!--url(http://x){} a{}", " a{}", 1},
        {".a{b:src(\"http://x\")}", ".a{}", 1},
        {".a{b:src(var(--x))}", ".a{}", 1},
        {".a{b:image-set('http://x' 1x);c:d}", ".a{c:d}", 1},
        {".a{b:-webkit-image-set(url(http://x) 1x);c:d}", ".a{c:d}", 1},
        {".a{b:image-set(var(--x) 1x);c:d}", ".a{c:d}", 1},
        {".a{b:image-set(type('http://x' 'http://y'));c:d}", ".a{c:d}", 1},
        {".a{b:image(\"http://x\", red)}", ".a{}", 1},
        {".a{--x: {b:c; d: url(http://x)}}", ".a{--x: {b:c;}}", 1},
        {"@namespace url(http://x);a{}", "a{}", 1},
        {"@font-face{src:url(x.woff2) format(\"woff2\");font-family:X}",
         "@font-face{font-family:X}", 1},
        {"@media url(x) { a{b:c} d{e:f} } g{}", " g{}", 1},
        {".a{b:(url(x);c);d:e}", ".a{d:e}", 1},
        {".a{b:\"broken\n;c:d}", ".a{c:d}", 1},
        {".a{b:url(x);c:url(y)}", ".a{}", 2},
        {"/* words */.a/* and */b{}", ".a/**/b{}", 0},
        {"a{}/* open", "a{}", 0},
        {"@\\69 /**/mport 'x';", "@\\69 /**/mport 'x';", 0},
        {"a\\;/* */b{}", "a\\;/**/b{}", 0},
        {"a /* */ /* */b/* *//* */c", "a  b/**/c", 0},
        {"a{b:c/*;*/url(x);d:e}", "a{d:e}", 1},
    };

    (void)state;
    try_rows(rows, ARRAY_LEN(rows));
}

static void places(void **state) {
    struct seen seen = {0};
    struct buf out = {0};

    (void)state;
    css_filter(&out, STR("a { b: c }\n@import 'x';"), see, &seen);
    assert_int_equal(seen.at, 11);
    assert_int_equal(seen.what, CSS_IMPORT);
    buf_reset(&out);
    css_filter(&out, STR("a { b: url(x) }"), see, &seen);
    assert_int_equal(seen.at, 7);
    assert_int_equal(seen.what, CSS_URL);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept),
        cmocka_unit_test(gone),
        cmocka_unit_test(places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
