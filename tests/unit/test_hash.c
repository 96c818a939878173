#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"

static void test_published(void **state) {
    char hex[16];

    (void)state;
    /* The published XXH3 of nothing: caches outlive the program. */
    hash_hex(hash_bytes((struct str){0}), hex);
    assert_memory_equal(hex, "2d06800538d394c2", 16);
    hash_hex(0x0123456789abcdef, hex);
    assert_memory_equal(hex, "0123456789abcdef", 16);
    assert_true(hash_bytes(STR("a")) == hash_bytes(STR("a")));
    assert_false(hash_bytes(STR("a")) == hash_bytes(STR("b")));
}

static void test_join(void **state) {
    (void)state;
    assert_false(hash_join(1, STR("a")) == hash_join(2, STR("a")));
    assert_false(hash_join(1, STR("a")) == hash_join(1, STR("b")));
    /* Nothing before it: the hash of the bytes alone. */
    assert_true(hash_join(0, STR("a")) == hash_bytes(STR("a")));
}

#define LONGEST 20000

/* XXH3 has an algorithm for each of some ranges of lengths, works by blocks of 1,024
 * bytes and by stripes of 64, and may not mind where in memory the bytes stand. */
static void test_wide(void **state) {
    static char bytes[LONGEST + 64];
    uint32_t seed = 1;

    (void)state;
#ifdef __x86_64__
    if (!__builtin_cpu_supports("avx2"))
        skip();
#endif
    for (size_t i = 0; i < sizeof bytes; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (char)(seed >> 24);
    }
    for (size_t len = 0; len <= LONGEST; len += len < 3000 ? 1 : 61) {
        struct str s = {bytes + len % 64, len};
        uint64_t narrow = hash_narrow(0, s);

        assert_true(hash_wide(0, s) == narrow);
        assert_true(hash_bytes(s) == narrow);
        assert_true(hash_wide(len, s) == hash_narrow(len, s));
        assert_true(hash_join(len, s) == hash_narrow(len, s));
        if (len > 0) { /* the last byte counts */
            bytes[len % 64 + len - 1] ^= 1;
            assert_false(hash_wide(0, s) == narrow);
            bytes[len % 64 + len - 1] ^= 1;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_wide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
