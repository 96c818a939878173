#include "html/opening.h"

#include "base/unicode.h"
#include "html/escape.h"
#include "html/lex.h"

#define DEPTH 48     /* elements in one another; deeper ones end the text */
#define WORD 40      /* bytes; a longer one may be cut */
#define REFERENCE 10 /* bytes of the longest that is written */

struct opening {
    struct buf *out;
    struct html_opening limits;
    struct str open[DEPTH]; /* names */
    size_t depth;
    size_t begin;   /* in `out`: where all of it begins, */
    size_t heading; /* and where a heading does with nothing behind it, */
    size_t level;   /* of this level, 0: there is none */
    size_t left;    /* characters */
    bool in_heading;
    bool seen; /* there is something to be seen */
};

/* A byte within a character of UTF-8. */
static bool is_inside(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

/* 1 to 6, or 0. */
static size_t heading_level(struct str name) {
    return name.len == 2 && name.p[0] == 'h' && name.p[1] >= '1' &&
                   name.p[1] <= '6'
               ? (size_t)(name.p[1] - '0')
               : 0;
}

/* --- elements that are not like most --- */

enum trait {
    TRAIT_VOID = 1 << 0,
    TRAIT_LEFT_OUT = 1 << 1,
    TRAIT_PICTURE = 1 << 2, /* there is something to be seen */
};

static unsigned traits_of(struct str name) {
    static const struct {
        struct str name;
        unsigned traits;
    } rows[] = {
        {STR_INIT("br"), TRAIT_VOID},
        {STR_INIT("img"), TRAIT_VOID | TRAIT_PICTURE},
        {STR_INIT("input"), TRAIT_VOID},
        {STR_INIT("hr"), TRAIT_VOID},
        {STR_INIT("svg"), TRAIT_PICTURE},
        {STR_INIT("col"), TRAIT_VOID},
        {STR_INIT("wbr"), TRAIT_VOID},
        {STR_INIT("audio"), TRAIT_LEFT_OUT},
        {STR_INIT("video"), TRAIT_LEFT_OUT},
        {STR_INIT("iframe"), TRAIT_LEFT_OUT},
        {STR_INIT("object"), TRAIT_LEFT_OUT},
        {STR_INIT("button"), TRAIT_LEFT_OUT},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (name.len == rows[i].name.len && name.p[0] == rows[i].name.p[0] &&
            str_eq(name, rows[i].name))
            return rows[i].traits;
    return 0;
}

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

/* --- what is given, piece by piece --- */

enum piece_kind { PIECE_TEXT, PIECE_START, PIECE_END };

struct piece {
    enum piece_kind kind;
    struct str all;  /* as it is written */
    struct str name; /* of a tag */
};

struct reader {
    struct str html;
    size_t at;
};

/* False at the end, also where that is within a tag. No value of an attribute has a `>`
 * in it as we write them. */
static bool next_piece(struct reader *r, struct piece *p) {
    struct str rest = str_skip(r->html, r->at);
    bool is_tag = str_starts(rest, STR("<"));
    size_t end = str_find(rest, is_tag ? '>' : '<'), begin = 1, name;

    if (rest.len == 0 || (is_tag && end == STR_NONE))
        return false;
    end = end == STR_NONE ? rest.len : end + is_tag;
    *p = (struct piece){.all = str_slice(rest, 0, end)};
    r->at += end;
    if (!is_tag)
        return true;
    p->kind = rest.p[1] == '/' ? PIECE_END : PIECE_START;
    begin += p->kind == PIECE_END;
    for (name = begin; ascii_alnum((unsigned char)rest.p[name]);)
        name++;
    p->name = str_slice(rest, begin, name);
    return true;
}

/* Goes past the end tag of an element of that name, which has begun. */
static void skip_element(struct reader *r, struct str name) {
    struct piece p;
    size_t depth = 1;

    while (depth > 0 && next_piece(r, &p)) {
        if (!str_eq(p.name, name))
            continue;
        if (p.kind == PIECE_START)
            depth++;
        else if (p.kind == PIECE_END)
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

/* --- the pieces --- */

/* Behind the first characters of `text`, as many as are left, which it takes off. */
static size_t take_characters(struct opening *o, struct str text) {
    size_t most = text.len < o->left ? text.len : o->left;
    size_t at = utf8_skip_ascii(str_slice(text, 0, most), 0);

    o->left -= at;
    for (; at < text.len && o->left > 0; o->left--) {
        at++;
        while (at < text.len && is_inside((unsigned char)text.p[at]))
            at++;
    }
    return at;
}

/* Where `text` is cut, before byte `at`: behind a word, if one ended not long ago; else
 * outside of characters and references. */
static size_t cut_before(struct str text, size_t at) {
    size_t least = at > WORD ? at - WORD : 0;

    for (size_t i = at; i > least; i--)
        if (ascii_space((unsigned char)text.p[i - 1]))
            return i - 1;
    while (at > 0 && is_inside((unsigned char)text.p[at]))
        at--;
    for (size_t i = at; i > 0 && at - i < REFERENCE; i--) {
        if (text.p[i - 1] == ';')
            break;
        if (text.p[i - 1] == '&')
            return i - 1;
    }
    return at;
}

/* False where the text ends with it; `last`: nothing more is given. */
static bool add_text(struct opening *o, struct str text, bool last) {
    size_t end = take_characters(o, text);

    if (str_trim(text).len > 0)
        see(o);
    if (end == text.len && !(last && o->limits.goes_on)) {
        buf_add_str(o->out, text);
        return true;
    }
    /* What is given may end within a character. */
    if (end == text.len)
        end--;
    buf_add_str(o->out, str_slice(text, 0, cut_before(text, end)));
    buf_add_lit(o->out, "…");
    return false;
}

static bool add_start(struct opening *o, const struct piece *p,
                      unsigned traits) {
    size_t level = heading_level(p->name);
    struct str tag = p->all;

    if (level > 0) /* its attributes tell its text once more */
        tag = str_slice(tag, 0, 1 + p->name.len);
    if (o->depth == DEPTH || o->out->len - o->begin + tag.len > o->limits.bytes)
        return false;
    if (level > 0 && o->depth == 0)
        begin_heading(o, level);
    if ((traits & TRAIT_PICTURE) != 0)
        see(o);
    buf_add_str(o->out, tag);
    if (level > 0)
        buf_add_ch(o->out, '>');
    if (tag.p[tag.len - 2] != '/' && (traits & TRAIT_VOID) == 0)
        o->open[o->depth++] = p->name;
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

/* A start tag; of what is left out all that is in it. False where the text ends before
 * it. */
static bool start(struct opening *o, struct reader *r, const struct piece *p) {
    unsigned traits = traits_of(p->name);

    if ((traits & TRAIT_LEFT_OUT) != 0)
        skip_element(r, p->name);
    else if (!str_eq(p->name, STR("img")) ||
             !is_external(str_skip(p->all, strlen("<img"))))
        return add_start(o, p, traits);
    return true;
}

static void add_pieces(struct opening *o, struct str html) {
    struct reader r = {.html = html};
    struct piece p;

    for (bool more = true; more && next_piece(&r, &p);)
        switch (p.kind) {
        case PIECE_TEXT:
            more = add_text(o, p.all, r.at == html.len);
            break;
        case PIECE_START:
            more = start(o, &r, &p);
            break;
        case PIECE_END:
            add_end(o, p.name);
            break;
        }
}

bool html_add_opening(struct buf *out, struct str html,
                      struct html_opening limits) {
    struct opening o = {.out = out,
                        .limits = limits,
                        .begin = out->len,
                        .left = limits.characters};

    add_pieces(&o, html);
    while (o.depth > 0)
        close_one(&o);
    drop_heading(&o);
    if (!o.seen || out->len == o.begin) {
        out->len = o.begin;
        return false;
    }
    return true;
}
