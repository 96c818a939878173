#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "dql_dump.h"
#include "query/dataview/functions.h"
#include "value/zones.h"

static struct arena arena;
static struct zones zones;
static struct query_dates dates;

static const struct expr *parse_expr(struct str text, bool *clock,
                                     struct parse_error *error) {
    return expr_parse(&arena, text, &dates, clock, error);
}

/* The tree, or `line:column message`. */
static void dump_parsed(struct buf *out, const char *text, bool query) {
    struct parse_error error = {0};
    const struct dql *q = NULL;
    const struct expr *x = NULL;
    uint32_t line, column;
    bool clock;

    if (query)
        q = dql_parse(&arena, str_from(text), &dates, &error);
    else
        x = parse_expr(str_from(text), &clock, &error);
    if (q != NULL) {
        dump_query(out, q);
    } else if (x != NULL) {
        dump_expr(out, x);
    } else {
        text_place(str_from(text), error.at, &line, &column);
        buf_printf(out, "%u:%u %.*s", line, column, STR_ARG(error.message));
    }
}

struct row {
    const char *text, *want;
};

static void check(const struct row *rows, size_t n, bool query) {
    struct buf out = {0};
    size_t nwrong = 0;

    for (size_t i = 0; i < n; i++) {
        buf_reset(&out);
        dump_parsed(&out, rows[i].text, query);
        if (str_eq(buf_str(&out), str_from(rows[i].want)))
            continue;
        print_error("%s\n    got  %s\n    want %s\n", rows[i].text,
                    buf_cstr(&out), rows[i].want);
        nwrong++;
    }
    buf_release(&out);
    assert_int_equal(nwrong, 0);
}

static void test_operators(void **state) {
    static const struct row rows[] = {
        {"a or b and c", "((a | b) & c)"},
        {"a and b or c", "((a & b) | c)"},
        {"a | b & c AND d Or e", "((((a | b) & c) & d) | e)"},
        {"1 + 2 * 3 - 4 / 5 % 6", "((1 + (2 * 3)) - ((4 / 5) % 6))"},
        {"a - b - c", "((a - b) - c)"},
        {"a = b = c", "((a = b) = c)"},
        {"a + 1 >= b*2 and c != d", "(((a + 1) >= (b * 2)) & (c != d))"},
        {"a<b", "(a < b)"},
        {"a<=b>c", "((a <= b) > c)"},
        {"x orchard", "(x | chard)"},
        {"x andy", "(x & y)"},
        {"1=1and 2=2", "((1 = 1) & (2 = 2))"},
        {"trueor x", "(true | x)"},
        {"android", "android"},
        {"a-b", "a-b"},
        {"a -b", "(a - b)"},
        {"a - -3", "(a - -3)"},
        {"1-1", "(1 - 1)"},
        {"1 -1", "(1 - 1)"},
        {"1--1", "(1 - -1)"},
        {"!a = b", "((!a) = b)"},
        {"!a.b(c)[0]", "(!<a[\"b\"]>(c)[0])"},
        {"!!a", "(!(!a))"},
        {"!(a and b)", "(!(a & b))"},
        {"a and !b", "(a & (!b))"},
        {"a!=b", "(a != b)"},
        {"a\n  or\n\tb", "(a | b)"},
        {" \xC2\xA0(a)\xE3\x80\x80", "a"},
        {"( 1 + 2 ) * 3", "((1 + 2) * 3)"},
        {"(((a)))", "a"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), false);
}

static void test_literals(void **state) {
    static const struct row rows[] = {
        {"1", "1"},
        {"-1.50", "-1.5"},
        {"12.x", "12[\"x\"]"},
        {"007", "7"},
        {"\"a\\\"b\\\\c\\d\"", "\"a\\\"b\\\\c\\\\d\""},
        {"\"\"", "\"\""},
        {"\"two\nlines\"", "\"two\\nlines\""},
        {"true", "true"},
        {"False", "false"},
        {"TRUE", "TRUE"},
        {"null", "null"},
        {"Null", "Null"},
        {"null.x", "null[\"x\"]"},
        {"[]", "[]"},
        {"[ 1 , [\"a\",b] ]", "[1, [\"a\", b]]"},
        {"[[1, 2], [3]]", "[[1, 2], [3]]"},
        {"[[1, 2]]", "[[file \"1, 2\"]]"},
        {"[ [1, 2]]", "[[1, 2]]"},
        {"{}", "{}"},
        {"{ a: 1, \"b c\" : {d:[2]} }", "{\"a\": 1, \"b c\": {\"d\": [2]}}"},
        {"{a: 1, b: 2, a: 3}", "{\"a\": 3, \"b\": 2}"},
        {"{b: 1, \"10\": 2, \"9\": 3, \"09\": 4}",
         "{\"9\": 3, \"10\": 2, \"b\": 1, \"09\": 4}"},
        {"date(2026-01-05)", "<date 1767571200000>"},
        {"date( 2026-01-05T10:20:30Z )", "<date 1767608430000>"},
        {"date(2026-13-05)", "date(((2026 - 13) - 5))"},
        {"date(x)", "date(x)"},
        {"date(todays)", "date(todays)"},
        {"date(\"today\")", "date(\"today\")"},
        {"date(today).year", "<date 1768435200000>[\"year\"]"},
        {"date(today) + dur(2 days, 3h)",
         "(<date 1768435200000> + <dur 0 0 0 2 3 0 0>)"},
        {"Date(2026-01-05)", "Date(((2026 - 1) - 5))"},
        {"dur(1 day) * 2", "(<dur 0 0 0 1 0 0 0> * 2)"},
        {"dur(x)", "dur(x)"},
        {"dur(\"1 day\")", "dur(\"1 day\")"},
        {"dur()", "dur()"},
        {"\xE6\x97\xA5\xE6\x9C\xAC", "\xE6\x97\xA5\xE6\x9C\xAC"},
        {"\xE2\xAD\x90-\xE2\x9C\x94\xEF\xB8\x8F",
         "\xE2\xAD\x90-\xE2\x9C\x94\xEF\xB8\x8F"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), false);
}

static void test_links(void **state) {
    static const struct row rows[] = {
        {"[[Sluice]]", "[[file \"Sluice\"]]"},
        {"![[Sluice.png]]", "![[file \"Sluice.png\"]]"},
        {"![[a]].b", "![[file \"a\"]][\"b\"]"},
        {"! [a]", "1:2 expected an expression behind \"!\", not \" \""},
        {"![a]", "(![a])"},
        {"[[a|b]]", "[[file \"a\" |\"b\"]]"},
        {"[[a|]]", "[[file \"a\" |\"\"]]"},
        {"[[a\\|b|c\\|d]]", "[[file \"a|b\" |\"c\\\\|d\"]]"},
        {"[[a#^b1]]", "[[block \"a\" #\"b1\"]]"},
        {"[[a#Second (part)!#c]]", "[[header \"a\" #\"Second part\"]]"},
        {"[[]]", "[[file \"\"]]"},
        {"[[#]]", "[[header \"\" #\"\"]]"},
        {"a[[b]]", "a[[b]]"},
        {"[[a]][0]", "[[file \"a\"]][0]"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), false);
}

static void test_postfix(void **state) {
    static const struct row rows[] = {
        {"a.b.c", "a[\"b\"][\"c\"]"},
        {"a[ 0 ].b", "a[0][\"b\"]"},
        {"row[\"Key Two\"]", "row[\"Key Two\"]"},
        {"row.limit", "row[\"limit\"]"},
        {"this.file.name", "this[\"file\"][\"name\"]"},
        {"f( )", "f()"},
        {"f( 1 , x )", "f(1, x)"},
        {"f(1)(2)", "<f(1)>(2)"},
        {"a.b(1)", "<a[\"b\"]>(1)"},
        {"(f)(1)", "f(1)"},
        {"\"upper\"(\"a\")", "<\"upper\">(\"a\")"},
        {"(x) => x + 1", "((x) => (x + 1))"},
        {"()=>1", "(() => 1)"},
        {"( x , from ) => x", "((x, from) => x)"},
        {"((x) => x)(1)", "<((x) => x)>(1)"},
        {"(x)", "x"},
        {"(x) >= 1", "(x >= 1)"},
        {"! (x) => x", "(!((x) => x))"},
        {"map(rows, (r) => r.a or r.b)",
         "map(rows, ((r) => (r[\"a\"] | r[\"b\"])))"},
        {"filter(a, (x) => x)[0]", "filter(a, ((x) => x))[0]"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), false);
}

static void test_queries(void **state) {
    static const struct row rows[] = {
        {"table", "TABLE FROM *"},
        {" Task\n", "TASK FROM *"},
        {"LIST", "LIST FROM *"},
        {"LIST due", "LIST due FROM *"},
        {"TABLE WITHOUT ID", "TABLE WITHOUT ID FROM *"},
        {"table without   id\na, b",
         "TABLE WITHOUT ID a AS \"a\", b AS \"b\" FROM *"},
        {"TABLE WITHOUT IDstatus",
         "TABLE WITHOUT ID status AS \"status\" FROM *"},
        {"TABLE without", "TABLE without AS \"without\" FROM *"},
        {"LIST WITHOUT ID x", "LIST WITHOUT ID x FROM *"},
        {"CALENDAR file.day", "CALENDAR file[\"day\"] AS \"file.day\" FROM *"},
        {"TABLE FROM \"x\"", "TABLE FROM \"x\""},
        {"TABLE a AS \"The A\", b AS b2, c AS from",
         "TABLE a AS \"The A\", b AS \"b2\", c AS \"from\" FROM *"},
        {"TABLE a as\n  \"\"", "TABLE a AS \"\" FROM *"},
        {"TABLE upper(\n  a,\r\n\t b\n)",
         "TABLE upper(a, b) AS \"upper(a,b)\" FROM *"},
        {"TABLE (a)  FROM #x", "TABLE a AS \"(a)\" FROM #x"},
        {"LIST SORT", "LIST SORT FROM *"},
        {"LIST LIMIT 1", "LIST FROM * LIMIT 1"},
        {"TASK SORT due", "TASK FROM * SORT due ascending"},
        {"TASK WHERE !completed AND contains(text, \"Weir\")",
         "TASK FROM * WHERE ((!completed) & contains(text, \"Weir\"))"},
        {"LIST SORT\nFROM #x", "LIST SORT FROM #x"},
        {"LIST FROM #x SORT a DESC, b, c ascending,d asc LIMIT 3",
         "LIST FROM #x SORT a descending, b ascending, c ascending, d "
         "ascending LIMIT 3"},
        {"list from #x where a=\"b\"sort c",
         "LIST FROM #x WHERE (a = \"b\") SORT c ascending"},
        {"LIST FROM #x FLATTEN a.b AS c GROUP BY c",
         "LIST FROM #x FLATTEN a[\"b\"] AS \"c\" GROUP BY c AS \"c\""},
        {"LIST WHERE a FROM #x", "LIST FROM * WHERE a FROM #x"},
        {"LIST FROM #x FROM #y", "LIST FROM #x FROM #y"},
        {"// one\nTABLE a // two\n// three\nFROM \"x\"//four\nLIMIT 2 // five",
         "TABLE a AS \"a\" FROM \"x\" LIMIT 2"},
        {"TABLE // none\nFROM #x", "TABLE FROM #x"},
        {"LIST a / b // c", "LIST (a / b) FROM *"},
        {"LIST a ASC",
         "1:8 expected an operator, a clause or the end, not \"ASC\""},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), true);
}

static void test_sources(void **state) {
    static const struct row rows[] = {
        {"LIST FROM #a/b-c_d", "LIST FROM #a/b-c_d"},
        {"LIST FROM #", "LIST FROM #"},
        {"LIST FROM \"\"", "LIST FROM \"\""},
        {"LIST FROM [[A#b|c]]", "LIST FROM in(\"A\")"},
        {"LIST FROM [[]]", "LIST FROM in(\"\")"},
        {"LIST FROM outgoing( [[A]])", "LIST FROM out(\"A\")"},
        {"LIST FROM csv(\"d.csv\")", "LIST FROM csv(\"d.csv\")"},
        {"LIST FROM #a or #b and #c", "LIST FROM ((#a | #b) & #c)"},
        {"LIST FROM #a AND -\"b\" & !#c",
         "LIST FROM ((#a & (-\"b\")) & (-#c))"},
        {"LIST FROM -#a and #b", "LIST FROM ((-#a) & #b)"},
        {"LIST FROM -( #a or #b )", "LIST FROM (-(#a | #b))"},
        {"LIST FROM #a|#b WHERE c", "LIST FROM (#a | #b) WHERE c"},
        {"LIST FROM \"a\"or\"b\"", "LIST FROM (\"a\" | \"b\")"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), true);
}

static void test_clock(void **state) {
    static const struct {
        const char *text;
        bool uses;
    } rows[] = {
        {"date(today)", true},          {"[1, {a: date( eow )}]", true},
        {"date(2026-01-05)", false},    {"date(todays)", false},
        {"date(\"today\")", false},     {"today", false},
        {"(x) => x > date(now)", true},
    };
    struct parse_error error;
    bool uses;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_non_null(parse_expr(str_from(rows[i].text), &uses, &error));
        assert_int_equal(uses, rows[i].uses);
    }
    assert_true(
        dql_parse(&arena, STR("TASK WHERE due < date(today)"), &dates, &error)
            ->uses_clock);
}

static void test_spans(void **state) {
    struct str text = STR("  f(a, (b + 1)).c");
    struct parse_error error;
    bool uses;
    const struct expr *x = parse_expr(text, &uses, &error), *sum;

    (void)state;
    assert_int_equal(x->at.begin, 2);
    assert_int_equal(x->at.end, text.len);
    assert_int_equal(x->depth, 4);
    sum = x->as.index.base->as.call.args[1];
    assert_int_equal(sum->at.begin, 8);
    assert_int_equal(sum->at.end, 13);
    assert_int_equal(x->as.index.index->at.begin, text.len - 1);
}

static void test_functions(void **state) {
    struct parse_error error;
    bool uses;

    (void)state;
    assert_ptr_equal(
        parse_expr(STR("length(a)"), &uses, &error)->as.call.function,
        function_named(STR("length")));
    assert_null(parse_expr(STR("lenght(a)"), &uses, &error)->as.call.function);
}

static void test_place(void **state) {
    struct str text = STR("a\n\xC3\xA9\xC3\xA9x\r\n\n");
    static const struct {
        uint32_t at, line, column;
    } rows[] = {
        {0, 1, 1}, {1, 1, 2},  {2, 2, 1},  {6, 2, 3},
        {9, 3, 1}, {10, 4, 1}, {99, 4, 1},
    };
    uint32_t line, column;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        text_place(text, rows[i].at, &line, &column);
        assert_int_equal(line, rows[i].line);
        assert_int_equal(column, rows[i].column);
    }
}

/* What people write wrong: where, and what they are told. */
static void test_query_errors(void **state) {
    static const struct row rows[] = {
        {"",
         "1:1 expected TABLE, LIST, TASK or CALENDAR, but the query is empty"},
        {" // only this",
         "1:14 expected TABLE, LIST, TASK or CALENDAR, but the query ends"},
        {"TABEL a", "1:1 expected TABLE, LIST, TASK or CALENDAR, not "
                    "\"TABEL\"; did you mean TABLE?"},
        {"LSIT", "1:1 expected TABLE, LIST, TASK or CALENDAR, not \"LSIT\"; "
                 "did you mean LIST?"},
        {"due", "1:1 expected TABLE, LIST, TASK or CALENDAR, not \"due\""},
        {"LISTFROM #a", "1:5 expected a blank behind LIST, not \"FROM\""},
        {"CALENDAR",
         "1:9 expected an expression behind CALENDAR, but the query ends"},
        {"CALENDAR FROM #a",
         "1:10 expected an expression behind CALENDAR, not \"FROM\""},
        {"TABLE a, FROM #a", "1:10 expected an expression behind the comma, "
                             "not \"FROM\"; the comma is one too many"},
        {"TABLE a b FROM #a", "1:9 expected an operator, AS, a comma, a clause "
                              "or the end, not \"b\""},
        {"TABLE a AS FROM #a",
         "1:17 expected a comma, a clause or the end, not \"#\"; FROM is taken "
         "for the name behind AS"},
        {"TABLE a AS \"A FROM #a",
         "1:12 expected a name or text in double quotes, not a quote; its "
         "closing quote is missing"},
        {"TABLE a AS 1",
         "1:12 expected a name or text in double quotes, not \"1\""},
        {"TABLE from", "1:11 expected a source (#tag, \"folder\" or [[note]]) "
                       "behind from, but the query ends"},
        {"LIST FROM Projects",
         "1:11 expected a source (#tag, \"folder\" or [[note]]) behind FROM, "
         "not \"Projects\"; a folder stands in double quotes"},
        {"LIST FROM 'Projects'",
         "1:11 expected a source (#tag, \"folder\" or [[note]]) behind FROM, "
         "not \"'\"; text stands in double quotes"},
        {"LIST FROM \xE2\x80\x9CProjects\xE2\x80\x9D",
         "1:11 expected a source (#tag, \"folder\" or [[note]]) behind FROM, "
         "not \"\xE2\x80\x9C"
         "Projects\xE2\x80\x9D"
         "\"; text stands in straight quotes"},
        {"LIST FROM \"Projects",
         "1:11 expected a source (#tag, \"folder\" or [[note]]) behind FROM, "
         "not a quote; its closing quote is missing"},
        {"LIST FROM #a, #b", "1:13 expected AND, OR, a clause or the end, not "
                             "\",\"; sources are joined by OR or AND"},
        {"LIST FROM #a #b",
         "1:14 expected AND, OR, a clause or the end, not \"#\""},
        {"LIST FROM #a AND", "1:17 expected a source (#tag, \"folder\" or "
                             "[[note]]) behind AND, but the query ends"},
        {"LIST FROM (#a or #b",
         "1:20 expected AND, OR or \")\", but the query ends"},
        {"LIST FROM outgoing(A)", "1:20 expected a [[link]], not \"A\""},
        {"LIST FROM csv(a)", "1:15 expected text in double quotes, not \"a\""},
        {"LIST FROM #a ORDER BY due",
         "1:14 expected AND, OR, a clause or the end, not \"ORDER\"; rows are "
         "put in order by SORT"},
        {"LIST WHERE a ORDER BY due",
         "1:14 expected an operator, a clause or the end, not \"ORDER\"; rows "
         "are put in order by SORT"},
        {"LIST FROM #a SORT BY due",
         "1:22 expected an operator, ASC, DESC, a comma, a clause or the end, "
         "not \"due\"; SORT stands without BY"},
        {"LIST SORT due",
         "1:11 expected an operator, a clause or the end, not \"due\"; SORT is "
         "taken for a field here: put FROM \"\" before it"},
        {"LIST FROM #a\nWERE b", "2:1 expected AND, OR, a clause or the end, "
                                 "not \"WERE\"; did you mean WHERE?"},
        {"LIST FROM #a WHERE(b)",
         "1:19 expected a blank behind WHERE, not \"(\""},
        {"LIST FROM #a WHERE",
         "1:19 expected an expression behind WHERE, but the query ends"},
        {"LIST WHERE group = 1",
         "1:12 expected an expression behind WHERE, not \"group\"; a field of "
         "this name is written row.group"},
        {"LIST WHERE a == 1", "1:15 expected an expression behind \"=\", not "
                              "\"=\"; values are compared with one ="},
        {"LIST WHERE a <> 1", "1:15 expected an expression behind \"<\", not "
                              "\">\"; not equal is written !="},
        {"LIST WHERE a => 1", "1:15 expected an expression behind \"=\", not "
                              "\">\"; at least is written >="},
        {"LIST WHERE a && b", "1:15 expected an expression behind \"&\", not "
                              "\"&\"; write AND, or one &"},
        {"LIST WHERE a || b", "1:15 expected an expression behind \"|\", not "
                              "\"|\"; write OR, or one |"},
        {"LIST WHERE a in [1]",
         "1:14 expected an operator, a clause or the end, not \"in\"; there is "
         "no IN: contains(list, value) is what asks this"},
        {"LIST WHERE not a",
         "1:16 expected an operator, a clause or the end, not \"a\"; there is "
         "no NOT: ! stands before what shall not hold"},
        {"LIST WHERE a is null",
         "1:14 expected an operator, a clause or the end, not \"is\"; that two "
         "are equal is written ="},
        {"LIST WHERE a contains \"b\"",
         "1:14 expected an operator, a clause or the end, not \"contains\"; it "
         "is written contains(where, what)"},
        {"LIST WHERE contains(tags, #a)",
         "1:27 expected an expression behind the comma, not \"#\"; a tag is "
         "text here: contains(file.tags, \"#tag\")"},
        {"LIST WHERE contains(a, \"b)",
         "1:24 expected an expression behind the comma, not a quote; its "
         "closing quote is missing"},
        {"LIST WHERE (a and b",
         "1:20 expected an operator or \")\", but the query ends"},
        {"LIST WHERE (a // one\n and b)",
         "1:16 expected an expression behind \"/\", not \"/\"; a comment "
         "stands between clauses only"},
        {"LIST FROM #a SORT due UP", "1:23 expected an operator, ASC, DESC, a "
                                     "comma, a clause or the end, not \"UP\""},
        {"LIST FROM #a SORT due,",
         "1:23 expected an expression behind the comma, but the query ends; "
         "the comma is one too many"},
        {"LIST FROM #a LIMIT 1 2",
         "1:22 expected an operator, a clause or the end, not \"2\""},
        {"LIST FROM #a GROUP  BY b",
         "1:14 expected AND, OR, a clause or the end, not \"GROUP\"; GROUP BY "
         "is written with one blank between"},
        {"LIST FROM #a GROUP BY",
         "1:22 expected an expression behind BY, but the query ends"},
        {"LIST FROM #a GROUPBY b",
         "1:14 expected AND, OR, a clause or the end, not \"GROUPBY\"; did you "
         "mean GROUP BY?"},
        {"LIST FROM #a FLATTEN b AS",
         "1:26 expected a name or text in double quotes, but the query ends"},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), true);
}

static void test_expr_errors(void **state) {
    static const struct row rows[] = {
        {"", "1:1 expected an expression, but the expression is empty"},
        {"1 +",
         "1:4 expected an expression behind \"+\", but the expression ends"},
        {"[1,]", "1:4 expected an expression behind the comma, not \"]\"; the "
                 "comma is one too many"},
        {"f(1,)", "1:5 expected an expression behind the comma, not \")\"; the "
                  "comma is one too many"},
        {"f(1",
         "1:4 expected an operator, a comma or \")\", but the expression ends"},
        {"[1 2]", "1:4 expected an operator, a comma or \"]\", not \"2\""},
        {"{a}", "1:3 expected \":\", not \"}\""},
        {"{a: 1,}", "1:7 expected a name or text in double quotes, not \"}\"; "
                    "the comma is one too many"},
        {"{1: 2}", "1:2 expected a name, text in double quotes, a comma or "
                   "\"}\", not \"1\""},
        {"a[1", "1:4 expected an operator or \"]\", but the expression ends"},
        {"a.", "1:3 expected a name, but the expression ends"},
        {"a.1", "1:3 expected a name, not \"1\""},
        {"_x",
         "1:1 expected an expression, not \"_x\"; a name begins with a letter"},
        {"-x", "1:1 expected an expression, not \"-\"; only a number can have "
               "a minus sign"},
        {"'x'",
         "1:1 expected an expression, not \"'\"; text stands in double quotes"},
        {"trueish", "1:5 expected an operator or the end, not \"ish\""},
        {"dur(1 fortnight)", "1:7 expected an operator, a comma or \")\", not "
                             "\"fortnight\"; \"fortnight\" is no unit of time"},
        {"upper (a)", "1:7 expected an operator or the end, not \"(\"; no "
                      "blank stands before the ( of a call"},
        {"(x) =>",
         "1:7 expected an expression behind \"=>\", but the expression ends"},
        {"averyveryverylongnamethatgoesonandon "
         "averyveryverylongnamethatgoesonandon",
         "1:38 expected an operator or the end, not "
         "\"averyveryverylongnametha\xE2\x80\xA6"
         "\""},
    };

    (void)state;
    check(rows, ARRAY_LEN(rows), false);
}

static struct str repeated(const char *part, size_t n, const char *end) {
    struct buf b = {0};

    for (size_t i = 0; i < n; i++)
        buf_add_str(&b, str_from(part));
    buf_add_str(&b, str_from(end));
    struct str s = arena_str(&arena, buf_str(&b));
    buf_release(&b);
    return s;
}

/* What nests is refused below TREE_MAX_DEPTH levels, and nothing is tried again
 * at each of them. */
static void test_depth(void **state) {
    static const struct {
        const char *part, *end;
        size_t n;
        bool deep; /* refused for that */
    } rows[] = {
        {"a or ", "a", TREE_MAX_DEPTH - 1, false},
        {"a or ", "a", TREE_MAX_DEPTH, true},
        {"a*", "1", 100000, true},
        {"!", "a", TREE_MAX_DEPTH - 1, false},
        {"!", "a", 100000, true},
        {"(", "", 100000, true},
        {"[", "", 100000, true},
        {"[[ ", "", 100000, true},
        {"{a:", "", 100000, true},
        {"date(", "", 100000, true},
        {"(a) => ", "", 100000, true},
        {"a*(", "", 100000, true},
        {"a+b*(", "", 100000, true},
        {"f(a/", "", 100000, true},
        {"a[", "", 100000, true},
        {"((a) ", "", 100000, false},
        {"[!!x[n", "", 80, false},
        {"!!f(a)(", "", 80, false},
        {"a = b and c + d*(", "", 80, false},
        {"dur(1 d ", "", 100000, false},
        {"![[a", "", 100000, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str text = repeated(rows[i].part, rows[i].n, rows[i].end);
        struct parse_error error = {0};
        bool uses;
        const struct expr *x = parse_expr(text, &uses, &error);
        if ((x == NULL) != (rows[i].deep || rows[i].end[0] == '\0'))
            fail_msg("%s: %.*s", rows[i].part, STR_ARG(error.message));
        if (rows[i].deep)
            assert_true(str_starts(error.message, STR("this is nested")));
    }
}

static int begin(void **state) {
    (void)state;
    arena_init(&arena);
    zones_init(&zones, STR("UTC"));
    /* 2026-01-15T12:00:00Z, a Thursday */
    dates = (struct query_dates){&zones,
                                 {.ms = 1768478400000, .zone = &zones.local}};
    return 0;
}

static int end(void **state) {
    (void)state;
    zones_release(&zones);
    arena_release(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operators),    cmocka_unit_test(test_literals),
        cmocka_unit_test(test_links),        cmocka_unit_test(test_postfix),
        cmocka_unit_test(test_queries),      cmocka_unit_test(test_sources),
        cmocka_unit_test(test_clock),        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_functions),    cmocka_unit_test(test_place),
        cmocka_unit_test(test_query_errors), cmocka_unit_test(test_expr_errors),
        cmocka_unit_test(test_depth),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
