#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note_dump.h"

/* Links to their own place in the file: each target says where it stands. */
static void places(void **state) {
    static const char *const texts[] = {
        "[[1:1]]",
        "\xc3\xa9 [[1:3]] \xc3\xa9 [[1:13]]",
        "\xf0\x9f\x98\x80 [[1:3]]",
        "\xef\xbb\xbf\xc3\xa9 [[1:3]]",
        "a\r\n[[2:1]]",
        "a\n[[2:1]]",
        "a\n   [[2:4]]",
        "a\n\tb [[2:4]]",
        "a  \n[[2:1]]",
        "a<br>\n[[2:1]]",
        "> a\n> [[2:3]]",
        "> a\n[[2:1]]",
        "> > a\n> > \xc3\xa9 [[2:7]]\n>> [[3:4]]",
        "- a\n  [[2:3]]",
        "- a\n[[2:1]]",
        "-\t[[1:3]]",
        "- a\n\n\t[[3:2]]\n\t\xc3\xa9 [[4:4]]",
        "> - a\n>   [[2:5]]",
        "1) a\n\n   > \xc3\xa9\n   > [[4:6]]",
        "[[1:1]]\n\n- [[3:3]]\n  - \xc3\xa9 [[4:7]]\n\t- [[5:4]]",
        "- [ ] [[1:7]]\n      [[2:7]]",
        "- [ ] 1. \xc3\xa9 [[1:12]]\n     [[2:6]]\n  2. [[3:6]]",
        "> * [x]\t- [ ] [[1:15]]\n>       [[2:9]]",
        "# x [[1:5]]",
        "## \xc3\xa9 [[1:6]] ##",
        "a [[1:3]]\n===",
        "a\n  b [[2:5]]\n---",
        "`a\nb` [[2:4]]",
        "%%a\nb%% [[2:5]] x\nc [[3:3]]",
        "$$a\nb$$ [[2:5]]\n [[3:2]]",
        "%%a\nb%%\n[x](3:1)",
        "%%a\nb%% [x](2:5) $c\nd$ [y](3:4) [[3:13]]",
        "a ^[x\ny] [z](2:4) [[2:13]]\n[w](3:1)",
        "> a ^[x\n> \xc3\xa9] [z](2:6) ^[\n> q] <a href=3:6>r</a>",
        "a $b\nc$ `d\ne` [y](3:4)",
        "a ^[x $b\nc$ [y](2:4)] [z](2:14)",
        "a ^[x\n[[2:1|*b*]]] [z](2:14)",
        "a <b\nc=d> [[2:6]]",
        "a [x](1:3) b",
        "> a\n> \xc3\xa9 [x](2:5)",
        "- a\n  [x](2:3) [y](2:12)",
        "[x\ny](1:1) [[2:9]]",
        "a ![[1:3]] ![b](1:12)",
        "[a]: /u\n[[2:1]]",
        "|a|b|\n|-|-|\n|[[3:2]]|x [[3:12]]|",
        "|a|\n|-|\n|\xc3\xa9 \\| [[3:7]] \\| [[3:18]]|",
        "a\n|[[2:2]]|\n|-|\n|[[4:2]]|",
        "x\n\n> a [[3:5]]\n> b\n> |[[5:4]]|\n> |-|\n> |[[7:4]]|",
        "[^a]: x [[1:9]]\n  [[2:3]]\n\n[^a]",
        "a ^[x [[1:7]] [y](1:15)] [[1:26]]",
        "> [!note] \xc3\xa9 [[1:13]]\n> [[2:3]] x",
        "> [!note] T\n> |[[2:4]]|[[2:12]]|\n> |-|-|\n> |\xc3\xa9 [[4:6]]|",
        "> [!note]\n> |[[2:4]]|\n> |-|\n> |[[4:4]]|",
        "- > [!note] T\n  > a [[2:7]]\n  > |[[3:6]]|\n  > |-|\n  > |[[5:6]]|",
        "> [!note] T\n[[2:1]]\n> [[3:3]]",
        "> [!note]- T\n> a\n> > [!tip] [[3:12]]\n> > b\n> > [[5:5]]",
        "a ^[x\n\xc3\xa9 [[2:3]] [y](2:11)\nz [[3:3]]] [[3:12]]",
        "> - a ^[x\n>   [[2:5]] [y](2:13) ^[z\n> [[3:3]]] [[3:12]]]",
        "a ^[[[1:5]] ^[b [[1:17]] [c](1:26)] [d](1:37)]",
        "[[1:1]] x\n[[2:1]] y\n|a|\n|-|",
        "[[1:1]]\n|[[2:2]]|\n|-|\n|[[4:2]]|",
        "a [k:: [[1:8]] b] [[1:19]]",
        "x\n(k:: [y](2:6)) [[2:16]]",
        "%%a\nb%% [k:: [[2:10]]] [[2:20]]",
        "|a|\n|-|\n|x [k:: [[3:9]]] [[3:18]]|",
        "[k:: [[1:6|*x*]] y [[1:20]]] [[1:30]]",
        "**a [[1:5]] *[b](1:14)*** [[1:27]]",
        "a ==[[1:5]]== ~~[[1:17]]~~",
        "<a href=1:1>x</a>",
        "\xc3\xa9 <a href=1:3>x</a>\n  <img src=2:3>",
        "---\nt: 1\n---\n[[4:1]]",
        "---\nt: 1\n---\n\n> \xc3\xa9 [[5:5]]",
        "---\na: \"[[2:4]]\"\nb:\n  - \"[[4:5]]\"\n  - x [[5:5]]\n---\n",
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        dump_note(&x, str_from(texts[i]));
        assert_true(x.note->nlinks > 0);
        for (uint32_t k = 0; k < x.note->nlinks; k++) {
            const struct link *l = &x.note->links[k];

            buf_reset(&x.out);
            buf_printf(&x.out, "%u:%u", l->line, l->column);
            if (!str_eq(buf_str(&x.out), l->target))
                fail_msg("%s: %.*s stands at %s", texts[i], STR_ARG(l->target),
                         buf_cstr(&x.out));
        }
    }
    dump_close(&x);
}

/* Where tags are, and whether a reader sees them (decisions.md 5). */
static void tags(void **state) {
    static const struct {
        const char *markdown, *tags;
    } texts[] = {
        {"#a\n> \xc3\xa9 #b/c", "a 1:1, b/c 2:5"},
        {"- x\n  #d", "d 2:3"},
        {"|a|\n|-|\n|x #e|", "e 3:4"},
        {"%%#f%% x", "f hidden"},
        {"%%\nx #g\n%%", "g hidden"},
        {"<!-- #h -->", "h hidden"},
        {"x %%y%% <!-- #i -->", "i hidden"},
        {"%%y%% <!-- #j -->", "j hidden"},
        {"`#k` \\#l [x #m](u) $#n$", "m 1:13"},
        {"```\n#o\n```\n\n    #p", ""},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        dump_note(&x, str_from(texts[i].markdown));
        buf_reset(&x.out);
        for (uint32_t k = 0; k < x.note->ntags; k++) {
            const struct tag_use *t = &x.note->tags[k];

            buf_printf(&x.out, "%s%.*s", k > 0 ? ", " : "", STR_ARG(t->name));
            if (t->in_comment)
                buf_add_lit(&x.out, " hidden");
            else
                buf_printf(&x.out, " %u:%u", t->line, t->column);
        }
        assert_string_equal(dump_end(&x), texts[i].tags);
    }
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(places),
                                       cmocka_unit_test(tags)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
