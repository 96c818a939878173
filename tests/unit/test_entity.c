#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/name_key.h"
#include "entity/beginnings.h"
#include "entity/pairs.h"
#include "entity/tag_key.h"
#include "note_dump.h"

static void test_tag_key(void **state) {
    static const char *const rows[][2] = {
        {"Ada Example", "ada-example"},
        {"ada-example", "ada-example"},
        {"  Ada   Example ", "ada-example"},
        {"Padraig O’Shane", "padraig-o-shane"},
        {"Calder & Finch", "calder-finch"},
        {"A. Example", "a-example"},
        {"Example, Ada", "example-ada"},
        {"Ann (Lu)", "ann-lu"},
        {"José_Armada", "josé_armada"},
        {"Łącka", "łącka"},
        {"north/mole", "north/mole"},
        {"Okafor‑Lund", "okafor-lund"},
        {"山田太郎", "山田太郎"},
        {"--x--", "x"},
        {"!?", ""},
        {"", ""},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str key = tag_key(&a, str_from(rows[i][0]));
        if (!str_eq(key, str_from(rows[i][1])))
            fail_msg("%s: %.*s", rows[i][0], STR_ARG(key));
    }
    arena_release(&a);
}

static void test_longest(void **state) {
    static const char *const names[] = {
        "ada example",    "ada example estate", "ada",
        "o'shane, paddy", "ines okafor-lund",   "山田",
        "a. example"};
    static const struct {
        const char *text;
        size_t len;
        uint32_t meaning;
    } rows[] = {
        {"Ada Example", 11, 0},
        {"Ada Example.", 11, 0},
        {"ADA   EXAMPLE soon", 13, 0},
        {"Ada\nExample", 11, 0},
        {"Ada Example Estate", 18, 1},
        {"Ada Example Estates", 11, 0},
        {"Ada Examples", 3, 2},
        {"Ada Example-Smith", 3, 2},
        {"Ada Example- and", 11, 0},
        {"Ada Example’s", 11, 0},
        {"Ada", 3, 2},
        {"Adam", 0, 0},
        {"Ada_", 0, 0},
        {"O’Shane, Paddy!", 16, 3},
        {"Ines Okafor‑Lund", 18, 4},
        {"Ines Okafor", 0, 0},
        {"山田太郎", 6, 5},
        {"A. Example", 10, 6},
        {"A.Example", 0, 0},
        {"", 0, 0},
    };
    struct beginnings b = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (uint32_t i = 0; i < ARRAY_LEN(names); i++)
        beginnings_add(&b, &a, str_from(names[i]), i);
    beginnings_add(&b, &a, STR("ada"), 99); /* the first stays */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint32_t meaning = 0;
        size_t len =
            beginnings_longest(&b, str_from(rows[i].text), 0, &a, &meaning);
        if (len != rows[i].len || meaning != rows[i].meaning)
            fail_msg("%s: %zu, %u", rows[i].text, len, meaning);
    }
    arena_release(&a);
}

/* More names than the table begins with. */
static void test_many(void **state) {
    struct beginnings b = {0};
    struct buf name = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (uint32_t i = 0; i < 5000; i++) {
        buf_reset(&name);
        buf_printf(&name, "first%u last%u", i % 70, i);
        beginnings_add(&b, &a, arena_str(&a, buf_str(&name)), i);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        uint32_t meaning = 0;

        buf_reset(&name);
        buf_printf(&name, "First%u Last%u, ", i % 70, i);
        assert_int_equal(
            beginnings_longest(&b, buf_str(&name), 0, &a, &meaning),
            name.len - 2);
        assert_int_equal(meaning, i);
    }
    buf_release(&name);
    arena_release(&a);
}

static void test_private_path(void **state) {
    static const struct {
        const char *text, *last; /* NULL: none */
    } rows[] = {
        {"/Volumes/ada/Notes/x.md", "x.md"},
        {"/x.md", "x.md"},
        {"~/x.md", "x.md"},
        {"C:\\Users\\ada\\x.md", "x.md"},
        {"d:/ada/x.md", "x.md"},
        {"\\\\server\\ada\\x.md", "x.md"},
        {"file:///srv/ada/x.md", "x.md"},
        {"/Volumes/ada/", ""},
        {"Transcripts/x.md", NULL},
        {"Transcripts\\x.md", NULL},
        {"x.md", NULL},
        {"a:b", NULL},
        {"https://example.org/x.md", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str last = STR("?");
        bool is = private_path(str_from(rows[i].text), &last);

        if (is != (rows[i].last != NULL) ||
            !str_eq(last, is ? str_from(rows[i].last) : STR("?")))
            fail_msg("%s: %.*s", rows[i].text, STR_ARG(last));
    }
}

static void test_sections(void **state) {
    /* Of a note with this heading and body: its purpose, and whether it is empty. */
    static const struct {
        const char *heading, *body;
        enum purpose purpose;
        bool empty;
    } rows[] = {
        {"Summary", "x", PURPOSE_SUMMARY, false},
        {"TL;DR", "x", PURPOSE_SUMMARY, false},
        {"EXECUTIVE  SUMMARY:", "x", PURPOSE_SUMMARY, false},
        {"📌 Key Facts (so far)", "x", PURPOSE_FACTS, false},
        {"✔️ Decisions made:", "x", PURPOSE_DECISIONS, false},
        {"Decisions (what and why):", "x", PURPOSE_DECISIONS, false},
        {"Relationship Context & Key Facts", "x", PURPOSE_FACTS, false},
        {"**Open** Tasks", "x", PURPOSE_TASKS, false},
        {"Related People", "x", PURPOSE_RELATED, false},
        {"Recent\xc2\xa0"
         "Context",
         "x", PURPOSE_TIMELINE, false},
        {"Decisions of ours", "x", PURPOSE_NONE, false},
        {"(Decisions)", "x", PURPOSE_NONE, false},
        {"Tasks", "", PURPOSE_TASKS, true},
        {"Tasks", "-", PURPOSE_TASKS, true},
        {"Tasks", "- [ ]", PURPOSE_TASKS, true},
        {"Tasks", "---", PURPOSE_TASKS, true},
        {"Tasks", "%%later%%", PURPOSE_TASKS, true},
        {"Tasks", "<!-- later -->", PURPOSE_TASKS, true},
        {"Tasks", "### Of today\n\n### Of tomorrow", PURPOSE_TASKS, true},
        {"Tasks", "---\n*Last updated: *", PURPOSE_TASKS, true},
        {"Tasks", "*Last updated:*", PURPOSE_TASKS, true},
        {"Tasks", "*Last updated: 2026-01-15*", PURPOSE_TASKS, false},
        {"Tasks", "```tasks\nnot done\n```", PURPOSE_TASKS, false},
        {"Tasks", "![[x.png]]", PURPOSE_TASKS, false},
        {"Tasks", "![](https://example.org/x.png)", PURPOSE_TASKS, false},
        {"Tasks", "> x", PURPOSE_TASKS, false},
        {"Tasks", "# Other\n\nx", PURPOSE_TASKS, true},
    };
    struct note_dump x;
    struct buf text = {0};

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct section *s;
        struct map purposes;
        uint32_t n;

        buf_reset(&text);
        buf_printf(&text, "before\n\n## %s\n\n%s\n", rows[i].heading,
                   rows[i].body);
        dump_note(&x, buf_str(&text));
        map_init(&purposes, &x.arena);
        s = sections_of(&x.arena, &x.arena, &purposes, x.note, &n);
        if (n != (rows[i].purpose != PURPOSE_NONE) ||
            (n > 0 && (s->purpose != rows[i].purpose ||
                       section_is_empty(x.note, s) != rows[i].empty)))
            fail_msg("%s", buf_cstr(&text));
    }
    buf_release(&text);
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tag_key),  cmocka_unit_test(test_longest),
        cmocka_unit_test(test_many),     cmocka_unit_test(test_private_path),
        cmocka_unit_test(test_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
