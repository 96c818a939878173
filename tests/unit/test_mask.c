#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/mask.h"

static const struct limits limits = {.table_columns = 3, .table_cells = 12};

/* The masked text with each masked byte as a capital letter in brackets: W, E, T,
 * F, L, U, R, D as they stand in mask.h. */
static const char *masked(struct buf *out, struct mask *m, const char *text) {
    static const char names[] = {
        [MASK_WIKI] = 'W',      [MASK_EMBED] = 'E',     [MASK_TASK] = 'T',
        [MASK_FOOTNOTE] = 'F',  [MASK_URL_LOWER] = 'L', [MASK_URL_UPPER] = 'U',
        [MASK_REFERENCE] = 'R', [MASK_DASH] = 'D',
    };

    mask_text(m, str_from(text), &limits);
    buf_reset(out);
    for (size_t i = 0; i < m->text.len; i++) {
        unsigned char c = (unsigned char)m->text.p[i];
        if (c < sizeof names && names[c] != 0)
            buf_printf(out, "{%c}", names[c]);
        else
            buf_add_ch(out, (char)c);
    }
    return buf_cstr(out);
}

static void masks(void **state) {
    static const struct {
        const char *text, *masked;
    } rows[] = {
        {"", ""},
        {"plain [a](b) !x", "plain [a](b) !x"},
        {"[[a]]", "{W}[a]]"},
        {"![[a]]", "{E}[[a]]"},
        {"[[[a]]]", "[{W}[a]]]"},
        {"![[[a]]", "![{W}[a]]"},
        {"[[a [[b]]", "[[a {W}[b]]"},
        {"[[1] a](b) [[", "[[1] a](b) [["},
        {"\\[[a]]", "\\[[a]]"},
        {"\\\\[[a]]", "\\\\{W}[a]]"},
        {"\\![[a]]", "\\!{W}[a]]"},
        {"[^1] [^", "{F}^1] {F}^"},
        {"\\[^1]", "\\[^1]"},
        {"- [ ] a", "- {T} ] a"},
        {"- [x]", "- {T}x]"},
        {"-   [x] a", "-   {T}x] a"},
        {"1. > * [\xf0\x9f\x93\x85] a", "1. > * {T}\xf0\x9f\x93\x85] a"},
        {"- [x]a\n- [xy] b\n[x] c", "- [x]a\n- [xy] b\n[x] c"},
        {"> + [/]\tb", "> + {T}/]\tb"},
        {"- [[x] a", "- [[x] a"},
        {"- [ ] 1. a [ ] b", "- {T} ] 1. a [ ] b"},
        {"- [ ] - [x] + [/] a", "- {T} ] - {T}x] + {T}/] a"},
        {"- [ ] [x] a", "- {T} ] [x] a"},
        {"- [ ] > [x] a", "- {T} ] > [x] a"},
        {"http://a https://b Http://c", "{L}ttp://a {L}ttps://b {U}ttp://c"},
        {"<http://a> xhttp://b ftp://c http:/d",
         "<http://a> xhttp://b ftp://c http:/d"},
        {"https://https://", "{L}ttps://https://"},
        {"&#1; &#x1F; &#13; &#9; &#10; &#32; &#0; &amp; &#1",
         "{R}#1; {R}#x1F; {R}#13; &#9; &#10; &#32; &#0; &amp; &#1"},
        {"|a|b|c|\n|-|-|-|", "|a|b|c|\n|{D}|-|-|"}, /* counted generously */
        {"a|b\n-|-\nc|d", "a|b\n-|-\nc|d"},
    };
    struct mask m = {0};
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_string_equal(masked(&out, &m, rows[i].text), rows[i].masked);
        buf_reset(&out);
        mask_undo(&out, buf_str(&m.text));
        assert_string_equal(buf_cstr(&out), rows[i].text);
    }
    buf_release(&out);
    mask_release(&m);
}

static void tables(void **state) {
    static const struct {
        const char *text;
        uint32_t line;
    } rows[] = {
        {"|a|\n|-|\n|b|\n|c|", 0},
        {"a|b\n-|-\nc|d", 0},
        {"x\n\na|b|c|d\n-|-|-|-\n", 4},
        {"|a|\n|-|\n1\n2\n3\n4\n5\n", 2},
        {"|a|\n|-|\n1\n2\n3\n\n4\n5\n", 0},
        {"> a|b|c|d\n> -|-|-|-\n", 2},
        {"--- a\n---\n", 0},
        /* rows with more cells than the delimiter row */
        {"|a|b|c|\n|-|\n", 0},
        {"|a|b|c|d|\n|-|\n", 2},
        {"a|b|c\n|d|e\n|-|\n", 0},
        {"a|b|c\n|d|e|\n|-|\n", 3},
        {"|||||\n\n|a|\n|-|\n", 0},
        {"|a|\n|-|\n|b|c|d|\n", 0},
        {"|a|\n|-|\n|b|c|d|e|\n", 2},
    };
    struct mask m = {0};
    struct buf long_text = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        mask_text(&m, str_from(rows[i].text), &limits);
        assert_int_equal(m.wide_table, rows[i].line);
        assert_int_equal(memchr(m.text.p, MASK_DASH, m.text.len) != NULL,
                         rows[i].line > 0);
    }
    for (int i = 0; i < 1001; i++)
        buf_add_lit(&long_text, "a\n");
    buf_add_lit(&long_text, "|b|\n|-|\n");
    mask_text(&m, buf_str(&long_text), &limits);
    assert_int_equal(m.wide_table, 1003);
    buf_release(&long_text);
    mask_release(&m);
}

static void nesting(void **state) {
    static const struct {
        const char *one;
        int times, most; /* copies that are, that are not too deep */
    } rows[] = {
        {"12) ", MASK_MAX_NESTING + 1, MASK_MAX_NESTING},
        {"[^a]: ", MASK_MAX_NESTING + 1, MASK_MAX_NESTING / 2},
        {"\t- ", MASK_MAX_NESTING, MASK_MAX_NESTING / 4},
        {"    ", 0, 4 * MASK_MAX_NESTING}, /* never without a marker */
    };
    struct mask m = {0};
    struct buf text = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (int many = 0; many < 2; many++) {
            int n = many ? rows[i].times : rows[i].most;

            buf_reset(&text);
            buf_add_lit(&text, "a\n");
            for (int k = 0; k < n; k++)
                buf_add_str(&text, str_from(rows[i].one));
            buf_add_ch(&text, 'x'); /* dashes alone are a rule */
            mask_text(&m, buf_str(&text), &limits);
            assert_int_equal(m.too_deep, many && n > 0 ? 2 : 0);
        }
    }
    buf_release(&text);
    mask_release(&m);
}

/* A marker that is a character of its own is masked where it would be too deep,
 * and the line goes on as text. */
static void nesting_masked(void **state) {
    static const struct {
        const char *one;
        char mask;
    } rows[] = {
        {">", MASK_QUOTE}, {"> ", MASK_QUOTE}, {"- ", MASK_DASH},
        {"* ", MASK_STAR}, {"+ ", MASK_PLUS},
    };
    struct mask m = {0};
    struct buf text = {0}, back = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t width = strlen(rows[i].one);

        buf_reset(&text);
        for (int k = 0; k < MASK_MAX_NESTING; k++)
            buf_add_str(&text, str_from(rows[i].one));
        buf_add_ch(&text, 'x');
        mask_text(&m, buf_str(&text), &limits);
        assert_false(mask_found(buf_str(&m.text)));
        text.len--;
        buf_add_str(&text, str_from(rows[i].one));
        buf_add_ch(&text, 'x');
        mask_text(&m, buf_str(&text), &limits);
        assert_int_equal(m.too_deep, 0);
        assert_int_equal(m.text.p[width * MASK_MAX_NESTING], rows[i].mask);
        buf_reset(&back);
        mask_undo(&back, buf_str(&m.text));
        assert_true(str_eq(buf_str(&back), buf_str(&text)));
    }
    buf_reset(&text); /* a rule, however long */
    for (int k = 0; k <= MASK_MAX_NESTING; k++)
        buf_add_lit(&text, "* ");
    mask_text(&m, buf_str(&text), &limits);
    assert_false(mask_found(buf_str(&m.text)));
    buf_release(&text);
    buf_release(&back);
    mask_release(&m);
}

static void lines(void **state) {
    struct mask m = {0};

    (void)state;
    mask_text(&m, STR("a\n\n$$b\nc$$$d"), &limits);
    assert_int_equal(m.lines.len, 4);
    assert_int_equal(m.lines.items[1], 2);
    assert_int_equal(m.lines.items[3], 7);
    assert_int_equal(m.last_math, 9);
    mask_text(&m, STR("a $ b"), &limits);
    assert_int_equal(m.last_math, 0);
    mask_release(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks),   cmocka_unit_test(tables),
        cmocka_unit_test(nesting), cmocka_unit_test(nesting_masked),
        cmocka_unit_test(lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
