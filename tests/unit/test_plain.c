#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/plain.h"

static void check(const struct buf *got, struct str want) {
    if (!str_eq(buf_str(got), want))
        fail_msg("want %.*s, got %.*s", STR_ARG(want), STR_ARG(buf_str(got)));
}

static void test_plain(void **state) {
    static const struct {
        struct str given, line, lines, csv;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("a b"), STR_INIT("a b"), STR_INIT("a b\n"), STR_INIT("a b")},
        {STR_INIT("a\n\tb\r\n"), STR_INIT("a  b "), STR_INIT("a\n b\n"),
         STR_INIT("a  b ")},
        {STR_INIT("a\n\nb"), STR_INIT("a  b"), STR_INIT("a\n\nb\n"),
         STR_INIT("a  b")},
        {STR_INIT("\033[2Jx\177\0y"), STR_INIT("[2Jxy"), STR_INIT("[2Jxy\n"),
         STR_INIT("[2Jxy")},
        {STR_INIT("\u00e9\xc2\x9b\u00a0\xc2\x80z"), STR_INIT("\u00e9\u00a0z"),
         STR_INIT("\u00e9\u00a0z\n"), STR_INIT("\u00e9\u00a0z")},
        {STR_INIT("a,b"), STR_INIT("a,b"), STR_INIT("a,b\n"),
         STR_INIT("\"a,b\"")},
        {STR_INIT("\"\""), STR_INIT("\"\""), STR_INIT("\"\"\n"),
         STR_INIT("\"\"\"\"\"\"")},
        {STR_INIT("say \"a\nb\", c"), STR_INIT("say \"a b\", c"),
         STR_INIT("say \"a\nb\", c\n"), STR_INIT("\"say \"\"a b\"\", c\"")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf line = {0}, lines = {0}, csv = {0};

        plain_add_line(&line, cases[i].given);
        check(&line, cases[i].line);
        plain_add_lines(&lines, cases[i].given);
        check(&lines, cases[i].lines);
        plain_add_csv(&csv, cases[i].given);
        check(&csv, cases[i].csv);
        buf_release(&line);
        buf_release(&lines);
        buf_release(&csv);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
