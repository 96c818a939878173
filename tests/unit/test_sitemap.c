#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "emit/pages.h"
#include "emit/sitemap.h"

#define BASE "https://wiki.example/a/"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "http://www.sitemaps.org/schemas/sitemap/0.9"

static void check_file(const struct sitemap *s, size_t i,
                       const char *expected) {
    struct buf out = {0};

    sitemap_write(s, i, &out);
    assert_string_equal(buf_cstr(&out), expected);
    buf_release(&out);
}

static void small_sitemaps(void **state) {
    static const struct {
        struct sitemap_url urls[2];
        size_t nurls;
        const char *expected;
    } rows[] = {
        {{{.dated = false}}, 0, HEAD "<urlset xmlns=\"" NS "\"/>\n"},
        {{{.href = STR_INIT("")}},
         1,
         HEAD "<urlset xmlns=\"" NS "\"><url><loc>" BASE
              "</loc></url>\n</urlset>\n"},
        {{{STR_INIT("p/a%20b.html"), true, {2024, 3, 5}},
          {STR_INIT("r&d<'\">.html"), false, {0}}},
         2,
         HEAD "<urlset xmlns=\"" NS "\"><url><loc>" BASE
              "p/a%20b.html</loc><lastmod>2024-03-05</lastmod></url>\n"
              "<url><loc>" BASE "r&amp;d&lt;'&quot;&gt;.html</loc></url>\n"
              "</urlset>\n"},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sitemap s;
        sitemap_init(&s, &a, STR(BASE), rows[i].urls, rows[i].nurls);
        assert_int_equal(sitemap_nfiles(&s), 1);
        check_file(&s, 0, rows[i].expected);
    }
    arena_release(&a);
}

/* One a line, between the line that opens the document and the one that ends
 * it. */
static size_t count_addresses(struct str text) {
    size_t lines = 0;

    for (size_t i = 0; i < text.len; i++)
        lines += text.p[i] == '\n';
    return lines - 2;
}

/* `n` addresses of `len` bytes each, and how they are shared out. */
static void large_sitemaps(void **state) {
    static const struct {
        size_t n, len, nparts, last; /* addresses in the last part */
    } rows[] = {
        {50000, 10, 1, 50000},
        {50001, 10, 2, 1},
        {100001, 10, 3, 1},
        {24000, 2000, 2, 404}, /* by bytes */
    };
    char *href = mem_resize(NULL, 2000, 1);

    (void)state;
    memset(href, 'x', 2000);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct arena a;
        struct sitemap s;
        struct sitemap_url *urls;
        struct buf out = {0};
        size_t total = 0, last = 0;

        arena_init(&a);
        urls = arena_array(&a, struct sitemap_url, rows[i].n);
        for (size_t j = 0; j < rows[i].n; j++)
            urls[j].href = str_make(href, rows[i].len);
        sitemap_init(&s, &a, STR(BASE), urls, rows[i].n);
        assert_int_equal(s.nparts, rows[i].nparts);
        for (size_t j = s.nparts > 1; j < sitemap_nfiles(&s); j++) {
            buf_reset(&out);
            sitemap_write(&s, j, &out);
            assert_in_range(out.len, 1, 50000000);
            last = count_addresses(buf_str(&out));
            assert_in_range(last, 1, 50000);
            total += last;
        }
        assert_int_equal(total, rows[i].n);
        assert_int_equal(last, rows[i].last);
        buf_release(&out);
        arena_release(&a);
    }
    mem_free(href);
}

static void index_of_parts(void **state) {
    struct arena a;
    struct sitemap s;

    (void)state;
    arena_init(&a);
    sitemap_init(&s, &a, STR(BASE), arena_array(&a, struct sitemap_url, 50001),
                 50001);
    assert_int_equal(sitemap_nfiles(&s), 3);
    assert_true(str_eq(sitemap_path(&a, 0), STR("sitemap.xml")));
    assert_true(str_eq(sitemap_path(&a, 2), STR("sitemap-2.xml")));
    check_file(&s, 0,
               HEAD "<sitemapindex xmlns=\"" NS "\">"
                    "<sitemap><loc>" BASE "sitemap-1.xml</loc></sitemap>\n"
                    "<sitemap><loc>" BASE "sitemap-2.xml</loc></sitemap>\n"
                    "</sitemapindex>\n");
    arena_release(&a);
}

static void list_of_pages(void **state) {
    static const struct str tags[] = {STR_INIT("a/b"), STR_INIT("c")};
    static const struct pages_row rows[] = {
        {STR_INIT("P/Ann \"A\".md"), STR_INIT("p/ann-a.html"),
         STR_INIT("</script>"), STR_INIT("person"), tags, 2},
        {STR_INIT("x.md"), STR_INIT("x.html"), STR_INIT("X"), STR_INIT("note"),
         NULL, 0},
    };
    struct buf out = {0};

    (void)state;
    pages_write(NULL, 0, &out);
    assert_string_equal(buf_cstr(&out), "[\n]\n");
    buf_reset(&out);
    pages_write(rows, 2, &out);
    assert_string_equal(
        buf_cstr(&out),
        "[\n{\"path\":\"P/Ann \\\"A\\\".md\",\"url\":\"p/ann-a.html\","
        "\"title\":\"\\u003c/script>\",\"kind\":\"person\","
        "\"tags\":[\"a/b\",\"c\"]},\n"
        "{\"path\":\"x.md\",\"url\":\"x.html\",\"title\":\"X\","
        "\"kind\":\"note\",\"tags\":[]}\n]\n");
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_sitemaps),
        cmocka_unit_test(large_sitemaps),
        cmocka_unit_test(index_of_parts),
        cmocka_unit_test(list_of_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
