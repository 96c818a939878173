#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "note/frontmatter.h"
#include "note/tag.h"
#include "value/print.h"

static const struct entity_settings no_kinds = {0};

/* One note read; everything is released by `done`. */
struct fixture {
    struct arena arena;
    struct diags diags;
    struct frontmatter f;
    struct buf text;
};

static void read_note(struct fixture *x, struct str note) {
    *x = (struct fixture){0};
    arena_init(&x->arena);
    diags_init(&x->diags);
    frontmatter_read(&x->f, &x->arena, note, STR("Note.md"), &no_kinds,
                     &x->diags);
}

/* `block` between `---` lines, with a body. */
static void read_properties(struct fixture *x, const char *block) {
    struct buf note = {0};

    buf_printf(&note, "---\n%s\n---\nBody\n", block);
    *x = (struct fixture){0};
    arena_init(&x->arena);
    diags_init(&x->diags);
    frontmatter_read(&x->f, &x->arena, arena_str(&x->arena, buf_str(&note)),
                     STR("Note.md"), &no_kinds, &x->diags);
    buf_release(&note);
}

static void done(struct fixture *x) {
    buf_release(&x->text);
    diags_release(&x->diags);
    arena_release(&x->arena);
}

/* `name line:col` of each finding, blank between. */
static const char *findings(struct fixture *x) {
    buf_reset(&x->text);
    for (size_t i = 0; i < x->diags.len; i++) {
        const struct diag *d = &x->diags.items[i];

        buf_printf(&x->text, "%s%.*s %u:%u", i > 0 ? " " : "",
                   STR_ARG(diag_rows[d->code].name), d->line, d->column);
    }
    return buf_cstr(&x->text);
}

static const char *words(struct fixture *x, const struct str *items, size_t n) {
    buf_reset(&x->text);
    for (size_t i = 0; i < n; i++)
        buf_printf(&x->text, "%s%.*s", i > 0 ? "|" : "", STR_ARG(items[i]));
    return buf_cstr(&x->text);
}

/* kind:text of the property `v` */
static const char *value_shown(struct fixture *x, const char *key) {
    const struct property *p = frontmatter_property(&x->f, str_from(key));
    struct str type;

    if (p == NULL)
        return "none";
    type = value_type_name(p->value->kind);
    buf_reset(&x->text);
    buf_printf(&x->text, "%.*s:", STR_ARG(type));
    value_print(&x->text, p->value, &value_style_default);
    return buf_cstr(&x->text);
}

static void test_recognition(void **state) {
    static const struct {
        const char *note;
        size_t body;
        uint32_t body_line;
        bool present, valid, unreadable;
        size_t nproperties;
        const char *findings;
    } rows[] = {
        {"---\na: 1\n---\nBody", 13, 4, true, true, false, 1, ""},
        {"---  \na: 1\n--- \t\nBody", 17, 4, true, true, false, 1, ""},
        {"---\n---\nBody", 8, 3, true, true, false, 0, ""},
        {"---\n\n# only a comment\n---\n", 26, 5, true, true, false, 0, ""},
        {"---\na: 1\n---", 12, 4, true, true, false, 1, ""},
        {"", 0, 1, false, false, false, 0, ""},
        {"Body", 0, 1, false, false, false, 0, ""},
        {"----\na: 1\n----\n", 0, 1, false, false, false, 0, ""},
        {"Intro\n---\na: 1\n---\n", 0, 1, false, false, false, 0, ""},
        /* not ended */
        {"---\na: 1\n\nBody", 0, 1, false, false, true, 0,
         "frontmatter-unclosed 1:1"},
        {"---\na: 1\n...\nBody", 0, 1, false, false, true, 0,
         "frontmatter-unclosed 1:1"},
        {"---\nA rule above\n", 0, 1, false, false, true, 0, ""},
        {"---", 0, 1, false, false, true, 0, ""},
        /* late */
        {"\n---\na: 1\n---\nBody", 0, 1, false, false, false, 0,
         "frontmatter-late 2:1"},
        {"\n \n---\npublish: false\n---\n", 0, 1, false, false, true, 0,
         "frontmatter-late 3:1"},
        {"\xef\xbb\xbf---\n'Publish' : false\n---\n", 0, 1, false, false, true,
         0, "frontmatter-late 1:1"},
        {" ---\na: 1\nx: {publish: no}\n---\n", 0, 1, false, false, true, 0,
         "frontmatter-late 1:1"},
        {"\n---\npublish: false\n\nBody", 0, 1, false, false, true, 0,
         "frontmatter-late 2:1"},
        {"# Heading\n---\npublish: false\n---\n", 0, 1, false, false, true, 0,
         "frontmatter-late 2:1"},
        {"Text\n\n---\n\nkey: value\n\n---\n", 0, 1, false, false, false, 0,
         ""},
        {"a\n---\nb: 1\n---\npublish: no\n---\n", 0, 1, false, false, true, 0,
         "frontmatter-late 4:1"},
        {"How to:\n```\n---\npublish: no\n---\n```\n", 0, 1, false, false,
         false, 0, ""},
        {"\n---\nProse, no key\n---\n", 0, 1, false, false, false, 0, ""},
        {"\n---\nrepublish: x\n---\n", 0, 1, false, false, false, 0,
         "frontmatter-late 2:1"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct fixture x;

        read_note(&x, str_from(rows[i].note));
        if (x.f.body != rows[i].body || x.f.body_line != rows[i].body_line ||
            x.f.present != rows[i].present || x.f.valid != rows[i].valid ||
            x.f.unreadable != rows[i].unreadable ||
            x.f.nproperties != rows[i].nproperties)
            fail_msg("%s: body %zu line %u present %d valid %d unreadable %d "
                     "properties %zu",
                     rows[i].note, x.f.body, x.f.body_line, x.f.present,
                     x.f.valid, x.f.unreadable, x.f.nproperties);
        assert_string_equal(findings(&x), rows[i].findings);
        done(&x);
    }
}

static void test_scalars(void **state) {
    static const struct {
        const char *written, *want;
    } rows[] = {
        {"", "null:\\-"},
        {"~", "null:\\-"},
        {"null", "null:\\-"},
        {"Null", "null:\\-"},
        {"NULL", "null:\\-"},
        {"nULL", "string:nULL"},
        {"\"\"", "string:"},
        {"'null'", "string:null"},
        {"true", "boolean:true"},
        {"True", "boolean:true"},
        {"TRUE", "boolean:true"},
        {"false", "boolean:false"},
        {"False", "boolean:false"},
        {"FALSE", "boolean:false"},
        {"tRUE", "string:tRUE"},
        {"yes", "string:yes"},
        {"no", "string:no"},
        {"on", "string:on"},
        {"off", "string:off"},
        {"y", "string:y"},
        {"n", "string:n"},
        {"2025", "number:2025"},
        {"\"2025\"", "string:2025"},
        {"010", "number:10"},
        {"-7", "number:-7"},
        {"+7", "number:7"},
        {"-0", "number:0"},
        {"0o17", "number:15"},
        {"0o18", "string:0o18"},
        {"0x1F", "number:31"},
        {"0x", "string:0x"},
        {"-0x1F", "string:-0x1F"},
        {"0b11", "string:0b11"},
        {"1_000", "string:1_000"},
        {"1,250", "string:1,250"},
        {"12:30", "string:12:30"},
        {"1:2:3", "string:1:2:3"},
        {"1.10", "number:1.1"},
        {"3.", "number:3"},
        {".5", "number:0.5"},
        {"-.5", "number:-0.5"},
        {".", "string:."},
        {"-", NULL},
        {"+", "string:+"},
        {"1e3", "number:1000"},
        {"1.5E-3", "number:0.0015"},
        {"1e", "string:1e"},
        {"e3", "string:e3"},
        {"1.2.3", "string:1.2.3"},
        {".inf", "number:Infinity"},
        {"-.Inf", "number:-Infinity"},
        {"+.INF", "number:Infinity"},
        {".iNF", "string:.iNF"},
        {".nan", "number:NaN"},
        {".NaN", "number:NaN"},
        {"-.nan", "string:-.nan"},
        {"9007199254740993", "number:9007199254740992"},
        {"1e400", "number:Infinity"},
        {"2024-07-21", "string:2024-07-21"},
        {"2024-07-21T12:37:00", "string:2024-07-21T12:37:00"},
        {"+49 123", "string:+49 123"},
        {"b #c", "string:b"},
        {"#foo", "null:\\-"},
        {"\tafter a tab", "string:after a tab"},
        {"[[Note]]", "array:[Note]"},
        {"\"[[Note]]\"", "string:[[Note]]"},
        {"[1, two, [3]]", "array:1, two, [3]"},
        {"{a: 1, b: [x]}", "object:{ a: 1, b: [x] }"},
        {"{<<: {k: 1}, z: 2}", "object:{ <<: { k: 1 }, z: 2 }"},
        {"{1.10: a, ~: b, True: c, 0x10: d}",
         "object:{ 1.1: a, : b, true: c, 16: d }"},
        {"{{title}}", "object:{ { title: null }: \\- }"},
        {"|\n  one\n  two", "string:one\ntwo\n"},
        {">-\n  one\n  two", "string:one two"},
        {"&x lamp", "string:lamp"},
        /* mistakes */
        {"a: b", NULL},
        {"@me", NULL},
        {"`x", NULL},
        {"%x", NULL},
        {"[x", NULL},
        {"{x", NULL},
        {"*x", NULL},
        {"- b", NULL},
        {"\"b\" c", NULL},
        {"\"open", NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf block = {0};
        struct fixture x;

        buf_printf(&block, "before: 1\nv: %s", rows[i].written);
        read_properties(&x, buf_cstr(&block));
        buf_release(&block);
        if (rows[i].want != NULL) {
            if (strcmp(value_shown(&x, "v"), rows[i].want) != 0)
                fail_msg("%s: got %s, want %s", rows[i].written,
                         buf_cstr(&x.text), rows[i].want);
            /* A link without quotation marks is told of. */
            assert_int_equal(x.diags.len,
                             strcmp(rows[i].written, "[[Note]]") == 0);
        } else if (x.f.valid || !x.f.present || !x.f.unreadable ||
                   x.f.nproperties != 0 || x.diags.len != 1 ||
                   x.diags.items[0].code != DIAG_FRONTMATTER_INVALID ||
                   x.diags.items[0].line < 3 || x.f.body == 0) {
            fail_msg("%s: %s", rows[i].written, findings(&x));
        }
        done(&x);
    }
}

static void test_errors(void **state) {
    static const struct {
        const char *block;
        bool valid;
        const char *findings;
    } rows[] = {
        {"- a\n- b", false, "frontmatter-invalid 2:1"},
        {"only text", false, "frontmatter-invalid 2:1"},
        {"a:b", false, "frontmatter-invalid 2:1"},
        {"null", true, ""},
        {"title: Lamps: the story\nx: 1", false, "frontmatter-invalid 2:13"},
        {"status: one\nstatus: two", false, "frontmatter-invalid 3:1"},
        {"a: 1\nb: {x: 1, x: 2}", false, "frontmatter-invalid 3:11"},
        {"a: 1\n\"a\": 2", false, "frontmatter-invalid 3:1"},
        {"1: a\n1.0: b", false, "frontmatter-invalid 3:1"},
        {"Status: one\nstatus: two", true, "property-case 3:1"},
        {"\xc3\x89tat: 1\n\xc3\xa9tat: 2", true, "property-case 3:1"},
        {"tag: x\nALIAS: y\ncssclass: z", true,
         "property-removed 2:1 property-removed 3:1 property-removed 4:1"},
        {"aliases: One name", true, "property-shape 2:10"},
        {"cssclasses: wide", true, "property-shape 2:13"},
        {"aliases:\ncssclasses: ~", true, ""},
        {"publish: \"false\"", true, "publish-text 2:10"},
        {"publish: true", true, ""},
        {"tags: [ok, a b, 2024, x/]", true,
         "tag-invalid 2:12 tag-invalid 2:17 tag-invalid 2:23"},
        {"list:\n\t- one", false, NULL}, /* where: libyaml's choice */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct fixture x;

        read_properties(&x, rows[i].block);
        if (x.f.valid != rows[i].valid || !x.f.present || x.f.body == 0)
            fail_msg("%s: valid %d", rows[i].block, x.f.valid);
        if (rows[i].findings != NULL)
            assert_string_equal(findings(&x), rows[i].findings);
        else
            assert_int_equal(x.diags.len, 1);
        done(&x);
    }
}

static void test_twice_names_the_key(void **state) {
    struct fixture x;
    struct buf many = {0};

    (void)state;
    for (int i = 0; i < 40; i++)
        buf_printf(&many, "key%d: %d\n", i, i);
    buf_add_lit(&many, "key7: again");
    read_properties(&x, buf_cstr(&many));
    assert_string_equal(findings(&x), "frontmatter-invalid 42:1");
    assert_true(str_find_str(x.diags.items[0].text, STR("key7"), 0) !=
                STR_NONE);
    assert_int_equal(x.f.nproperties, 0);
    done(&x);
    buf_release(&many);
}

static void test_tags(void **state) {
    static const struct {
        const char *block, *tags, *said;
    } rows[] = {
        {"tags: [a, b]", "a|b", "a|b"},
        {"tags:\n  - a\n  - b", "a|b", "a|b"},
        {"tags: [\"#a\", b]", "a|b", "a|b"},
        {"tags: a", "a", "a"},
        {"tags: \"#a\"", "a", "a"},
        {"tags: a, b", "", "a|b"},
        {"tags: a b", "", "a|b"},
        {"tags:", "", ""},
        {"tags: []", "", ""},
        {"tags: null", "", "null"},
        {"tags: [2024]", "", "2024"},
        {"tags: [2024, y2024, 1-2]", "y2024|1-2", "2024|y2024|1-2"},
        {"tags: [a b]", "", "a|b"},
        {"tags: [x/]", "x", "x"},
        {"tags: [a/b/c]", "a/b/c", "a/b/c"},
        {"tags: [[secret]]", "", "secret"},
        {"tags: {a: secret}", "", "secret"},
        {"TAGS: [a]\ntags: [b]", "a|b", "a|b"},
        {"tag: secret", "", "secret"},
        {"tags: [\"#\", \"\", \"a.b\"]", "", "a.b"},
        {"tags: [\"entity/Name with blanks\"]", "", "entity/Name|with|blanks"},
        {"tags: [\xf0\x9f\x93\x9a, \xc3\xa9t\xc3\xa9, \xe6\xb1\x89]",
         "\xf0\x9f\x93\x9a|\xc3\xa9t\xc3\xa9|\xe6\xb1\x89",
         "\xf0\x9f\x93\x9a|\xc3\xa9t\xc3\xa9|\xe6\xb1\x89"},
        {"{\"tags\": [\"a\"], \"publish\": false}", "a", "a"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct fixture x;

        read_properties(&x, rows[i].block);
        assert_true(x.f.valid);
        assert_string_equal(words(&x, x.f.tags, x.f.ntags), rows[i].tags);
        assert_string_equal(words(&x, x.f.said_tags, x.f.nsaid_tags),
                            rows[i].said);
        done(&x);
    }
}

static void test_tag_length(void **state) {
    static const struct {
        const char *text;
        size_t want;
    } rows[] = {
        {"", 0},
        {"a", 1},
        {"1984", 0},
        {"y1984", 5},
        {"1984a", 5},
        {"1-2", 3},
        {"a.b", 1},
        {"a b", 1},
        {"a/b/c", 5},
        {"a/", 1},
        {"/", 0},
        {"1/3", 3},
        {"a_b-c:", 5},
        {"#a", 0},
        {"tl#tm", 2},
        {"12/", 0},
        {"\xf0\x9f\x93\x9a!", 4}, /* an emoji */
        {"\xe2\x80\x94"
         "a",
         0},                  /* em dash */
        {"a\xe2\x80\xa6", 1}, /* ellipsis */
        {"a\xc2\xa0"
         "b",
         1}, /* NBSP */
        {"a\xe3\x80\x80"
         "b",
         1}, /* U+3000 */
        {"\xe2\x80\x8d"
         "a",
         0}, /* a joiner first */
        {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 11},
        {"\xe2\x9d\xa4\xef\xb8\x8f x", 6},
        {"\xff", 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (tag_length(str_from(rows[i].text), 0) != rows[i].want)
            fail_msg("%s: %zu", rows[i].text,
                     tag_length(str_from(rows[i].text), 0));
    assert_int_equal(tag_length(STR("x #abc d"), 3), 3);
}

/* The '#' looked at is the last one. */
static void test_tag_slips(void **state) {
    static const struct {
        const char *text;
        size_t want; /* bytes of what would be the tag; 0: no slip */
    } rows[] = {
        {"#123", 4},
        {"no #2031, yes", 5},
        {"#12", 0},
        {"a#123", 0},
        {"(#123)", 0},
        {"#123-", 0},
        {"(#a)", 2},
        {"\"#a/b\"", 4},
        {"[#a]", 2},
        {"a,#b", 2},
        {"](#a)", 0},
        {"x](#a)", 0},
        {"/#a", 0},
        {"=#a", 0},
        {"C#a", 0},
        {"(#fff)", 0},
        {"(#c0ffee)", 0},
        {"(#cafes)", 6},
        {"(#1a)", 0},
        {"#", 0},
        {"\xe2\x80\x9c#a", 2},
        {"\xe2\x80\x94#a", 2},
        {"\xc3\xa9#a", 0},
        {"\xc2\xa0#123", 4},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str s = str_from(rows[i].text);
        size_t len = 0;
        const char *why = tag_slip(s, str_rfind(s, '#'), &len);

        if ((why != NULL) != (rows[i].want > 0) || len != rows[i].want)
            fail_msg("%s: %zu, %s", rows[i].text, len, why ? why : "nothing");
    }
}

static void test_reserved(void **state) {
    struct fixture x;

    (void)state;
    read_properties(&x, "Aliases: [ One , 2, ~, \"\", [x]]\n"
                        "CSSClasses:\n  - wide-page\n  - calm\n"
                        "title: \" Spring  plan \"\n"
                        "Permalink: /spring\n"
                        "description: >\n  Two\n  lines\n"
                        "Other: 007\n"
                        "image: a.png");
    assert_string_equal(findings(&x), "property-value 2:28");
    assert_string_equal(words(&x, x.f.aliases, x.f.naliases), "One|2");
    assert_string_equal(words(&x, x.f.cssclasses, x.f.ncssclasses),
                        "wide-page|calm");
    assert_true(str_eq(x.f.title, STR("Spring  plan")));
    assert_true(str_eq(x.f.permalink, STR("/spring")));
    assert_true(str_eq(x.f.description, STR("Two lines")));
    assert_int_equal(x.f.publish, PUBLISH_UNSAID);

    assert_non_null(frontmatter_property(&x.f, STR("aliases")));
    assert_non_null(frontmatter_property(&x.f, STR("IMAGE")));
    assert_null(frontmatter_property(&x.f, STR("other")));
    assert_null(frontmatter_property(&x.f, STR("Title")));
    const struct property *p = frontmatter_property(&x.f, STR("Other"));
    assert_non_null(p);
    assert_true(str_eq(p->source, STR("007")));
    assert_int_equal(p->line, 11);
    assert_int_equal(p->column, 1);
    assert_int_equal(p->yaml->column, 8);
    done(&x);

    read_properties(&x, "title: 2024\npermalink:\naliases: Nick");
    assert_int_equal(x.f.title.len, 0);
    assert_int_equal(x.f.permalink.len, 0);
    assert_string_equal(words(&x, x.f.aliases, x.f.naliases), "Nick");
    done(&x);
}

static void test_publish(void **state) {
    static const struct {
        const char *block;
        enum publish_word want;
        size_t findings;
    } rows[] = {
        {"a: 1", PUBLISH_UNSAID, 0},
        {"publish:", PUBLISH_UNSAID, 0},
        {"publish: true", PUBLISH_YES, 0},
        {"publish: false", PUBLISH_NO, 0},
        {"Publish: FALSE", PUBLISH_NO, 0},
        {"publish: \"false\"", PUBLISH_NO, 1},
        {"publish: no", PUBLISH_NO, 1},
        {"publish: 0", PUBLISH_NO, 1},
        {"publish: maybe", PUBLISH_NO, 1},
        {"publish: yes", PUBLISH_YES, 1},
        {"publish: ' True '", PUBLISH_YES, 1},
        {"publish: 1", PUBLISH_YES, 1},
        {"publish: [true]", PUBLISH_NO, 1},
        {"publish: {a: 1}", PUBLISH_NO, 1},
        {"{\"publish\": false}", PUBLISH_NO, 0},
        {"publish: true\nPUBLISH: false", PUBLISH_NO, 1},
        {"publish: false\nPUBLISH: true", PUBLISH_NO, 1},
        {"publish:\nPUBLISH: true", PUBLISH_YES, 1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct fixture x;

        read_properties(&x, rows[i].block);
        if (x.f.publish != rows[i].want || x.diags.len != rows[i].findings)
            fail_msg("%s: %d, %s", rows[i].block, x.f.publish, findings(&x));
        done(&x);
    }
}

static void test_too_large(void **state) {
    struct buf note = {0};
    struct fixture x;

    (void)state;
    buf_add_lit(&note, "---\npublish: false\n");
    while (note.len <= YAML_MAX_BYTES)
        buf_add_lit(&note, "# a comment that fills the block\n");
    buf_add_lit(&note, "---\nBody\n");
    read_note(&x, buf_str(&note));
    assert_string_equal(findings(&x), "frontmatter-too-large 1:1");
    assert_true(x.f.present && !x.f.valid && x.f.unreadable);
    assert_int_equal(x.f.body, note.len - 5);
    assert_int_equal(x.f.nproperties, 0);
    done(&x);
    buf_release(&note);
}

/* A long scalar repeated by thousands of aliases is refused, not multiplied. */
static void test_aliases_repeated(void **state) {
    struct buf block = {0};
    struct fixture x;

    (void)state;
    buf_add_lit(&block, "tags:\n- &x ");
    for (int i = 0; i < 1000; i++)
        buf_add_lit(&block, "11111111111111111111111111111111");
    for (int i = 0; i < 5000; i++)
        buf_add_lit(&block, "\n- *x");
    read_properties(&x, buf_cstr(&block));
    assert_string_equal(findings(&x), "frontmatter-invalid 2:1");
    assert_true(x.f.unreadable);
    assert_true(x.arena.total < 16 * 1024 * 1024);
    done(&x);
    buf_release(&block);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recognition),
        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_twice_names_the_key),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_tag_length),
        cmocka_unit_test(test_tag_slips),
        cmocka_unit_test(test_reserved),
        cmocka_unit_test(test_publish),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_aliases_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
