#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "site_vault.h"

/* The article of the page of file `i`; findings go to v->diags. */
static struct str article(struct site_vault *v, size_t i) {
    struct stitcher *s = stitcher_new(
        &v->arena, v->plan, kept_draw(&v->arena, v->plan, 1), &v->diags);
    struct buf out = {0};

    stitch_page(v->plan, v->plan->page_of[i], s, &out);
    stitcher_release(s);
    struct str page = arena_str(&v->arena, buf_str(&out));
    buf_release(&out);
    size_t begin = str_find_str(page, STR("<article"), 0);
    size_t end = str_find_str(page, STR("\n</article>"), 0);
    assert_true(begin != STR_NONE && end != STR_NONE);
    return str_slice(page, str_find_str(page, STR("\n"), begin) + 1, end);
}

static struct str whole_page(struct site_vault *v, size_t page) {
    struct stitcher *s = stitcher_new(
        &v->arena, v->plan, kept_draw(&v->arena, v->plan, 1), &v->diags);
    struct buf out = {0};

    stitch_page(v->plan, page, s, &out);
    stitcher_release(s);
    struct str text = arena_str(&v->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static bool has(struct str text, const char *part) {
    return str_find_str(text, str_from(part), 0) != STR_NONE;
}

static void assert_has(struct str text, const char *part) {
    if (!has(text, part))
        fail_msg("no \"%s\" in:\n%.*s", part, STR_ARG(text));
}

/* One note of this text in a vault with some others. */
static void test_links(void **state) {
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"{L b/Note}x</a>", "<a class=\"internal-link\" data-href=\"b/Note\" "
                            "href=\"../b/note.html\">x</a>"},
        {"{L Other}x</a>", "<a class=\"internal-link\" data-href=\"Other\" "
                           "href=\"other.html\">x</a>"},
        {"{L b/Note#Part one}x</a>",
         "<a class=\"internal-link\" data-href=\"b/Note#Part one\" "
         "href=\"../b/note.html#part%20one\">x</a>"},
        {"{L b/Note#Gone}x</a>",
         "<a class=\"internal-link\" data-href=\"b/Note#Gone\" "
         "href=\"../b/note.html\">x</a>"},
        {"{L #}x</a>", "<a class=\"internal-link\" data-href=\"#\" "
                       "href=\"host.html\">x</a>"},
        {"{L No \"one\"}x</a>",
         "<a class=\"internal-link is-unresolved\" data-href=\"No "
         "&quot;one&quot;\" title=\"No note has this name\">x</a>"},
        {"{L Secret}x</a>",
         "<a class=\"internal-link is-unresolved\" data-href=\"Secret\" "
         "title=\"No note has this name\">x</a>"},
        {"{L doc.pdf#page=3}x</a>",
         "<a class=\"internal-link\" data-href=\"doc.pdf#page=3\" "
         "href=\"../files/doc.pdf#page=3\">x</a>"},
        {"{L run.js}x</a>",
         "<a class=\"internal-link is-unresolved\" data-href=\"run.js\" "
         "title=\"This file is not part of the site\">x</a>"},
        {"<img{A doc.pdf}>", "<img src=\"../files/doc.pdf\">"},
        {"<img{A gone.png}>", "<img>"},
        {"<img{A b/Note}>", "<img>"},
        {"{T x}#x</a>", "<a class=\"tag\" href=\"../tags/x.html\">#x</a>"},
        {"<h2{I a-b}>x</h2>", "<h2 id=\"a-b\">x</h2>"},
        {"{Q LIST <b>}",
         "<div class=\"block-language-dataview\"><p "
         "class=\"query-label\">Dataview: not evaluated</p>"
         "<pre tabindex=\"0\"><code class=\"language-dataview\">"
         "LIST &lt;b&gt;</code></pre></div>"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct site_vault *v = test_malloc(sizeof *v);
        struct note *b;
        site_open(v);
        site_file(v, "Secret.md")->kind = FILE_NOTE; /* not published */
        site_text(v, site_note(v, "a/Host.md"), rows[i].text);
        site_note(v, "a/Other.md");
        b = site_note(v, "b/Note.md");
        site_text(v, b, "<h2>Part</h2>");
        site_heading(v, b, "Part one", "<h2>", "", "");
        site_file(v, "doc.pdf");
        site_file(v, "run.js");
        site_plan(v);
        assert_str(article(v, 1), rows[i].want);
        site_close(v);
        test_free(v);
    }
}

static void test_embedded_files(void **state) {
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"{e a.png}",
         "<span class=\"internal-embed media-embed image-embed is-loaded\" "
         "data-src=\"a.png\" data-alt=\"a.png\"><img src=\"files/a.png\" "
         "alt=\"a.png\" loading=\"lazy\"></span>"},
        {"{e a.png#outline}", "<img src=\"files/a.png#outline\""},
        {"{e s.mp3}", "<audio controls preload=\"metadata\" "
                      "src=\"files/s.mp3\" aria-label=\"s.mp3\"></audio>"},
        {"{e d.pdf#page=3&height=400}",
         "<iframe src=\"files/d.pdf#page=3&amp;height=400\" title=\"d.pdf\" "
         "loading=\"lazy\" height=\"400\"></iframe><span "
         "class=\"file-embed\"><a class=\"internal-link\""},
        {"{E d.canvas}", "<div class=\"internal-embed file-embed mod-generic\" "
                         "data-src=\"d.canvas\" data-alt=\"d.canvas\">"
                         "<span>d.canvas</span> <span "
                         "class=\"file-size\">Canvas · 0 B</span></div>"},
        {"{E d.csv}", "<div class=\"internal-embed file-embed mod-generic\" "
                      "data-src=\"d.csv\" data-alt=\"d.csv\"><a "
                      "class=\"internal-link\" data-href=\"d.csv\" "
                      "href=\"files/d.csv\">d.csv</a> <span "
                      "class=\"file-size\">0 B</span></div>"},
        {"{e gone.png}",
         "<span class=\"internal-embed file-embed mod-empty-attachment\" "
         "data-src=\"gone.png\" data-alt=\"gone.png\">"},
        {"{E gone.png}", "<span class=\"internal-embed file-embed "
                         "mod-empty-attachment\""},
        {"{E Gone}",
         "<div class=\"internal-embed file-embed mod-empty\" "
         "data-src=\"Gone\" data-alt=\"Gone\"><span>Not found: "
         "<span class=\"is-unresolved\" title=\"No note has this name\">"
         "Gone</span></span></div>"},
        {"{E z#Gone}", "mod-empty\" data-src=\"z#Gone\" "
                       "data-alt=\"z#Gone\"><span>Not found: <a "
                       "class=\"internal-link\" data-href=\"z#Gone\" "
                       "href=\"z.html\">z &gt; Gone</a>"},
        {"{e z}", "<a class=\"internal-link\" data-href=\"z\" "
                  "href=\"z.html\">z</a>"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct site_vault *v = test_malloc(sizeof *v);
        site_open(v);
        site_text(v, site_note(v, "Host.md"), rows[i].text);
        site_file(v, "a.png");
        site_file(v, "d.canvas");
        site_file(v, "d.csv");
        site_file(v, "d.pdf");
        site_file(v, "s.mp3");
        site_text(v, site_note(v, "z.md"), "SECRET");
        site_plan(v);
        assert_has(article(v, 0), rows[i].want);
        assert_false(has(article(v, 0), "SECRET"));
        site_close(v);
        test_free(v);
    }
}

/* Of a file that is shown as a row. */
static void test_file_sizes(void **state) {
    static const struct {
        uint64_t bytes;
        const char *want;
    } rows[] = {
        {0, ">0 B<"},
        {999, ">999 B<"},
        {1000, ">1 KB<"},
        {1249, ">1.2 KB<"},
        {1250, ">1.3 KB<"},
        {9940, ">9.9 KB<"},
        {9950, ">10 KB<"},
        {48499, ">48 KB<"},
        {999499, ">999 KB<"},
        {999500, ">1 MB<"},
        {2340000000, ">2.3 GB<"},
        {5000000000000, ">5,000 GB<"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct site_vault *v = test_malloc(sizeof *v);
        site_open(v);
        site_text(v, site_note(v, "Host.md"), "{E d.csv}");
        site_file(v, "d.csv")->size = rows[i].bytes;
        v->settings.limits.attachment_bytes = UINT64_MAX;
        site_plan(v);
        assert_has(article(v, 0), rows[i].want);
        site_close(v);
        test_free(v);
    }
}

static void test_sizes(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct embed *e;
    (void)state;

    site_open(v);
    struct note *n = site_note(v, "Host.md");
    site_text(v, n, "{e a.png}");
    e = (struct embed *)n->embeds;
    e->alt = STR("<x>");
    e->width = 100;
    site_file(v, "a.png");
    site_plan(v);
    assert_has(article(v, 0), "alt=\"&lt;x&gt;\" loading=\"lazy\" "
                              "width=\"100\"></span>");
    e->height = 50;
    assert_has(article(v, 0), " width=\"100\" height=\"50\">");
    site_close(v);
    test_free(v);
}

static void test_embedded_note(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct note *n;
    (void)state;

    site_open(v);
    site_text(v, site_note(v, "Host.md"), "<p>A</p>{E b/Note#Part}<p>B</p>");
    n = site_note(v, "b/Note.md");
    site_text(v, n,
              "<p>no</p><h2{I part}>Part</h2><p>{L #Part}here</a> {e i.png}</p>"
              "<h2>End</h2>");
    site_heading(v, n, "Part", "<h2>", "<p>", "<h2>End");
    site_file(v, "b/i.png");
    site_plan(v);
    assert_str(
        article(v, 0),
        "<p>A</p><div class=\"internal-embed markdown-embed inline-embed "
        "is-loaded\" data-src=\"b/Note#Part\" data-alt=\"b/Note#Part\"><div "
        "class=\"embed-title markdown-embed-title\"><a class=\"internal-link\" "
        "data-href=\"b/Note#Part\" href=\"b/note.html#part\">Note &gt; "
        "Part</a></div><div "
        "class=\"markdown-embed-content\"><h2>Part</h2><p><a "
        "class=\"internal-link\" data-href=\"#Part\" href=\"b/note.html#part\">"
        "here</a> <span class=\"internal-embed media-embed image-embed "
        "is-loaded\" data-src=\"i.png\" data-alt=\"i.png\"><img "
        "src=\"files/b/i.png\" alt=\"i.png\" loading=\"lazy\"></span></p></div>"
        "</div><p>B</p>");
    /* On its own page the same heading has its id. */
    assert_has(article(v, 1), "<h2 id=\"part\">Part</h2><p><a "
                              "class=\"internal-link\" data-href=\"#Part\" "
                              "href=\"#part\">");
    site_close(v);
    test_free(v);
}

static void test_item_slice(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct block *b;
    (void)state;

    site_open(v);
    site_text(v, site_note(v, "Host.md"), "{E z#^b}");
    struct note *n = site_note(v, "z.md");
    site_text(v, n, "<ol start=\"3\"><li>a</li><li>b</li></ol>");
    b = arena_new(&v->arena, struct block);
    b->id = STR("b");
    b->element_id = STR("^b");
    b->slice = site_slice(v, site_range(n, "<li>b", "</ol>"));
    b->slice.wrapper = WRAP_OL;
    b->slice.start = 4;
    b->slice.tasks = true;
    n->blocks = b;
    n->nblocks = 1;
    site_plan(v);
    assert_has(article(v, 0),
               "href=\"z.html#%5Eb\">z</a></div><div "
               "class=\"markdown-embed-content\"><ol start=\"4\" "
               "class=\"contains-task-list\"><li>b</li></ol></div></div>");
    site_close(v);
    test_free(v);
}

/* Text with references to two footnotes, the first of which refers to both. */
static void footnotes(struct site_vault *v, struct note *n) {
    struct footnote *f = arena_array(&v->arena, struct footnote, 2);

    site_text(v, n, "<p>x{F 1}y{F 1}</p>|||<p>zero</p><p>one{F 0}{F 1}</p>");
    for (int i = 0; i < 2; i++) {
        f[i].content = i == 0 ? site_range(n, "<p>zero", "<p>one")
                              : site_range(n, "<p>one", "");
        f[i].backref_at = f[i].content.end - 4;
        f[i].backref_fixup = f[i].content.fixup_end;
    }
    n->footnotes = f;
    n->nfootnotes = 2;
}

static void test_footnotes(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    footnotes(v, site_note(v, "a.md"));
    site_text(v, site_note(v, "b.md"), "{E a}{E a}");
    site_plan(v);
    assert_str(
        article(v, 0),
        "<p>x<sup class=\"footnote-ref\" data-footnote-id=\"fnref-1-1\" "
        "id=\"fnref-1-1\"><a class=\"footnote-link\" href=\"#fn-1\">[1]</a>"
        "</sup>y<sup class=\"footnote-ref\" data-footnote-id=\"fnref-1-2\" "
        "id=\"fnref-1-2\"><a class=\"footnote-link\" href=\"#fn-1\">[1-1]</a>"
        "</sup></p><section class=\"footnotes\" "
        "aria-label=\"Footnotes\"><hr><ol><li "
        "data-footnote-id=\"fn-1\" id=\"fn-1\"><p>one<sup "
        "class=\"footnote-ref\" data-footnote-id=\"fnref-2-1\" "
        "id=\"fnref-2-1\"><a class=\"footnote-link\" href=\"#fn-2\">[2]</a>"
        "</sup><sup class=\"footnote-ref\" data-footnote-id=\"fnref-1-3\" "
        "id=\"fnref-1-3\"><a class=\"footnote-link\" href=\"#fn-1\">[1-2]</a>"
        "</sup> <a class=\"footnote-backref footnote-link\" "
        "href=\"#fnref-1-1\" aria-label=\"Back to the text\">↩︎</a> <a "
        "class=\"footnote-backref footnote-link\" href=\"#fnref-1-2\" "
        "aria-label=\"Back to the text\">↩︎</a> <a "
        "class=\"footnote-backref "
        "footnote-link\" href=\"#fnref-1-3\" aria-label=\"Back to the "
        "text\">↩︎</a></p></li><li data-footnote-id=\"fn-2\" "
        "id=\"fn-2\"><p>"
        "zero <a class=\"footnote-backref footnote-link\" "
        "href=\"#fnref-2-1\" aria-label=\"Back to the "
        "text\">↩︎</a></p></li>"
        "</ol></section>");
    struct str twice = article(v, 1);
    assert_has(twice, "id=\"e1-fnref-1-3\"><a class=\"footnote-link\" "
                      "href=\"#e1-fn-1\">[1-2]</a>");
    assert_has(twice, "<li data-footnote-id=\"e2-fn-2\" id=\"e2-fn-2\">");
    assert_false(has(twice, "aria-label=\"Footnotes\""));
    assert_false(has(twice, " id=\"fn-1\""));
    site_close(v);
    test_free(v);
}

static size_t times(struct str text, const char *part) {
    size_t n = 0;

    for (size_t at = 0;
         (at = str_find_str(text, str_from(part), at)) != STR_NONE; at++)
        n++;
    return n;
}

static void test_cycles(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    site_text(v, site_note(v, "a.md"), "text-a{E b}");
    site_text(v, site_note(v, "b.md"), "text-b{E a}");
    site_text(v, site_note(v, "c.md"), "text-c{E a}{E c}");
    site_plan(v);
    assert_int_equal(times(article(v, 0), "text-a"), 1);
    assert_int_equal(times(article(v, 0), "text-b"), 1);
    assert_int_equal(site_findings(v, DIAG_EMBED_CYCLE), 2); /* two calls */
    v->diags.len = 0;
    /* c merely shows the circle of the others; its own is its second embed. */
    struct str c = article(v, 2);
    assert_int_equal(times(c, "text-a"), 1);
    assert_int_equal(times(c, "text-c"), 1);
    assert_int_equal(site_findings(v, DIAG_EMBED_CYCLE), 1);
    assert_str(v->diags.items[0].path, "c.md");
    assert_int_equal(v->diags.items[0].line, 2);
    site_close(v);
    test_free(v);
}

static void test_depth(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    for (char i = '1'; i <= '8'; i++) {
        char text[64], name[8];
        snprintf(name, sizeof name, "%c.md", i);
        snprintf(text, sizeof text, "text-%c{E %c}{E %c}", i, i + 1, i + 1);
        site_text(v, site_note(v, name), text);
    }
    site_plan(v);
    struct str first = article(v, 0);
    assert_int_equal(times(first, "text-6"), 32); /* each level twice */
    assert_int_equal(times(first, "text-7"), 0);
    assert_int_equal(site_findings(v, DIAG_EMBED_DEPTH), 2);
    assert_has(first, "<p><a class=\"internal-link\" data-href=\"7\" "
                      "href=\"7.html\">7</a></p>");
    v->diags.len = 0;
    assert_int_equal(times(article(v, 3), "text-8"), 16);
    assert_int_equal(site_findings(v, DIAG_EMBED_DEPTH), 0);
    site_close(v);
    test_free(v);
}

/* Many embeds of many embeds stop at a number. */
static void test_too_many(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct buf text = {0};
    (void)state;

    site_open(v);
    for (char i = 'a'; i <= 'e'; i++) {
        char name[8] = {i, '.', 'm', 'd', 0};
        buf_reset(&text);
        buf_add_lit(&text, "text");
        for (int k = 0; k < 20; k++)
            buf_printf(&text, "{E %c}", i + 1);
        site_text(v, site_note(v, name), buf_cstr(&text));
    }
    site_plan(v);
    struct str page = article(v, 0);
    assert_true(times(page, "text") < 520);
    assert_true(site_findings(v, DIAG_EMBED_DEPTH) > 0);
    assert_true(site_findings(v, DIAG_EMBED_DEPTH) <= 20);
    buf_release(&text);
    site_close(v);
    test_free(v);
}

static void test_title_heading(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    struct note *n = site_note(v, "T.md");
    site_text(v, n, "<h1{I t}>T</h1><p>x</p>");
    site_heading(v, n, "T", "<h1", "<p>", "");
    n->first_is_title = true;
    site_text(v, site_note(v, "u.md"), "{E T}");
    site_plan(v);
    assert_str(article(v, 0), "<p>x</p>");
    assert_has(whole_page(v, v->plan->page_of[0]),
               "<h1 id=\"t\" dir=\"auto\">T");
    assert_has(article(v, 1), "<h1>T</h1><p>x</p>");
    site_close(v);
    test_free(v);
}

static void test_policy(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    site_note(v, "a.md")->external_images = true;
    site_text(v, site_note(v, "b.md"), "x{E a}");
    site_text(v, site_note(v, "c.md"), "x{L a}</a>");
    site_plan(v);
    for (size_t i = 0; i < 3; i++) {
        struct str page = whole_page(v, v->plan->page_of[i]);
        assert_has(page, "<meta http-equiv=\"Content-Security-Policy\"");
        assert_int_equal(has(page, "data: https:"), i < 2);
    }
    site_close(v);
    test_free(v);
}

/* Names of notes, folders and tags are text wherever they are shown. */
static void test_escaping(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct str tag = STR("<u>x");
    (void)state;

    site_open(v);
    struct note *n = site_note(v, "<u>f/<u>n.md");
    n->front.tags = &tag;
    n->front.ntags = 1;
    n->front.description = tag;
    struct str classes[] = {STR_INIT("\"><u>")};
    n->front.cssclasses = classes;
    n->front.ncssclasses = 1;
    site_text(v, n, "x{L <u>g}</a>{E <u>h}{E <u>i.png}{T <u>x}</a>");
    site_text(v, site_note(v, "z.md"), "{L <u>n}</a>{E <u>n}");
    site_plan(v);
    for (size_t i = 0; i < v->plan->npages; i++)
        assert_false(has(whole_page(v, i), "<u>"));
    site_close(v);
    test_free(v);
}

static void test_mentions(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    char name[32];
    (void)state;

    site_open(v);
    site_note(v, "A.md");
    for (int i = 0; i < 251; i++) {
        snprintf(name, sizeof name, "n%03d.md", i);
        site_text(v, site_note(v, name),
                  i == 0 ? "{L A}</a>{L A}</a>{L A}</a>" : "{L A}</a>");
    }
    site_plan(v);
    struct str own = whole_page(v, v->plan->page_of[0]);
    assert_int_equal(times(own, "class=\"t clamp\""), 50);
    assert_has(own, "and 2 more");
    assert_has(own, "href=\"a~mentions-2.html\">and 201 more</a>");
    const struct page *second = site_page(v, "a~mentions-2.html");
    const struct page *third = site_page(v, "a~mentions-3.html");
    assert_true(second && third);
    assert_null(site_page(v, "a~mentions-4.html"));
    struct str rest = whole_page(v, (size_t)(second - v->plan->pages));
    assert_int_equal(times(rest, "class=\"t clamp\""), 200);
    assert_has(rest, ">n050<");
    assert_has(rest, "href=\"a~mentions-3.html\" rel=\"next\"");
    assert_has(rest, "href=\"a.html\" rel=\"prev\"");
    struct str last = whole_page(v, (size_t)(third - v->plan->pages));
    assert_int_equal(times(last, "class=\"t clamp\""), 1);
    assert_has(last, "href=\"a~mentions-2.html\" rel=\"prev\"");
    assert_has(last, "content=\"noindex\"");
    site_close(v);
    test_free(v);
}

static void test_folder_pages(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    char name[32];
    (void)state;

    site_open(v);
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "B/%d/x.md", i);
        site_note(v, name);
    }
    site_text(v, site_note(v, "B/B.md"), "OWN");
    for (int i = 0; i < 250; i++) {
        snprintf(name, sizeof name, "B/n%03d.md", i);
        site_note(v, name);
    }
    site_plan(v);
    struct str first =
        whole_page(v, (size_t)(site_page(v, "b/index.html") - v->plan->pages));
    assert_has(first, "OWN");
    assert_has(first, "href=\"../b/0/index.html\"");
    assert_int_equal(times(first, "class=\"ent\""), 197);
    assert_has(first, "href=\"../b/index~2.html\" rel=\"next\"");
    struct str second = whole_page(
        v, (size_t)(site_page(v, "b/index~2.html") - v->plan->pages));
    assert_false(has(second, "OWN"));
    assert_int_equal(times(second, "class=\"ent\""), 53);
    assert_has(second, ">n197<");
    assert_has(second, "href=\"../b/index.html\" rel=\"prev\"");
    site_close(v);
    test_free(v);
}

static void test_redirect(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    site_note(v, "a/<i>.md")->front.permalink = STR("kept/short");
    site_plan(v);
    const struct page *from = site_page(v, "a/i.html");
    assert_non_null(from);
    struct str page = whole_page(v, (size_t)(from - v->plan->pages));
    assert_has(page, "content=\"0; url=../kept/short.html\"");
    assert_has(page, "<link rel=\"canonical\" href=\"../kept/short.html\">");
    assert_has(page, "<a href=\"../kept/short.html\">&lt;i&gt;</a>");
    assert_has(page, "content=\"noindex\"");
    v->settings.base_url = STR("https://wiki.example/x/");
    page = whole_page(v, (size_t)(from - v->plan->pages));
    assert_has(page, "href=\"https://wiki.example/x/kept/short.html\"");
    site_close(v);
    test_free(v);
}

static void test_outline(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    static const uint8_t levels[] = {3, 1, 4, 2, 2, 1};
    (void)state;

    site_open(v);
    struct note *n = site_note(v, "a.md");
    site_text(v, n, "x");
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        site_heading(v, n, "h", "x", "", "");
        ((struct heading *)n->headings)[i].level = levels[i];
    }
    ((struct heading *)n->headings)[4].in_quote = true;
    site_plan(v);
#define A "<a href=\"#h\">h</a>"
    assert_has(whole_page(v, v->plan->page_of[0]),
               "<ul class=\"plain\"><li>" A "</li><li>" A "<ul><li>" A
               "</li><li>" A "</li></ul></li><li>" A "</li></ul>");
#undef A
    site_close(v);
    test_free(v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_embedded_files),
        cmocka_unit_test(test_file_sizes),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_embedded_note),
        cmocka_unit_test(test_item_slice),
        cmocka_unit_test(test_footnotes),
        cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_title_heading),
        cmocka_unit_test(test_policy),
        cmocka_unit_test(test_escaping),
        cmocka_unit_test(test_mentions),
        cmocka_unit_test(test_folder_pages),
        cmocka_unit_test(test_redirect),
        cmocka_unit_test(test_outline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
