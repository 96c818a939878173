#include "note/turn_links.h"

#include "base/unicode.h"
#include "html/escape.h"
#include "note/obsidian_url.h"
#include "note/percent.h"

/* Bytes between the round brackets of a link; more are text. */
#define MAX_DESTINATION 2048

void turn_add_shown(struct buf *out, struct str s) {
    while (s.len > 0) {
        struct str part = str_until(s, TRANSCRIPT_HIDDEN);

        buf_add_str(out, part);
        s = str_skip(s, part.len + 1);
    }
}

static struct str without_hidden(struct arena *a, struct str s) {
    struct buf shown = {0};

    if (str_find(s, TRANSCRIPT_HIDDEN) == STR_NONE)
        return s;
    turn_add_shown(&shown, s);
    s = arena_str(a, buf_str(&shown));
    buf_release(&shown);
    return s;
}

/* --- finding them --- */

/* Whether there is more than blanks, `#` and comments. */
static bool names_something(struct str target) {
    for (size_t i = 0; i < target.len; i++)
        if (!ascii_space((unsigned char)target.p[i]) && target.p[i] != '#' &&
            target.p[i] != TRANSCRIPT_HIDDEN)
            return true;
    return false;
}

/* The wikilink whose two brackets stand at `at`; false where they make none. */
static bool find_wiki(struct turn_links *l, size_t at) {
    if (l->no_close)
        return false;
    if (l->close < at + 2) /* else it is still the next one */
        l->close = str_find_str(l->line, STR("]]"), at + 2);
    l->no_close = l->close == STR_NONE;
    if (l->no_close)
        return false;
    l->body = str_slice(l->line, at + 2, l->close);
    l->begin = at;
    l->end = l->close + 2;
    l->is_wiki = true;
    return str_find_str(l->body, STR("[["), 0) == STR_NONE &&
           names_something(md_wiki_target(l->body));
}

static size_t skip_blanks(struct str s, size_t at) {
    while (at < s.len && (s.p[at] == ' ' || s.p[at] == '\t'))
        at++;
    return at;
}

/* Where the address that begins at `at` ends: at a blank, or at a bracket that it did
 * not open. */
static size_t address_end(struct str s, size_t at) {
    size_t open = 0;

    for (; at < s.len &&
           ((unsigned char)s.p[at] > ' ' || s.p[at] == TRANSCRIPT_HIDDEN);
         at++) {
        if (s.p[at] == ')' && open-- == 0)
            return at;
        open += s.p[at] == '(';
    }
    return at;
}

/* Reads `address "title")`, the title as it may be; its length, or 0. */
static size_t read_destination(struct str s, struct turn_links *l) {
    size_t at = skip_blanks(s, 0), end;

    if (at < s.len && s.p[at] == '<') {
        end = str_find(str_skip(s, at), '>');
        if (end == STR_NONE)
            return 0;
        l->url = str_slice(s, at + 1, at + end);
        at += end + 1;
    } else {
        end = address_end(s, at);
        l->url = str_slice(s, at, end);
        at = end;
    }
    at = skip_blanks(s, at);
    l->title = STR("");
    if (at < s.len && (s.p[at] == '"' || s.p[at] == '\'')) {
        end = str_find(str_skip(s, at + 1), s.p[at]);
        if (end == STR_NONE)
            return 0;
        l->title = str_slice(s, at + 1, at + 1 + end);
        at = skip_blanks(s, at + end + 2);
    }
    return at < s.len && s.p[at] == ')' ? at + 1 : 0;
}

/* `[text](address)` at `at`. */
static bool find_markdown(struct turn_links *l, size_t at) {
    size_t end = at + 1, len;

    while (end < l->line.len && l->line.p[end] != '[' && l->line.p[end] != ']')
        end++;
    l->body = str_slice(l->line, at + 1, end);
    if (end + 1 >= l->line.len || l->line.p[end] != ']' ||
        l->line.p[end + 1] != '(' || !names_something(l->body))
        return false;
    len = read_destination(
        str_slice(l->line, end + 2, end + 2 + MAX_DESTINATION), l);
    l->begin = at;
    l->end = end + 2 + len;
    l->is_wiki = false;
    return len > 0 && names_something(l->url);
}

bool turn_links_next(struct turn_links *l) {
    struct str s = l->line;

    while (l->at < s.len) {
        size_t hit = str_find(str_skip(s, l->at), '['), at = l->at + hit;

        if (hit == STR_NONE)
            break;
        /* Of `[[[` the last two open a link. */
        if (at + 1 < s.len && s.p[at + 1] == '[' &&
            (at + 2 == s.len || s.p[at + 2] != '[')) {
            if (find_wiki(l, at)) {
                l->at = l->end;
                return true;
            }
        } else if (find_markdown(l, at)) {
            l->at = l->end;
            return true;
        }
        l->at = at + 1;
    }
    return false;
}

/* --- writing them --- */

/* A link to something in the vault; `shown` "" for what a wikilink shows without. */
static void add_internal(struct render *r, struct link l, struct str shown) {
    struct object *o = r->o;

    l.property = NOTE_NONE;
    l.typed = arena_str(o->build, l.typed);
    l.target = str_trim(str_until(l.typed, '#'));
    l.subpath = str_trim(str_after(l.typed, '#'));
    if (l.kind == LINK_MARKDOWN) {
        l.target = percent_decode(o->build, l.target);
        l.subpath = percent_decode(o->build, l.subpath);
    }
    l.block = (uint32_t)o->text_blocks.len;
    l.text_begin = (uint32_t)o->text.len;
    object_fixup(o, FIXUP_LINK, (uint32_t)o->links.len);
    if (shown.len > 0)
        buf_add_str(&o->text, shown);
    else
        link_add_default_display(&o->text, l.typed);
    l.text_end = (uint32_t)o->text.len;
    l.display = arena_str(
        o->build, str_slice(buf_str(&o->text), l.text_begin, l.text_end));
    object_gap(o, l.text_begin);
    html_escape(&o->html, l.display);
    buf_add_lit(&o->html, "</a>");
    vec_push(&o->links, l);
}

static void add_external(struct render *r, struct str url, struct str title,
                         struct str shown) {
    struct object *o = r->o;
    uint32_t begin = (uint32_t)o->text.len;

    render_external_open(&o->html, url, title);
    buf_add_str(&o->text, shown);
    object_gap(o, begin);
    html_escape(&o->html, shown);
    buf_add_lit(&o->html, "</a>");
}

static void add_written(struct render *r, struct str s) {
    size_t begin = r->o->text.len;

    turn_add_shown(&r->o->text, s);
    html_escape(&r->o->html, str_skip(buf_str(&r->o->text), begin));
}

static void add_markdown(struct render *r, const struct turn_links *l,
                         uint32_t line, uint32_t column) {
    struct arena *a = r->o->scratch;
    struct str url = without_hidden(a, l->url), target;
    struct str title = without_hidden(a, l->title);
    struct str shown = str_trim(without_hidden(a, l->body));
    struct link link = {.kind = LINK_MARKDOWN, .line = line, .column = column};

    link.title = arena_str(r->o->build, title);
    link.typed = url;
    switch (url_classify(url, false)) {
    case URL_RELATIVE:
        add_internal(r, link, shown);
        break;
    case URL_EXTERNAL:
        if (!obsidian_url_read(a, url, r->settings->vault_name, &target)) {
            add_external(r, url, title, shown);
            break;
        }
        link.typed = target;
        add_internal(r, link, shown);
        break;
    case URL_FORBIDDEN:
        diag_add(r->o->diags, DIAG_LINK_SCHEME, r->o->note->file->path, line,
                 column, "a link to an address that could run script");
        add_written(r, str_slice(l->line, l->begin, l->end));
        break;
    }
}

void turn_links_render(struct render *r, const struct turn_links *l,
                       uint32_t line, uint32_t column) {
    struct link link = {.kind = LINK_WIKI, .line = line, .column = column};
    struct str body;

    if (!l->is_wiki) {
        add_markdown(r, l, line, column);
        return;
    }
    body = without_hidden(r->o->scratch, l->body);
    link.typed = str_trim(md_wiki_target(body));
    link.label = arena_str(r->o->build, str_trim(md_wiki_display(body)));
    add_internal(r, link, link.label);
}
