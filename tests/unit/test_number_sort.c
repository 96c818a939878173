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

/* Keys become small in their order; none comes behind all others. */
static void test_close_up(void **state) {
    static const struct {
        uint32_t keys[4], n, wanted[4], most;
    } rows[] = {
        {{0}, 0, {0}, 0},
        {{9}, 1, {0}, 0},
        {{UINT32_MAX}, 1, {1}, 1},
        {{70005, 70003, UINT32_MAX, 70004}, 4, {2, 0, 3, 1}, 3},
        {{0, UINT32_MAX - 1, UINT32_MAX, 5},
         4,
         {0, UINT32_MAX - 1, UINT32_MAX, 5},
         UINT32_MAX},
        {{UINT32_MAX - 1, UINT32_MAX - 3}, 2, {2, 0}, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t keys[4] = {rows[i].keys[0], rows[i].keys[1], rows[i].keys[2],
                            rows[i].keys[3]};

        assert_int_equal(number_sort_close_up(keys, rows[i].n), rows[i].most);
        for (size_t k = 0; k < rows[i].n; k++)
            assert_int_equal(keys[k], rows[i].wanted[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sort),
                                       cmocka_unit_test(test_sort_by),
                                       cmocka_unit_test(test_close_up)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
