#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/yaml.h"

static void assert_str(struct str got, struct str expected) {
    assert_int_equal(got.len, expected.len);
    if (expected.len > 0)
        assert_memory_equal(got.p, expected.p, expected.len);
}

/* The tree again as text: quoted scalars in quotes, lists and maps with their
 * number of children. */
static void draw(struct buf *out, const struct yaml *y) {
    if (y->kind == YAML_SCALAR) {
        buf_add_str(out, y->plain ? STR("") : STR("'"));
        buf_add_str(out, y->text);
        buf_add_str(out, y->plain ? STR("") : STR("'"));
        return;
    }
    buf_add_u64(out, y->len);
    buf_add_ch(out, y->kind == YAML_LIST ? '[' : '{');
    for (const struct yaml *c = y->first; c != NULL; c = c->next) {
        if (c->key != NULL) {
            draw(out, c->key);
            buf_add_ch(out, '=');
        }
        draw(out, c);
        buf_add_str(out, c->next != NULL ? STR(" ") : STR(""));
    }
    buf_add_ch(out, y->kind == YAML_LIST ? ']' : '}');
}

static void test_parse(void **state) {
    static const struct {
        struct str text, expected;
    } cases[] = {
        {STR_INIT("a: 1\nb: \"1\"\nc: '1'\n"), STR_INIT("3{a=1 b='1' c='1'}")},
        {STR_INIT("tags: [a, \"#b\"]\nempty:\nnone: ~"),
         STR_INIT("3{tags=2[a '#b'] empty= none=~}")},
        {STR_INIT("tags:\n- a\n- b\n"), STR_INIT("1{tags=2[a b]}")},
        {STR_INIT("link: [[Note]]"), STR_INIT("1{link=1[1[Note]]}")},
        {STR_INIT("text: |\n  x\n  y\n"), STR_INIT("1{text='x\ny\n'}")},
        {STR_INIT("text: >-\n  x\n  y\n"), STR_INIT("1{text='x y'}")},
        {STR_INIT("{ \"tags\": [\"a\"], \"publish\":false }"),
         STR_INIT("2{'tags'=1['a'] 'publish'=false}")},
        {STR_INIT("a: {b: {c: d}}"), STR_INIT("1{a=1{b=1{c=d}}}")},
        {STR_INIT("a: 1\na: 2"), STR_INIT("2{a=1 a=2}")},
        {STR_INIT("a: b # c\n# d"), STR_INIT("1{a=b}")},
        {STR_INIT("a: !!str 5\nb: &x 6\nc: *x"), STR_INIT("3{a=5 b=6 c=6}")},
        {STR_INIT("a: &x [1, {k: v}]\nb: *x\nc: [*x, *x]"),
         STR_INIT(
             "3{a=2[1 1{k=v}] b=2[1 1{k=v}] c=2[2[1 1{k=v}] 2[1 1{k=v}]]}")},
        {STR_INIT("&a x: 1\n*a : 2"), STR_INIT("2{x=1 x=2}")},
        {STR_INIT("? [a, b]\n: c"), STR_INIT("1{2[a b]=c}")},
        {STR_INIT("a: &x 1\nb: &x 2\nc: *x"), STR_INIT("3{a=1 b=2 c=2}")},
        {STR_INIT("<<: {a: 1}"), STR_INIT("1{<<=1{a=1}}")},
        {STR_INIT("just text"), STR_INIT("just text")},
        {STR_INIT("- a\n-\n- ''"), STR_INIT("3[a  '']")},
        {STR_INIT("---\na: b\n..."), STR_INIT("1{a=b}")},
        {STR_INIT("a: b\r\nc: d\r\n"), STR_INIT("2{a=b c=d}")},
        {STR_INIT("\xEF\xBB\xBF"
                  "a: b"),
         STR_INIT("1{a=b}")},
        /* ends of lines in YAML 1.1, characters in 1.2 */
        {STR_INIT("a: x\xE2\x80\xA8y\nb: \"\xE2\x80\xA9\"\nc: \xC2\x85z"),
         STR_INIT("3{a=x\xE2\x80\xA8y b='\xE2\x80\xA9' c=\xC2\x85z}")},
        {STR_INIT("a: \"x\\0y\\a\\t\\r\\n\""),
         STR_INIT("1{a='x\xEF\xBF\xBDy\xEF\xBF\xBD\t\xEF\xBF\xBD\n'}")},
    };
    struct buf drawn = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct yaml_error error;
        const struct yaml *y = yaml_parse(&a, cases[i].text, &error);

        assert_str(error.message, STR(""));
        assert_non_null(y);
        buf_reset(&drawn);
        draw(&drawn, y);
        assert_str(buf_str(&drawn), cases[i].expected);
    }
    buf_release(&drawn);
    arena_release(&a);
}

static void test_no_content(void **state) {
    static const struct str cases[] = {
        {NULL, 0},         STR_INIT(""),      STR_INIT("\n\n"),
        STR_INIT("# x\n"), STR_INIT("---\n"), STR_INIT("---\n...\n"),
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct yaml_error error;

        assert_null(yaml_parse(&a, cases[i], &error));
        assert_str(error.message, STR(""));
    }
    arena_release(&a);
}

static void test_errors(void **state) {
    static const struct {
        struct str text;
        uint32_t line, column;
        struct str message;
    } cases[] = {
        {STR_INIT("a: b: c"), 1, 5,
         STR_INIT("mapping values are not allowed in this context")},
        {STR_INIT("t: 1\nx: @me"), 2, 4,
         STR_INIT("found character that cannot start any token while scanning "
                  "for the next token")},
        /* columns are code points */
        {STR_INIT("\xC3\xA4\xF0\x9F\x98\x80: b: c"), 1, 6,
         STR_INIT("mapping values are not allowed in this context")},
        /* where it began, not where that was noticed */
        {STR_INIT("a: 1\nfoo\nb: 2\n"), 2, 1,
         STR_INIT("could not find expected ':' while scanning a simple key")},
        {STR_INIT("a: \"b\n\n\n"), 1, 4,
         STR_INIT(
             "found unexpected end of stream while scanning a quoted scalar")},
        {STR_INIT("a: \"C:\\x\""), 1, 9,
         STR_INIT("did not find expected hexdecimal number while parsing a "
                  "quoted scalar")},
        {STR_INIT("a: \xE2\x80\xA8\nb: @"), 2, 4,
         STR_INIT("found character that cannot start any token while scanning "
                  "for the next token")},
        {STR_INIT("a: b\nc: \xC3\xA4\x01"), 2, 5,
         STR_INIT("control characters are not allowed")},
        {STR_INIT("a: b\r\nc: \xFF"), 2, 4,
         STR_INIT("invalid leading UTF-8 octet")},
        {STR_INIT("a: *x"), 1, 4, STR_INIT("alias without an anchor")},
        {STR_INIT("a: &x [1, *x]"), 1, 11,
         STR_INIT("alias inside its own anchor")},
        {STR_INIT("a: 1\n---\nb: 2"), 2, 1, STR_INIT("more than one document")},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct yaml_error error;

        assert_null(yaml_parse(&a, cases[i].text, &error));
        assert_str(error.message, cases[i].message);
        assert_int_equal(error.line, cases[i].line);
        assert_int_equal(error.column, cases[i].column);
    }
    arena_release(&a);
}

static void test_positions(void **state) {
    struct yaml_error error;
    const struct yaml *y, *c;
    struct arena a;

    (void)state;
    arena_init(&a);
    y = yaml_parse(&a, STR("\n\xC3\xA4: &x\n  - \xC3\xB6\nb: *x\n"), &error);
    assert_non_null(y);
    assert_int_equal(y->line, 2);
    c = y->first;
    assert_int_equal(c->key->line, 2);
    assert_int_equal(c->key->column, 1);
    assert_int_equal(c->first->line, 3);
    assert_int_equal(c->first->column, 5);
    c = c->next; /* the alias stands where it is written, what it means there */
    assert_int_equal(c->line, 4);
    assert_int_equal(c->column, 4);
    assert_int_equal(c->first->line, 3);
    arena_release(&a);
}

static void fill(struct buf *b, const char *piece, size_t n) {
    buf_reset(b);
    for (size_t i = 0; i < n; i++)
        buf_add_str(b, str_from(piece));
}

static void test_depth(void **state) {
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t depth = YAML_MAX_DEPTH - 1; depth <= YAML_MAX_DEPTH + 1;
         depth++) {
        struct yaml_error error;
        bool fits = depth <= YAML_MAX_DEPTH;

        fill(&text, "- ", depth);
        buf_add_ch(&text, 'x');
        assert_int_equal(yaml_parse(&a, buf_str(&text), &error) != NULL, fits);
        assert_str(error.message, fits ? STR("") : STR("nested too deeply"));

        /* the same depth through an alias: 2 above it */
        buf_reset(&text);
        buf_add_lit(&text, "- &x ");
        for (size_t i = 0; i < depth - 2; i++)
            buf_add_ch(&text, '[');
        for (size_t i = 0; i < depth - 2; i++)
            buf_add_ch(&text, ']');
        buf_add_lit(&text, "\n- [*x]\n");
        assert_int_equal(yaml_parse(&a, buf_str(&text), &error) != NULL, fits);
        assert_str(error.message, fits ? STR("") : STR("nested too deeply"));

        /* and through two: 2 above each */
        buf_reset(&text);
        buf_add_lit(&text, "- &x ");
        for (size_t i = 0; i < depth - 4; i++)
            buf_add_ch(&text, '[');
        for (size_t i = 0; i < depth - 4; i++)
            buf_add_ch(&text, ']');
        buf_add_lit(&text, "\n- &y [[*x]]\n- [*y]\n");
        assert_int_equal(yaml_parse(&a, buf_str(&text), &error) != NULL, fits);
        assert_str(error.message, fits ? STR("") : STR("nested too deeply"));
    }
    buf_release(&text);
    arena_release(&a);
}

static size_t count_nodes(const struct yaml *y) {
    size_t n = 1;

    for (const struct yaml *c = y->first; c != NULL; c = c->next)
        n += count_nodes(c) + (c->key != NULL ? count_nodes(c->key) : 0);
    return n;
}

static void test_nodes(void **state) {
    struct yaml_error error;
    const struct yaml *y;
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t n = YAML_MAX_NODES - 2; n <= YAML_MAX_NODES; n++) {
        fill(&text, "-\n", n);
        assert_int_equal(yaml_parse(&a, buf_str(&text), &error) != NULL,
                         n < YAML_MAX_NODES);
    }
    assert_str(error.message, STR("too many values"));

    y = yaml_parse(&a, STR("a: &x [1, {b: c}]\nd: [*x, *x]"), &error);
    assert_int_equal(count_nodes(y), 1 + 1 + 5 + 1 + 1 + 2 * 5);

    /* A list of 99 nodes and 200 aliases of it, where 201 are too many. */
    for (int aliases = 200; aliases <= 201; aliases++) {
        buf_reset(&text);
        buf_add_lit(&text, "a: &x [");
        for (int i = 0; i < 98; i++)
            buf_add_lit(&text, "1,");
        buf_add_lit(&text, "]\nb: [");
        for (int i = 0; i < aliases; i++)
            buf_add_lit(&text, "*x,");
        buf_add_lit(&text, "]");
        y = yaml_parse(&a, buf_str(&text), &error);
        if (aliases == 200)
            assert_int_equal(count_nodes(y), 1 + 1 + 99 + 1 + 1 + 200 * 99);
    }
    assert_null(y);
    assert_str(error.message, STR("too many values"));
    buf_release(&text);
    arena_release(&a);
}

/* Ten to the ninth, if it were expanded. */
static void test_laughs(void **state) {
    struct yaml_error error;
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    buf_add_lit(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
        buf_printf(&text, "a%d: &a%d [", i, i);
        for (int n = 0; n < 10; n++)
            buf_printf(&text, "*a%d,", i - 1);
        buf_add_lit(&text, "]\n");
    }
    assert_null(yaml_parse(&a, buf_str(&text), &error));
    assert_str(error.message, STR("too many values"));
    assert_int_equal(error.line, 5);
    assert_true(a.total < 1000000);
    buf_release(&text);
    arena_release(&a);
}

static void test_hostile_is_fast(void **state) {
    static const char *const pieces[] = {
        "[",        "{",          "- ",           "? ",           "[{",
        "a: ",      "&a ",        "!a ",          "*a ",          "'",
        "\"\\",     "|",          "a:\n",         "- - a\n",      "{a: ",
        ": ",       "[a, ",       "? a\n",        "%TAG !a! a\n", "&a a: ",
        "[a]: ",    "\t",         "\xE2\x80\xA8", "a\n\n",        "#\n",
        "- &a a\n", "- {a: b}\n",
    };
    struct buf text = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct yaml_error error;
        clock_t start = clock();

        fill(&text, pieces[i], YAML_MAX_BYTES / strlen(pieces[i]));
        yaml_parse(&a, buf_str(&text), &error);
        /* Far from the seconds that an unbounded depth took. */
        assert_true(clock() - start < CLOCKS_PER_SEC);
    }
    buf_add_lit(&text, "more than the limit");
    {
        struct yaml_error error;

        assert_null(yaml_parse(&a, buf_str(&text), &error));
        assert_str(error.message, STR("longer than 64 KB"));
    }
    buf_release(&text);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),  cmocka_unit_test(test_no_content),
        cmocka_unit_test(test_errors), cmocka_unit_test(test_positions),
        cmocka_unit_test(test_depth),  cmocka_unit_test(test_nodes),
        cmocka_unit_test(test_laughs), cmocka_unit_test(test_hostile_is_fast),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
