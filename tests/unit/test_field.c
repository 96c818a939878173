#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf16.h"
#include "note/field.h"

/* A line and its fields, `key=value` with what they stand in, `;` behind each. */
static const struct {
    const char *line, *fields;
} rows[] = {
    {"", ""},
    {"nothing to find: here", ""},
    {"key1:: value one", "key1=value one;"},
    {"**Bold Key**:: bold", "Bold Key=bold;"},
    {"*it*:: italic", "it=italic;"},
    {"~~strike~~:: s", "strike=s;"},
    {"`code`:: c", "code=c;"},
    {"==high==:: h", ""},
    {"emoji \xe2\xad\x90 key:: e", "emoji \xe2\xad\x90 key=e;"},
    {"\xe2\xad\x90 key:: e", "key=e;"},
    {"1st:: digit", "1st=digit;"},
    {"-dash:: d", "dash=d;"},
    {"trailing text key :: spaced", "trailing text key=spaced;"},
    {"# Field:: x", "Field=x;"},
    {"\xe6\x97\xa5\xe6\x9c\xac:: jp", "\xe6\x97\xa5\xe6\x9c\xac=jp;"},
    {"a.b:: no", ""},
    {"http://a.b::c", ""},
    {"empty::", "empty=;"},
    {"colon:: a::b", "colon=a::b;"},
    {":: no key", "=no key;"},
    {"\xc2\xa0nbsp\xc2\xa0::\xc2\xa0x\xc2\xa0", "nbsp=x;"},
    {"| t1:: a | b |", "t1=a | b |;"},
    /* brackets */
    {"bracket [in:: one] and (par:: two) and [nest:: a [b] c] and"
     " [li:: [[Grog]]] and [broken:: x and (also [inner:: q])",
     "[in=one;(par=two;[nest=a [b] c;[li=[[Grog]];[inner=q;"},
    {"[a:: 1][b:: 2] [c::3] [d ::4] [ e :: 5 ]", "[a=1;[c=3;[d=4;[e=5;"},
    {"[k(x:: 1) [**bk**:: 7] [x y:: 8] [:: 9] [emptyv:: ]",
     "(x=1;[**bk**=7;[x y=8;[=9;[emptyv=;"},
    {"[a:: (b:: c)] (d:: [e:: f])", "[a=(b:: c);(d=[e:: f];"},
    {"[a:: x\\] y] z", "[a=x\\] y;"},
    {"[a:: x\\[ y] z", "[a=x\\[ y;"},
    {"\\[a:: x] z", "[a=x;"},
    {"[a:: x\\\\] z", "[a=x\\\\;"},
    {"[a]:: b", ""},
    {"[a:: b", "a=b;"},
    {"(a:: b]", "a=b];"},
    {"[a::: b]", "[a=: b;"},
    {"a [b:: c] d:: e", "[b=c;"},
    {"\xef\xbc\xbb"
     "due:: 2026-01-01\xef\xbc\xbd",
     "due=2026-01-01\xef\xbc\xbd;"},
    /* dates */
    {"x \xf0\x9f\x93\x85 2026-01-01", "@due=2026-01-01;"},
    {"x \xf0\x9f\x93\x85"
     "2026-01-01 \xf0\x9f\x93\x86 2026-02-02",
     "@due=2026-01-01;"},
    {"\xf0\x9f\x93\x85 soon \xf0\x9f\x93\x85 2026-01-01", "@due=2026-01-01;"},
    {"\xf0\x9f\x97\x93\xef\xb8\x8f 2026-01-01", "@due=2026-01-01;"},
    {"\xf0\x9f\x93\x85\xef\xb8\x8f 2026-01-01", ""},
    {"\xe2\x9e\x95 2026-01-01 \xf0\x9f\x9b\xab 2026-01-02 \xe2\x8f\xb3"
     " 2026-01-03 \xe2\x9c\x85 2026-01-04",
     "@created=2026-01-01;@start=2026-01-02;@scheduled=2026-01-03;"
     "@completion=2026-01-04;"},
    {"\xe2\x8c\x9b 2026-01-03", "@scheduled=2026-01-03;"},
    {"\xe2\x9d\x8c 2026-01-02", ""},
    {"[a:: \xf0\x9f\x93\x85 2026-01-01] b", "[a=\xf0\x9f\x93\x85 2026-01-01;"},
    {"\xe2\x9c\x85 Decision without a date", ""},
};

static void add_field(struct buf *out, const struct field *f) {
    static const char *const signs[] = {"[", "(", "", "@"};

    buf_printf(out, "%s%.*s=%.*s;", signs[f->kind], STR_ARG(f->key),
               STR_ARG(f->value));
}

static void find(void **state) {
    struct fields f = {0};
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str line = utf16_trim(str_from(rows[i].line));
        struct field whole;

        buf_reset(&out);
        fields_find(&f, line, true);
        for (size_t k = 0; k < f.list.len; k++)
            add_field(&out, &f.list.items[k]);
        if (f.list.len == 0 && field_of_line(line, &whole))
            add_field(&out, &whole);
        assert_string_equal(buf_cstr(&out), rows[i].fields);
    }
    fields_find(&f, STR("x \xf0\x9f\x93\x85 2026-01-01"), false);
    assert_int_equal(f.list.len, 0);
    vec_release(&f.list);
    buf_release(&out);
}

/* The rule of spec/dataview.md §4.4 word for word: from each opening bracket. */
static bool plain_field(struct str s, size_t begin, struct field *out) {
    char open = s.p[begin], close = open == '[' ? ']' : ')';
    size_t colons = str_find_str(s, STR("::"), begin + 1);
    int depth = 1;

    if (colons == STR_NONE)
        return false;
    for (size_t i = begin + 1; i < colons; i++)
        if (strchr("[]()", s.p[i]) != NULL)
            return false;
    for (size_t i = colons + 2; i < s.len; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == open)
            depth++;
        else if (s.p[i] == close && --depth == 0) {
            out->begin = begin;
            out->end = i + 1;
            return true;
        }
    }
    return false;
}

static void plain_rule(struct str s, struct buf *out) {
    struct field found[32];
    size_t n = 0, end = 0;
    bool any = false;

    for (const char *open = "[("; *open != '\0'; open++)
        for (size_t i = 0; i < s.len; i++)
            if (s.p[i] == *open && plain_field(s, i, &found[n]))
                i = found[n++].end - 1;
    for (size_t from = 0; from < s.len; from++)
        for (size_t i = 0; i < n; i++)
            if (found[i].begin == from && (!any || from > end)) {
                any = true;
                end = found[i].end;
                buf_printf(out, "%zu-%zu;", from, end);
            }
}

/* The one pass finds what the rule finds. */
static void same_as_rule(void **state) {
    static const char letters[] = "[[]](())::::::\\a ";
    struct buf want = {0}, got = {0};
    struct fields f = {0};
    uint32_t random = 1;
    size_t found = 0;

    (void)state;
    for (int round = 0; round < 300000; round++) {
        char text[28];
        size_t len = 0;

        for (; len < sizeof text; len++) {
            random = random * 1664525 + 1013904223;
            text[len] = letters[(random >> 16) % (sizeof letters - 1)];
        }
        buf_reset(&want);
        buf_reset(&got);
        plain_rule(str_make(text, len), &want);
        fields_find(&f, str_make(text, len), false);
        for (size_t i = 0; i < f.list.len; i++)
            buf_printf(&got, "%zu-%zu;", f.list.items[i].begin,
                       f.list.items[i].end);
        found += f.list.len;
        assert_string_equal(buf_cstr(&got), buf_cstr(&want));
    }
    assert_true(found > 1000);
    vec_release(&f.list);
    buf_release(&want);
    buf_release(&got);
}

/* What a field covers. */
static void extent(void **state) {
    struct fields f = {0};
    struct str line = STR("x [ a :: b ] \xf0\x9f\x93\x85 2026-01-01.");
    struct str part;

    (void)state;
    fields_find(&f, line, true);
    assert_int_equal(f.list.len, 2);
    part = str_slice(line, f.list.items[0].begin, f.list.items[0].end);
    assert_true(str_eq(part, STR("[ a :: b ]")));
    part = str_slice(line, f.list.items[1].begin, f.list.items[1].end);
    assert_true(str_eq(part, STR("\xf0\x9f\x93\x85 2026-01-01")));
    vec_release(&f.list);
}

/* Each of these costs too long when a search begins anew at every bracket. */
static void hostile(void **state) {
    static const char *const parts[] = {
        "[a::", "[a:: (b::", "[",        "::",
        "]a::", "\\[a::",    "[a:: x] ", "\xf0\x9f\x93\x85 2026-01-0"};
    struct fields f = {0};
    struct buf text = {0};
    struct field whole;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        buf_reset(&text);
        while (text.len < 1 << 20)
            buf_add_str(&text, str_from(parts[i]));
        fields_find(&f, buf_str(&text), true);
        field_of_line(buf_str(&text), &whole);
    }
    vec_release(&f.list);
    buf_release(&text);
}

static void canonical(void **state) {
    static const struct {
        const char *name, *canonical;
    } names[] = {
        {"", ""},
        {"key-1_x", "key-1_x"},
        {"Key Two", "key-two"},
        {"a  \t b", "a-b"},
        {"with.dot", "withdot"},
        {"with/slash", "withslash"},
        {"quoted key!", "quoted-key"},
        {"**bk**", "bk"},
        {"\xc3\x89mile", "\xc3\xa9mile"},
        {"\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac"},
        {"emoji \xe2\xad\x90 key", "emoji-\xe2\xad\x90-key"},
        {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80",
         "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"},
        {"1\xef\xb8\x8f\xe2\x83\xa3", "1\xef\xb8\x8f\xe2\x83\xa3"},
        {"!?", ""},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str s = field_canonical(&a, str_from(names[i].name));

        assert_true(str_eq(s, str_from(names[i].canonical)));
    }
    arena_release(&a);
}

static void boxes(void **state) {
    static const struct {
        const char *source, *text;
    } sources[] = {
        {"", ""},
        {"plain", "plain"},
        {"[ ] open", "open"},
        {"[x]", ""},
        {"[]  not a task", "not a task"},
        {"[  ] two spaces", "[  ] two spaces"},
        {"[xx] two", "[xx] two"},
        {"[ ]nospace", "nospace"},
        {"[a](b.md) text", "(b.md) text"},
        {"[\xf0\x9f\x98\x80] smile", "smile"},
        {"[ ] a\nb", "a\nb"},
        {"[ ]\nb", "\nb"},
        {"[\n] b", "[\n] b"},
        {"[", "["},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        struct str s = field_item_text(str_from(sources[i].source));

        assert_true(str_eq(s, str_from(sources[i].text)));
    }
}

static void tags(void **state) {
    static const struct {
        const char *text, *tags;
    } texts[] = {
        {"no tag", ""},
        {"a #x/y", "#x/y;"},
        {"#tag1,#tag2 (#tag3)", "#tag1;#tag2;#tag3;"},
        {"x \xf0\x9f\x93\x85 2026-01-01 #3344 (#z) and #7", "#3344;#z;#7;"},
        {"a#b #", "#b;"},
        {"#a#b #c", "#c;"},
        {"#a%b #c*", ""},
        {"#\xc3\xbcn\xc3\xaf", "#\xc3\xbcn\xc3\xaf;"},
        {"#a\xe2\x80\x94"
         "b",
         ""},
    };
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str text = str_from(texts[i].text), tag;
        size_t at = 0;

        buf_reset(&out);
        while ((tag = field_next_tag(text, &at)).len > 0)
            buf_printf(&out, "%.*s;", STR_ARG(tag));
        assert_string_equal(buf_cstr(&out), texts[i].tags);
    }
    buf_release(&out);
}

static void lines(void **state) {
    struct arena a;

    (void)state;
    arena_init(&a);
    assert_true(str_eq(field_join_lines(&a, STR("a")), STR("a")));
    assert_true(str_eq(field_join_lines(&a, STR("a\nb\n")), STR("a b ")));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_as_rule), cmocka_unit_test(find),
        cmocka_unit_test(extent),       cmocka_unit_test(hostile),
        cmocka_unit_test(canonical),    cmocka_unit_test(boxes),
        cmocka_unit_test(tags),         cmocka_unit_test(lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
