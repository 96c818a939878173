#include "html/sanitise.h"

#include "html/attributes.h"
#include "html/lex.h"

#define KIND(name) (1u << ELEMENT_##name)

/* What ends the search for an open element (WHATWG §13.2.4.2, "in scope"). */
#define BORDERS (KIND(TABLE) | KIND(CAPTION) | KIND(CELL))
/* Elements that stand in a table but hold no text: a browser would move it out. */
#define STRUCTURE (KIND(TABLE) | KIND(COLGROUP) | KIND(SECTION) | KIND(ROW))
#define TABLE_PARTS                                                            \
    (KIND(CAPTION) | KIND(COLGROUP) | KIND(COL) | KIND(SECTION) | KIND(ROW) |  \
     KIND(CELL))

/* Levels that a cell stands below its table: section, row, cell. */
#define CELL_DEPTH 3

static bool is_kind(const struct html_element *e, unsigned kinds) {
    return e && (1u << e->kind & kinds);
}

static bool top_is(const struct sanitiser *s, unsigned kinds) {
    return s->depth > 0 && is_kind(s->open[s->depth - 1], kinds);
}

/* Index of the nearest open element of one of `kinds`; -1 where a barrier or one of
 * `borders` comes first. */
static int find_open(const struct sanitiser *s, unsigned kinds,
                     unsigned borders) {
    for (unsigned i = s->depth; i-- > 0;) {
        if (is_kind(s->open[i], kinds))
            return (int)i;
        if (!s->open[i] || is_kind(s->open[i], borders))
            break;
    }
    return -1;
}

static void close_to(struct sanitiser *s, struct buf *out, unsigned depth) {
    while (s->depth > depth) {
        const struct html_element *e = s->open[--s->depth];

        if (!e) {
            s->barriers--;
            continue;
        }
        buf_add_lit(out, "</");
        buf_add_str(out, e->tag);
        buf_add_ch(out, '>');
    }
}

static void close_nearest(struct sanitiser *s, struct buf *out, unsigned kinds,
                          unsigned borders) {
    int at = find_open(s, kinds, borders);

    if (at >= 0)
        close_to(s, out, (unsigned)at);
}

/* Opens an element that the HTML parser would supply.  There is room: a table is
 * only opened where its cells fit. */
static void open_implied(struct sanitiser *s, struct buf *out,
                         struct str name) {
    buf_add_ch(out, '<');
    buf_add_str(out, name);
    buf_add_ch(out, '>');
    s->open[s->depth++] = html_element_find(name);
}

static void open_row(struct sanitiser *s, struct buf *out) {
    if (top_is(s, KIND(TABLE)))
        open_implied(s, out, STR("tbody"));
    if (top_is(s, KIND(SECTION)))
        open_implied(s, out, STR("tr"));
}

/* Content that stands between the parts of a table gets a cell of its own, where a
 * browser would move it before the table. */
static void open_cell(struct sanitiser *s, struct buf *out) {
    if (!top_is(s, STRUCTURE))
        return;
    if (top_is(s, KIND(COLGROUP)))
        close_to(s, out, s->depth - 1);
    open_row(s, out);
    open_implied(s, out, STR("td"));
}

/* Makes a part of the nearest table the next thing to be opened; false when there
 * is no table. */
static bool prepare_table_part(struct sanitiser *s, struct buf *out,
                               enum element_kind kind) {
    int table = find_open(s, KIND(TABLE), 0);
    unsigned keep; /* depth of what may stay open */

    if (table < 0)
        return false;
    keep = (unsigned)table + 1;
    if (kind == ELEMENT_COL && keep < s->depth &&
        is_kind(s->open[keep], KIND(COLGROUP)))
        keep++;
    if ((kind == ELEMENT_ROW || kind == ELEMENT_CELL) && keep < s->depth &&
        is_kind(s->open[keep], KIND(SECTION)))
        keep++;
    if (kind == ELEMENT_CELL && keep < s->depth &&
        is_kind(s->open[keep], KIND(ROW)))
        keep++;
    close_to(s, out, keep);
    if (kind == ELEMENT_COL && top_is(s, KIND(TABLE)))
        open_implied(s, out, STR("colgroup"));
    if (kind == ELEMENT_ROW && top_is(s, KIND(TABLE)))
        open_implied(s, out, STR("tbody"));
    if (kind == ELEMENT_CELL)
        open_row(s, out);
    return true;
}

/* A part of a list: closes its open sibling; false outside a list. */
static bool prepare_list_part(struct sanitiser *s, struct buf *out,
                              unsigned list, unsigned part) {
    if (find_open(s, list, BORDERS) < 0)
        return false;
    close_nearest(s, out, part, BORDERS | list);
    return true;
}

static bool prepare_ruby_part(struct sanitiser *s, struct buf *out) {
    int ruby = find_open(s, KIND(RUBY), BORDERS);

    if (ruby < 0)
        return false;
    close_to(s, out, (unsigned)ruby + 1);
    return true;
}

/* An `a` never stands in another, however far out. */
static bool prepare_link(struct sanitiser *s, struct buf *out) {
    if (s->in_link)
        return false;
    close_nearest(s, out, KIND(LINK), BORDERS);
    return !sanitiser_in_link(s);
}

/*
 * Closes and opens what the HTML parser would before it inserts `e`, so that it has
 * nothing left to repair; false when `e` cannot stand here.
 */
static bool prepare(struct sanitiser *s, struct buf *out,
                    const struct html_element *e) {
    bool fits = true;

    switch (e->kind) {
    case ELEMENT_CAPTION:
    case ELEMENT_COLGROUP:
    case ELEMENT_COL:
    case ELEMENT_SECTION:
    case ELEMENT_ROW:
    case ELEMENT_CELL:
        return prepare_table_part(s, out, e->kind);
    case ELEMENT_ITEM:
        fits = prepare_list_part(s, out, KIND(LIST), KIND(ITEM));
        break;
    case ELEMENT_TERM:
        fits = prepare_list_part(s, out, KIND(TERMS), KIND(TERM));
        break;
    case ELEMENT_RUBY_PART:
        fits = prepare_ruby_part(s, out);
        break;
    case ELEMENT_LINK:
        fits = prepare_link(s, out);
        break;
    case ELEMENT_SOURCE:
        fits = find_open(s, KIND(PLAYER), BORDERS) >= 0;
        break;
    case ELEMENT_HEADING:
        close_nearest(s, out, KIND(HEADING), BORDERS);
        break;
    default:
        break;
    }
    if (!fits)
        return false;
    open_cell(s, out);
    if (e->flags & ELEMENT_BLOCK)
        close_nearest(s, out, KIND(P), BORDERS);
    return true;
}

/* The form `e` has where the pieces stand; NULL: it is left out there. */
static const struct html_element *fit_place(const struct sanitiser *s,
                                            const struct html_element *e) {
    bool phrase = s->barriers > 0 || (s->inline_only && !s->in_cell);

    if (!(e->flags & ELEMENT_BLOCK))
        return e;
    if (phrase)
        return e->phrase;
    if (s->inline_only && is_kind(e, KIND(TABLE) | TABLE_PARTS))
        return NULL;
    if (s->inline_only && e->phrase && !str_eq(e->name, STR("div")))
        return e->phrase;
    return e;
}

/* Whether `e` has to be left out for the depth it would have. */
static bool too_deep(const struct sanitiser *s, const struct html_element *e) {
    unsigned needs = e->kind == ELEMENT_TABLE ? 1 + CELL_DEPTH : 1;

    return s->depth + needs > HTML_MAX_DEPTH;
}

static void open_element(struct sanitiser *s, struct buf *out,
                         const struct html_tag *tag) {
    const struct html_element *e = tag->element;
    bool is_void = (e->flags & ELEMENT_VOID) != 0;

    if (s->overflow > 0 || s->overflow_barriers > 0) {
        if (is_void && !(e->flags & ELEMENT_BLOCK)) {
            html_tag_write(s, out, tag);
            return;
        }
        html_note_removed(s, HTML_REMOVED);
        s->overflow += !is_void && s->overflow_barriers == 0;
        return;
    }
    if (!prepare(s, out, e)) {
        html_note_removed(s, HTML_REMOVED);
    } else if (is_void) {
        html_tag_write(s, out, tag);
    } else if (too_deep(s, e)) {
        html_note_removed(s, HTML_REMOVED);
        s->overflow++;
    } else {
        html_tag_write(s, out, tag);
        s->open[s->depth++] = e;
    }
}

/* A link instead of the element: what it would have shown is elsewhere. */
static void link_instead(struct sanitiser *s, struct buf *out,
                         const struct html_tag *tag, enum html_attr source,
                         enum html_attr label) {
    struct buf url = {0}, text = {0};
    struct str target = html_tag_value(tag, source, &url);
    struct str shown = str_trim(html_tag_value(tag, label, &text));

    if (s->overflow == 0 && s->overflow_barriers == 0)
        open_cell(s, out);
    html_link_write(s, out, target, shown.len > 0 ? shown : url_trim(target));
    buf_release(&url);
    buf_release(&text);
}

/* True when media of this tag must not be loaded, and a link stands instead. */
static bool replace_media(struct sanitiser *s, struct buf *out,
                          const struct html_tag *tag) {
    const struct html_element *e = tag->element;
    bool image = e->kind == ELEMENT_IMAGE;
    struct buf scratch = {0};
    struct str url = html_tag_value(tag, HTML_ATTR_SRC, &scratch);
    bool replaced = url_classify(url, image) == URL_EXTERNAL &&
                    !url_has_scheme(url, STR("data")) &&
                    (!image || !s->external(s->context, url));

    buf_release(&scratch);
    if (!replaced)
        return false;
    if (e->kind == ELEMENT_SOURCE && s->overflow == 0 &&
        s->overflow_barriers == 0) /* inside, the link would not be seen */
        close_nearest(s, out, KIND(PLAYER), BORDERS);
    link_instead(s, out, tag, HTML_ATTR_SRC,
                 image ? HTML_ATTR_ALT : HTML_ATTR_TITLE);
    return true;
}

/* From here on everything is dropped, to the end tag of `e`. */
static void drop_content(struct sanitiser *s, const struct html_element *e) {
    s->raw = e;
    s->raw_depth = 1;
    s->raw_barriers = 0;
}

static bool is_checkbox(const struct html_tag *tag) {
    struct buf scratch = {0};
    bool yes =
        str_eq_nocase(str_trim(html_tag_value(tag, HTML_ATTR_TYPE, &scratch)),
                      STR("checkbox"));

    buf_release(&scratch);
    return yes;
}

/* An element that goes with its content, or becomes a link. */
static void remove_element(struct sanitiser *s, struct buf *out,
                           const struct html_tag *tag, bool self_closing) {
    const struct html_element *e = tag->element;
    bool framed = is_kind(e, KIND(FRAME) | KIND(OBJECT) | KIND(EMBED));

    if (framed)
        link_instead(s, out, tag,
                     e->kind == ELEMENT_OBJECT ? HTML_ATTR_OBJECT
                                               : HTML_ATTR_SRC,
                     HTML_ATTR_TITLE);
    else
        html_note_removed(s, HTML_REMOVED);
    if (e->kind == ELEMENT_EMBED)
        return;
    /* Browsers close only svg and math so; a note's author means it of a frame. */
    if (self_closing && (framed || e->kind == ELEMENT_SUBTREE))
        return;
    drop_content(s, e);
}

static void start_tag(struct sanitiser *s, struct buf *out,
                      const struct html_token *t) {
    const struct html_element *e = html_element_find(t->text);
    struct html_tag tag;

    if (e)
        e = fit_place(s, e);
    if (!e) {
        html_note_removed(s, HTML_REMOVED);
        return;
    }
    if (html_tag_read(&tag, e, t->attrs) &&
        !is_kind(e, KIND(FRAME) | KIND(OBJECT) | KIND(EMBED)))
        html_note_removed(s, HTML_REMOVED); /* of a link nobody misses them */
    if (!html_element_allowed(e)) {
        remove_element(s, out, &tag, t->self_closing);
    } else if (e->kind == ELEMENT_CHECKBOX && !is_checkbox(&tag)) {
        html_note_removed(s, HTML_REMOVED);
    } else if (is_kind(e, KIND(IMAGE) | KIND(PLAYER) | KIND(SOURCE)) &&
               replace_media(s, out, &tag)) {
        if (e->kind == ELEMENT_PLAYER)
            drop_content(s, e);
    } else {
        open_element(s, out, &tag);
    }
}

/* The open element that an end tag of `e` closes, or -1. */
static int find_closed(const struct sanitiser *s,
                       const struct html_element *e) {
    unsigned borders = BORDERS;

    if (e->kind == ELEMENT_HEADING) /* any closes any */
        return find_open(s, KIND(HEADING), BORDERS);
    if (is_kind(e, KIND(TABLE) | TABLE_PARTS))
        borders = KIND(TABLE);
    else if (e->kind == ELEMENT_ITEM)
        borders |= KIND(LIST);
    else if (e->kind == ELEMENT_TERM)
        borders |= KIND(TERMS);
    for (unsigned i = s->depth; i-- > 0;) {
        if (!s->open[i])
            break;
        if (s->open[i] == e || s->open[i] == e->phrase)
            return (int)i;
        if (is_kind(s->open[i], borders))
            break;
    }
    return -1;
}

static void end_tag(struct sanitiser *s, struct buf *out,
                    const struct html_token *t) {
    const struct html_element *e = html_element_find(t->text);
    int at;

    if (!e || !html_element_allowed(e))
        return;
    if (e->kind == ELEMENT_BREAK) { /* browsers read it as <br> */
        struct html_tag tag = {.element = e};

        open_element(s, out, &tag);
        return;
    }
    if ((e->flags & ELEMENT_VOID) || s->overflow_barriers > 0)
        return;
    if (s->overflow > 0) {
        s->overflow--;
        return;
    }
    at = find_closed(s, e);
    if (at >= 0)
        close_to(s, out, (unsigned)at);
}

/* Of HTML's white space alone, which a vertical tab is not. */
static bool all_blank(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_space((unsigned char)s.p[i]) || s.p[i] == '\v')
            return false;
    return true;
}

/* References stay as they are: they mean text, whatever they mean. */
static void write_text(struct buf *out, struct str text) {
    size_t from = 0, at = 0, next;

    while ((next = str_find(str_skip(text, at), '&')) != STR_NONE) {
        size_t len = html_reference_len(text, at + next);

        at += next;
        if (len > 0) {
            html_escape(out, str_slice(text, from, at));
            buf_add(out, text.p + at, len);
            from = at + len;
        }
        at += len > 0 ? len : 1;
    }
    html_escape(out, str_skip(text, from));
}

/* Goes on inside an element that is dropped, to its end or that of the piece. */
static void skip_dropped(struct sanitiser *s, struct html_lexer *x) {
    struct html_token t;

    if (s->raw_barriers > 0 || s->raw->kind == ELEMENT_PLAINTEXT) {
        x->at = x->text.len;
        return;
    }
    if (is_kind(s->raw, KIND(RAWTEXT) | KIND(FRAME))) {
        if (html_lexer_skip_rawtext(x, s->raw->name))
            s->raw = NULL;
        return;
    }
    while (s->raw && html_lexer_next(x, &t)) {
        if (t.kind == HTML_TOKEN_COMMENT)
            s->in_comment = true;
        if ((t.kind != HTML_TOKEN_START && t.kind != HTML_TOKEN_END) ||
            html_element_find(t.text) != s->raw)
            continue;
        if (t.kind == HTML_TOKEN_START)
            s->raw_depth += !t.self_closing;
        else if (--s->raw_depth == 0)
            s->raw = NULL;
    }
}

static void feed_token(struct sanitiser *s, struct buf *out,
                       const struct html_token *t) {
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        if (!all_blank(t->text) && s->overflow == 0)
            open_cell(s, out);
        write_text(out, t->text);
        break;
    case HTML_TOKEN_START:
        start_tag(s, out, t);
        break;
    case HTML_TOKEN_END:
        end_tag(s, out, t);
        break;
    case HTML_TOKEN_NOTHING:
        break;
    case HTML_TOKEN_COMMENT:
        s->in_comment = true;
        s->raw_barriers = 0;
        break;
    case HTML_TOKEN_CUT:
        html_note_removed(s, HTML_REMOVED);
        break;
    }
}

void sanitiser_feed(struct sanitiser *s, struct buf *out, struct str piece) {
    struct html_lexer x = {.text = piece};
    struct html_token t;

    while (x.at < piece.len) {
        if (s->in_comment) {
            if (s->raw_barriers > 0 || !html_lexer_skip_comment(&x))
                return;
            s->in_comment = false;
        } else if (s->raw) {
            skip_dropped(s, &x);
        } else if (html_lexer_next(&x, &t)) {
            feed_token(s, out, &t);
        }
    }
}

bool sanitiser_dropping(const struct sanitiser *s) {
    return s->raw || s->in_comment;
}

bool sanitiser_in_link(const struct sanitiser *s) {
    for (unsigned i = 0; i < s->depth; i++)
        if (is_kind(s->open[i], KIND(LINK)))
            return true;
    return false;
}

bool html_is_apart(struct str name) {
    static const struct str names[] = {
        STR_INIT("a"),   STR_INIT("code"), STR_INIT("pre"),
        STR_INIT("kbd"), STR_INIT("samp"), STR_INIT("tt"),
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

bool sanitiser_is_apart(const struct sanitiser *s) {
    if (s->depth == s->barriers)
        return false;
    for (unsigned i = 0; i < s->depth; i++)
        if (s->open[i] != NULL && html_is_apart(s->open[i]->name))
            return true;
    return false;
}

void sanitiser_enter(struct sanitiser *s) {
    if (sanitiser_dropping(s)) {
        s->raw_barriers++;
    } else if (s->overflow > 0 || s->overflow_barriers > 0 ||
               s->depth == HTML_MAX_DEPTH) {
        s->overflow_barriers++;
    } else {
        s->open[s->depth++] = NULL;
        s->barriers++;
    }
}

static void stop_dropping(struct sanitiser *s) {
    s->raw = NULL;
    s->raw_depth = s->raw_barriers = 0;
    s->in_comment = false;
}

void sanitiser_leave(struct sanitiser *s, struct buf *out) {
    if (s->raw_barriers > 0) {
        s->raw_barriers--;
        return;
    }
    stop_dropping(s);
    if (s->overflow_barriers > 0) {
        s->overflow_barriers--;
        return;
    }
    s->overflow = 0;
    if (s->barriers == 0)
        return;
    while (s->open[s->depth - 1])
        close_to(s, out, s->depth - 1);
    close_to(s, out, s->depth - 1);
}

void sanitiser_end(struct sanitiser *s, struct buf *out) {
    close_to(s, out, 0);
    stop_dropping(s);
    s->overflow = s->overflow_barriers = 0;
}

void sanitiser_init(struct sanitiser *s) {
    s->depth = s->barriers = 0;
    s->overflow = s->overflow_barriers = 0;
    s->removed = HTML_NOTHING_REMOVED;
    stop_dropping(s);
}
