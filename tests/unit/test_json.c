#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

/* The tree again as text, in a notation of its own. */
static void draw(struct buf *out, const struct json *j) {
    switch (j->kind) {
    case JSON_NULL:
        buf_add_lit(out, "null");
        break;
    case JSON_BOOL:
        buf_add_str(out, j->boolean ? STR("yes") : STR("no"));
        break;
    case JSON_NUMBER:
        buf_printf(out, "%g", j->number);
        break;
    case JSON_TEXT:
        buf_add_ch(out, '\'');
        buf_add_str(out, j->text);
        buf_add_ch(out, '\'');
        break;
    case JSON_LIST:
    case JSON_OBJECT:
        buf_printf(out, "%zu(", j->len);
        for (const struct json *c = j->first; c != NULL; c = c->next) {
            buf_add_str(out, c->key);
            buf_add_str(out, j->kind == JSON_OBJECT ? STR("=") : STR(""));
            draw(out, c);
            buf_add_str(out, c->next != NULL ? STR(" ") : STR(""));
        }
        buf_add_ch(out, ')');
        break;
    }
}

static void test_parse(void **state) {
    static const struct {
        struct str text, expected;
    } cases[] = {
        {STR_INIT("null"), STR_INIT("null")},
        {STR_INIT(" [] "), STR_INIT("0()")},
        {STR_INIT("{}"), STR_INIT("0()")},
        {STR_INIT("[1, -2.5, 1e3, 12345678901234567890]"),
         STR_INIT("4(1 -2.5 1000 1.23457e+19)")},
        {STR_INIT("{\"z\":true,\"a\":[false,\"x\"],\"m\":{}}"),
         STR_INIT("3(z=yes a=2(no 'x') m=0())")},
        {STR_INIT("\"\\u00e4\\ud83d\\ude00\\n\""),
         STR_INIT("'\xC3\xA4\xF0\x9F\x98\x80\n'")},
        {STR_INIT("\"a\\u0000b\""), STR_INIT("'a\0b'")},
        {STR_INIT("\xEF\xBB\xBF{\"a\":1}"), STR_INIT("1(a=1)")},
        {STR_INIT("{\"a\":1,\"a\":2}"), STR_INIT("1(a=2)")},
    };
    struct buf drawn = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct json_error error;
        const struct json *j = json_parse(&a, cases[i].text, &error);

        assert_non_null(j);
        buf_reset(&drawn);
        draw(&drawn, j);
        assert_str(buf_str(&drawn), cases[i].expected);
    }
    buf_release(&drawn);
    arena_release(&a);
}

static void test_errors(void **state) {
    static const struct {
        struct str text;
        size_t line;
    } cases[] = {
        {STR_INIT(""), 1},
        {{NULL, 0}, 1},
        {STR_INIT("{\n\"a\": 1,\n}"), 3},
        {STR_INIT("[1] 2"), 1},
        {STR_INIT("{\"a\": 1e999}"), 1},
        {STR_INIT("\"\xFF\""), 1},
        {STR_INIT("// comment"), 1},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct json_error error;

        assert_null(json_parse(&a, cases[i].text, &error));
        assert_int_equal(error.line, cases[i].line);
        assert_true(strlen(error.message) > 0);
    }
    arena_release(&a);
}

static void test_bounds(void **state) {
    struct json_error error;
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (int depth = JSON_MAX_DEPTH - 1; depth <= JSON_MAX_DEPTH + 1; depth++) {
        buf_reset(&text);
        for (int i = 0; i < depth; i++)
            buf_add_ch(&text, '[');
        for (int i = 0; i < depth; i++)
            buf_add_ch(&text, ']');
        assert_int_equal(json_parse(&a, buf_str(&text), &error) != NULL,
                         depth <= JSON_MAX_DEPTH);
    }
    assert_string_equal(error.message, "nested too deeply");
    buf_reset(&text);
    for (int i = 0; i < 1000000; i++)
        buf_add_lit(&text, "{\"a\":");
    assert_null(json_parse(&a, buf_str(&text), &error));
    buf_reset(&text);
    for (int i = 0; i <= JSON_MAX_BYTES; i++)
        buf_add_ch(&text, ' ');
    assert_null(json_parse(&a, buf_str(&text), &error));
    assert_string_equal(error.message, "longer than 16 MB");
    buf_release(&text);
    arena_release(&a);
}

static void test_member(void **state) {
    struct json_error error;
    struct arena a;
    const struct json *j;

    (void)state;
    arena_init(&a);
    j = json_parse(&a, STR("{\"a\":1,\"b\":\"x\"}"), &error);
    assert_str(json_member(j, STR("b"))->text, STR("x"));
    assert_null(json_member(j, STR("c")));
    assert_null(json_member(json_member(j, STR("a")), STR("a")));
    assert_null(json_member(NULL, STR("a")));
    arena_release(&a);
}

static void test_write(void **state) {
    static const struct {
        struct str text, expected;
    } cases[] = {
        {{NULL, 0}, STR_INIT("\"\"")},
        {STR_INIT("plain > & '"), STR_INIT("\"plain > & '\"")},
        {STR_INIT("\"\\\n\r\t"), STR_INIT("\"\\\"\\\\\\n\\r\\t\"")},
        {STR_INIT("\0\x1F\x7F"), STR_INIT("\"\\u0000\\u001f\\u007f\"")},
        {STR_INIT("</script>"), STR_INIT("\"\\u003c/script>\"")},
        {STR_INIT("\xE2\x80\xA8|\xE2\x80\xA9|\xC2\x85"),
         STR_INIT("\"\\u2028|\\u2029|\\u0085\"")},
        {STR_INIT("\xC3\xA4\xF0\x9F\x98\x80"),
         STR_INIT("\"\xC3\xA4\xF0\x9F\x98\x80\"")},
        {STR_INIT("a\xED\xA0\x80"
                  "b\xED\xBF\xBF"),
         STR_INIT("\"a\\ud800b\\udfff\"")},
        {STR_INIT("\xED\x9F\xBF\xED\xA0"), /* U+D7FF, and a half cut short */
         STR_INIT("\"\xED\x9F\xBF\xEF\xBF\xBD\xEF\xBF\xBD\"")},
        {STR_INIT("a\xFF"
                  "b\xE2\x80"),
         STR_INIT("\"a\xEF\xBF\xBD"
                  "b\xEF\xBF\xBD\xEF\xBF\xBD\"")},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_reset(&out);
        json_add_text(&out, cases[i].text);
        assert_str(buf_str(&out), cases[i].expected);
    }
    buf_reset(&out);
    json_add_key(&out, STR("a\"b"));
    assert_str(buf_str(&out), STR("\"a\\\"b\":"));
    buf_release(&out);
}

static void add_among(struct buf *out, struct str what, size_t before,
                      size_t behind) {
    buf_reset(out);
    for (size_t i = 0; i < before; i++)
        buf_add_ch(out, 'a');
    buf_add_str(out, what);
    for (size_t i = 0; i < behind; i++)
        buf_add_ch(out, 'b');
}

/* What is looked at, in each place of texts shorter and longer than what is read at
 * once. */
static void test_write_everywhere(void **state) {
    static const struct {
        struct str text, as, in_line;
    } cases[] = {
        {STR_INIT("<"), STR_INIT("\\u003c"), STR_INIT("\\u003c")},
        {STR_INIT("\n"), STR_INIT("\\n"), STR_INIT(" ")},
        {STR_INIT("\xC3\xA4"), STR_INIT("\xC3\xA4"), STR_INIT("\xC3\xA4")},
    };
    struct buf out = {0}, text = {0}, want = {0};

    (void)state;
    for (size_t k = 0; k < ARRAY_LEN(cases) * 40 * 40; k++) {
        size_t i = k / (40 * 40), before = k / 40 % 40, behind = k % 40;

        add_among(&text, cases[i].text, before, behind);
        buf_reset(&out);
        json_add_text(&out, buf_str(&text));
        add_among(&want, cases[i].as, before, behind);
        assert_str(str_slice(buf_str(&out), 1, out.len - 1), buf_str(&want));
        buf_reset(&out);
        json_add_line(&out, buf_str(&text));
        add_among(&want, cases[i].in_line, before, behind);
        assert_str(str_slice(buf_str(&out), 1, out.len - 1), buf_str(&want));
    }
    buf_release(&out);
    buf_release(&text);
    buf_release(&want);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),  cmocka_unit_test(test_errors),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_member),
        cmocka_unit_test(test_write),  cmocka_unit_test(test_write_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
