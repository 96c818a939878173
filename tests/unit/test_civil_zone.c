#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/civil_zone.h"

static void test_known(void **state) {
    static const struct {
        struct str name;
        bool known;
    } cases[] = {
        {STR_INIT(""), true},
        {STR_INIT("UTC"), true},
        {STR_INIT("Europe/Vienna"), true},
        {STR_INIT("America/Argentina/Buenos_Aires"), true},
        {STR_INIT("Etc/GMT+5"), true},
        {STR_INIT("Europe"), false},
        {STR_INIT("Europe/Atlantis"), false},
        {STR_INIT("GMT+25:00"), false},
        {STR_INIT("GMT+03:30"), false},
        {STR_INIT("../etc/passwd"), false},
        {STR_INIT("Europe/Vi\xC3\xA9nne"), false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(civil_zone_known(cases[i].name), cases[i].known);
}

static void test_days(void **state) {
    static const struct {
        struct str zone, instant;
        int32_t offset;
        struct civil_date day;
    } cases[] = {
        {STR_INIT("UTC"), STR_INIT("2024-06-30T23:59:59Z"), 0, {2024, 6, 30}},
        {STR_INIT("Europe/Vienna"),
         STR_INIT("2024-06-30T22:00:00Z"),
         7200,
         {2024, 7, 1}},
        {STR_INIT("Europe/Vienna"),
         STR_INIT("2024-12-31T22:59:59Z"),
         3600,
         {2024, 12, 31}},
        {STR_INIT("Europe/Vienna"),
         STR_INIT("2024-03-31T00:59:59Z"),
         3600,
         {2024, 3, 31}},
        {STR_INIT("Europe/Vienna"),
         STR_INIT("2024-03-31T01:00:00Z"),
         7200,
         {2024, 3, 31}},
        {STR_INIT("Asia/Kathmandu"),
         STR_INIT("2024-01-01T18:15:00Z"),
         20700,
         {2024, 1, 2}},
        {STR_INIT("Pacific/Pago_Pago"),
         STR_INIT("2024-01-01T10:59:59Z"),
         -39600,
         {2023, 12, 31}},
        {STR_INIT("Nowhere/At_all"),
         STR_INIT("2024-01-01T10:59:59Z"),
         0,
         {2024, 1, 1}},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct civil_zone z;
        struct civil_instant t;
        struct civil_date day;
        civil_zone_init(&z, cases[i].zone);
        assert_true(civil_parse_today(cases[i].instant, &t));
        assert_int_equal(civil_zone_offset(&z, t.seconds), cases[i].offset);
        day = civil_zone_date(&z, t.seconds);
        assert_int_equal(civil_days(day), civil_days(cases[i].day));
        civil_zone_release(&z);
    }
}

/* Noon is that day's, wherever it is. */
static void test_noon(void **state) {
    static const struct str zones[] = {
        STR_INIT("UTC"), STR_INIT("Pacific/Kiritimati"),
        STR_INIT("Pacific/Pago_Pago"), STR_INIT("Europe/Vienna"),
        STR_INIT("Asia/Kathmandu")};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
        struct civil_zone z;
        civil_zone_init(&z, zones[i]);
        for (int64_t day = 19700; day < 20100; day++) {
            int64_t noon = civil_zone_noon(&z, civil_from_days(day));
            int64_t there = noon + civil_zone_offset(&z, noon);
            assert_int_equal(there, day * 86400 + 43200);
        }
        civil_zone_release(&z);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_noon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
