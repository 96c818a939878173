#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/map.h"

static void test_slots(void **state) {
    struct arena a;
    struct map m;
    char key[] = "key";
    int one, two;

    (void)state;
    arena_init(&a);
    map_init(&m, &a);
    assert_int_equal(map_len(&m), 0);
    assert_null(map_get(&m, STR("key")));
    assert_null(*map_slot(&m, str_from(key)));
    *map_slot(&m, STR("key")) = &one;
    assert_ptr_equal(map_get(&m, STR("key")), &one);
    key[0] = 'K'; /* the map has a copy */
    assert_ptr_equal(map_get(&m, STR("key")), &one);
    assert_null(map_get(&m, STR("Key")));
    *map_slot_borrowed(&m, STR("key")) = &two;
    assert_ptr_equal(map_get(&m, STR("key")), &two);
    assert_int_equal(map_len(&m), 1);
    arena_release(&a);
}

static void test_odd_keys(void **state) {
    static const struct str keys[] = {
        {NULL, 0},        STR_INIT("\0"),   STR_INIT("\0\0"),
        STR_INIT("a\0b"), STR_INIT("a\0c"),
    };
    struct arena a;
    struct map m;

    (void)state;
    arena_init(&a);
    map_init(&m, &a);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        *map_slot(&m, keys[i]) = (void *)&keys[i];
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        assert_ptr_equal(map_get(&m, keys[i]), &keys[i]);
    assert_ptr_equal(map_get(&m, STR("")), &keys[0]);
    assert_int_equal(map_len(&m), ARRAY_LEN(keys));
    arena_release(&a);
}

static void test_many(void **state) {
    enum { KEYS = 300000 };
    static int values[KEYS];
    struct buf key = {0};
    struct arena a;
    struct map m;

    (void)state;
    arena_init(&a);
    map_init(&m, &a);
    for (int i = 0; i < KEYS; i++) {
        buf_reset(&key);
        buf_printf(&key, "folder/note %d.md", i);
        *map_slot(&m, buf_str(&key)) = &values[i];
    }
    assert_int_equal(map_len(&m), KEYS);
    for (int i = 0; i < KEYS; i++) {
        buf_reset(&key);
        buf_printf(&key, "folder/note %d.md", i);
        assert_ptr_equal(map_get(&m, buf_str(&key)), &values[i]);
    }
    assert_null(map_get(&m, STR("folder/note 300000.md")));
    /* A key, an entry and at most four buckets each. */
    assert_true(a.total < (size_t)KEYS * 250);
    buf_release(&key);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slots),
        cmocka_unit_test(test_odd_keys),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
