#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "search/dictionary.h"
#include "search/postings.h"
#include "search/words.h"

/* --- words --- */

static const struct {
    const char *text, *words; /* `|` after each */
} rows[] = {
    {"", ""},
    {" .-", ""},
    {"One two3 FOUR", "one|two3|four|"},
    {"a_b c/d e-mail don't", "a|b|c|d|e|mail|don|t|"},
    {"12345678 123456789 x", "12345678|123456789|x|"},
    {"Crêpe Zürich Łódź Straße ŒUVRE", "crepe|zurich|lodz|strasse|oeuvre|"},
    {"Cre\xCC\x82pe", "crepe|"}, /* composed or not */
    {"ΟΔΟΣ οδος Ἀθῆναι", "οδοσ|οδοσ|αθηναι|"},
    {"Ёлка Йод", "елка|иод|"},
    {"“quoted” — dash…end", "quoted|dash|end|"},
    {"ＦＵＬＬ ﬁne", "full|fine|"},
    {"مُحَمَّد", "محمد|"},
    {"שָׁלוֹם", "שלום|"},
    {"हिन्दी", "हिन्दी|"}, /* marks that are vowels stay */
    {"한국어 배우기", "한국어|배우기|"},
    {"東京都", "東京|京都|都|"},
    {"港", "港|"},
    {"A東京b", "a|東京|京|b|"},
    {"がぎ", "がぎ|ぎ|"}, /* voiced kana are letters of their own */
    {"ไทย", "ไท|ทย|ย|"},
    {"\xF0\x9F\x98\x80 smile", "smile|"},
    {"a\xF0\x9F\x98\x80"
     "b\u2014\u00e9\u2014\u00e7\u00b7\u00b7d",
     "a|b|e|c|d|"},
    {"\u2014\u2014\u2014\u00a0\u2705\u23f3", ""},
    {"Zo\u00eb zo\u00eb \u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
     "zoe|zoe|eeeeeeeee|"},
    {"abcdefghijabcdefghijabcdefghijabcdefghij z",
     "abcdefghijabcdefghijabcdefghijab|z|"},
};

static void add(void *context, const struct word *words, size_t n) {
    struct buf *out = context;

    for (size_t i = 0; i < n; i++) {
        struct word made = word_make(words[i].text);
        assert_true(words[i].key == made.key);
        buf_add_str(out, words[i].text);
        buf_add_ch(out, '|');
    }
}

static void assert_words(struct words *w, struct str text, size_t at,
                         size_t end, struct str want) {
    struct buf out = {0};

    words_split(w, text, at, end, add, &out);
    if (!str_eq(buf_str(&out), want))
        fail_msg("\"%.*s\": got \"%.*s\", want \"%.*s\"", STR_ARG(text),
                 STR_ARG(buf_str(&out)), STR_ARG(want));
    buf_release(&out);
}

static void test_words(void **state) {
    struct words *w = test_malloc(sizeof *w);
    (void)state;

    words_init(w);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str text = str_from(rows[i].text);
        assert_words(w, text, 0, text.len, str_from(rows[i].words));
    }
    words_release(w);
    test_free(w);
}

/* At each distance from the borders of what is read at once; what stands before and
 * behind the part does not count. */
static void test_places(void **state) {
    struct words *w = test_malloc(sizeof *w);
    struct buf text = {0}, want = {0};
    (void)state;

    words_init(w);
    for (size_t before = 0; before < 140; before++)
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
            size_t at;
            buf_reset(&text);
            buf_reset(&want);
            buf_add_lit(&text, "outside");
            for (size_t k = 0; k < before; k++)
                buf_add_ch(&text, k % 7 == 0 ? 'x' : '.');
            for (size_t k = 0; k < before; k += 7)
                buf_add_lit(&want, "x|");
            buf_add_lit(&text, " ");
            at = text.len;
            buf_add_str(&text, str_from(rows[i].text));
            buf_add_str(&want, str_from(rows[i].words));
            size_t end = text.len;
            buf_add_lit(&text, "Behind\xC3\xA9");
            /* More than is read at once. */
            for (size_t k = 0; k < 80; k++)
                buf_add_lit(&text, "y.");
            assert_words(w, buf_str(&text), 7, end, buf_str(&want));
            assert_words(w, buf_str(&text), at, end, str_from(rows[i].words));
            /* As the end of all. */
            assert_words(w, str_slice(buf_str(&text), 0, end), at, end,
                         str_from(rows[i].words));
        }
    words_release(w);
    test_free(w);
    buf_release(&text);
    buf_release(&want);
}

/* --- postings --- */

static uint32_t digit(char c) {
    return (uint32_t)c - (c > '\\' ? 35 : c > '"' ? 34 : 33);
}

/* As search.js reads it. */
static uint32_t read_number(struct str text, size_t *at) {
    uint32_t d = digit(text.p[(*at)++]), n = d, more = 0, from = 0;

    if (d > 90) {
        n = 0;
        more = 4;
        from = 44772;
    } else if (d > 85) {
        n = d - 86;
        more = 2;
        from = 2452;
    } else if (d > 59) {
        n = d - 60;
        more = 1;
        from = 60;
    }
    while (more-- > 0)
        n = n * 92 + digit(text.p[(*at)++]);
    return n + from;
}

static void test_numbers(void **state) {
    struct buf out = {0};
    size_t at = 0;
    (void)state;

    for (uint32_t n = 0; n < 100000; n++)
        search_add_number(&out, n);
    search_add_number(&out, 70000000);
    for (size_t i = 0; i < out.len; i++)
        assert_true(out.p[i] > ' ' && out.p[i] < 127 && out.p[i] != '"' &&
                    out.p[i] != '\\');
    for (uint32_t n = 0; n < 100000; n++)
        assert_int_equal(read_number(buf_str(&out), &at), n);
    assert_int_equal(read_number(buf_str(&out), &at), 70000000);
    assert_int_equal(at, out.len);
    buf_release(&out);
}

/* --- dictionary --- */

static void add_word(struct dictionary *d, const char *text, uint32_t piece,
                     enum search_rank rank) {
    struct word word = word_make(str_from(text));

    dictionary_add(d, &word, 1, piece, rank);
}

static const struct dictionary_word *word_of(const struct dictionary *d,
                                             const char *text) {
    for (size_t i = 0; i < d->words.len; i++)
        if (str_eq(d->words.items[i].text, str_from(text)))
            return &d->words.items[i];
    fail_msg("no word %s", text);
    return NULL;
}

static void test_dictionary(void **state) {
    struct arena a;
    struct dictionary d, other;
    const struct dictionary_word *w;
    (void)state;

    arena_init(&a);
    dictionary_init(&d, &a);
    dictionary_init(&other, &a);
    for (uint32_t i = 0; i < 5; i++)
        add_word(&d, "often", 1, RANK_TEXT);
    add_word(&d, "often", 3, RANK_TEXT);
    add_word(&d, "often", 3, RANK_TITLE);
    add_word(&d, "often", 7, RANK_TEXT);
    add_word(&d, "often", 7, RANK_TEXT);
    add_word(&d, "a long word, longer than eight", 7, RANK_HEADING);
    add_word(&d, "a long word, longer than eighty", 8, RANK_HEADING);
    add_word(&other, "often", 2, RANK_TEXT);
    add_word(&other, "other", 2, RANK_TEXT);
    dictionary_join(&d, &other);
    dictionary_sort(&d);
    assert_int_equal(d.words.len, 4);
    w = word_of(&d, "often");
    assert_int_equal(w->len, 4);
    assert_int_equal(w->list[0], 1 * SEARCH_RANKS + RANK_TEXT_OFTEN);
    assert_int_equal(w->list[1], 2 * SEARCH_RANKS + RANK_TEXT);
    assert_int_equal(w->list[2], 3 * SEARCH_RANKS + RANK_TITLE);
    assert_int_equal(w->list[3], 7 * SEARCH_RANKS + RANK_TEXT_AGAIN);
    dictionary_release(&d);
    dictionary_release(&other);
    arena_release(&a);
}

static void test_many_words(void **state) {
    struct arena a;
    struct dictionary d;
    char text[32];
    (void)state;

    arena_init(&a);
    dictionary_init(&d, &a);
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 20000; i++) {
            snprintf(text, sizeof text, "%s%u", i % 2 ? "w" : "longer-", i);
            add_word(&d, text, round, RANK_TEXT);
        }
    dictionary_sort(&d);
    assert_int_equal(d.words.len, 20000);
    for (size_t i = 0; i < d.words.len; i++) {
        assert_int_equal(d.words.items[i].len, 2);
        assert_true(i == 0 || unicode_cmp_utf16(d.words.items[i - 1].text,
                                                d.words.items[i].text) < 0);
    }
    dictionary_release(&d);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),      cmocka_unit_test(test_places),
        cmocka_unit_test(test_numbers),    cmocka_unit_test(test_dictionary),
        cmocka_unit_test(test_many_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
