#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "vault/vault.h"

#define FFFD "\xef\xbf\xbd"
#define S(literal) STR_INIT(literal)

/* Findings as `code@line:column `, in the order they were reported. */
static void show(struct buf *out, const struct diags *d) {
    for (size_t i = 0; i < d->len; i++)
        buf_printf(out, "%.*s@%u:%u ",
                   STR_ARG(diag_rows[d->items[i].code].name), d->items[i].line,
                   d->items[i].column);
}

static void test_table(void **state) {
    static const struct {
        struct str raw, text;
        const char *findings;
        bool is_raw; /* nothing was copied */
    } cases[] = {
        {S(""), S(""), "", true},
        {S("a\tb\nc\n"), S("a\tb\nc\n"), "", true},
        {S("\xc3\xa4\xe6\x97\xa5\xf0\x9f\x98\x80"),
         S("\xc3\xa4\xe6\x97\xa5\xf0\x9f\x98\x80"), "", true},
        {S("\x7f"), S("\x7f"), "", true},
        {S("\xef\xbb\xbf"
           "a"),
         S("a"), "text-bom@1:1 ", true},
        {S("\xef\xbb\xbf"), S(""), "text-bom@1:1 ", true},
        {S("a\xef\xbb\xbf"), S("a\xef\xbb\xbf"), "", true},
        {S("a\r\nb\r\n"), S("a\nb\n"), "text-crlf@1:2 ", false},
        {S("a\n\xc3\xa4"
           "b\r\n"),
         S("a\n\xc3\xa4"
           "b\n"),
         "text-crlf@2:3 ", false},
        {S("a\rb\r"), S("a\nb\n"), "text-crlf@1:2 ", false},
        {S("\r\r\n\n"), S("\n\n\n"), "text-crlf@1:1 ", false},
        {S("a\rb\x01"), S("a\nb" FFFD), "text-crlf@1:2 text-control@2:2 ",
         false},
        {S("ab\x01"
           "c\x0c"),
         S("ab" FFFD "c" FFFD), "text-control@1:3 ", false},
        {S("0123456789\0x"), S("0123456789" FFFD "x"), "text-control@1:11 ",
         false},
        {S("\x1b[0m"), S(FFFD "[0m"), "text-control@1:1 ", false},
        {S("a\xff\xfe"
           "b"),
         S("a" FFFD FFFD "b"), "text-invalid-utf8@1:2 ", false},
        /* cut off, overlong, surrogate, past the last code point: by byte */
        {S("\xe6\x97"), S(FFFD FFFD), "text-invalid-utf8@1:1 ", false},
        {S("\xc0\xaf"), S(FFFD FFFD), "text-invalid-utf8@1:1 ", false},
        {S("\xed\xa0\x80"), S(FFFD FFFD FFFD), "text-invalid-utf8@1:1 ", false},
        {S("\xf4\x90\x80\x80"), S(FFFD FFFD FFFD FFFD),
         "text-invalid-utf8@1:1 ", false},
        {S("\xc3\xa4\xff\x01\r\n\xff"), S("\xc3\xa4" FFFD FFFD "\n" FFFD),
         "text-invalid-utf8@1:2 text-control@1:3 text-crlf@1:4 ", false},
        {S("\xef\xbb\xbf\xff"), S(FFFD), "text-bom@1:1 text-invalid-utf8@1:1 ",
         false},
    };
    struct buf scratch = {0}, found = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str raw = cases[i].raw, text;
        struct diags d;

        diags_init(&d);
        buf_reset(&found);
        assert_true(text_clean(raw, STR("n.md"), &scratch, &text, &d));
        show(&found, &d);
        if (!str_eq(text, cases[i].text))
            fail_msg("case %zu gave \"%.*s\"", i, STR_ARG(text));
        assert_string_equal(buf_cstr(&found), cases[i].findings);
        bool inside = text.p >= raw.p && text.p <= raw.p + raw.len;
        assert_int_equal(inside, cases[i].is_raw);
        diags_release(&d);
    }
    buf_release(&scratch);
    buf_release(&found);
}

static void test_utf16(void **state) {
    static const struct {
        struct str raw;
        bool readable;
    } cases[] = {
        {S("\xff\xfe"
           "a\0"),
         false},
        {S("\xfe\xff\0a"), false},
        {S("\xff\xfe"), false},
        {S("-\0-\0-\0\n\0"), false},
        {S("\0-\0-\0-\0\n"), false},
        {S("h\0i\0!\0"), false},
        {S("\0h\0i"), false},
        /* Letters from another page of Unicode, only blanks and line ends here */
        {S("\x1f\x04 \0\x1f\x04\x1f\x04\n\0"), false},
        {S("a\0b"), true},
        {S("\0\0\0\0"), true},
        {S("a text of some length with \0 and \0 in it: more than eight times"),
         true},
        {S("\xff"), true},
        {S("\xfe"), true},
    };
    struct buf scratch = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text;
        struct diags d;

        diags_init(&d);
        if (text_clean(cases[i].raw, STR("n.md"), &scratch, &text, &d) !=
            cases[i].readable)
            fail_msg("case %zu", i);
        assert_int_equal(d.len > 0 && d.items[0].code == DIAG_TEXT_UTF16,
                         !cases[i].readable);
        diags_release(&d);
    }
    buf_release(&scratch);
}

/* A bad byte at every place around the borders of the blocks of the first look. */
static void test_every_place(void **state) {
    static const struct {
        char byte;
        enum diag_code code;
    } bad[] = {{'\r', DIAG_TEXT_CRLF},
               {'\x1f', DIAG_TEXT_CONTROL},
               {'\x80', DIAG_TEXT_INVALID_UTF8}};
    char raw[200];
    struct buf scratch = {0};

    (void)state;
    for (size_t len = 1; len <= sizeof raw; len += 7)
        for (size_t at = 0; at < len; at++)
            for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct str text;
                struct diags d;

                diags_init(&d);
                memset(raw, 'x', sizeof raw);
                raw[at] = bad[i].byte;
                assert_true(text_clean(str_make(raw, len), STR("n.md"),
                                       &scratch, &text, &d));
                assert_int_equal(d.len, 1);
                assert_int_equal(d.items[0].code, bad[i].code);
                assert_int_equal(d.items[0].column, at + 1);
                diags_release(&d);
            }
    buf_release(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
