#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note_dump.h"

/* raw | key | text | id | level, `q` in a quote | own line */
static void headings(void **state) {
    static const struct {
        const char *markdown, *headings;
    } rows[] = {
        {"# A *b* `c` ##", "A *b* `c`|a b c|A b c|a-b-c|1|1"},
        {"x\n\n## Minecraft: The Game?",
         "Minecraft: The Game?|minecraft the game|Minecraft: The Game?|"
         "minecraft-the-game|2|3"},
        {"# See [[T|x]]", "See [[T|x]]|see t x|See x|see-x|1|1"},
        {"# H[^1] ^id\n\n[^1]: n", "H[^1]|h 1|H|h|1|1"},
        {"# a\n# A", "a|a|a|a|1|1; A|a|A|a-2|1|2"},
        {"> # q", "q|q|q|q|1q|1"},
        {"- # i\n\n  a\n  - ## j", "i|i|i|i|1|1; j|j|j|j|2|4"},
        {"#", "|||u|1|1"},
        {"# fn-1\n# _x", "fn-1|fn-1|fn-1|h-fn-1|1|1; _x|_x|_x|h-_x|1|2"},
        {"# e1-a\n# end-a",
         "e1-a|e1-a|e1-a|h-e1-a|1|1; end-a|end-a|end-a|end-a|1|2"},
        {"# a\xc2\xa0 b", "a\xc2\xa0 b|a b|a\xc2\xa0 b|a-b|1|1"},
        {"%%\n# no\n%%\n```\n# no\n```\n<div>\n# no\n</div>", ""},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        dump_note(&x, str_from(rows[i].markdown));
        buf_reset(&x.out);
        for (uint32_t k = 0; k < x.note->nheadings; k++) {
            const struct heading *h = &x.note->headings[k];

            buf_printf(&x.out, "%s%.*s|%.*s|%.*s|%.*s|%d%s|%u",
                       k > 0 ? "; " : "", STR_ARG(h->raw), STR_ARG(h->key),
                       STR_ARG(h->text), STR_ARG(h->id), h->level,
                       h->in_quote ? "q" : "", h->line);
        }
        assert_string_equal(dump_end(&x), rows[i].headings);
    }
    dump_close(&x);
}

static void sections(void **state) {
    static const char note[] = "# A\na\n## B\nb\n### C\nc\n## D\nd\n"
                               "> # Q\n> q\n\n- # L\n\n  l\n\n# E\n";
    static const char *const sections[] = {
        "<h1{id a} data-heading=\"A\">A</h1>\n<p>a</p>\n"
        "<h2{id b} data-heading=\"B\">B</h2>\n<p>b</p>\n"
        "<h3{id c} data-heading=\"C\">C</h3>\n<p>c</p>\n"
        "<h2{id d} data-heading=\"D\">D</h2>\n<p>d</p>\n"
        "<blockquote>\n<h1{id q} data-heading=\"Q\">Q</h1>\n<p>q</p>\n"
        "</blockquote>\n<ul>\n<li><h1{id l} data-heading=\"L\">L</h1>\n"
        "<p>l</p>\n</li>\n</ul>",
        "<h2{id b} data-heading=\"B\">B</h2>\n<p>b</p>\n"
        "<h3{id c} data-heading=\"C\">C</h3>\n<p>c</p>",
        "<h3{id c} data-heading=\"C\">C</h3>\n<p>c</p>",
        "<h2{id d} data-heading=\"D\">D</h2>\n<p>d</p>\n"
        "<blockquote>\n<h1{id q} data-heading=\"Q\">Q</h1>\n<p>q</p>\n"
        "</blockquote>\n<ul>\n<li><h1{id l} data-heading=\"L\">L</h1>\n"
        "<p>l</p>\n</li>\n</ul>",
        "<h1{id q} data-heading=\"Q\">Q</h1>\n<p>q</p>",
        "<h1{id l} data-heading=\"L\">L</h1>\n<p>l</p>",
        "<h1{id e} data-heading=\"E\">E</h1>",
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    dump_note(&x, str_from(note));
    assert_int_equal(x.note->nheadings, ARRAY_LEN(sections));
    for (uint32_t i = 0; i < x.note->nheadings; i++)
        assert_string_equal(dump_slice(&x, &x.note->headings[i].section),
                            sections[i]);
    dump_close(&x);
}

/* §4.2, in a note below and one above the size from which there is an index. */
static void find_heading(void **state) {
    static const char small[] =
        "# A\n## B\n### C\n> # A\n> ## Q\n\n## D: e?\n# F\n## B\n";
    static const struct {
        const char *subpath;
        uint32_t found;
    } rows[] = {
        {"A", 0},           {"a", 0},           {"B", 1},
        {"A#B", 1},         {"A#C", 2},         {"A##B", 1},
        {" A # B ", 1},     {"F#B", 7},         {"D e", 5},
        {"D: e?", 5},       {"A#F", NOTE_NONE}, {"B#D e", NOTE_NONE},
        {"Q", NOTE_NONE},   {"F#C", NOTE_NONE}, {"A#B#C", 2},
        {"G", NOTE_NONE},   {"", NOTE_NONE},    {"C#A", NOTE_NONE},
        {"A#A", NOTE_NONE},
    };
    struct note_dump x;
    struct buf note = {0};

    (void)state;
    dump_open(&x);
    for (int size = 0; size < 2; size++) {
        buf_add_str(&note, str_from(small));
        for (int i = 0; i < size * 40; i++)
            buf_printf(&note, "# More %d\n# More\n", i);
        dump_note(&x, buf_str(&note));
        assert_int_equal(x.note->headings_by_key != NULL, size > 0);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
            assert_int_equal(
                note_find_heading(x.note, str_from(rows[i].subpath), &x.arena),
                rows[i].found);
        buf_reset(&note);
    }
    assert_int_equal(note_find_heading(x.note, STR("more 39"), &x.arena), 86);
    assert_int_equal(note_find_heading(x.note, STR("More"), &x.arena), 9);
    buf_release(&note);
    dump_close(&x);
}

/* id: its slice */
static void blocks(void **state) {
    static const struct {
        const char *markdown, *blocks;
    } rows[] = {
        {"a\n\nb ^x", "x: <p{id ^x}>b</p>"},
        {"- a ^X1\n  - b\n- c",
         "x1: <li{id ^x1}>a\n<ul>\n<li>b</li>\n</ul>\n</li>"},
        {"- a\n  - b\n- c\n\n^l",
         "l: <ul{id ^l}>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n"
         "<li>c</li>\n</ul>"},
        {"> a\n\n^q", "q: <blockquote{id ^q}>\n<p>a</p>\n</blockquote>"},
        {"> a ^q", "q: <p{id ^q}>a</p>"},
        {"# H ^h", "h: <h1{id h} data-heading=\"H\">H</h1>"},
        {"$$\nx\n$$\n\n^m", "m: <div{id ^m} class=\"math math-block\">x</div>"},
        {"---\n\n^r", "r: <hr{id ^r}>"},
        {"a ^x\n\nb ^x", "x: <p{id ^x}>a</p>"},
        {"x\n![[N]] ^e\n\ny", "e: <div{id ^e}><p>x</p>\n{embed N}</div>"},
        {"- a\n  ```\n  b\n  ```\n  c ^c", "c: <p{id ^c}>c</p>"},
        {"^alone", ""},
        /* the task's, not that of the item behind its box */
        {"- [ ] 1. b ^t",
         "t: <li{id ^t} class=\"task-list-item\" data-task=\"\"><input "
         "type=\"checkbox\" class=\"task-list-item-checkbox\" disabled{task "
         "todo}>\n<ol>\n<li>b</li>\n</ol>\n</li>"},
        {"> [!tip] T ^t",
         "t: <div{id ^t} class=\"callout co-tip\" data-callout=\"tip\" "
         "data-callout-fold=\"\" data-callout-metadata=\"\"><div class=\""
         "callout-title\"><span class=\"callout-icon\" aria-hidden=\"true\">"
         "</span><span class=\"callout-title-inner\">T</span></div></div>"},
        {"|a|\n|-|\n|b ^c|\n^t",
         "t: <div{id ^t} class=\"table-wrapper\" tabindex=\"0\" role=\"group\""
         " aria-label=\"a\"><table>\n<thead><tr><th>a</th></tr></thead>\n"
         "<tbody><tr><td>b</td></tr>\n</tbody></table></div>"},
        {"```\na ^no\n```\n`a ^no`\n%% a ^no\n%%", ""},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = {0};

        dump_note(&x, str_from(rows[i].markdown));
        for (uint32_t k = 0; k < x.note->nblocks; k++) {
            const struct block *b = &x.note->blocks[k];

            buf_printf(&out, "%.*s: %s", STR_ARG(b->id),
                       dump_slice(&x, &b->slice));
        }
        assert_string_equal(buf_cstr(&out), rows[i].blocks);
        buf_release(&out);
    }
    dump_close(&x);
}

static void find_block(void **state) {
    struct note_dump x;
    struct buf note = {0};

    (void)state;
    dump_open(&x);
    for (int size = 3; size <= 300; size *= 100) {
        for (int i = 0; i < size; i++)
            buf_printf(&note, "a ^B-%d\n\n", i * 7 % size);
        dump_note(&x, buf_str(&note));
        assert_int_equal(x.note->blocks_by_id != NULL, size > 3);
        for (uint32_t i = 0; i < x.note->nblocks; i++)
            assert_int_equal(note_find_block(x.note, x.note->blocks[i].id), i);
        assert_int_equal(note_find_block(x.note, STR("B-0")), 0);
        assert_int_equal(note_find_block(x.note, STR("b-")), NOTE_NONE);
        assert_int_equal(note_find_block(x.note, STR("")), NOTE_NONE);
        assert_int_equal(note_find_block(x.note, STR("b-00")), NOTE_NONE);
        buf_reset(&note);
    }
    buf_release(&note);
    dump_close(&x);
}

/* status own text, parent and line of each item; own leaves nested lists out. */
static void items(void **state) {
    static const struct {
        const char *markdown, *items;
    } rows[] = {
        {"- a\n  - b\n\n    c\n- d",
         "1 up - <li>a\n</li>; 2 up 0 <li><p>b</p>\n<p>c</p>\n</li>; "
         "5 up - <li>d</li>"},
        {"1. a\n   > x\n   > - y\n\n   z",
         "1 up - "
         "<li><p>a</p>\n<blockquote>\n<p>x</p>\n</blockquote>\n<p>z</p>\n"
         "</li>; 3 up 0 <li>y</li>"},
        {"> - q", "1 up - <li>q</li>"},
        /* what stands below a line's items lies in the last */
        {"- - a\n  b\n  - c\n- d",
         "1 up - <li>\n</li>; 1 up 0 <li>a<br>\nb</li>; 3 up 1 <li>c</li>; "
         "4 up - <li>d</li>"},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = {0};

        dump_note(&x, str_from(rows[i].markdown));
        for (uint32_t k = 0; k < x.note->nitems; k++) {
            const struct item *item = &x.note->items[k];

            buf_printf(&out, "%s%u up ", k > 0 ? "; " : "", item->line);
            if (item->parent == NOTE_NONE)
                buf_add_lit(&out, "- ");
            else
                buf_printf(&out, "%u ", item->parent);
            buf_printf(&out, "%s", dump_slice(&x, &item->own));
        }
        assert_string_equal(buf_cstr(&out), rows[i].items);
        buf_release(&out);
    }
    dump_note(&x, STR("3. [x] a\n4. [ ] b\n   - c"));
    assert_int_equal(x.note->items[1].whole.wrapper, WRAP_OL);
    assert_int_equal(x.note->items[1].whole.start, 4);
    assert_true(x.note->items[1].is_task && x.note->items[1].whole.tasks);
    assert_true(str_eq(x.note->items[0].status, STR("x")));
    assert_int_equal(x.note->items[2].whole.wrapper, WRAP_UL);
    assert_int_equal(x.note->items[1].own.nranges, 2);
    dump_close(&x);
}

/* label: content, with `|` where the way back goes. */
static void footnotes(void **state) {
    static const struct {
        const char *markdown, *footnotes;
    } rows[] = {
        {"a[^1] b[^x]\n\n[^x]: X\n[^1]: one\n", "1: <p>one|</p>; x: <p>X|</p>"},
        {"[^a]\n\n[^a]: p\n\n    - q",
         "a: <p>p</p>\n<ul>\n<li>q</li>\n</ul>\n|"},
        {"a^[in *l*] b", ": <p>in <em>l</em>|</p>"},
        /* written after a cell, where lists may stand: none in a paragraph */
        {"c^[i<ul><li>Y</li></ul>]\n\n| a |\n| - |\n| b |", ": <p>iY|</p>"},
        {"[^a]\n\n[^a]: x[^b]\n[^b]: y[^a]",
         "a: <p>x{fn 1}|</p>; b: <p>y{fn 0}|</p>"},
        {"[^a]\n\n[^a]: ![[N]]", "a: {embed N}|"},
        {"[^a]\n\n[^a]: one\n[^a]: two", "a: <p>two|</p>"},
        {"[^a]\n\n[^a]:", "a: |"},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = {0};

        dump_note(&x, str_from(rows[i].markdown));
        for (uint32_t k = 0; k < x.note->nfootnotes; k++) {
            const struct footnote *f = &x.note->footnotes[k];
            struct range first = f->content, rest = f->content;

            first.end = rest.begin = f->backref_at;
            first.fixup_end = rest.fixup_begin = f->backref_fixup;
            buf_reset(&x.out);
            dump_range(&x, first);
            buf_add_ch(&x.out, '|');
            dump_range(&x, rest);
            buf_printf(&out, "%s%.*s: %s", k > 0 ? "; " : "", STR_ARG(f->label),
                       dump_end(&x));
        }
        assert_string_equal(buf_cstr(&out), rows[i].footnotes);
        buf_release(&out);
    }
    dump_close(&x);
}

/* The plain text that search, contexts and titles use. */
static void texts(void **state) {
    static const struct {
        const char *markdown, *text;
    } rows[] = {
        {"# H *e*\n\na [[N|b]] `c` $d$ %%e%% <b>f</b>\ng ^id",
         "H e\na b c d  f g\n"},
        {"- [x] a\n  - b", "a\nb\n"},
        {"a<br>b<b>c", "a bc\n"},
        {"|a|b|\n|-|-|\n|c|![x](i.png)|", "a\nb\nc\n\n"},
        {"> [!tip]\n> b", "Tip\nb\n"},
        {"```\ncode\n```\n\n<div>h &amp; i</div>", "code\n\n h & i \n\n"},
        {"<script>s</script>a <script>b *c*</script>d", "a d\n\n"},
        {"a <script>s *t* #u `v` $w$</script>d", "a d\n"},
        {"![[N]] #t [x](javascript:y)", " #t x\n"},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        dump_note(&x, str_from(rows[i].markdown));
        buf_reset(&x.out);
        buf_add_str(&x.out, x.note->text);
        assert_string_equal(buf_cstr(&x.out), rows[i].text);
    }
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings),     cmocka_unit_test(sections),
        cmocka_unit_test(find_heading), cmocka_unit_test(blocks),
        cmocka_unit_test(find_block),   cmocka_unit_test(items),
        cmocka_unit_test(footnotes),    cmocka_unit_test(texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
