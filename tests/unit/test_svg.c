#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "html/sanitise.h"

#define NS "xmlns=\"http://www.w3.org/2000/svg\""
#define XLINK "xmlns:xlink=\"http://www.w3.org/1999/xlink\""
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define SVG(inside) "<svg " NS ">" inside "</svg>"

static void kept(void **state) {
    static const char *const rows[] = {
        SVG(""),
        "<svg " NS "/>",
        "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8' standalone=\"no\"?>\n"
        "<!-- drawn by hand --> " SVG("<g><path d='M0 0h1'/></g>") "\n",
        SVG("<defs><linearGradient id='g'><stop offset='0'/></linearGradient>"
            "</defs><rect fill='url(#g)' style='fill: url( \"#g\" )'/>"),
        SVG("<style type='text/css'><![CDATA[.a{fill:url(#g)}]]></style>"),
        SVG("<text x='1'>a &amp; b &lt; &#169; \xC3\xA9</text>"),
        "<svg " NS " " XLINK "><a xlink:href='https://docs.example/'>"
        "<text>x</text></a><use xlink:href='#k'/></svg>",
        SVG("<image href='data:image/png;base64,AA'/>"),
        SVG("<animate attributeName='opacity' values='0;1'/>"),
        "<svg " NS " content='&lt;mxfile a=\"c:\\x\"&gt;'/>",
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bool changed = true;

        buf_reset(&out);
        if (!svg_filter(&out, str_from(rows[i]), &changed) || changed)
            fail_msg("%s", rows[i]);
    }
    buf_release(&out);
}

/* What has to go, and what is left. */
static void cleaned(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {SVG("<script>alert(1)</script>"), SVG("")},
        {SVG("<script xlink:href='x'/><g/>"), SVG("<g/>")},
        {"<svg " NS " onload='alert(1)'/>", "<svg " NS "/>"},
        {SVG("<g onclick='x' id='i'/>"), SVG("<g id=\"i\"/>")},
        {SVG("<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>"
             "<script/></div></foreignObject><g/>"),
         SVG("<g/>")},
        {SVG("<a href='javascript:x'><text>t</text></a>"),
         SVG("<a><text>t</text></a>")},
        {SVG("<a href='java&#9;script:x'/>"), SVG("<a/>")},
        {SVG("<a href='&#x6a;avascript:x'/>"), SVG("<a/>")},
        {SVG("<use href='other.svg#x'/>"), SVG("<use/>")},
        {SVG("<use href='data:image/svg+xml,x#x'/>"), SVG("<use/>")},
        {SVG("<image href='https://tracker.example/i.png'/>"), SVG("<image/>")},
        {SVG("<image href='data:image/svg+xml,x'/>"), SVG("<image/>")},
        {SVG("<animate attributeName='href' values='javascript:x'/>"),
         SVG("<animate values=\"javascript:x\"/>")},
        {SVG("<set attributeName='onmouseover' to='x'/>"),
         SVG("<set to=\"x\"/>")},
        {SVG("<rect fill='URL( //x/y)' style='background:url(x)'/>"),
         SVG("<rect/>")},
        {SVG("<rect style='fill:u\\72l(//x)'/>"), SVG("<rect/>")},
        {SVG("<style>@import 'x';</style><g/>"), SVG("<g/>")},
        {SVG("<style>a{fill:u<!-- -->rl(//x)}</style><g/>"), SVG("<g/>")},
        {SVG("<style>a{fill:u<![CDATA[rl(//x)]]>}</style><g/>"), SVG("<g/>")},
        {SVG("<style>a{}<g/></style>"), SVG("<style>a{}</style>")},
        {SVG("<g xmlns='http://www.w3.org/1999/xhtml'><p/></g>"), SVG("")},
        {SVG("<x:script xmlns:x='http://www.w3.org/2000/svg'>y</x:script>"),
         SVG("")},
        {"<svg " NS " xmlns:xlink='urn:x'/>", "<svg " NS "/>"},
        {"<!DOCTYPE svg [<!ENTITY a \"<script/>\"><!-- ' -->]><svg " NS
         "><text x='&a;'>&a;</text></svg>",
         SVG("<text>&amp;a;</text>")},
        {"<?xml-stylesheet href='x.xsl'?>" SVG(""), SVG("")},
        {"<?xml version='1.0' encoding='iso-8859-1'?>" SVG(""), SVG("")},
        {"<svg><g/></svg>", SVG("<g/>")},
        {SVG("<text>&nbsp;</text>"), SVG("<text>&amp;nbsp;</text>")},
        {SVG("<handler>x</handler><iframe/><video><source/></video>"), SVG("")},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bool changed = false;

        buf_reset(&out);
        if (!svg_filter(&out, str_from(rows[i].input), &changed) || !changed)
            fail_msg("%s", rows[i].input);
        assert_true(str_starts(buf_str(&out), STR(HEAD)));
        assert_string_equal(buf_cstr(&out) + sizeof HEAD - 1, rows[i].expected);
    }
    buf_release(&out);
}

static void refused(void **state) {
    static const struct str rows[] = {
        STR_INIT(""),
        STR_INIT("not at all"),
        STR_INIT("<html/>"),
        STR_INIT("<g " NS "/>"),
        STR_INIT("<svg " NS ">"),
        STR_INIT("<svg " NS "></g>"),
        STR_INIT("<svg " NS "/><svg " NS "/>"),
        STR_INIT("<svg " NS "/>x"),
        STR_INIT("<svg " NS " id=a/>"),
        STR_INIT("<svg " NS " id='<'/>"),
        STR_INIT("<svg " NS " id='a' id='b'/>"),
        STR_INIT("<svg " NS " id='a'class='b'/>"),
        STR_INIT("<svg " NS "><!-- </svg>"),
        STR_INIT("<svg " NS "><![CDATA[ </svg>"),
        STR_INIT("<svg " NS "><?x </svg>"),
        STR_INIT("<!DOCTYPE svg [ <svg " NS "/>"),
        STR_INIT("<svg " NS "><!DOCTYPE svg></svg>"),
        STR_INIT("<svg " NS ">\0</svg>"),
        STR_INIT("<svg " NS ">\xFF</svg>"),
        STR_INIT("\xFF\xFE<\0s\0v\0g\0"),
        STR_INIT("<?xml version='1.0' encoding='koi8-r'?><svg " NS
                 ">\xC3\xA9</svg>"),
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bool changed;

        buf_reset(&out);
        if (svg_filter(&out, rows[i], &changed))
            fail_msg("%.*s", STR_ARG(rows[i]));
    }
    buf_release(&out);
}

static void depth_is_bounded(void **state) {
    struct buf in = {0}, out = {0};
    bool changed;

    (void)state;
    buf_add_lit(&in, "<svg " NS ">");
    for (int i = 0; i < 100000; i++)
        buf_add_lit(&in, "<g>");
    for (int i = 0; i < 100000; i++)
        buf_add_lit(&in, "</g>");
    buf_add_lit(&in, "</svg>");
    assert_false(svg_filter(&out, buf_str(&in), &changed));
    buf_release(&in);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept),
        cmocka_unit_test(cleaned),
        cmocka_unit_test(refused),
        cmocka_unit_test(depth_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
