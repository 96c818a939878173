/*
 * Strict XML, read once and written again.  Where the file is not well-formed a
 * browser shows nothing either, so there is nothing to repair; where it is, both
 * read the same tree, which is why an untouched file may be copied as it is.
 */
#include "base/unicode.h"
#include "html/sanitise.h"
#include "html/svg_allow.h"

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"
#define XLINK_NAMESPACE "http://www.w3.org/1999/xlink"

#define MAX_DEPTH 256

struct svg_reader {
    struct str text;
    size_t at;
    struct buf *out;
    struct str open[MAX_DEPTH]; /* names as written */
    size_t depth;
    size_t
        dropped; /* depth of the element that goes with its content; 0: none */
    bool began;  /* the root was seen */
    bool changed;
    bool broken;          /* not well-formed, or not SVG */
    struct buf style;     /* text of the style element being read */
    size_t style_depth;   /* its depth, 0: none */
    size_t element_start; /* where its start tag begins there */
};

struct svg_tag {
    struct str raw[SVG_ATTRS]; /* as written; only where `have` says so */
    unsigned char have[SVG_ATTRS];
    struct str name;
    bool self_closing;
};

static void break_off(struct svg_reader *r) {
    r->broken = true;
    r->at = r->text.len;
}

static struct str rest(const struct svg_reader *r) {
    return str_skip(r->text, r->at);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool all_blank(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!is_blank(s.p[i]))
            return false;
    return true;
}

static void skip_blank(struct svg_reader *r) {
    while (r->at < r->text.len && is_blank(r->text.p[r->at]))
        r->at++;
}

/* Takes what stands before `end`, and `end`; breaks off where there is none. */
static struct str take_until(struct svg_reader *r, struct str end) {
    size_t at = str_find_str(r->text, end, r->at);
    struct str taken;

    if (at == STR_NONE) {
        break_off(r);
        return STR("");
    }
    taken = str_slice(r->text, r->at, at);
    r->at = at + end.len;
    return taken;
}

static struct str take_name(struct svg_reader *r) {
    size_t from = r->at;

    for (; r->at < r->text.len; r->at++) {
        unsigned char c = (unsigned char)r->text.p[r->at];

        if (!ascii_alnum(c) && c < 0x80 && c != '_' && c != ':' && c != '-' &&
            c != '.')
            break;
    }
    if (r->at == from)
        break_off(r);
    return str_slice(r->text, from, r->at);
}

/* Numbers and the five names of XML; a DTD's do not count, for it goes. */
static size_t xml_reference_len(struct str s, size_t at) {
    static const struct str names[] = {
        STR_INIT("&amp;"),  STR_INIT("&lt;"),   STR_INIT("&gt;"),
        STR_INIT("&quot;"), STR_INIT("&apos;"),
    };
    size_t len = html_reference_len(s, at);

    if (len > 0 && s.p[at + 1] == '#')
        return len;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(str_slice(s, at, at + len), names[i]))
            return len;
    return 0;
}

/* False when a reference is none of XML's. */
static bool xml_unescape(struct buf *out, struct str s) {
    size_t at = 0, next;

    while ((next = str_find(str_skip(s, at), '&')) != STR_NONE) {
        size_t len = xml_reference_len(s, at + next);

        if (len == 0)
            return false;
        at += next + len;
    }
    html_unescape(out, s);
    return true;
}

/* Whether `name` and a '(' stand at s.p[at]. */
static bool call_at(struct str s, size_t at, struct str name) {
    struct str tail = str_skip(s, at);

    return str_starts_nocase(tail, name) && tail.len > name.len &&
           tail.p[name.len] == '(';
}

/* What follows a '(' refers to a part of the same file. */
static bool local_url(struct str s) {
    while (s.len > 0 && (is_blank(s.p[0]) || s.p[0] == '"' || s.p[0] == '\''))
        s = str_skip(s, 1);
    return s.len > 0 && s.p[0] == '#';
}

/* Style, or an attribute that is read as style: loads nothing.  Without backslash
 * nothing is spelt in two ways. */
static bool safe_style(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '\\')
            return false;
        if (call_at(s, i, STR("url")) && !local_url(str_skip(s, i + 4)))
            return false;
        if (call_at(s, i, STR("image")) || call_at(s, i, STR("image-set")) ||
            call_at(s, i, STR("src")) || call_at(s, i, STR("cross-fade")))
            return false;
    }
    return true;
}

static bool safe_reference(struct str element, struct str url) {
    url = url_trim(url);
    if (url.len > 0 && url.p[0] == '#')
        return true;
    if (str_eq(element, STR("a")))
        return url_classify(url, false) != URL_FORBIDDEN;
    if (str_eq(element, STR("image")) || str_eq(element, STR("feImage")))
        return url_has_scheme(url, STR("data")) &&
               url_classify(url, true) == URL_EXTERNAL;
    return false;
}

static bool safe_value(struct str element, unsigned attr, struct str value) {
    unsigned target;

    switch (svg_attr_use(attr)) {
    case SVG_ATTR_PLAIN:
        return safe_style(value);
    case SVG_ATTR_TEXT:
        return true;
    case SVG_ATTR_REFERENCE:
        return safe_reference(element, value);
    case SVG_ATTR_TARGET: /* an animation could set href or onclick */
        target = svg_attr_find(str_trim(value));
        return target < SVG_ATTRS && svg_attr_use(target) == SVG_ATTR_PLAIN;
    case SVG_ATTR_NAMESPACE:
        return str_eq(value, STR(SVG_NAMESPACE));
    case SVG_ATTR_XLINK:
        return str_eq(value, STR(XLINK_NAMESPACE));
    }
    return false;
}

/* One attribute, r->at at its name. */
static void read_attr(struct svg_reader *r, struct svg_tag *t) {
    struct str name = take_name(r), value;
    unsigned attr;
    char quote;

    skip_blank(r);
    if (r->at + 1 >= r->text.len || r->text.p[r->at] != '=') {
        break_off(r);
        return;
    }
    r->at++;
    skip_blank(r);
    quote = r->at < r->text.len ? r->text.p[r->at++] : ' ';
    if (quote != '"' && quote != '\'') {
        break_off(r);
        return;
    }
    value = take_until(r, str_make(&quote, 1));
    if (str_find(value, '<') != STR_NONE)
        break_off(r);
    attr = svg_attr_find(name);
    if (attr == SVG_ATTRS) {
        r->changed = true;
        return;
    }
    if (t->have[attr])
        break_off(r);
    t->have[attr] = 1;
    t->raw[attr] = value;
}

/* What stands between '<' and '>', r->at behind the '<'. */
static void read_start(struct svg_reader *r, struct svg_tag *t) {
    memset(t->have, 0, sizeof t->have);
    t->name = take_name(r);
    t->self_closing = false;
    while (!r->broken) {
        size_t before = r->at;

        skip_blank(r);
        if (str_starts(rest(r), STR(">"))) {
            r->at++;
            return;
        }
        if (str_starts(rest(r), STR("/>"))) {
            r->at += 2;
            t->self_closing = true;
            return;
        }
        if (r->at == before)
            break_off(r);
        else
            read_attr(r, t);
    }
}

/* Attributes in the order of the table; those that are not safe go. */
static void write_start(struct svg_reader *r, const struct svg_tag *t) {
    struct buf value = {0};

    buf_add_ch(r->out, '<');
    buf_add_str(r->out, t->name);
    for (unsigned a = 0; a < SVG_ATTRS; a++) {
        if (!t->have[a])
            continue;
        buf_reset(&value);
        if (xml_unescape(&value, t->raw[a]) &&
            safe_value(t->name, a, buf_str(&value)))
            html_add_attr(r->out, svg_attr_name(a), buf_str(&value));
        else
            r->changed = true;
    }
    buf_release(&value);
}

/* The root is `svg` in SVG's namespace, without which it is only XML; the
 * declaration may have been an entity of the DTD. */
static void write_root(struct svg_reader *r, struct svg_tag *t) {
    unsigned xmlns = svg_attr_find(STR("xmlns"));

    if (!str_eq(t->name, STR("svg"))) {
        break_off(r);
        return;
    }
    if (!t->have[xmlns] || !str_eq(t->raw[xmlns], STR(SVG_NAMESPACE)))
        r->changed = true;
    t->have[xmlns] = 1;
    t->raw[xmlns] = STR(SVG_NAMESPACE);
    write_start(r, t);
}

/* An element of another namespace, or none that is allowed. */
static bool foreign(const struct svg_reader *r, const struct svg_tag *t) {
    unsigned xmlns = svg_attr_find(STR("xmlns"));

    return !svg_element_allowed(t->name) || r->style_depth > 0 ||
           (t->have[xmlns] && !str_eq(t->raw[xmlns], STR(SVG_NAMESPACE)));
}

static void start_element(struct svg_reader *r) {
    struct svg_tag t;
    bool root = r->depth == 0;

    read_start(r, &t);
    if (r->broken || (root && r->began) || r->depth == MAX_DEPTH) {
        break_off(r);
        return;
    }
    r->began = true;
    if (r->dropped == 0) {
        size_t before = r->out->len;

        if (root) {
            write_root(r, &t);
        } else if (foreign(r, &t)) {
            r->changed = true;
            r->dropped = t.self_closing ? 0 : r->depth + 1;
        } else {
            write_start(r, &t);
        }
        if (r->out->len > before)
            buf_add_str(r->out, t.self_closing ? STR("/>") : STR(">"));
        if (r->dropped == 0 && !t.self_closing &&
            str_eq(t.name, STR("style"))) {
            r->style_depth = r->depth + 1;
            r->element_start = before;
            buf_reset(&r->style);
        }
    }
    if (!t.self_closing)
        r->open[r->depth++] = t.name;
}

/* The text of a style element is judged as a whole: comments and CDATA may have cut
 * it into pieces. */
static void end_style(struct svg_reader *r) {
    struct str text = buf_str(&r->style);

    if (safe_style(text) && str_find(text, '@') == STR_NONE &&
        str_find(text, '<') == STR_NONE) {
        html_escape(r->out, text);
        buf_add_lit(r->out, "</style>");
    } else {
        r->changed = true;
        r->out->len = r->element_start;
    }
    r->style_depth = 0;
}

static void end_element(struct svg_reader *r) {
    struct str name = take_name(r);

    skip_blank(r);
    if (r->broken || r->depth == 0 || !str_eq(name, r->open[r->depth - 1]) ||
        !str_starts(rest(r), STR(">"))) {
        break_off(r);
        return;
    }
    r->at++;
    if (r->dropped == r->depth) {
        r->dropped = 0;
    } else if (r->dropped == 0 && r->style_depth == r->depth) {
        end_style(r);
    } else if (r->dropped == 0) {
        buf_add_lit(r->out, "</");
        buf_add_str(r->out, name);
        buf_add_ch(r->out, '>');
    }
    r->depth--;
}

/* Text as it is meant, or still with references. */
static void add_text(struct svg_reader *r, struct str text, bool references) {
    struct buf plain = {0};

    if (r->depth == 0 && !all_blank(text)) {
        break_off(r);
        return;
    }
    if (r->depth == 0 || r->dropped > 0)
        return;
    if (references && !xml_unescape(&plain, text))
        r->changed = true;
    if (references && plain.len > 0)
        text = buf_str(&plain);
    if (r->style_depth > 0)
        buf_add_str(&r->style, text);
    else
        html_escape(r->out, text);
    buf_release(&plain);
}

/* Bytes in another encoding would be read as other text than was judged here. */
static void read_xml_declaration(struct svg_reader *r, struct str declaration) {
    size_t at = str_find_str(declaration, STR("encoding"), 0);
    struct str value;

    if (at == STR_NONE)
        return;
    value = str_trim(str_after(str_skip(declaration, at), '='));
    if (value.len < 2) {
        break_off(r);
        return;
    }
    value = str_until(str_skip(value, 1), value.p[0]);
    if (str_eq_nocase(value, STR("utf-8")) ||
        str_eq_nocase(value, STR("us-ascii")))
        return;
    r->changed = true;
    if (!utf8_all_ascii(r->text))
        break_off(r);
}

static void read_instruction(struct svg_reader *r, bool first) {
    struct str text = take_until(r, STR("?>"));

    if (first && str_starts(text, STR("xml")) && text.len > 3 &&
        is_blank(text.p[3]))
        read_xml_declaration(r, str_skip(text, 3));
    else
        r->changed = true; /* xml-stylesheet loads, and may run */
}

/* r->at behind "<!DOCTYPE". */
static void skip_doctype(struct svg_reader *r) {
    size_t depth = 1;

    r->changed = true;
    if (r->began)
        break_off(r);
    while (depth > 0 && r->at < r->text.len) {
        char c = r->text.p[r->at];

        if (str_starts(rest(r), STR("<!--"))) {
            r->at += 4;
            take_until(r, STR("-->"));
            continue;
        }
        r->at++;
        if (c == '"' || c == '\'')
            take_until(r, str_make(&c, 1));
        else if (c == '<')
            depth++;
        else if (c == '>')
            depth--;
    }
    if (depth > 0)
        break_off(r);
}

/* r->at at a '<'. */
static void read_markup(struct svg_reader *r, bool first) {
    struct str s = rest(r);

    if (str_starts(s, STR("<!--"))) { /* says nothing to anyone */
        r->at += 4;
        take_until(r, STR("-->"));
    } else if (str_starts(s, STR("<![CDATA["))) {
        r->at += 9;
        if (r->depth == 0)
            break_off(r);
        add_text(r, take_until(r, STR("]]>")), false);
    } else if (str_starts(s, STR("<!DOCTYPE"))) {
        r->at += 9;
        skip_doctype(r);
    } else if (str_starts(s, STR("<?"))) {
        r->at += 2;
        read_instruction(r, first);
    } else if (str_starts(s, STR("</"))) {
        r->at += 2;
        end_element(r);
    } else {
        r->at++;
        start_element(r);
    }
}

static bool clean_text(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] < ' ' && !is_blank(s.p[i]))
            return false;
    return utf8_valid_len(s) == s.len;
}

bool svg_filter(struct buf *out, struct str svg, bool *changed) {
    struct svg_reader r = {.text = svg, .out = out};
    size_t start;

    *changed = false;
    if (!clean_text(svg))
        return false;
    if (str_starts(svg, STR("\xEF\xBB\xBF")))
        r.at = 3;
    start = r.at;
    buf_add_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    while (r.at < svg.len) {
        if (svg.p[r.at] == '<') {
            read_markup(&r, r.at == start);
        } else {
            size_t next = str_find(rest(&r), '<');
            struct str text = str_slice(rest(&r), 0, next);

            r.at += text.len;
            add_text(&r, text, true);
        }
    }
    buf_release(&r.style);
    *changed = r.changed;
    return !r.broken && r.began && r.depth == 0;
}
