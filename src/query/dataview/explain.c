#include "base/unicode.h"
#include "base/word.h"
#include "query/dataview/parser.h"

/* By bit of enum expected. */
static const struct str expected_words[] = {
    STR_INIT("TABLE, LIST, TASK or CALENDAR"),
    STR_INIT("an expression"),
    STR_INIT("a source (#tag, \"folder\" or [[note]])"),
    STR_INIT("a name"),
    STR_INIT("text in double quotes"),
    STR_INIT("a [[link]]"),
    STR_INIT("\":\""),
    STR_INIT("an operator"),
    STR_INIT("AND, OR"),
    STR_INIT("AS"),
    STR_INIT("ASC, DESC"),
    STR_INIT("a comma"),
    STR_INIT("\")\""),
    STR_INIT("\"]\""),
    STR_INIT("\"}\""),
    STR_INIT("a blank"),
    STR_INIT("a clause"),
    STR_INIT("the end"),
};

static const struct str types[] = {STR_INIT("TABLE"), STR_INIT("LIST"),
                                   STR_INIT("TASK"), STR_INIT("CALENDAR")};
static const struct str orders[] = {STR_INIT("ASCENDING"),
                                    STR_INIT("DESCENDING"), STR_INIT("ASC"),
                                    STR_INIT("DESC")};
static const struct str clauses[] = {STR_INIT("FROM"),     STR_INIT("WHERE"),
                                     STR_INIT("SORT"),     STR_INIT("LIMIT"),
                                     STR_INIT("GROUP BY"), STR_INIT("FLATTEN")};

#define EXPECT_MORE (EXPECT_OPERATOR | EXPECT_JOIN)
#define WORD_MAX 24 /* code points of a word that a message shows */

/* What people write who know another language, and what to write here. */
static const struct {
    unsigned expected; /* one of these was */
    /* What stands just before and behind the place, in any case; "" is
     * anything. Letters at an end are whole words. */
    struct str before, behind;
    struct str advice;
} habits[] = {
    {EXPECT_EXPR, STR_INIT("="), STR_INIT("="),
     STR_INIT("values are compared with one =")},
    {EXPECT_EXPR, STR_INIT("="), STR_INIT(">"),
     STR_INIT("at least is written >=")},
    {EXPECT_EXPR, STR_INIT("="), STR_INIT("<"),
     STR_INIT("at most is written <=")},
    {EXPECT_EXPR, STR_INIT("<"), STR_INIT(">"),
     STR_INIT("not equal is written !=")},
    {EXPECT_EXPR, STR_INIT("&"), STR_INIT("&"),
     STR_INIT("write AND, or one &")},
    {EXPECT_EXPR, STR_INIT("|"), STR_INIT("|"), STR_INIT("write OR, or one |")},
    {EXPECT_EXPR, STR_INIT("/"), STR_INIT("/"),
     STR_INIT("a comment stands between clauses only")},
    {EXPECT_EXPR, STR_INIT(""), STR_INIT("//"),
     STR_INIT("a comment stands between clauses only")},
    {EXPECT_EXPR | EXPECT_SOURCE, STR_INIT(""), STR_INIT("'"),
     STR_INIT("text stands in double quotes")},
    {EXPECT_EXPR | EXPECT_SOURCE, STR_INIT(""), STR_INIT("“"),
     STR_INIT("text stands in straight quotes")},
    {EXPECT_EXPR | EXPECT_SOURCE, STR_INIT(""), STR_INIT("”"),
     STR_INIT("text stands in straight quotes")},
    {EXPECT_EXPR | EXPECT_SOURCE, STR_INIT(""), STR_INIT("„"),
     STR_INIT("text stands in straight quotes")},
    {EXPECT_EXPR | EXPECT_SOURCE | EXPECT_TEXT, STR_INIT(""), STR_INIT("\""),
     STR_INIT("its closing quote is missing")},
    {EXPECT_EXPR, STR_INIT(""), STR_INIT("#"),
     STR_INIT("a tag is text here: contains(file.tags, \"#tag\")")},
    {EXPECT_EXPR, STR_INIT(""), STR_INIT("-"),
     STR_INIT("only a number can have a minus sign")},
    {EXPECT_EXPR | EXPECT_NAME, STR_INIT(","), STR_INIT(""),
     STR_INIT("the comma is one too many")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("order"),
     STR_INIT("rows are put in order by SORT")},
    {EXPECT_MORE, STR_INIT("sort by"), STR_INIT(""),
     STR_INIT("SORT stands without BY")},
    {EXPECT_MORE, STR_INIT("sort"), STR_INIT(""),
     STR_INIT("SORT is taken for a field here: put FROM \"\" before it")},
    {EXPECT_CLAUSE, STR_INIT("as from"), STR_INIT(""),
     STR_INIT("FROM is taken for the name behind AS")},
    {EXPECT_MORE, STR_INIT("not"), STR_INIT(""),
     STR_INIT("there is no NOT: ! stands before what shall not hold")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("in"),
     STR_INIT("there is no IN: contains(list, value) is what asks this")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("like"),
     STR_INIT("there is no LIKE: contains(text, part) asks this")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("contains"),
     STR_INIT("it is written contains(where, what)")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("is"),
     STR_INIT("that two are equal is written =")},
    {EXPECT_OPERATOR, STR_INIT(""), STR_INIT("("),
     STR_INIT("no blank stands before the ( of a call")},
    {EXPECT_JOIN, STR_INIT(""), STR_INIT(","),
     STR_INIT("sources are joined by OR or AND")},
    {EXPECT_CLAUSE, STR_INIT(""), STR_INIT("group"),
     STR_INIT("GROUP BY is written with one blank between")},
};

static bool word_byte(char c) {
    return ascii_alnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
           c == '_';
}

static bool ends_so(struct str s, struct str end) {
    size_t from = s.len - end.len;

    return end.len == 0 ||
           (s.len >= end.len && str_eq_nocase(str_skip(s, from), end) &&
            (!word_byte(end.p[0]) || from == 0 || !word_byte(s.p[from - 1])));
}

static bool begins_so(struct str s, struct str start) {
    return str_starts_nocase(s, start) &&
           (start.len == 0 || s.len == start.len ||
            (unsigned char)start.p[0] >= 0x80 ||
            !word_byte(start.p[start.len - 1]) || !word_byte(s.p[start.len]));
}

/* The word, text in quotes or sign that s begins with. */
static struct str first_word(struct str s) {
    size_t quote = str_find(str_skip(s, 1), '"');
    uint32_t code;
    size_t len = 0;

    if (s.len > 0 && s.p[0] == '"' && quote < WORD_MAX)
        return str_slice(s, 0, quote + 2);

    while (len < s.len && word_byte(s.p[len]))
        len++;
    if (len == 0 && s.len > 0)
        len = utf8_decode(s, 0, &code);
    return str_slice(s, 0, len);
}

static void add_word(struct buf *out, struct str word) {
    if (str_starts(word, STR("\"")) && word.len > 1)
        buf_add_str(out, word);
    else if (str_eq(word, STR("\"")))
        buf_add_lit(out, "a quote");
    else
        buf_printf(out, "\"%.*s%s\"", STR_ARG(unicode_cut(word, WORD_MAX)),
                   utf8_count(word) > WORD_MAX ? "…" : "");
}

/* ` behind WHERE`, ` behind "="`: what s ends with, where it can be shown. */
static void add_behind(struct buf *out, struct str s) {
    size_t at = s.len;

    while (at > 0 && s.len - at <= WORD_MAX && word_byte(s.p[at - 1]))
        at--;
    if (s.len - at > WORD_MAX)
        return;
    if (at < s.len) {
        buf_printf(out, " behind %.*s", STR_ARG(str_skip(s, at)));
        return;
    }
    while (at > 0 && s.len - at < 2 &&
           str_find(STR("=<>!&|"), s.p[at - 1]) != STR_NONE)
        at--;
    if (at == s.len && at > 0)
        at--;
    if (str_eq(str_skip(s, at), STR(",")))
        buf_add_lit(out, " behind the comma");
    else if (at < s.len && ascii_punct((unsigned char)s.p[at]))
        buf_printf(out, " behind \"%.*s\"", STR_ARG(str_skip(s, at)));
}

static struct str nearest_keyword(unsigned expected, struct str word) {
    struct str near = STR("");

    if (expected & EXPECT_TYPE)
        near = word_nearest(word, types, ARRAY_LEN(types));
    if (near.len == 0 && (expected & EXPECT_ORDER))
        near = word_nearest(word, orders, ARRAY_LEN(orders));
    if (near.len == 0 && (expected & EXPECT_CLAUSE))
        near = word_nearest(word, clauses, ARRAY_LEN(clauses));
    return near;
}

static bool is_clause(struct str word) {
    for (size_t i = 0; i < ARRAY_LEN(clauses); i++)
        if (str_eq_nocase(str_until(clauses[i], ' '), word))
            return true;
    return false;
}

/* Whether the word at the start of `rest` is used as the name of a field. */
static bool used_as_name(struct str rest, struct str word) {
    struct str behind = str_trim(str_skip(rest, word.len));

    return behind.len > 0 &&
           str_find(STR(".,)=<>!+-*/%[&|"), behind.p[0]) != STR_NONE;
}

/* Whether a number behind `dur(` ends here. */
static bool in_duration(struct str before) {
    size_t at = before.len;

    while (at > 0 && (ascii_digit((unsigned char)before.p[at - 1]) ||
                      before.p[at - 1] == '.' || before.p[at - 1] == '-'))
        at--;
    return at < before.len &&
           ends_so(str_rtrim(str_slice(before, 0, at)), STR("dur("));
}

/* Where nothing went on, and what could have. */
struct place {
    size_t at;
    unsigned expected;
    struct str before, rest, word;
};

static struct place place_at(struct str text, size_t at, unsigned expected) {
    struct str rest = str_skip(text, at);

    return (struct place){at, expected, str_rtrim(str_slice(text, 0, at)), rest,
                          first_word(rest)};
}

/* `ORDER` is OR and a field or source `DER` to the parser: of ORDER BY the place
 * is where it begins. */
static struct place place_of(const struct parser *p) {
    struct str text = p->s.text;
    struct place x = place_at(text, p->furthest, p->expected);
    size_t len = x.before.len;

    if (ends_so(x.before, STR("order")) && begins_so(x.rest, STR("by")))
        return place_at(text, len - 5, x.expected);
    if ((x.expected & EXPECT_SOURCE) && len == x.at &&
        begins_so(x.rest, STR("der")) && ends_so(x.before, STR("or")))
        return place_at(text, len - 2,
                        EXPECT_JOIN | EXPECT_CLAUSE | EXPECT_END);
    return x;
}

static void add_advice(struct buf *out, const struct place *x) {
    struct str near = nearest_keyword(x->expected, x->word), word = x->word;
    bool letters = word.len > 0 && word_byte(word.p[0]);

    for (size_t i = 0; i < ARRAY_LEN(habits); i++) {
        if ((x->expected & habits[i].expected) &&
            ends_so(x->before, habits[i].before) &&
            begins_so(x->rest, habits[i].behind)) {
            buf_printf(out, "; %.*s", STR_ARG(habits[i].advice));
            return;
        }
    }
    if ((x->expected & EXPECT_EXPR) && is_clause(word) &&
        used_as_name(x->rest, word))
        buf_printf(out, "; a field of this name is written row.%.*s",
                   STR_ARG(word));
    else if ((x->expected & EXPECT_SOURCE) && letters && !is_clause(word))
        buf_add_lit(out, "; a folder stands in double quotes");
    else if ((x->expected & EXPECT_EXPR) && letters && word.p[0] == '_')
        buf_add_lit(out, "; a name begins with a letter");
    else if ((x->expected & EXPECT_PAREN) && in_duration(x->before))
        buf_printf(out, "; \"%.*s\" is no unit of time", STR_ARG(word));
    else if (near.len > 0)
        buf_printf(out, "; did you mean %.*s?", STR_ARG(near));
}

static void add_expected(struct buf *out, unsigned expected) {
    bool some = false;

    for (size_t i = 0; i < ARRAY_LEN(expected_words); i++) {
        if (!(expected & 1u << i))
            continue;
        if (some)
            buf_add_str(out,
                        expected >> (i + 1) == 0 ? STR(" or ") : STR(", "));
        buf_add_str(out, expected_words[i]);
        some = true;
    }
}

static void add_found(struct buf *out, const struct place *x, bool query) {
    const char *whole = query ? "query" : "expression";

    if (x->rest.len > 0) {
        buf_add_lit(out, ", not ");
        add_word(out, x->word);
    } else {
        buf_printf(out, ", but the %s %s", whole,
                   x->before.len > 0 ? "ends" : "is empty");
    }
}

void parser_explain(const struct parser *p, bool query, struct parse_error *e) {
    struct place x = place_of(p);
    struct buf out = {0};

    if (p->refused) {
        buf_printf(&out, "this is nested deeper than %d levels",
                   TREE_MAX_DEPTH);
    } else {
        buf_add_lit(&out, "expected ");
        add_expected(&out, x.expected);
        if (x.expected & (EXPECT_EXPR | EXPECT_SOURCE | EXPECT_BLANK))
            add_behind(&out, x.before);
        add_found(&out, &x, query);
        add_advice(&out, &x);
    }
    e->at = (uint32_t)(p->refused ? p->furthest : x.at);
    e->message = arena_str(p->arena, buf_str(&out));
    buf_release(&out);
}
