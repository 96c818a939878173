#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <pthread.h>

#include "value/date_make.h"
#include "value/date_math.h"
#include "value/date_read.h"
#include "value/duration.h"
#include "value/duration_format.h"
#include "value_dump.h"

static struct zones zones, paris;

static struct date date_of(struct zones *z, const char *text) {
    struct date d = date_invalid;

    assert_int_equal(date_read(z, str_from(text), &d), strlen(text));
    return d;
}

static struct duration duration_of(const char *text) {
    struct duration d;

    assert_int_equal(duration_read(str_from(text), &d), strlen(text));
    return d;
}

static void assert_date(struct date d, const char *want) {
    struct buf b = {0};

    dump_date(&b, d);
    if (!str_eq(buf_str(&b), str_from(want)))
        fail_msg("got %.*s, want %s", STR_ARG(buf_str(&b)), want);
    buf_release(&b);
}

static void assert_duration(const struct duration *d, const char *want) {
    struct buf b = {0};

    dump_duration(&b, d);
    if (!str_eq(buf_str(&b), str_from(want)))
        fail_msg("got %.*s, want %s", STR_ARG(buf_str(&b)), want);
    buf_release(&b);
}

static void test_plus(void **state) {
    static const struct {
        const char *date, *duration, *plus, *minus;
    } rows[] = {
        {"2024-02-29", "1 year", "2025-02-28", "2023-02-28"},
        {"2026-01-31", "30 days", "2026-03-02", "2026-01-01"},
        {"2026-01-31", "1 month", "2026-02-28", "2025-12-31"},
        {"2026-01-31", "1.5 months", "2026-03-15", "2025-12-16"},
        {"2026-01-31", "0.5 years", "2026-08-01T12:00", "2025-08-01T12:00"},
        {"2024-02-29", "1 year, 1 month, 1 day", "2025-03-30", "2023-01-28"},
        {"2026-01-31", "-1 month -1 day", "2025-12-30", "2026-03-01"},
        {"2026-01-31", "1.5 days", "2026-02-01T12:00", "2026-01-29T12:00"},
        {"2026-01-31", "-1.5 weeks", "2026-01-20T12:00", "2026-02-10T12:00"},
        {"2026-01-05", "26 hours", "2026-01-06T02:00", "2026-01-03T22:00"},
        {"2026-01-05", "0 days", "2026-01-05", "2026-01-05"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct date d = date_of(&zones, rows[i].date);
        struct duration by = duration_of(rows[i].duration);
        struct date plus = date_plus(d, &by), minus = date_minus(d, &by);

        if (plus.ms != date_of(&zones, rows[i].plus).ms ||
            minus.ms != date_of(&zones, rows[i].minus).ms) {
            print_message("%s + %s\n", rows[i].date, rows[i].duration);
            assert_date(plus, rows[i].plus);
            assert_date(minus, rows[i].minus);
        }
    }
}

static void test_past_all_dates(void **state) {
    static const double counts[] = {1e6, 1e9, 1e300, HUGE_VAL, -HUGE_VAL, NAN};
    struct date d = date_of(&zones, "2026-01-05");

    (void)state;
    for (int unit = 0; unit < DURATION_UNITS; unit++)
        for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
            struct duration by = {{0}};

            if (unit > DURATION_YEARS && i == 0)
                continue;
            if (unit > DURATION_DAYS && i < 2)
                continue;
            by.count[unit] = counts[i];
            assert_true(date_plus(d, &by).invalid);
            assert_true(date_minus(d, &by).invalid);
        }
    assert_true(date_at(&zones.local, DATE_MAX_MS + 1).invalid);
    assert_false(date_at(&zones.local, -DATE_MAX_MS).invalid);
    assert_true(
        date_end_of(date_at(&zones.local, DATE_MAX_MS), DATE_YEAR).invalid);
    assert_true(date_plus(date_invalid, &(struct duration){{1}}).invalid);
    assert_true(date_in_zone(date_invalid, &zones.local).invalid);
}

static void test_difference(void **state) {
    static const struct {
        const char *a, *b, *want;
    } rows[] = {
        {"2026-01-05", "2026-01-01", "dur 4d"},
        {"2026-01-31", "2025-12-31", "dur 1M"},
        {"2025-11-20", "2026-01-15", "dur -1M -3w -5d"},
        {"2026-01-15", "2025-12-31", "dur 2w 1d"},
        {"2026-01-31", "2026-01-01", "dur 1M 2d"},
        {"2026-01-29", "2026-01-01", "dur 1M"},
        {"2019-01-01", "2026-01-01", "dur -7y"},
        {"2026-03-30", "2026-01-31", "dur 2M 2d"},
        {"2024-02-29", "2023-02-28", "dur 1y 1d"},
        {"2025-02-28", "2024-02-29", "dur 1y"},
        {"2026-01-15T10:00", "2026-01-14T12:00", "dur 22h"},
        {"2026-01-05T10:00:00+02:00", "2025-12-05T23:00:00-05:00",
         "dur 1M 2d 4h"},
        {"2026-01-05", "2026-01-05", "dur"},
    };
    struct duration d;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(date_difference(date_of(&zones, rows[i].a),
                                    date_of(&zones, rows[i].b), &d));
        assert_duration(&d, rows[i].want);
    }
    assert_false(date_difference(date_invalid, date_invalid, &d));
}

static void test_durations(void **state) {
    struct duration day = duration_of("1 day"), minutes = duration_of("90 min");
    struct duration month = duration_of("1 month"), none = {{0}}, d;
    struct duration days = duration_of("31 days");

    (void)state;
    assert_true(duration_times(&minutes, 2, &d));
    assert_duration(&d, "dur 3h");
    assert_true(duration_divided(&day, 2, &d));
    assert_duration(&d, "dur 12h");
    assert_true(duration_plus(&month, &days, &d));
    assert_duration(&d, "dur 2M 3d");
    assert_true(duration_minus(&minutes, &day, &d));
    assert_duration(&d, "dur -22h -30m");
    assert_false(duration_divided(&day, 0, &d));
    assert_false(duration_times(&day, NAN, &d));
    assert_false(duration_times(&day, HUGE_VAL, &d));
    assert_true(duration_divided(&none, 0, &d));
    assert_duration(&d, "dur");
}

static void test_duration_fields(void **state) {
    static const struct {
        const char *duration, *field;
        double want;
    } rows[] = {
        {"1 year", "months", 12},
        {"1 year", "weeks", 52},
        {"1 year", "days", 365},
        {"1 month", "weeks", 4},
        {"1 month", "days", 30},
        {"1 week", "months", 0.25},
        {"90 min", "hours", 1.5},
        {"90 min", "hour", 1.5},
        {"1 week", "weeks", 1},
        {"45 days", "month", 1.5},
        {"1 month, 2 days", "day", 32},
        {"-36 hours", "days", -1.5},
        {"1 hour", "milliseconds", 3600000},
    };
    double n;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct duration d = duration_of(rows[i].duration);

        assert_true(duration_field(&d, str_from(rows[i].field), &n));
        if (fabs(n - rows[i].want) > 1e-9)
            fail_msg("%s in %s: %f", rows[i].duration, rows[i].field, n);
    }
    struct duration d = duration_of("1 day");
    assert_false(duration_field(&d, STR("week"), &n));
    assert_false(duration_field(&d, STR("foo"), &n));
    assert_false(duration_field(&d, STR(""), &n));
}

static void test_duration_format(void **state) {
    static const struct {
        const char *duration, *format, *want;
    } rows[] = {
        {"3 days 7 hours 43 seconds", "ddd'd' hh'h' ss's'", "003d 07h 43s"},
        {"1 year 2 months", "yyyy:MM", "0001:02"},
        {"10 days", "w d", "1 3"},
        {"90 min", "h", "1"},
        {"-90 min", "h", "-2"}, /* down, not towards 0 */
        {"-90 min", "hh:mm", "-01:-30"},
        {"400 days", "y M d", "1 1 10"},
        {"400 days", "y d", "1 35"},
        {"1 year -2 months", "M d", "10 0"},
        {"1 day", "D H Y x: d", "D H Y x: 1"},
        {"1 hour", "m s S h", "0 0 0 1"},
        {"100000 h", "h", "100000"},
        {"1 hour", "h 'open", "1 open"},
        {"1 hour", "h '' s", "1 ' 0"},
        {"1 hour", "", ""},
        {"0.3 s", "S", "300"},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct duration d = duration_of(rows[i].duration);

        buf_reset(&b);
        duration_format(&b, &d, str_from(rows[i].format));
        if (!str_eq(buf_str(&b), str_from(rows[i].want)))
            fail_msg("%s by %s: %.*s", rows[i].duration, rows[i].format,
                     STR_ARG(buf_str(&b)));
    }
    buf_release(&b);
}

static void test_date_fields(void **state) {
    static const struct {
        const char *name;
        double want;
    } rows[] = {
        {"year", 2026}, {"month", 1},         {"day", 5},  {"hour", 10},
        {"minute", 20}, {"second", 30},       {"week", 1}, {"weekyear", 2},
        {"weekday", 1}, {"millisecond", 123},
    };
    struct date d = date_of(&zones, "2026-01-05T10:20:30.123");
    double n;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(date_field(d, str_from(rows[i].name), &n));
        if (n != rows[i].want)
            fail_msg("%s: %f", rows[i].name, n);
    }
    assert_false(date_field(d, STR("days"), &n));
    assert_true(date_field(date_invalid, STR("year"), &n) && isnan(n));
}

/* The clocks of Paris go on at 2026-03-29T02:00 and back at 2026-10-25T03:00. */
static void test_clock_changes(void **state) {
    struct duration day = duration_of("1 day"), hours = duration_of("24 hours");
    struct date before = date_of(&paris, "2026-03-28T02:30");
    struct date after = date_of(&paris, "2026-03-29T12:00"), d;
    struct duration diff;

    (void)state;
    assert_date(date_of(&paris, "2026-03-29T02:30"),
                "2026-03-29T03:30:00.000+02:00");
    assert_date(date_of(&paris, "2026-10-25T02:30"),
                "2026-10-25T02:30:00.000+02:00");
    assert_date(date_of(&zones, "2026-10-25T02:30:00[Europe/Paris]"),
                "2026-10-25T02:30:00.000+01:00 Europe/Paris");
    assert_date(date_plus(before, &day), "2026-03-29T03:30:00.000+02:00");
    assert_date(date_plus(before, &hours), "2026-03-29T03:30:00.000+02:00");
    assert_date(date_minus(after, &day), "2026-03-28T12:00:00.000+01:00");
    assert_date(date_minus(after, &hours), "2026-03-28T11:00:00.000+01:00");
    assert_date(date_end_of(after, DATE_DAY), "2026-03-29T23:59:59.999+02:00");
    assert_date(date_start_of(after, DATE_DAY),
                "2026-03-29T00:00:00.000+01:00");
    d = date_minus(after, &day);
    assert_true(date_difference(after, d, &diff));
    assert_duration(&diff, "dur 1d");
    assert_date(date_of(&paris, "2026-07-01"), "2026-07-01T00:00:00.000+02:00");
    assert_date(date_of(&paris, "2900-07-01"), "2900-07-01T00:00:00.000+02:00");
    assert_date(date_of(&paris, "9999-01-01"), "9999-01-01T00:00:00.000+01:00");
    assert_date(date_in_zone(date_of(&zones, "2026-07-01"), &paris.local),
                "2026-07-01T02:00:00.000+02:00");
}

static void test_zones(void **state) {
    static const struct {
        const char *id, *name;
    } rows[] = {
        {"utc", "UTC"},
        {"GMT", "UTC"},
        {"UTC+3", "UTC+3"},
        {"utc-3:30", "UTC-3:30"},
        {"Europe/Paris", "Europe/Paris"},
        {"europe/PARIS", "Europe/Paris"},
        {"Etc/GMT+3", "Etc/GMT+3"},
        {"local", "Europe/Paris"},
        {"System", "Europe/Paris"},
        {"Nowhere/City", NULL},
        {"utc+", NULL},
        {"utc+3:3", NULL},
        {"utc+333", NULL},
        {"GMT+3", NULL},
        {"", NULL},
    };
    struct buf b = {0};

    (void)state;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
            const struct zone *z = zones_find(&paris, str_from(rows[i].id));

            assert_int_equal(z == NULL, rows[i].name == NULL);
            if (z == NULL)
                continue;
            buf_reset(&b);
            zone_add_name(&b, z);
            if (!str_eq(buf_str(&b), str_from(rows[i].name)))
                fail_msg("%s: %.*s", rows[i].id, STR_ARG(buf_str(&b)));
            assert_ptr_equal(z, zones_find(&paris, str_from(rows[i].id)));
        }
    buf_release(&b);
    assert_ptr_equal(zones_fixed(&paris, 3600), zones_fixed(&paris, 3600));
    assert_ptr_equal(zones_fixed(&paris, 0), &zone_utc);
}

static void *many_zones(void *unused) {
    static const char *const ids[] = {"Asia/Kolkata", "America/Bogota",
                                      "Africa/Cairo", "utc+5", "Nowhere"};
    uint64_t *seen = unused;

    for (size_t i = 0; i < 2000; i++) {
        const struct zone *z =
            zones_find(&zones, str_from(ids[i % ARRAY_LEN(ids)]));
        if (z != NULL)
            *seen += (uint64_t)zone_offset_at(z, (int64_t)i * 86400000);
    }
    return NULL;
}

static void test_threads(void **state) {
    pthread_t threads[4];
    uint64_t seen[4] = {0};

    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, many_zones, &seen[i]), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    for (int i = 1; i < 4; i++)
        assert_true(seen[i] == seen[0]);
}

static int set_up(void **state) {
    (void)state;
    zones_init(&zones, STR("UTC"));
    zones_init(&paris, STR("Europe/Paris"));
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    zones_release(&zones);
    zones_release(&paris);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plus),
        cmocka_unit_test(test_past_all_dates),
        cmocka_unit_test(test_difference),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_duration_fields),
        cmocka_unit_test(test_duration_format),
        cmocka_unit_test(test_date_fields),
        cmocka_unit_test(test_clock_changes),
        cmocka_unit_test(test_zones),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
