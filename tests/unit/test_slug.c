#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slug.h"
#include "base/unicode.h"

static const struct {
    const char *text, *slug;
} slugs[] = {
    {"Alpha", "alpha"},
    {"Case Study", "case-study"},
    {"Calder & Finch", "calder-finch"},
    {"a - b -- c", "a-b-c"},
    {"snake_case-1.2", "snake_case-1.2"},
    {"Tab\tand\nline", "tab-and-line"},
    {".hidden.", "hidden"},
    {"-.- x -.-", "x"},
    {"(Draft) Plan!", "draft-plan"},
    {"50 %", "50"},
    {"Zofia Łącka", "zofia-łącka"},
    {"Cafe\u0301", "café"},
    {"ΟΔΟΣ", "οδοσ"},
    {"山田太郎", "山田太郎"},
    {"हिन्दी", "हिन्दी"},
    {"Teil Ⅳ ²", "teil-ⅳ-²"},
    {"📚 Shelf", "shelf"},
    {"⚠️ Warning", "warning"}, /* with a variation selector */
    {"a~b/c\\d", "a-b-c-d"},
    {"\u0301", "u301"},
    {"📚", "u1f4da"},
    {"!?", "u21-3f"},
    {"!!!!!!", "u21-21-21-21"},
    {"...", "u2e-2e-2e"},
    {"", "u"},
    {"a\xff"
     "b",
     "a-b"},
    {"\xff", "ufffd"},
};

static void test_slug_make(void **state) {
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(slugs); i++)
        assert_string_equal(
            arena_cstr(&a, slug_make(&a, str_from(slugs[i].text))),
            slugs[i].slug);
    arena_release(&a);
}

/* A slug of a slug is itself: addresses may go through here twice. */
static void test_slug_of_slug(void **state) {
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(slugs); i++) {
        struct str once = slug_make(&a, str_from(slugs[i].text));

        assert_true(str_eq(slug_make(&a, once), once));
    }
    arena_release(&a);
}

/* Whatever one code point is, the slug is not empty and needs no escaping. */
static void test_slug_of_any_code_point(void **state) {
    struct arena a;
    struct buf text = {0};

    (void)state;
    arena_init(&a);
    for (uint32_t code = 1; code < 0x30000; code++) {
        struct str slug;

        buf_reset(&text);
        utf8_encode(&text, code);
        slug = slug_make(&a, buf_str(&text));
        assert_int_not_equal(slug.len, 0);
        for (size_t i = 0; i < slug.len; i++)
            assert_true((unsigned char)slug.p[i] >= 0x80 ||
                        ascii_alnum((unsigned char)slug.p[i]) ||
                        slug.p[i] == '-' || slug.p[i] == '_');
        arena_reset(&a);
    }
    buf_release(&text);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slug_make),
        cmocka_unit_test(test_slug_of_slug),
        cmocka_unit_test(test_slug_of_any_code_point),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
