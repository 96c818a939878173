#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "link/link.h"

/* The context of the link that stands between '[' and ']' in `text`, its own
 * text in brackets again. Other blocks stand before and behind. */
static const char *context_of(struct arena *a, struct str text) {
    size_t open = str_find(text, '['), close = str_find(text, ']'), at, len;
    struct buf plain = {0}, shown = {0};
    struct text_block blocks[3] = {{.end = 7}};
    struct note note = {.text_blocks = blocks, .ntext_blocks = 3};
    struct link link = {.block = 1};
    struct str line;
    const char *result;

    buf_add_lit(&plain, "Before\n");
    blocks[1].begin = (uint32_t)plain.len;
    buf_add_str(&plain, str_slice(text, 0, open));
    link.text_begin = (uint32_t)plain.len;
    buf_add_str(&plain, str_slice(text, open + 1, close));
    link.text_end = (uint32_t)plain.len;
    buf_add_str(&plain, str_skip(text, close + 1));
    blocks[1].end = blocks[2].begin = (uint32_t)plain.len;
    buf_add_lit(&plain, "After\n");
    blocks[2].end = (uint32_t)plain.len;
    note.text = buf_str(&plain);

    line = link_context(a, &note, &link, &at, &len);
    assert_true(utf8_count(line) <= 160);
    assert_int_equal(utf8_valid_len(line), line.len);
    assert_true(at + len <= line.len);
    buf_add_str(&shown, str_slice(line, 0, at));
    buf_add_lit(&shown, "[");
    buf_add_str(&shown, str_slice(line, at, at + len));
    buf_add_lit(&shown, "]");
    buf_add_str(&shown, str_skip(line, at + len));
    result = arena_cstr(a, buf_str(&shown));
    buf_release(&shown);
    buf_release(&plain);
    return result;
}

#define TEN "ten chars "
#define FIFTY TEN TEN TEN TEN TEN
#define HAN10 "山田太郎東京大阪京都"
#define HAN50 HAN10 HAN10 HAN10 HAN10 HAN10
#define X10 "xxxxxxxxxx"
#define X50 X10 X10 X10 X10 X10

static const struct {
    const char *text, *context;
} contexts[] = {
    {"See [Alpha] now", "See [Alpha] now"},
    {"[Alpha]", "[Alpha]"},
    {"  See\n\n [Alpha]\t now \n", "See [Alpha] now"},
    {" [Alpha] ", "[Alpha]"},
    {"an icon [] here", "an icon []here"}, /* one blank of two */
    {"Grüße an [Zoë]", "Grüße an [Zoë]"},
    /* 160 exactly */
    {FIFTY "[" FIFTY "]" FIFTY "0123456789",
     FIFTY "[" FIFTY "]" FIFTY "0123456789"},
    /* cut on one side: the other has all the room */
    {"Start [link] " FIFTY FIFTY FIFTY "end.",
     "Start [link] " FIFTY FIFTY TEN TEN TEN TEN "ten…"},
    {FIFTY FIFTY FIFTY FIFTY "[link] end.",
     "…" FIFTY FIFTY FIFTY "[link] end."},
    /* on both: half each */
    {FIFTY FIFTY "[link] " FIFTY FIFTY,
     "…chars " FIFTY TEN TEN "[link] " FIFTY TEN TEN "ten…"},
    /* no border near: cut inside the word */
    {HAN50 HAN50 "[link]" HAN50 HAN50,
     "…郎東京大阪京都" HAN50 HAN10 HAN10 "[link]" HAN50 HAN10 HAN10
     "山田太郎東京大…"},
    {X50 X50 X50 X50 "[link]", "…" X50 X50 X50 "xxxxx[link]"},
    /* a long label is cut itself */
    {"a [" X50 X50 X50 X50 "] b", "…[" X50 X50 X50 "xxxxxxxx]…"},
    {"[" X50 X50 X50 X50 "] b", "[" X50 X50 X50 "xxxxxxxx]…"},
};

static void test_contexts(void **state) {
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(contexts); i++)
        assert_string_equal(context_of(&a, str_from(contexts[i].text)),
                            contexts[i].context);
    arena_release(&a);
}

/* Each accent stays with its letter, wherever the cut falls. */
static void test_marks(void **state) {
    struct arena a;
    struct buf text = {0};

    (void)state;
    arena_init(&a);
    for (int shift = 0; shift < 8; shift++) {
        const char *context;

        buf_reset(&text);
        for (int i = 0; i < 200; i++)
            buf_add_lit(&text, "e\u0301\u0323");
        buf_add_lit(&text, "[");
        for (int i = 0; i < shift; i++)
            buf_add_lit(&text, "x");
        buf_add_lit(&text, "]");
        for (int i = 0; i < 200; i++)
            buf_add_lit(&text, "e\u0301\u0323");
        context = context_of(&a, buf_str(&text));
        assert_true(str_starts(str_from(context), STR("…e\u0301")));
        assert_true(str_ends(str_from(context), STR("e\u0301\u0323…")));
    }
    buf_release(&text);
    arena_release(&a);
}

static void test_no_text(void **state) {
    static const struct text_block block[] = {{.begin = 4, .end = 10}};
    static const struct link links[] = {
        {.kind = LINK_PROPERTY, .block = NOTE_NONE},
        {.block = 1, .text_begin = 11, .text_end = 11},
        {.block = 0, .text_begin = 2, .text_end = 6},
        {.block = 0, .text_begin = 8, .text_end = 12},
    };
    struct note note = {
        .text = STR("One\nTwo two\n"), .text_blocks = block, .ntext_blocks = 1};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        size_t at = 9, len = 9;

        assert_false(link_has_context(&note, &links[i]));
        assert_int_equal(link_context(&a, &note, &links[i], &at, &len).len, 0);
        assert_int_equal(at, 0);
        assert_int_equal(len, 0);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_no_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
