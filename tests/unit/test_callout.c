#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note_dump.h"

/* The words of spec/markdown.md §10 and the kind that gives each its look. */
static void kinds(void **state) {
    static const char *const kinds[][2] = {
        {"note", "note"},         {"abstract", "abstract"},
        {"summary", "abstract"},  {"tldr", "abstract"},
        {"info", "info"},         {"todo", "todo"},
        {"tip", "tip"},           {"hint", "tip"},
        {"important", "tip"},     {"success", "success"},
        {"check", "success"},     {"done", "success"},
        {"question", "question"}, {"help", "question"},
        {"faq", "question"},      {"warning", "warning"},
        {"caution", "warning"},   {"attention", "warning"},
        {"failure", "failure"},   {"fail", "failure"},
        {"missing", "failure"},   {"danger", "danger"},
        {"error", "danger"},      {"bug", "bug"},
        {"example", "example"},   {"quote", "quote"},
        {"cite", "quote"},        {"unheard-of", "note"},
        {"WARNING", "warning"},
    };
    struct note_dump x;
    struct buf text = {0};

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        buf_reset(&text);
        buf_printf(&text, "> [!%s]\n", kinds[i][0]);
        dump_note(&x, buf_str(&text));
        buf_reset(&text);
        buf_printf(&text, "<div class=\"callout co-%s\" data-callout=\"",
                   kinds[i][1]);
        for (const char *p = kinds[i][0]; *p != '\0'; p++)
            buf_add_ch(&text, ascii_lower(*p));
        buf_add_lit(&text, "\" data-callout-fold=");
        assert_true(str_starts(str_from(dump_body(&x)), buf_str(&text)));
    }
    buf_release(&text);
    dump_close(&x);
}

/* What stands as title, then body: between the marks of the elements. */
static struct str between(struct str s, struct str from, struct str to) {
    size_t begin = str_find_str(s, from, 0), end;

    if (begin == STR_NONE)
        return STR("(none)");
    begin += from.len;
    end = str_find_str(s, to, begin);
    return str_slice(s, begin, end);
}

static void parts(void **state) {
    static const struct {
        const char *markdown, *title, *body;
    } rows[] = {
        {"> [!note]", "Note", "(none)"},
        {"> [!note]   T  ", "T", "(none)"},
        {">[!note] T", "T", "(none)"},
        {"   > [!note] T", "T", "(none)"},
        {"> [!note]T", "T", "(none)"},
        {"> [!see-also]", "See also", "(none)"},
        {"> [!\xc3\xa9t\xc3\xa9]", "\xc3\xa9t\xc3\xa9", "(none)"},
        {"> [!note] **a** [[N|b]] `c` #d",
         "<strong>a</strong> {link N}b</a> <code>c</code> {tag d}#d</a>",
         "(none)"},
        /* The title ends with its line (§20, 1-3). */
        {"> [!note] T **a\n> b** c", "T **a", "\n<p>b** c</p>\n"},
        {"> [!note] T\n> [[N]]", "T", "\n<p>{link N}N</a></p>\n"},
        {"> [!note] T\n>\n> b", "T", "\n<p>b</p>\n"},
        {"> [!note] T\n> - a\n>     - b", "T",
         "\n<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"},
        {"> [!note] T\nlazy\n\nout", "T", "\n<p>lazy</p>\n"},
        {"> [!note] T\n# out", "T", "(none)"},
        {"> [!note] T\n> ```\n> c\n> ```", "T",
         "\n<pre tabindex=\"0\"><code>c\n</code></pre>\n"},
        {"> [!a|b|c] T", "T", "(none)"},
        {"> [!note]-\n> b", "Note", "\n<p>b</p>\n"},
        {"> [!<b>] T", "T", "(none)"},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str body;

        dump_note(&x, str_from(rows[i].markdown));
        body = str_from(dump_body(&x));
        assert_true(str_eq(
            between(body, STR("callout-title-inner\">"), STR("</span></")),
            str_from(rows[i].title)));
        assert_true(
            str_eq(between(body, STR("callout-content\">"), STR("</div>")),
                   str_from(rows[i].body)));
    }
    dump_close(&x);
}

/* A callout with a sign and a body folds; `-` begins folded. */
static void folds(void **state) {
    static const struct {
        const char *markdown, *begins;
    } rows[] = {
        {"> [!x]- a\n> b",
         "<details class=\"callout co-note is-collapsible is-collapsed\""
         " data-callout=\"x\" data-callout-fold=\"-\""
         " data-callout-metadata=\"\"><summary"},
        {"> [!x]+ a\n> b",
         "<details class=\"callout co-note is-collapsible\" data-callout=\"x\""
         " data-callout-fold=\"+\" data-callout-metadata=\"\" open><summary"},
        {"> [!x]- a",
         "<div class=\"callout co-note\" data-callout=\"x\""
         " data-callout-fold=\"-\" data-callout-metadata=\"\"><div"},
        {"> [!x|m\"n]- a",
         "<div class=\"callout co-note\" data-callout=\"x\""
         " data-callout-fold=\"-\" data-callout-metadata=\"m&quot;n\"><div"},
        {"> [!x] - a", "<div class=\"callout co-note\" data-callout=\"x\""
                       " data-callout-fold=\"\""},
        {"> a\n> [!x]", "<blockquote>\n<p>a"},
        {"[!x] a", "<p>[!x] a</p>"},
        {"> [!x\n> a", "<blockquote>\n<p>[!x"},
        {"> [x] a", "<blockquote>\n<p>[x] a"},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        dump_note(&x, str_from(rows[i].markdown));
        assert_true(
            str_starts(str_from(dump_body(&x)), str_from(rows[i].begins)));
    }
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds),
                                       cmocka_unit_test(parts),
                                       cmocka_unit_test(folds)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
