#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/map.h"
#include "site_vault.h"

/* `*` in `want` stands for six hex digits. */
static void assert_url(struct str got, const char *want) {
    struct str w = str_from(want);
    size_t star = str_find(w, '*');

    if (star == STR_NONE) {
        assert_str(got, want);
        return;
    }
    if (got.len != w.len + 5 || !str_starts(got, str_slice(w, 0, star)) ||
        !str_ends(got, str_skip(w, star + 1)))
        fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

static void test_note_urls(void **state) {
    static const struct {
        const char *path, *permalink, *want;
    } rows[] = {
        {"404.md", "", "404-*.html"},
        {"A b.md", "", "a-b.html"},
        {"A-B.md", "", "a-b-*.html"},
        {"Con.md", "", "con-*.html"},
        {"Moved.md", "/about/us/", "about/us.html"},
        {"Refused.md", "a b", "refused.html"},
        {"Strange.md", "../x", "strange.html"},
        {"_/Odd.md", "", "_-*/odd.html"},
        {"a.html/x.md", "", "a.html/x.html"},
        {"files/x.md", "", "files/x.html"},
        {"pages.md", "", "pages-*.html"},
        {"x/Index.md", "", "x/index.html"},
        {"x/index!.md", "", "x/index-*.html"},
        {"x/x.md", "", "x/x.html"},
        {"y z/Y Z.md", "", "y-z/index.html"},
        {"y z/pages.md", "", "y-z/pages.html"},
        {"Überblick.md", "", "überblick.html"},
    };
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        site_note(v, rows[i].path)->front.permalink =
            str_from(rows[i].permalink);
    site_plan(v);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_url(site_url(v, i), rows[i].want);
    assert_int_equal(site_findings(v, DIAG_URL_COLLISION), 5);
    assert_int_equal(site_findings(v, DIAG_PERMALINK_TAKEN), 1);
    assert_int_equal(site_findings(v, DIAG_PERMALINK_INVALID), 1);
    /* The address by name leads on to the permalink. */
    const struct page *from = site_page(v, "moved.html");
    assert_non_null(from);
    assert_int_equal(from->part, PAGE_REDIRECT);
    assert_int_equal(from->note, 4);
    assert_null(site_page(v, "refused-2.html"));
    site_close(v);
    test_free(v);
}

/* A second note of a name never moves the first one's page. */
static void test_stable(void **state) {
    struct str first[2];
    (void)state;

    for (int both = 0; both < 2; both++) {
        struct site_vault *v = test_malloc(sizeof *v);
        static char kept[64];
        site_open(v);
        site_note(v, "Plan A.md");
        if (both)
            site_note(v, "Plan-A.md");
        site_plan(v);
        struct str url = site_url(v, 0);
        memcpy(kept + 32 * both, url.p, url.len);
        first[both] = str_make(kept + 32 * both, url.len);
        site_close(v);
        test_free(v);
    }
    assert_true(str_eq(first[0], first[1]));
}

static void test_home(void **state) {
    static const struct {
        const char *setting, *names[3], *want; /* the home note */
    } rows[] = {
        {"", {"Home.md", "README.md", "index.md"}, "index.md"},
        {"", {"HOME.md", "Readme.md", NULL}, "HOME.md"},
        {"", {"readme.MD", NULL, NULL}, "readme.MD"},
        {"", {"a/Home.md", NULL, NULL}, ""},
        {"a/start", {"Home.md", "a/Start.md", NULL}, "a/Start.md"},
        {"A/START.md", {"Home.md", "a/Start.md", NULL}, "a/Start.md"},
        {"gone.md", {"Home.md", NULL, NULL}, "Home.md"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct site_vault *v = test_malloc(sizeof *v);
        site_open(v);
        v->settings.home = str_from(rows[i].setting);
        for (size_t k = 0; k < 3 && rows[i].names[k]; k++)
            site_note(v, rows[i].names[k]);
        site_plan(v);
        uint32_t home = v->plan->pages[0].note;
        assert_str(v->plan->pages[0].path, "index.html");
        assert_str(home == PLAN_NONE ? STR("") : v->files[home].path,
                   rows[i].want);
        assert_true(v->plan->site_title.len > 0);
        if (home == PLAN_NONE)
            assert_str(v->plan->site_title, "Wiki");
        site_close(v);
        test_free(v);
    }
}

static void test_folders(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    char name[64];
    (void)state;

    site_open(v);
    for (int i = 0; i < 401; i++) {
        snprintf(name, sizeof name, "Big/n%03d.md", i);
        site_note(v, name);
    }
    site_note(v, "Deep/a/b/x.md");
    site_note(v, "Only/t.md");
    v->files[402].is_template = true;
    site_note(v, "root.md");
    v->notes[site_file(v, "unpublished/secret.md") - v->files] = NULL;
    site_plan(v);

    const struct plan *p = v->plan;
    const struct page *third = site_page(v, "big/index~3.html");
    assert_non_null(third);
    assert_int_equal(third->number, 3);
    assert_null(site_page(v, "big/index~4.html"));
    assert_int_equal(p->folders[0].ntotal, 403);
    assert_int_equal(p->nlisted, 403);
    assert_int_equal(p->folders[0].nfolders, 2); /* Big, Deep */
    assert_int_equal(p->folders[0].nnotes, 1);
    assert_non_null(site_page(v, "deep/index.html"));
    assert_non_null(site_page(v, "deep/a/index.html"));
    assert_non_null(site_page(v, "index~notes.html"));
    assert_null(site_page(v, "only/index.html")); /* templates alone */
    assert_non_null(site_page(v, "only/t.html"));
    assert_null(site_page(v, "unpublished/index.html"));
    assert_false(plan_indexed(p, site_page(v, "only/t.html")));
    assert_true(plan_indexed(p, third));
    assert_false(plan_indexed(p, site_page(v, "404.html")));
    site_close(v);
    test_free(v);
}

static void set_tags(struct site_vault *v, struct note *n, const char *a,
                     const char *b) {
    struct str *tags = arena_array(&v->arena, struct str, 2);

    tags[0] = str_from(a);
    tags[1] = str_from(b);
    n->front.tags = tags;
    n->front.ntags = b ? 2 : 1;
}

static void test_tags(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    (void)state;

    site_open(v);
    set_tags(v, site_note(v, "a.md"), "x/y", "x");
    set_tags(v, site_note(v, "b.md"), "x/z", "📚");
    set_tags(v, site_note(v, "c.md"), "w", NULL);
    set_tags(v, site_note(v, "tags/index.md"), "x", NULL);
    site_note(v, "tags/x.md");
    site_plan(v);

    const struct plan *p = v->plan;
    uint32_t x = linked_tag(v->linked, STR("x"));
    assert_int_not_equal(x, UINT32_MAX);
    assert_int_equal(p->tags[x].nnotes, 3);
    for (uint32_t i = 0; i < 3; i++) {
        static const uint32_t want[] = {0, 1, 3};
        assert_int_equal(p->tags[x].notes[i], want[i]);
    }
    assert_int_equal(p->top_tags[0], x); /* the one with most notes */
    /* The folder's notes keep their addresses, the list of tags its own. */
    assert_str(site_url(v, 4), "tags/x.html");
    assert_url(p->pages[p->tags[x].page].path, "tags/x-*.html");
    assert_str(p->pages[p->tags_page].path, "tags/index.html");
    assert_url(site_url(v, 3), "tags/index-*.html");
    const struct page *list = site_page(v, "tags/index~notes.html");
    assert_non_null(list);
    assert_int_equal(p->folders[list->of].nnotes, 2);
    assert_int_equal(p->pages[p->tags_page].of, list->of);
    assert_url(p->pages[p->tags[linked_tag(v->linked, STR("x/y"))].page].path,
               "tags/x-*/y.html");
    site_close(v);
    test_free(v);
}

static void test_redirects(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct str aliases[] = {STR_INIT("Old/Name.md"), STR_INIT("bare"),
                            STR_INIT("b/note"), STR_INIT("http://x/y"),
                            STR_INIT("a/../b")};
    struct note *n;
    (void)state;

    site_open(v);
    n = site_note(v, "a.md");
    n->front.aliases = aliases;
    n->front.naliases = ARRAY_LEN(aliases);
    site_note(v, "b/note.md");
    site_plan(v);
    const struct page *from = site_page(v, "old/name.html");
    assert_non_null(from);
    assert_int_equal(from->part, PAGE_REDIRECT);
    assert_int_equal(from->note, 0);
    assert_false(plan_indexed(v->plan, from));
    assert_null(site_page(v, "bare.html"));
    assert_int_equal(site_page(v, "b/note.html")->part, PAGE_MAIN);
    assert_int_equal(site_findings(v, DIAG_REDIRECT_TAKEN), 1);
    size_t redirects = 0;
    for (size_t i = 0; i < v->plan->npages; i++)
        redirects += v->plan->pages[i].part == PAGE_REDIRECT;
    assert_int_equal(redirects, 1);
    site_close(v);
    test_free(v);
}

static void test_attachments(void **state) {
    static const struct {
        const char *path, *want;
        bool excluded;
        uint64_t size;
    } rows[] = {
        {"Bild 1.PNG", "files/bild-1.png", false, 10},
        {"a/???.png", "files/a/u3f-3f-3f.png", false, 10},
        {"a/b.c/d.tar.gz", "files/a/b.c/d.tar.gz", false, 10},
        {"big.mp4", "", false, 1001},
        {"bild-1.png", "files/bild-1-*.png", false, 10},
        {"draw.svg", "files/draw.svg", false, 10},
        {"page.HTML", "", false, 10},
        {"secret.png", "", true, 10},
    };
    struct site_vault *v = test_malloc(sizeof *v);
    struct buf text = {0};
    (void)state;

    site_open(v);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct vault_file *f = site_file(v, rows[i].path);
        f->excluded = rows[i].excluded;
        f->size = rows[i].size;
        buf_printf(&text, "{e %s}", rows[i].path);
    }
    site_file(v, "unused.png");
    site_text(v, site_note(v, "z.md"), buf_cstr(&text));
    site_plan(v);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_url(site_url(v, i), rows[i].want);
    assert_str(site_url(v, ARRAY_LEN(rows)), "");
    assert_int_equal(site_findings(v, DIAG_ATTACHMENT_ACTIVE), 1);
    assert_int_equal(site_findings(v, DIAG_ATTACHMENT_TOO_LARGE), 1);
    for (size_t i = 0; i < v->plan->nfiles; i++)
        assert_int_equal(v->plan->files[i].filtered,
                         v->plan->files[i].file == 5);
    buf_release(&text);
    site_close(v);
    test_free(v);
}

/* Every path is there once, also on a share that ignores case. */
static void test_one_table(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct map seen;
    (void)state;

    site_open(v);
    site_note(v, "A.md");
    set_tags(v, site_note(v, "TAGS.md"), "index", "Index/É");
    site_note(v, "a.md");
    site_note(v, "b/x.md");
    site_note(v, "b./x.md");
    site_note(v, "tags/index.html/x.md");
    site_note(v, "É.md");
    site_note(v, "é.md");
    site_plan(v);
    map_init(&seen, &v->arena);
    for (size_t i = 0; i < v->plan->npages; i++) {
        void **slot =
            map_slot(&seen, unicode_fold(&v->arena, v->plan->pages[i].path));
        assert_null(*slot);
        *slot = v;
    }
    site_close(v);
    test_free(v);
}

static void test_rows(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    size_t n;
    (void)state;

    site_open(v);
    set_tags(v, site_note(v, "Home.md"), "x", NULL);
    site_note(v, "Templates/t.md");
    v->files[1].is_template = true;
    site_note(v, "n.md");
    site_plan(v);
    const struct plan_row *rows = plan_rows(&v->arena, v->plan, &n);
    assert_int_equal(n, 3);
    assert_str(rows[0].url, "index.html");
    assert_str(rows[0].kind, "home");
    assert_int_equal(rows[0].ntags, 1);
    assert_str(rows[0].tags[0], "x");
    assert_str(rows[1].kind, "template");
    assert_str(rows[2].url, "n.html");
    assert_str(rows[2].title, "n");
    site_close(v);
    test_free(v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_note_urls),   cmocka_unit_test(test_stable),
        cmocka_unit_test(test_home),        cmocka_unit_test(test_folders),
        cmocka_unit_test(test_tags),        cmocka_unit_test(test_redirects),
        cmocka_unit_test(test_attachments), cmocka_unit_test(test_one_table),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
