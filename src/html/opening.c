#include "html/opening.h"

#include "base/unicode.h"
#include "html/allow.h"
#include "html/escape.h"
#include "html/lex.h"

#define DEPTH 48 /* elements in one another; deeper ones end the text */

struct opening {
    struct buf *out;
    struct html_opening limits;
    struct str open[DEPTH]; /* names */
    size_t depth;
    size_t begin;   /* in `out`: where all of it begins, */
    size_t heading; /* and where a heading does with nothing behind it, */
    size_t level;   /* of this level, 0: there is none */
    size_t characters;
    bool in_heading;
    bool seen; /* there is something to be seen */
};

/* 1 to 6, or 0. */
static size_t heading_level(struct str name) {
    return name.len == 2 && name.p[0] == 'h' && name.p[1] >= '1' &&
                   name.p[1] <= '6'
               ? (size_t)(name.p[1] - '0')
               : 0;
}

static bool is_void(struct str name) {
    const struct html_element *e = html_element_find(name);

    return e != NULL && (e->flags & ELEMENT_VOID) != 0;
}

/* --- what is left out --- */

static bool is_external(struct str attrs) {
    struct html_pair pair;
    bool external = false;

    while (html_pair_next(&attrs, &pair)) {
        if (str_eq(pair.name, STR("srcset")))
            external = true;
        if (str_eq(pair.name, STR("src")))
            external |= url_classify(pair.value, false) != URL_RELATIVE;
    }
    return external;
}

static bool is_left_out(const struct html_token *t) {
    static const struct str names[] = {STR_INIT("audio"), STR_INIT("video"),
                                       STR_INIT("iframe"), STR_INIT("object"),
                                       STR_INIT("button")};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(t->text, names[i]))
            return true;
    return str_eq(t->text, STR("img")) && is_external(t->attrs);
}

/* Goes past the end tag of an element of that name, which has begun. */
static void skip_element(struct html_lexer *x, struct str name) {
    struct html_token t;
    size_t depth = 1;

    while (depth > 0 && html_lexer_next(x, &t)) {
        if (!str_eq(t.text, name))
            continue;
        if (t.kind == HTML_TOKEN_START)
            depth++;
        else if (t.kind == HTML_TOKEN_END)
            depth--;
    }
}

/* --- headings --- */

/* There is more than headings, and more than the last one. */
static void see(struct opening *o) {
    if (o->in_heading)
        return;
    o->seen = true;
    o->level = 0;
}

static void drop_heading(struct opening *o) {
    if (o->level == 0)
        return;
    o->out->len = o->heading;
    o->level = 0;
}

/* One that stands in no other block: what is dropped with it is balanced. */
static void begin_heading(struct opening *o, size_t level) {
    if (level <= o->level)
        drop_heading(o);
    if (o->level == 0) {
        o->heading = o->out->len;
        o->level = level;
    }
    o->in_heading = true;
}

/* --- tokens --- */

/* Behind the character at `at`; a reference is one. `at` for the beginning of one that
 * the end of what is given has cut. */
static size_t next_character(struct str text, size_t at) {
    if (text.p[at] == '&')
        return at + html_reference_len(text, at);
    at++;
    while (at < text.len && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Where `text` is cut after `most` characters: behind a word, if there is a blank. */
static size_t cut_at(struct str text, size_t most) {
    size_t at = 0, blank = 0, next;

    for (; at < text.len && most > 0; most--, at = next) {
        if (ascii_space((unsigned char)text.p[at]))
            blank = at;
        next = next_character(text, at);
        if (next == at)
            break;
    }
    return blank > 0 ? blank : at;
}

static size_t count(struct str text) {
    size_t n = 0;

    for (size_t at = 0, next; at < text.len; at = next, n++) {
        next = next_character(text, at);
        if (next == at)
            return n + 1;
    }
    return n;
}

/* False where the text ends with it; `last`: nothing more is given. */
static bool add_text(struct opening *o, struct str text, bool last) {
    size_t left = o->limits.characters - o->characters, n = count(text);
    bool cut = n > left || (last && o->limits.goes_on);

    if (str_trim(text).len > 0)
        see(o);
    if (!cut) {
        buf_add_str(o->out, text);
        o->characters += n;
        return true;
    }
    /* The end of what is given may be in the middle of a character. */
    text = str_slice(text, 0, cut_at(text, n > left ? left : n - 1));
    buf_add_str(o->out, text);
    buf_add_lit(o->out, "…");
    return false;
}

static bool add_start(struct opening *o, const struct html_token *t) {
    size_t level = heading_level(t->text);

    if (o->depth == DEPTH || o->out->len - o->begin >= o->limits.bytes)
        return false;
    if (level > 0 && o->depth == 0)
        begin_heading(o, level);
    if (str_eq(t->text, STR("img")) || str_eq(t->text, STR("svg")))
        see(o);
    buf_add_ch(o->out, '<');
    buf_add_str(o->out, t->text);
    if (level == 0) /* what a heading has says its text once more */
        buf_add_str(o->out, t->attrs);
    buf_add_ch(o->out, '>');
    if (!t->self_closing && !is_void(t->text))
        o->open[o->depth++] = t->text;
    return true;
}

static void close_one(struct opening *o) {
    struct str name = o->open[--o->depth];

    if (heading_level(name) > 0)
        o->in_heading = false;
    buf_add_lit(o->out, "</");
    buf_add_str(o->out, name);
    buf_add_ch(o->out, '>');
}

/* One that nothing has begun is left out: the text was none of ours. */
static void add_end(struct opening *o, struct str name) {
    if (o->depth > 0 && str_eq(o->open[o->depth - 1], name))
        close_one(o);
}

static void add_tokens(struct opening *o, struct str html) {
    struct html_lexer x = {.text = html};
    struct html_token t;

    while (html_lexer_next(&x, &t)) {
        bool more = true;

        if (t.kind == HTML_TOKEN_TEXT)
            more = add_text(o, t.text, x.at == html.len);
        else if (t.kind == HTML_TOKEN_END)
            add_end(o, t.text);
        else if (t.kind == HTML_TOKEN_CUT)
            more = false;
        else if (t.kind == HTML_TOKEN_START && !is_left_out(&t))
            more = add_start(o, &t);
        else if (t.kind == HTML_TOKEN_START && !is_void(t.text))
            skip_element(&x, t.text);
        if (!more)
            return;
    }
}

bool html_add_opening(struct buf *out, struct str html,
                      struct html_opening limits) {
    struct opening o = {.out = out, .limits = limits, .begin = out->len};

    add_tokens(&o, html);
    while (o.depth > 0)
        close_one(&o);
    drop_heading(&o);
    if (!o.seen || out->len == o.begin) {
        out->len = o.begin;
        return false;
    }
    return true;
}
