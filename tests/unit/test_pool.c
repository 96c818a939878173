#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/pool.h"
#include "base/str.h"

enum { INDICES = 20000, WORKERS = 8 };

struct tally {
    unsigned char taken[INDICES];
    size_t by_worker[WORKERS]; /* not atomic: each belongs to one thread */
    atomic_uint wrong;
};

static void count(void *context, size_t index, unsigned worker) {
    struct tally *t = context;

    if (index >= INDICES || worker >= WORKERS) {
        atomic_fetch_add(&t->wrong, 1);
        return;
    }
    t->taken[index]++;
    t->by_worker[worker]++;
}

static void test_each_index_once(void **state) {
    static const struct {
        unsigned jobs;
        size_t n;
    } cases[] = {
        {0, 10}, {1, 10}, {2, 0}, {2, 1}, {8, 3}, {2, INDICES}, {8, INDICES},
    };
    static struct tally t;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t sum = 0;

        memset(&t, 0, sizeof t);
        pool_run(cases[i].jobs, cases[i].n, count, &t);
        assert_int_equal(atomic_load(&t.wrong), 0);
        for (size_t at = 0; at < INDICES; at++)
            assert_int_equal(t.taken[at], at < cases[i].n);
        for (unsigned w = 0; w < WORKERS; w++) {
            if (w >= cases[i].jobs && w > 0)
                assert_int_equal(t.by_worker[w], 0);
            sum += t.by_worker[w];
        }
        assert_int_equal(sum, cases[i].n);
    }
}

static void use_stack(void *context, size_t index, unsigned worker) {
    volatile char block[12 * 1024 * 1024];

    (void)worker;
    for (size_t at = 0; at < sizeof block; at += 4096)
        block[at] = 1;
    ((unsigned char *)context)[index] = block[0];
}

static void test_stack(void **state) {
    unsigned char done[2] = {0};

    (void)state;
    pool_run(2, 2, use_stack, done);
    assert_int_equal(done[0] + done[1], 2);
}

static void test_default_jobs(void **state) {
    (void)state;
    assert_in_range(pool_default_jobs(), 1, 1 << 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_index_once),
        cmocka_unit_test(test_stack),
        cmocka_unit_test(test_default_jobs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
