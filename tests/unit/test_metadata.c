#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note_dump.h"

/*
 * What a note keeps of its source for queries: a note, and a line for each item
 * (`first line+lines symbol list<parent #heading ^block status|source`), for each
 * line with fields.
 */
static const struct {
    const char *note, *items, *lines;
} rows[] = {
    {"", "", ""},
    {"- a\n- b\n", "1+1 - 1|a;2+1 - 1|b;", ""},
    {"# H\n\n* a\n\n## I\n1. b\n3) c\n",
     "3+1 * 3 #H|a;6+1 1. 6 #I|b;7+1 3) 7 #I|c;", ""},
    /* its own lines */
    {"- a\n  b\n    - c\n\td\n- e", "1+2 - 1|a/b;3+2 - 1<1|c/d;5+1 - 1|e;", ""},
    {"- a\nlazy\n- b\n\nc:: d", "1+2 - 1|a/lazy;3+1 - 1|b;", "5 c:: d;"},
    {"- a\n\n  b\n\n- c\n\n\n- d\n", "1+4 - 1|a//b/;5+2 - 1|c/;8+1 - 1|d;", ""},
    {"- a\n    - b\n\n- c\n", "1+1 - 1|a;2+1 - 1<1|b;4+1 - 1|c;", ""},
    {"- a\n\n  ```\n  [x:: 1]\n  ```\n", "1+5 - 1|a//```/[x:: 1]/```;", ""},
    {"-\n  a\n", "1+2 - 1|/a;", ""},
    {"- - a\n", "1+1 - 1|- a;1+1 - 1<1|- a;", ""},
    {"- a ^id\n- b\n  ^id2\n", "1+1 - 1 ^id|a ^id;2+2 - 1 ^id2|b/^id2;", ""},
    /* boxes */
    {"- [ ] a\n- [x]\n- []  b\n- [  ] c\n- [xx] d\n- [ ]e\n-  [>]  f\n"
     "- [a](b.md) g\n- [1] h\n- [\xf0\x9f\x98\x80] i\n",
     "1+1 - 1 ' '|[ ] a;2+1 - 1 'x'|[x];3+1 - 1|[]  b;4+1 - 1|[  ] c;"
     "5+1 - 1|[xx] d;6+1 - 1|[ ]e;7+1 - 1 '>'|[>]  f;8+1 - 1|[a](b.md) g;"
     "9+1 - 1 '1'|[1] h;10+1 - 1 '\xf0\x9f\x98\x80'|[\xf0\x9f\x98\x80] i;",
     ""},
    /* elsewhere */
    {"> [!note] N\n> - [ ] T\n> F:: in\n>\n> G:: out\n",
     "2+2 - 0 ' '|[ ] T/> F:: in;", "5 > G:: out;"},
    {"> - a\n>\n> - b\n", "1+2 - 0|a/>;3+1 - 0|b;", ""},
    {"<div>\n\n- a:: b\n\n</div>\n", "3+1 - 3|a:: b;", ""},
    {"x[^1]\n\n[^1]: - a\n    - b:: c\n", "3+1 ? 0|[^1]: - a;4+1 - 0|b:: c;",
     ""},
    {"```\n- a\n```\n%%\n- b\n%%\n", "", ""},
    /* lines */
    {"---\nk:: v\nt: [a]\n---\n", "", "2 k:: v;"},
    {"  a:: b  \n\n# h:: i\n```\nc:: d\n```\n<p>e:: f</p>\n\n***\n|g::|\n|-|\n",
     "", "1 a:: b;3 # h:: i;5 c:: d;7 <p>e:: f</p>;10 |g::|;"},
    {"- a:: b\n  c:: d\n\ne:: f\n1. g:: h\n",
     "1+2 - 1|a:: b/c:: d;5+1 1. 5|g:: h;", "4 e:: f;"},
    {"a %% [b:: c] %%\nd:: e\n%%\nf:: g\n%%\n<!-- h:: i\nj\nk:: l -->\nm:: n",
     "",
     "1! a %% [b:: c] %%;2 d:: e;4! f:: g;6! <!-- h:: i;8! k:: l -->;9 m:: n;"},
};

static void add_items(struct buf *out, const struct note *n) {
    for (uint32_t i = 0; i < n->nitems; i++) {
        const struct item *item = &n->items[i];

        buf_printf(out, "%u+%u %.*s %u", item->line, item->nlines,
                   STR_ARG(item->symbol.len > 0 ? item->symbol : STR("?")),
                   item->list_line);
        if (item->parent != NOTE_NONE)
            buf_printf(out, "<%u", n->items[item->parent].line);
        if (item->heading != NOTE_NONE)
            buf_printf(out, " #%.*s", STR_ARG(n->headings[item->heading].raw));
        if (item->block != NOTE_NONE)
            buf_printf(out, " ^%.*s", STR_ARG(n->blocks[item->block].id));
        if (item->is_task)
            buf_printf(out, " '%.*s'", STR_ARG(item->status));
        buf_add_ch(out, '|');
        for (size_t k = 0; k < item->source.len; k++)
            buf_add_ch(out,
                       item->source.p[k] == '\n' ? '/' : item->source.p[k]);
        buf_add_ch(out, ';');
    }
}

static void add_lines(struct buf *out, const struct note *n) {
    for (uint32_t i = 0; i < n->nfield_lines; i++)
        buf_printf(out, "%u%s %.*s;", n->field_lines[i].line,
                   n->field_lines[i].hidden ? "!" : "",
                   STR_ARG(n->field_lines[i].text));
}

static void metadata(void **state) {
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        dump_note(&x, str_from(rows[i].note));
        buf_reset(&x.out);
        add_items(&x.out, x.note);
        assert_string_equal(buf_cstr(&x.out), rows[i].items);
        buf_reset(&x.out);
        add_lines(&x.out, x.note);
        assert_string_equal(buf_cstr(&x.out), rows[i].lines);
    }
    dump_close(&x);
}

/* Items deeper than elements are written are there, without slices. */
static void deep(void **state) {
    struct note_dump x;
    struct buf text = {0};

    (void)state;
    dump_open(&x);
    for (int depth = 0; depth < 80; depth++) {
        for (int i = 0; i < depth; i++)
            buf_add_lit(&text, "  ");
        buf_add_lit(&text, "- [ ] a:: b\n");
    }
    dump_note(&x, buf_str(&text));
    assert_int_equal(x.note->nitems, 80);
    assert_int_equal(x.note->items[79].parent, 78);
    assert_int_equal(x.note->items[79].line, 80);
    assert_int_equal(x.note->items[79].own.nranges, 0);
    assert_true(x.note->items[79].is_task);
    assert_int_equal(x.note->items[0].whole.nranges, 1);
    assert_int_equal(x.note->nfield_lines, 0);
    buf_release(&text);
    dump_close(&x);
}

/* Many items that begin on one line have its text once. */
static void one_line(void **state) {
    struct note_dump x;
    struct buf text = {0};

    (void)state;
    dump_open(&x);
    for (int i = 0; i < 60; i++)
        buf_add_lit(&text, "- ");
    buf_add_lit(&text, "a\n");
    dump_note(&x, buf_str(&text));
    assert_int_equal(x.note->nitems, 60);
    assert_ptr_equal(x.note->items[0].source.p, x.note->items[59].source.p);
    buf_release(&text);
    dump_close(&x);
}

/* A line of more than 32,768 UTF-16 code units is not looked at. */
static void long_lines(void **state) {
    struct note_dump x;
    struct buf text = {0};

    (void)state;
    dump_open(&x);
    buf_add_lit(&text, "a:: b\n\na:: ");
    while (text.len < 7 + 32768)
        buf_add_ch(&text, 'x');
    dump_note(&x, buf_str(&text));
    assert_int_equal(x.note->nfield_lines, 2);
    buf_add_ch(&text, 'x');
    dump_note(&x, buf_str(&text));
    assert_int_equal(x.note->nfield_lines, 1);
    buf_reset(&text);
    buf_add_lit(&text, "a:: ");
    for (int i = 0; i < 20000; i++)
        buf_add_lit(&text, "\xe6\x97\xa5");
    dump_note(&x, buf_str(&text));
    assert_int_equal(x.note->nfield_lines, 1);
    buf_release(&text);
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metadata),
        cmocka_unit_test(deep),
        cmocka_unit_test(one_line),
        cmocka_unit_test(long_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
