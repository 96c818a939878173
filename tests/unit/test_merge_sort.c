#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/merge_sort.h"

struct item {
    int key;
    unsigned place; /* before sorting */
};

static size_t asked;

static int by_key(void *context, const void *a, const void *b) {
    const struct item *x = a, *y = b;

    (void)context;
    asked++;
    return (x->key > y->key) - (x->key < y->key);
}

/* What NaN, or an instant in two zones, does to an order. */
static int always_after(void *context, const void *a, const void *b) {
    (void)context;
    (void)a;
    (void)b;
    return 1;
}

static int always_before(void *context, const void *a, const void *b) {
    (void)context;
    (void)a;
    (void)b;
    return -1;
}

static size_t most_questions(size_t n) {
    size_t per_item = 0;

    for (size_t width = 1; width < n; width *= 2)
        per_item++;
    return n * per_item;
}

/* Room for exactly n items, so that a step outside is seen by ASan. */
static struct item *items_of(size_t n, unsigned different) {
    struct item *items = calloc(n + (n == 0), sizeof *items);
    uint32_t random = 7;

    assert_non_null(items);
    for (size_t i = 0; i < n; i++) {
        random = random * 1664525 + 1013904223;
        items[i] =
            (struct item){(int)((random >> 16) % different), (unsigned)i};
    }
    return items;
}

static void sorts_and_keeps_the_order_of_equal_ones(void **state) {
    static const unsigned different[] = {1, 3, 1000};

    (void)state;
    for (size_t n = 0; n < 300; n++)
        for (size_t k = 0; k < 3; k++) {
            struct item *items = items_of(n, different[k]);
            struct item *scratch = items_of(n, 1);

            asked = 0;
            merge_sort(items, n, sizeof *items, scratch, by_key, NULL);
            assert_true(asked <= most_questions(n));
            for (size_t i = 1; i < n; i++) {
                assert_true(items[i - 1].key <= items[i].key);
                if (items[i - 1].key == items[i].key)
                    assert_true(items[i - 1].place < items[i].place);
            }
            free(items);
            free(scratch);
        }
}

static void an_order_that_contradicts_itself_loses_nothing(void **state) {
    (void)state;
    for (size_t n = 0; n < 100; n++) {
        struct item *items = items_of(n, 5);
        struct item *scratch = items_of(n, 1);
        unsigned char seen[100] = {0};

        merge_sort(items, n, sizeof *items, scratch, always_after, NULL);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(items[i].place, i);
        merge_sort(items, n, sizeof *items, scratch, always_before, NULL);
        for (size_t i = 0; i < n; i++)
            seen[items[i].place]++;
        for (size_t i = 0; i < n; i++)
            assert_int_equal(seen[i], 1);
        free(items);
        free(scratch);
    }
}

static void what_is_in_order_is_hardly_asked_about(void **state) {
    struct item items[64], scratch[64];

    (void)state;
    for (unsigned i = 0; i < 64; i++)
        items[i] = (struct item){(int)i, i};
    asked = 0;
    merge_sort(items, 64, sizeof *items, scratch, by_key, NULL);
    assert_int_equal(asked, 63);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_and_keeps_the_order_of_equal_ones),
        cmocka_unit_test(an_order_that_contradicts_itself_loses_nothing),
        cmocka_unit_test(what_is_in_order_is_hardly_asked_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
