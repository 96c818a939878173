#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "note/diagram.h"

/* label:line, of each. */
static void links(void **state) {
    static const struct {
        const char *text, *links;
    } rows[] = {
        {"flowchart LR\na --> b", ""},
        {"graph TD\nA --> B\nclass A,B internal-link;", "A:1 B:1"},
        {"graph TD; A-->B; class B internal-link;", "B:0"},
        {"A[One] --> B(Two)\nclass B internal-link\nclass A internal-link",
         "One:0 Two:0"},
        {"A[One]:::internal-link --> B", "One:0"},
        {"A:::internal-link\nA[One]", "One:1"},
        {"A([a])-->B[(b)]-.->C((c))==>D{{d}}---E>e]---F[/f/]---G[\\g\\]\n"
         "class A,B,C,D,E,F,G internal-link",
         "a:0 b:0 c:0 d:0 e:0 f:0 g:0"},
        {"A[\"x [y] ; z\"]:::internal-link", "x [y] ; z:0"},
        {"A[\"`md`\"]:::internal-link", "md:0"},
        {"A -->|class[no]| B[b]:::internal-link", "b:0"},
        {"class \"a b\" internal-link", "a b:0"},
        {"class \"a, b\",c internal-link", "a, b:0 c:0"},
        {"class a other,internal-link", ""}, /* one class at a time */
        {"A[N]:::internal-link\nB[N]:::internal-link", "N:0"},
        {"A[N#H]:::internal-link", "N#H:0"},
        {"n-1.2[x]:::internal-link", "x:0"},
        {"\xc3\xa9t\xc3\xa9 --> B\nclass \xc3\xa9t\xc3\xa9 internal-link",
         "\xc3\xa9t\xc3\xa9:0"},
        {"%% A:::internal-link\nB", ""},
        {"A:::internal-links\nB:::x-internal-link\nclass A internal", ""},
        {"class Gauge {\n+read() float\n}\nclass Gauge:::internal-link",
         "Gauge:0"},
        {"class internal-link", ""},
        {"class  internal-link", ""},
        {"class , internal-link", ""},
        {"A[]:::internal-link", "A:0"},
        {"A[\"\"]:::internal-link", "A:0"},
        {"A[\"open:::internal-link", ""},
        {":::internal-link", ""},
        {"\":::internal-link", ""},
        {"A[:::internal-link", ""},
    };
    struct arena a;
    struct buf out = {0};

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct diagram_link *found;
        size_t n;

        buf_reset(&out);
        found = diagram_links(&a, str_from(rows[i].text), &n);
        for (size_t k = 0; k < n; k++)
            buf_printf(&out, "%s%.*s:%u", k > 0 ? " " : "",
                       STR_ARG(found[k].label), found[k].line);
        assert_string_equal(buf_cstr(&out), rows[i].links);
        arena_reset(&a);
    }
    buf_release(&out);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(links)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
