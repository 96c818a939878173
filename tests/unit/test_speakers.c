#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/name_key.h"
#include "entity/speakers.h"
#include "note_dump.h"

/* Persons of the vault, by name key; the owner is the first. */
static const char *const persons[] = {"ilse brandt",
                                      ("jon\xc3\xa1\xc5\xa1 pokorn"
                                       "\xc3\xbd"),
                                      "mara", "ruth oke-dunn"};
enum { ILSE, JONAS, MARA, RUTH };

static uint32_t person(const void *names, struct str label,
                       struct arena *scratch) {
    struct str key = name_key(scratch, label);

    for (uint32_t i = 0; i < ARRAY_LEN(persons); i++)
        if (str_eq(key, str_from(persons[i])))
            return i;
    if (str_eq(key, STR("sam"))) /* two are called so */
        return SPEAKER_NOBODY;
    if (str_eq(key, STR("me")))
        return names != NULL ? ILSE : SPEAKER_NOBODY;
    return ENTITY_NONE;
}

/*
 * Heads of turns, then for each `label|words`, with `=n` where it is person n and
 * `~n` where that is inferred; `-` before the words: nobody.  `other`: who may be
 * Remote; with an owner. `given`: a further label.
 */
static const struct {
    const char *heads[8], *turns[8];
    const char *given;
    bool owner;
    uint32_t other;
} rows[] = {
    /* Separators: a blank or the end of the line must follow all but `>>`. */
    {{"Ilse Brandt- Good.", "Ilse Brandt>>Good.", "Ilse Brandt: Good.",
      "Ilse Brandt \xe2\x80\x93 Good.", "Ilse Brandt\xe2\x80\x94",
      "Mara : Yes."},
     {"Ilse Brandt=0|Good.", "Ilse Brandt=0|Good.", "Ilse Brandt=0|Good.",
      "Ilse Brandt=0|Good.", "Ilse Brandt=0|", "Mara=2|Yes."},
     NULL,
     false,
     ENTITY_NONE},
    /* What follows a name of several words, learnt. */
    {{"Ilse Brandt- Good.", "Ilse BrandtGood.", "Ilse Brandtgood.",
      "Ilse Brandt(door)", "Ilse Brandt", "Ilse Brandt is here", "Good."},
     {"Ilse Brandt=0|Good.", "Ilse Brandt=0|Good.", "Ilse Brandt=0|good.",
      "Ilse Brandt=0|(door)", "Ilse Brandt=0|", "-Ilse Brandt is here",
      "-Good."},
     NULL,
     false,
     ENTITY_NONE},
    /* One word: small letters only where labels are steady, and no suffix. */
    {{"Remote- a", "Remote- b", "Remote- c", "RemoteFine", "Remoteyes then",
      "Remotely", "Remoteness", "Remote is on"},
     {"Remote|a", "Remote|b", "Remote|c", "Remote|Fine", "-Remoteyes then",
      "-Remotely", "-Remoteness", "-Remote is on"},
     NULL,
     false,
     ENTITY_NONE},
    {{"Remote- a", "Remote- b", "Remote- c", "Remote- d", "Remote- e",
      "Remote is on", "Remotes", "Remoteyes then"},
     {"Remote|a", "Remote|b", "Remote|c", "Remote|d", "Remote|e",
      "-Remote is on", "-Remotes", "-Remoteyes then"},
     NULL,
     false,
     ENTITY_NONE},
    {{"Remote- a", "Remote- b", "Remote- c", "Remote- d", "Remote- e",
      "Remote it is", "RemoteYes", "Remotehello"},
     {"Remote|a", "Remote|b", "Remote|c", "Remote|d", "Remote|e",
      "Remote|it is", "Remote|Yes", "Remote|hello"},
     NULL,
     false,
     ENTITY_NONE},
    /* A word that goes on is no label. */
    {{"Mara- a", "Mara\xe2\x80\x99s turn", "Mara-led", "Mara\xe2\x80\x99"},
     {"Mara=2|a", "-Mara\xe2\x80\x99s turn", "-Mara-led",
      "Mara=2|\xe2\x80\x99"},
     NULL,
     false,
     ENTITY_NONE},
    /* Names compare by name keys, labels exactly. */
    {{"MARA- a", "Mara b", "MARAOh", "Jon\xc3\xa1\xc5\xa1 Pokorn\xc3\xbd: c",
      "Jonas Pokorny: d"},
     {"MARA=2|a", "-Mara b", "MARA=2|Oh",
      "Jon\xc3\xa1\xc5\xa1 Pokorn\xc3\xbd=1|c", "-Jonas Pokorny: d"},
     NULL,
     false,
     ENTITY_NONE},
    /* A name that two share is a label and nobody. */
    {{"Sam: a", "Ruth Oke-Dunn- b", "Host: c", "Speaker 1: d", "Speaker 12: e",
      "Speaker x: f"},
     {"Sam|a", "Ruth Oke-Dunn=3|b", "Host|c", "Speaker 1|d", "Speaker 12|e",
      "-Speaker x: f"},
     NULL,
     false,
     ENTITY_NONE},
    /* Unknown names: three times, in capitals, and no interjection. */
    {{"Dr Vale: a", "Dr Vale: b", "Dr Vale: c", "Room 4 - d", "Room 4 - e"},
     {"Dr Vale|a", "Dr Vale|b", "Dr Vale|c", "-Room 4 - d", "-Room 4 - e"},
     NULL,
     false,
     ENTITY_NONE},
    {{"Okay - a", "Okay - b", "Okay - c", "the plan: d", "the plan: e",
      "the plan: f"},
     {"-Okay - a", "-Okay - b", "-Okay - c", "-the plan: d", "-the plan: e",
      "-the plan: f"},
     NULL,
     false,
     ENTITY_NONE},
    /* At most five words and 40 characters, beginning with a letter. */
    {{"One Two Three Four Five: a", "One Two Three Four Five: b",
      "One Two Three Four Five: c", "One Two Three Four Five Six: d",
      "One Two Three Four Five Six: e", "One Two Three Four Five Six: f"},
     {"One Two Three Four Five|a", "One Two Three Four Five|b",
      "One Two Three Four Five|c", "One Two Three Four Five|Six: d",
      "One Two Three Four Five|Six: e", "One Two Three Four Five|Six: f"},
     NULL,
     false,
     ENTITY_NONE},
    {{"4th Floor: a", "4th Floor: b", "4th Floor: c"},
     {"-4th Floor: a", "-4th Floor: b", "-4th Floor: c"},
     NULL,
     false,
     ENTITY_NONE},
    /* A given name needs no separator anywhere. */
    {{"Ruth Oke-DunnGood.", "Ruth Oke-Dunngood.", "well"},
     {"Ruth Oke-Dunn=3|Good.", "Ruth Oke-Dunn=3|good.", "-well"},
     "Ruth Oke-Dunn",
     false,
     ENTITY_NONE},
    {{"MaraGood.", "Mara- a", "well"},
     {"Mara=2|Good.", "Mara=2|a", "-well"},
     "Mara",
     false,
     ENTITY_NONE},
    {{"MaraGood.", "Mara", "well"},
     {"-MaraGood.", "Mara=2|", "-well"},
     "Mara",
     false,
     ENTITY_NONE},
    /* The longest label counts, and no shorter one after it. */
    {{"Mara- a", "Mara Lind- b", "Mara Lind- c", "Mara Lind- d",
      "Mara Lindsay"},
     {"Mara=2|a", "Mara Lind|b", "Mara Lind|c", "Mara Lind|d", "Mara Lind|say"},
     NULL,
     false,
     ENTITY_NONE},
    /* Remote. */
    {{"Remote- a", "Ilse Brandt- b", "Me: c", "d"},
     {"Remote~2|a", "Ilse Brandt=0|b", "Me=0|c", "-d"},
     NULL,
     true,
     MARA},
    {{"Remote- a", "Remote- b", "Remote- c"},
     {"Remote~2|a", "Remote~2|b", "Remote~2|c"},
     NULL,
     true,
     MARA},
    {{"Remote- a", "Ilse Brandt- b", "c"},
     {"Remote|a", "Ilse Brandt=0|b", "-c"},
     NULL,
     true,
     ENTITY_NONE},
    {{"Remote- a", "Ilse Brandt- b", "c"},
     {"Remote|a", "Ilse Brandt=0|b", "-c"},
     NULL,
     false,
     MARA},
    {{"Remote- a", "Ilse Brandt- b", "Unknown: c"},
     {"Remote|a", "Ilse Brandt=0|b", "Unknown|c"},
     NULL,
     true,
     MARA},
    {{"Remote- a", "Ilse Brandt- b", "Ruth Oke-Dunn: c"},
     {"Remote|a", "Ilse Brandt=0|b", "Ruth Oke-Dunn=3|c"},
     NULL,
     true,
     MARA},
    {{"Me: a", "Me: b", "Remote: c"},
     {"Me|a", "Me|b", "Remote|c"},
     NULL,
     false,
     MARA},
    /* A link ends what is looked at, and is no end of the line. */
    {{"Mara- [[N]]", "Mara:[[N]] a", "Mara[[N]]", "[[Mara]]: b"},
     {"Mara=2|N", "Mara=2|:N a", "Mara=2|N", "-Mara: b"},
     NULL,
     false,
     ENTITY_NONE},
};

static void add_speaker(struct buf *out, const struct speaker *s) {
    buf_add_str(out, s->label);
    if (s->entity != ENTITY_NONE)
        buf_printf(out, "%c%u", s->inferred ? '~' : '=', s->entity);
    buf_add_str(out, s->label.len > 0 ? STR("|") : STR("-"));
}

/* Distinct labels among the first `n` turns. */
static uint32_t count_labels(const struct speaker *speakers, uint32_t n) {
    uint32_t count = 0;

    for (uint32_t i = 0; i < n; i++) {
        bool again = speakers[i].label.len == 0;

        for (uint32_t k = 0; k < i; k++)
            again |= str_eq(speakers[k].label, speakers[i].label);
        count += !again;
    }
    return count;
}

static void check_row(struct note_dump *x, size_t row) {
    struct buf text = {0}, got = {0};
    struct str given = STR("");
    struct speaker_names names = {
        .person = person,
        .names = rows[row].owner ? persons : NULL,
        .given = &given,
        .ngiven = rows[row].given != NULL,
        .owner = rows[row].owner ? ILSE : ENTITY_NONE,
        .other = rows[row].other,
    };
    const struct speaker *speakers;
    struct arena scratch;
    uint32_t nlabels;

    arena_init(&scratch);
    if (rows[row].given != NULL)
        given = str_from(rows[row].given);
    buf_add_lit(&text, "## Transcript\n");
    for (int i = 0; i < 8 && rows[row].heads[i] != NULL; i++)
        buf_printf(&text, "[00:%02d] %s\n\n", i, rows[row].heads[i]);
    dump_note(x, buf_str(&text));
    speakers = speakers_read(&x->arena, &scratch, x->note, &names, &nlabels);
    assert_int_equal(nlabels, count_labels(speakers, x->note->nturns));
    for (uint32_t i = 0; i < x->note->nturns; i++) {
        const struct text_block *b =
            &x->note->text_blocks[x->note->turns[i].block];

        buf_reset(&got);
        add_speaker(&got, &speakers[i]);
        buf_add_str(&got, str_slice(x->note->text, b->begin + speakers[i].text,
                                    b->end));
        if (!str_eq(buf_str(&got), str_from(rows[row].turns[i])))
            fail_msg("%s: %s, not %s", rows[row].heads[i], buf_cstr(&got),
                     rows[row].turns[i]);
    }
    buf_release(&got);
    buf_release(&text);
    arena_release(&scratch);
}

static void test_speakers(void **state) {
    struct note_dump x;

    (void)state;
    dump_open(&x);
    x.settings.entity_values.transcripts = true;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_row(&x, i);
    dump_close(&x);
}

/* entities.json: text as it is written, without doubled blanks, cut. */
static void test_words(void **state) {
    static const struct {
        const char *turn, *words;
    } words[] = {
        {"Mara- a  b\n\n c\t[[N#H|x]] and\n[[M]]", "a b c [[N#H|x]] and [[M]]"},
        {"Mara-", ""},
        {"[[N]]: a", "[[N]]: a"},
    };
    const struct speaker_names names = {
        .person = person, .owner = ENTITY_NONE, .other = ENTITY_NONE};
    struct buf text = {0}, got = {0};
    struct arena scratch;
    struct note_dump x;
    uint32_t nlabels;

    (void)state;
    arena_init(&scratch);
    dump_open(&x);
    x.settings.entity_values.transcripts = true;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        const struct speaker *s;

        buf_reset(&text);
        buf_printf(&text,
                   "---\np: \"[[P]]\"\n---\n[[O]]\n## Transcript\n"
                   "[00:00] Mara- [[Z]]\n[00:01] %s\n[00:02] [[Q]]\n",
                   words[i].turn);
        dump_note(&x, buf_str(&text));
        s = speakers_read(&x.arena, &scratch, x.note, &names, &nlabels);
        buf_reset(&got);
        speaker_add_words(&got, x.note, 1, &s[1]);
        assert_string_equal(buf_cstr(&got), words[i].words);
    }
    buf_reset(&text);
    buf_add_lit(&text,
                "## Transcript\n[0:01] Mara: a\n[0:02] b\n[0:03] Mara- ");
    for (int i = 0; i < 300; i++)
        buf_add_lit(&text, "\xc3\xa4");
    dump_note(&x, buf_str(&text));
    buf_reset(&got);
    speaker_add_words(
        &got, x.note, 2,
        &speakers_read(&x.arena, &scratch, x.note, &names, &nlabels)[2]);
    assert_int_equal(got.len, 400);
    buf_release(&text);
    buf_release(&got);
    arena_release(&scratch);
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_speakers),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
