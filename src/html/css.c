#include "html/css.h"

#include "html/css_lex.h"

struct filter {
    struct css_lexer lexer;
    struct buf *out;
    css_report *report;
    void *context;
    size_t statement; /* in out: where the declaration or rule at hand begins */
    bool bad;         /* it is to go */
    bool glued;       /* the next token would join the last one */
    unsigned round;   /* open '(' in it */
    unsigned
        images; /* of which this one takes strings for addresses; 0: none */
};

static void refuse(struct filter *f, enum css_removed what, struct str text) {
    if (!f->bad && f->report != NULL)
        f->report(f->context, what, (size_t)(text.p - f->lexer.text.p));
    f->bad = true;
}

/* Nothing that is spelt with escapes: what is let through can be seen. */
static bool is_own(struct str address) {
    if (str_find(address, '\\') != STR_NONE)
        return false;
    return str_starts(address, STR("#")) ||
           str_starts_nocase(address, STR("data:image/"));
}

static void next_statement(struct filter *f) {
    if (f->bad)
        f->out->len = f->statement;
    f->bad = false;
    f->round = f->images = 0;
}

/* The block of a rule that goes. */
static void skip_block(struct filter *f) {
    struct css_token t;
    size_t depth = 1;

    while (depth > 0 && css_lexer_next(&f->lexer, &t)) {
        depth += css_token_is(&t, '{');
        depth -= css_token_is(&t, '}');
    }
}

static bool is_one_of(const struct css_token *t, const struct str *names,
                      size_t n) {
    for (size_t i = 0; i < n; i++)
        if (css_token_named(t, names[i]))
            return true;
    return false;
}

/* `"…" )`, behind a function's '('; all of it is kept. */
static bool takes_string(struct filter *f, struct str *value) {
    struct css_token t;
    bool found = false;

    while (css_lexer_next(&f->lexer, &t)) {
        buf_add_str(f->out, t.text);
        if (t.kind == CSS_STRING && !found) {
            *value = t.value;
            found = true;
        } else if (t.kind != CSS_SPACE) {
            return found && css_token_is(&t, ')');
        }
    }
    return found; /* the end of the sheet closes it */
}

static void add_function(struct filter *f, const struct css_token *t) {
    static const struct str images[] = {
        STR_INIT("image"), STR_INIT("image-set"), STR_INIT("-webkit-image-set"),
        STR_INIT("cross-fade"), STR_INIT("-webkit-cross-fade")};
    /* Others could bring in a string from elsewhere, as var() does. */
    static const struct str plain[] = {STR_INIT("linear-gradient"),
                                       STR_INIT("radial-gradient"),
                                       STR_INIT("conic-gradient"),
                                       STR_INIT("rgb"),
                                       STR_INIT("rgba"),
                                       STR_INIT("hsl"),
                                       STR_INIT("hsla"),
                                       STR_INIT("calc")};
    struct str value = STR("");
    size_t from = f->lexer.at;

    buf_add_str(f->out, t->text);
    if (css_token_named(t, STR("url")) || css_token_named(t, STR("src"))) {
        if (!takes_string(f, &value) || !is_own(value)) {
            refuse(f, CSS_URL, t->text);
            f->lexer.at = from; /* what it holds may end the rule */
            f->round++;
        }
        return;
    }
    if (f->images > 0 && css_token_named(t, STR("type"))) {
        if (!takes_string(f, &value)) {
            refuse(f, CSS_URL, t->text);
            f->lexer.at = from;
            f->round++;
        }
        return;
    }
    f->round++;
    if (is_one_of(t, images, ARRAY_LEN(images))) {
        if (f->images == 0)
            f->images = f->round;
    } else if (f->images > 0 && !is_one_of(t, plain, ARRAY_LEN(plain))) {
        refuse(f, CSS_URL, t->text);
    }
}

static void add_mark(struct filter *f, const struct css_token *t) {
    bool begins = css_token_is(t, '{'), ends = css_token_is(t, '}');
    bool semicolon = css_token_is(t, ';') && f->round == 0;

    if (begins || ends || semicolon) {
        bool gone = f->bad;

        next_statement(f);
        if (gone && begins)
            skip_block(f);
        else if (!gone || ends)
            buf_add_str(f->out, t->text);
        f->statement = f->out->len;
        return;
    }
    buf_add_str(f->out, t->text);
    if (css_token_is(t, '('))
        f->round++;
    if (css_token_is(t, ')') && f->round > 0) {
        if (f->round == f->images)
            f->images = 0;
        f->round--;
    }
}

static void add_token(struct filter *f, const struct css_token *t) {
    switch (t->kind) {
    case CSS_MARK:
        add_mark(f, t);
        break;
    case CSS_FUNCTION:
        add_function(f, t);
        break;
    case CSS_COMMENT:
        if (f->glued)
            buf_add_lit(f->out, "/**/");
        break;
    case CSS_AT:
        buf_add_str(f->out, t->text);
        if (css_token_named(t, STR("import")))
            refuse(f, CSS_IMPORT, t->text);
        else if (css_token_named(t, STR("charset")))
            f->bad = true; /* it is UTF-8 now */
        break;
    case CSS_ADDRESS:
        buf_add_str(f->out, t->text);
        if (!is_own(t->value))
            refuse(f, CSS_URL, t->text);
        break;
    case CSS_STRING:
        buf_add_str(f->out, t->text);
        if (f->images > 0 && !is_own(t->value))
            refuse(f, CSS_URL, t->text);
        break;
    case CSS_BAD:
        buf_add_str(f->out, t->text);
        refuse(f, CSS_URL, t->text);
        break;
    case CSS_SPACE:
    case CSS_WORD:
    case CSS_END:
        buf_add_str(f->out, t->text);
        break;
    }
    f->glued = t->kind != CSS_SPACE && t->kind != CSS_COMMENT &&
               !css_token_is(t, ';') && !css_token_is(t, '{') &&
               !css_token_is(t, '}');
}

void css_filter(struct buf *out, struct str sheet, css_report *report,
                void *context) {
    struct filter f = {.lexer.text = sheet,
                       .out = out,
                       .report = report,
                       .context = context,
                       .statement = out->len};
    struct css_token t;

    while (css_lexer_next(&f.lexer, &t))
        add_token(&f, &t);
    next_statement(&f);
}
