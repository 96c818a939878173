#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "function_rows.h"
#include "query/ask.h"
#include "query/dataview/functions.h"
#include "site_vault.h"

static const char exhausted[] = "the query is too much work and was stopped";

/* 2026-01-15T12:00:00Z, the clock of the reference results. */
static const struct civil_instant noon = {.seconds = 1768478400};

static struct site_vault vault;
static struct asker *asker;

static int open_vault(void **state) {
    (void)state;
    site_open(&vault);
    vault.settings.dataview_values = (struct dataview_settings){
        .null_text = value_style_default.null_text,
        .date_format = value_style_default.date_format,
        .time_format = value_style_default.datetime_format,
    };
    site_note(&vault, "Note.md");
    site_plan(&vault);
    asker = asker_new(&vault.arena, vault.linked, noon);
    return 0;
}

static int close_vault(void **state) {
    (void)state;
    asker_end(asker);
    site_close(&vault);
    return 0;
}

/* JSON, or `!` and the error. */
static void add_answer(struct buf *out, const char *expr) {
    const struct answer *a =
        ask(asker,
            &(struct question){QUESTION_EXPRESSION, str_from(expr), STR("")});

    if (a->kind == ANSWER_VALUE) {
        answer_add_value(out, answer_cell(a, 0, 0));
        return;
    }
    buf_add_lit(out, "!");
    if (str_eq(a->message, str_from(exhausted)))
        buf_add_lit(out, "EXHAUSTED");
    else
        buf_add_str(out, a->message);
}

static void try_rows(const struct function_row *rows, size_t n) {
    size_t failed = 0;

    for (size_t i = 0; i < n; i++) {
        struct buf got = {0};

        add_answer(&got, rows[i].expr);
        if (!str_eq(buf_str(&got), str_from(rows[i].want))) {
            print_error("%s\n  gives %.*s\n  not   %s\n", rows[i].expr,
                        STR_ARG(buf_str(&got)), rows[i].want);
            failed++;
        }
        buf_release(&got);
    }
    assert_int_equal(failed, 0);
}

#define TRY(rows) try_rows(rows, ARRAY_LEN(rows))

static void arrays_are_taken_element_by_element(void **state) {
    (void)state;
    TRY(element_by_element);
}

static void values_are_made(void **state) {
    (void)state;
    TRY(constructors);
}

static void numbers_are_counted_with(void **state) {
    (void)state;
    TRY(numbers);
}

static void lists_are_searched_and_sorted(void **state) {
    (void)state;
    TRY(lists);
}

static void texts_are_counted_in_utf16(void **state) {
    (void)state;
    TRY(texts);
}

static void display_leaves_what_a_reader_sees(void **state) {
    (void)state;
    TRY(displays);
}

static void dates_are_read_and_written(void **state) {
    (void)state;
    TRY(dates);
}

static void what_explodes_is_stopped(void **state) {
    (void)state;
    TRY(bounds);
}

/* What a date depends on: the clock only where it is asked for. */
static void the_clock_is_asked_only_where_needed(void **state) {
    static const struct {
        const char *expr;
        bool uses_clock;
    } rows[] = {
        {"date(\"today\")", true},
        {"date(\"2026-01-05\")", false},
        {"date(\"10:30\", \"HH:mm\")", true},
        {"date(\"2026 10:30\", \"yyyy HH:mm\")", false},
        {"date(\"y 3\", \"'y' d\")", true},
        {"date([[today]])", false},
        {"localtime(date(2026-01-05))", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct answer *a =
            ask(asker, &(struct question){QUESTION_EXPRESSION,
                                          str_from(rows[i].expr), STR("")});

        if (a->kind != ANSWER_VALUE || a->uses_clock != rows[i].uses_clock)
            fail_msg("%s", rows[i].expr);
    }
}

/* Bisection needs the order, people need the rest. */
static void the_table_is_in_order_and_complete(void **state) {
    (void)state;
    for (size_t i = 0; i < nfunctions; i++) {
        const struct function *f = &functions[i];
        struct buf start = {0};

        if (i > 0 && str_cmp(functions[i - 1].name, f->name) >= 0)
            fail_msg("%.*s is out of order", STR_ARG(f->name));
        assert_ptr_equal(function_named(f->name), f);
        buf_add_str(&start, f->name);
        buf_add_ch(&start, '(');
        if (!str_starts(f->form, buf_str(&start)) ||
            !str_ends(f->form, STR(")")) || !str_ends(f->meaning, STR(".")))
            fail_msg("%.*s is not described", STR_ARG(f->name));
        buf_release(&start);
        for (size_t n = 1; n <= FUNCTION_MAX_VECTOR; n++)
            assert_true(f->vector[n - 1] < 1U << n);
    }
    assert_null(function_named(STR("Upper")));
    assert_null(function_named(STR("")));
    assert_null(function_named(STR("zz")));
    assert_null(function_named(STR("al")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_in_order_and_complete),
        cmocka_unit_test(arrays_are_taken_element_by_element),
        cmocka_unit_test(values_are_made),
        cmocka_unit_test(numbers_are_counted_with),
        cmocka_unit_test(lists_are_searched_and_sorted),
        cmocka_unit_test(texts_are_counted_in_utf16),
        cmocka_unit_test(display_leaves_what_a_reader_sees),
        cmocka_unit_test(dates_are_read_and_written),
        cmocka_unit_test(what_explodes_is_stopped),
        cmocka_unit_test(the_clock_is_asked_only_where_needed),
    };

    return cmocka_run_group_tests(tests, open_vault, close_vault);
}
