#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "answers_made.h"

#define LI(x) "<li class=\"dataview-result-list-li\">" x "</li>"
#define UL(x)                                                                  \
    "<ul class=\"dataview dataview-ul dataview-result-list-ul\">" x "</ul>"
#define MEMBER(x)                                                              \
    "<li class=\"dataview dataview-li dataview-result-object-li\">" x "</li>"
#define MEMBERS(x)                                                             \
    "<ul class=\"dataview dataview-ul dataview-result-object-ul\">" x "</ul>"

/* Values as cells of a list (spec/dataview.md §12). */
static void test_values(void **state) {
    struct made *m = made_new();
    (void)state;

    made_note(m, "a/Host.md", HOST);
    made_note(m, "b/Other.md", "# A part\n\n![[p.png]]\n");
    site_file(&m->v, "p.png");
    const struct value *deep = LIST(m, number(m, 1));
    for (int i = 0; i < 4; i++)
        deep = LIST(m, deep);
    const struct {
        const struct value *v;
        const char *want;
    } rows[] = {
        {&value_null, "<span>-</span>"},
        {&value_true, "true"},
        {number(m, 12345.5), "12345.5"},
        {day(m, 2026, 1, 5), "January 05, 2026"},
        {text(m, "Iñaki, B. Tarn"), "<span>Iñaki, B. Tarn</span>"},
        {text(m, "a *b* `c`"), "<span>a <em>b</em> <code>c</code></span>"},
        {text(m, "see [[Other#A part|it]]"),
         "<span>see <a class=\"internal-link\" data-href=\"Other#A part\" "
         "href=\"../b/other.html#a-part\">it</a></span>"},
        {text(m, "![[Other]]"),
         "<span><a class=\"internal-link\" data-href=\"Other\" "
         "href=\"../b/other.html\">Other</a></span>"},
        {text(m, "![[p.png|40]]"),
         "<span><span class=\"internal-embed media-embed image-embed "
         "is-loaded\" data-src=\"p.png\" data-alt=\"p.png\"><img "
         "src=\"../files/p.png\" alt=\"p.png\" loading=\"lazy\" "
         "width=\"40\"></span></span>"},
        {text(m, "<script>x</script>y"), "<span>y</span>"},
        {text(m, "x[^1] ^[n]"), "<span>x </span>"},
        {text(m, "`= this.x`"), "<span><code>= this.x</code></span>"},
        {text(m, "a\nb"), "<span>a<br>\nb</span>"},
        {text(m, " "), "<span></span>"},
        {text(m, "# no heading"), "<span># no heading</span>"},
        {link_to(m, "b/Other.md", "Name"),
         "<span><a class=\"internal-link\" data-href=\"b/Other.md\" "
         "href=\"../b/other.html\">Name</a></span>"},
        {link_to(m, "b/Other.md", NULL),
         "<span><a class=\"internal-link\" data-href=\"b/Other.md\" "
         "href=\"../b/other.html\">Other</a></span>"},
        {link_to(m, "Gone", NULL),
         "<span><a class=\"internal-link is-unresolved\" data-href=\"Gone\" "
         "title=\"No note has this name\">Gone</a></span>"},
        {value_of_link(arena_of(m),
                       (struct value_link){.kind = VALUE_LINK_HEADER,
                                           .path = STR("b/Other.md"),
                                           .has_subpath = true,
                                           .subpath = STR("A part")}),
         "<span><a class=\"internal-link\" data-href=\"b/Other.md#A part\" "
         "href=\"../b/other.html#a-part\">Other &gt; A part</a></span>"},
        {value_of_link(arena_of(m),
                       (struct value_link){.embed = true,
                                           .path = STR("p.png"),
                                           .has_display = true,
                                           .display = STR("20x10")}),
         "<span><span class=\"internal-embed media-embed image-embed "
         "is-loaded\" data-src=\"p.png\" data-alt=\"p.png\"><img "
         "src=\"../files/p.png\" alt=\"p.png\" loading=\"lazy\" width=\"20\" "
         "height=\"10\"></span></span>"},
        {value_of_external(arena_of(m), STR("https://x.example/?a&b"),
                           STR("<ex>")),
         "<a class=\"external-link\" href=\"https://x.example/?a&amp;b\" "
         "target=\"_blank\" rel=\"noopener nofollow\">&lt;ex&gt;</a>"},
        {value_of_external(arena_of(m), STR("java\nscript:alert(1)"),
                           STR("ex")),
         "ex"},
        {value_of_external(arena_of(m), STR("Other.md#A part"), STR("ex")),
         "<a class=\"internal-link\" data-href=\"Other.md#A part\" "
         "href=\"../b/other.html#a-part\">ex</a>"},
        {LIST(m, number(m, 1), text(m, "two")),
         UL(LI("1") LI("<span>two</span>"))},
        {list_of(m, NULL, 0), UL("")},
        {object(m, "<k>", number(m, 1), "l", &value_null),
         MEMBERS(MEMBER("&lt;k&gt;: 1") MEMBER("l: <span>-</span>"))},
        {deep, UL(LI(UL(LI(UL(LI(UL(LI("..."))))))))},
        {value_of_pair(arena_of(m), number(m, 1), LIST(m, number(m, 2))),
         "1: " UL(LI("2"))},
        {item(m, 0, 0, NULL), "<span>its <strong>text</strong></span>"},
    };
    made_note(m, "t.md", "- [ ] x\n");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str got;
        struct buf want = {0};
        if (rows[i].v->kind == VALUE_RECORD)
            ((struct made_item *)rows[i].v->as.record->of)->place.file = 3;
        m->answers.blocks[0] = answer_of(m, ANSWER_LIST, 1, &rows[i].v, 1);
        site_plan(&m->v);
        got = made_answer(m, 0);
        buf_printf(&want, "<ul class=\"dataview list-view-ul\"><li>%s%s",
                   rows[i].want,
                   rows[i].v->kind == VALUE_RECORD ? "" : "</li>\n</ul>");
        if (!str_starts(got, buf_str(&want)))
            fail_msg("%.*s\nwant %.*s", STR_ARG(got), STR_ARG(buf_str(&want)));
        buf_release(&want);
    }
    made_free(m);
}

static void test_table(void **state) {
    struct made *m = made_new();
    (void)state;

    made_note(m, "Host.md", HOST);
    made_note(m, "Other.md", "text\n");
    m->answers.blocks[0] = ANSWER(
        m, ANSWER_TABLE, 3, link_to(m, "Other.md", "Other"), number(m, 2),
        day(m, 2026, 1, 5), text(m, "x"), &value_null, &value_null);
    site_plan(&m->v);
    assert_str(
        made_answer(m, 0),
        "<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\" "
        "aria-label=\"File, b |, c\"><table class=\"dataview "
        "table-view-table\"><thead class=\"table-view-thead\"><tr "
        "class=\"table-view-tr-header\"><th class=\"table-view-th\" "
        "scope=\"col\"><span>File</span><span class=\"dataview "
        "small-text\">2</span></th><th class=\"table-view-th\" "
        "scope=\"col\"><span><em>b</em> |</span></th><th "
        "class=\"table-view-th\" scope=\"col\"><span>c</span></th></tr>"
        "</thead>\n<tbody class=\"table-view-tbody\">\n"
        "<tr><td><span><a class=\"internal-link\" data-href=\"Other.md\" "
        "href=\"other.html\">Other</a></span></td><td>2</td><td "
        "data-sort=\"1767571200000\">January 05, 2026</td></tr>\n"
        "<tr><td><span>x</span></td><td data-sort=\"\"><span>-</span></td><td "
        "data-sort=\"\"><span>-</span></td></tr>\n</tbody></table></div>");
    assert_has(made_page(m, m->v.plan->page_of[0]),
               "<div class=\"query-foot\"><details class=\"query-src\">"
               "<summary>2 results of this query</summary><pre "
               "tabindex=\"0\"><code class=\"language-dataview\">TABLE "
               "&lt;x&gt;\n</code></pre></details></div></div>");
    made_free(m);
}

#define TASKS                                                                  \
    "# Plan\n\n- [ ] one [[Other]] ^o\n  - [x] two[^1]\n  - plain\n"           \
    "    - [/] three\n- [?] four\n\n  more\n\n[^1]: note\n"

#define BOX                                                                    \
    "<input type=\"checkbox\" class=\"dataview "                               \
    "task-list-item-checkbox\" disabled"
#define TASK(mark, checked)                                                    \
    "<li class=\"dataview task-list-item" checked "\" data-task=\"" mark "\">"
#define CHILDREN "<ul class=\"contains-task-list\">"

/* Items of TASKS: 0 one, 1 two, 2 plain, 3 three, 4 four. */
static void test_tasks(void **state) {
    struct made *m = made_new();
    (void)state;

    made_note(m, "Host.md", HOST);
    made_note(m, "Other.md", "text\n");
    made_note(m, "Tasks.md", TASKS);
    m->answers.blocks[0] =
        ANSWER(m, ANSWER_TASK, 1, item(m, 2, 4, NULL), item(m, 2, 3, NULL),
               item(m, 2, 0, NULL), item(m, 2, 3, text(m, "*seen*")));
    site_plan(&m->v);
    assert_str(
        made_answer(m, 0),
        "<div class=\"dataview dataview-container\">" CHILDREN TASK(
            "?", " is-checked") BOX
        " checked aria-label=\"Proposed\"><div class=\"task-body\">"
        "<p>four</p>\n<p>more</p></div> <a class=\"task-src\" "
        "href=\"tasks.html#plan\" title=\"Tasks &gt; "
        "Plan\">Tasks</a></li>" TASK(" ", "") BOX
        " aria-label=\"To do\"><span>one <a "
        "class=\"internal-link\" data-href=\"Other\" href=\"other.html\">"
        "Other</a></span> <a class=\"task-src\" href=\"tasks.html#%5Eo\" "
        "title=\"Tasks &gt; Plan\">Tasks</a>" CHILDREN TASK("x", " is-checked")
            BOX
        " checked aria-label=\"Done\"><span>two"
        "</span></li><li class=\"dataview task-list-basic-item\"><span>plain"
        "</span>" CHILDREN TASK("/", " is-checked") BOX
        " checked aria-label=\"In progress\"><span><em>seen</em></span></li>"
        "</ul></li></ul></li></ul></div>");
    assert_has(made_page(m, m->v.plan->page_of[0]),
               "<summary>4 tasks, from this query</summary>");
    made_free(m);
}

static const struct value *group(struct made *m, const struct value *key,
                                 const struct value *rows) {
    return object(m, "key", key, "rows", rows);
}

#define HEADING(level, key, n)                                                 \
    "<h4 aria-level=\"" level "\">" key                                        \
    "<span class=\"dataview small-text\">" n                                   \
    "</span></h4><div class=\"dataview result-group\">"

static void test_groups(void **state) {
    struct made *m = made_new();
    struct answer *a;
    struct str got;
    (void)state;

    made_note(m, "Host.md", HOST);
    made_note(m, "Tasks.md", TASKS);
    a = ANSWER(
        m, ANSWER_TASK, 1,
        group(m, text(m, "*a* <b>"),
              LIST(m,
                   group(m, link_to(m, "Tasks.md", "T"),
                         LIST(m, item(m, 1, 0, NULL), item(m, 1, 1, NULL))),
                   group(m, LIST(m, number(m, 1), number(m, 2)),
                         LIST(m, item(m, 1, 1, NULL))))));
    a->groups = true;
    m->answers.blocks[0] = a;
    site_plan(&m->v);
    got = made_answer(m, 0);
    assert_has(got, "<div class=\"dataview dataview-container\">" HEADING(
                        "2", "<span><em>a</em> <b></b></span>", "3"));
    assert_has(got, HEADING("3",
                            "<span><a class=\"internal-link\" "
                            "data-href=\"Tasks.md\" href=\"tasks.html\">T</a>"
                            "</span>",
                            "2"));
    /* The note is known there: its heading is named. */
    assert_has(got, "title=\"Tasks &gt; Plan\">Plan</a>");
    assert_has(got, HEADING("3",
                            "<span class=\"dataview "
                            "dataview-result-list-span\">1, 2</span>",
                            "1") CHILDREN TASK("x", " is-checked"));
    made_free(m);
}

/* A query of a thousand lines GROUP BY is none to be recursed into. */
static void test_deep_groups(void **state) {
    struct made *m = made_new();
    const struct value *v;
    struct answer *a;
    (void)state;

    made_note(m, "Host.md", HOST);
    made_note(m, "Tasks.md", TASKS);
    for (int depth = 64; depth < 100000; depth += 99936) {
        v = item(m, 1, 0, NULL);
        for (int i = 0; i < depth; i++)
            v = group(m, &value_null, LIST(m, v));
        a = ANSWER(m, ANSWER_TASK, 1, v);
        a->groups = true;
        m->answers.blocks[0] = a;
        site_plan(&m->v);
        assert_int_equal(str_find_str(made_answer(m, 0), STR("task-list-item"),
                                      0) != STR_NONE,
                         depth == 64);
    }
    made_free(m);
}

static void test_nothing_and_errors(void **state) {
    struct made *m = made_new();
    struct answer *a;
    static const struct {
        enum answer_kind kind;
        const char *want;
    } rows[] = {
        {ANSWER_LIST, "<div class=\"dataview dataview-error-box\"><p "
                      "class=\"dataview dataview-error-message\">Dataview: No "
                      "results to show for list query.</p></div>"},
        {ANSWER_TASK,
         "<div class=\"dataview dataview-container\"><div class=\"dataview "
         "dataview-error-box\"><p class=\"dataview dataview-error-message\">"
         "Dataview: No results to show for task query.</p></div></div>"},
        {ANSWER_CALENDAR, "<pre class=\"dataview dataview-error\">Dataview: "
                          "Query returned 0 results.</pre>"},
    };
    (void)state;

    made_note(m, "Host.md", HOST);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        a = answer_of(m, rows[i].kind, 1, NULL, 0);
        m->answers.blocks[0] = a;
        site_plan(&m->v);
        assert_str(made_answer(m, 0), rows[i].want);
    }
    a = answer_of(m, ANSWER_TABLE, 1, NULL, 0);
    m->answers.blocks[0] = a;
    site_plan(&m->v);
    assert_has(made_answer(m, 0), "<span class=\"dataview small-text\">0</span>"
                                  "</th></tr></thead>");
    assert_has(made_answer(m, 0), "No results to show for table query.");
    a = answer_of(m, ANSWER_ERROR, 1, NULL, 0);
    a->message = STR("no <b> here");
    a->line = 1;
    a->column = 7;
    m->answers.blocks[0] = a;
    site_plan(&m->v);
    assert_str(made_answer(m, 0),
               "<pre class=\"dataview dataview-error\" tabindex=\"0\">"
               "Dataview: no &lt;b&gt; here\n\nLine 1, column 7 of the "
               "query:\nTABLE &lt;x&gt;\n\n      ^</pre>");
    a->line = 0;
    site_plan(&m->v);
    assert_str(made_answer(m, 0),
               "<pre class=\"dataview dataview-error\" tabindex=\"0\">"
               "Dataview: no &lt;b&gt; here</pre>");
    made_free(m);
}

static void test_calendar(void **state) {
    struct made *m = made_new();
    struct str got;
    (void)state;

    made_note(m, "Host.md", HOST);
    made_note(m, "Other.md", "text\n");
    m->answers.blocks[0] = ANSWER(
        m, ANSWER_CALENDAR, 2, day(m, 2026, 2, 28), link_to(m, "Other", NULL),
        &value_null, link_to(m, "Other", NULL), day(m, 2025, 12, 31),
        &value_null, day(m, 2026, 2, 28), text(m, "b"));
    site_plan(&m->v);
    got = made_answer(m, 0);
    assert_has(got, "<div class=\"dataview dataview-calendar\"><table "
                    "class=\"calendar\"><caption>Dec 2025</caption><thead><tr>"
                    "<th scope=\"col\">Mon</th>");
    assert_has(got, "<tbody><tr><td><span class=\"day\">1</span></td>");
    assert_has(got, "<td class=\"has-entries\"><time class=\"day\" "
                    "datetime=\"2025-12-31\">31</time><ul><li>·</li></ul></td>"
                    "<td colspan=\"4\"></td></tr></tbody></table>");
    assert_has(got, "<caption>Feb 2026</caption>");
    assert_has(got, "<tbody><tr><td colspan=\"6\"></td><td><span "
                    "class=\"day\">1</span></td></tr><tr>");
    assert_has(got, "datetime=\"2026-02-28\">28</time><ul><li><span><a "
                    "class=\"internal-link\" data-href=\"Other\" "
                    "href=\"other.html\">Other</a></span></li><li><span>b"
                    "</span></li></ul></td><td colspan=\"1\"></td></tr>"
                    "</tbody></table></div><p class=\"query-note\">1 entry has "
                    "no day</p>");
    assert_lacks(got, "Jan 2026");
    made_free(m);
}

/* decisions.md 20: 500 rows, the rest on pages of 200. */
static void test_long_answer(void **state) {
    struct made *m = made_new();
    const struct value **cells;
    const struct page *page;
    struct str got;
    (void)state;

    made_note(m, "Host.md", HOST);
    cells = arena_array(arena_of(m), const struct value *, 1001);
    for (int i = 0; i < 1001; i++)
        cells[i] = number(m, i + 1);
    m->answers.blocks[0] = answer_of(m, ANSWER_TABLE, 1, cells, 500);
    site_plan(&m->v);
    assert_null(site_page(&m->v, "host~query-1-2.html"));
    m->answers.blocks[0] = answer_of(m, ANSWER_TABLE, 1, cells, 1001);
    site_plan(&m->v);
    got = made_answer(m, 0);
    assert_has(got, "small-text\">1001<");
    assert_has(got, "<td>500</td>");
    assert_lacks(got, "<td>501</td>");
    assert_has(got, "<p class=\"query-more\"><a "
                    "href=\"host~query-1-2.html\">501 more</a></p>");
    page = site_page(&m->v, "host~query-1-4.html");
    assert_non_null(page);
    assert_null(site_page(&m->v, "host~query-1-5.html"));
    got = made_page(m, (size_t)(page - m->v.plan->pages));
    assert_has(got, "<td>901</td>");
    assert_has(got, "<td>1001</td>");
    assert_lacks(got, "<td>900</td>");
    assert_has(got, "small-text\">1001<");
    assert_has(got, "Page 4 of 4");
    assert_has(got, "<a href=\"host~query-1-3.html\" rel=\"prev\">");
    assert_has(got, "<meta name=\"robots\" content=\"noindex\">");
    assert_lacks(got, "query-foot");
    made_free(m);
}

/* Elsewhere an answer is the same, its links are another page's, and nothing
 * that stands inside one is drawn (decisions.md 8, 18). */
static void test_leaves(void **state) {
    struct made *m = made_new();
    struct str got;
    (void)state;

    made_note(m, "a/Host.md", HOST);
    made_note(m, "a/Near.md",
              "- [ ] x ![[Host]]\n\n  ```dataview\n  LIST\n  ```\n\n  ## In\n"
              "- [ ] y\n- [ ] ![[Host]]\n");
    made_note(m, "b/Near.md", "text\n");
    made_note(m, "b/Shows.md", "![[Host]]\n");
    m->answers.blocks[0] = ANSWER(m, ANSWER_TASK, 1, item(m, 1, 0, NULL),
                                  item(m, 1, 1, text(m, "[[Near]] ![[Host]]")),
                                  item(m, 1, 2, NULL));
    m->answers.blocks[1] = m->answers.blocks[0];
    site_plan(&m->v);
    got = made_answer(m, 3);
    assert_has(got, "data-href=\"Near\" href=\"../a/near.html\">Near</a> <a "
                    "class=\"internal-link\" data-href=\"Host\" "
                    "href=\"../a/host.html\">Host</a>");
    assert_has(got, "<span class=\"query-label\"><a "
                    "href=\"../a/near.html\">Dataview</a></span>");
    assert_has(got, "<div class=\"task-body\"><p></p>\n<a "
                    "class=\"internal-link\" data-href=\"Host\" "
                    "href=\"../a/host.html\">Host</a></div>");
    assert_lacks(got, "LIST");
    assert_lacks(got, " id=");
    assert_lacks(got, "block-language");
    made_free(m);
}

static struct answer *value_answer(struct made *m, const struct value *v) {
    return answer_of(m, ANSWER_VALUE, 1, &v, 1);
}

static void test_inline(void **state) {
    struct made *m = made_new();
    struct answer *a;
    (void)state;

    made_note(
        m, "Host.md",
        "## In `= this.x` on\n\nSo `=this.x`.\n\n## B\n\n```\n= x\n```\n");
    made_note(m, "Other.md", "text\n");
    m->answers.blocks[0] = value_answer(
        m, LIST(m, number(m, 1), list_of(m, NULL, 0),
                object(m, "<k>", link_to(m, "Other", "*O*"), "l", NULL)));
#define INLINE(x) "<span class=\"dataview dataview-inline-query\">" x "</span>"
    site_plan(&m->v);
    struct str page = made_page(m, m->v.plan->page_of[0]);
    /* The stand-in answers the first of a note only. */
    assert_has(
        page,
        ">In " INLINE(
            "<span class=\"dataview dataview-result-list-span\">1, <span "
            "class=\"dataview dataview-result-list-span\">&lt;empty list&gt;"
            "</span>, <span class=\"dataview dataview-result-object-span\">"
            "&lt;k&gt;: <span><a class=\"internal-link\" data-href=\"Other\" "
            "href=\"other.html\">*O*</a></span></span></span>") " on</h2>");
    assert_has(page, "So <code>=this.x</code>.");
    assert_has(page, "<code>= x\n</code></pre>");
    m->answers.blocks[0] = value_answer(m, text(m, "a <b>"));
    site_plan(&m->v);
    page = made_page(m, m->v.plan->page_of[0]);
    assert_has(page, "\">In a &lt;b&gt; on</a>"); /* the contents */
    a = value_answer(m, &value_null);
    a->kind = ANSWER_ERROR;
    a->message = STR("no <i>");
    m->answers.blocks[0] = a;
    site_plan(&m->v);
    page = made_page(m, m->v.plan->page_of[0]);
    assert_has(page, INLINE("<code class=\"dataview dataview-error\">Dataview "
                            "(inline field 'this.x'): no &lt;i&gt;</code>"));
    made_free(m);
}

/* What only an answer embeds is copied. */
static void test_pictures(void **state) {
    struct made *m = made_new();
    (void)state;

    made_note(m, "Host.md", HOST);
    site_file(&m->v, "p.png");
    site_file(&m->v, "q.png");
    const struct value *p = value_of_link(
        arena_of(m), (struct value_link){.embed = true, .path = STR("p.png")});
    m->answers.blocks[0] = ANSWER(
        m, ANSWER_LIST, 1, value_of_pair(arena_of(m), &value_null, LIST(m, p)),
        link_to(m, "q.png", NULL));
    site_plan(&m->v);
    assert_has(made_answer(m, 0), "<img src=\"files/p.png\"");
    assert_str(site_url(&m->v, 1), "files/p.png");
    assert_str(site_url(&m->v, 2), "");
    made_free(m);
}

/* A text that is passed on as it is means nothing else to the renderer. */
static void test_plain_texts(void **state) {
    static const char *const texts[] = {
        "a, b - c. d",
        "2026-01-05",
        "---",
        "-",
        ". . .",
        "1. x",
        "- x",
        "Ünï 日本 🎉 x",
        "a  b",
        "w ww",
        "ww.x.example",
        "10.5",
        "x-",
        "--",
        "... a",
        "A\u00a0b",
        "e.g. this, that",
    };
    struct made *m = made_new();
    struct note *origin = made_note(m, "Host.md", HOST);
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct note *n = text_compile(m->compiler, origin, str_from(texts[i]));
        assert_str(n->html, texts[i]);
        assert_int_equal(n->nfixups, 0);
    }
    made_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_tasks),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_deep_groups),
        cmocka_unit_test(test_nothing_and_errors),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_long_answer),
        cmocka_unit_test(test_leaves),
        cmocka_unit_test(test_inline),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_plain_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
