#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "query/tasks/name_date.h"
#include "query/tasks/recurrence.h"
#include "query/tasks/task.h"
#include "query/tasks/task_tags.h"

/* --- one line --- */

struct line {
    struct arena arena;
    struct task task;
    struct buf text;
};

static struct str read_line(struct line *l, const char *body,
                            enum tasks_format format) {
    struct tasks_settings s = {.format = format};

    l->task = (struct task){0};
    task_read_body(&l->arena, str_from(body), &s, &l->task);
    buf_reset(&l->text);
    task_add_text(&l->text, &l->task, format);
    return buf_str(&l->text);
}

static void expect_lines(const char *const (*cases)[2], size_t n,
                         enum tasks_format format) {
    struct line l = {0};

    arena_init(&l.arena);
    for (size_t i = 0; i < n; i++) {
        struct str got = read_line(&l, cases[i][0], format);
        if (!str_eq(got, str_from(cases[i][1])))
            fail_msg("%s: want \"%s\", got \"%.*s\"", cases[i][0], cases[i][1],
                     STR_ARG(got));
    }
    buf_release(&l.text);
    arena_release(&l.arena);
}

/* What a line says, written again: fields in their own order, text as it was. */
static void test_emoji(void **state) {
    static const char *const cases[][2] = {
        {"", ""},
        {"plain", "plain"},
        {"⏫", " ⏫"},
        {"a 📅2026-01-05⏳2026-01-04", "a ⏳ 2026-01-04 📅 2026-01-05"},
        {"a 📅 2026-01-05 b", "a 📅 2026-01-05 b"},
        {"a 📅️ 2026-01-05", "a 📅 2026-01-05"},
        {"a 📅️️ 2026-01-05", "a 📅️️ 2026-01-05"},
        {"a ️ 2026-01-05", "a ️ 2026-01-05"},
        {"a 📅\t2026-01-05", "a 📅\t2026-01-05"},
        {"a 📅 20260105", "a 📅 20260105"},
        {"a 📅 2026-01-05\xc2\xa0✅ 2026-01-06", "a 📅 2026-01-05 ✅ 2026-01-06"},
        {"a 📅 0000-00-00", "a 📅 Invalid date"},
        {"a 🏁 KEEP", "a 🏁 keep"},
        {"a 🏁 never", "a"},
        {"a 🏁 delete 🏁 never", "a 🏁 delete"},
        {"a 🏁 never 🏁 delete", "a"},
        {"a 🔁 now and then", "a"},
        {"a 🔁 every day 🔁 often", "a 🔁 every day"},
        {"a 🔁 often 🔁 every day", "a"},
        {"a 🔁", "a 🔁"},
        {"a 🔁 every-day", "a 🔁 every-day"},
        {"a 🆔 x 🆔 y", "a 🆔 x"},
        {"a ⛔ x,y , z", "a ⛔ x,y,z"},
        {"a ⛔ x,,y", "a ⛔ x,,y"},
        {"a ⛔ ,x", "a ⛔ ,x"},
        /* A tag takes in a field that is tried behind it in the round. */
        {"a #t⏫", "a #t ⏫"},
        {"a #t⏫ ✅ 2026-01-06", "a #t⏫ ✅ 2026-01-06"},
        {"a #t⏫ 🆔 x", "a #t 🆔 x ⏫"},
        {"a #t⏫ 📅 2026-01-05", "a #t⏫ 📅 2026-01-05"},
        {"#a #b", "#a #b"},
        {"a  #b   #c", "a #b #c"},
        {"#b 📅 2026-01-05", "#b 📅 2026-01-05"},
        {"a ^x", "a ^x"},
        {"a #b ^x-1", "a #b ^x-1"},
        {"^x", "^x"},
        {"a ^x ^y", "a ^x ^y"},
        {"a  ^x", "a ^x"},
        {"a\t^x", "a\t^x"},
        {"a 📅 2026-01-05 ^", "a 📅 2026-01-05 ^"},
        {"a [due:: 2026-01-05]", "a [due:: 2026-01-05]"},
    };

    (void)state;
    expect_lines(cases, ARRAY_LEN(cases), TASKS_EMOJI);
}

static void test_brackets(void **state) {
    static const char *const cases[][2] = {
        {"", ""},
        {"]", "]"},
        {",", ","},
        {"[]", "[]"},
        {"[due::]", "[due::]"},
        {"[due:: 2026-01-05]", "  [due:: 2026-01-05]"},
        {"a (due::2026-01-05) ,", "a  [due:: 2026-01-05]"},
        {"a (due::2026-01-05],", "a (due::2026-01-05],"},
        {"a [due:: 2026-01-05],,", "a [due:: 2026-01-05],,"},
        {"a [due :: 2026-01-05]", "a [due :: 2026-01-05]"},
        {"a [due:: x] [id:: y]", "a [due:: x]  [id:: y]"},
        {"a [due:: 2026-13-05]", "a  [due:: Invalid date]"},
        {"a [priority:: highest] #b", "a #b  [priority:: highest]"},
        {"a [priority:: none]", "a [priority:: none]"},
        {"a [repeat:: every 2 days ]", "a  [repeat:: every 2 days]"},
        {"a [dependsOn:: x, y ]", "a  [dependsOn:: x,y]"},
        {"a [onCompletion:: Delete]", "a  [onCompletion:: delete]"},
        {"a ⏫", "a ⏫"},
    };

    (void)state;
    expect_lines(cases, ARRAY_LEN(cases), TASKS_DATAVIEW);
}

/* Of one field each round takes one. */
static void test_rounds(void **state) {
    struct line l = {0};
    struct buf body = {0};

    (void)state;
    arena_init(&l.arena);
    for (int i = 0; i < 24; i++)
        buf_add_str(&body, i > 0 ? STR(" ⏫") : STR("⏫"));
    read_line(&l, buf_cstr(&body), TASKS_EMOJI);
    assert_true(str_eq(l.task.description, STR("⏫ ⏫ ⏫")));
    buf_release(&body);
    buf_release(&l.text);
    arena_release(&l.arena);
}

/* Where nothing stands between them the text is a piece of the line. */
static void test_borrowed(void **state) {
    static const char body[] = "call them #a #b 📅 2026-01-05";
    struct line l = {0};

    (void)state;
    arena_init(&l.arena);
    read_line(&l, body, TASKS_EMOJI);
    assert_ptr_equal(l.task.description.p, body);
    assert_int_equal(l.task.ntags, 2);
    assert_int_equal(l.task.dates[TASK_DATE_DUE], 20458);
    assert_int_equal(l.task.dates[TASK_DATE_START], TASK_DAY_NONE);
    buf_release(&l.text);
    arena_release(&l.arena);
}

/* --- tags --- */

static void test_tags(void **state) {
    static const struct {
        const char *text, *tags;
    } cases[] = {
        {"", ""},
        {"#a", "#a;"},
        {"x #a y", "#a;"},
        {"x #a#b y", "#a;"},
        {"x#a (#b) ##c # d", ""},
        {"#a-1/b_c, #ü", "#a-1/b_c;#ü;"},
        {"x\xc2\xa0#a", "#a;"},
        /* Other white space than a blank is part of a tag. */
        {"#a\t#b", "#a;"},
        {"#g #a #g", "#a;"},
        {"#g/x", "#g/x;"},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct task t = {.description = str_from(cases[i].text)};
        struct buf got = {0};
        uint32_t n;
        const struct str *tags = task_tags_of(&a, t.description, STR("#g"), &n);

        for (uint32_t k = 0; k < n; k++) {
            buf_add_str(&got, tags[k]);
            buf_add_ch(&got, ';');
        }
        assert_string_equal(buf_cstr(&got), cases[i].tags);
        buf_release(&got);
    }
    arena_release(&a);
}

/* --- rules for repeating --- */

static void test_recurrence(void **state) {
    static const char *const cases[][2] = {
        {"every day", "every day"},
        {"Every 1 DAY", "every day"},
        {"everyday", "every day"},
        {"every 101 days", "every 101 day"},
        {"every day at 9 and 17", "every day at 9 and 17"},
        {"every day at noon", ""},
        {"every weekday", "every weekday"},
        {"every 2 weekdays", "every 2 weeks on weekdays"},
        {"every week on Sunday, Monday and Wed",
         "every week on Monday, Wednesday, Sunday"},
        {"every week on weekdays", "every weekday"},
        {"every week on mo tu", "every week on Monday"},
        {"every mo, tu, we, th, fr, sa, su", "every day"},
        {"every Monday", "every week on Monday"},
        {"every 2 Monday and Friday", "every 2 weeks on Monday, Friday"},
        {"every Monday and day", ""},
        {"every week in May on Monday", "every week in May on Monday"},
        {"every month on the last day", "every month on the last"},
        {"every month on the 31st, 1st, 2nd last and last",
         "every month on the 1st, 31st, last and 2nd last"},
        {"every month on the third Friday and first Monday",
         "every month on the 1st Monday and 3rd Friday"},
        {"every month on Monday and 2nd Friday",
         "every month on Monday and on the 2nd Friday"},
        /* One word alone parts two days. */
        {"every month on the first Monday and the third Friday",
         "every month on the 1st Monday"},
        {"every month on Friday the 13th", "every month on Friday the 13th"},
        {"every month on weekdays", "every month on weekdays"},
        {"every month on the 11th, 12th, 13th, 22nd, 23rd and 32nd",
         "every month on the 11th, 12th, 13th, 22nd, 23rd and 32th"},
        {"every 3 months in May", "every 3 months in May"},
        {"every month in May", "every May"},
        {"every year on the 400th", ""},
        {"every 2 years in January, Feb on 1st",
         "every 2 years January and February on the 1st"},
        {"every year in week 3, 9", "every year in weeks 3 and 9"},
        {"every year in week", ""},
        {"every Sept, and oct on the 15th",
         "every September and October on the 15th"},
        {"every 2 hours", "every 2 hours"},
        {"every minute", "every minute"},
        {"every week for 1 time", "every week for 1 time"},
        {"every week for ever", ""},
        {"every week until 1 June 2026", "every week until June 1, 2026"},
        {"every week until 2026 Feb 30", "every week until March 2, 2026"},
        {"every week until 2 3 26", "every week until February 3, 2026"},
        {"every week until June 2027", "every week until June 1, 2027"},
        {"every week until June 1st 2026", ""},
        {"every week until spring", ""},
        {"every week until 1 2 3 4", ""},
        {"every week til Dec 24 2026 when done",
         "every week until December 24, 2026 when done"},
        {"every week WHEN DONE", "every week when done"},
        {" when done", ""},
        {"every week!", "every week"},
        {"every fortnight", ""},
        {"every 0 days", ""},
        {"every 99999999999 days", ""},
        {"each day", ""},
        {"every", ""},
        {"", ""},
        {"every day.", ""},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str got = recurrence_read(&a, str_from(cases[i][0]));
        if (!str_eq(got, str_from(cases[i][1])))
            fail_msg("%s: want \"%s\", got \"%.*s\"", cases[i][0], cases[i][1],
                     STR_ARG(got));
    }
    arena_release(&a);
}

static void test_recurrence_room(void **state) {
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    buf_add_lit(&text, "every month on the 1st");
    for (int i = 1; i < RECURRENCE_MAX; i++)
        buf_add_lit(&text, ", 2nd");
    assert_true(recurrence_read(&a, buf_str(&text)).len > 0);
    buf_add_lit(&text, ", 3rd");
    assert_int_equal(recurrence_read(&a, buf_str(&text)).len, 0);
    buf_release(&text);
    arena_release(&a);
}

/* --- days in names --- */

static const struct civil_date today = {2026, 1, 15}; /* a Thursday */

static void expect_day(const char *what, bool found, struct civil_date d,
                       const char *wanted) {
    struct buf got = {0};

    if (found)
        civil_add_date(&got, d);
    if (!str_eq(buf_str(&got), str_from(wanted)))
        fail_msg("%s: want \"%s\", got \"%.*s\"", what, wanted,
                 STR_ARG(buf_str(&got)));
    buf_release(&got);
}

static void test_formats(void **state) {
    static const char *const cases[][3] = {
        {"2026-01-05", "YYYY-MM-DD", "2026-01-05"},
        {"2026-1-5", "YYYY-MM-DD", ""},
        {"2026-01-05 x", "YYYY-MM-DD", ""},
        {"5.1.2026", "D.M.YYYY", "2026-01-05"},
        {"05.01.26", "DD.MM.YY", "2026-01-05"},
        {"69-01-05", "YY-MM-DD", "1969-01-05"},
        {"January 5th 2026", "MMMM Do YYYY", "2026-01-05"},
        {"jan 5th, 2026", "MMM Do, YYYY", "2026-01-05"},
        {"Mon 2026-01-05", "ddd YYYY-MM-DD", "2026-01-05"},
        {"Tuesday 2026-01-05", "dddd YYYY-MM-DD", ""},
        {"Day 2026-01-05", "[Day] YYYY-MM-DD", "2026-01-05"},
        {"day 2026-01-05", "[Day] YYYY-MM-DD", ""},
        {"2026-02-30", "YYYY-MM-DD", ""},
        {"2026", "YYYY", "2026-01-01"},
        {"03", "MM", "2026-03-01"},
        {"20", "DD", "2026-01-20"},
        {"2026-Q3", "YYYY-[Q]Q", "2026-07-01"},
        {"2026-W03", "GGGG-[W]WW", "2026-01-12"},
        {"2026-W03", "YYYY-[W]WW", "2026-01-12"},
        {"2026-W53", "GGGG-[W]WW", "2026-12-28"},
        {"2025-W53", "GGGG-[W]WW", ""},
        {"2026-W03-4", "GGGG-[W]WW-E", "2026-01-15"},
        {"2026-03", "gggg-ww", "2026-01-11"},
        {"2026-032", "YYYY-DDDD", "2026-02-01"},
        {"2026-366", "YYYY-DDDD", ""},
        {"2026-01-05 23.59", "YYYY-MM-DD HH.mm", "2026-01-05"},
        {"2026-01-05 24.00", "YYYY-MM-DD HH.mm", ""},
        {"note", "[note]", ""},
        {"[2026", "[YYYY", "2026-01-01"},
        {"", "", ""},
        {"", "YYYY", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct civil_date d;
        bool found = name_date_read(str_from(cases[i][0]),
                                    str_from(cases[i][1]), today, &d);
        expect_day(cases[i][0], found, d, cases[i][2]);
    }
}

static void test_names(void **state) {
    static const struct str folders[] = {STR_INIT("Daily/"), STR_INIT("a/b")};
    static const char *const cases[][2] = {
        {"Daily/2026-01-05.md", "2026-01-05"},
        {"Daily/deep/x 2026-01-05 y.md", "2026-01-05"},
        {"Daily/20260105.md", "2026-01-05"},
        {"Daily/5.1.2026.md", "2026-01-05"},
        /* The first one decides, and dashes come before digits alone. */
        {"Daily/2026-02-30 2026-01-05.md", ""},
        {"Daily/20260106 2026-01-05.md", "2026-01-05"},
        {"Daily/x.md", ""},
        {"Dailyx/2026-01-05.md", ""},
        {"2026-01-05.md", ""},
        {"a/b/2026-01-05.md", "2026-01-05"},
        {"a/2026-01-05/x.md", ""},
    };
    struct tasks_settings s = {.dates_from_names = true,
                               .name_format = STR("D.M.YYYY"),
                               .date_folders = {folders, ARRAY_LEN(folders)}};
    struct civil_date d;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool found = name_date(&s, str_from(cases[i][0]), today, &d);
        expect_day(cases[i][0], found, d, cases[i][1]);
    }
    s.date_folders.len = 0;
    assert_true(name_date(&s, STR("2026-01-05.md"), today, &d));
    s.dates_from_names = false;
    assert_false(name_date(&s, STR("2026-01-05.md"), today, &d));
}

/* --- statuses --- */

static void test_statuses(void **state) {
    static const struct tasks_status custom[] = {
        {STR_INIT("x"), STR_INIT("Late"), STR_INIT("y"), STATUS_CANCELLED},
        {STR_INIT("!"), STR_INIT("Urgent"), STR_INIT("x"), STATUS_ON_HOLD},
        {STR_INIT("!"), STR_INIT("Again"), STR_INIT("x"), STATUS_DONE},
        {STR_INIT("n"), STR_INIT("Note"), STR_INIT("n"), STATUS_NON_TASK},
    };
    struct tasks_settings settings;
    struct statuses s;
    struct arena a;

    (void)state;
    arena_init(&a);
    tasks_settings_init(&settings);
    settings.custom = (struct tasks_statuses){custom, ARRAY_LEN(custom)};
    statuses_init(&s, &a, &settings);
    assert_int_equal(statuses_find(&s, STR("x"))->type, STATUS_DONE);
    assert_true(str_eq(statuses_find(&s, STR("!"))->name, STR("Urgent")));
    assert_true(status_is_done(statuses_find(&s, STR("n"))));
    assert_false(status_is_done(statuses_find(&s, STR("!"))));
    assert_true(str_eq(statuses_find(&s, STR("?"))->name, STR("Unknown")));
    assert_ptr_equal(statuses_find(&s, STR("?")), statuses_find(&s, STR("?")));
    assert_int_equal(statuses_find(&s, STR("X"))->type, STATUS_TODO);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emoji),
        cmocka_unit_test(test_brackets),
        cmocka_unit_test(test_borrowed),
        cmocka_unit_test(test_rounds),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_recurrence),
        cmocka_unit_test(test_recurrence_room),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_statuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
