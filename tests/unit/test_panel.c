#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "link/link.h"
#include "note/compile.h"
#include "site_vault.h"

/* The page of a note with these properties. */
static struct str page_with(struct site_vault *v, const char *properties) {
    struct buf text = {0}, out = {0};
    struct compiler *c;
    struct vault_file *file;

    site_open(v);
    v->settings.limits = (struct limits){.note_bytes = 100000,
                                         .fallback_bytes = 200000,
                                         .table_columns = 10,
                                         .table_cells = 100,
                                         .fuel_per_kb = 100000};
    buf_printf(&text, "---\n%s\n---\n", properties);
    compile_warm_up();
    c = compiler_new(&v->arena, &v->settings, &v->diags);
    file = site_file(v, "Host.md");
    file->kind = FILE_NOTE;
    v->notes[0] = note_compile(c, file, 0, buf_str(&text));
    compiler_free(c);
    site_note(v, "b/Note.md");
    site_plan(v);
    struct stitcher *s = stitcher_new(
        &v->arena, v->plan, kept_draw(&v->arena, v->plan, 1), &v->diags);
    stitch_page(v->plan, v->plan->page_of[0], s, &out);
    stitcher_release(s);
    struct str page = arena_str(&v->arena, buf_str(&out));
    buf_release(&text);
    buf_release(&out);
    return page;
}

static bool has(struct str text, const char *part) {
    return str_find_str(text, str_from(part), 0) != STR_NONE;
}

#define NOTE_LINK(typed, text)                                                 \
    "<a class=\"internal-link\" data-href=\"" typed                            \
    "\" href=\"b/note.html\">" text "</a>"

static void test_values(void **state) {
    static const struct {
        const char *properties, *want; /* in the value's dd, or anywhere */
    } rows[] = {
        {"a: text", ">text</dd>"},
        {"a: <b> & c", ">&lt;b&gt; &amp; c</dd>"},
        {"a: '**x** #tag'", ">**x** #tag</dd>"},
        {"a: true", ">yes</dd>"},
        {"a: false", ">no</dd>"},
        {"a: 12345678901234567890", ">12345678901234567890</dd>"},
        {"a: 2025-11-18", "><time datetime=\"2025-11-18\">18 Nov 2025</time>"},
        {"a: 2025-11-18T09:30:00", "><time datetime=\"2025-11-18T09:30:00\">18 "
                                   "Nov 2025 09:30</time>"},
        {"a: 2025-13-18", ">2025-13-18</dd>"},
        {"a: 2025-11-18x", ">2025-11-18x</dd>"},
        {"a: 2025-11-18 09:30", "><time datetime=\"2025-11-18 09:30\">18 "
                                "Nov 2025 09:30</time>"},
        {"a: 2025-11-18T09:30:00.12345+02:00",
         "><time datetime=\"2025-11-18T09:30:00+02:00\">18 Nov 2025 "
         "09:30</time>"},
        {"a: 2025-11-18T09:30:00z",
         "><time datetime=\"2025-11-18T09:30:00Z\">18 Nov 2025 09:30</time>"},
        /* What HTML takes for no time, it is not told to be one. */
        {"a: 2025-11-18 25:00", ">2025-11-18 25:00</dd>"},
        {"a: 2025-11-18T23:59:60Z", ">2025-11-18T23:59:60Z</dd>"},
        {"a: 2025-11-18T09:30:00+99:00", ">2025-11-18T09:30:00+99:00</dd>"},
        {"a: 2025-11-18T09:30:00 or so", ">2025-11-18T09:30:00 or so</dd>"},
        {"a: 0000-01-01", ">0000-01-01</dd>"},
        {"a: https://example.org/?a=1&b",
         "href=\"https://example.org/?a=1&amp;b\">https://"},
        {"a: javascript:alert(1)", ">javascript:alert(1)</dd>"},
        {"a: '[[b/Note]]'", ">" NOTE_LINK("b/Note", "b/Note") "</dd>"},
        {"a: '[[b/Note|label]]'", ">" NOTE_LINK("b/Note", "label") "</dd>"},
        {"a: 'see [[b/Note]]'", ">see [[b/Note]]</dd>"},
        {"a: '[[b/Note]] and [[b/Note]]'", ">[[b/Note]] and [[b/Note]]</dd>"},
        {"a: '[[Gone]]'",
         ">"
         "<a class=\"internal-link is-unresolved\" data-href=\"Gone\""},
        {"a: ['x', '[[]]', '[[b/Note]]', 3]",
         ">x, [[]], " NOTE_LINK("b/Note", "b/Note") ", 3</dd>"},
        {"a: 'in [[b/Note]]'\nz: '[[b/Note]]'",
         ">" NOTE_LINK("b/Note", "b/Note") "</dd>"},
        {"a: {b: [1, x], c: null}",
         "><code>{&quot;b&quot;:[1,&quot;x&quot;],&quot;c&quot;:null}</code>"},
        {"a: [[b/Note]]", "><code>[&quot;b/Note&quot;]</code></dd>"},
        {"due_date: x", "data-property-key=\"due_date\"><dt "
                        "class=\"metadata-property-key\" dir=\"auto\">Due "
                        "date</dt>"},
        {"tags: [x, y/z]", "<a class=\"tag\" href=\"tags/y/z.html\">#y/z</a>"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct site_vault *v = test_malloc(sizeof *v);
        struct str page = page_with(v, rows[i].properties);
        if (!has(page, rows[i].want))
            fail_msg("no \"%s\" in:\n%.*s", rows[i].want, STR_ARG(page));
        site_close(v);
        test_free(v);
    }
}

static void test_left_out(void **state) {
    static const char *const rows[] = {
        "a:",           "a: ''",   "a: []",           "a: [null, '']",
        "title: x",     "Type: x", "cssclasses: [x]", "publish: true",
        "permalink: x",
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct site_vault *v = test_malloc(sizeof *v);
        struct str page = page_with(v, rows[i]);
        if (has(page, "metadata-container"))
            fail_msg("%s is shown", rows[i]);
        site_close(v);
        test_free(v);
    }
}

static void test_folded(void **state) {
    struct site_vault *v = test_malloc(sizeof *v);
    struct str page = page_with(
        v, "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 10");
    size_t fold = str_find_str(page, STR("<summary>2 more</summary>"), 0);
    (void)state;

    assert_int_not_equal(fold, STR_NONE);
    assert_true(fold < str_find_str(page, STR("data-property-key=\"i\""), 0));
    assert_true(fold > str_find_str(page, STR("data-property-key=\"h\""), 0));
    site_close(v);
    test_free(v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_left_out),
        cmocka_unit_test(test_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
