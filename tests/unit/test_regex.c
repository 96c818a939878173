#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/pool.h"
#include "base/regex_replace.h"
#include "regex_rows.h"

static void assert_str(struct str got, struct str expected) {
    if (!str_eq(got, expected))
        print_error("got \"%.*s\", not \"%.*s\"\n", STR_ARG(got),
                    STR_ARG(expected));
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

/* As the rows have it. */
static void run(struct buf *out, struct str pattern, struct str flags,
                struct str text) {
    struct regex_span groups[32];
    struct regex_error error;
    struct regex *r = regex_new(pattern, flags, &error);
    struct arena a;

    buf_reset(out);
    if (r == NULL) {
        assert_true(strlen(error.message) > 0);
        buf_add_lit(out, "error");
        return;
    }
    assert_true(regex_groups(r) <= ARRAY_LEN(groups));
    arena_init(&a);
    switch (regex_exec(r, utf16_from_str(&a, text), 0, groups)) {
    case REGEX_NO_MATCH:
        buf_add_lit(out, "none");
        break;
    case REGEX_LIMIT:
        buf_add_lit(out, "limit");
        break;
    case REGEX_MATCH:
        for (size_t i = 0; i < regex_groups(r); i++) {
            buf_add_str(out, i > 0 ? STR(" ") : STR(""));
            if (groups[i].from == STR_NONE)
                buf_add_ch(out, '-');
            else
                buf_printf(out, "%zu-%zu", groups[i].from, groups[i].to);
        }
        break;
    }
    arena_release(&a);
    regex_free(r);
}

static void test_rows(void **state) {
    struct buf out = {0};
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(regex_rows); i++) {
        const struct regex_row *row = &regex_rows[i];

        run(&out, row->pattern, str_from(row->flags), row->text);
        if (str_eq(buf_str(&out), str_from(row->expected)))
            continue;
        print_error("/%.*s/%s on \"%.*s\": %.*s, not %s\n",
                    STR_ARG(row->pattern), row->flags, STR_ARG(row->text),
                    STR_ARG(buf_str(&out)), row->expected);
        wrong++;
    }
    buf_release(&out);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
