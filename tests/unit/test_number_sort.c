#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/number_sort.h"

#define MOST 700

static void test_sort(void **state) {
    static uint32_t items[MOST], room[MOST];
    uint32_t seed = 1;

    (void)state;
    number_sort(NULL, 0, NULL);
    for (size_t n = 1; n <= MOST; n += n < 60 ? 1 : 37)
        for (unsigned bits = 0; bits <= 32; bits++) {
            uint64_t sum = 0, sorted_sum = 0;

            for (size_t i = 0; i < n; i++) {
                seed = seed * 1664525 + 1013904223;
                items[i] = bits == 0 ? 0 : seed >> (32 - bits);
                sum += items[i] * (uint64_t)items[i];
            }
            number_sort(items, n, room);
            for (size_t i = 0; i < n; i++) {
                sorted_sum += items[i] * (uint64_t)items[i];
                assert_true(i == 0 || items[i - 1] <= items[i]);
            }
            assert_true(sum == sorted_sum); /* the same ones */
        }
}

/* By keys that many share, whose numbers then keep their order. */
static void test_sort_by(void **state) {
    static uint32_t keys[MOST], items[MOST], room[MOST];
    uint32_t seed = 1;

    (void)state;
    number_sort_by(NULL, NULL, 0, NULL);
    for (size_t n = 1; n <= MOST; n += n < 60 ? 1 : 37)
        for (unsigned bits = 0; bits <= 32; bits += 4) {
            for (size_t i = 0; i < n; i++) {
                seed = seed * 1664525 + 1013904223;
                keys[i] = bits == 0 ? 7 : seed >> (32 - bits) << 1;
                items[i] = (uint32_t)i;
            }
            number_sort_by(keys, items, n, room);
            for (size_t i = 1; i < n; i++) {
                uint32_t before = keys[items[i - 1]], key = keys[items[i]];

                assert_true(before < key ||
                            (before == key && items[i - 1] < items[i]));
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sort),
                                       cmocka_unit_test(test_sort_by)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
