#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "html/sanitise.h"
#include "html_check.h"

static void write_url(void *context, struct buf *out, enum html_url_use use,
                      struct str attr, struct str value) {
    (void)context;
    (void)use;
    html_add_attr(out, attr, value);
}

static void write_id(void *context, struct buf *out, struct str value) {
    (void)context;
    buf_add_lit(out, " id=\"u-");
    html_escape(out, value);
    buf_add_ch(out, '"');
}

/* `context` points to whether external images may be loaded. */
static bool allow_external(void *context, struct str value) {
    (void)value;
    return *(bool *)context;
}

static bool open_site = true, closed_site = false;

static struct sanitiser make(void) {
    return (struct sanitiser){.context = &open_site,
                              .url = write_url,
                              .id = write_id,
                              .external = allow_external};
}

/*
 * Feeds `text` as note/ would: '{' and '}' stand for a Markdown element, '|' for the
 * border of two pieces, everything else is raw HTML.
 */
static void run(struct sanitiser *s, struct buf *out, struct str text) {
    size_t from = 0;
    bool wrote[512];
    size_t depth = 0;

    sanitiser_init(s);
    for (size_t i = 0; i <= text.len; i++) {
        char c = i < text.len ? text.p[i] : '|';

        if (c != '{' && c != '}' && c != '|')
            continue;
        sanitiser_feed(s, out, str_slice(text, from, i));
        from = i + 1;
        if (c == '{') {
            wrote[depth] = !sanitiser_dropping(s);
            sanitiser_enter(s);
            if (wrote[depth++])
                buf_add_lit(out, "<em>");
        } else if (c == '}') {
            sanitiser_leave(s, out);
            if (wrote[--depth])
                buf_add_lit(out, "</em>");
        }
    }
    sanitiser_end(s, out);
}

struct row {
    const char *input, *expected;
};

static void check_rows(struct sanitiser s, const struct row *rows, size_t n) {
    struct buf out = {0};

    for (size_t i = 0; i < n; i++) {
        const char *wrong;

        buf_reset(&out);
        run(&s, &out, str_from(rows[i].input));
        assert_string_equal(buf_cstr(&out), rows[i].expected);
        wrong = html_check(buf_str(&out));
        if (wrong)
            fail_msg("%s: %s", rows[i].input, wrong);
    }
    buf_release(&out);
}

static void text_and_tags(void **state) {
    static const struct row rows[] = {
        {"", ""},
        {"a < b > c & d", "a &lt; b &gt; c &amp; d"},
        {"<3 <", "&lt;3 &lt;"},
        {"&amp; &lt;b&gt; &nosuch; &#65; &x",
         "&amp; &lt;b&gt; &nosuch; &#65; &amp;x"},
        {"<B CLASS=x>t</B >", "<b class=\"x\">t</b>"},
        {"<b class='a \"b\"' title=c/d>t</b>",
         "<b class=\"a &quot;b&quot;\" title=\"c/d\">t</b>"},
        {"<b title=1 title=2 TITLE=3>t</b>", "<b title=\"1\">t</b>"},
        {"<b title=&quot;&amp;lt;>t", "<b title=\"&quot;&amp;lt;\">t</b>"},
        {"<b title>t", "<b title=\"\">t</b>"},
        {"<br/>x<br>y</br>", "<br>x<br>y<br>"},
        {"<hr width=50%>", "<hr width=\"50%\">"},
        {"a<!-- b -->c<!---->d<!-->e<!--->f", "acdef"},
        {"a<!--b", "a"},
        {"a<!--b|c--!>d", "ad"},
        {"<!doctype html>a<?php x > y ?>b<?x>c<![CDATA[<b>]]>d<!x>e</>f</ x>g",
         "abcdefg"},
        {"<b", ""},
        {"x<b title='>", "x"},
        {"<unknown-tag>t</unknown-tag>", "t"},
        {"<a id=k name=n>t</a><a name=n>",
         "<a id=\"u-k\">t</a><a id=\"u-n\"></a>"},
        {"<ol start=3 type=a reversed=reversed><li value=4>",
         "<ol start=\"3\" reversed type=\"a\"><li value=\"4\"></li></ol>"},
        {"<td>x", "x"},
        {"<details open><summary>S</summary>t</details>",
         "<details open><summary>S</summary>t</details>"},
        {"<font color=red onclick=x>t", "<font color=\"red\">t</font>"},
        {"<input type=checkbox checked onclick=x><input type=text><input>",
         "<input type=\"checkbox\" disabled checked>"},
        {"<form action=x><button>b</button><select><option>o</select></form>",
         "bo"},
    };

    (void)state;
    check_rows(make(), rows, ARRAY_LEN(rows));
}

static void links_and_media(void **state) {
#define OUTSIDE " rel=\"noopener nofollow\" target=\"_blank\""
#define LAZY " loading=\"lazy\" referrerpolicy=\"no-referrer\""
    static const struct row rows[] = {
        {"<a href=Note.md>t</a>", "<a href=\"Note.md\">t</a>"},
        {"<a href=' x\ty '>t</a>", "<a href=\"xy\">t</a>"},
        {"<a class=c href=https://a.example/?x&y=1 target=_self>t</a>",
         "<a class=\"c external-link\" "
         "href=\"https://a.example/?x&amp;y=1\"" OUTSIDE ">t</a>"},
        {"<a href=//a.example>t</a>",
         "<a class=\"external-link\" href=\"//a.example\"" OUTSIDE ">t</a>"},
        {"<a href=1>x<a href=2>y</a>z</a>",
         "<a href=\"1\">x</a><a href=\"2\">y</a>z"},
        {"<a href=1>x<table><td><a href=2>y</a>z</td></table>w</a>",
         "<a "
         "href=\"1\">x<table><tbody><tr><td>yz</td></tr></tbody></table>w</a>"},
        {"<img src=a.png alt=b width=10 srcset='c 2x'>",
         "<img src=\"a.png\" alt=\"b\" width=\"10\">"},
        {"<img src=https://a.example/i.png>",
         "<img src=\"https://a.example/i.png\"" LAZY ">"},
        {"<img src=data:image/png;base64,AA>",
         "<img src=\"data:image/png;base64,AA\">"},
        {"<img src=data:image/svg+xml,x alt=a>", "<img alt=\"a\">"},
        {"<video src=v.mp4 autoplay poster=p.png><track src=t.vtt "
         "kind=captions>"
         "</video>",
         "<video src=\"v.mp4\" poster=\"p.png\" controls>"
         "<track src=\"t.vtt\" kind=\"captions\"></video>"},
        {"<audio src=https://a.example/s.mp3>no <b>sound</audio>t",
         "<a class=\"external-link\" href=\"https://a.example/s.mp3\"" OUTSIDE
         ">https://a.example/s.mp3</a>t"},
        {"<video><source src=//a.example/v></video>",
         "<video controls></video><a class=\"external-link\" "
         "href=\"//a.example/v\"" OUTSIDE ">//a.example/v</a>"},
        {"<source src=x>", ""},
        {"<iframe src='https://a.example/?a=1&amp;b' title='The plan'><p>in</p>"
         "</iframe>t",
         "<a class=\"external-link\" "
         "href=\"https://a.example/?a=1&amp;b\"" OUTSIDE ">The plan</a>t"},
        {"<iframe src=a.html />t", "<a href=\"a.html\">a.html</a>t"},
        {"<object data=a.pdf><object>in</object>in</object>t",
         "<a href=\"a.pdf\">a.pdf</a>t"},
        {"<embed src=//a.example>t",
         "<a class=\"external-link\" "
         "href=\"//a.example\"" OUTSIDE ">//a.example</a>t"},
        {"<a href=1><iframe src=2></iframe></a>", "<a href=\"1\">2</a>"},
        {"<iframe srcdoc='<b>'></iframe>t", "t"},
    };
    static const struct row closed[] = {
        {"<img src=https://a.example/i.png alt=Plan>",
         "<a class=\"external-link\" href=\"https://a.example/i.png\"" OUTSIDE
         ">Plan</a>"},
        {"<img src=data:image/png;base64,AA>",
         "<img src=\"data:image/png;base64,AA\">"},
        {"<video src=v.mp4 poster=//a.example/p>",
         "<video src=\"v.mp4\" controls></video>"},
    };
    struct sanitiser s = make();

    (void)state;
    check_rows(s, rows, ARRAY_LEN(rows));
    s.context = &closed_site;
    check_rows(s, closed, ARRAY_LEN(closed));
}

/* What a browser would have to repair is repaired before. */
static void nesting(void **state) {
    static const struct row rows[] = {
        {"<div><b>open", "<div><b>open</b></div>"},
        {"</div></p></b>t", "t"},
        {"<b><i>x</b>y</i>z", "<b><i>x</i></b>yz"},
        {"<p>a<p>b", "<p>a</p><p>b</p>"},
        {"<p>a<div>b</div>c</p>d", "<p>a</p><div>b</div>cd"},
        {"<p>a<hr>b", "<p>a</p><hr>b"},
        {"<p><b>a<h2>b</h3>c", "<p><b>a</b></p><h2>b</h2>c"},
        {"<h1>a<h2>b", "<h1>a</h1><h2>b</h2>"},
        {"<ul><li>a<li>b<ul><li>c</ul>d</ul>",
         "<ul><li>a</li><li>b<ul><li>c</li></ul>d</li></ul>"},
        {"<li>a</li><dd>b", "ab"},
        {"<ul><li>a</ul></li>b", "<ul><li>a</li></ul>b"},
        {"<dl><dt>a<dd>b<dt>c", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"},
        {"<ruby>a<rp>(<rt>b<rp>)</ruby><rt>c",
         "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>c"},
        {"<table><tr><td>a<td>b<tr><th>c</table>",
         "<table><tbody><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></"
         "tbody>"
         "</table>"},
        {"<table>a<tr>b<td>c</table>",
         "<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></"
         "tbody>"
         "</table>"},
        {"<table> <caption>a<col><thead><td>b<tbody><tr></table>",
         "<table> "
         "<caption>a</caption><colgroup><col></colgroup><thead><tr><td>b"
         "</td></tr></thead><tbody><tr></tr></tbody></table>"},
        {"<table><tr><td><table><td>a</table>b</div></td></table>",
         "<table><tbody><tr><td><table><tbody><tr><td>a</td></tr></tbody></"
         "table>b"
         "</td></tr></tbody></table>"},
        {"<b><table><td>a</b>b</table>c",
         "<b><table><tbody><tr><td>ab</td></tr></tbody></table>c</b>"},
        {"<tr><td>a</td></tr><caption>b</caption><col>", "ab"},
        {"<p><table><td><p>a</table>",
         "<p></p><table><tbody><tr><td><p>a</p></td></tr></tbody></table>"},
    };
    static const struct row phrase[] = {
        {"<div class=c>a</div><p>b</p><center>c</center>",
         "<span class=\"c\">a</span><span>b</span><span>c</span>"},
        {"<ul><li>a</li></ul><h1>b</h1><table><td>c</table><hr>", "abc"},
        {"<b>a{b</b>c<u>d}e</b>f", "<b>a<em>bc<u>d</u></em>e</b>f"},
        {"<a href=1>{<a href=2>x</a>}y</a>", "<a href=\"1\"><em>x</em>y</a>"},
        {"a<script>b{c}d</script>e", "ae"},
        {"{a<script>b}c", "<em>a</em>c"},
        {"<svg>{</svg>a}</svg>b", "b"},
        {"a<!--{-->b}-->c", "ac"},
    };
    static const struct row cell[] = {
        {"<ul><li>a<li>{b}</ul>", "<ul><li>a</li><li><em>b</em></li></ul>"},
        {"<table><tr><td>a</table></td>", "a"},
        {"<p>a</p><div>b</div>", "<span>a</span><div>b</div>"},
        {"{<ul><li>a}", "<em>a</em>"},
    };
    static const struct row linked[] = {
        {"<a href=1>x</a><iframe src=2></iframe><b>y", "x2<b>y</b>"},
    };
    struct sanitiser s = make();

    (void)state;
    check_rows(s, rows, ARRAY_LEN(rows));
    s.inline_only = true;
    check_rows(s, phrase, ARRAY_LEN(phrase));
    s.in_cell = true;
    check_rows(s, cell, ARRAY_LEN(cell));
    s.in_link = true;
    check_rows(s, linked, ARRAY_LEN(linked));
}

static void styles(void **state) {
    static const struct {
        const char *input, *expected;
        bool removed;
    } rows[] = {
        {"color:red", "color: red", false},
        {" COLOR : Red ;; margin-top:1em; ", "color: Red; margin-top: 1em",
         false},
        {"color:rgb(1, 2, 3)!important", "color: rgb(1, 2, 3)!important",
         false},
        {"width:calc(100% - 2em)", "width: calc(100% - 2em)", false},
        {"font-family:'Invented Sans', serif",
         "font-family: 'Invented Sans', serif", false},
        {"position:fixed;color:red", "color: red", true},
        {"background:url(x)", "", true},
        {"background:URL (x)", "", true},
        {"background:u\\72l(x)", "", true},
        {"background:url/**/(x)", "", true},
        {"width:expression(alert(1))", "", true},
        {"color:var(--x)", "", true},
        {"background:image-set('x' 1x)", "", true},
        {"margin:-9em", "", true},
        {"margin-left:calc(0px - 9em)", "", true},
        {"margin:-.5em", "", true},
        {"color:red}", "", true},
        {"color:\"<b>\"", "", true},
        {"font-family:'open", "", true},
        {"width:calc(1px", "", true},
        {"width:1px)", "", true},
        {"width:(1px)", "", true},
        {"color", "", true},
        {"color:", "", true},
        {":red", "", true},
        {"content:'x';z-index:9;behavior:url(x);-moz-binding:url(x)", "", true},
        {"background:url(a;color:red)", "", true},
        {"", "", false},
        {" ; ;", "", false},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&out);
        if (style_filter(&out, str_from(rows[i].input)) != rows[i].removed)
            fail_msg("%s", rows[i].input);
        assert_string_equal(buf_cstr(&out), rows[i].expected);
    }
    buf_release(&out);
}

static void what_was_removed(void **state) {
    static const struct {
        const char *input;
        unsigned removed;
    } rows[] = {
        {"<b class=x title=y>t</b><!-- c --><a href=x target=_blank "
         "rel=me>t</a>",
         HTML_NOTHING_REMOVED},
        {"<img src=a.png loading=lazy>", HTML_NOTHING_REMOVED},
        {"<b onclick=x>", HTML_REMOVED},
        {"<script></script>", HTML_REMOVED},
        {"<x-y>", HTML_REMOVED},
        {"<b style='position:fixed'>", HTML_REMOVED},
        {"<a href=javascript:x>", HTML_REMOVED},
        {"<li>", HTML_REMOVED},
        {"<iframe src=x width=9 allowfullscreen></iframe>", HTML_LINKED},
        {"<iframe src=x></iframe><script>", HTML_LINKED | HTML_REMOVED},
        {"<iframe src=javascript:x></iframe>", HTML_REMOVED},
    };
    struct sanitiser s = make();
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        run(&s, &out, str_from(rows[i].input));
        if (s.removed != rows[i].removed)
            fail_msg("%s", rows[i].input);
    }
    buf_release(&out);
}

/* One of each kind of attack; the rest of a line is what must be left. */
static void attacks(void **state) {
    static const struct row rows[] = {
        {"<script>boom()</script>", ""},
        {"<ScRiPt\n>boom()</script\n>t", "t"},
        {"<scr<script>ipt>boom()</script>", "ipt&gt;boom()"},
        {"<img src=x onerror=boom()>", "<img src=\"x\">"},
        {"<img/src=x/onerror=boom()>", "<img src=\"x/onerror=boom()\">"},
        {"<img src=\"x\"onerror=\"boom()\">", "<img src=\"x\">"},
        {"<img src=`x` onerror=boom()>", "<img src=\"`x`\">"},
        {"<svg/onload=boom()>t", ""},
        {"<svg><style><img src=x onerror=boom()></style></svg>t", "t"},
        {"<math><mi><table><mglyph><style><!--</style><img "
         "title=\"--&gt;&lt;img "
         "src=1 onerror=boom()&gt;\">",
         ""},
        {"<noscript><p title=\"</noscript><img src=x onerror=boom()>\">",
         "<img src=\"x\">&quot;&gt;"},
        {"<xmp><p title=\"</xmp><img src=x onerror=boom()>\">",
         "<img src=\"x\">&quot;&gt;"},
        {"<title><a title=\"</title><b onclick=boom()>t", "<b>t</b>"},
        {"<plaintext><img src=x onerror=boom()>", ""},
        {"<template><img src=x onerror=boom()></template>t", "t"},
        {"<!--><img src=x onerror=boom()>-->", "<img src=\"x\">--&gt;"},
        {"<!-- --!><img src=x onerror=boom()>-->", "<img src=\"x\">--&gt;"},
        {"<?><img src=x onerror=boom()>", "<img src=\"x\">"},
        {"<a href=\" &#1;java&Tab;script&colon;boom&lpar;&rpar;\">t</a>",
         "<a>t</a>"},
        {"<a href=\"data:text/html,<script>boom()</script>\">t</a>",
         "<a>t</a>"},
        {"<a href=vbscript:boom()>t</a>", "<a>t</a>"},
        {"<a href=\"&#106avascript:boom()\">t</a>",
         "<a href=\"&amp;#106avascript:boom()\">t</a>"},
        {"<base href=javascript:boom()//><meta http-equiv=refresh "
         "content=0><link>"
         "<body onload=boom()>t",
         "t"},
        {"<details open ontoggle=boom()>t", "<details open>t</details>"},
        {"<video><source onerror=boom()></video>",
         "<video controls><source></video>"},
        {"<marquee onstart=boom()>t</marquee>", "t"},
        {"<div style=\"background:url(javascript:boom())\">t</div>",
         "<div>t</div>"},
        {"<div id=getElementById name=cookie>t</div>",
         "<div id=\"u-getElementById\">t</div>"},
        {"<p title='\"><img src=x onerror=boom()>'>t",
         "<p title=\"&quot;&gt;&lt;img src=x onerror=boom()&gt;\">t</p>"},
        {"<a\fonclick=boom() href=x>t</a>", "<a href=\"x\">t</a>"},
        {"<object data=javascript:boom()></object><embed "
         "src=javascript:boom()>t",
         "t"},
        {"<img src=x:x onerror=boom() <p>", "<img src=\"x:x\" loading=\"lazy\" "
                                            "referrerpolicy=\"no-referrer\">"},
        {"<image src=x onerror=boom()><isindex>t", "t"},
    };

    (void)state;
    check_rows(make(), rows, ARRAY_LEN(rows));
}

static void attack_with_nul(void **state) {
    static const struct str rows[] = {
        STR_INIT("<im\0g src=x onerror=boom()>"),
        STR_INIT("<img src=x on\0error=boom()>"),
        STR_INIT("<img src=x \0onerror=boom()>"),
        STR_INIT(
            "<a href=\"java\0script:boom()\" title=\"\0\" onclick=boom()>"),
        STR_INIT("<scr\0ipt>boom()</script>"),
    };
    struct sanitiser s = make();
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&out);
        run(&s, &out, rows[i]);
        assert_null(html_check(buf_str(&out)));
    }
    buf_release(&out);
}

static void questions(void **state) {
    struct sanitiser s = make();
    struct buf out = {0};

    (void)state;
    sanitiser_init(&s);
    s.inline_only = true;
    sanitiser_feed(&s, &out, STR("<a href=x>"));
    assert_true(sanitiser_in_link(&s));
    sanitiser_enter(&s);
    assert_true(sanitiser_in_link(&s));
    assert_false(sanitiser_dropping(&s));
    sanitiser_feed(&s, &out, STR("<script>"));
    assert_true(sanitiser_dropping(&s));
    sanitiser_leave(&s, &out);
    assert_false(sanitiser_dropping(&s));
    sanitiser_feed(&s, &out, STR("</a>"));
    assert_false(sanitiser_in_link(&s));
    sanitiser_feed(&s, &out, STR("<!-- x"));
    assert_true(sanitiser_dropping(&s));
    sanitiser_end(&s, &out);
    assert_false(sanitiser_dropping(&s));
    assert_string_equal(buf_cstr(&out), "<a href=\"x\"></a>");
    buf_release(&out);
}

/* Elements past the bound are left out with their end tags, barriers count. */
static void depth(void **state) {
    struct sanitiser s = make();
    struct buf in = {0}, out = {0};

    (void)state;
    for (int i = 0; i < 100; i++)
        buf_add_lit(&in, "<b>{");
    buf_add_lit(&in, "x<br><table>y");
    for (int i = 0; i < 100; i++)
        buf_add_lit(&in, "}</b>");
    buf_add_lit(&in, "<i>z");
    s.inline_only = true;
    run(&s, &out, buf_str(&in));
    assert_null(html_check(buf_str(&out)));
    assert_true(str_ends(buf_str(&out), STR("</b><i>z</i>")));
    assert_true(str_find_str(buf_str(&out), STR("x<br>y"), 0) != STR_NONE);

    buf_reset(&in);
    buf_reset(&out);
    for (int i = 0; i < 62; i++)
        buf_add_lit(&in, "<div>");
    buf_add_lit(&in, "<table>x<tr><td>y</td></tr></table></div>");
    for (int i = 0; i < 61; i++)
        buf_add_lit(&in, "</div>");
    buf_add_lit(&in, "<u>z");
    s.inline_only = false;
    run(&s, &out, buf_str(&in));
    assert_null(html_check(buf_str(&out)));
    assert_true(str_find_str(buf_str(&out), STR("<div>xy</div>"), 0) !=
                STR_NONE);
    assert_true(str_ends(buf_str(&out), STR("</div><u>z</u>")));
    buf_release(&in);
    buf_release(&out);
}

/* Random soup of everything the parser treats specially, in all places. */
static void soup(void **state) {
    static const char *const bits[] = {
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<th>",
        "</td>",
        "<caption>",
        "<col>",
        "<colgroup>",
        "<tbody>",
        "<ul>",
        "<li>",
        "</ul>",
        "<dl>",
        "<dd>",
        "<h1>",
        "</h2>",
        "<a href=x>",
        "</a>",
        "<ruby>",
        "<rt>",
        "<svg>",
        "</svg>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "x",
        " ",
        "&lt;",
        "<",
        "\"",
        "{",
        "}",
        "|",
        "<iframe src=//h>",
        "</iframe>",
        "<video src=//h>",
        "<video>",
        "<source src=//h>",
        "</video>",
        "<img src=//h>",
        "<b title='>",
        "<details>",
        "<br>",
        "<hr>",
    };
    struct buf in = {0}, out = {0};
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 6000; round++) {
        struct sanitiser s = make();
        size_t open = 0;
        const char *wrong;

        buf_reset(&in);
        buf_reset(&out);
        for (int i = 0; i < 10 + round % 150; i++) {
            const char *bit;

            seed = seed * 1664525u + 1013904223u;
            bit = bits[(seed >> 10) % ARRAY_LEN(bits)];
            if (*bit == '}' && open == 0)
                continue;
            open += *bit == '{';
            open -= *bit == '}';
            buf_add_str(&in, str_from(bit));
        }
        for (; open > 0; open--)
            buf_add_ch(&in, '}');
        s.inline_only = round % 4 > 0;
        s.in_cell = round % 4 > 1;
        s.in_link = round % 4 > 2;
        s.context = round % 5 ? &open_site : &closed_site;
        run(&s, &out, buf_str(&in));
        wrong = html_check(buf_str(&out));
        if (wrong)
            fail_msg("%s\n%s\n%s", wrong, buf_cstr(&in), buf_cstr(&out));
    }
    buf_release(&in);
    buf_release(&out);
}

/* Also the vectors that are kept beside the project, where they are. */
static void vectors(void **state) {
    const char *path = getenv("XSS_VECTORS");
    struct arena arena;
    struct buf text = {0}, out = {0};
    struct json_error error;
    const struct json *list;
    FILE *f = path ? fopen(path, "r") : NULL;
    char part[4096];
    size_t n;

    (void)state;
    if (!f)
        skip();
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(&text, part, n);
    fclose(f);
    arena_init(&arena);
    list = json_parse(&arena, buf_str(&text), &error);
    assert_non_null(list);
    assert_true(list->len >= 100);
    for (const struct json *one = list->first; one; one = one->next) {
        for (int place = 0; place < 3; place++) {
            struct sanitiser s = make();
            const char *wrong;

            s.inline_only = place > 0;
            s.in_cell = place > 1;
            buf_reset(&out);
            sanitiser_init(&s);
            sanitiser_feed(&s, &out, one->text);
            sanitiser_end(&s, &out);
            wrong = html_check(buf_str(&out));
            if (wrong)
                fail_msg("%.*s: %s", STR_ARG(one->text), wrong);
        }
    }
    arena_release(&arena);
    buf_release(&text);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_tags),
        cmocka_unit_test(links_and_media),
        cmocka_unit_test(nesting),
        cmocka_unit_test(styles),
        cmocka_unit_test(what_was_removed),
        cmocka_unit_test(attacks),
        cmocka_unit_test(attack_with_nul),
        cmocka_unit_test(questions),
        cmocka_unit_test(depth),
        cmocka_unit_test(soup),
        cmocka_unit_test(vectors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
