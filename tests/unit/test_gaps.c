#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note_dump.h"

/* Markdown, and the plain text of it with what is no text of its own in braces;
 * a bar where a block of code ends. */
static const struct {
    const char *markdown, *text;
} rows[] = {
    {"Ada met Bo.", "Ada met Bo.\n"},
    {"*Ada* **Example** ==x== ~~y~~", "Ada Example x y\n"},
    {"[[Ada]] and [[Ada|her]] and [her](Ada.md)",
     "{Ada} and {her} and {her}\n"},
    {"![[Ada]] ![[Ada.png|Ada]]", " \n"},
    {"[Ada](https://a.example) [Ada]()", "{Ada} Ada\n"},
    {"[*Ada* `x` Example](https://a.example)", "{Ada x Example}\n"},
    {"[[Ada|`x` #tag y]] z", "{x #tag y} z\n"},
    {"<https://a.example/Ada> https://a.example/Ada",
     "{https://a.example/Ada} {https://a.example/Ada}\n"},
    {"![Ada](https://a.example/a.png) x", " x\n"},
    {"![Ada](https://youtu.be/x) y", "{Ada} y\n"},
    {"`Ada` ``A`a`` a", "{Ada} {A`a} a\n"},
    {"`= this.file.name` x", "{= this.file.name} x\n"},
    {"#person/ada and #7", "{#person/ada} and #7\n"},
    {"Ada %%Bo%% <!-- Cy --> Di", "Ada   Di\n"},
    {"```\nAda\n```", "Ada\n\n|"},
    {"    Ada", "Ada\n\n|"},
    {"# Ada `x`\n\n- [ ] Bo @Cy [[Di]]\n\n| Ed `x` | Fa |\n|-|-|\n| Gi | Hu |",
     "Ada {x}\nBo @Cy {Di}\nEd {x}\nFa\nGi\nHu\n"},
    {"> [!note] Ada `x`\n> Bo", "Ada {x}\nBo\n"},
    {"<a href=\"x\">Ada *Example*</a> <code>Bo</code> <b>Cy</b>",
     "{Ada }{Example} {Bo} Cy\n"},
    {"<kbd>*a <b>b</b>*</kbd> c", "{a }{b} c\n"},
    {"<p>Ada <a href=\"x\">Bo</a> Cy <code>Di <b>Ed</b></code> Fa</p>",
     " Ada { Bo}  Cy { Di  Ed }  Fa \n\n"},
    {"Ada[^1] Bo^[Cy `x`]\n\n[^1]: Di [[Ed]]", "Ada Bo\nDi {Ed}\nCy {x}\n"},
    {"key:: [[Ada]] x", "key:: {Ada} x\n"},
};

static void show(struct buf *out, const struct note *n) {
    uint32_t gap = 0, block = 0;

    for (uint32_t i = 0; i <= n->text.len; i++) {
        if (gap < n->ngaps && n->gaps[gap].end == i) {
            buf_add_ch(out, '}');
            gap++;
        }
        if (gap < n->ngaps && n->gaps[gap].begin == i)
            buf_add_ch(out, '{');
        if (i < n->text.len)
            buf_add_ch(out, n->text.p[i]);
        if (block < n->ntext_blocks && n->text_blocks[block].end == i &&
            n->text_blocks[block++].kind == TEXT_CODE)
            buf_add_ch(out, '|');
    }
}

static void gaps_of_text(void **state) {
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&x.out);
        dump_note(&x, str_from(rows[i].markdown));
        show(&x.out, x.note);
        assert_string_equal(buf_cstr(&x.out), rows[i].text);
    }
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(gaps_of_text)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
