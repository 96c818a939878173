#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"
#include "diag/diag.h"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

static void test_table(void **state) {
    (void)state;
    for (unsigned i = 0; i < DIAG_CODES; i++) {
        struct str name = diag_rows[i].name;

        assert_true(name.len > 0 && diag_rows[i].instead.len > 0);
        assert_int_equal(diag_code_by_name(name), i);
        for (size_t at = 0; at < name.len; at++)
            assert_true(name.p[at] == '-' ||
                        ascii_alnum((unsigned char)name.p[at]));
    }
    assert_int_equal(diag_code_by_name(STR("no-such-code")), DIAG_CODES);
    assert_string_equal(diag_severity_name(DIAG_ERROR), "error");
}

static void test_text_is_cut(void **state) {
    static const struct {
        size_t before; /* bytes before a character of 4 */
        size_t len;
    } cases[] = {
        {10, 14}, {396, 400}, {397, 397}, {399, 399}, {400, 400}, {500, 400},
    };
    struct diags d;
    char text[520];

    (void)state;
    diags_init(&d);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        memset(text, 'x', cases[i].before);
        memcpy(text + cases[i].before, "\xF0\x9F\x98\x80", 5);
        diag_add(&d, DIAG_LINK_MISSING, STR("a.md"), 1, 1, "%s", text);
        assert_int_equal(d.items[i].text.len, cases[i].len);
    }
    diags_release(&d);
}

static void test_muted(void **state) {
    struct diags d;

    (void)state;
    diags_init(&d);
    d.muted = true;
    diag_add(&d, DIAG_LINK_MISSING, STR("a.md"), 1, 1, "x");
    assert_int_equal(d.len, 0);
    d.muted = false;
    diag_add(&d, DIAG_LINK_MISSING, STR("a.md"), 1, 1, "x");
    diag_add(&d, DIAG_FILE_UNREADABLE, STR("a.md"), 1, 1, "x");
    diag_add(&d, DIAG_TEXT_BOM, STR("a.md"), 1, 1, "x");
    assert_int_equal(diags_count(&d, DIAG_NOTE), 3);
    assert_int_equal(diags_count(&d, DIAG_WARNING), 2);
    assert_int_equal(diags_count(&d, DIAG_ERROR), 1);
    diags_release(&d);
}

static void test_sort_and_print(void **state) {
    struct buf out = {0};
    struct diags d, other;

    (void)state;
    diags_init(&d);
    diags_init(&other);
    diag_add(&d, DIAG_LINK_MISSING, STR("b.md"), 1, 1, "no note called \"%s\"",
             "x");
    diag_add(&d, DIAG_LINK_MISSING, STR("a/z.md"), 10, 2, "second");
    diag_add(&d, DIAG_LINK_MISSING, STR("a/z.md"), 9, 3, "first");
    diag_add(&d, DIAG_LINK_MISSING, STR("a b.md"), 0, 7, "whole file");
    diag_add(&other, DIAG_TEXT_BOM, STR("a/z.md"), 9, 3, "code behind");
    diag_add(&other, DIAG_LINK_CASE, STR("a/z.md"), 9, 3, "code before");
    diag_add(&other, DIAG_LINK_MISSING, STR("a/z.md"), 9, 3, "a text");
    diag_add(&other, DIAG_SETTINGS_INVALID, STR(""), 3, 4, "whole vault");
    diag_add(&other, DIAG_HTML_REMOVED, STR("b.md"), 5, 0,
             "\x1b[2J\n\xFF \xE2\x80\xAE \xC2\x9B \xC3\xA4\xF0\x9F\x98\x80");
    diags_merge(&d, &other);
    assert_int_equal(other.len, 0);
    diags_release(&other);
    diags_sort(&d);
    diags_print_text(&d, &out, 0);
    assert_str(
        buf_str(&out),
        STR("error: settings-invalid: whole vault; nothing was built\n"
            "a/z.md:9:3: warning: link-case: code before; linked to the one of "
            "that spelling\n"
            "a/z.md:9:3: warning: link-missing: a text; shown as an unresolved "
            "link\n"
            "a/z.md:9:3: warning: link-missing: first; shown as an unresolved "
            "link\n"
            "a/z.md:9:3: note: text-bom: code behind; removed\n"
            "a/z.md:10:2: warning: link-missing: second; shown as an "
            "unresolved "
            "link\n"
            "a b.md: warning: link-missing: whole file; shown as an unresolved "
            "link\n"
            "b.md:1:1: warning: link-missing: no note called \"x\"; shown as "
            "an "
            "unresolved link\n"
            "b.md:5: note: html-removed: \\x1b[2J\\x0a\\xff \\u202e \\u009b "
            "\xC3\xA4\xF0\x9F\x98\x80; left out\n"));
    buf_release(&out);
    diags_release(&d);
}

static void test_limit(void **state) {
    struct buf out = {0};
    struct diags d;

    (void)state;
    diags_init(&d);
    for (uint32_t line = 1; line <= 5; line++) {
        diag_add(&d, DIAG_LINK_MISSING, STR("a.md"), line, 1, "x");
        if (line <= 2)
            diag_add(&d, DIAG_FILE_UNREADABLE, STR("a.md"), line, 1, "y");
    }
    diags_print_text(&d, &out, 2);
    assert_str(
        buf_str(&out),
        STR("a.md:1:1: warning: link-missing: x; shown as an unresolved link\n"
            "a.md:1:1: error: file-unreadable: y; left out\n"
            "a.md:2:1: warning: link-missing: x; shown as an unresolved link\n"
            "a.md:2:1: error: file-unreadable: y; left out\n"
            "warning: link-missing: 3 more\n"));
    buf_release(&out);
    diags_release(&d);
}

static void test_json(void **state) {
    static const struct diag_query_count queries[] = {
        {STR_INIT("dataview"), 12, 1, 2},
        {STR_INIT("tasks"), 3, 0, 0},
    };
    struct json_error error;
    struct buf out = {0};
    const struct json *j;
    struct arena a;
    struct diags d;

    (void)state;
    arena_init(&a);
    diags_init(&d);
    diags_print_json(&d, NULL, 0, STR(""), &out);
    j = json_parse(&a, buf_str(&out), &error);
    assert_int_equal(json_member(j, STR("findings"))->len, 0);
    assert_int_equal(json_member(j, STR("queries"))->len, 0);

    buf_reset(&out);
    diag_add(&d, DIAG_LINK_MISSING, STR("a \"b\".md"), 7, 0, "</script>\n\xFF");
    diag_add(&d, DIAG_TEXT_BOM, STR("c.md"), 0, 0, "x");
    diags_print_json(&d, queries, ARRAY_LEN(queries), STR(""), &out);
    assert_int_equal(str_find_str(buf_str(&out), STR("</"), 0), STR_NONE);
    j = json_parse(&a, buf_str(&out), &error);
    assert_non_null(j);
    const struct json *f = json_member(j, STR("findings"))->first;
    assert_str(json_member(f, STR("path"))->text, STR("a \"b\".md"));
    assert_true(json_member(f, STR("line"))->number == 7);
    assert_true(json_member(f, STR("column"))->number == 0);
    assert_str(json_member(f, STR("code"))->text, STR("link-missing"));
    assert_str(json_member(f, STR("severity"))->text, STR("warning"));
    assert_str(json_member(f, STR("text"))->text,
               STR("</script>\n\xEF\xBF\xBD"));
    assert_str(json_member(f, STR("instead"))->text,
               STR("shown as an unresolved link"));
    assert_int_equal(json_member(j, STR("findings"))->len, 2);
    const struct json *q = json_member(j, STR("queries"))->first;
    assert_str(json_member(q, STR("language"))->text, STR("dataview"));
    assert_true(json_member(q, STR("answered"))->number == 12);
    assert_true(json_member(q, STR("errors"))->number == 1);
    assert_true(json_member(q, STR("unsupported"))->number == 2);
    assert_str(json_member(q->next, STR("language"))->text, STR("tasks"));
    buf_release(&out);
    diags_release(&d);
    arena_release(&a);
}

/* Order after sorting does not depend on the order of reporting. */
static void test_many(void **state) {
    enum { FINDINGS = 100000 };
    struct buf forth = {0}, back = {0};
    static char paths[500][40];

    (void)state;
    for (int i = 0; i < 500; i++) {
        struct buf name = {0};

        buf_printf(&name, "folder %d/note %d.md", i % 7, i);
        memcpy(paths[i], buf_cstr(&name), name.len + 1);
        buf_release(&name);
    }
    for (int turn = 0; turn < 2; turn++) {
        struct diags d;

        diags_init(&d);
        for (uint32_t n = 0; n < FINDINGS; n++) {
            uint32_t i = turn == 0 ? n : FINDINGS - 1 - n;

            diag_add(&d, (enum diag_code)(i % DIAG_CODES),
                     str_from(paths[i % 500]), i / 500 % 50, i % 3,
                     "finding %u", i % 11);
        }
        diags_sort(&d);
        diags_print_text(&d, turn == 0 ? &forth : &back, 0);
        diags_release(&d);
    }
    assert_true(str_eq(buf_str(&forth), buf_str(&back)));
    buf_release(&forth);
    buf_release(&back);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table), cmocka_unit_test(test_text_is_cut),
        cmocka_unit_test(test_muted), cmocka_unit_test(test_sort_and_print),
        cmocka_unit_test(test_limit), cmocka_unit_test(test_json),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
