#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note_dump.h"

static void kinds(void **state) {
    static const struct {
        const char *target;
        enum embed_kind kind;
    } rows[] = {
        {"Note", EMBED_NOTE},    {"Note.md", EMBED_NOTE},
        {"a.PNG", EMBED_IMAGE},  {"b/c.svg", EMBED_IMAGE},
        {"a.webm", EMBED_VIDEO}, {"a.ogg", EMBED_AUDIO},
        {"a.pdf", EMBED_PDF},    {"a.canvas", EMBED_CANVAS},
        {"a.Base", EMBED_BASE},  {"a.png.md", EMBED_NOTE},
        {"v1.2", EMBED_NOTE},    {"", EMBED_NOTE},
        {".png", EMBED_NOTE},    {"a.zip", EMBED_NOTE},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_int_equal(embed_kind_of(str_from(rows[i].target)), rows[i].kind);
    assert_true(embed_is_block(EMBED_NOTE) && embed_is_block(EMBED_CANVAS) &&
                embed_is_block(EMBED_BASE));
    assert_false(embed_is_block(EMBED_IMAGE) || embed_is_block(EMBED_PDF));
}

static void sizes(void **state) {
    static const struct {
        const char *text, *alt;
        uint32_t width, height;
    } rows[] = {
        {"100", "", 100, 0},        {"100x145", "", 100, 145},
        {"a|200", "a", 200, 0},     {"a | b | 20x30", "a | b", 20, 30},
        {"center", "center", 0, 0}, {"100x", "100x", 0, 0},
        {"x50", "x50", 0, 0},       {"a|x50", "a|x50", 0, 0},
        {"100X20", "100X20", 0, 0}, {"0", "", 0, 0},
        {"99999", "", 99999, 0},    {"100000", "100000", 0, 0},
        {"100|a", "100|a", 0, 0},   {"", "", 0, 0},
        {"|50", "", 50, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct embed e = {0};

        embed_split_size(str_from(rows[i].text), &e);
        assert_int_equal(e.alt.len, strlen(rows[i].alt));
        assert_true(str_eq(e.alt, str_from(rows[i].alt)));
        assert_int_equal(e.width, rows[i].width);
        assert_int_equal(e.height, rows[i].height);
    }
}

/* decisions.md 17: where an embed is a block, and where it is but a link. */
static void places(void **state) {
    static const struct {
        const char *markdown;
        bool in_block, as_link;
    } rows[] = {
        {"![[N]]", true, false},
        {"a ![[N]] b", true, false},
        {"![t](N.md)", true, false},
        {"- ![[N]]", true, false},
        {"> [!x] t\n> ![[N]]", true, false},
        {"|a|\n|-|\n|x ![[N]]|", true, false},
        {"# ![[N]]", false, true},
        {"*![[N]]*", false, true},
        {"==![[N]]==", false, true},
        {"> [!x] ![[N]]", false, true},
        {"![[i.png]]", true, false},
        {"**![[i.png]]**", false, false},
        {"[![[i.png]]](u)", false, false},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        dump_note(&x, str_from(rows[i].markdown));
        assert_int_equal(x.note->nembeds, 1);
        assert_int_equal(x.note->embeds[0].in_block, rows[i].in_block);
        assert_int_equal(x.note->embeds[0].as_link, rows[i].as_link);
    }
    dump_note(&x, STR("[a ![[N|b]]](u)"));
    assert_int_equal(x.note->nembeds, 0); /* its text alone */
    assert_string_equal(dump_body(&x), "<p>{link u}a b</a></p>");
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds),
                                       cmocka_unit_test(sizes),
                                       cmocka_unit_test(places)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
