#include "base/unicode.h"
#include "html/escape.h"
#include "note/turn_links.h"

/*
 * Turns of a transcript into the fragment: plain text with links only
 * (spec/entities.md §6).  Lines are those of the note, so that links have their
 * places; what a comment hides is TRANSCRIPT_HIDDEN in them.
 */

#define OUT(r) (&(r)->o->html)

struct turn_writer {
    struct render *r;
    uint32_t line; /* of the file */
};

/* Into the plain text, and escaped into the fragment. */
static void add_text(struct turn_writer *w, struct str s) {
    struct buf *text = &w->r->o->text;
    size_t begin = text->len;

    turn_add_shown(text, s);
    html_escape(OUT(w->r), str_skip(buf_str(text), begin));
}

/* Text of a line from `at` on. */
static void add_rest(struct turn_writer *w, struct str line, size_t at) {
    struct turn_links links = {.line = line, .at = at};
    size_t counted = 0;
    uint32_t column = 1;

    while (turn_links_next(&links)) {
        add_text(w, str_slice(line, at, links.begin));
        column += (uint32_t)utf8_count(str_slice(line, counted, links.begin));
        counted = links.begin;
        turn_links_render(w->r, &links, w->line, column);
        at = links.end;
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
    if (r->turns.named != NULL)
        object_range_end(r->o, r->turns.named);
    r->turns.named = NULL;
    r->turns.open = false;
}

/* The `^id` that ends the line, behind a blank; where it begins, or line.len. */
static size_t id_begin(struct str line) {
    size_t at = line.len;

    while (at > 0 && (ascii_alnum((unsigned char)line.p[at - 1]) ||
                      line.p[at - 1] == '-'))
        at--;
    if (at == 0 || at == line.len || line.p[at - 1] != '^')
        return line.len;
    at--;
    return at == 0 || ascii_space((unsigned char)line.p[at - 1]) ? at
                                                                 : line.len;
}

/* The id of a turn's line names the turn: it has an id of its own on the page. */
static void name_turn(struct turn_writer *w, struct str line, size_t at) {
    struct render *r = w->r;
    struct block block = {.line = w->line};
    struct str wanted = str_skip(line, at + 1);

    if (!render_block_name(r, wanted, &block)) {
        diag_add(r->o->diags, DIAG_BLOCK_ID_DUPLICATE, r->o->note->file->path,
                 w->line, 1 + (uint32_t)utf8_count(str_slice(line, 0, at)),
                 "%.*s", STR_ARG(wanted));
        return;
    }
    if (r->turns.named == NULL) {
        r->turns.named = arena_new(r->o->build, struct range);
        *r->turns.named = r->turns.range;
    }
    block.element_id = vec_last(&r->o->turns)->id;
    block.slice = (struct slice){
        .ranges = r->turns.named, .nranges = 1, .wrapper = WRAP_TURNS};
    vec_push(&r->o->blocks, block);
}

/* Time and id of a turn. */
static void turn_names(struct object *o, uint32_t seconds, struct turn *turn) {
    struct buf text = {0};

    buf_printf(&text, "t-%02u:%02u:%02u", (unsigned)(seconds / 3600),
               (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
    turn->time = arena_str(o->build, str_skip(buf_str(&text), 2));
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] == ':')
            text.p[i] = '-';
    turn->id = object_id(o, buf_str(&text), NULL);
    buf_release(&text);
}

/* How much of what follows the time may be the label. */
static size_t head_length(struct str line, size_t at) {
    struct turn_links links = {.line = line, .at = at};
    size_t end = unicode_cut(line, TRANSCRIPT_HEAD).len;

    if (turn_links_next(&links) && links.begin < end)
        end = links.begin;
    return end > at ? end - at : 0;
}

static void open_turn(struct turn_writer *w, struct str line, size_t at,
                      uint32_t seconds) {
    struct object *o = w->r->o;
    struct turn turn = {.seconds = seconds, .line = w->line};
    size_t head, begin;

    close_turn(w->r);
    while (at < line.len && (ascii_space((unsigned char)line.p[at]) ||
                             line.p[at] == TRANSCRIPT_HIDDEN))
        at++;
    turn_names(o, seconds, &turn);
    w->r->turns.range = object_range_begin(o);
    object_fixup(o, FIXUP_TURN, (uint32_t)o->turns.len);
    begin_text(w->r, w->line);
    head = head_length(line, at);
    begin = o->text.len;
    turn_add_shown(&o->text, str_slice(line, at, at + head));
    turn.head.len = o->text.len - begin;
    turn.goes_on = at + head < line.len;
    turn.block = (uint32_t)o->text_blocks.len;
    vec_push(&o->turns, turn);
    w->r->turns.open = true;
    if (turn.goes_on) {
        add_rest(w, line, at + head);
        buf_add_lit(&o->html, "</p>\n");
    }
}

static bool is_nothing(char c) {
    return ascii_space((unsigned char)c) || c == TRANSCRIPT_HIDDEN;
}

static struct str trim_end(struct str line) {
    while (line.len > 0 && is_nothing(line.p[line.len - 1]))
        line.len--;
    return line;
}

/* A line that begins no turn. */
static void add_further(struct turn_writer *w, struct str line) {
    size_t begin = 0;

    while (begin < line.len && is_nothing(line.p[begin]))
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

static void add_line(struct turn_writer *w, struct str line) {
    uint32_t seconds;
    size_t at = transcript_time(line, &seconds), id;
    struct str words;

    line = trim_end(line);
    id = id_begin(line);
    words = trim_end(str_slice(line, 0, id));
    if (at > 0)
        open_turn(w, words, at, seconds);
    else
        add_further(w, words);
    if (id < line.len && w->r->turns.open && w->r->o->turns.len > 0)
        name_turn(w, line, id);
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
