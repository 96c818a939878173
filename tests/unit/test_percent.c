#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/percent.h"

static void decode(void **state) {
    static const struct {
        const char *encoded, *decoded;
    } rows[] = {
        {"", ""},
        {"a", "a"},
        {"My%20Note", "My Note"},
        {"%C3%A9", "\xc3\xa9"},
        {"%c3%a9x", "\xc3\xa9x"},
        {"%E6%97%A5", "\xe6\x97\xa5"},
        {"a%23b", "a#b"},
        {"%2520", "%20"}, /* once */
        {"100%", "100%"},
        {"%2", "%2"},
        {"%zz%20", "%zz "},
        {"%%20", "% "},
        {"%00%0A%1f%7F", "%00%0A%1f%7F"}, /* controls stay written */
        {"%C3", "%C3"},
        {"%20%FF", "%20%FF"}, /* not UTF-8: all of it stays */
        {"%ED%A0%80", "%ED%A0%80"},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str s = percent_decode(&a, str_from(rows[i].encoded));

        assert_int_equal(s.len, strlen(rows[i].decoded));
        assert_memory_equal(s.p, rows[i].decoded, s.len);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(decode)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
