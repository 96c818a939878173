#include "html/lex.h"

/* White space of HTML: no vertical tab. */
static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool ends_name(char c) {
    return is_blank(c) || c == '/' || c == '>';
}

/*
 * The attribute states from s.p[*at] on.  False where none is left: *at is then at
 * the '>' that ends the tag, or at the end of s.
 */
static bool pair_at(struct str s, size_t *at, struct html_pair *pair,
                    bool *self_closing) {
    size_t i = *at, from;

    *self_closing = false;
    for (; i < s.len && (is_blank(s.p[i]) || s.p[i] == '/'); i++)
        *self_closing = s.p[i] == '/';
    *at = i;
    if (i == s.len || s.p[i] == '>')
        return false;

    from = i++; /* a '=' here is part of the name */
    while (i < s.len && !ends_name(s.p[i]) && s.p[i] != '=')
        i++;
    pair->name = str_slice(s, from, i);
    pair->value = STR("");
    *at = i;
    while (i < s.len && is_blank(s.p[i]))
        i++;
    if (i == s.len || s.p[i] != '=')
        return true;

    for (i++; i < s.len && is_blank(s.p[i]);)
        i++;
    if (i < s.len && (s.p[i] == '"' || s.p[i] == '\'')) {
        char quote = s.p[i++];

        from = i;
        while (i < s.len && s.p[i] != quote)
            i++;
        pair->value = str_slice(s, from, i);
        i += i < s.len;
    } else {
        from = i;
        while (i < s.len && !is_blank(s.p[i]) && s.p[i] != '>')
            i++;
        pair->value = str_slice(s, from, i);
    }
    *at = i;
    return true;
}

bool html_pair_next(struct str *attrs, struct html_pair *pair) {
    size_t at = 0;
    bool self_closing;
    bool any = pair_at(*attrs, &at, pair, &self_closing);

    *attrs = str_skip(*attrs, at);
    return any;
}

/* A tag whose name begins at x->at. */
static void read_tag(struct html_lexer *x, struct html_token *t) {
    struct str s = x->text;
    size_t i = x->at, from;
    struct html_pair pair;

    while (i < s.len && !ends_name(s.p[i]))
        i++;
    t->text = str_slice(s, x->at, i);
    from = i;
    while (pair_at(s, &i, &pair, &t->self_closing))
        continue;
    t->attrs = str_slice(s, from, i);
    x->at = i + 1;
    if (i == s.len) {
        x->at = i;
        t->kind = HTML_TOKEN_CUT;
    }
}

/* Past the next '>', or at the end. */
static void skip_to_gt(struct html_lexer *x) {
    size_t i = str_find(str_skip(x->text, x->at), '>');

    x->at = i == STR_NONE ? x->text.len : x->at + i + 1;
}

bool html_lexer_skip_comment(struct html_lexer *x) {
    struct str s = x->text;

    for (size_t i = x->at; i + 2 < s.len; i++) {
        size_t end = i + 2 + (s.p[i + 2] == '!');

        if (s.p[i] == '-' && s.p[i + 1] == '-' && end < s.len &&
            s.p[end] == '>') {
            x->at = end + 1;
            return true;
        }
    }
    x->at = s.len;
    return false;
}

/* What begins with "<!", x->at behind it. */
static void read_declaration(struct html_lexer *x, struct html_token *t) {
    struct str rest = str_skip(x->text, x->at);

    t->kind = HTML_TOKEN_NOTHING;
    if (str_starts(rest, STR("--"))) {
        x->at += 2;
        rest = str_skip(rest, 2);
        if (str_starts(rest, STR(">")))
            x->at += 1;
        else if (str_starts(rest, STR("->")))
            x->at += 2;
        else if (!html_lexer_skip_comment(x))
            t->kind = HTML_TOKEN_COMMENT;
    } else if (str_starts(rest, STR("[CDATA["))) {
        size_t end = str_find_str(x->text, STR("]]>"), x->at);

        x->at = end == STR_NONE ? x->text.len : end + 3;
    } else {
        skip_to_gt(x);
    }
}

/* An instruction reaches to its `?>`, as in CommonMark; without one to the next
 * '>', as in HTML. */
static void read_instruction(struct html_lexer *x, struct html_token *t) {
    size_t end = x->no_instruction_end
                     ? STR_NONE
                     : str_find_str(x->text, STR("?>"), x->at);

    t->kind = HTML_TOKEN_NOTHING;
    if (end != STR_NONE) {
        x->at = end + 2;
        return;
    }
    x->no_instruction_end = true;
    skip_to_gt(x);
}

static bool begins_markup(struct str s, size_t at) {
    char c = at + 1 < s.len ? s.p[at + 1] : ' ';

    return s.p[at] == '<' &&
           (ascii_alpha((unsigned char)c) || c == '/' || c == '!' || c == '?');
}

bool html_lexer_next(struct html_lexer *x, struct html_token *t) {
    struct str s = x->text;
    size_t from = x->at;

    if (from == s.len)
        return false;
    *t = (struct html_token){.kind = HTML_TOKEN_TEXT};
    while (x->at < s.len && !begins_markup(s, x->at)) {
        size_t next = str_find(str_skip(s, x->at + 1), '<');

        x->at = next == STR_NONE ? s.len : x->at + 1 + next;
    }
    if (x->at > from) {
        t->text = str_slice(s, from, x->at);
        return true;
    }

    x->at += 2;
    switch (s.p[from + 1]) {
    case '!':
        read_declaration(x, t);
        break;
    case '?':
        read_instruction(x, t);
        break;
    case '/':
        t->kind = HTML_TOKEN_END;
        if (x->at < s.len && ascii_alpha((unsigned char)s.p[x->at])) {
            read_tag(x, t);
        } else {
            t->kind = HTML_TOKEN_NOTHING;
            skip_to_gt(x);
        }
        break;
    default:
        t->kind = HTML_TOKEN_START;
        x->at--;
        read_tag(x, t);
    }
    return true;
}

bool html_lexer_skip_rawtext(struct html_lexer *x, struct str name) {
    struct str s = x->text;
    size_t at;

    while ((at = str_find_str(s, STR("</"), x->at)) != STR_NONE) {
        struct html_token t;

        x->at = at + 2;
        if (!str_starts_nocase(str_skip(s, x->at), name) ||
            (at + 2 + name.len < s.len && !ends_name(s.p[at + 2 + name.len])))
            continue;
        read_tag(x, &t);
        return true;
    }
    x->at = s.len;
    return false;
}
