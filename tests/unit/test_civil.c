#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/civil.h"

static void assert_buf(const struct buf *b, struct str expected) {
    assert_int_equal(b->len, expected.len);
    assert_memory_equal(b->p, expected.p, expected.len);
}

static void test_days(void **state) {
    static const struct {
        struct civil_date date;
        int64_t days;
    } cases[] = {
        {{1970, 1, 1}, 0},     {{1969, 12, 31}, -1},    {{2000, 2, 29}, 11016},
        {{2000, 3, 1}, 11017}, {{2024, 12, 31}, 20088}, {{1, 1, 1}, -719162},
        {{0, 2, 29}, -719469}, {{-1, 12, 31}, -719529},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct civil_date back = civil_from_days(cases[i].days);

        assert_true(civil_days(cases[i].date) == cases[i].days);
        assert_int_equal(back.year, cases[i].date.year);
        assert_int_equal(back.month, cases[i].date.month);
        assert_int_equal(back.day, cases[i].date.day);
    }
}

static bool same(struct civil_date a, struct civil_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* Day by day over more than two times 400 years, counting by hand. */
static void test_calendar(void **state) {
    struct civil_date date = {-450, 1, 1};

    (void)state;
    for (int64_t day = civil_days(date); date.year < 450; day++) {
        assert_true(civil_days(date) == day);
        assert_true(same(civil_from_days(day), date));
        assert_true(civil_valid(date));
        date.day++;
        if (!civil_valid(date)) {
            date.day = 1;
            date.month++;
        }
        if (date.month > 12) {
            date.month = 1;
            date.year++;
        }
    }
    assert_true(
        same(civil_from_days(INT64_MIN), (struct civil_date){INT32_MIN, 1, 1}));
    assert_true(same(civil_from_days(INT64_MAX),
                     (struct civil_date){INT32_MAX, 12, 31}));
    date = (struct civil_date){INT32_MAX, 12, 30};
    assert_true(same(civil_from_days(civil_days(date)), date));
    date = (struct civil_date){INT32_MIN, 1, 2};
    assert_true(same(civil_from_days(civil_days(date)), date));
}

static void test_parse_date(void **state) {
    static const struct {
        struct str s;
        bool good;
    } cases[] = {
        {STR_INIT("2024-02-29"), true},
        {STR_INIT("2000-02-29"), true},
        {STR_INIT("0000-01-01"), true},
        {STR_INIT("9999-12-31"), true},
        {STR_INIT("2023-02-29"), false},
        {STR_INIT("1900-02-29"), false},
        {STR_INIT("2024-04-31"), false},
        {STR_INIT("2024-13-01"), false},
        {STR_INIT("2024-00-01"), false},
        {STR_INIT("2024-01-00"), false},
        {STR_INIT("2024-1-01"), false},
        {STR_INIT("2024-01-1"), false},
        {STR_INIT("24-01-01"), false},
        {STR_INIT("2024-01-01 "), false},
        {STR_INIT(" 2024-01-01"), false},
        {STR_INIT("2024/01/01"), false},
        {STR_INIT("2024-01-01T"), false},
        {STR_INIT("+024-01-01"), false},
        {STR_INIT(""), false},
        {{NULL, 0}, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct civil_date date = {7, 7, 7};

        assert_int_equal(civil_parse_date(cases[i].s, &date), cases[i].good);
        if (!cases[i].good)
            assert_true(same(date, (struct civil_date){7, 7, 7}));
    }
}

static void test_read_date(void **state) {
    static const struct {
        struct str text;
        struct civil_date date; /* day 0: none */
    } cases[] = {
        {STR_INIT("2024-03-05"), {2024, 3, 5}},
        {STR_INIT("2024-3-5"), {2024, 3, 5}},
        {STR_INIT("2024/03/5"), {2024, 3, 5}},
        {STR_INIT("2024.3.05 and more"), {2024, 3, 5}},
        {STR_INIT("20240305"), {2024, 3, 5}},
        {STR_INIT("20240305T10:00"), {2024, 3, 5}},
        {STR_INIT("2024-03-05T23:30:00-11:00"), {2024, 3, 5}},
        {STR_INIT("2024-02-29"), {2024, 2, 29}},
        {STR_INIT("2023-02-29"), {0, 0, 0}},
        {STR_INIT("2024-13-01"), {0, 0, 0}},
        {STR_INIT("0001-01-01"), {1, 1, 1}},
        {STR_INIT("0000-01-01"), {0, 0, 0}}, /* after 1 BC comes AD 1 */
        {STR_INIT("2024-03/05"), {0, 0, 0}},
        {STR_INIT("2024-03-055"), {0, 0, 0}},
        {STR_INIT("202403051"), {0, 0, 0}},
        {STR_INIT("2024-03"), {0, 0, 0}},
        {STR_INIT("2024"), {0, 0, 0}},
        {STR_INIT("24-03-05"), {0, 0, 0}},
        {STR_INIT("05.03.2024"), {0, 0, 0}},
        {STR_INIT("March 5, 2024"), {0, 0, 0}},
        {STR_INIT(""), {0, 0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct civil_date date = {0};
        bool read = civil_read_date(cases[i].text, &date);
        assert_int_equal(read, cases[i].date.day != 0);
        if (read)
            assert_int_equal(civil_days(date), civil_days(cases[i].date));
    }
}

static void test_today(void **state) {
    static const struct {
        struct str s;
        struct str expected; /* empty: refused */
    } cases[] = {
        {STR_INIT("2024-05-01"), STR_INIT("2024-05-01T12:00:00Z")},
        {STR_INIT("2024-05-01T00:00:00Z"), STR_INIT("2024-05-01T00:00:00Z")},
        {STR_INIT("2024-05-01t23:59:59z"), STR_INIT("2024-05-01T23:59:59Z")},
        {STR_INIT("2024-05-01 08:30:00+02:00"),
         STR_INIT("2024-05-01T06:30:00Z")},
        {STR_INIT("2024-12-31T23:30:00-01:45"),
         STR_INIT("2025-01-01T01:15:00Z")},
        {STR_INIT("1969-12-31T23:59:59.25Z"),
         STR_INIT("1969-12-31T23:59:59.25Z")},
        {STR_INIT("2024-05-01T00:00:00.1234567899Z"),
         STR_INIT("2024-05-01T00:00:00.123456789Z")},
        {STR_INIT("2016-12-31T23:59:60Z"), STR_INIT("2017-01-01T00:00:00Z")},
        {STR_INIT("0000-01-01T00:00:00+00:01"),
         STR_INIT("-0001-12-31T23:59:00Z")},
        {STR_INIT("2024-05-01T00:00:00"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:00Z"), STR_INIT("")},
        {STR_INIT("2024-05-01T24:00:00Z"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:60:00Z"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:00:61Z"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:00:00.Z"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:00:00+2:00"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:00:00+24:00"), STR_INIT("")},
        {STR_INIT("2024-05-01T00:00:00Zx"), STR_INIT("")},
        {STR_INIT("2024-02-30T00:00:00Z"), STR_INIT("")},
        {STR_INIT("today"), STR_INIT("")},
        {STR_INIT(""), STR_INIT("")},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct civil_instant t;

        assert_int_equal(civil_parse_today(cases[i].s, &t),
                         cases[i].expected.len > 0);
        if (cases[i].expected.len == 0)
            continue;
        buf_reset(&out);
        civil_add_rfc3339(&out, t);
        assert_buf(&out, cases[i].expected);
    }
    buf_release(&out);
}

static void test_date_of(void **state) {
    static const struct {
        int64_t seconds;
        struct str date;
    } cases[] = {
        {0, STR_INIT("1970-01-01")},
        {-1, STR_INIT("1969-12-31")},
        {86399, STR_INIT("1970-01-01")},
        {86400, STR_INIT("1970-01-02")},
        {-86401, STR_INIT("1969-12-30")},
        {253402300800, STR_INIT("10000-01-01")},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_reset(&out);
        civil_add_date(
            &out, civil_date_of((struct civil_instant){cases[i].seconds, 0}));
        assert_buf(&out, cases[i].date);
    }
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),       cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_parse_date), cmocka_unit_test(test_today),
        cmocka_unit_test(test_date_of),    cmocka_unit_test(test_read_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
