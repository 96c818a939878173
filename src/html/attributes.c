#include "html/attributes.h"

#include "html/lex.h"

bool html_tag_read(struct html_tag *t, const struct html_element *e,
                   struct str attrs) {
    struct html_pair pair;
    bool removed = false;

    t->element = e;
    t->have = 0;
    while (html_pair_next(&attrs, &pair)) {
        enum html_attr a = html_attr_find(pair.name);

        if (a == HTML_ATTRS || !(e->attrs >> a & 1)) {
            removed = true;
        } else if (!html_tag_has(t, a)) {
            t->have |= UINT64_C(1) << a;
            t->raw[a] = pair.value;
        }
    }
    return removed;
}

struct str html_tag_value(const struct html_tag *t, enum html_attr a,
                          struct buf *scratch) {
    if (!html_tag_has(t, a))
        return STR("");
    if (str_find(t->raw[a], '&') == STR_NONE)
        return t->raw[a];
    buf_reset(scratch);
    html_unescape(scratch, t->raw[a]);
    return buf_str(scratch);
}

/* What the url callback gets: without the bytes that browsers ignore. */
static struct str clean_url(struct str url, struct buf *scratch) {
    url = url_trim(url);
    if (str_find(url, '\t') == STR_NONE && str_find(url, '\n') == STR_NONE &&
        str_find(url, '\r') == STR_NONE)
        return url;
    buf_reset(scratch);
    for (size_t i = 0; i < url.len; i++)
        if (url.p[i] != '\t' && url.p[i] != '\n' && url.p[i] != '\r')
            buf_add_ch(scratch, url.p[i]);
    return buf_str(scratch);
}

static enum url_class classify_link(struct sanitiser *s, struct str url) {
    enum url_class class = url_classify(url, false);

    if (class == URL_EXTERNAL && s->internal != NULL &&
        s->internal(s->context, url))
        return URL_RELATIVE;
    return class;
}

static void write_relative(struct sanitiser *s, struct buf *out,
                           enum html_url_use use, enum html_attr a,
                           struct str url) {
    struct buf scratch = {0};

    s->url(s->context, out, use, html_attr_rows[a].name,
           clean_url(url, &scratch));
    buf_release(&scratch);
}

static void write_external(struct buf *out, struct str name, struct str url) {
    buf_add_ch(out, ' ');
    buf_add_str(out, name);
    buf_add_lit(out, "=\"");
    html_escape_url(out, url);
    buf_add_ch(out, '"');
}

/* Attributes of every link that leaves the site (spec/markdown.md §3.7). */
static void write_external_link(struct buf *out, struct str url) {
    write_external(out, STR("href"), url);
    buf_add_lit(out, " rel=\"noopener nofollow\" target=\"_blank\"");
}

void html_link_write(struct sanitiser *s, struct buf *out, struct str url,
                     struct str label) {
    enum url_class class = classify_link(s, url);

    if (class == URL_FORBIDDEN || url_trim(url).len == 0) {
        html_note_removed(s, HTML_REMOVED);
        return;
    }
    html_note_removed(s, HTML_LINKED);
    if (s->in_link || sanitiser_in_link(s)) {
        html_escape(out, label);
        return;
    }
    buf_add_lit(out, "<a");
    if (class == URL_EXTERNAL) {
        buf_add_lit(out, " class=\"external-link\"");
        write_external_link(out, url);
    } else {
        write_relative(s, out, HTML_URL_LINK, HTML_ATTR_HREF, url);
    }
    buf_add_ch(out, '>');
    html_escape(out, label);
    buf_add_lit(out, "</a>");
}

static void write_class(struct sanitiser *s, struct buf *out,
                        const struct html_tag *t, struct buf *scratch) {
    struct str class = html_tag_value(t, HTML_ATTR_CLASS, scratch);
    struct buf href = {0};
    bool external =
        t->element->kind == ELEMENT_LINK && html_tag_has(t, HTML_ATTR_HREF) &&
        classify_link(s, html_tag_value(t, HTML_ATTR_HREF, &href)) ==
            URL_EXTERNAL;

    buf_release(&href);
    if (class.len == 0 && !external)
        return;
    buf_add_lit(out, " class=\"");
    html_escape(out, class);
    if (external && class.len > 0)
        buf_add_ch(out, ' ');
    if (external)
        buf_add_lit(out, "external-link");
    buf_add_ch(out, '"');
}

static void write_id(struct sanitiser *s, struct buf *out,
                     const struct html_tag *t, struct buf *scratch) {
    struct str id = html_tag_value(t, HTML_ATTR_ID, scratch);

    if (id.len == 0)
        id = html_tag_value(t, HTML_ATTR_NAME, scratch);
    if (id.len > 0)
        s->id(s->context, out, id);
}

static void write_href(struct sanitiser *s, struct buf *out, struct str url) {
    switch (classify_link(s, url)) {
    case URL_RELATIVE:
        write_relative(s, out, HTML_URL_LINK, HTML_ATTR_HREF, url);
        break;
    case URL_EXTERNAL:
        write_external_link(out, url);
        break;
    case URL_FORBIDDEN:
        html_note_removed(s, HTML_REMOVED);
        break;
    }
}

/* src of an image is external only where sanitise.c has asked; src of anything
 * else comes from the vault (decisions.md 23). */
static void write_media(struct sanitiser *s, struct buf *out,
                        const struct html_tag *t, enum html_attr a,
                        struct str url) {
    bool image = t->element->kind == ELEMENT_IMAGE;
    bool poster = a == HTML_ATTR_POSTER;
    enum url_class class = url_classify(url, image || poster);
    bool inside = url_has_scheme(url, STR("data"));

    if (class == URL_RELATIVE && url_trim(url).len > 0) {
        write_relative(s, out, HTML_URL_MEDIA, a, url);
    } else if (class == URL_EXTERNAL &&
               (image || inside || (poster && s->external(s->context, url)))) {
        write_external(out, html_attr_rows[a].name, url);
        if (image && !inside)
            buf_add_lit(out,
                        " loading=\"lazy\" referrerpolicy=\"no-referrer\"");
    } else {
        html_note_removed(s, HTML_REMOVED);
    }
}

static void write_style(struct sanitiser *s, struct buf *out,
                        struct str style) {
    struct buf kept = {0};

    if (style_filter(&kept, style))
        html_note_removed(s, HTML_REMOVED);
    if (kept.len > 0)
        html_add_attr(out, STR("style"), buf_str(&kept));
    buf_release(&kept);
}

static void write_special(struct sanitiser *s, struct buf *out,
                          const struct html_tag *t, enum html_attr a,
                          struct buf *scratch) {
    switch (a) {
    case HTML_ATTR_HREF:
        write_href(s, out, html_tag_value(t, a, scratch));
        break;
    case HTML_ATTR_SRC:
    case HTML_ATTR_POSTER:
        write_media(s, out, t, a, html_tag_value(t, a, scratch));
        break;
    case HTML_ATTR_STYLE:
        write_style(s, out, html_tag_value(t, a, scratch));
        break;
    default: /* written first or last, or by us alone */
        break;
    }
}

void html_tag_write(struct sanitiser *s, struct buf *out,
                    const struct html_tag *t) {
    struct buf scratch = {0};

    buf_add_ch(out, '<');
    buf_add_str(out, t->element->tag);
    write_class(s, out, t, &scratch);
    write_id(s, out, t, &scratch);
    if (t->element->kind == ELEMENT_CHECKBOX)
        buf_add_lit(out, " type=\"checkbox\" disabled");
    for (uint64_t left = t->have; left != 0; left &= left - 1) {
        enum html_attr a = (enum html_attr)__builtin_ctzll(left);
        const struct html_attr_row *row = &html_attr_rows[a];

        if (row->use == HTML_ATTR_SPECIAL) {
            write_special(s, out, t, a, &scratch);
        } else if (row->use == HTML_ATTR_FLAG) {
            buf_add_ch(out, ' ');
            buf_add_str(out, row->name);
        } else if (t->element->kind != ELEMENT_CHECKBOX) {
            html_add_attr(out, row->name, html_tag_value(t, a, &scratch));
        }
    }
    if (t->element->kind == ELEMENT_PLAYER) /* of no use without */
        buf_add_lit(out, " controls");
    buf_add_ch(out, '>');
    buf_release(&scratch);
}
