#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/section_name.h"
#include "note/transcript.h"
#include "note_dump.h"

/* What begins a turn, spec/entities.md §6; `length` 0: nothing does. */
static void test_times(void **state) {
    static const struct {
        const char *line;
        size_t length;
        uint32_t seconds;
    } rows[] = {
        {"[0:07] Ja", 6, 7},
        {"[00:07]Ja", 7, 7},
        {"[12:34]", 7, 754},
        {"[1:02:03] x", 9, 3723},
        {"[01:02:03.5] x", 12, 3723},
        {"[01:02:03.50] x", 13, 3723},
        {"[01:02:03,500] x", 14, 3723},
        {"[00:09.99] x", 10, 9},
        {"[61:12] x", 7, 3672},
        {"[125:00] x", 8, 7500},
        {"[99:59:59]", 10, 359999},
        {"[100:00:00]", 0, 0},
        {"[1000:00]", 0, 0},
        {"[00:60] x", 0, 0},
        {"[00:60:00] x", 0, 0},
        {"[1:2] x", 0, 0},
        {"[1:2:3] x", 0, 0},
        {"[00:07", 0, 0},
        {"[00:07 ] x", 0, 0},
        {"[00:07.] x", 0, 0},
        {"[00:07.1234] x", 0, 0},
        {"[00:07](https://a.example/?t=7)", 0, 0},
        {"[:07] x", 0, 0},
        {"(00:07) x", 0, 0},
        {" [00:07] x", 0, 0},
        {"[not a time]", 0, 0},
        {"", 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint32_t seconds = 0;
        size_t length = transcript_time(str_from(rows[i].line), &seconds);

        if (length != rows[i].length ||
            (length > 0 && seconds != rows[i].seconds))
            fail_msg("%s: %zu bytes, %u s", rows[i].line, length, seconds);
    }
}

/* spec/entities.md §4.2 */
static void test_section_names(void **state) {
    static const struct {
        const char *heading, *name;
    } rows[] = {
        {"Transcript", "transcript"},
        {"  TRANSCRIPT:", "transcript"},
        {"\xf0\x9f\x8e\x99\xef\xb8\x8f Transcript", "transcript"},
        {"**Full Transcript**", "full transcript"},
        {"Raw  Transcript (recorder, 50 min)", "raw transcript"},
        {"Decisions (what and why):", "decisions"},
        {"Decisions: (what)", "decisions"},
        {"TL;DR", "tl;dr"},
        {"Key Facts & Figures", "key facts & figures"},
        {"(all of it)", "(all of it)"},
        {"\xe2\x9c\x85 Ada\xe2\x80\x99s tasks", "ada's tasks"},
        {"Transcripts", "transcripts"},
        {"", ""},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str name = section_name(&a, str_from(rows[i].heading));

        if (!str_eq(name, str_from(rows[i].name)))
            fail_msg("%s: %.*s", rows[i].heading, STR_ARG(name));
    }
    arena_release(&a);
}

/* Marks go and signs of names stay wherever they stand in the bytes that are looked at
 * together, those that have several bytes and reach past them, too. */
static void test_section_name_places(void **state) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"*é'", "é'"}, {"’**🚢’", "''"}, {"\xf0\x9f\x9a\xa2ö-_ö", "ö-ö"}};
    struct arena a;
    struct buf given = {0}, wanted = {0};

    (void)state;
    arena_init(&a);
    for (size_t at = 0; at < 40; at++)
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
            buf_reset(&given);
            while (given.len < at)
                buf_add_ch(&given, 'x');
            buf_reset(&wanted);
            buf_add_str(&wanted, buf_str(&given));
            buf_printf(&given, "%syyyyyyyyyyyyyyyyy", rows[i].given);
            buf_printf(&wanted, "%syyyyyyyyyyyyyyyyy", rows[i].wanted);
            assert_true(
                str_eq(section_name(&a, buf_str(&given)), buf_str(&wanted)));
        }
    buf_release(&given);
    buf_release(&wanted);
    arena_release(&a);
}

#define THREE "[0:01] A\n[0:02] B\n[0:03] C"
#define TURNS                                                                  \
    "<ol class=\"turns\">\n{turn t-00-00-01 A}</li>\n"                         \
    "{turn t-00-00-02 B}</li>\n{turn t-00-00-03 C}</li>\n</ol>"
#define HEAD "<h2{id transcript} data-heading=\"Transcript\">Transcript</h2>\n"
#define TITLE "## Transcript\n"

/* The note, its fragment, its plain text, and the findings. `whole`: its kind is
 * transcript. */
static const struct {
    const char *markdown, *body, *text, *findings;
    bool whole;
} rows[] = {
    {TITLE THREE, HEAD TURNS, "Transcript\nA\nB\nC\n", "", false},
    {THREE, "<p>[0:01] A<br>\n[0:02] B<br>\n[0:03] C</p>",
     "[0:01] A [0:02] B [0:03] C\n", "", false},
    {THREE, TURNS, "A\nB\nC\n", "", true},
    {"# T\n\nwords\n" THREE,
     "<h1{id t} data-heading=\"T\">T</h1>\n<p>words</p>\n" TURNS,
     "T\nwords\nA\nB\nC\n", "", true},
    /* A section wins over the body. */
    {"[0:09] x\n[0:10] y\n[0:11] z\n\n" TITLE THREE,
     "<p>{time [0:09] 9} x<br>\n{time [0:10] 10} y<br>\n{time [0:11] 11} "
     "z</p>\n" HEAD TURNS,
     "[0:09] x [0:10] y [0:11] z\nTranscript\nA\nB\nC\n", "", true},
    /* Fewer than three. */
    {TITLE "[0:01] A\n[0:02] *B*",
     HEAD "<p>[0:01] A<br>\n[0:02] <em>B</em></p>",
     "Transcript\n[0:01] A [0:02] B\n", "transcript-unclear 2:1", false},
    {TITLE "\n\n[0:01] A\n", HEAD "<p>[0:01] A</p>", "Transcript\n[0:01] A\n",
     "transcript-unclear 4:1", false},
    {TITLE "A", HEAD "<p>A</p>", "Transcript\nA\n", "", false},
    /* Plain text: no Markdown, tags, fields, tasks; links. */
    {TITLE "[0:01] *a* _b_ `c` #d <b>e</b> [f:: g] ==h== \\* &amp;\n"
           "[0:02] [[N#H|w]] and [[M]]\n[0:03] ![[P.png]] [x](y.md)",
     HEAD "<ol class=\"turns\">\n"
          "{turn t-00-00-01 *a* _b_ `c` #d <b>e</b> [f:: g] ==h== \\* &amp;}"
          "</li>\n"
          "{turn t-00-00-02  …}{link N#H}w</a> and {link M}M</a></p>\n"
          "</li>\n"
          "{turn t-00-00-03 ! …}{link P.png}P.png</a> {link y.md}x</a></p>\n"
          "</li>\n</ol>",
     "Transcript\n*a* _b_ `c` #d <b>e</b> [f:: g] ==h== \\* &amp;\n"
     "w and M\n!P.png x\n",
     "", false},
    {TITLE "[0:01] A [[N##S]] [[]] [[ [[x]] [[y\n[0:02] B\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A  …}{link N##S}N &gt; S"
          "</a> [[]] [[ {link x}x</a> [[y</p>\n</li>\n"
          "{turn t-00-00-02 B}</li>\n{turn t-00-00-03 C}</li>\n"
          "</ol>",
     "Transcript\nA N > S [[]] [[ x [[y\nB\nC\n", "", false},
    /* Further lines, blank ones. */
    {TITLE "[0:01] A\nmore <i>\n\n  - and [[N]]\n\n\n[0:02] B\n[0:03]\nC",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}<p>more &lt;i&gt;</p>\n"
          "<ul>\n<li>and {link N}N</a></li>\n</ul>\n</li>\n"
          "{turn t-00-00-02 B}</li>\n{turn t-00-00-03 }<p>C</p>\n"
          "</li>\n</ol>",
     "Transcript\nA more <i>\nand N\nB\nC\n", "", false},
    /* Addresses in round brackets, and what is none. */
    {TITLE
     "[0:01] [a](N%20M.md#H \"t\") [b](<O P>) ([c](https://c.example/x_(y)))\n"
     "[0:02] [](d) [e]() [f] (g) [h](i j) [k](l [m](n \"o) [[p](q)\n"
     "[0:03] [r](javascript:s) [t](<u> v) [w%%x%%](y%%z%%)",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01  …}{link N M.md#H}a</a> "
          "{link O P}b"
          "</a> (<a class=\"external-link\" href=\"https://c.example/x_(y)\" "
          "target=\"_blank\" rel=\"noopener nofollow\">c</a>)</p>\n</li>\n"
          "{turn t-00-00-02 [](d) [e]() [f] (g) [h](i j) [k](l [m](n \"o) [ …}"
          "{link q}p</a></p>\n</li>\n"
          "{turn t-00-00-03  …}[r](javascript:s) [t](&lt;u&gt; v) {link "
          "y}w</a></p>\n"
          "</li>\n</ol>",
     NULL, "link-scheme 4:8", false},
    /* Ids name their turn; a list's item has its own. */
    {TITLE
     "[0:01] A ^a-1\n[0:02] B\n\n- c ^c\n\nd ^D\n^e\n[0:03] ^f\n^g h\ni^j ^",
     HEAD
     "<ol class=\"turns\">\n{turn t-00-00-01 A}</li>\n{turn t-00-00-02 B}<ul>\n"
     "<li{id ^c}>c</li>\n</ul>\n<p>d</p>\n</li>\n"
     "{turn t-00-00-03 }<p>^g h</p>\n<p>i^j ^</p>\n</li>\n</ol>",
     "Transcript\nA\nB\nc\nd\n^g h i^j ^\n", "", false},
    {TITLE "[0:01] A ^a\n[0:02] \xc3\x84 ^A\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}</li>\n"
          "{turn t-00-00-02 \xc3\x84}</li>\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA\n\xc3\x84\nC\n", "block-id-duplicate 3:10", false},
    /* Lists among turns: what a list has, and where it ends. */
    {TITLE "[0:01] A\n- *b*\n  c\nd\n\n   e\n+ f\n\n g\n[0:02] B\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}"
          "<ul>\n<li><p><em>b</em><br>\nc<br>\nd</p>\n<p>e</p>\n</li>\n</ul>\n"
          "<ul>\n<li>f</li>\n</ul>\n<p>g</p>\n</li>\n"
          "{turn t-00-00-02 B}</li>\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA\nb c d\ne\nf\ng\nB\nC\n", "", false},
    {TITLE "[0:01] A\n2. x\n-\n    - y\n\n2. b\n\n[0:02] B\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}<p>2. x</p>\n<p>-</p>\n"
          "<p>- y</p>\n<ol start=\"2\">\n<li>b</li>\n</ol>\n</li>\n"
          "{turn t-00-00-02 B}</li>\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA 2. x - - y\nb\nB\nC\n", "", false},
    {TITLE "[0:01] A\n- b\n```\n- c\n[0:02] B\n- d\n```\n- e\n## f\n[0:03] C",
     HEAD "<p>[0:01] A</p>\n<ul>\n<li>b</li>\n</ul>\n<pre tabindex=\"0\"><code>"
          "- c\n[0:02] B\n- d\n</code></pre>\n<ul>\n<li>e</li>\n</ul>\n"
          "<h2{id f} data-heading=\"f\">f</h2>\n<p>[0:03] C</p>",
     NULL, "transcript-unclear 2:1", false},
    {TITLE "[0:01] A\n- b\n```\n- c\n[0:02] B\n- d\n```\n- e\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}"
          "<ul>\n<li>b</li>\n</ul>\n<p>```</p>\n<p>- c</p>\n</li>\n"
          "{turn t-00-00-02 B}<p>- d</p>\n<p>```</p>\n"
          "<ul>\n<li>e</li>\n</ul>\n</li>\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA\nb\n``` - c\nB - d ```\ne\nC\n", "", false},
    {TITLE "[0:01] A\n- b\n  ### c\n### d\n- e\n[0:02] B\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}<ul>\n<li>b"
          "<h3{id c} data-heading=\"c\">c</h3>\n</li>\n</ul>\n</li>\n</ol>\n"
          "<h3{id d} data-heading=\"d\">d</h3>\n<ul>\n<li>e</li>\n</ul>\n"
          "<ol class=\"turns\">\n{turn t-00-00-02 B}</li>\n"
          "{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA\nb\nc\nd\ne\nB\nC\n", "", false},
    {TITLE "[0:01] A\n> said\n\n> noted\n> > 1. b\n> c\nd\n[0:02] B\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}<p>&gt; said</p>\n"
          "<blockquote>\n<p>noted</p>\n<blockquote>\n<ol>\n<li>b<br>\nc</li>\n"
          "</ol>\n</blockquote>\n</blockquote>\n<p>d</p>\n</li>\n"
          "{turn t-00-00-02 B}</li>\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA > said\nnoted\nb c\nd\nB\nC\n", "", false},
    /* A comment over lines, and one beside a list. */
    {TITLE "[0:01] A\n- b %%no\n- no%%\n- c\n\n[0:02] B\n- d\n%%no%%\n- e\n"
           "[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}<p>- b</p>\n<p>- c</p>\n"
          "</li>\n{turn t-00-00-02 B}<ul>\n<li>d</li>\n"
          "<li>e</li>\n</ul>\n</li>\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA - b - c\nB\nd \ne\nC\n", "", false},
    {TITLE "[0:01] A\n- b\n%%\nno\n%%\n[0:02] B\n- c\n<!-- no\n\n-->\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}<p>- b</p>\n</li>\n"
          "{turn t-00-00-02 B}<p>- c</p>\n</li>\n"
          "{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA - b\nB - c\nC\n", "", false},
    /* Times in order of the text, again and again. */
    {TITLE "[1:00:00] A\n[60:00] B\n[0:00.50] C\n[60:00] D",
     HEAD "<ol class=\"turns\">\n{turn t-01-00-00 A}</li>\n"
          "{turn t-01-00-00-2 B}</li>\n{turn t-00-00-00 C}</li>\n"
          "{turn t-01-00-00-3 D}</li>\n</ol>",
     "Transcript\nA\nB\nC\nD\n", "", false},
    /* Where the part ends. */
    {TITLE THREE "\n\n## After\n[0:04] *D*",
     HEAD TURNS "\n<h2{id after} data-heading=\"After\">After</h2>\n"
                "<p>{time [0:04] 4} <em>D</em></p>",
     "Transcript\nA\nB\nC\nAfter\n[0:04] D\n", "", false},
    {TITLE THREE "\n\n# After\nx",
     HEAD TURNS "\n<h1{id after} data-heading=\"After\">After</h1>\n<p>x</p>",
     "Transcript\nA\nB\nC\nAfter\nx\n", "", false},
    /* A heading below stays one. */
    {TITLE "[0:01] A\n[0:02] B\n### Lunch\n*soup*\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}</li>\n"
          "{turn t-00-00-02 B}</li>\n</ol>\n"
          "<h3{id lunch} data-heading=\"Lunch\">Lunch</h3>\n"
          "<p><em>soup</em></p>\n"
          "<ol class=\"turns\">\n{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA\nB\nLunch\nsoup\nC\n", "", false},
    {TITLE THREE "\n---\n",
     HEAD "<ol class=\"turns\">\n"
          "{turn t-00-00-01 A}</li>\n"
          "{turn t-00-00-02 B}</li>\n"
          "{turn t-00-00-03 C}<p>---</p>\n"
          "</li>\n</ol>",
     "Transcript\nA\nB\nC ---\n", "", false},
    /* Setext, closing marks, other names. */
    {"Transcript\n===\n" THREE,
     "<h1{id transcript} data-heading=\"Transcript\">Transcript</h1>\n" TURNS,
     "Transcript\nA\nB\nC\n", "", false},
    {"## Transcripts\n" THREE,
     "<h2{id transcripts} data-heading=\"Transcripts\">Transcripts</h2>\n"
     "<p>[0:01] A<br>\n[0:02] B<br>\n[0:03] C</p>",
     "Transcripts\n[0:01] A [0:02] B [0:03] C\n", "", false},
    /* In code and comments there is no transcript. */
    {"```\n" TITLE THREE "\n```",
     "<pre tabindex=\"0\"><code>## Transcript\n" THREE "\n</code></pre>",
     "## Transcript\n" THREE "\n\n", "", false},
    {"```\n" THREE, "<pre tabindex=\"0\"><code>" THREE "\n</code></pre>",
     THREE "\n\n", "", true},
    {"<div>\n" THREE "\n</div>", "<div>\n" THREE "\n</div>", NULL, "", true},
    {"%%\n" TITLE THREE "\n%%\nx", "<p>x</p>", "x\n", "", false},
    /* What a comment hides stays hidden, and is no turn. */
    {TITLE "[0:01] A %%no [[N]]%%B\n[0:02] B<!-- no -->\n%%\n[0:09] no\n\n%%\n"
           "<!-- no\n[0:10] no --> [0:03] C\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A B}</li>\n"
          "{turn t-00-00-02 B}<p>[0:03] C</p>\n</li>\n"
          "{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nA B\nB [0:03] C\nC\n", "", false},
    {TITLE "[0:01] A\n[0:02] B %%\n\n[0:03] C\n%% D\n[0:04] no",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01 A}</li>\n"
          "{turn t-00-00-02 B %%}</li>\n{turn t-00-00-03 C}</li>\n"
          "</ol>",
     "Transcript\nA\nB %%\nC\n", "comment-unclosed 6:1", false},
    {TITLE "[0:01] [[a%%x%%b]] [[%%y%%]]\n[0:02] B\n[0:03] C",
     HEAD "<ol class=\"turns\">\n{turn t-00-00-01  …}{link ab}ab</a> [[]]</p>\n"
          "</li>\n{turn t-00-00-02 B}</li>\n"
          "{turn t-00-00-03 C}</li>\n</ol>",
     "Transcript\nab [[]]\nB\nC\n", "", false},
    /* Text before it does not take it in. */
    {TITLE "> quote\n" THREE,
     HEAD "<blockquote>\n<p>quote</p>\n</blockquote>\n" TURNS,
     "Transcript\nquote\nA\nB\nC\n", "", false},
    {TITLE "- item\n" THREE, HEAD "<ul>\n<li>item</li>\n</ul>\n" TURNS,
     "Transcript\nitem\nA\nB\nC\n", "", false},
};

static void test_turns(void **state) {
    struct note_dump x;

    (void)state;
    dump_open(&x);
    x.settings.entity_values.transcripts = true;
    x.settings.entity_values.events = (struct entity_kind_setting[]){
        {.name = STR("transcript"),
         .types = {(struct str[]){STR("transcript")}, 1}}};
    x.settings.entity_values.nevents = 1;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf text = {0};

        if (rows[i].whole)
            buf_add_lit(&text, "---\ntype: transcript\n---\n");
        buf_add_str(&text, str_from(rows[i].markdown));
        dump_note(&x, buf_str(&text));
        assert_string_equal(dump_body(&x), rows[i].body);
        if (rows[i].text != NULL &&
            !str_eq(x.note->text, str_from(rows[i].text)))
            fail_msg("%s: text %.*s", rows[i].markdown, STR_ARG(x.note->text));
        if (!rows[i].whole)
            assert_string_equal(dump_findings(&x), rows[i].findings);
        buf_release(&text);
    }
    x.settings.entity_values.transcripts = false;
    dump_note(&x, STR(TITLE THREE));
    assert_int_equal(x.note->nturns, 0);
    dump_close(&x);
}

/* Lines, columns, text blocks of turns and their links; what only queries and
 * exclude_tags see. */
static void test_places(void **state) {
    struct note_dump x;
    const struct note *n;

    (void)state;
    dump_open(&x);
    x.settings.entity_values.transcripts = true;
    dump_note(&x,
              STR("---\na: b\n---\n## Transcript\n[0:01] \xc3\x84 %%x%% [[N]] "
                  "[[M]]\n\n[0:02] B\nsaid #tag [[L]]\n[0:03] C "
                  "%%[[hidden]]%%\n"));
    n = x.note;
    assert_int_equal(n->nturns, 3);
    assert_int_equal(n->nlinks, 3);
    assert_int_equal(n->turns[0].line, 5);
    assert_int_equal(n->turns[1].line, 7);
    assert_int_equal(n->turns[2].line, 9);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(n->text_blocks[n->turns[i].block].line,
                         n->turns[i].line);
    assert_int_equal(n->links[0].line, 5);
    assert_int_equal(n->links[0].column, 16);
    assert_int_equal(n->links[1].column, 22);
    assert_int_equal(n->links[2].line, 8);
    assert_int_equal(n->links[2].column, 11);
    assert_int_equal(n->links[2].block, n->turns[1].block);
    assert_int_equal(n->ntags, 1);
    assert_true(n->tags[0].in_comment);
    assert_int_equal(n->ncomment_links, 1);
    dump_close(&x);
}

/* Times that mean a turn: the last that begins then or before, its first where
 * several begin at once. */
static void test_find_turn(void **state) {
    static const struct {
        const char *turns;
        uint32_t seconds, turn;
    } lookups[] = {
        {"[0:05] A\n[0:09] B\n[0:12] C", 4, NOTE_NONE},
        {"[0:05] A\n[0:09] B\n[0:12] C", 5, 0},
        {"[0:05] A\n[0:09] B\n[0:12] C", 11, 1},
        {"[0:05] A\n[0:09] B\n[0:12] C", UINT32_MAX, 2},
        {"[0:05] A\n[0:09] B\n[0:09] C\n[0:09] D", 10, 1},
        {"[0:00] A\n[0:00] B\n[0:00] C", 0, 0},
        {"[1:05] A\n[0:09] B\n[0:02] C\n[0:09] D", 8, 2},
        {"[1:05] A\n[0:09] B\n[0:02] C\n[0:09] D", 64, 1},
        {"[1:05] A\n[0:09] B\n[0:02] C\n[0:09] D", 65, 0},
        {"[1:05] A\n[0:09] B\n[0:02] C\n[0:09] D", 1, NOTE_NONE},
        {"[0:09] no transcript", 9, NOTE_NONE},
    };
    struct note_dump x;

    (void)state;
    dump_open(&x);
    x.settings.entity_values.transcripts = true;
    for (size_t i = 0; i < ARRAY_LEN(lookups); i++) {
        struct buf text = {0};
        uint32_t found;

        buf_add_lit(&text, TITLE);
        buf_add_str(&text, str_from(lookups[i].turns));
        dump_note(&x, buf_str(&text));
        found = note_find_turn(x.note, lookups[i].seconds);
        if (found != lookups[i].turn)
            fail_msg("%s at %u: %u", lookups[i].turns, lookups[i].seconds,
                     found);
        buf_release(&text);
    }
    dump_close(&x);
}

/* The time and who speaks are looked for in the first 200 characters. */
static void test_long_line(void **state) {
    struct buf text = {0};
    struct note_dump x;

    (void)state;
    dump_open(&x);
    x.settings.entity_values.transcripts = true;
    buf_add_lit(&text, "## Transcript\n[0:01] A\n[0:02] B\n[0:03] ");
    for (int i = 0; i < 110000; i++)
        buf_add_lit(&text, "\xc3\xa4");
    dump_note(&x, buf_str(&text));
    assert_int_equal(x.note->turns[2].head.len, 2 * (200 - 7));
    assert_true(x.note->turns[2].goes_on);
    assert_int_equal(x.note->text.len, strlen("Transcript\nA\nB\n\n") + 220000);
    buf_release(&text);
    dump_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_section_names),
        cmocka_unit_test(test_section_name_places),
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_find_turn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
