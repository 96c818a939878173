#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "query/tasks/date_phrase.h"

/* The days that are found on a day, as `2026-01-10 2026-01-16`, one for a range
 * of a single day, "" where nothing is understood. */
static void assert_days(struct str today, struct str keyword, struct str text,
                        struct str expected) {
    struct civil_date day;
    struct date_range range;
    struct buf found = {0};

    assert_true(civil_parse_date(today, &day));
    if (date_phrase(day, keyword, text, &range)) {
        civil_add_date(&found, range.begin);
        if (civil_days(range.begin) != civil_days(range.end)) {
            buf_add_str(&found, STR(" "));
            civil_add_date(&found, range.end);
        }
    }
    if (!str_eq(buf_str(&found), expected))
        fail_msg("%.*s, on %.*s: %.*s instead of %.*s", STR_ARG(text),
                 STR_ARG(today), STR_ARG(buf_str(&found)), STR_ARG(expected));
    buf_release(&found);
}

static void test_periods(void **state) {
    static const struct {
        struct str today, text, days;
    } cases[] = {
        {STR_INIT("2026-01-15"), STR_INIT("this week"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("2026-01-15"), STR_INIT("last week"),
         STR_INIT("2026-01-05 2026-01-11")},
        {STR_INIT("2026-01-15"), STR_INIT("next week"),
         STR_INIT("2026-01-19 2026-01-25")},
        {STR_INIT("2026-01-18"), STR_INIT("this week"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("2026-01-19"), STR_INIT("this week"),
         STR_INIT("2026-01-19 2026-01-25")},
        {STR_INIT("2026-01-15"), STR_INIT("this month"),
         STR_INIT("2026-01-01 2026-01-31")},
        {STR_INIT("2026-01-15"), STR_INIT("last month"),
         STR_INIT("2025-12-01 2025-12-31")},
        {STR_INIT("2025-12-31"), STR_INIT("next month"),
         STR_INIT("2026-01-01 2026-01-31")},
        {STR_INIT("2024-03-31"), STR_INIT("last month"),
         STR_INIT("2024-02-01 2024-02-29")},
        {STR_INIT("2026-01-15"), STR_INIT("this quarter"),
         STR_INIT("2026-01-01 2026-03-31")},
        {STR_INIT("2026-01-15"), STR_INIT("last quarter"),
         STR_INIT("2025-10-01 2025-12-31")},
        {STR_INIT("2026-11-15"), STR_INIT("next quarter"),
         STR_INIT("2027-01-01 2027-03-31")},
        {STR_INIT("2026-06-30"), STR_INIT("this quarter"),
         STR_INIT("2026-04-01 2026-06-30")},
        {STR_INIT("2026-01-15"), STR_INIT("this year"),
         STR_INIT("2026-01-01 2026-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT("last year"),
         STR_INIT("2025-01-01 2025-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT("next year"),
         STR_INIT("2027-01-01 2027-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT("this weekend"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("2026-01-15"), STR_INIT("this week or next week"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("2026-01-15"), STR_INIT("friday next week"),
         STR_INIT("2026-01-19 2026-01-25")},
        {STR_INIT("2026-01-15"), STR_INIT(" this week"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("2026-01-15"), STR_INIT("this   week"),
         STR_INIT("2026-01-11")},
        {STR_INIT("2026-01-15"), STR_INIT("This week"), STR_INIT("2026-01-11")},
        {STR_INIT("2026-01-15"), STR_INIT("this fortnight"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2026"),
         STR_INIT("2026-01-01 2026-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT(" 2025 "),
         STR_INIT("2025-01-01 2025-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT("2025-Q4"),
         STR_INIT("2025-10-01 2025-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT("2025-Q5"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2025-q4"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2025-12"),
         STR_INIT("2025-12-01 2025-12-31")},
        {STR_INIT("2026-01-15"), STR_INIT("2024-02"),
         STR_INIT("2024-02-01 2024-02-29")},
        {STR_INIT("2026-01-15"), STR_INIT("2026-00"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2026-13"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2026-W03"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("2026-01-15"), STR_INIT("2025-W01"),
         STR_INIT("2024-12-30 2025-01-05")},
        {STR_INIT("2026-01-15"), STR_INIT("2026-W53"),
         STR_INIT("2026-12-28 2027-01-03")},
        {STR_INIT("2026-01-15"), STR_INIT("2025-W53"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2026-W00"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("2026-W3"), STR_INIT("")},
        {STR_INIT("2026-01-15"), STR_INIT("20266"), STR_INIT("")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_days(cases[i].today, STR(""), cases[i].text, cases[i].days);
}

/* A Thursday; the results are those of the plugin's reader. */
static void test_found(void **state) {
    static const struct {
        struct str text, days;
    } cases[] = {
        {STR_INIT("now"), STR_INIT("2026-01-15")},
        {STR_INIT("today"), STR_INIT("2026-01-15")},
        {STR_INIT("tonight"), STR_INIT("2026-01-15")},
        {STR_INIT("tomorrow"), STR_INIT("2026-01-16")},
        {STR_INIT("TOMORROW"), STR_INIT("2026-01-16")},
        {STR_INIT("tmr"), STR_INIT("2026-01-16")},
        {STR_INIT("tmrw"), STR_INIT("2026-01-16")},
        {STR_INIT("yesterday"), STR_INIT("2026-01-14")},
        {STR_INIT("last night"), STR_INIT("2026-01-14")},
        {STR_INIT("noon"), STR_INIT("2026-01-15")},
        {STR_INIT("midnight"), STR_INIT("2026-01-16")},
        {STR_INIT("5pm"), STR_INIT("2026-01-15")},
        {STR_INIT("at 10:00"), STR_INIT("2026-01-15")},
        {STR_INIT("10:00"), STR_INIT("2026-01-15")},
        {STR_INIT("24:00"), STR_INIT("")},
        {STR_INIT("10"), STR_INIT("")},
        {STR_INIT("at 1730"), STR_INIT("")},
        {STR_INIT("tomorrow at noon"), STR_INIT("2026-01-16")},
        {STR_INIT("tomorrow midnight"), STR_INIT("2026-01-16")},
        {STR_INIT("11pm tomorrow"), STR_INIT("2026-01-16")},
        {STR_INIT("noon tomorrow"), STR_INIT("2026-01-15")},
        {STR_INIT("2026-01-10T24:00"), STR_INIT("")},
        {STR_INIT("2026-01-10T23:59:59-05:00"), STR_INIT("2026-01-11")},
        {STR_INIT("2026-1-5"), STR_INIT("2026-01-05")},
        {STR_INIT("2026-01-5"), STR_INIT("2026-01-05")},
        {STR_INIT("2026/1/5"), STR_INIT("2026-01-05")},
        {STR_INIT("2026.1.5"), STR_INIT("2026-01-05")},
        {STR_INIT("2026 jan 5"), STR_INIT("2026-01-05")},
        {STR_INIT("2026.Jan.5"), STR_INIT("2026-01-05")},
        {STR_INIT("2026-13-01"), STR_INIT("")},
        {STR_INIT("2026-02-29"), STR_INIT("")},
        {STR_INIT("2024-02-29"), STR_INIT("2024-02-29")},
        {STR_INIT("12026-01-15"), STR_INIT("")},
        {STR_INIT("1/16/2026"), STR_INIT("2026-01-16")},
        {STR_INIT("16/1/2026"), STR_INIT("2026-01-16")},
        {STR_INIT("1-16-2026"), STR_INIT("2026-01-16")},
        {STR_INIT("16.1.2026"), STR_INIT("2026-01-16")},
        {STR_INIT("1/16"), STR_INIT("2026-01-16")},
        {STR_INIT("16/1"), STR_INIT("2026-01-16")},
        {STR_INIT("12/31"), STR_INIT("2025-12-31")},
        {STR_INIT("7/16"), STR_INIT("2026-07-16")},
        {STR_INIT("7/17"), STR_INIT("2025-07-17")},
        {STR_INIT("13/13"), STR_INIT("2026-03-13")},
        {STR_INIT("1.16"), STR_INIT("")},
        {STR_INIT("1-16"), STR_INIT("")},
        {STR_INIT("1/16/26"), STR_INIT("2026-01-16")},
        {STR_INIT("1/16/50"), STR_INIT("2050-01-16")},
        {STR_INIT("1/16/51"), STR_INIT("1951-01-16")},
        {STR_INIT("1/2026"), STR_INIT("2026-01-01")},
        {STR_INIT("13/2026"), STR_INIT("")},
        {STR_INIT("1.2.26"), STR_INIT("")},
        {STR_INIT("01.2.26"), STR_INIT("2026-01-02")},
        {STR_INIT("11.12.26"), STR_INIT("2026-11-12")},
        {STR_INIT("1.2.2026"), STR_INIT("2026-01-02")},
        {STR_INIT("2/30/2026"), STR_INIT("")},
        {STR_INIT("14th"), STR_INIT("")},
        {STR_INIT("2 weeks"), STR_INIT("")},
        {STR_INIT("end of month"), STR_INIT("")},
        {STR_INIT("weekend"), STR_INIT("")},
        {STR_INIT("202601"), STR_INIT("")},
        {STR_INIT("20260115"), STR_INIT("")},
        {STR_INIT("January"), STR_INIT("2026-01-01")},
        {STR_INIT("jan"), STR_INIT("")},
        {STR_INIT("in jan"), STR_INIT("2026-01-01")},
        {STR_INIT("jan."), STR_INIT("2026-01-01")},
        {STR_INIT("may"), STR_INIT("2026-05-01")},
        {STR_INIT("in march"), STR_INIT("2026-03-01")},
        {STR_INIT("jan 2026"), STR_INIT("2026-01-01")},
        {STR_INIT("july 2026"), STR_INIT("2026-07-01")},
        {STR_INIT("december"), STR_INIT("2025-12-01")},
        {STR_INIT("15 jul"), STR_INIT("2026-07-15")},
        {STR_INIT("16 jul"), STR_INIT("2026-07-16")},
        {STR_INIT("17 jul"), STR_INIT("2025-07-17")},
        {STR_INIT("31st december"), STR_INIT("2025-12-31")},
        {STR_INIT("15th of january"), STR_INIT("2026-01-15")},
        {STR_INIT("twelfth of january"), STR_INIT("2026-01-12")},
        {STR_INIT("twenty-first of january"), STR_INIT("2026-01-21")},
        {STR_INIT("january twelfth"), STR_INIT("2026-01-12")},
        {STR_INIT("jan 12th, 2026"), STR_INIT("2026-01-12")},
        {STR_INIT("jan 12 26"), STR_INIT("2026-01-12")},
        {STR_INIT("12 jan 1200"), STR_INIT("1200-01-12")},
        {STR_INIT("25-dec-2025"), STR_INIT("2025-12-25")},
        {STR_INIT("25/dec/2025"), STR_INIT("2025-12-25")},
        {STR_INIT("Jan/5/2026"), STR_INIT("2026-01-05")},
        {STR_INIT("5Jan2026"), STR_INIT("2026-01-05")},
        {STR_INIT("29 feb"), STR_INIT("")},
        {STR_INIT("29 feb 2024"), STR_INIT("2024-02-29")},
        {STR_INIT("30 feb"), STR_INIT("")},
        {STR_INIT("32 dec"), STR_INIT("")},
        {STR_INIT("2 of may, 45 BC"), STR_INIT("-0045-05-02")},
        {STR_INIT("jan 2569 BE"), STR_INIT("2026-01-01")},
        {STR_INIT("may 2055"), STR_INIT("2055-05-01")},
        {STR_INIT("10 - 14 march"), STR_INIT("2026-03-10")},
        {STR_INIT("10-14 march"), STR_INIT("2026-03-10")},
        {STR_INIT("march 10 to 14, 2026"), STR_INIT("2026-03-10")},
        {STR_INIT("30 - 31 april"), STR_INIT("")},
        {STR_INIT("10 Jan 2026 to 16 Jan 2026"), STR_INIT("2026-01-10")},
        {STR_INIT("10 jan 2026 16 jan 2026"),
         STR_INIT("2026-01-10 2026-01-16")},
        {STR_INIT("between 10 march and 14 march"),
         STR_INIT("2026-03-10 2026-03-14")},
        {STR_INIT("25 dec to 3 jan 2026"), STR_INIT("2026-01-03")},
        {STR_INIT("20 jan to 10 jan"), STR_INIT("2026-01-10")},
        {STR_INIT("2026-01-10-2026-01-16"), STR_INIT("2026-01-10")},
        {STR_INIT("sunday"), STR_INIT("2026-01-18")},
        {STR_INIT("monday"), STR_INIT("2026-01-12")},
        {STR_INIT("thursday"), STR_INIT("2026-01-15")},
        {STR_INIT("mon."), STR_INIT("2026-01-12")},
        {STR_INIT("thurs"), STR_INIT("2026-01-15")},
        {STR_INIT("tues"), STR_INIT("")},
        {STR_INIT("this sunday"), STR_INIT("2026-01-11")},
        {STR_INIT("this friday"), STR_INIT("2026-01-16")},
        {STR_INIT("next sunday"), STR_INIT("2026-01-18")},
        {STR_INIT("next friday"), STR_INIT("2026-01-23")},
        {STR_INIT("last friday"), STR_INIT("2026-01-09")},
        {STR_INIT("past monday"), STR_INIT("2026-01-05")},
        {STR_INIT("on next friday"), STR_INIT("2026-01-23")},
        {STR_INIT("friday next  week"), STR_INIT("2026-01-23")},
        {STR_INIT("friday last  week"), STR_INIT("2026-01-09")},
        {STR_INIT("friday, next  week"), STR_INIT("2026-01-23")},
        {STR_INIT("(friday)"), STR_INIT("2026-01-16")},
        {STR_INIT("fridays"), STR_INIT("")},
        {STR_INIT("friday 16 january 2026"), STR_INIT("2026-01-16")},
        {STR_INIT("monday 16 jan"), STR_INIT("2026-01-16")},
        {STR_INIT("friday, 1/20"), STR_INIT("2026-01-20")},
        {STR_INIT("monday to friday"), STR_INIT("2026-01-12")},
        {STR_INIT("friday to monday"), STR_INIT("2026-01-09")},
        {STR_INIT("saturday - tuesday"), STR_INIT("2026-01-10")},
        {STR_INIT("monday to last friday"), STR_INIT("2026-01-05")},
        {STR_INIT("monday friday"), STR_INIT("2026-01-12 2026-01-16")},
        {STR_INIT("in 3 days"), STR_INIT("2026-01-18")},
        {STR_INIT("in three days"), STR_INIT("2026-01-18")},
        {STR_INIT("in a week"), STR_INIT("2026-01-22")},
        {STR_INIT("in 13 hours"), STR_INIT("2026-01-16")},
        {STR_INIT("in 1.5 days"), STR_INIT("2026-01-17")},
        {STR_INIT("in 0.4 days"), STR_INIT("2026-01-15")},
        {STR_INIT("in 1.5 weeks"), STR_INIT("2026-01-26")},
        {STR_INIT("in 1.5 months"), STR_INIT("2026-02-15")},
        {STR_INIT("in 1.5 quarters"), STR_INIT("2026-05-15")},
        {STR_INIT("in half a day"), STR_INIT("2026-01-16")},
        {STR_INIT("in a few days"), STR_INIT("2026-01-18")},
        {STR_INIT("in a couple of weeks"), STR_INIT("2026-01-29")},
        {STR_INIT("in several days"), STR_INIT("2026-01-22")},
        {STR_INIT("in about 3 days"), STR_INIT("2026-01-18")},
        {STR_INIT("in 3days"), STR_INIT("2026-01-18")},
        {STR_INIT("in 3 dayss"), STR_INIT("")},
        {STR_INIT("in 3 fortnights"), STR_INIT("")},
        {STR_INIT("in 3 quarters"), STR_INIT("2026-10-15")},
        {STR_INIT("in 3 yrs"), STR_INIT("")},
        {STR_INIT("in 3 yr"), STR_INIT("2029-01-15")},
        {STR_INIT("within a week"), STR_INIT("2026-01-22")},
        {STR_INIT("for 3 days"), STR_INIT("2026-01-18")},
        {STR_INIT("3 days ago"), STR_INIT("2026-01-12")},
        {STR_INIT("a day ago"), STR_INIT("2026-01-14")},
        {STR_INIT("1.5 days ago"), STR_INIT("2026-01-14")},
        {STR_INIT("1.5 weeks ago"), STR_INIT("2026-01-05")},
        {STR_INIT("0.5 months ago"), STR_INIT("2026-01-15")},
        {STR_INIT("2.5 years ago"), STR_INIT("2023-01-15")},
        {STR_INIT("half a year ago"), STR_INIT("2025-01-15")},
        {STR_INIT("36 hours ago"), STR_INIT("2026-01-14")},
        {STR_INIT("3 days before"), STR_INIT("2026-01-12")},
        {STR_INIT("3 days earlier"), STR_INIT("2026-01-12")},
        {STR_INIT("3 days later"), STR_INIT("2026-01-18")},
        {STR_INIT("3 days after"), STR_INIT("2026-01-18")},
        {STR_INIT("3 days from now"), STR_INIT("2026-01-18")},
        {STR_INIT("3 days out"), STR_INIT("2026-01-18")},
        {STR_INIT("3 days from tomorrow"), STR_INIT("2026-01-16")},
        {STR_INIT("3 days after tomorrow"), STR_INIT("2026-01-19")},
        {STR_INIT("1 week before 31 apr"), STR_INIT("2026-04-24")},
        {STR_INIT("2 years before 2026-13-01"), STR_INIT("")},
        {STR_INIT("2 weeks before 5 feb"), STR_INIT("2026-01-22")},
        {STR_INIT("1 month after 31 jan 2026"), STR_INIT("2026-02-28")},
        {STR_INIT("1 month 2 days ago"), STR_INIT("2025-12-13")},
        {STR_INIT("1 month, 2 days ago"), STR_INIT("2025-12-13")},
        {STR_INIT("1 month and 2 days ago"), STR_INIT("2026-01-13")},
        {STR_INIT("1 day 1 day ago"), STR_INIT("2026-01-14")},
        {STR_INIT("in 2 weeks 3 days"), STR_INIT("2026-02-01")},
        {STR_INIT("last 3 days"), STR_INIT("2026-01-12")},
        {STR_INIT("next two weeks"), STR_INIT("2026-01-29")},
        {STR_INIT("after two days"), STR_INIT("2026-01-17")},
        {STR_INIT("+3 days"), STR_INIT("2026-01-18")},
        {STR_INIT("- 3 days"), STR_INIT("2026-01-12")},
        {STR_INIT("this 3 days"), STR_INIT("2026-01-18")},
        {STR_INIT("next  week"), STR_INIT("2026-01-22")},
        {STR_INIT("this  week"), STR_INIT("2026-01-11")},
        {STR_INIT("this  month"), STR_INIT("2026-01-01")},
        {STR_INIT("this  year"), STR_INIT("2026-01-01")},
        {STR_INIT("this  quarter"), STR_INIT("2026-01-15")},
        {STR_INIT("last  month"), STR_INIT("2025-12-15")},
        {STR_INIT("next  quarter"), STR_INIT("2026-04-15")},
        {STR_INIT("next  year"), STR_INIT("2027-01-15")},
        {STR_INIT("99999999999 days ago"), STR_INIT("")},
        {STR_INIT("tomorrow's"), STR_INIT("2026-01-16")},
        {STR_INIT("_tomorrow"), STR_INIT("")},
        {STR_INIT("5 and 6 january and 7 february"),
         STR_INIT("2026-01-06 2026-02-07")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_days(STR("2026-01-15"), STR(""), cases[i].text, cases[i].days);
}

static void test_other_days(void **state) {
    static const struct {
        struct str today, text, days;
    } cases[] = {
        {STR_INIT("2024-02-29"), STR_INIT("in 1 year"), STR_INIT("2025-02-28")},
        {STR_INIT("2024-02-29"), STR_INIT("a year ago"),
         STR_INIT("2023-02-28")},
        {STR_INIT("2024-02-29"), STR_INIT("1 month ago"),
         STR_INIT("2024-01-29")},
        {STR_INIT("2024-02-29"), STR_INIT("friday"), STR_INIT("2024-03-01")},
        {STR_INIT("2024-02-29"), STR_INIT("next sunday"),
         STR_INIT("2024-03-03")},
        {STR_INIT("2024-02-29"), STR_INIT("29 feb"), STR_INIT("2024-02-29")},
        {STR_INIT("2024-02-29"), STR_INIT("in 12 months"),
         STR_INIT("2025-02-28")},
        {STR_INIT("2024-02-29"), STR_INIT("29 feb 2025"), STR_INIT("")},
        {STR_INIT("2024-02-29"), STR_INIT("1 day ago"), STR_INIT("2024-02-28")},
        {STR_INIT("2024-02-29"), STR_INIT("30 august"), STR_INIT("2024-08-30")},
        {STR_INIT("2024-02-29"), STR_INIT("28 aug"), STR_INIT("2024-08-28")},
        {STR_INIT("2025-10-31"), STR_INIT("in 1 month"),
         STR_INIT("2025-11-30")},
        {STR_INIT("2025-10-31"), STR_INIT("next  month"),
         STR_INIT("2025-11-30")},
        {STR_INIT("2025-10-31"), STR_INIT("1 month 1 day ago"),
         STR_INIT("2025-09-29")},
        {STR_INIT("2025-10-31"), STR_INIT("1 day 1 month ago"),
         STR_INIT("2025-09-30")},
        {STR_INIT("2025-10-31"), STR_INIT("4 months ago"),
         STR_INIT("2025-06-30")},
        {STR_INIT("2025-10-31"), STR_INIT("next  quarter"),
         STR_INIT("2026-01-31")},
        {STR_INIT("2025-10-31"), STR_INIT("this sunday"),
         STR_INIT("2025-10-26")},
        {STR_INIT("2025-10-31"), STR_INIT("last saturday"),
         STR_INIT("2025-10-25")},
        {STR_INIT("2025-10-31"), STR_INIT("1 may"), STR_INIT("2026-05-01")},
        {STR_INIT("2025-10-31"), STR_INIT("2 may"), STR_INIT("2025-05-02")},
        {STR_INIT("2025-10-31"), STR_INIT("in 0.5 months"),
         STR_INIT("2025-10-31")},
        {STR_INIT("2026-03-01"), STR_INIT("wednesday"), STR_INIT("2026-03-04")},
        {STR_INIT("2026-03-01"), STR_INIT("thursday"), STR_INIT("2026-02-26")},
        {STR_INIT("2026-03-01"), STR_INIT("yesterday"), STR_INIT("2026-02-28")},
        {STR_INIT("2026-03-01"), STR_INIT("last  month"),
         STR_INIT("2026-02-01")},
        {STR_INIT("2026-03-01"), STR_INIT("0.5 months ago"),
         STR_INIT("2026-02-01")},
        {STR_INIT("2026-03-01"), STR_INIT("bare sunday"),
         STR_INIT("2026-03-01")},
        {STR_INIT("2026-03-01"), STR_INIT("sunday"), STR_INIT("2026-03-01")},
        {STR_INIT("2026-03-01"), STR_INIT("saturday"), STR_INIT("2026-02-28")},
        {STR_INIT("2026-03-01"), STR_INIT("last sunday"),
         STR_INIT("2026-02-22")},
        {STR_INIT("2026-03-01"), STR_INIT("1 week ago"),
         STR_INIT("2026-02-22")},
        {STR_INIT("2026-03-01"), STR_INIT("31 aug"), STR_INIT("2025-08-31")},
        {STR_INIT("2026-03-01"), STR_INIT("1 sep"), STR_INIT("2025-09-01")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_days(cases[i].today, STR(""), cases[i].text, cases[i].days);
}

/* What stood before the date is read with it where the date alone says nothing. */
static void test_keywords(void **state) {
    static const struct {
        struct str keyword, text, days;
    } cases[] = {
        {STR_INIT("in"), STR_INIT("3 days"), STR_INIT("2026-01-18")},
        {STR_INIT("in"), STR_INIT("2 weeks"), STR_INIT("2026-01-29")},
        {STR_INIT("after"), STR_INIT("two days"), STR_INIT("2026-01-17")},
        {STR_INIT("before"), STR_INIT("in two weeks"), STR_INIT("2026-01-29")},
        {STR_INIT("on"), STR_INIT("friday"), STR_INIT("2026-01-16")},
        {STR_INIT("in"), STR_INIT("jan"), STR_INIT("2026-01-01")},
        {STR_INIT("on"), STR_INIT("jan"), STR_INIT("")},
        {STR_INIT("after"), STR_INIT("1 week ago"), STR_INIT("2026-01-08")},
        {STR_INIT("in"), STR_INIT("the past"), STR_INIT("")},
        {STR_INIT("before"), STR_INIT("nonsense"), STR_INIT("")},
        {STR_INIT("in"), STR_INIT("2026-W03"),
         STR_INIT("2026-01-12 2026-01-18")},
        {STR_INIT("before"), STR_INIT("today and tomorrow"),
         STR_INIT("2026-01-15 2026-01-16")},
        {STR_INIT(""), STR_INIT("is 2026-01-15"), STR_INIT("2026-01-15")},
        {STR_INIT(""), STR_INIT("= today"), STR_INIT("2026-01-15")},
        {STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("in"), STR_INIT(""), STR_INIT("")},
        {STR_INIT("in or before"), STR_INIT("10"), STR_INIT("")},
        {STR_INIT("In"), STR_INIT("3 Days"), STR_INIT("2026-01-18")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_days(STR("2026-01-15"), cases[i].keyword, cases[i].text,
                    cases[i].days);
}

/* A text of any length is read once. */
static void test_long(void **state) {
    static const struct str parts[] = {
        STR_INIT("1 day "), STR_INIT("in "),   STR_INIT("1/"),
        STR_INIT("9"),      STR_INIT("next "), STR_INIT("may - "),
    };
    struct date_range range;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct buf text = {0};

        while (text.len < 100000)
            buf_add_str(&text, parts[i]);
        date_phrase((struct civil_date){2026, 1, 15}, STR("in"), buf_str(&text),
                    &range);
        buf_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods),    cmocka_unit_test(test_found),
        cmocka_unit_test(test_other_days), cmocka_unit_test(test_keywords),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
