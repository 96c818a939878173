#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "vault/history_log.h"

/* `@` stands for NUL in the texts here. */
struct log_case {
    const char *text;
    const char *spans; /* `first-last` of a.md, b.md, c.md; `-` not known */
    bool whole;
};

static const struct log_case cases[] = {
    {"", "- - - ", true},
    {"5@", "- - - ", true},
    {"5@\nA@a.md@", "5-5 - - ", true},
    {"9@\nM@a.md@M@b.md@5@\nA@a.md@A@other.md@", "5-9 9-9 - ", true},
    /* authors' clocks may run backwards */
    {"5@\nM@a.md@9@\nA@a.md@", "5-9 - - ", true},
    {"9@\nD@a.md@5@\nA@a.md@", "5-5 - - ", true},
    /* what b.md was before is a.md's past only where a.md was renamed */
    {"9@\nR100@old.md@a.md@5@\nM@old.md@3@\nM@a.md@", "5-9 - - ", true},
    {"9@\nA@b.md@7@\nR080@b.md@a.md@5@\nA@b.md@", "5-7 9-9 - ", true},
    {"9@\nR100@x@a.md@7@\nR100@y@x@5@\nA@y@", "5-9 - - ", true},
    {"9@\nA@b.md@7@\nR100@b.md@gone.md@5@\nA@b.md@", "- 9-9 - ", true},
    {"9@\nC100@a.md@b.md@5@\nA@a.md@", "5-5 9-9 - ", true},
    {"9@\nT@a.md@5@\nA@c.md@@", "9-9 - 5-5 ", false},
    /* a path that looks like a time, or like a letter */
    {"9@\nA@5@M@a.md@", "9-9 - - ", true},
    {"9@\nR100@5@A@M@a.md@", "9-9 - - ", true},
    /* times that are none */
    {"0@\nA@a.md@", "- - - ", true},
    {"253402300799@\nA@a.md@", "253402300799-253402300799 - - ", true},
    {"253402300800@\nA@a.md@", "- - - ", true},
    {"99999999999999999999999@\nA@a.md@", "- - - ", true},
    /* cut short, or something else */
    {"9@\nA@a.md", "- - - ", false},
    {"9@\nR100@a.md@", "- - - ", false},
    {"9@\nR100@", "- - - ", false},
    {"fatal: no", "- - - ", false},
    {"fatal: no@", "- - - ", false},
    {"9x@\nA@a.md@", "- - - ", false},
};

static void check(const struct log_case *row, const struct vault *v,
                  size_t piece) {
    struct history_log l;
    struct buf text = {0}, found = {0};

    for (const char *p = row->text; *p; p++)
        buf_add_ch(&text, *p == '@' ? '\0' : *p);
    history_log_init(&l, v);
    for (size_t at = 0; at < text.len; at += piece)
        history_log_add(&l, str_slice(buf_str(&text), at, at + piece));
    assert_int_equal(history_log_end(&l), row->whole);
    for (size_t i = 0; i < v->nfiles && !l.broken; i++) {
        const struct history_span *s = &l.spans[i];
        if (s->known)
            buf_printf(&found, "%lld-%lld ", (long long)s->first,
                       (long long)s->last);
        else
            buf_add_lit(&found, "- ");
    }
    if (!l.broken)
        assert_string_equal(buf_cstr(&found), row->spans);
    history_log_release(&l);
    buf_release(&text);
    buf_release(&found);
}

static void test_log(void **state) {
    struct vault_file files[] = {
        {.path = STR("a.md"), .kind = FILE_NOTE},
        {.path = STR("b.md"), .kind = FILE_NOTE},
        {.path = STR("c.md"), .kind = FILE_NOTE},
    };
    struct vault v = {.files = files, .nfiles = ARRAY_LEN(files)};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        for (size_t piece = 1; piece < 64; piece++)
            check(&cases[i], &v, piece);
}

/* Two names of the same bytes share their past. */
static void test_links(void **state) {
    struct vault_file files[] = {
        {.path = STR("a.md"), .kind = FILE_NOTE, .real = STR("real.md")},
        {.path = STR("b.md"), .kind = FILE_NOTE, .real = STR("real.md")},
        {.path = STR("real.md"), .kind = FILE_NOTE},
    };
    struct vault v = {.files = files, .nfiles = ARRAY_LEN(files)};
    struct log_case row = {"9@\nR100@old.md@real.md@5@\nA@old.md@A@a.md@",
                           "5-9 5-9 5-9 ", true};

    (void)state;
    check(&row, &v, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log),
        cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
