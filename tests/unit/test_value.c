#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <math.h>

#include "base/currency.h"
#include "value/compare.h"
#include "value/date.h"
#include "value/duration.h"
#include "value/number.h"
#include "value/print.h"
#include "value/weight.h"

static struct arena arena;
static struct value_order order;

static const struct zone local = {.kind = ZONE_LOCAL, .name = STR_INIT("UTC")};
static const struct zone east = {.kind = ZONE_FIXED, .offset = 7200};
static const struct zone paris = {.kind = ZONE_NAMED,
                                  .name = STR_INIT("Europe/Paris")};

static void assert_str(struct str got, const char *want) {
    if (!str_eq(got, str_from(want)))
        fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

static const struct value *number(double n) {
    return value_of_number(&arena, n);
}

static const struct value *text(const char *s) {
    return value_of_text(&arena, str_from(s));
}

static const struct value *date_in(int64_t ms, const struct zone *z,
                                   int32_t offset) {
    return value_of_date(&arena,
                         (struct date){.ms = ms, .zone = z, .offset = offset});
}

static const struct value *list(size_t n, const struct value *const *items) {
    return value_of_list(&arena, items, n);
}

#define LIST(...)                                                              \
    list(sizeof((const struct value *[]){__VA_ARGS__}) / sizeof(void *),       \
         (const struct value *[]){__VA_ARGS__})

static const struct value *object(const char *key, const struct value *v,
                                  const char *key_b, const struct value *b) {
    struct value_member *m = arena_array(&arena, struct value_member, 2);

    m[0] = (struct value_member){str_from(key), v};
    m[1] = (struct value_member){str_from(key_b), b};
    return value_of_object(&arena, m, key_b == NULL ? 1 : 2);
}

static const struct value *link_to(enum value_link_kind kind, const char *path,
                                   const char *subpath, const char *display) {
    return value_of_link(&arena, (struct value_link){
                                     .kind = kind,
                                     .path = str_from(path),
                                     .has_subpath = subpath != NULL,
                                     .subpath = str_from(subpath),
                                     .has_display = display != NULL,
                                     .display = str_from(display),
                                 });
}

static const struct value *file_link(const char *path) {
    return link_to(VALUE_LINK_FILE, path, NULL, NULL);
}

static void test_numbers(void **state) {
    static const struct {
        double n;
        const char *script, *grouped;
    } rows[] = {
        {0, "0", "0"},
        {-0.0, "0", "-0"},
        {1, "1", "1"},
        {-42, "-42", "-42"},
        {0.1, "0.1", "0.1"},
        {0.1 + 0.2, "0.30000000000000004", "0.3"},
        {1.1, "1.1", "1.1"},
        {100, "100", "100"},
        {1234567, "1234567", "1,234,567"},
        {1234567.8915, "1234567.8915", "1,234,567.892"},
        {9007199254740993.0, "9007199254740992", "9,007,199,254,740,992"},
        {123456789012345680000.0, "123456789012345680000",
         "123,456,789,012,345,680,000"},
        {1e21, "1e+21", "1,000,000,000,000,000,000,000"},
        {1.5e300, "1.5e+300", NULL},
        {0.000001, "0.000001", "0"},
        {1e-7, "1e-7", "0"},
        {1.25e-9, "1.25e-9", "0"},
        {0.0006, "0.0006", "0.001"},
        {0.0005, "0.0005", "0.001"},
        {0.0004, "0.0004", "0"},
        {0.06, "0.06", "0.06"},
        {-0.0625, "-0.0625", "-0.063"},
        {1.0005, "1.0005", "1.001"},
        {999.9996, "999.9996", "1,000"},
        {0.9999, "0.9999", "1"},
        {5e-324, "5e-324", "0"},
        {DBL_MAX, "1.7976931348623157e+308", NULL},
        {DBL_MIN, "2.2250738585072014e-308", "0"},
        {0x1p-44, "5.684341886080802e-14", "0"}, /* uneven gaps */
        {HUGE_VAL, "Infinity", "∞"},
        {-HUGE_VAL, "-Infinity", "-∞"},
        {NAN, "NaN", "NaN"},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&b);
        number_add(&b, rows[i].n);
        assert_str(buf_str(&b), rows[i].script);
        if (rows[i].grouped == NULL)
            continue;
        buf_reset(&b);
        number_add_grouped(&b, rows[i].n);
        assert_str(buf_str(&b), rows[i].grouped);
    }
    buf_release(&b);
}

static void test_round(void **state) {
    static const struct {
        double n, digits, want;
    } rows[] = {
        {16.555555, 0, 17},
        {16.555555, 2, 16.56},
        {2.5, 0, 3},
        {-2.5, 0, -2},
        {-1.5, 0, -1},
        {0.5, 0, 1},
        {5.5, -1, 6},
        {1.005, 2, 1},
        {2.675, 2, 2.67},
        {1.45, 1, 1.4},
        {0.125, 2, 0.13},
        {-0.125, 2, -0.13},
        {999.9999, 2, 1000},
        {0.05, 1, 0.1},
        {1e22, 2, 1e22},
        {1234.5678, 200, 1234.5678},
        {-2.5, 0.5, -3},
        {5e-324, 3, 0},
        {0.49999999999999994, 0, 0},
        {HUGE_VAL, 2, HUGE_VAL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double got = number_round(rows[i].n, rows[i].digits);
        if (got != rows[i].want)
            fail_msg("round(%.17g, %g) is %.17g", rows[i].n, rows[i].digits,
                     got);
    }
    assert_true(isnan(number_round(NAN, 0)) && isnan(number_round(NAN, 2)));
}

static void test_find_number(void **state) {
    static const struct {
        const char *text;
        double want; /* NaN: none */
    } rows[] = {
        {"-3.5kg", -3.5}, {"x", NAN},     {"b2", 2}, {"1,250", 1},
        {".5", 5},        {"1e5", 1},     {"5.", 5}, {"a - 4", 4},
        {"--7", -7},      {"1.2.3", 1.2}, {"", NAN}, {"-", NAN},
    };
    double n;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bool found = number_find(str_from(rows[i].text), &n);
        if (found == isnan(rows[i].want) || (found && n != rows[i].want))
            fail_msg("%s", rows[i].text);
    }
}

static void test_currency(void **state) {
    static const struct {
        double n;
        const char *code, *want;
    } rows[] = {
        {123456.789, "EUR", "€123,456.79"},
        {123456.789, "JPY", "¥123,457"},
        {1234.5, "USD", "$1,234.50"},
        {0.125, "usd", "$0.13"},
        {0.135, "USD", "$0.14"},
        {-2, "EUR", "-€2.00"},
        {5, "XYZ",
         "XYZ\xc2\xa0"
         "5.00"},
        {1, "EURO", NULL},
        {1, "E1R", NULL},
        {1, "", NULL},
    };
    struct currency c = {0};
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bool known;

        buf_reset(&b);
        known = currency_add(&c, &b, rows[i].n, str_from(rows[i].code));
        assert_int_equal(known, rows[i].want != NULL);
        assert_str(buf_str(&b), rows[i].want);
    }
    currency_release(&c);
    buf_release(&b);
}

static void test_durations(void **state) {
    static const struct {
        struct duration d;
        const char *want;
    } rows[] = {
        {{{0, 0, 3, 5, 17, 30}}, "3 weeks, 5 days, 17 hours, 30 minutes"},
        {{{0, 0, 0, 28}}, "1 month"},
        {{{0, 0, 0, 30}}, "1 month, 2 days"},
        {{{0, 0, 0, -1, -6}}, "-1 day, -6 hours"},
        {{{0}}, ""},
        {{{0, 0, 0, 1, -24}}, ""},
        {{{1.5}}, "1 year, 6 months"},
        {{{0, 0, 0, 0, 1.1}}, "1 hour, 6 minutes"},
        {{{0, 0, 0, 0, 0, 90}}, "1 hour, 30 minutes"},
        {{{0, 0, 0, 0, 0, 0, 0, 1}}, "1 millisecond"},
        {{{0, 0, 0, 0, 0, 0, 1.0005}}, "1 second, 0.5 milliseconds"},
        {{{12345}}, "12,345 years"},
        {{{0, 14}}, "1 year, 2 months"},
        {{{0, 0, 0, 2, -1}}, "1 day, 23 hours"},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&b);
        duration_add(&b, &rows[i].d);
        assert_str(buf_str(&b), rows[i].want);
    }
    buf_release(&b);
    assert_true(duration_ms(&rows[0].d) == 2309400000.0);
}

static void test_dates(void **state) {
    static const struct {
        const char *format, *want;
    } rows[] = {
        /* 2026-01-05T15:04:05.067 in UTC, a Monday */
        {"MMMM dd, yyyy", "January 05, 2026"},
        {"h:mm a - MMMM dd, yyyy", "3:04 PM - January 05, 2026"},
        {"yyyy-MM-dd HH:mm:ss.SSS", "2026-01-05 15:04:05.067"},
        {"S u uu uuu", "67 067 06 0"},
        {"s m h H hh", "5 4 3 15 03"},
        {"Z ZZ ZZZ ZZZZ z", "+0 +00:00 +0000 UTC UTC"},
        {"d c E ccc cccc ccccc EEE", "5 1 1 Mon Monday M Mon"},
        {"L M LLL LLLL LLLLL MMMMM", "1 1 Jan January J J"},
        {"y yy yyyyyy G", "2026 26 002026 AD"},
        {"kk kkkk W WW o ooo q qq", "26 2026 2 02 5 005 1 01"},
        {"x X", "1767625445067 1767625445"},
        {"D|DD|DDD|DDDD",
         "1/5/2026|Jan 5, 2026|January 5, 2026|Monday, January 5, 2026"},
        {"t T f", "3:04 PM 15:04 1/5/2026, 3:04 PM"},
        {"TT FF", "15:04:05 Jan 5, 2026, 3:04:05 PM"},
        {"fff", "January 5, 2026 at 3:04 PM UTC"},
        {"YYYY", "YYYY"},
        {"yyyyy", "yyyyy"},
        {"'day' d 'it''s", "day 5 its"},
        {"d''d 'open", "5'5 open"},
        {"", ""},
    };
    struct date d = {.ms = 1767625445067, .zone = &zone_utc};
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&b);
        date_format(&b, d, str_from(rows[i].format));
        assert_str(buf_str(&b), rows[i].want);
    }
    d.zone = &east;
    d.offset = 7200;
    buf_reset(&b);
    date_format(&b, d, STR("HH:mm Z ZZ z ZZZZ"));
    assert_str(buf_str(&b), "17:04 +2 +02:00 UTC+2 UTC+2");
    d.zone = &paris;
    d.offset = 5400;
    buf_reset(&b);
    date_format(&b, d, STR("HH:mm Z z"));
    assert_str(buf_str(&b), "16:34 +1:30 Europe/Paris");
    d.invalid = true;
    buf_reset(&b);
    date_format(&b, d, STR("yyyy"));
    assert_str(buf_str(&b), "Invalid DateTime");
    buf_release(&b);
}

static void test_weeks(void **state) {
    static const struct {
        int64_t days; /* since 1970-01-01 */
        int year, week, weekday, ordinal;
    } rows[] = {
        {0, 1970, 1, 4, 1},        /* 1970-01-01, Thursday */
        {-1, 1970, 1, 3, 365},     /* 1969-12-31 */
        {18627, 2020, 53, 4, 366}, /* 2020-12-31 */
        {18628, 2020, 53, 5, 1},   /* 2021-01-01 */
        {18631, 2021, 1, 1, 4},    /* 2021-01-04 */
        {19358, 2022, 52, 7, 1},   /* 2023-01-01 */
        {20088, 2025, 1, 2, 366},  /* 2024-12-31 */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct date_parts p = date_parts(
            (struct date){.ms = rows[i].days * 86400000, .zone = &zone_utc});
        assert_int_equal(p.week_year, rows[i].year);
        assert_int_equal(p.week, rows[i].week);
        assert_int_equal(p.weekday, rows[i].weekday);
        assert_int_equal(p.ordinal, rows[i].ordinal);
    }
    assert_int_equal(date_parts((struct date){.ms = -1, .zone = &zone_utc}).ms,
                     999);
}

static void test_iso(void **state) {
    struct buf b = {0};
    struct date d = {.ms = 1767571200000, .zone = &local};

    (void)state;
    date_add_iso(&b, d);
    buf_add_ch(&b, ' ');
    d.zone = &zone_utc;
    date_add_iso(&b, d);
    buf_add_ch(&b, ' ');
    d.zone = &east;
    d.offset = 7200;
    date_add_iso(&b, d);
    assert_str(buf_str(&b), "2026-01-05T00:00:00.000+00:00 "
                            "2026-01-05T00:00:00.000Z "
                            "2026-01-05T02:00:00.000+02:00");
    buf_release(&b);
}

static const struct value *rope_object(const struct value_record *r,
                                       struct arena *a) {
    struct value_member *m = arena_array(a, struct value_member, 1);

    m[0] = (struct value_member){STR("text"), value_of_text(a, r->text)};
    return value_of_object(a, m, 1);
}

static void test_print(void **state) {
    static const struct record_class rope = {.object = rope_object};
    const struct value *ab = LIST(text("a"), text("b"));
    struct value_link embed = {.path = STR("Ti|de.md"), .embed = true};
    const struct {
        const struct value *v;
        const char *want;
    } rows[] = {
        {&value_null, "\\-"},
        {&value_true, "true"},
        {&value_false, "false"},
        {text("as *is*"), "as *is*"},
        {number(1.10), "1.1"},
        {date_in(1767571200000, &local, 0), "January 05, 2026"},
        {date_in(1767571200999, &local, 0), "January 05, 2026"},
        {date_in(1767608400000, &local, 0), "10:20 AM - January 05, 2026"},
        {value_of_duration(&arena, (struct duration){{0, 0, 0, 1}}), "1 day"},
        {file_link("Projects/Lighthouse.md"),
         "[[Projects/Lighthouse.md|Lighthouse]]"},
        {link_to(VALUE_LINK_HEADER, "Projects/Lighthouse.md", "Tasks", NULL),
         "[[Projects/Lighthouse.md#Tasks|Lighthouse > Tasks]]"},
        {link_to(VALUE_LINK_BLOCK, "A.md", "q1", "see"), "[[A.md#^q1|see]]"},
        {value_of_link(&arena, embed), "![[Ti\\|de.md|Ti|de]]"},
        {ab, "a, b"},
        {LIST(number(1), ab, &value_null), "1, [a, b], \\-"},
        {list(0, NULL), ""},
        {object("k", text("v"), "list", ab), "{ k: v, list: [a, b] }"},
        {value_of_function(&arena, &arena), "<function>"},
        {value_of_pair(&arena, text("k"), ab), "k: a, b"},
        {value_of_external(&arena, STR("https://example.org"), STR("site")),
         "[site](https://example.org)"},
        {value_of_record(
             &arena,
             (struct value_record){.class = &rope, .text = STR("buy rope")}),
         "{ text: buy rope }"},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&b);
        value_print(&b, rows[i].v, &value_style_default);
        assert_str(buf_str(&b), rows[i].want);
    }
    buf_release(&b);
}

static void test_json(void **state) {
    const struct value *ab = LIST(text("a"), text("b\"<"));
    const struct {
        const struct value *v;
        const char *want;
    } rows[] = {
        {object("k", ab, "n", number(-1.5)),
         "{\"k\":[\"a\",\"b\\\"\\u003c\"],\"n\":-1.5}"},
        {LIST(&value_null, value_of_bool(true), value_of_bool(false)),
         "[null,true,false]"},
        {LIST(number(INFINITY), number(NAN)), "[null,null]"},
        {list(0, NULL), "[]"},
        {value_of_function(&arena, &arena), "null"},
    };
    struct buf b = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&b);
        value_add_json(&b, rows[i].v);
        assert_str(buf_str(&b), rows[i].want);
    }
    buf_release(&b);
}

static void test_order_of_kinds(void **state) {
    const struct value *items[] = {
        &value_null,
        list(0, NULL),
        &value_false,
        date_in(0, &local, 0),
        value_of_duration(&arena, (struct duration){{1}}),
        value_of_function(&arena, NULL),
        file_link("x"),
        number(7),
        object("a", &value_null, NULL, NULL),
        text(""),
        value_of_pair(&arena, &value_null, &value_null),
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(items); i++)
        for (size_t k = 0; k < ARRAY_LEN(items); k++)
            assert_int_equal(value_compare(&order, items[i], items[k]),
                             (i > k) - (i < k));
}

static void test_order_of_text(void **state) {
    /* each before the next */
    static const char *const words[] = {
        "",  " ", "_", "-",   ",",   "(",  "*",  "#", "~",  "$",     "10",
        "9", "a", "A", "a b", "a10", "a2", "ab", "b", "B",  "co-op", "coop",
        "e", "é", "f", "ss",  "ß",   "z",  "α",  "Я", "漢",
    };

    (void)state;
    for (size_t i = 0; i + 1 < ARRAY_LEN(words); i++) {
        struct str a = str_from(words[i]), b = str_from(words[i + 1]);
        struct str ka = collator_key(order.collator, &arena, a);
        struct str kb = collator_key(order.collator, &arena, b);

        if (value_compare(&order, text(words[i]), text(words[i + 1])) != -1)
            fail_msg("\"%s\" is not before \"%s\"", words[i], words[i + 1]);
        assert_int_equal(
            value_compare(&order, text(words[i + 1]), text(words[i])), 1);
        assert_true(str_cmp(ka, kb) < 0);
    }
    assert_true(value_equal(&order, text("caf\xc3\xa9"), text("cafe\xcc\x81")));
    assert_false(value_equal(&order, text("a"), text("A")));
}

/* The printable ASCII characters as JavaScript orders them. */
static void test_order_of_ascii(void **state) {
    static const char order_of[] =
        " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789"
        "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvV"
        "wWxXyYzZ";

    (void)state;
    for (size_t i = 0; i + 2 < sizeof order_of; i++)
        if (collator_compare(order.collator, str_make(order_of + i, 1),
                             str_make(order_of + i + 1, 1)) != -1)
            fail_msg("%c is not before %c", order_of[i], order_of[i + 1]);
    assert_int_equal(sizeof order_of - 1, 0x7f - 0x20);
}

static void test_compare(void **state) {
    const struct value *day =
        value_of_duration(&arena, (struct duration){{0, 0, 0, 1}});
    const struct value *hours =
        value_of_duration(&arena, (struct duration){{0, 0, 0, 0, 24}});
    const struct {
        const struct value *a, *b;
        int ab, ba;
    } rows[] = {
        {&value_null, &value_null, 0, 0},
        {&value_false, &value_true, -1, 1},
        {number(2), number(10), -1, 1},
        {number(NAN), number(NAN), 1, 1},
        {number(1), text("1"), -1, 1},
        {date_in(5, &local, 0), date_in(6, &local, 0), -1, 1},
        {date_in(5, &local, 0), date_in(5, &local, 0), 0, 0},
        {date_in(5, &local, 0), date_in(5, &zone_utc, 0), 1, 1},
        {date_in(5, &zone_utc, 0), date_in(5, &east, 7200), 1, 1},
        {date_in(5, &paris, 0), date_in(5, &paris, 0), 0, 0},
        {day, hours, 1, 1},
        {day, value_of_duration(&arena, *day->as.duration), 0, 0},
        {LIST(number(1)), LIST(number(1), number(2)), -1, 1},
        {LIST(number(2)), LIST(number(1), number(2)), 1, -1},
        {list(0, NULL), list(0, NULL), 0, 0},
        {object("a", number(1), "b", number(2)),
         object("b", number(2), "a", number(1)), 0, 0},
        {object("a", number(1), "b", number(2)),
         object("b", number(1), "a", number(1)), 1, -1},
        {object("a", number(9), NULL, NULL),
         object("a", number(1), "b", number(1)), -1, 1},
        {object("a", number(9), NULL, NULL), object("b", number(1), NULL, NULL),
         -1, 1},
        {file_link("A"), file_link("B"), -1, 1},
        {file_link("A"), link_to(VALUE_LINK_FILE, "A", NULL, "shown"), 0, 0},
        {file_link("A"), link_to(VALUE_LINK_HEADER, "A", "H", NULL), -1, 1},
        {file_link("A"), link_to(VALUE_LINK_BLOCK, "A", "H", NULL), 1, -1},
        {link_to(VALUE_LINK_HEADER, "A", "H", NULL),
         link_to(VALUE_LINK_HEADER, "A", "I", NULL), -1, 1},
        {value_of_record(&arena, (struct value_record){.order = 1}),
         value_of_record(&arena, (struct value_record){.order = 2}), -1, 1},
        {value_of_record(&arena, (struct value_record){.order = 1}),
         object("a", number(9), NULL, NULL), 1, -1},
        {value_of_function(&arena, &arena), value_of_function(&arena, NULL), 0,
         0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (value_compare(&order, rows[i].a, rows[i].b) != rows[i].ab ||
            value_compare(&order, rows[i].b, rows[i].a) != rows[i].ba)
            fail_msg("row %zu", i);
    }
}

static struct str add_folder(const void *context, struct str path) {
    if (str_eq(path, STR("Lighthouse")))
        return str_from(context);
    return path;
}

static void test_resolved_links(void **state) {
    struct value_order resolving = order;
    const struct value *a = file_link("Lighthouse");
    const struct value *b = file_link("Projects/Lighthouse.md");

    (void)state;
    resolving.resolve = add_folder;
    resolving.context = "Projects/Lighthouse.md";
    assert_int_equal(value_compare(&order, a, b), -1);
    assert_true(value_equal(&resolving, a, b));
    /* not inside a list */
    assert_false(value_equal(&resolving, LIST(a), LIST(b)));
}

/* [[…, …], [the same, the same]], so many levels of it. */
static const struct value *doubled(size_t levels) {
    const struct value *v = number(1);

    while (levels-- > 0) {
        const struct value **both =
            arena_array(&arena, const struct value *, 2);

        both[0] = both[1] = v;
        v = list(2, both);
    }
    return v;
}

static void test_weight(void **state) {
    const struct {
        const struct value *v;
        size_t want;
    } rows[] = {
        {&value_null, 1},
        {text("four"), 5},
        {LIST(text("ab"), number(1)), 5},
        {object("key", text("v"), NULL, NULL), 6},
        {link_to(VALUE_LINK_HEADER, "A.md", "H", "see"), 9},
        {value_of_pair(&arena, text("a"), number(1)), 4},
        {value_of_record(&arena, (struct value_record){.order = 1}), 11},
        {doubled(5), 63},
        {doubled(60), 1001}, /* no further than asked */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_int_equal(value_weight(rows[i].v, 10, 1000), rows[i].want);
}

/* Where the steps end all else is equal. */
static void test_steps(void **state) {
    size_t steps = 1000;
    struct value_order few = order;

    (void)state;
    few.steps = &steps;
    assert_int_equal(value_compare(&few, doubled(3), doubled(3)), 0);
    assert_int_equal(steps, 1000 - 15);
    assert_int_equal(value_compare(&few, number(1), number(2)), -1);
    assert_int_equal(value_compare(&few, doubled(60), doubled(60)), 0);
    assert_int_equal(steps, 0);
    assert_int_equal(value_compare(&few, LIST(number(1)), LIST(number(2))), 0);
}

static void test_truth(void **state) {
    const struct {
        const struct value *v;
        bool want;
    } rows[] = {
        {&value_null, false},
        {&value_true, true},
        {&value_false, false},
        {number(0), false},
        {number(NAN), true},
        {text(""), false},
        {text("0"), true},
        {date_in(0, &local, 0), false},
        {date_in(1, &local, 0), true},
        {value_of_duration(&arena, (struct duration){{0}}), false},
        {value_of_duration(&arena, (struct duration){{0, 1}}), true},
        {file_link(""), false},
        {file_link("a"), true},
        {list(0, NULL), false},
        {LIST(&value_null), true},
        {object("a", &value_null, NULL, NULL), true},
        {value_of_object(&arena, NULL, 0), false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (value_truthy(rows[i].v) != rows[i].want)
            fail_msg("row %zu", i);
}

static void test_deep(void **state) {
    const struct value *deep = number(1), *other = number(2);
    struct buf b = {0};

    (void)state;
    for (int i = 0; i < 100000; i++) {
        const struct value **one = arena_array(&arena, const struct value *, 2);
        one[0] = deep;
        one[1] = other;
        deep = value_of_list(&arena, one, 1);
        other = value_of_list(&arena, one + 1, 1);
    }
    assert_int_equal(value_compare(&order, deep, other), 0);
    value_print(&b, deep, &value_style_default);
    assert_int_equal(b.len, 2 * VALUE_MAX_DEPTH + strlen("…"));
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_find_number),
        cmocka_unit_test(test_currency),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_weeks),
        cmocka_unit_test(test_iso),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_order_of_kinds),
        cmocka_unit_test(test_order_of_text),
        cmocka_unit_test(test_order_of_ascii),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_resolved_links),
        cmocka_unit_test(test_weight),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_truth),
        cmocka_unit_test(test_deep),
    };
    struct collator *collator = collator_new(STR("en"));
    int failed;

    arena_init(&arena);
    order.collator = collator;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    collator_free(collator);
    return failed;
}
