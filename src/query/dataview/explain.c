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
    {EXPECT_EXPR, STR_INIT(","), STR_INIT(""),
     STR_INIT("the comma is one too many")},
    {EXPECT_SOURCE, STR_INIT("or"), STR_INIT("der"),
     STR_INIT("rows are put in order by SORT")},
    {EXPECT_MORE, STR_INIT("order"), STR_INIT("by"),
     STR_INIT("rows are put in order by SORT")},
    {EXPECT_MORE, STR_INIT("sort by"), STR_INIT(""),
     STR_INIT("SORT stands without BY")},
    {EXPECT_MORE, STR_INIT("sort"), STR_INIT(""),
     STR_INIT("SORT is taken for a field here: put FROM \"\" before it")},
    {EXPECT_MORE, STR_INIT("not"), STR_INIT(""),
     STR_INIT("not is written as ! before what it is about")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("in"),
     STR_INIT("there is no IN: contains(list, value) is what asks this")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("like"),
     STR_INIT("there is no LIKE: contains(text, part) asks this")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("contains"),
     STR_INIT("it is written contains(where, what)")},
    {EXPECT_MORE, STR_INIT(""), STR_INIT("is"), STR_INIT("is is written as =")},
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

/* The word, text in quotes or sign that s begins with; long ones are cut. */
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
    return unicode_cut(str_slice(s, 0, len), WORD_MAX);
}

static void add_word(struct buf *out, struct str word) {
    if (str_starts(word, STR("\"")) && word.len > 1)
        buf_add_str(out, word);
    else if (str_eq(word, STR("\"")))
        buf_add_lit(out, "a quote");
    else
        buf_printf(out, "\"%.*s\"", STR_ARG(word));
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
    if (expected & EXPECT_TYPE)
        return word_nearest(word, types, ARRAY_LEN(types));
    if (expected & EXPECT_CLAUSE)
        return word_nearest(word, clauses, ARRAY_LEN(clauses));
    return STR("");
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

static void add_advice(struct buf *out, const struct parser *p,
                       struct str before, struct str rest, struct str word) {
    struct str near = nearest_keyword(p->expected, word);

    for (size_t i = 0; i < ARRAY_LEN(habits); i++) {
        if ((p->expected & habits[i].expected) &&
            ends_so(before, habits[i].before) &&
            begins_so(rest, habits[i].behind)) {
            buf_printf(out, "; %.*s", STR_ARG(habits[i].advice));
            return;
        }
    }
    if ((p->expected & EXPECT_EXPR) && is_clause(word) &&
        used_as_name(rest, word))
        buf_printf(out, "; a field of this name is written row.%.*s",
                   STR_ARG(word));
    else if ((p->expected & EXPECT_SOURCE) && word.len > 0 &&
             word_byte(word.p[0]) && !is_clause(word))
        buf_add_lit(out, "; a folder stands in double quotes");
    else if ((p->expected & EXPECT_EXPR) && word.len > 0 && word.p[0] == '_')
        buf_add_lit(out, "; a name begins with a letter");
    else if ((p->expected & EXPECT_PAREN) && in_duration(before))
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

void parser_explain(const struct parser *p, bool query, struct parse_error *e) {
    struct str text = p->s.text;
    struct str before = str_rtrim(str_slice(text, 0, p->furthest));
    struct str rest = str_skip(text, p->furthest);
    struct str word = first_word(rest);
    struct buf out = {0};

    if (p->refused) {
        buf_printf(&out, "this is nested deeper than %d levels",
                   TREE_MAX_DEPTH);
    } else {
        buf_add_lit(&out, "expected ");
        add_expected(&out, p->expected);
        if (p->expected & (EXPECT_EXPR | EXPECT_SOURCE | EXPECT_BLANK))
            add_behind(&out, before);
        if (rest.len > 0) {
            buf_add_lit(&out, ", not ");
            add_word(&out, word);
        } else {
            buf_printf(&out, ", but the %s ends",
                       query ? "query" : "expression");
        }
        add_advice(&out, p, before, rest, word);
    }
    e->at = (uint32_t)p->furthest;
    e->message = arena_str(p->arena, buf_str(&out));
    buf_release(&out);
}
