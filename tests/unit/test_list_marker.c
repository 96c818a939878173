#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "note/list_marker.h"

/* Lines, and what they are alone and behind text of a paragraph: the length of the
 * marker, 0 for none; the column of the item's text. */
static void test_markers(void **state) {
    static const struct {
        const char *line;
        size_t alone, behind, column;
    } rows[] = {
        {"- a", 1, 1, 2},
        {"  * a", 1, 1, 4},
        {"+\ta", 1, 1, 4},
        {"-    a", 1, 1, 5},
        {"-     code", 1, 1, 2},
        {"1. a", 2, 2, 3},
        {"1) a", 2, 2, 3},
        {"10. a", 3, 0, 4},
        {"7) a", 2, 0, 3},
        {"01. a", 3, 0, 4},
        {"123456789. a", 10, 0, 11},
        {"1234567890. a", 0, 0, 0},
        {"-", 1, 0, 2},
        {"-  ", 1, 0, 2},
        {"1.", 2, 0, 3},
        {"-a", 0, 0, 0},
        {"1.a", 0, 0, 0},
        {"1", 0, 0, 0},
        {". a", 0, 0, 0},
        {"---", 0, 0, 0},
        {"* * *", 0, 0, 0},
        {"- - a", 1, 1, 2},
        {"--", 0, 0, 0},
        {"", 0, 0, 0},
        {"a", 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t column = 0;
        struct str text = list_skip_blanks(str_from(rows[i].line), &column);
        size_t alone = list_marker(text, false);

        if (alone != rows[i].alone || list_marker(text, true) != rows[i].behind)
            fail_msg("%s: %zu", rows[i].line, alone);
        if (alone > 0 &&
            list_text_column(text, column, alone) != rows[i].column)
            fail_msg("%s: column %zu", rows[i].line,
                     list_text_column(text, column, alone));
    }
    assert_int_equal(list_marker(str_make("1\0 a", 4), false), 0);
    assert_int_equal(list_marker(str_make("\0 a", 3), false), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_markers)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
