#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/drawing.h"
#include "note_dump.h"

/* What is shown of a drawing's body; lines keep their places. */
static void parts(void **state) {
    static const struct {
        const char *body, *shown;
    } rows[] = {
        {"", ""},
        {"text\n", "text\n"},
        {"# Excalidraw Data\n## Text Elements\na ^x\n\n%%\n## "
         "Drawing\nDATA\n%%",
         "\n\na ^x\n\n"},
        {"own\n# Excalidraw Data\nlost\n## Text Elements\na\n"
         "## Element Links\nDATA\n",
         "own\n\n\n\na\n"},
        {"# Text Elements\na\n## Embedded Files\nDATA\n", "\na\n"},
        {"# Text Elements\na\n# Drawing\nDATA\n# Text Elements\nDATA\n",
         "\na\n"},
        {"# drawing\nDATA\n", ""},
        {"### Drawing\ntext\n", "### Drawing\ntext\n"},
        {"Drawing\n", "Drawing\n"},
        /* a comment hides what stands in it, the plugin's headings as well */
        {"own\n%%\n# Excalidraw Data\n# Text Elements\nDATA\n%%\n", "own\n"},
        {"%% own %% text\n%%\nown\n%%\ntext\n# Drawing\nDATA\n",
         "%% own %% text\n%%\nown\n%%\ntext\n"},
        /* data that no heading announces */
        {"own\n```compressed-json\nDATA\n```\n", "own\n"},
        {"own\n```json\n{\n\"type\": \"excalidraw\",\nDATA", "own\n"},
        {"own\n{\"type\":\"excalidraw\",\"DATA\":1}\n", "own\n"},
        {"```json\n{\"type\":\"table\"}\n```\n",
         "```json\n{\"type\":\"table\"}\n```\n"},
        {"==\xe2\x9a\xa0  Switch to EXCALIDRAW VIEW ==\ntext\n", "\ntext\n"},
    };
    struct buf shown = {0}, hidden = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&shown);
        buf_reset(&hidden);
        drawing_text(str_from(rows[i].body), &shown, &hidden);
        if (!str_eq(buf_str(&shown), str_from(rows[i].shown)))
            fail_msg("%s\ngave\n%s", rows[i].body, buf_cstr(&shown));
        if (str_find_str(str_from(rows[i].body), STR("DATA"), 0) != STR_NONE)
            assert_true(str_find_str(buf_str(&hidden), STR("DATA"), 0) !=
                        STR_NONE);
    }
    buf_release(&shown);
    buf_release(&hidden);
}

/* decisions.md 1: a tag in the data is one in a comment. */
static void hidden_tags(void **state) {
    struct note_dump x;

    (void)state;
    dump_open(&x);
    dump_note(&x, STR("---\nexcalidraw-plugin: parsed\n---\n#seen\n\n"
                      "# Drawing\n{\"text\": \"a #private matter\"}\n"));
    assert_true(x.note->is_drawing);
    assert_int_equal(x.note->ntags, 2);
    assert_true(str_eq(x.note->tags[1].name, STR("private")));
    assert_true(x.note->tags[1].in_comment && !x.note->tags[0].in_comment);
    assert_int_equal(x.note->nlinks, DRAWING_PICTURES);
    assert_true(str_eq(x.note->links[0].target, STR("Folder/Note.svg")));
    dump_note(&x, STR("# Drawing\ntext\n"));
    assert_false(x.note->is_drawing);
    assert_int_equal(x.note->nheadings, 1);
    x.file.path = STR("a.Excalidraw.MD");
    dump_note(&x, STR("# Drawing\ntext\n"));
    assert_true(x.note->is_drawing);
    assert_int_equal(x.note->nheadings, 0);
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts),
        cmocka_unit_test(hidden_tags),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
