#include "html/css_lex.h"

static int byte_at(const struct css_lexer *x, size_t ahead) {
    return x->at + ahead < x->text.len ? (unsigned char)x->text.p[x->at + ahead]
                                       : -1;
}

static bool is_newline(int c) {
    return c == '\n' || c == '\r' || c == '\f';
}

static bool is_space(int c) {
    return c == ' ' || c == '\t' || is_newline(c);
}

static bool is_name_start(int c) {
    return c >= 0x80 || c == '_' || (c >= 0 && ascii_alpha((unsigned char)c));
}

static bool is_digit(int c) {
    return c >= 0 && ascii_digit((unsigned char)c);
}

static bool is_name(int c) {
    return is_name_start(c) || c == '-' || is_digit(c);
}

static int hex_value(int c) {
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* §4.3.8: a backslash that does not stand before a line end. */
static bool is_escape(const struct css_lexer *x, size_t ahead) {
    return byte_at(x, ahead) == '\\' && !is_newline(byte_at(x, ahead + 1));
}

/* §4.3.9 */
static bool begins_name(const struct css_lexer *x, size_t ahead) {
    int c = byte_at(x, ahead), next = byte_at(x, ahead + 1);

    if (c == '-')
        return is_name_start(next) || next == '-' || is_escape(x, ahead + 1);
    return is_name_start(c) || is_escape(x, ahead);
}

/* §4.3.10 */
static bool begins_number(const struct css_lexer *x) {
    size_t ahead = byte_at(x, 0) == '+' || byte_at(x, 0) == '-';

    if (byte_at(x, ahead) == '.')
        ahead++;
    return is_digit(byte_at(x, ahead));
}

static void add_name(struct css_token *t, unsigned c) {
    if (t->name_len < CSS_NAME_MAX)
        t->name[t->name_len++] = c < 0x80 ? ascii_lower((char)c) : '?';
}

/* §4.3.7, behind the backslash. What is not ASCII is in no name that matters. */
static void take_escape(struct css_lexer *x, struct css_token *t) {
    unsigned code = 0, n = 0;
    int digit;

    while (n < 6 && (digit = hex_value(byte_at(x, 0))) >= 0) {
        code = code * 16 + (unsigned)digit;
        x->at++;
        n++;
    }
    if (n == 0) {
        if (byte_at(x, 0) >= 0)
            add_name(t, (unsigned)byte_at(x, 0));
        else
            add_name(t, 0xFFFD);
        x->at += byte_at(x, 0) >= 0;
        return;
    }
    add_name(t, code == 0 ? 0xFFFD : code);
    if (byte_at(x, 0) == '\r' && byte_at(x, 1) == '\n')
        x->at++;
    if (is_space(byte_at(x, 0)))
        x->at++;
}

/* §4.3.11 */
static void take_name(struct css_lexer *x, struct css_token *t) {
    for (;;) {
        if (is_escape(x, 0)) {
            x->at++;
            take_escape(x, t);
        } else if (is_name(byte_at(x, 0))) {
            add_name(t, (unsigned)byte_at(x, 0));
            x->at++;
        } else {
            return;
        }
    }
}

static void take_digits(struct css_lexer *x) {
    while (is_digit(byte_at(x, 0)))
        x->at++;
}

/* §4.3.3, 4.3.12: a number with its unit. */
static void take_number(struct css_lexer *x, struct css_token *t) {
    size_t sign;

    if (byte_at(x, 0) == '+' || byte_at(x, 0) == '-')
        x->at++;
    take_digits(x);
    if (byte_at(x, 0) == '.' && is_digit(byte_at(x, 1))) {
        x->at++;
        take_digits(x);
    }
    if (byte_at(x, 0) == 'e' || byte_at(x, 0) == 'E') {
        sign = byte_at(x, 1) == '+' || byte_at(x, 1) == '-';
        if (is_digit(byte_at(x, 1 + sign))) {
            x->at += 1 + sign;
            take_digits(x);
        }
    }
    if (begins_name(x, 0))
        take_name(x, t);
    else if (byte_at(x, 0) == '%')
        x->at++;
    t->kind = CSS_WORD;
}

/* §4.3.5 */
static void take_string(struct css_lexer *x, struct css_token *t) {
    int quote = byte_at(x, 0), c;
    size_t from = ++x->at;

    t->kind = CSS_STRING;
    while ((c = byte_at(x, 0)) != quote && c >= 0) {
        if (is_newline(c)) {
            t->kind = CSS_BAD;
            return;
        }
        x->at++;
        if (c == '\\' && byte_at(x, 0) >= 0) {
            if (byte_at(x, 0) == '\r' && byte_at(x, 1) == '\n')
                x->at++;
            x->at++;
        }
    }
    t->value = str_slice(x->text, from, x->at);
    x->at += c >= 0;
}

/* §4.3.6: behind `url(` and blanks. */
static void take_address(struct css_lexer *x, struct css_token *t) {
    size_t from = x->at, end;
    int c;

    t->kind = CSS_ADDRESS;
    while ((c = byte_at(x, 0)) >= 0 && c != ')') {
        if (is_space(c)) {
            end = x->at;
            while (is_space(byte_at(x, 0)))
                x->at++;
            if (byte_at(x, 0) >= 0 && byte_at(x, 0) != ')')
                t->kind = CSS_BAD;
            else
                t->value = str_slice(x->text, from, end);
            break;
        }
        if (c == '"' || c == '\'' || c == '(' || c < 0x20 || c == 0x7f ||
            (c == '\\' && !is_escape(x, 0))) {
            t->kind = CSS_BAD;
            break;
        }
        x->at += c == '\\' && byte_at(x, 1) >= 0 ? 2 : 1;
    }
    if (t->kind == CSS_ADDRESS && t->value.len == 0)
        t->value = str_slice(x->text, from, x->at);
    /* §4.3.14: the rest of a bad one. */
    while ((c = byte_at(x, 0)) >= 0 && c != ')')
        x->at += is_escape(x, 0) && byte_at(x, 1) >= 0 ? 2 : 1;
    x->at += c >= 0;
}

/* §4.3.4 */
static void take_word(struct css_lexer *x, struct css_token *t) {
    size_t blank = 0;

    take_name(x, t);
    t->kind = CSS_WORD;
    if (byte_at(x, 0) != '(')
        return;
    x->at++;
    t->kind = CSS_FUNCTION;
    if (!css_token_named(t, STR("url")))
        return;
    while (is_space(byte_at(x, blank)))
        blank++;
    if (byte_at(x, blank) == '"' || byte_at(x, blank) == '\'')
        return;
    x->at += blank;
    take_address(x, t);
}

static void take_comment(struct css_lexer *x, struct css_token *t) {
    size_t end = str_find_str(x->text, STR("*/"), x->at + 2);

    t->kind = CSS_COMMENT;
    x->at = end == STR_NONE ? x->text.len : end + 2;
}

static bool starts_with(const struct css_lexer *x, struct str s) {
    return str_starts(str_skip(x->text, x->at), s);
}

static void take_mark(struct css_lexer *x, struct css_token *t) {
    t->kind = CSS_MARK;
    if (starts_with(x, STR("<!--")))
        x->at += 4;
    else if (starts_with(x, STR("-->")))
        x->at += 3;
    else
        x->at++;
}

bool css_lexer_next(struct css_lexer *x, struct css_token *t) {
    size_t from = x->at;
    int c = byte_at(x, 0);

    *t = (struct css_token){.kind = CSS_END};
    if (c < 0)
        return false;
    if (is_space(c)) {
        t->kind = CSS_SPACE;
        while (is_space(byte_at(x, 0)))
            x->at++;
    } else if (c == '/' && byte_at(x, 1) == '*') {
        take_comment(x, t);
    } else if (c == '"' || c == '\'') {
        take_string(x, t);
    } else if (begins_number(x)) {
        take_number(x, t);
    } else if (c == '#' && (is_name(byte_at(x, 1)) || is_escape(x, 1))) {
        x->at++;
        take_name(x, t);
        t->kind = CSS_WORD;
    } else if (c == '@' && begins_name(x, 1)) {
        x->at++;
        take_name(x, t);
        t->kind = CSS_AT;
    } else if (!starts_with(x, STR("-->")) && begins_name(x, 0)) {
        take_word(x, t);
    } else {
        take_mark(x, t);
    }
    t->text = str_slice(x->text, from, x->at);
    return true;
}

bool css_token_named(const struct css_token *t, struct str name) {
    return str_eq(str_make(t->name, t->name_len), name);
}

bool css_token_is(const struct css_token *t, char mark) {
    return t->kind == CSS_MARK && t->text.len == 1 && t->text.p[0] == mark;
}
