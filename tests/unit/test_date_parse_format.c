#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "value/date_make.h"
#include "value/date_parse_format.h"
#include "value_dump.h"

static struct zones zones;
static struct date now; /* 2026-01-15T12:34:56.789, a Thursday */

struct row {
    const char *text, *format, *want; /* NULL: no date */
};

static void check(const struct row *rows, size_t n) {
    struct buf b = {0};
    struct date d;

    for (size_t i = 0; i < n; i++) {
        bool read = date_parse_format(&zones, now, str_from(rows[i].text),
                                      str_from(rows[i].format), &d);

        buf_reset(&b);
        if (read)
            dump_date(&b, d);
        if (read != (rows[i].want != NULL) ||
            !str_eq(buf_str(&b), str_from(rows[i].want)))
            fail_msg("\"%s\" by \"%s\": got %.*s", rows[i].text, rows[i].format,
                     STR_ARG(buf_str(&b)));
    }
    buf_release(&b);
}

static void test_days(void **state) {
    static const struct row rows[] = {
        {"2026-01-05", "yyyy-MM-dd", "2026-01-05T00:00:00.000+00:00"},
        {"20260105", "yyyyMMdd", "2026-01-05T00:00:00.000+00:00"},
        {"5.1.26", "d.M.yy", "2026-01-05T00:00:00.000+00:00"},
        {"5.1.75", "d.M.yy", "1975-01-05T00:00:00.000+00:00"},
        {"5.1.1875", "d.M.yy", "1875-01-05T00:00:00.000+00:00"},
        {"jan 5, 2026", "MMM d, yyyy", "2026-01-05T00:00:00.000+00:00"},
        {"January 5, 2026", "LLLL d, yyyy", "2026-01-05T00:00:00.000+00:00"},
        {"January 5, 2026", "MMM d, yyyy", NULL},
        {"Monday, January 5, 2026", "DDDD", "2026-01-05T00:00:00.000+00:00"},
        {"Tuesday, January 5, 2026", "DDDD", NULL},
        {"1/5/2026, 3:04 PM", "f", "2026-01-05T15:04:00.000+00:00"},
        {"Jan 5, 2026, 3:4\xe2\x80\xafPM", "ff",
         "2026-01-05T15:04:00.000+00:00"},
        {"Jan 5, 2026", "MMM'\xc2\xa0'd, yyyy", NULL},
        {"1/5/2026 february", "D LLLL", "2026-02-05T00:00:00.000+00:00"},
        {"AD", "G", NULL},
        {"PM", "a", NULL},
        {"15:04 PM", "H:mm a", NULL},
        {"2026 5", "yyyy o", "2026-01-05T00:00:00.000+00:00"},
        {"366", "ooo", NULL},
        {"2024 366", "yyyy ooo", "2024-12-31T00:00:00.000+00:00"},
        {"2026-W03-2", "kkkk-'W'WW-c", "2026-01-13T00:00:00.000+00:00"},
        {"2026 53", "kkkk W", "2026-12-28T00:00:00.000+00:00"},
        {"2025 53", "kkkk W", NULL},
        {"26 1", "kk W", "2025-12-29T00:00:00.000+00:00"},
        {"Mon", "ccc", "2026-01-12T00:00:00.000+00:00"},
        {"2026 3", "yyyy q", "2026-07-01T00:00:00.000+00:00"},
        {"44 bc", "y G", "-000044-01-01T00:00:00.000+00:00"},
        {"5 Anno Domini", "y GG", "0005-01-01T00:00:00.000+00:00"},
        {"2026-02-30", "yyyy-MM-dd", NULL},
        {"2026-13-01", "yyyy-MM-dd", NULL},
        {"2026-01-05 ", "yyyy-MM-dd", NULL},
        {"26", "yyyy", NULL},
        {"2026 3 1", "kkkk c M", NULL},
        {"2026 1 1", "yyyy o M", NULL},
        {"2026105", "yMd", NULL}, /* 202610, 5 and nothing */
        {"2026.01", "yyyy.MM", "2026-01-01T00:00:00.000+00:00"},
        {"2026x01", "yyyy.MM", NULL},
        {"2026 a", "yyyy A", "2026-01-01T00:00:00.000+00:00"},
        {"year 2026", "'year' yyyy", "2026-01-01T00:00:00.000+00:00"},
        {"2026", "YYYY", NULL},
        {"", "", NULL},
        {"abc", "'abc'", NULL},
        {"5 4", "d d", "2026-01-04T00:00:00.000+00:00"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows));
}

static void test_times(void **state) {
    static const struct row rows[] = {
        {"10:30", "H:mm", "2026-01-15T10:30:00.000+00:00"},
        {"10:30 PM", "h:mm a", "2026-01-15T22:30:00.000+00:00"},
        {"12:30 am", "hh:mm a", "2026-01-15T00:30:00.000+00:00"},
        {"24:00", "HH:mm", "2026-01-16T00:00:00.000+00:00"},
        {"24:01", "HH:mm", NULL},
        {"5", "u", "2026-01-15T12:34:56.500+00:00"},
        {"7.123456789", "s.u", "2026-01-15T12:34:07.123+00:00"},
        {"7.5", "s.S", "2026-01-15T12:34:07.005+00:00"},
        {"2026-01-05 10:00 +02:00", "yyyy-MM-dd HH:mm ZZ",
         "2026-01-05T08:00:00.000+00:00"},
        {"2026-01-05 10:00 -5:30", "yyyy-MM-dd HH:mm Z",
         "2026-01-05T15:30:00.000+00:00"},
        {"2026-01-05 10:00 +0200", "yyyy-MM-dd HH:mm ZZZ",
         "2026-01-05T08:00:00.000+00:00"},
        {"2026-01-05 10:00 America/New_York", "yyyy-MM-dd HH:mm z",
         "2026-01-05T15:00:00.000+00:00"},
        {"2026-01-05 10:00 Nowhere", "yyyy-MM-dd HH:mm z", NULL},
        {"1767571200", "X", "2026-01-05T00:00:00.000+00:00"},
        {"at 1767571200000 ms", "x", "2026-01-05T00:00:00.000+00:00"},
        {"never", "x", NULL},
        {"99999999999999999", "x", NULL},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows));
}

/* Without a memory of what failed this takes as long as the world stands. */
static void test_many_choices(void **state) {
    char text[DATE_PARSE_MAX], format[DATE_PARSE_MAX];
    struct date d;

    (void)state;
    memset(text, '1', sizeof text);
    for (size_t i = 0; i < sizeof format; i++)
        format[i] = i % 2 == 0 ? 'd' : 'M';
    text[sizeof text - 1] = 'x';
    assert_false(date_parse_format(&zones, now, str_make(text, sizeof text),
                                   str_make(format, sizeof format), &d));
    assert_false(date_parse_format(&zones, now, str_make(text, sizeof text),
                                   str_make(format, sizeof format - 500), &d));
}

static int set_up(void **state) {
    (void)state;
    zones_init(&zones, STR("UTC"));
    now = date_at(&zones.local, INT64_C(1768480496789));
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    zones_release(&zones);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_many_choices),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
