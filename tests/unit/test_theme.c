#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

#include "site/theme.h"

#define CSP "default-src 'none'; style-src 'self' 'unsafe-inline'"
#define UNKNOWN_ELEMENT 801 /* libxml2 knows HTML 4: main, nav, header, … */

struct fixture {
    struct arena arena;
    struct diags diags;
    struct theme theme;
    char folder[64];
};

static int remove_entry(const char *path, const struct stat *st, int flag,
                        struct FTW *ftw) {
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static int set_up(void **state) {
    struct fixture *f = test_calloc(1, sizeof *f);

    arena_init(&f->arena);
    diags_init(&f->diags);
    snprintf(f->folder, sizeof f->folder, "/tmp/theme-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;

    nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    diags_release(&f->diags);
    arena_release(&f->arena);
    test_free(f);
    return 0;
}

static void write_file(const struct fixture *f, const char *path,
                       const char *text, size_t len) {
    char name[256];

    for (const char *slash = strchr(path, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        snprintf(name, sizeof name, "%s/%.*s", f->folder, (int)(slash - path),
                 path);
        mkdir(name, 0777);
    }
    snprintf(name, sizeof name, "%s/%s", f->folder, path);
    FILE *out = fopen(name, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, len, out), len);
    fclose(out);
}

#define WRITE(f, path, text) write_file((f), (path), (text), strlen(text))

static void load(struct fixture *f, const char *language) {
    assert_true(theme_load(&f->theme, &f->arena, f->folder, str_from(language),
                           &f->diags));
}

/* All findings as "path:line text;", paths below the folder. */
static const char *found(struct fixture *f, struct buf *out) {
    size_t prefix = strlen(f->folder) + 1;

    for (size_t i = 0; i < f->diags.len; i++) {
        const struct diag *d = &f->diags.items[i];
        buf_printf(out, "%.*s:%u %.*s;", STR_ARG(str_skip(d->path, prefix)),
                   d->line, STR_ARG(d->text));
    }
    return buf_cstr(out);
}

static struct str render(struct fixture *f, enum page_kind kind,
                         const struct template_value *page) {
    struct buf out = {0};

    template_render(f->theme.templates[kind], page, &out);
    struct str html = arena_str(&f->arena, buf_str(&out));
    buf_release(&out);
    return html;
}

/* Sample values: every name of every scope gets something. */
static struct template_value sample(struct arena *a,
                                    const struct template_name *name,
                                    unsigned depth) {
    struct template_value *frames;
    struct str text = arena_str(a, name->name);
    static unsigned nids; /* ids are the theme's own, and once on a page */
    char id[24];
    size_t n = name->type == TEMPLATE_LIST ? 3 : 1;

    switch (name->type) {
    case TEMPLATE_ABSENT:
        break;
    case TEMPLATE_TEXT:
        snprintf(id, sizeof id, "_%u", nids++);
        return template_text(
            str_eq(text, STR("id")) ? arena_str(a, str_from(id)) : text);
    case TEMPLATE_HTML:
        return template_html(str_eq(text, STR("rows")) ||
                                     str_eq(text, STR("rest"))
                                 ? STR("<li>A</li>")
                                 : STR("<mark>A &amp; B</mark>"));
    case TEMPLATE_FLAG:
        return template_flag(true);
    case TEMPLATE_LIST:
    case TEMPLATE_RECORD:
        assert_true(depth < 4);
        frames = arena_array(a, struct template_value, n * name->inside->len);
        for (size_t i = 0; i < n * name->inside->len; i++)
            frames[i] = sample(a, &name->inside->names[i % name->inside->len],
                               depth + 1);
        return name->type == TEMPLATE_LIST ? template_list(frames, n)
                                           : template_record(frames);
    }
    return (struct template_value){0};
}

/* Rows of these sections stand in a table. */
static void make_table(struct arena *a, struct template_value *sections) {
    size_t n = sections->len * SLOTS_SECTION;
    struct template_value *frames = arena_array(a, struct template_value, n);

    if (n > 0)
        memcpy(frames, sections->p, n * sizeof *frames);
    for (size_t i = 0; i < sections->len; i++)
        frames[i * SLOTS_SECTION + SLOT_SECTION_ROWS] =
            template_html(STR("<tr><td>A</td></tr>"));
    sections->p = frames;
}

static void fill(struct arena *a, struct template_value *page, bool full) {
    memset(page, 0, SLOTS_PAGE * sizeof *page);
    for (size_t i = 0; full && i < SLOTS_PAGE; i++)
        page[i] = sample(a, &slots_page[i], 0);
    page[SLOT_LANG] = template_text(STR("en"));
    page[SLOT_DIR] = template_text(STR("ltr"));
    page[SLOT_ROOT] = template_text(STR("../"));
    page[SLOT_CSP] = template_text(STR(CSP));
    page[SLOT_HEAD_TITLE] = template_text(STR("A & <B>"));
    page[SLOT_TITLE] = template_text(STR("A & <B>"));
    page[SLOT_SITE_TITLE] = template_text(STR("Fernhill"));
    page[SLOT_HOME] = template_text(STR("index.html"));
    if (full) {
        page[SLOT_CONTENTS] =
            template_html(STR("<ul><li><a href=\"#one\">One</a></li></ul>"));
        page[SLOT_BODY] = template_html(STR("<p>Text</p>\n<pre>a\n  b</pre>"));
        make_table(a, &page[SLOT_CUSTOMERS]);
    }
}

static void count_error(void *context, xmlErrorPtr error) {
    if (error->code != UNKNOWN_ELEMENT) {
        print_error("line %d: %s", error->line, error->message);
        ++*(int *)context;
    }
}

/* How many nodes the expression finds. */
static int nodes(xmlDocPtr doc, const char *expression) {
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr result =
        xmlXPathEvalExpression((const xmlChar *)expression, context);

    assert_non_null(result);
    int n = result->nodesetval ? result->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(result);
    xmlXPathFreeContext(context);
    return n;
}

static bool is_void(struct str name) {
    return str_eq(name, STR("meta")) || str_eq(name, STR("link")) ||
           str_eq(name, STR("input")) || str_eq(name, STR("!DOCTYPE"));
}

/* Every element is closed in its turn, also where HTML lets the end tag be left
 * out, of which the parser says nothing. */
static void check_balance(struct str html) {
    struct str open[64];
    size_t depth = 0, at = 0;

    while ((at = str_find_str(html, STR("<"), at)) != STR_NONE) {
        bool end = html.p[++at] == '/';
        at += end;
        struct str name = str_slice(html, at, at);
        while (ascii_alnum((unsigned char)html.p[at]) || html.p[at] == '!')
            name.len++, at++;
        size_t close = str_find_str(html, STR(">"), at);
        assert_true(close != STR_NONE);
        if (html.p[close - 1] == '/') /* <path/> of a picture */
            continue;
        if (!end && !is_void(name)) {
            assert_true(depth < ARRAY_LEN(open));
            open[depth++] = name;
        } else if (end && (depth == 0 || !str_eq(open[--depth], name))) {
            fail_msg("</%.*s> closes nothing", STR_ARG(name));
        }
    }
    assert_int_equal(depth, 0);
}

static void check_page(struct str html, bool full) {
    int errors = 0;

    check_balance(html);

    xmlSetStructuredErrorFunc(&errors, count_error);
    xmlDocPtr doc =
        htmlReadMemory(html.p, (int)html.len, NULL, "utf-8", HTML_PARSE_NONET);
    assert_non_null(doc);
    assert_int_equal(errors, 0);
    assert_true(str_starts(html, STR("<!DOCTYPE html>\n")));
    assert_true(str_ends(html, STR("</html>\n")));
    assert_int_equal(nodes(doc, "//h1"), 1);
    assert_int_equal(nodes(doc, "//main[.//h1]"), 1);
    assert_int_equal(
        nodes(doc, "/html/head/meta[@http-equiv='Content-Security-Policy']"
                   "[@content=\"" CSP "\"]"),
        1);
    assert_int_equal(nodes(doc, "//*[@style] | //style | //script[not(@src)]"),
                     0);
    assert_int_equal(nodes(doc, "//@*[starts-with(name(), 'on')]"), 0);
    /* The theme's own ids begin with an underscore (decisions.md 8). */
    assert_int_equal(nodes(doc, "//*[@id][not(starts-with(@id, '_'))]"
                                "[@id != 'title_id']"),
                     0);
    assert_int_equal(nodes(doc, "//*[@id = preceding::*/@id]"), 0);
    assert_int_equal(nodes(doc, "//a[not(@href) or @href = '']"), 0);
    assert_int_equal(nodes(doc, "//a[@href != '#_main'][@href != '#one']"
                                "[not(starts-with(@href, '../'))]"
                                "[@href != 'edit']"),
                     0);
    assert_int_equal(
        nodes(doc, "//ul[not(li)] | //ol[not(li)] | //dl[not(div)]"), 0);
    assert_int_equal(nodes(doc, "//nav[not(@aria-label or @aria-labelledby)]"),
                     0);
    assert_true(nodes(doc, "//a[@class='skip'][@href='#_main']") == 1);
    if (full)
        assert_true(nodes(doc, "//nav[@id='_nav']//a[@aria-current]") > 0);
    xmlFreeDoc(doc);
    xmlSetStructuredErrorFunc(NULL, NULL);
}

static void test_pages(void **state) {
    struct fixture *f = *state;
    struct template_value page[SLOTS_PAGE];

    assert_true(theme_load(&f->theme, &f->arena, NULL, STR("en"), &f->diags));
    assert_int_equal(f->diags.len, 0);
    for (int kind = 0; kind < PAGE_KINDS; kind++)
        for (int full = 0; full <= 1; full++) {
            fill(&f->arena, page, full);
            if (kind == PAGE_INDEX)
                make_table(&f->arena, &page[SLOT_SECTIONS]);
            check_page(render(f, (enum page_kind)kind, page), full);
        }
}

/* What the frame costs without navigation: the budget is 12 KB with it. */
static void test_size(void **state) {
    struct fixture *f = *state;
    struct template_value page[SLOTS_PAGE];

    assert_true(theme_load(&f->theme, &f->arena, NULL, STR("en"), &f->diags));
    fill(&f->arena, page, false);
    for (int kind = 0; kind < PAGE_KINDS; kind++)
        assert_in_range(render(f, (enum page_kind)kind, page).len, 500, 5000);
    assert_in_range(f->theme.style.len, 1000, 32000);
    assert_int_equal(str_find_str(f->theme.style, STR("/*"), 0), STR_NONE);
    assert_int_equal(str_find_str(f->theme.style, STR("  "), 0), STR_NONE);
}

static void test_table(void **state) {
    (void)state;
    for (size_t i = 0; i < SLOTS_PAGE; i++) {
        assert_true(slots_page[i].name.len > 0);
        assert_true(slots_page[i].meaning.len > 0);
        assert_int_not_equal(slots_page[i].type, TEMPLATE_ABSENT);
        for (size_t j = 0; j < i; j++)
            assert_false(str_eq(slots_page[i].name, slots_page[j].name));
    }
}

/* Each language that is shipped has every text (decisions.md 27). */
static void test_strings_complete(void **state) {
    static const char *const files[] = {"strings/en.json", "strings/de.json"};
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct strings s = {0};
        strings_read(&s, &f->arena, theme_builtin(str_from(files[i])),
                     str_from(files[i]), &f->diags);
        assert_int_equal(f->diags.len, 0);
        for (size_t j = 0; j < STRINGS; j++)
            if (s.texts[j].len == 0)
                fail_msg("%s lacks \"%.*s\"", files[i],
                         STR_ARG(string_names[j].name));
    }
}

static void test_languages(void **state) {
    static const struct {
        const char *language, *home, *date, *count;
    } cases[] = {
        {"en", "Home", "5 Mar 2026", "4,812 notes"},
        {"de", "Start", "5. März 2026", "4.812 Notizen"},
        {"de-AT", "Daheim", "5. März 2026", "4.812 Notizen"},
        {"DE", "Start", "5. März 2026", "4.812 Notizen"},
        {"fr", "Home", "5 Mar 2026", "4,812 notes"},
        {"../outside", "Home", "5 Mar 2026", "4,812 notes"},
        {"", "Home", "5 Mar 2026", "4,812 notes"},
        {"a-very-long-tag-that-is-no-language-at-all", "Home", "5 Mar 2026",
         "4,812 notes"},
    };
    struct fixture *f = *state;

    WRITE(f, "strings/de-at.json", "{\"home\": \"Daheim\"}");
    WRITE(f, "outside.json", "{\"home\": \"no language\"}");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = {0};
        load(f, cases[i].language);
        const struct strings *s = &f->theme.strings;
        assert_true(str_eq(s->texts[STRING_HOME], str_from(cases[i].home)));
        strings_add_date(&out, s, (struct civil_date){2026, 3, 5}, false);
        assert_string_equal(buf_cstr(&out), cases[i].date);
        buf_reset(&out);
        strings_add_count(&out, s, STRING_NOTES_ONE, 4812);
        assert_string_equal(buf_cstr(&out), cases[i].count);
        buf_release(&out);
    }
    assert_int_equal(f->diags.len, 0);
}

static void test_numbers(void **state) {
    static const struct {
        uint64_t n;
        const char *text, *count;
    } cases[] = {
        {0, "0", "0 notes"},
        {1, "1", "1 note"},
        {999, "999", "999 notes"},
        {1000, "1,000", "1,000 notes"},
        {123456, "123,456", "123,456 notes"},
        {UINT64_MAX, "18,446,744,073,709,551,615",
         "18,446,744,073,709,551,615 notes"},
    };
    struct fixture *f = *state;

    load(f, "en");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = {0};
        strings_add_number(&out, &f->theme.strings, cases[i].n);
        assert_string_equal(buf_cstr(&out), cases[i].text);
        buf_reset(&out);
        strings_add_count(&out, &f->theme.strings, STRING_NOTES_ONE,
                          cases[i].n);
        assert_string_equal(buf_cstr(&out), cases[i].count);
        buf_release(&out);
    }
    assert_true(str_eq(strings_direction(STR("he-IL")), STR("rtl")));
    assert_true(str_eq(strings_direction(STR("AR")), STR("rtl")));
    assert_true(str_eq(strings_direction(STR("en")), STR("ltr")));
    assert_true(str_eq(strings_direction(STR("")), STR("ltr")));
}

/* A folder's files take the place of the built-in ones, each for itself. */
static void test_folder(void **state) {
    struct fixture *f = *state;
    struct template_value page[SLOTS_PAGE];

    WRITE(f, "templates/404.html",
          "\xEF\xBB\xBF{{csp}} {{strings.home}} {{> mine}}");
    WRITE(f, "templates/partials/mine.html", "mine");
    WRITE(f, "templates/partials/page_end.html", "the end");
    WRITE(f, "style.css", "p { color: red }");
    WRITE(f, "print.css", "");
    WRITE(f, "theme.js", "");
    WRITE(f, "site.js", "go()");
    WRITE(f, "strings/en.json", "{\"home\": \"Start & stop\"}");
    load(f, "en");
    assert_int_equal(f->diags.len, 0);
    fill(&f->arena, page, false);
    assert_true(str_eq(render(f, PAGE_MISSING, page),
                       STR("default-src &#39;none&#39;; style-src "
                           "&#39;self&#39; &#39;unsafe-inline&#39; "
                           "Start &amp; stop mine")));
    assert_true(str_ends(render(f, PAGE_NOTE, page), STR("the end")));
    assert_true(str_eq(f->theme.style, STR("p { color: red }")));
    assert_int_equal(f->theme.print_style.len, 0);
    assert_int_equal(f->theme.early_script.len, 0);
    assert_true(str_eq(f->theme.script, STR("go()")));
    assert_true(str_starts(f->theme.icon, STR("<svg")));
}

static void test_bad_template(void **state) {
    static const struct {
        const char *path, *text, *found;
    } cases[] = {
        {"templates/note.html", "{{csp}}{{nix}}",
         "templates/note.html:1 there is no name \"nix\";"},
        {"templates/note.html", "{{title}}",
         "templates/note.html:0 {{csp}} is not shown: the page would have no "
         "content security policy;"},
        {"templates/note.html", "{{csp}}{{> none}}",
         "templates/note.html:1 there is no partial \"none\";"},
        {"templates/404.html", "{{csp}}{{{body}}}",
         "templates/404.html:1 the name \"body\" does not exist on 404 pages;"},
        /* A partial of all kinds of pages is reported once. */
        {"templates/partials/page_end.html", "\n{{nix}}",
         "templates/partials/page_end.html:2 there is no name \"nix\";"},
        {"templates/note.html", "\xff",
         "templates/note.html:0 it is not UTF-8;"},
        {"strings/en.json", "{\"home\": 1, \"haus\": \"x\"}",
         "strings/en.json:0 \"home\" is no text;"
         "strings/en.json:0 there is no text called \"haus\";"},
        {"strings/en.json", "[]",
         "strings/en.json:0 the texts are no JSON object;"},
    };
    struct fixture *f = *state;
    struct theme builtin;
    struct template_value page[SLOTS_PAGE];

    fill(&f->arena, page, true);
    assert_true(theme_load(&builtin, &f->arena, NULL, STR("en"), &f->diags));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = {0};
        char path[128];
        WRITE(f, cases[i].path, cases[i].text);
        load(f, "en");
        assert_string_equal(found(f, &out), cases[i].found);
        for (int kind = 0; kind < PAGE_KINDS; kind++) {
            struct buf want = {0};
            template_render(builtin.templates[kind], page, &want);
            assert_true(
                str_eq(render(f, (enum page_kind)kind, page), buf_str(&want)));
            buf_release(&want);
        }
        buf_release(&out);
        diags_release(&f->diags);
        diags_init(&f->diags);
        snprintf(path, sizeof path, "%s/%s", f->folder, cases[i].path);
        assert_int_equal(unlink(path), 0);
    }
}

static void test_odd_files(void **state) {
    struct fixture *f = *state;
    char path[128];
    struct buf out = {0};
    char *large = test_calloc(1, (1 << 20) + 1);

    WRITE(f, "inside.css", "inside");
    WRITE(f, "templates/x", "");
    snprintf(path, sizeof path, "%s/style.css", f->folder);
    assert_int_equal(symlink("inside.css", path), 0);
    snprintf(path, sizeof path, "%s/templates/note.html", f->folder);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    snprintf(path, sizeof path, "%s/templates/tag.html", f->folder);
    assert_int_equal(mkfifo(path, 0666), 0);
    snprintf(path, sizeof path, "%s/templates/tags.html", f->folder);
    assert_int_equal(mkdir(path, 0777), 0);
    memset(large, 'x', 1 << 20);
    write_file(f, "templates/404.html", large, (1 << 20) + 1);
    load(f, "en");
    assert_true(str_eq(f->theme.style, STR("inside")));
    assert_string_equal(
        found(f, &out),
        "templates/note.html:0 it leads out of the theme's folder;"
        "templates/tag.html:0 it is not a file;"
        "templates/tags.html:0 it is not a file;"
        "templates/404.html:0 it is larger than 1 MB;");
    buf_release(&out);
    test_free(large);

    struct theme t;
    assert_false(
        theme_load(&t, &f->arena, "/nowhere/at/all", STR("en"), &f->diags));
    assert_int_equal(errno, ENOENT);
    snprintf(path, sizeof path, "%s/inside.css", f->folder);
    assert_false(theme_load(&t, &f->arena, path, STR("en"), &f->diags));
    assert_int_equal(errno, ENOTDIR);
}

/* The digest tells any change of a file that is used. */
static void test_digest(void **state) {
    struct fixture *f = *state;

    load(f, "en");
    uint64_t before = f->theme.digest;
    load(f, "en");
    assert_true(f->theme.digest == before);
    WRITE(f, "style.css", "p{}");
    load(f, "en");
    assert_true(f->theme.digest != before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_pages),     TEST(test_size),
        TEST(test_table),     TEST(test_strings_complete),
        TEST(test_languages), TEST(test_numbers),
        TEST(test_folder),    TEST(test_bad_template),
        TEST(test_odd_files), TEST(test_digest),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    xmlCleanupParser();
    return failed;
}
