#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "html/opening.h"

static const struct {
    const char *html;
    size_t characters;
    bool goes_on;
    const char *opening; /* "": nothing is to be seen */
} rows[] = {
    {"", 20, false, ""},
    {"<p>Short.</p>\n", 20, false, "<p>Short.</p>\n"},
    {"<p>One two three</p>", 9, false, "<p>One two…</p>"},
    {"<p>One two three</p>", 13, false, "<p>One two three</p>"},
    {"<ul><li>a <b>bold word</b></li></ul>", 7, false,
     "<ul><li>a <b>bold…</b></li></ul>"},
    /* outside of characters and references, behind no blank */
    {"<p>ääääää</p>", 3, false, "<p>äää…</p>"},
    {"<p>a&amp;amp;b</p>", 4, false, "<p>a…</p>"},
    {"<p>a&amp;b</p>", 6, false, "<p>a&amp;…</p>"},
    {"<p>港の計</p>", 2, false, "<p>港の…</p>"},
    /* what is given ends anywhere */
    {"<p>One two thr", 90, true, "<p>One two…</p>"},
    {"<p>One \xE6\xB8", 90, true, "<p>One…</p>"},
    {"<p>\xE6\xB8\xAF\xE6\xB8", 90, true, "<p>\xE6\xB8\xAF…</p>"},
    {"<p>Ab&am", 90, true, "<p>Ab…</p>"},
    {"<p>One <a href=\"x\" ti", 90, true, "<p>One </p>"},
    /* left out with all that is in it */
    {"<p>a<audio><source src=\"b\"></audio>c</p>", 20, false, "<p>ac</p>"},
    {"<p>a<iframe src=\"b\"></iframe></p>", 20, false, "<p>a</p>"},
    {"<p>a <img src=\"https://x.example/y.png\"></p>", 20, false, "<p>a </p>"},
    {"<p>a <img alt=\"\" src=\"//x.example/y.png\"></p>", 20, false,
     "<p>a </p>"},
    {"<p><img src=\"y.png\"></p>", 20, false, "<p><img src=\"y.png\"></p>"},
    {"<p><img srcset=\"y.png 1x\" src=\"y.png\"></p>", 20, false, ""},
    {"<p><svg><use href=\"#_i\"/></svg><br>x</p>", 20, false,
     "<p><svg><use href=\"#_i\"/></svg><br>x</p>"},
    /* headings with nothing behind them */
    {"<h2>A</h2>\n<p>b</p>\n<h2>C</h2>\n", 20, false, "<h2>A</h2>\n<p>b</p>\n"},
    {"<h2>A</h2><ul><li></li></ul><h2>B</h2><p>c</p>", 20, false,
     "<h2>B</h2><p>c</p>"},
    {"<h2>A</h2><h3>B</h3><p>c</p>", 20, false, "<h2>A</h2><h3>B</h3><p>c</p>"},
    {"<h2>A</h2>\n<h3>B</h3>\n", 20, false, ""},
    {"<h2>A</h2><hr>", 20, false, ""},
    {"<h2 data-heading=\"A\" dir=\"rtl\">A</h2><p>b</p>", 20, false,
     "<h2>A</h2><p>b</p>"},
    {"<blockquote><h2>A</h2></blockquote><h2>B</h2>", 20, false,
     "<blockquote><h2>A</h2></blockquote>"},
};

static void test_openings(void **state) {
    struct buf out = {0};
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct html_opening limits = {rows[i].characters, 1000,
                                      rows[i].goes_on};
        bool seen;

        buf_reset(&out);
        buf_add_lit(&out, "before ");
        seen = html_add_opening(&out, str_from(rows[i].html), limits);
        assert_int_equal(seen, rows[i].opening[0] != '\0');
        if (!str_eq(str_skip(buf_str(&out), strlen("before ")),
                    str_from(rows[i].opening)))
            fail_msg("%s: got \"%.*s\"", rows[i].html, STR_ARG(buf_str(&out)));
    }
    buf_release(&out);
}

/* A tag that passes so many bytes is left out, and none lies deeper than it should. */
static void test_limits(void **state) {
    struct html_opening limits = {1000, 100, false};
    struct buf html = {0}, out = {0};
    size_t depth = 0;
    (void)state;

    for (int i = 0; i < 1000; i++)
        buf_add_lit(&html, "<i>x</i>");
    assert_true(html_add_opening(&out, buf_str(&html), limits));
    assert_in_range(out.len, 90, 110);

    buf_reset(&html);
    buf_reset(&out);
    buf_add_lit(&html, "<p>one <a href=\"");
    for (int i = 0; i < 1000; i++)
        buf_add_ch(&html, 'h');
    buf_add_lit(&html, "\">two</a> three</p>");
    assert_true(html_add_opening(&out, buf_str(&html), limits));
    assert_true(str_eq(buf_str(&out), STR("<p>one </p>")));

    buf_reset(&html);
    buf_reset(&out);
    limits.bytes = 100000;
    for (int i = 0; i < 1000; i++)
        buf_add_lit(&html, "<b>x");
    for (int i = 0; i < 1000; i++)
        buf_add_lit(&html, "</b>");
    assert_true(html_add_opening(&out, buf_str(&html), limits));
    for (size_t at = 0;
         (at = str_find_str(buf_str(&out), STR("<b>"), at)) != STR_NONE; at++)
        depth++;
    assert_in_range(depth, 20, 100);
    assert_int_equal(out.len, depth * strlen("<b>x</b>"));
    buf_release(&html);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_openings),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
