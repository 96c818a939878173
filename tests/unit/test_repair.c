#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/unicode.h"
#include "vault/repair.h"

#define FFFD "\xef\xbf\xbd"
#define LENGTH 220000

/* --- damaging a text, independently of the tables --- */

/* Bytes 80 to FF of Mac Roman. */
static const char mac_roman[] =
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
    "¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ"
    "\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/* Bytes 80 to 9F of Windows-1252; '?' where it has nothing. */
static const char cp1252[] = "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ";

enum undefined { KEPT, DROPPED, LOST }; /* as C1, not at all, as U+FFFD */

static uint32_t nth(const char *list, size_t n) {
    struct str s = str_from(list);
    size_t at = 0;
    uint32_t code = 0;

    for (size_t i = 0; i <= n; i++) {
        assert_true(at < s.len);
        at += utf8_decode(s, at, &code);
    }
    return code;
}

static void damage(struct buf *out, struct str text, enum repair_codec codec,
                   enum undefined undefined) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];
        uint32_t code = c;

        if (c >= 0x80 && codec == REPAIR_MAC_ROMAN)
            code = nth(mac_roman, c - 0x80U);
        else if (c >= 0x80 && c <= 0x9F)
            code = nth(cp1252, c - 0x80U);
        if (code != '?' || c == '?')
            utf8_encode(out, code);
        else if (undefined == KEPT)
            utf8_encode(out, c);
        else if (undefined == LOST)
            utf8_encode(out, UNICODE_REPLACEMENT);
    }
}

/* --- rows --- */

struct row {
    const char *given, *wanted; /* NULL: it stays */
};

static void check_rows(const struct row *rows, size_t n) {
    struct repair r = {0};

    for (size_t i = 0; i < n; i++) {
        struct str given = str_from(rows[i].given), got;
        const char *wanted = rows[i].wanted ? rows[i].wanted : rows[i].given;

        got = repair_text(&r, given);
        if (!str_eq(got, str_from(wanted)))
            fail_msg("row %zu: \"%s\" gave \"%.*s\", not \"%s\"", i,
                     rows[i].given, STR_ARG(got), wanted);
        if (rows[i].wanted == NULL) {
            assert_ptr_equal(got.p, given.p);
            assert_int_equal(r.changes.len, 0);
        }
    }
    repair_release(&r);
}

static void test_signs(void **state) {
    static const struct row rows[] = {
        /* Mac Roman */
        {"We donâ€™t", "We don’t"},
        {"Anna‚Äôs boat", "Anna’s boat"},
        {"10‚Äì12 knots ‚Äî calm", "10–12 knots — calm"},
        {"‚ÄúAye‚Äù, ‚Äòaye‚Äô", "“Aye”, ‘aye’"},
        {"‚úÖ ‚è∞ ‚ö†", "✅ ⏰ ⚠"},
        {"pier ‚Üí quay", "pier → quay"},
        {"\uf8ffüö¢", "🚢"},
        {"-20 ‚àí 3 ‚â• x", "-20 − 3 ≥ x"},
        {"‚Ç¨ 12", "€ 12"},
        /* cp1252, with C1 controls where it has nothing */
        {"â€œAyeâ€\xc2\x9d", "“Aye”"},
        {"pier â†’ quay", "pier → quay"},
        {"â‚¬ 12, â„¢", "€ 12, ™"},
        {"ðŸš¢ and ðŸ\xc2\x90"
         "³",
         "🚢 and 🐳"},
        {"â\xc2\x8f"
         "° at 8",
         "⏰ at 8"},
        {"ï»¿text", "text"},
        {"ï¿½", FFFD},
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows));
}

static void test_letters(void **state) {
    static const struct row rows[] = {
        /* rule 2: a lower-case letter beside it */
        {"zmÄ›na", "změna"},
        {"vÃ©lo", "vélo"},
        {"Ã‰cole", "École"},
        {"Ã‰COLE", NULL},
        {"A Ã© B", NULL},
        {"v√©lo", "vélo"},
        {"√âcole", "École"},
        {"Gr√∂√üe", "Größe"},
        {"l√∂st", "löst"},
        {"√±5", NULL},
        {"a√π", NULL},
        {"ƒ∞", NULL},
        {"≈Ω", NULL},
        {"x≈±5 m", NULL},
        {"e√≠n", "eín"},
        {"f ≈≤ g", NULL},
        /* rule 2: what follows a capital in honest text */
        {"Ã—three", NULL},
        {"Ä“so", NULL},
        {"Ã…land", NULL},
        {"Å›roda", NULL},
        {"kÅ›roda", "kśroda"},
        /* rule 3 */
        {"tiáº¿p", "tiếp"},
        {"áº¿", NULL},
        {"Tiáº¿N", NULL},
        /* rule 4 */
        {"20 Â°C", "20 °C"},
        {"Â§ 4", "§ 4"},
        {"SÂ§", NULL},
        {"a ·Â·", NULL},
        {"x Â¶", NULL}, /* not in the list */
        {"12 m¬≤", "12 m²"},
        {"¬≤", NULL},
        {"¬ß 4", "§ 4"},
        {"é¬ß", NULL},
        {"a ¬¨ b", NULL},
        {"p ¬∂", NULL},
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows));
}

static void test_runs(void **state) {
    static const struct row rows[] = {
        /* rule 5: three of one script, or two of three characters */
        {"ŒΩŒ±ŒΩ", "ναν"},
        {"ŒΩŒ±", NULL},
        {"ŒΩŒΩŒΩŒΩ", NULL}, /* all the same */
        {"–º–∏—Ä", "мир"},
        {"æ—¥æœ¬", "日本"},
        {"æ—¥", NULL},
        {"Êó•Êú¨", "日本"},
        {"à¸—à¸°", "ทะ"},
        /* rule 6: beside a certain one, on both sides */
        {"Ã‰Ã‰â€™Ã‰Ã‰", "ÉÉ’ÉÉ"},
        {"√â√â‚Äô", "ÉÉ’"},
        {"√π‚Äô", "ù’"},
        {"Ã‰ â€™ é", "Ã‰ ’ é"}, /* not beside it, and the line is mixed */
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows));
}

static void test_lost_bytes(void **state) {
    static const struct row rows[] = {
        {"- âœ… â« up", "- ✅ ⏫ up"},
        {"- âœ… â¬ down", "- ✅ ⏬ down"},
        {"- âœ… â³ 2026-03-01", "- ✅ ⏳ 2026-03-01"},
        {"- âœ… ðŸ” weekly", "- ✅ 🔁 weekly"},
        {"âŒ no, âœ… yes", "❌ no, ✅ yes"},
        {"âœ… â" FFFD "« up", "✅ ⏫ up"},
        {"âœ… ðŸ”" FFFD " weekly", "✅ 🔁 weekly"},
        {"âœ…ï¸ done", "✅\ufe0f done"},
        {"âœ…â«", "✅⏫"},
        {"âœ… `â«` (â¬) [â³] >ðŸ” *âŒ* _âŒ", "✅ `⏫` (⏬) [⏳] >🔁 *❌* _❌"},
        /* no evidence beside it */
        {"â« up", NULL},
        {"âŒ", NULL},
        {"ðŸ” x", NULL},
        /* a letter or digit follows, none of the signs stands before */
        {"âœ… â«up", "✅ â«up"},
        {"âœ… xâ« up", "✅ xâ« up"},
        {"âœ… â«âœ…", "✅ ⏫✅"},
        {"âœ… ï¸", "✅ ï¸"},
        {"âœ… ðŸ", "✅ ðŸ"},
        /* closing quotes: as many as are open on the line */
        {"â€œayeâ€ he said", "“aye” he said"},
        {"â€œaâ€â€", "“a”â€"},
        {"“ayeâ€ â€™", "“aye” ’"},
        {"â€œ\nayeâ€", "“\nayeâ€"},
        /* Mac Roman has all bytes: nothing is lost there */
        {"‚úÖ â« up", "✅ â« up"},
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows));
}

static void test_clean_and_mixed(void **state) {
    static const struct row rows[] = {
        /* wholly damaged: code, properties and what is uncertain, too */
        {"`â€™` Ã‰TÃ‰\n\n```sh\necho Ã‰\n```\n",
         "`’` ÉTÉ\n\n```sh\necho É\n```\n"},
        {"---\na: Ã‰\n---\nâ€™\n", "---\na: É\n---\n’\n"},
        {"Ã‰ â€™ 5\u00a0m", "É ’ 5\u00a0m"},
        /* mixed: code stays, uncertain ones only on clean lines */
        {"é â€™\n`â€™` â€™ ``a`â€™`` \\`â€™\\`\n",
         "é ’\n`â€™` ’ ``a`â€™`` \\`’\\`\n"},
        {"é â€™\n`â€™\n", "é ’\n`’\n"},
        {"é\n```\nâ€™\n```\nâ€™\n", "é\n```\nâ€™\n```\n’\n"},
        {"é\n~~~ js\nâ€™\n```\nâ€™\n~~~~\nâ€™",
         "é\n~~~ js\nâ€™\n```\nâ€™\n~~~~\n’"},
        {"é\n> - ```c\n> â€™\nâ€™\n", "é\n> - ```c\n> â€™\n’\n"},
        {"é\n1. ```\n   â€™\n   ```\nâ€™\n", "é\n1. ```\n   â€™\n   ```\n’\n"},
        {"é\n``` `\nâ€™\n", "é\n``` `\n’\n"},
        {"é\n```tasks\ndescription includes â€™\n```\n",
         "é\n```tasks\ndescription includes ’\n```\n"},
        {"é\n```dataviewjs\nâ€™\n```\n", "é\n```dataviewjs\n’\n```\n"},
        {"é\n```\nâ€™ to the end\n", NULL},
        {"é\nâ€™ Ã‰\nÃ‰\né Ã‰ â€™\n", "é\n’ É\nÃ‰\né Ã‰ ’\n"},
        /* the other codec, where it has a certain one */
        {"donâ€™t, don‚Äôt", "don’t, don’t"},
        /* kept as it is */
        {"---\nmojibake: keep\n---\nâ€™\n", NULL},
        {"---\na: b\n\"mojibake\" : 'keep' \n---\nâ€™\n", NULL},
        {"---\nmojibake: keep # as it came\n---\nâ€™\n", NULL},
        {"---\nmojibake: kept\n---\nâ€™\n", "---\nmojibake: kept\n---\n’\n"},
        {"---\na: b\n---\nmojibake: keep\nâ€™\n",
         "---\na: b\n---\nmojibake: keep\n’\n"},
    };

    (void)state;
    check_rows(rows, ARRAY_LEN(rows));
}

static void test_twice(void **state) {
    static const char *const healthy = "Ann’s “été” ✅ 📅 → 5 €, Zofia’s łódź";
    enum repair_codec codecs[] = {REPAIR_CP1252, REPAIR_MAC_ROMAN};
    struct repair r = {0};
    struct buf once = {0}, twice = {0}, thrice = {0};
    struct str got;

    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        buf_reset(&once);
        buf_reset(&twice);
        damage(&once, str_from(healthy), codecs[i / 2], KEPT);
        damage(&twice, buf_str(&once), codecs[i % 2], KEPT);
        got = repair_text(&r, buf_str(&twice));
        if (!str_eq(got, str_from(healthy)))
            fail_msg("%u: got \"%.*s\"", i, STR_ARG(got));
        assert_int_equal(r.left, STR_NONE);
    }
    damage(&thrice, buf_str(&twice), REPAIR_CP1252, KEPT);
    got = repair_text(&r, buf_str(&thrice));
    assert_true(str_eq(got, buf_str(&once)));
    assert_int_equal(r.left, 3); /* of the first place */
    /* what was never damaged is not touched by the second round */
    got = repair_text(&r, str_from("Ã¢â‚¬â„¢ and â€™ and é`â€™`"));
    assert_true(str_eq(got, STR("’ and ’ and é`â€™`")));
    buf_release(&once);
    buf_release(&twice);
    buf_release(&thrice);
    repair_release(&r);
}

/* Sentences as people write them, none of them damaged. */
static const char *const honest[] = {
    "Über „Ähren“ und ‚Öle‘ – so heißt’s, nicht? 5 °C, Straße 7½.",
    "L’été, c’était «l’âge d’or»… À Évry, où l’on dîne, « ça va » : 3 €.",
    "¿Qué? «¡Olé!»… ‘año’ ¡Ándale! 1.º y 2.ª — niño",
    "É então «João»… “ÇÃO”, mãe, avó; não à toa",
    "‚één’ café, ‘’s avonds’, geïnd – coördinaat",
    "Åse på Ærø, 5 Å² og 3 Å·m; »Øl«, blå «Åre»",
    "ÞAÐ ER „ÖLIГ… þá, æði – já",
    "Łódź – „Ćma” i «Żuk»… gęś, żółć, Ś™",
    "Čeština: ‚Šípek‘, „Žába“… ďábel, úřad®",
    "Šalát, vŕba, ĽUBOMÍR… »Ň«",
    "Űrhajó, „Őz”… Árvíztűrő",
    "Așa, „Îl”, Țară; ÎNTÂI… «Ă»",
    "İstanbul’a, “Ğ”, Şişli… ışık, âdet",
    "Tiếng Việt: “ă”, “â”, “đ”… Ầy – Ở đâu? “ế”",
    "Tŷ, dŵr, gŵyl… Â’r tŷ, drama â—“golau”",
    "Õhtu, “Äike”… öö",
    "Äiti: ”Öljy”… yö",
    "Ωμέγα «Άλφα»… καλημέρα – Ό,τι",
    "Ёлка, «Щука»… № 7 – привет",
    "Добрий «ранок»… ґанок, їжак",
    "Հայերեն «բառ»…",
    "עברית „מילה” – ״שלום״",
    "العربية «كلمة»، نعم؟",
    "हिन्दी “शब्द”… ॐ",
    "ภาษาไทย “คำ”…",
    "日本語「テスト」、～。…",
    "中文“测试”——好……《书》",
    "한국어 ‘시험’… “네”",
    "ქართული „სიტყვა“…",
    "√π ≈ 1.77, A≈πr², ∑≤∞, ƒ(x)=√x, ¬p∨q, ∆≥0, x≈±5 %",
    "© 2026 Ærø® – 5 µm ±2 %, ¼ · ½ · ¾, §§ 3–4, 100 ¥",
    "Ã is a letter; so are Â, â and Ð. Ã…, Â“x”, Å“, ‘Ã’",
    ("✅ 📅 2026-01-01 ⏫ 🔁 every day ➕ ❌ 🚢‍♀️ "
     "👩🏽‍🔧"),
    "Êêê! Âââ… Éé, Ààà; ÔÔÔ",
};

static void test_honest(void **state) {
    struct repair r = {0};
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(honest); i++) {
        struct str text = str_from(honest[i]), got = repair_text(&r, text);

        if (got.p != text.p)
            fail_msg("%zu: \"%s\" became \"%.*s\"", i, honest[i], STR_ARG(got));
        assert_ptr_equal(repair_name(&a, unicode_nfc(&a, text)).p,
                         unicode_nfc(&a, text).p);
    }
    arena_release(&a);
    repair_release(&r);
}

/* The same sentences damaged: with a certain place beside them a note that is
 * damaged throughout comes back whole. */
static void test_damaged_and_back(void **state) {
    static const enum repair_codec codecs[] = {REPAIR_CP1252, REPAIR_MAC_ROMAN};
    struct repair r = {0};
    struct buf healthy = {0}, damaged = {0};

    (void)state;
    for (size_t i = 0; i < 2 * ARRAY_LEN(honest); i++) {
        struct str got;

        buf_reset(&healthy);
        buf_reset(&damaged);
        buf_printf(&healthy, "Ann’s note – as it was.\n\n%s\n", honest[i / 2]);
        damage(&damaged, buf_str(&healthy), codecs[i % 2], KEPT);
        got = repair_text(&r, buf_str(&damaged));
        if (!str_eq(got, buf_str(&healthy)))
            fail_msg("%s, %s: \"%.*s\"", repair_codec_name(codecs[i % 2]),
                     honest[i / 2], STR_ARG(got));
        assert_true(r.changes.len > 0);
        assert_int_equal(r.count[codecs[1 - i % 2]], 0);
    }
    buf_release(&healthy);
    buf_release(&damaged);
    repair_release(&r);
}

static void test_names(void **state) {
    static const struct row rows[] = {
        {"plain.md", NULL},
        {"Ren√©e.md", "Renée.md"},
        {"Caf\u00c3\u00a9 â€“ plan.md", "Café – plan.md"},
        {"A\u030aland.md", "\u00c5land.md"},
        {"Anna‚A\u0308o\u0302s boat", "Anna’s boat"}, /* decomposed by a disk */
        {"√âT√â", NULL},
        {"Café √âT√â", NULL},
        {"`â€™`", "`’`"},
        {"âœ… â«", "✅ â«"}, /* lost bytes: not in names */
        {"mojibake: keep â€™", "mojibake: keep ’"},
    };
    struct arena a;
    struct str path;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *wanted = rows[i].wanted ? rows[i].wanted : rows[i].given;
        struct str got = repair_name(&a, str_from(rows[i].given));

        if (!str_eq(got, str_from(wanted)))
            fail_msg("row %zu: \"%s\" gave \"%.*s\"", i, rows[i].given,
                     STR_ARG(got));
        if (rows[i].wanted == NULL)
            assert_ptr_equal(got.p, rows[i].given);
    }
    /* each component by its own evidence */
    path = repair_path(&a, STR("√âT√â/Ren√©e/Ann‚Äôs.md"));
    assert_true(str_eq(path, STR("√âT√â/Renée/Ann’s.md")));
    path = STR("Été/Œuvre.md");
    assert_ptr_equal(repair_path(&a, path).p, path.p);
    assert_int_equal(repair_path(&a, STR("")).len, 0);
    arena_release(&a);
}

static void test_changes(void **state) {
    struct str text = STR("a\nv\u00c3\u00a9lo ðŸš¢ Ã¢â‚¬â„¢ ï»¿ âœ… ðŸ");
    struct repair r = {0};
    struct buf shown = {0};
    struct str got = repair_text(&r, text);

    (void)state;
    for (size_t i = 0; i < r.changes.len; i++) {
        struct repair_change c = r.changes.items[i];
        struct str was = str_slice(text, c.begin, c.end);
        struct str is = str_slice(got, c.new_begin, c.new_end);

        buf_printf(&shown, "[%.*s %.*s]", STR_ARG(was), STR_ARG(is));
    }
    assert_string_equal(buf_cstr(&shown),
                        "[Ã© é][ðŸš¢ 🚢][Ã¢â‚¬â„¢ ’][ï»¿ ][âœ… ✅]");
    assert_int_equal(r.count[REPAIR_CP1252], 7); /* three of them for ’ */
    assert_int_equal(r.count[REPAIR_MAC_ROMAN], 0);
    assert_int_equal(r.left, text.len - 4);
    buf_release(&shown);
    repair_release(&r);
}

/* Long lines without any break, of what costs most: no step looks back. */
static void test_long_lines(void **state) {
    static const char *const pieces[] = {
        "â€™",           "‚Äô ",        "é`â€™``Ã‰", "’é", "Ã‰",
        "`a``b```c````", "Ã¢â‚¬â„¢ x ", "â€œaâ€ ",   "√∂"};
    struct repair r = {0};
    struct buf line = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        buf_reset(&line);
        while (line.len < LENGTH)
            buf_add_str(&line, str_from(pieces[i]));
        buf_add_str(&line, str_from("\nâ€™ é"));
        struct str got = repair_text(&r, buf_str(&line));
        assert_true(got.len <= line.len);
        assert_int_equal(utf8_valid_len(got), got.len);
        assert_true(str_ends(got, STR("\n’ é")));
    }
    buf_release(&line);
    repair_release(&r);
}

/* At every place around the bytes that are looked at together: damage is found, behind
 * an emoji too, and characters that stand alone are none. */
static void test_places(void **state) {
    static const struct row ends[] = {
        {"‚Äô", "’"}, {"📅‚Äô", "📅’"}, {"é ‚Äô", "é ’"}, {"â€™", "’"},
        {"📅", NULL},  {"é", NULL},    {"📅 é’", NULL},   {"📅 📅é", NULL},
    };
    struct repair r = {0};
    struct buf given = {0}, wanted = {0};

    (void)state;
    for (size_t at = 0; at < 200; at++)
        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
            const char *made = ends[i].wanted ? ends[i].wanted : ends[i].given;

            buf_reset(&given);
            while (given.len < at)
                buf_add_ch(&given, 'x');
            buf_reset(&wanted);
            buf_add_str(&wanted, buf_str(&given));
            buf_printf(&given, "%s%0*d\n", ends[i].given, (int)(at % 130), 0);
            buf_printf(&wanted, "%s%0*d\n", made, (int)(at % 130), 0);
            assert_true(
                str_eq(repair_text(&r, buf_str(&given)), buf_str(&wanted)));
        }
    buf_release(&given);
    buf_release(&wanted);
    repair_release(&r);
}

static void test_codecs(void **state) {
    (void)state;
    for (unsigned byte = 0x80; byte <= 0xFF; byte++) {
        uint32_t mac = nth(mac_roman, byte - 0x80), cp = byte;

        assert_int_equal(repair_codec_byte(REPAIR_MAC_ROMAN, mac), byte);
        if (byte < 0xA0 && nth(cp1252, byte - 0x80) != '?')
            cp = nth(cp1252, byte - 0x80);
        assert_int_equal(repair_codec_byte(REPAIR_CP1252, cp), byte);
        if (byte < 0xA0)
            assert_int_equal(repair_codec_byte(REPAIR_CP1252, byte), byte);
    }
    assert_int_equal(repair_codec_byte(REPAIR_MAC_ROMAN, 0x2126), 0xBD);
    for (uint32_t code = 0; code < 0x30000; code++) {
        char bytes[4];
        utf8_put(bytes, code);
        for (unsigned c = 0; c < REPAIR_CODECS; c++) {
            unsigned byte = repair_codec_byte((enum repair_codec)c, code);
            assert_true(code >= 0x80 || byte == 0);
            if (byte >= 0xC2 && byte <= 0xF4)
                assert_true(repair_codec_leads[(unsigned char)bytes[0]] >> c &
                            1);
        }
    }
}

/* What is never looked for begins and ends where letters do, assigned or not. */
static void test_classes(void **state) {
    static const struct {
        uint32_t code;
        enum repair_class is;
    } rows[] = {
        {0x9F, REPAIR_NEVER},   {0xA0, REPAIR_LETTER},  {0xD7, REPAIR_LETTER},
        {0x2DF, REPAIR_LETTER}, {0x377, REPAIR_LETTER}, {0x378, REPAIR_NEVER},
        {0x379, REPAIR_NEVER},  {0x37A, REPAIR_LETTER}, {0x2019, REPAIR_SIGN},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (unsigned c = 0; c < REPAIR_CODECS; c++)
            assert_int_equal(
                repair_class_of((enum repair_codec)c, rows[i].code),
                rows[i].is);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_lost_bytes),
        cmocka_unit_test(test_clean_and_mixed),
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_honest),
        cmocka_unit_test(test_damaged_and_back),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_codecs),
        cmocka_unit_test(test_classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
