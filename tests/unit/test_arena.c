#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"

static void test_blocks_are_apart(void **state) {
    enum { BLOCKS = 3000 };
    static unsigned char *blocks[BLOCKS];
    static size_t sizes[BLOCKS];
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < BLOCKS; i++) {
        size_t align = (size_t)1 << i % 7;

        sizes[i] = i % 50 == 49 ? i * 100 : i % 61;
        blocks[i] = arena_alloc(&a, sizes[i], align);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % align, 0);
        memset(blocks[i], (int)(i % 251), sizes[i]);
    }
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(blocks[i][at], i % 251);
    /* The last bytes of a chunk may be enough for a block, not for its pad. */
    for (size_t size = 1; size < 100; size++)
        for (int i = 0; i < 3000; i++)
            memset(arena_alloc(&a, size, 16), i, size);
    arena_release(&a);
    assert_int_equal(a.total, 0);
}

static void test_memory_is_linear(void **state) {
    static const size_t sizes[] = {1,      24,     1000,   20000,
                                   100000, 260000, 600000, 3000000};
    struct arena a;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        size_t used = 0;

        arena_init(&a);
        while (used < 20 * 1000 * 1000) {
            arena_alloc(&a, sizes[i], 1);
            used += sizes[i];
        }
        assert_true(a.total < used + used / 3 + 1024 * 1024);
        arena_release(&a);
    }
}

static void test_reset(void **state) {
    struct arena a;
    size_t total;

    (void)state;
    arena_init(&a);
    arena_reset(&a);
    for (int i = 0; i < 100000; i++)
        arena_alloc(&a, 64, 8);
    arena_reset(&a);
    total = a.total;
    assert_in_range(total, 64 * 1024, 2 * 1024 * 1024);
    for (int note = 0; note < 1000; note++) {
        for (int i = 0; i < 100; i++)
            memset(arena_alloc(&a, 64, 8), note, 64);
        arena_reset(&a);
    }
    assert_int_equal(a.total, total);
    arena_release(&a);
}

static void test_copies(void **state) {
    const struct str none = {0};
    struct arena a;
    int *zeros;

    (void)state;
    arena_init(&a);
    memset(arena_alloc(&a, 1000, 1), 0xFF, 1000);
    arena_reset(&a);
    zeros = arena_array(&a, int, 200);
    for (int i = 0; i < 200; i++)
        assert_int_equal(zeros[i], 0);
    assert_true(str_eq(arena_str(&a, STR("a\0b")), STR("a\0b")));
    assert_non_null(arena_str(&a, none).p);
    assert_string_equal(arena_cstr(&a, STR("text")), "text");
    assert_string_equal(arena_cstr(&a, none), "");
    arena_release(&a);
}

static void test_take(void **state) {
    struct arena a, b;
    struct str x, y, z;
    size_t total;

    (void)state;
    arena_init(&a);
    arena_init(&b);
    arena_take(&a, &b);
    assert_null(a.chunk);
    x = arena_str(&b, STR("from an empty one"));
    arena_take(&a, &b);
    y = arena_str(&b, STR("once more"));
    for (int i = 0; i < 10; i++)
        arena_alloc(&b, 50000, 1);
    for (int i = 0; i < 10000; i++)
        arena_alloc(&a, 100, 1);
    z = arena_str(&a, STR("its own"));
    total = a.total + b.total;
    arena_take(&a, &b);
    assert_int_equal(a.total, total);
    assert_null(b.chunk);
    assert_int_equal(b.total, 0);
    arena_release(&b);
    assert_true(str_eq(x, STR("from an empty one")));
    assert_true(str_eq(y, STR("once more")));
    assert_true(str_eq(z, STR("its own")));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_are_apart),
        cmocka_unit_test(test_memory_is_linear),
        cmocka_unit_test(test_reset),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_take),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
