#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "cli/explain.h"
#include "cli/wrap.h"
#include "diag/diag.h"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

static void test_sections(void **state) {
    static const struct embedded_file files[] = {
        {STR_INIT("a.md"),
         STR_INIT("---\ntitle: x\n---\n## one\n\nFirst.\n\n### deeper\ntext\n\n"
                  "```markdown\n## two\n```\n~~~~\n```\n## three\n~~~\n~~~~\n"
                  "end\n\n## two \nSecond.\n# top\nNot of two.\n## empty\n\n")},
        {STR_INIT("b.md"), STR_INIT("## empty\nHere.\n## last")},
        {STR_INIT("c.md"), STR_INIT("## crlf\r\n\r\nA line.\r\n## more\r\nx")},
    };
    static const struct {
        struct str code, section;
    } cases[] = {
        {STR_INIT("one"),
         STR_INIT("First.\n\n### deeper\ntext\n\n```markdown\n## two\n```\n"
                  "~~~~\n```\n## three\n~~~\n~~~~\nend")},
        {STR_INIT("two"), STR_INIT("Second.")},
        {STR_INIT("three"), STR_INIT("")},
        {STR_INIT("empty"), STR_INIT("Here.")},
        {STR_INIT("last"), STR_INIT("")},
        {STR_INIT("crlf"), STR_INIT("A line.")},
        {STR_INIT("more"), STR_INIT("x")},
        {STR_INIT("deeper"), STR_INIT("")},
        {STR_INIT("On"), STR_INIT("")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_str(explain_section(files, ARRAY_LEN(files), cases[i].code),
                   cases[i].section);
    assert_str(explain_section(NULL, 0, STR("one")), STR(""));
}

static void test_render(void **state) {
    static const struct {
        struct str markdown, shown;
    } cases[] = {
        {STR_INIT(""), STR_INIT("")},
        {STR_INIT("See [[Links]], [[Links#Case]], [[#here]], [[A#b|text]] and "
                  "![[Pic.png]]."),
         STR_INIT("See Links, Links > Case, here, text and Pic.png.\n")},
        {STR_INIT("Write `[[Note]]` or ``[[a`b]]``."),
         STR_INIT("Write `[[Note]]` or ``[[a`b]]``.\n")},
        {STR_INIT("An open ` and [[one"), STR_INIT("An open ` and [[one\n")},
        {STR_INIT("> [!warning] Take [[Care|care]]\n> of it\n>\n> [!tip]-\n"
                  "> x"),
         STR_INIT("> Warning: Take care\n> of it\n>\n> Tip\n> x\n")},
        {STR_INIT("```\n[[kept]]\n> [!note]\n```\n    [[kept]]\n[[gone]]"),
         STR_INIT("```\n[[kept]]\n> [!note]\n```\n    [[kept]]\ngone\n")},
        {STR_INIT("> ```\n> [[kept]]\n> ```\n> [[gone]]\n```\n> ```\n"
                  "[[kept]]\n```\n- [[gone]]\n    - [[gone]]"),
         STR_INIT("> ```\n> [[kept]]\n> ```\n> gone\n```\n> ```\n"
                  "[[kept]]\n```\n- gone\n    - gone\n")},
        {STR_INIT("- 4567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456789 b\n"
                  "12. 567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456 b\n"
                  "> 34567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456 b\n"
                  "| 34567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456 b |"),
         STR_INIT("- 4567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567\n  123456789 b\n"
                  "12. 567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456\n    b\n"
                  "> 34567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456\n> b\n"
                  "| 34567 1234567 1234567 1234567 1234567 1234567 1234567 "
                  "1234567 1234567 123456 b |\n")},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = {0};
        explain_render(cases[i].markdown, &out);
        assert_str(buf_str(&out), cases[i].shown);
        buf_release(&out);
    }
}

static void test_wrap(void **state) {
    struct buf out = {0};

    (void)state;
    wrap_row(&out, STR("name"), STR("a  meaning"), 12);
    wrap_row(&out, STR("a long name"), STR("below it"), 12);
    assert_str(buf_str(&out), STR("  name      a meaning\n"
                                  "  a long name\n            below it\n"));
    buf_reset(&out);
    /* 79 code points fit, in however many bytes. */
    struct buf text = {0};
    for (int i = 0; i < 40; i++)
        buf_add_lit(&text, "\xC3\xA4 ");
    buf_add_lit(&text, "b");
    wrap_text(&out, buf_str(&text), STR(""), 0);
    assert_int_equal(str_find(buf_str(&out), '\n'), 39 * 3 + 2);
    buf_release(&text);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_render),
        cmocka_unit_test(test_wrap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
