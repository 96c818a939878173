#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/role.h"

static const char *const role_names[] = {"note", "entity", "event", "log",
                                         "template"};

/* What note_role says of a note at `path` with these lines of properties. */
static void role_of(struct buf *out, const struct entity_settings *s,
                    const char *path, bool is_template, const char *lines) {
    struct arena a, scratch;
    struct diags d;
    struct buf text = {0};
    struct frontmatter f;
    struct note_role r;

    arena_init(&a);
    arena_init(&scratch);
    diags_init(&d);
    buf_printf(&text, "---\n%s\n---\n", lines);
    frontmatter_read(&f, &a, arena_str(&a, buf_str(&text)), str_from(path), s,
                     &d);
    r = note_role(&a, &scratch, s, str_from(path), is_template, &f);
    arena_release(&scratch);
    buf_reset(out);
    buf_printf(out, "%s", role_names[r.role]);
    if (r.kind.len > 0)
        buf_printf(out, " %.*s", STR_ARG(r.kind));
    if (r.about.len > 0)
        buf_printf(out, " %.*s", STR_ARG(r.about));
    diags_release(&d);
    buf_release(&text);
    arena_release(&a);
}

struct row {
    const char *path, *lines, *role;
};

static void check(const struct entity_settings *s, const struct row *rows,
                  size_t n) {
    struct buf got = {0};

    for (size_t i = 0; i < n; i++) {
        role_of(&got, s, rows[i].path, false, rows[i].lines);
        if (!str_eq(buf_str(&got), str_from(rows[i].role)))
            print_error("%s\n%s\n", rows[i].path, rows[i].lines);
        assert_string_equal(buf_cstr(&got), rows[i].role);
    }
    buf_release(&got);
}

static void defaults(struct entity_settings *s, struct arena *a) {
    static const struct str not_entities[] = {
        STR_INIT("Note"), STR_INIT("daily"), STR_INIT("reference")};

    *s = (struct entity_settings){.not_entities = {not_entities, 3}};
    entity_settings_read(s, a, NULL, NULL);
}

static void test_rules(void **state) {
    static const struct row rows[] = {
        /* 2, 6: what `type` says */
        {"a.md", "type: Person", "entity person"},
        {"a.md", "type: people", "entity person"},
        {"a.md", "type: [contact, x]", "entity person"},
        {"a.md", "type: '[[Customer]]'", "entity customer"},
        {"a.md", "type: '[[Types/Customer|c]]'", "entity customer"},
        {"a.md", "type: ' type/Account '", "entity customer"},
        {"a.md", "type: vendor", "entity vendor"},
        {"a.md", "type: ''\ntags: [x, type/Project]", "entity project"},
        {"a.md", "tags: [Type/people]", "entity person"},
        {"a.md", "tags: [type]", "note"},
        {"a.md", "type: 5", "note"},
        {"a.md", "type: person\ndate: 2025-01-01\ncreated: 2025-01-01",
         "entity person"},
        /* 4, 5 */
        {"a.md", "type: 1:1", "event meeting"},
        {"a.md", "type: Call\ntags: [type/people]", "event meeting"},
        {"a.md", "type: transcript\ntags: [type/people]", "event transcript"},
        {"People/a.md", "type: note", "note note"},
        {"a.md", "type: reference", "note reference"},
        {"a.md", "type: daily", "log daily"},
        {"a.md", "type: journal", "log daily"},
        /* 6: the trap */
        {"a.md", "type: people\ndate: 2025-01-01\nparticipants:",
         "event meeting person"},
        {"a.md", "type: people\ndate:\nparticipants: x", "entity person"},
        {"2025-01-05 - x.md",
         "type: customer\ndate:", "event meeting customer"},
        {"2025-01-05 - x.md",
         "type: customer\nsource_ref:", "event meeting customer"},
        {"2025-01-05.md", "type: customer\nsource_ref:", "entity customer"},
        {"2025-01-05 - x.md", "type: customer", "entity customer"},
        {"2025-02-30 - x.md", "type: customer\ndate:", "entity customer"},
        {"2025-02-30 - x.md",
         "type: vendor\ndate: x\nsource:", "event meeting vendor"},
        /* 3: where it lies */
        {"Daily/2025-01-05.md", "", "log daily"},
        {"People/20250105.md", "", "log daily"},
        {"Meetings/2025-1-05.md", "", "event meeting"},
        {"Meetings/2025/2025-01-05 x.md", "", "event meeting"},
        {"Meetings/x.md", "", "note"},
        {"Meetings/x.md", "date: 2025-01-05\nattendees: [a]", "event meeting"},
        {"Meetings/Transcripts/2025-01-05 x.md", "", "event transcript"},
        {"People/Meetings/Ada/2025-01-05 x.md", "", "event meeting"},
        {"People/Ada/2025-01-05 x.md", "date: 2025-01-05",
         "event meeting person"},
        {"People/Ada/2025-01-05 x.md", "", "note"},
        {"People/Ada/x.md", "date: 2025-01-05\nsource: y",
         "event meeting person"},
        {"People/Ada.md", "", "entity person"},
        {"People/Ada.md", "date: 2025-01-05", "entity person"},
        {"crm/PEOPLE/Ada.md", "", "entity person"},
        {"People/Ada/ada.md", "", "entity person"},
        {"People/Team/Ada/Ada.md", "", "entity person"},
        {"People/Ada/Notes.md", "", "note"},
        {"People/2025-01-05 Ada.md", "", "note"},
        {"People/2025-13-05 Ada.md", "", "entity person"},
        {"Customers/People/Ada.md", "", "entity person"},
        {"Accounts/Firm.md", "", "entity customer"},
        {"Ada.md", "", "note"},
        {"Ada.md", "date: 2025-01-05\nparticipants: x", "note"},
    };
    struct arena a;
    struct entity_settings s;

    (void)state;
    arena_init(&a);
    defaults(&s, &a);
    check(&s, rows, ARRAY_LEN(rows));
    arena_release(&a);
}

static void test_template(void **state) {
    struct arena a;
    struct entity_settings s;
    struct buf got = {0};

    (void)state;
    arena_init(&a);
    defaults(&s, &a);
    role_of(&got, &s, "Templates/People/x.md", true, "type: person");
    assert_string_equal(buf_cstr(&got), "template");
    buf_release(&got);
    arena_release(&a);
}

static void test_settings(void **state) {
    static const struct row rows[] = {
        {"a.md", "type: person", "entity crew"},
        {"Crew/a.md", "", "entity crew"},
        {"x/Crew/a.md", "", "entity crew"},
        {"a/Ships/b.md", "", "entity vessel"},
        {"Ships/b.md", "", "note"},
        {"a.md", "type: voyage", "event voyage"},
        {"a.md", "type: trip", "event voyage"},
        {"a.md", "type: call", "entity call"},
        {"Meetings/2025-01-05 x.md", "", "event meeting"},
        {"People/x.md", "", "note"},
        {"Accounts/x.md", "", "entity customer"},
    };
    struct arena a;
    struct entity_settings s = {0};
    struct yaml_error error;
    const struct yaml *entities;

    (void)state;
    arena_init(&a);
    entities = yaml_parse(
        &a,
        STR("kinds:\n"
            "  Crew: {types: [person], folders: [Crew], label: All hands}\n"
            "  vessel: {folders: [a/Ships/], url: The Fleet}\n"
            "  person: {folders: []}\n"
            "events:\n"
            "  voyage: {types: [Voyage, trip]}\n"
            "  meeting: {types: [meeting]}\n"),
        &error);
    assert_non_null(entities);
    entity_settings_read(&s, &a, NULL, entities);
    check(&s, rows, ARRAY_LEN(rows));
    assert_int_equal(s.nkinds, 5);
    assert_true(str_eq(s.kinds[0].label, STR("People")));
    assert_true(str_eq(s.kinds[3].name, STR("crew")));
    assert_true(str_eq(s.kinds[3].label, STR("All hands")));
    assert_true(str_eq(s.kinds[3].url, STR("crew")));
    assert_true(str_eq(s.kinds[4].label, STR("Vessel")));
    assert_true(str_eq(s.kinds[4].url, STR("the-fleet")));
    arena_release(&a);
}

static void test_name_date(void **state) {
    static const struct {
        const char *name;
        enum dated_name outcome;
        struct civil_date day;
        const char *rest;
    } rows[] = {
        {"2025-01-05", NAME_DATED, {2025, 1, 5}, ""},
        {"2025-1-5 x", NAME_DATED, {2025, 1, 5}, "x"},
        {"2025-11-4 - Rota - two", NAME_DATED, {2025, 11, 4}, "Rota - two"},
        {"20250105", NAME_DATED, {2025, 1, 5}, ""},
        {"20250105_x", NAME_DATED, {2025, 1, 5}, "x"},
        {"2025-01-05, x", NAME_DATED, {2025, 1, 5}, "x"},
        {"2025-01-05.x", NAME_DATED, {2025, 1, 5}, "x"},
        {"2025-01-05–x", NAME_DATED, {2025, 1, 5}, "x"},
        {"2025-01-05 — x", NAME_DATED, {2025, 1, 5}, "x"},
        {"2024-02-29 x", NAME_DATED, {2024, 2, 29}, "x"},
        {"2025-02-29 x", NAME_IMPOSSIBLE_DATE, {0}, ""},
        {"20251301", NAME_IMPOSSIBLE_DATE, {0}, ""},
        {"0000-01-01", NAME_IMPOSSIBLE_DATE, {0}, ""},
        {"2025-01-05x", NAME_UNDATED, {0}, ""},
        {"2025-01-055", NAME_UNDATED, {0}, ""},
        {"2025-001-05", NAME_UNDATED, {0}, ""},
        {"2025/01/05", NAME_UNDATED, {0}, ""},
        {"202501055", NAME_UNDATED, {0}, ""},
        {"2025-01", NAME_UNDATED, {0}, ""},
        {"2025-01-", NAME_UNDATED, {0}, ""},
        {"2025-01-x", NAME_UNDATED, {0}, ""},
        {"x 2025-01-05", NAME_UNDATED, {0}, ""},
        {"", NAME_UNDATED, {0}, ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct civil_date day = {0};
        struct str rest = {0};

        if (name_leading_date(str_from(rows[i].name), &day, &rest) !=
            rows[i].outcome)
            fail_msg("%s", rows[i].name);
        assert_int_equal(civil_days(day), civil_days(rows[i].day));
        assert_true(str_eq(rest, str_from(rows[i].rest)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_template),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_name_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
