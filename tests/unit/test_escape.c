#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "html/escape.h"

struct row {
    const char *input, *expected;
};

typedef void transform(struct buf *out, struct str s);

static void check_rows(const struct row *rows, size_t n, transform *change) {
    struct buf out = {0};

    for (size_t i = 0; i < n; i++) {
        buf_reset(&out);
        change(&out, str_from(rows[i].input));
        assert_string_equal(buf_cstr(&out), rows[i].expected);
    }
    buf_release(&out);
}

static void escape_known(void **state) {
    static const struct row rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"<b class=\"x\">'&'</b>",
         "&lt;b class=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;"},
        {"&amp;", "&amp;amp;"},
        {"Vi\xC3\xAAt & \xE6\x97\xA5", "Vi\xC3\xAAt &amp; \xE6\x97\xA5"},
        {"0123456789abcdef<", "0123456789abcdef&lt;"},
        {"0123456789abcde'", "0123456789abcde&#39;"},
        {"<<<<<<<<<<<<<<<<<", "&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;"
                              "&lt;&lt;&lt;&lt;&lt;"},
        {"%$#!()=;:?", "%$#!()=;:?"},
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows), html_escape);
}

/* Every byte at every place in a block, against one byte at a time. */
static void escape_every_place(void **state) {
    struct buf once = {0}, each = {0};
    char text[1100];

    (void)state;
    for (int c = 0; c < 256; c++) {
        for (size_t at = 0; at < 40; at++) {
            size_t len = at == 0 ? sizeof text : at * 3 % 64 + at + 1;

            memset(text, 'a', sizeof text);
            text[at] = (char)c;
            text[len - 1] = (char)c;
            buf_reset(&once);
            buf_reset(&each);
            html_escape(&once, str_make(text, len));
            for (size_t i = 0; i < len; i++)
                html_escape(&each, str_make(text + i, 1));
            assert_int_equal(once.len, each.len);
            assert_memory_equal(once.p, each.p, once.len);
        }
    }
    buf_release(&once);
    buf_release(&each);
}

/* Unescaping gives back any text that was escaped. */
static void escape_round(void **state) {
    struct buf text = {0}, escaped = {0}, back = {0};
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 300; round++) {
        buf_reset(&text);
        buf_reset(&escaped);
        buf_reset(&back);
        for (int i = 0; i < round * 5; i++) {
            seed = seed * 1664525u + 1013904223u;
            buf_add_ch(&text, "ab<>&\"'; #x1amplt"[seed >> 16 & 15]);
        }
        html_escape(&escaped, buf_str(&text));
        html_unescape(&back, buf_str(&escaped));
        assert_true(str_eq(buf_str(&text), buf_str(&back)));
    }
    buf_release(&text);
    buf_release(&escaped);
    buf_release(&back);
}

static void unescape_known(void **state) {
    static const struct row rows[] = {
        {"", ""},
        {"a &amp; b", "a & b"},
        {"&lt;&gt;&quot;&apos;&#39;", "<>\"''"},
        {"&#65;&#x41;&#X61;", "AAa"},
        {"&Eacute;&eacute;&euro;&zwnj;",
         "\xC3\x89\xC3\xA9\xE2\x82\xAC\xE2\x80\x8C"},
        {"&colon;&Tab;&NewLine;&lpar;&rpar;&sol;", ":\t\n()/"},
        {"&nbsp;|&hellip;", "\xC2\xA0|\xE2\x80\xA6"},
        {"&amp;lt;", "&lt;"},
        {"&", "&"},
        {"&;", "&;"},
        {"&amp", "&amp"},
        {"&#;", "&#;"},
        {"&#x;", "&#x;"},
        {"&#xg;", "&#xg;"},
        {"&#65", "&#65"},
        {"&&amp;&", "&&&"},
        {"&nosuchname;", "&nosuchname;"},
        {"&AMP;", "&"},
        {"&Amp;", "&Amp;"},
        {"&#0;", "\xEF\xBF\xBD"},
        {"&#xD800;", "\xEF\xBF\xBD"},
        {"&#x110000;", "\xEF\xBF\xBD"},
        {"&#x10FFFF;", "\xF4\x8F\xBF\xBF"},
        {"&#12345678;", "&#12345678;"},
        {"&zwj;&zeta;&Aacute;&AElig;", "\xE2\x80\x8D\xCE\xB6\xC3\x81\xC3\x86"},
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows), html_unescape);
}

static void reference_lengths(void **state) {
    static const struct {
        const char *text;
        size_t len;
    } rows[] = {
        {"&amp;x", 5}, {"&#1;", 4},        {"&#xAf;", 6}, {"&amp", 0},
        {"& amp;", 0}, {"&1a;", 0},        {"&a1;", 4},   {"&;", 0},
        {"&", 0},      {"&#x1234567;", 0}, {"&#xZ;", 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_int_equal(html_reference_len(str_from(rows[i].text), 0),
                         rows[i].len);
}

static void attribute(void **state) {
    struct buf out = {0};

    (void)state;
    html_add_attr(&out, STR("title"), STR("a \"b\" <c> 'd' &e"));
    assert_string_equal(buf_cstr(&out), " title=\"a &quot;b&quot; &lt;c&gt; "
                                        "&#39;d&#39; &amp;e\"");
    buf_reset(&out);
    html_add_attr(&out, STR("alt"), str_make(NULL, 0));
    assert_string_equal(buf_cstr(&out), " alt=\"\"");
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escape_known),
        cmocka_unit_test(escape_every_place),
        cmocka_unit_test(escape_round),
        cmocka_unit_test(unescape_known),
        cmocka_unit_test(reference_lengths),
        cmocka_unit_test(attribute),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
