#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/vec.h"

static void assert_buf(const struct buf *b, struct str expected) {
    assert_int_equal(b->len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(b->p, expected.p, expected.len);
}

static void test_add(void **state) {
    struct buf b = {0};

    (void)state;
    buf_add(&b, NULL, 0);
    assert_int_equal(b.len, 0);
    buf_add_lit(&b, "a\0b");
    buf_add_str(&b, STR("cd"));
    buf_add_str(&b, (struct str){0});
    buf_add_ch(&b, 'e');
    assert_buf(&b, STR("a\0bcde"));
    assert_string_equal(buf_cstr(&b) + 2, "bcde");
    assert_int_equal(b.len, 6);
    buf_reset(&b);
    assert_string_equal(buf_cstr(&b), "");
    buf_release(&b);
    assert_null(b.p);
}

static void test_growth(void **state) {
    struct buf b = {0};
    size_t moves = 0, cap = 0;

    (void)state;
    for (size_t i = 0; i < 1000000; i++) {
        buf_add_ch(&b, (char)i);
        moves += b.cap != cap;
        cap = b.cap;
    }
    for (size_t i = 0; i < b.len; i++)
        assert_true(b.p[i] == (char)i);
    assert_in_range(moves, 2, 20);
    assert_true(b.cap < 3 * b.len);
    buf_reserve(&b, 5000000);
    assert_true(b.cap - b.len >= 5000000);
    buf_release(&b);
}

static void test_printf(void **state) {
    struct buf b = {0}, expected = {0};

    (void)state;
    buf_printf(&b, "%s-%d;", "x", 7);
    /* Around the room that a first try has. */
    for (int width = 50; width < 140; width++)
        buf_printf(&b, "%0*d|", width, 1);
    buf_add_lit(&expected, "x-7;");
    for (int width = 50; width < 140; width++) {
        for (int i = 1; i < width; i++)
            buf_add_ch(&expected, '0');
        buf_add_lit(&expected, "1|");
    }
    assert_buf(&b, buf_str(&expected));
    for (int width = 1; width < 300; width++) {
        buf_release(&b);
        buf_printf(&b, "%*d", width, 7);
        assert_int_equal(b.len, width);
        assert_int_equal(b.p[width - 1], '7');
    }
    buf_release(&expected);
    buf_release(&b);
}

/* What stdio makes of it, which has its own conversions for the rest. */
#define SAME(b, ...)                                                           \
    do {                                                                       \
        char expected_[256];                                                   \
        int n_ = snprintf(expected_, sizeof expected_, __VA_ARGS__);           \
        buf_reset(b);                                                          \
        buf_printf((b), __VA_ARGS__);                                          \
        assert_buf((b), str_make(expected_, (size_t)n_));                      \
    } while (0)

static void test_printf_conversions(void **state) {
    static const char nul[] = {'a', 'b', 0, 'c'};
    struct buf b = {0};

    (void)state;
    SAME(&b, "%s", "");
    SAME(&b, "plain");
    SAME(&b, "%u %u", 0u, UINT_MAX);
    SAME(&b, "%d %d %d", 0, INT_MAX, INT_MIN);
    SAME(&b, "%02u:%02u:%02u", 1u, 12u, 123u);
    SAME(&b, "%02d|%03d|%04d|%09d", -1, -1, -12345, INT_MIN);
    SAME(&b, "%06d%%%%%u%%", 42, 7u);
    SAME(&b, "%zu-%zu", (size_t)0, SIZE_MAX);
    SAME(&b, "<%s|%.*s|%.*s>", "text", 2, "cut", 0, "none");
    SAME(&b, "%.*s|%.*s", 4, nul, -1, "all");
    /* These are stdio's; what stands before one is there once. */
    SAME(&b, "%s %u %x", "a", 1u, 255u);
    SAME(&b, "%d%c%06x", -5, 'c', 0xABCu);
    SAME(&b, "%5u|%-7s|%+d|%.2f|%u", 3u, "x", 4, 1.5, 9u);
    SAME(&b, "%lld %s", -1LL, "end");
    buf_release(&b);
}

static void test_u64(void **state) {
    static const struct {
        uint64_t n;
        size_t width;
        struct str expected;
    } cases[] = {
        {0, 1, STR_INIT("0")},
        {9, 1, STR_INIT("9")},
        {10, 1, STR_INIT("10")},
        {99, 1, STR_INIT("99")},
        {100, 1, STR_INIT("100")},
        {999, 1, STR_INIT("999")},
        {1000, 1, STR_INIT("1000")},
        {105, 0, STR_INIT("105")},
        {0, 2, STR_INIT("00")},
        {7, 2, STR_INIT("07")},
        {100, 2, STR_INIT("100")},
        {70, 4, STR_INIT("0070")},
        {1, 22, STR_INIT("0000000000000000000001")},
        {9999999999999999999u, 1, STR_INIT("9999999999999999999")},
        {10000000000000000000u, 1, STR_INIT("10000000000000000000")},
        {UINT64_MAX, 1, STR_INIT("18446744073709551615")},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_reset(&b);
        buf_add_digits(&b, cases[i].n, cases[i].width);
        assert_buf(&b, cases[i].expected);
        if (cases[i].width > 1)
            continue;
        buf_reset(&b);
        buf_add_u64(&b, cases[i].n);
        assert_buf(&b, cases[i].expected);
    }
    buf_release(&b);
}

static void test_insert(void **state) {
    struct buf b = {0};

    (void)state;
    buf_insert(&b, 0, "cd", 2);
    buf_insert(&b, 0, "ab", 2);
    buf_insert(&b, 4, "f", 1);
    buf_insert(&b, 4, "e", 1);
    buf_insert(&b, 1, NULL, 0);
    assert_buf(&b, STR("abcdef"));
    buf_release(&b);
}

static void test_vec(void **state) {
    VEC(int) v = {0};
    struct arena a;
    int *kept;

    (void)state;
    arena_init(&a);
    assert_null(vec_keep(&a, &v));
    for (int i = 0; i < 1000; i++)
        vec_push(&v, i);
    kept = vec_keep(&a, &v);
    assert_int_equal(*vec_last(&v), 999);
    vec_release(&v);
    assert_int_equal(v.len, 0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(kept[i], i);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_printf),
        cmocka_unit_test(test_printf_conversions),
        cmocka_unit_test(test_u64),
        cmocka_unit_test(test_insert),
        cmocka_unit_test(test_vec),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
