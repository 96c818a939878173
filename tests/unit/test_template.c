#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "site/template.h"

/* page: title, body, shown, items{name, html}, one{name}, texts{.}, only_a;
 * words.hello is a constant. */
enum { TITLE, BODY, SHOWN, ITEMS, ONE, TEXTS, ONLY_A, WORDS, PAGE };
enum { ITEM_NAME, ITEM_HTML, ITEM };
#define KIND_A 1u
#define KIND_B 2u

static const struct template_name item_names[] = {
    [ITEM_NAME] = {STR_INIT("name"), TEMPLATE_TEXT, NULL, 0, {0}},
    [ITEM_HTML] = {STR_INIT("html"), TEMPLATE_HTML, NULL, 0, {0}},
};
static const struct template_scope item = {item_names, ITEM, NULL};
static const struct template_name text_names[] = {
    {STR_INIT("."), TEMPLATE_TEXT, NULL, 0, {0}}};
static const struct template_scope text = {text_names, 1, NULL};
static const struct template_name word_names[] = {
    {STR_INIT("hello"), TEMPLATE_TEXT, NULL, 0, {0}}};
static const struct str word_texts[] = {STR_INIT("Hello & <welcome>")};
static const struct template_scope word = {word_names, 1, word_texts};
static const struct template_name page_names[] = {
    [TITLE] = {STR_INIT("title"), TEMPLATE_TEXT, NULL, 0, {0}},
    [BODY] = {STR_INIT("body"), TEMPLATE_HTML, NULL, 0, {0}},
    [SHOWN] = {STR_INIT("shown"), TEMPLATE_FLAG, NULL, 0, {0}},
    [ITEMS] = {STR_INIT("items"), TEMPLATE_LIST, &item, 0, {0}},
    [ONE] = {STR_INIT("one"), TEMPLATE_RECORD, &item, 0, {0}},
    [TEXTS] = {STR_INIT("texts"), TEMPLATE_LIST, &text, 0, {0}},
    [ONLY_A] = {STR_INIT("only_a"), TEMPLATE_TEXT, NULL, KIND_A, {0}},
    [WORDS] = {STR_INIT("words"), TEMPLATE_RECORD, &word, 0, {0}},
};
static const struct template_scope page = {page_names, PAGE, NULL};

static void write_number(const void *context, struct buf *out) {
    buf_printf(out, "<b>%d</b>", *(const int *)context);
}

static const int number = 7;

static void fill(struct template_value *v) {
    static const struct template_value items[2 * ITEM] = {
        [ITEM_NAME] = {.type = TEMPLATE_TEXT, .p = "a&b", .len = 3},
        [ITEM_HTML] = {.type = TEMPLATE_HTML, .p = "<i>", .len = 3},
        [ITEM + ITEM_NAME] = {.type = TEMPLATE_TEXT, .p = "c", .len = 1},
    };
    static const struct template_value texts[] = {
        {.type = TEMPLATE_TEXT, .p = "x", .len = 1},
        {.type = TEMPLATE_TEXT, .p = "<", .len = 1},
    };

    v[TITLE] = template_text(STR("\"T\""));
    v[BODY] = template_writer(write_number, &number);
    v[SHOWN] = template_flag(true);
    v[ITEMS] = template_list(items, 2);
    v[ONE] = template_record(items);
    v[TEXTS] = template_list(texts, 2);
}

static bool find_partial(void *context, struct str name,
                         struct template_source *source) {
    static const struct {
        struct str name, text;
    } partials[] = {
        {STR_INIT("row"), STR_INIT("<{{name}}>\n")},
        {STR_INIT("bad"), STR_INIT("\n  ä{{missing}}\n")},
        {STR_INIT("loop"), STR_INIT("{{> loop_back}}")},
        {STR_INIT("loop_back"), STR_INIT("{{> loop}}")},
        {STR_INIT("open"), STR_INIT("{{#shown}}")},
        {STR_INIT("close"), STR_INIT("{{/shown}}")},
    };

    (void)context;
    for (size_t i = 0; i < ARRAY_LEN(partials); i++)
        if (str_eq(partials[i].name, name)) {
            *source = (struct template_source){name, partials[i].text};
            return true;
        }
    return false;
}

/* Compiles; *found gets the findings as "path:line:col text;". */
static const struct template *compile(struct arena *a, struct str source_text,
                                      uint32_t kind, struct buf *found) {
    struct template_source source = {STR("t"), source_text};
    struct template_rules rules = {.scope = &page,
                                   .kind = kind,
                                   .where = STR("B pages"),
                                   .partial = find_partial};
    struct diags d;

    diags_init(&d);
    const struct template *t = template_compile(a, &source, &rules, &d);
    for (size_t i = 0; i < d.len; i++) {
        assert_int_equal(d.items[i].code, DIAG_TEMPLATE_INVALID);
        buf_printf(found, "%.*s:%u:%u %.*s;", STR_ARG(d.items[i].path),
                   d.items[i].line, d.items[i].column,
                   STR_ARG(d.items[i].text));
    }
    diags_release(&d);
    assert_true((t == NULL) == (found->len > 0));
    return t;
}

static void test_rendering(void **state) {
    static const struct {
        const char *text, *full, *empty;
    } cases[] = {
        {"", "", ""},
        {"plain { } text", "plain { } text", "plain { } text"},
        {"{{title}}|{{{body}}}|{{&body}}", "&quot;T&quot;|<b>7</b>|<b>7</b>",
         "||"},
        {"{{words.hello}}", "Hello &amp; &lt;welcome&gt;",
         "Hello &amp; &lt;welcome&gt;"},
        {"[{{#title}}{{.}}{{/title}}]", "[&quot;T&quot;]", "[]"},
        {"[{{#body}}{{{.}}}{{/body}}{{^body}}none{{/body}}]", "[<b>7</b>]",
         "[none]"},
        {"{{#shown}}yes{{/shown}}{{^shown}}no{{/shown}}", "yes", "no"},
        {"{{#items}}({{name}}{{{html}}}{{#shown}}{{title}}{{/shown}}){{/"
         "items}}",
         "(a&amp;b<i>&quot;T&quot;)(c&quot;T&quot;)", ""},
        {"{{#items.length}}<ul>{{#items}}{{name}}{{/items}}</ul>{{/"
         "items.length}}{{^items.length}}none{{/items.length}}",
         "<ul>a&amp;bc</ul>", "none"},
        {"{{#one}}{{name}}{{/one}}{{^one}}-{{/one}}{{one.name}}{{{one.html}}}",
         "a&amp;ba&amp;b<i>", "-"},
        {"{{#one.name}}[{{.}}]{{/one.name}}", "[a&amp;b]", ""},
        {"{{#texts}}{{.}},{{/texts}}", "x,&lt;,", ""},
        {"{{#texts}}{{#items}}{{name}}{{/items}}{{.}};{{/texts}}",
         "a&amp;bcx;a&amp;bc&lt;;", ""},
        {"<ul>\n  {{#items}}\n  {{> row}}\n  {{/items}}\n</ul>\n",
         "<ul>\n  <a&amp;b>\n  <c>\n</ul>\n", "<ul>\n</ul>\n"},
        {"{{! a {{ comment }}b", "b", "b"},
    };
    struct template_value full[PAGE] = {0};
    struct template_value empty[PAGE] = {0};

    (void)state;
    fill(full);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a;
        struct buf out = {0};
        struct buf found = {0};
        arena_init(&a);
        const struct template *t =
            compile(&a, str_from(cases[i].text), 0, &found);
        if (!t)
            fail_msg("%s: %s", cases[i].text, buf_cstr(&found));
        template_render(t, full, &out);
        assert_string_equal(buf_cstr(&out), cases[i].full);
        buf_reset(&out);
        template_render(t, empty, &out);
        assert_string_equal(buf_cstr(&out), cases[i].empty);
        buf_release(&out);
        buf_release(&found);
        arena_release(&a);
    }
}

static void test_findings(void **state) {
    static const struct {
        const char *text, *found;
    } cases[] = {
        {"a\n ü{{titel}}", "t:2:3 there is no name \"titel\";"},
        {"{{x}}{{y}}", "t:1:1 there is no name \"x\";"
                       "t:1:6 there is no name \"y\";"},
        {"{{{title}}}", "t:1:1 \"title\" is text, not HTML: write {{title}};"},
        {"{{body}}", "t:1:1 \"body\" is HTML: write {{{body}}};"},
        {"{{shown}}", "t:1:1 \"shown\" has no text: write {{#shown}};"},
        {"{{items}}", "t:1:1 \"items\" has no text: write {{#items}};"},
        {"{{items.length}}",
         "t:1:1 \"items.length\" has no text: write {{#items.length}};"},
        {"{{one.none}}", "t:1:1 there is no name \"one.none\";"},
        {"{{items.name}}", "t:1:1 there is no name \"items.name\";"},
        {"{{title.name}}", "t:1:1 there is no name \"title.name\";"},
        {"{{name}}{{#items}}{{name}}{{/items}}",
         "t:1:1 there is no name \"name\";"},
        {"{{.}}", "t:1:1 {{.}} has no meaning here;"},
        {"{{only_a}}", "t:1:1 the name \"only_a\" does not exist on B pages;"},
        {"{{#words.hello}}x{{/words.hello}}",
         "t:1:1 \"words.hello\" is always there: it is no section;"},
        {"{{#shown}}x", "t:1:1 {{#shown}} has no end;"},
        {"{{/shown}}", "t:1:1 {{/shown}} closes nothing;"},
        {"{{#shown}}{{#items}}{{/shown}}{{/items}}",
         "t:1:21 {{/shown}} stands where {{/items}} should;"
         "t:1:31 {{/items}} stands where {{/shown}} should;"},
        {"{{#nix}}{{title}}{{/nix}}", "t:1:1 there is no name \"nix\";"},
        {"{{title", "t:1:1 this tag has no end;"},
        {"{{{body}}", "t:1:1 this tag has no end;"},
        {"{{}}", "t:1:1 \"\" is no name;"},
        {"{{a b}}", "t:1:1 \"a b\" is no name;"},
        {"{{one..name}}", "t:1:1 \"one..name\" is no name;"},
        {"{{=<% %>=}}", "t:1:1 {{= =}}: delimiters cannot be changed here;"},
        {"{{$block}}",
         "t:1:1 {{$ block}}: blocks and parents are not supported;"},
        {"{{<base}}",
         "t:1:1 {{< base}}: blocks and parents are not supported;"},
        {"{{> none}}", "t:1:1 there is no partial \"none\";"},
        {"\n    {{> bad}}", "bad:2:4 there is no name \"missing\";"},
        {"{{> loop}}", "loop_back:1:1 the partial \"loop\" includes itself;"},
        {"{{> open}}{{> close}}", "open:1:1 {{#shown}} has no end;"
                                  "close:1:1 {{/shown}} closes nothing;"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a;
        struct buf found = {0};
        arena_init(&a);
        compile(&a, str_from(cases[i].text), KIND_B, &found);
        assert_string_equal(buf_cstr(&found), cases[i].found);
        buf_release(&found);
        arena_release(&a);
    }
}

/* `n` times `open`, then `n` times `close`. */
static size_t findings_of_nested(size_t n, const char *open,
                                 const char *close) {
    struct arena a;
    struct buf source = {0};
    struct buf found = {0};

    arena_init(&a);
    for (size_t i = 0; i < n; i++)
        buf_add_str(&source, str_from(open));
    for (size_t i = 0; i < n; i++)
        buf_add_str(&source, str_from(close));
    compile(&a, buf_str(&source), 0, &found);
    size_t len = found.len;
    buf_release(&source);
    buf_release(&found);
    arena_release(&a);
    return len;
}

static void test_bounds(void **state) {
    (void)state;
    assert_int_equal(
        findings_of_nested(TEMPLATE_MAX_SECTIONS, "{{#items}}", "{{/items}}"),
        0);
    assert_int_not_equal(findings_of_nested(TEMPLATE_MAX_SECTIONS + 1,
                                            "{{#items}}", "{{/items}}"),
                         0);
    assert_int_not_equal(findings_of_nested(100000, "{{#shown}}", ""), 0);
    assert_int_not_equal(findings_of_nested(100000, "{{x}}", ""), 0);
    assert_int_not_equal(
        findings_of_nested(TEMPLATE_MAX_BYTES / 4, "12345", ""), 0);
}

/* Each of sixteen partials includes the next one twice. */
static bool find_bomb(void *context, struct str name,
                      struct template_source *source) {
    static char texts[26][16];
    char *two = texts[name.p[0] - 'a'];

    (void)context;
    memcpy(two, "{{>a}}{{>a}}", 13);
    two[3] = two[9] = (char)(name.p[0] + 1);
    *source = (struct template_source){name, str_from(two)};
    return true;
}

static void test_partial_bomb(void **state) {
    struct arena a;
    struct diags d;
    struct template_source source = {STR("t"), STR("{{>a}}")};
    struct template_rules rules = {.scope = &page, .partial = find_bomb};

    (void)state;
    arena_init(&a);
    diags_init(&d);
    assert_null(template_compile(&a, &source, &rules, &d));
    assert_in_range(d.len, 1, 20);
    diags_release(&d);
    arena_release(&a);
}

static void test_shows(void **state) {
    struct arena a;
    struct buf found = {0};

    (void)state;
    arena_init(&a);
    const struct template *t = compile(
        &a, STR("{{#shown}}{{title}}{{/shown}}{{#items}}{{name}}{{/items}}"), 0,
        &found);
    assert_true(template_shows(t, TITLE));
    assert_false(template_shows(t, BODY));
    assert_false(template_shows(t, SHOWN));
    buf_release(&found);
    arena_release(&a);
}

/* Two pages; on the second one title and flag are others, and the list is said to be
 * what it was. */
static void test_memo(void **state) {
    static const struct {
        const char *text, *first, *second, *forgotten;
    } cases[] = {
        /* What it shows of the page is the title: copied, the way that was told. */
        {"{{title}}:{{#items}}<{{title}}{{name}}>{{/items}}.",
         "A:<Aa&amp;b><Ac>.", "B:<Aa&amp;b><Ac>.", "B:<Ba&amp;b><Bc>."},
        {"{{#items}}{{name}}{{^html}}-{{/html}}{{/items}}", "a&amp;bc-",
         "a&amp;bc-", "a&amp;bc-"},
        /* More than that: never copied. */
        {"{{#items}}{{title}}{{#shown}}!{{/shown}}{{/items}}", "A!A!", "BB",
         "BB"},
        {"{{#items}}{{#texts}}{{title}}{{/texts}}{{/items}}", "AAAA", "BBBB",
         "BBBB"},
        {"{{#items}}{{title}}{{one.name}}{{/items}}", "Aa&amp;bAa&amp;b",
         "Ba&amp;bBa&amp;b", "Ba&amp;bBa&amp;b"},
        /* Two places of one list renew it in turns. */
        {"{{#items}}{{name}}{{/items}}{{#items}}{{title}}{{/items}}",
         "a&amp;bcAA", "a&amp;bcBB", "a&amp;bcBB"},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct template_value v[PAGE] = {0};
        struct template_memo memo = {.outer = TITLE};
        struct buf found = {0}, out = {0};
        const struct template *t =
            compile(&a, str_from(cases[i].text), 0, &found);

        buf_release(&found);
        fill(v);
        v[ITEMS] = template_kept_list(v[ITEMS].p, v[ITEMS].len, &memo);
        v[TITLE] = template_text(STR("A"));
        template_render(t, v, &out);
        assert_string_equal(buf_cstr(&out), cases[i].first);
        buf_reset(&out);
        v[TITLE] = template_text(STR("B"));
        v[SHOWN] = template_flag(false);
        template_render(t, v, &out);
        assert_string_equal(buf_cstr(&out), cases[i].second);
        buf_reset(&out);
        template_forget(&memo);
        template_render(t, v, &out);
        assert_string_equal(buf_cstr(&out), cases[i].forgotten);
        buf_release(&out);
        buf_release(&memo.html);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rendering), cmocka_unit_test(test_findings),
        cmocka_unit_test(test_bounds),    cmocka_unit_test(test_partial_bomb),
        cmocka_unit_test(test_shows),     cmocka_unit_test(test_memo),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
