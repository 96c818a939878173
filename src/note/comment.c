#include "base/unicode.h"
#include "html/escape.h"
#include "note/markdown.h"
#include "note/object.h"
#include "note/percent.h"
#include "note/tag.h"

/*
 * What queries know of comments (decisions.md 5, spec/dataview.md §4.6).  Nothing
 * of it may be seen elsewhere, so links stand in a list of their own.  Comments are
 * not parsed: a scanner takes what looks like a tag or link.
 */

void object_hidden_tags(struct object *o, struct str text, uint32_t line,
                        bool in_html) {
    size_t counted = 0;

    for (size_t at = 0; at < text.len; at++) {
        const char *hit = memchr(text.p + at, '#', text.len - at);
        size_t len;

        if (hit == NULL)
            return;
        at = (size_t)(hit - text.p);
        len = tag_length(text, at + 1);
        if (len == 0 || (at > 0 && !ascii_space((unsigned char)text.p[at - 1])))
            continue;
        for (; counted < at; counted++)
            line += text.p[counted] == '\n';
        struct tag_use use = {
            .name = arena_str(o->build, str_slice(text, at + 1, at + 1 + len)),
            .line = line,
            .in_comment = true,
            .in_html = in_html,
        };
        vec_push(&o->tags, use);
        at += len;
    }
}

/* A text that is read once from its beginning to its end: what a search has found
 * is kept until it was passed, so that all searches together stay linear. */
struct link_scan {
    struct object *o;
    struct str text;
    uint32_t line;
    size_t newline, bracket, parenthesis, tick;
};

/* The next `c` at or after `from`, or the text's length. */
static size_t next_of(const struct link_scan *s, size_t *known, char c,
                      size_t from) {
    if (*known == STR_NONE || *known < from) {
        size_t found = str_find(str_skip(s->text, from), c);
        *known = found == STR_NONE ? s->text.len : from + found;
    }
    return *known;
}

static void add_link(struct link_scan *s, enum link_kind kind,
                     struct str target, struct str label, bool embed) {
    struct arena *a = s->o->build;
    struct comment_link c = {
        .link = {.kind = kind,
                 .is_embed = embed,
                 .typed = arena_str(a, str_trim(target)),
                 .label = arena_str(a, str_trim(label)),
                 .line = s->line,
                 .block = NOTE_NONE,
                 .property = NOTE_NONE},
        .at = (uint32_t)s->o->links.len,
    };

    c.link.display = c.link.label;
    c.link.target = str_trim(str_until(c.link.typed, '#'));
    c.link.subpath = str_trim(str_after(c.link.typed, '#'));
    if (kind == LINK_MARKDOWN) {
        c.link.target = percent_decode(a, c.link.target);
        c.link.subpath = percent_decode(a, c.link.subpath);
    }
    if (c.link.typed.len > 0)
        vec_push(&s->o->comment_links, c);
}

/* `[[target|label]]` whose second bracket stands at `at`; where it ends, or 0. */
static size_t wiki_link(struct link_scan *s, size_t at, bool embed) {
    size_t close = next_of(s, &s->bracket, ']', at + 1);
    struct str body;

    if (close + 1 >= s->text.len || s->text.p[close + 1] != ']' ||
        next_of(s, &s->newline, '\n', at) < close)
        return 0;
    body = str_slice(s->text, at + 1, close);
    if (str_find_str(body, STR("[["), 0) != STR_NONE)
        return 0;
    add_link(s, LINK_WIKI, md_wiki_target(body), md_wiki_display(body), embed);
    return close + 2;
}

/* `[label](target)` whose bracket stands at `at`. */
static size_t markdown_link(struct link_scan *s, size_t at, bool embed) {
    size_t middle = next_of(s, &s->bracket, ']', at + 1), end;
    struct str target;

    if (middle + 1 >= s->text.len || s->text.p[middle + 1] != '(')
        return 0;
    end = next_of(s, &s->parenthesis, ')', middle + 2);
    if (end == s->text.len || next_of(s, &s->newline, '\n', at) < end)
        return 0;
    target = str_trim(str_slice(s->text, middle + 2, end));
    if (str_starts(target, STR("<")) && str_ends(target, STR(">")))
        target = str_slice(target, 1, target.len - 1);
    else if (str_find(target, ' ') != STR_NONE)
        return 0;
    if (url_classify(target, false) != URL_RELATIVE)
        return 0;
    add_link(s, LINK_MARKDOWN, target, str_slice(s->text, at + 1, middle),
             embed);
    return end + 1;
}

void object_hidden_links(struct object *o, struct str text, uint32_t line) {
    struct link_scan s = {.o = o,
                          .text = text,
                          .line = line,
                          .newline = STR_NONE,
                          .bracket = STR_NONE,
                          .parenthesis = STR_NONE,
                          .tick = STR_NONE};

    if (text.len == 0 || memchr(text.p, '[', text.len) == NULL)
        return;
    for (size_t at = 0, end = 0; at < text.len; at = end) {
        bool embed = at > 0 && text.p[at - 1] == '!';

        end = 0;
        if (text.p[at] == '\n') {
            s.line++;
        } else if (text.p[at] == '`') { /* code, when it ends on its line */
            end = next_of(&s, &s.tick, '`', at + 1);
            end = end < next_of(&s, &s.newline, '\n', at) ? end + 1 : 0;
        } else if (text.p[at] == '[') {
            if (at + 1 < text.len && text.p[at + 1] == '[')
                end = wiki_link(&s, at + 1, embed);
            else
                end = markdown_link(&s, at, embed);
        }
        if (end == 0)
            end = at + 1;
    }
}
