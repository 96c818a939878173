#include "base/unicode.h"
#include "html/escape.h"
#include "note/render.h"

/*
 * Turns of a transcript into the fragment: plain text with wikilinks only
 * (spec/entities.md §6).  Lines are those of the note, so that links have their
 * places; what a comment hides is TRANSCRIPT_HIDDEN in them.
 */

#define OUT(r) (&(r)->o->html)

struct turn_writer {
    struct render *r;
    uint32_t line; /* of the file */
    /* Columns of the line's links, counted on from the last. */
    size_t counted;
    uint32_t column;
};

static void add_shown(struct buf *out, struct str s) {
    while (s.len > 0) {
        struct str part = str_until(s, TRANSCRIPT_HIDDEN);

        buf_add_str(out, part);
        s = str_skip(s, part.len + 1);
    }
}

/* Into the plain text, and escaped into the fragment. */
static void add_text(struct turn_writer *w, struct str s) {
    struct buf *text = &w->r->o->text;
    size_t begin = text->len;

    add_shown(text, s);
    html_escape(OUT(w->r), str_skip(buf_str(text), begin));
}

/* --- links --- */

static struct str without_hidden(struct arena *a, struct str s) {
    struct buf shown = {0};

    if (str_find(s, TRANSCRIPT_HIDDEN) == STR_NONE)
        return s;
    add_shown(&shown, s);
    s = arena_str(a, buf_str(&shown));
    buf_release(&shown);
    return s;
}

static bool names_something(struct str target) {
    for (size_t i = 0; i < target.len; i++)
        if (!ascii_space((unsigned char)target.p[i]) && target.p[i] != '#' &&
            target.p[i] != TRANSCRIPT_HIDDEN)
            return true;
    return false;
}

/* The next wikilink at or after `at`: of `[[[` the last two brackets open one.
 * STR_NONE when there is none; *body is what its brackets hold. */
static size_t next_link(struct str s, size_t at, struct str *body) {
    size_t close = 0;

    while ((at = str_find_str(s, STR("[["), at)) != STR_NONE) {
        size_t inner;

        while (at + 2 < s.len && s.p[at + 2] == '[')
            at++;
        if (close < at + 2) /* else it is still the next one */
            close = str_find_str(s, STR("]]"), at + 2);
        if (close == STR_NONE)
            return STR_NONE;
        *body = str_slice(s, at + 2, close);
        inner = str_find_str(*body, STR("[["), 0);
        if (inner == STR_NONE && names_something(md_wiki_target(*body)))
            return at;
        at = inner == STR_NONE ? close + 2 : at + 2 + inner;
    }
    return STR_NONE;
}

static void add_link(struct turn_writer *w, struct str line, size_t at,
                     struct str body) {
    struct object *o = w->r->o;
    struct link l = {.kind = LINK_WIKI, .property = NOTE_NONE};

    body = without_hidden(o->scratch, body);
    w->column += (uint32_t)utf8_count(str_slice(line, w->counted, at));
    w->counted = at;
    l.typed = arena_str(o->build, str_trim(md_wiki_target(body)));
    l.label = arena_str(o->build, str_trim(md_wiki_display(body)));
    l.target = str_trim(str_until(l.typed, '#'));
    l.subpath = str_trim(str_after(l.typed, '#'));
    l.line = w->line;
    l.column = w->column;
    l.block = (uint32_t)o->text_blocks.len;
    l.text_begin = (uint32_t)o->text.len;
    object_fixup(o, FIXUP_LINK, (uint32_t)o->links.len);
    if (l.label.len > 0)
        buf_add_str(&o->text, l.label);
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

/* Text of a line from `at` on. */
static void add_rest(struct turn_writer *w, struct str line, size_t at) {
    struct str body;
    size_t link;

    while ((link = next_link(line, at, &body)) != STR_NONE) {
        add_text(w, str_slice(line, at, link));
        add_link(w, line, link, body);
        at = link + body.len + 4;
    }
    add_text(w, str_skip(line, at));
}

/* --- turns --- */

/* The words of a turn are one text block, or, where lists stand among them, one up to
 * the first. */
static void begin_text(struct render *r, uint32_t line) {
    if (r->turns.in_text)
        return;
    r->turns.in_text = true;
    r->turns.line = line;
    r->turns.text_begin = object_text_begin(r->o);
}

static void end_text(struct render *r) {
    if (!r->turns.in_text)
        return;
    r->turns.in_text = false;
    object_text_end(r->o, r->turns.text_begin, r->turns.line, TEXT_PARAGRAPH);
}

static void close_turn(struct render *r) {
    end_text(r);
    if (r->turns.open)
        buf_add_lit(OUT(r), "</li>\n");
    r->turns.open = false;
}

static struct str turn_id(struct object *o, struct str time) {
    struct buf name = {0};
    struct str id;

    buf_add_lit(&name, "t-");
    for (size_t i = 0; i < time.len; i++)
        buf_add_ch(&name, time.p[i] == ':' ? '-' : time.p[i]);
    id = object_id(o, buf_str(&name), NULL);
    buf_release(&name);
    return id;
}

/* How much of what follows the time may be the label. */
static size_t head_length(struct str line, size_t at) {
    struct str body;
    size_t link = next_link(line, at, &body);
    size_t end = unicode_cut(line, TRANSCRIPT_HEAD).len;

    if (link != STR_NONE && link < end)
        end = link;
    return end > at ? end - at : 0;
}

static void open_turn(struct turn_writer *w, struct str line, size_t at,
                      uint32_t seconds) {
    struct object *o = w->r->o;
    struct turn turn = {.seconds = seconds, .line = w->line};
    struct buf text = {0};
    size_t head;

    close_turn(w->r);
    while (at < line.len && (ascii_space((unsigned char)line.p[at]) ||
                             line.p[at] == TRANSCRIPT_HIDDEN))
        at++;
    buf_printf(&text, "%02u:%02u:%02u", (unsigned)(seconds / 3600),
               (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
    turn.time = arena_str(o->build, buf_str(&text));
    turn.id = turn_id(o, turn.time);
    object_fixup(o, FIXUP_TURN, (uint32_t)o->turns.len);
    begin_text(w->r, w->line);
    head = head_length(line, at);
    buf_reset(&text);
    add_shown(&text, str_slice(line, at, at + head));
    turn.head = arena_str(o->build, buf_str(&text));
    turn.goes_on = at + head < line.len;
    turn.block = (uint32_t)o->text_blocks.len;
    vec_push(&o->turns, turn);
    w->r->turns.open = true;
    buf_add_str(&o->text, turn.head);
    if (turn.goes_on) {
        add_rest(w, line, at + head);
        buf_add_lit(&o->html, "</p>\n");
    }
    buf_release(&text);
}

static void add_line(struct turn_writer *w, struct str line) {
    uint32_t seconds;
    size_t at = transcript_time(line, &seconds), begin = 0;

    w->counted = 0;
    w->column = 1;
    while (line.len > 0 && (ascii_space((unsigned char)line.p[line.len - 1]) ||
                            line.p[line.len - 1] == TRANSCRIPT_HIDDEN))
        line.len--;
    if (at > 0) {
        open_turn(w, line, at, seconds);
        return;
    }
    while (begin < line.len && (ascii_space((unsigned char)line.p[begin]) ||
                                line.p[begin] == TRANSCRIPT_HIDDEN))
        begin++;
    if (begin == line.len)
        return;
    if (!w->r->turns.open) /* never, unless the parser saw another list */
        buf_add_lit(OUT(w->r), "<li>\n");
    w->r->turns.open = true;
    begin_text(w->r, w->line);
    if (w->r->o->text.len > w->r->turns.text_begin)
        buf_add_ch(&w->r->o->text, ' ');
    buf_add_lit(OUT(w->r), "<p>");
    add_rest(w, line, begin);
    buf_add_lit(OUT(w->r), "</p>\n");
}

/* What is not shown: queries and `exclude_tags` know of it (decisions.md 5). */
static void add_hidden(struct render *r, const struct mask_lines *lines,
                       uint32_t first) {
    const struct transcript *t = r->transcript;

    object_hidden_tags(r->o, str_slice(r->source, lines->begin, lines->end),
                       first, false);
    for (; r->next_hidden < t->hidden.len; r->next_hidden++) {
        const struct mask_lines *hidden = &t->hidden.items[r->next_hidden];

        if (hidden->begin >= lines->end)
            break;
        if (hidden->begin < lines->begin)
            continue; /* in a list, which is the parser's */
        object_hidden_links(
            r->o, str_slice(r->source, hidden->begin, hidden->end), first);
    }
}

/* The block before which the list of turns that `n` begins ends: a heading, or a
 * comment that is never closed (transcript.c). */
static const cmark_node *turns_end(const cmark_node *n) {
    while (n != NULL && n->type != CMARK_NODE_HEADING &&
           n->type != CMARK_NODE_HTML_BLOCK &&
           !(md_is_comment_block(n) && md_comment_unclosed(n)))
        n = n->next;
    return n;
}

static void render_lines(struct render *r, const cmark_node *n) {
    /* Blocks of turns are all there, and come in order. */
    const struct mask_lines *lines =
        &r->transcript->lines.items[r->next_turns++];
    struct turn_writer w = {.r = r, .line = render_line(r, n)};
    struct str rest, line;

    rest = str_slice(buf_str(&r->transcript->text), lines->begin, lines->end);
    add_hidden(r, lines, w.line);
    for (; str_next_line(&rest, &line); w.line++)
        add_line(&w, line);
    end_text(r);
}

void render_turns(struct render *r, cmark_iter *iter, cmark_node *n) {
    if (n->parent == r->turns.holder) {
        render_lines(r, n);
        return;
    }
    r->turns.holder = render_gather(r, n->parent, n->prev, turns_end(n));
    buf_add_lit(OUT(r), "<ol class=\"turns\">\n");
    cmark_iter_reset(iter, n->parent, CMARK_EVENT_ENTER);
}

void render_time(struct render *r, const cmark_node *n) {
    struct str masked = ((struct md_text *)n->as.opaque)->text;
    struct object *o = r->o;
    struct turn_time time = {0};

    if (render_no_anchor(r)) {
        render_text(r, masked);
        return;
    }
    transcript_time(masked, &time.seconds);
    time.text = arena_str(o->build, mask_plain(o->scratch, masked));
    object_fixup(o, FIXUP_TIME, (uint32_t)o->times.len);
    vec_push(&o->times, time);
    buf_add_str(&o->text, time.text);
}

void render_turns_end(struct render *r) {
    close_turn(r);
    r->turns.holder = NULL;
    buf_add_lit(OUT(r), "</ol>\n");
}
