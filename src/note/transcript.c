#include "note/transcript.h"

#include "base/unicode.h"
#include "note/list_marker.h"
#include "note/hidden.h"
#include "note/section_name.h"

void transcript_release(struct transcript *t) {
    buf_release(&t->text);
    vec_release(&t->lines);
    vec_release(&t->hidden);
}

/* --- times --- */

/* Steps over `least` to `most` digits. */
static bool number(struct str s, size_t *at, size_t least, size_t most,
                   uint32_t *value) {
    size_t n = 0;

    *value = 0;
    while (*at < s.len && ascii_digit((unsigned char)s.p[*at]) && n < most) {
        *value = *value * 10 + (uint32_t)(s.p[*at] - '0');
        ++*at;
        n++;
    }
    return n >= least;
}

static bool step(struct str s, size_t *at, char c) {
    if (*at >= s.len || s.p[*at] != c)
        return false;
    ++*at;
    return true;
}

size_t transcript_time(struct str line, uint32_t *seconds) {
    uint32_t first, second, third = 0, fraction;
    size_t at = 0;
    bool hours;

    if ((!step(line, &at, '[') && !step(line, &at, MASK_TIME)) ||
        !number(line, &at, 1, 3, &first) || !step(line, &at, ':') ||
        !number(line, &at, 2, 2, &second))
        return 0;
    hours = step(line, &at, ':');
    if (hours && (!number(line, &at, 2, 2, &third) || first > 99))
        return 0;
    if (second > 59 || third > 59)
        return 0;
    if ((step(line, &at, '.') || step(line, &at, ',')) &&
        !number(line, &at, 1, 3, &fraction))
        return 0;
    if (!step(line, &at, ']') || (at < line.len && line.p[at] == '('))
        return 0;
    *seconds = hours ? (first * 60 + second) * 60 + third : first * 60 + second;
    return at;
}

/* --- the part --- */

struct scan {
    struct transcript *t;
    struct arena *scratch;
    size_t at; /* the line at hand: where it begins, */
    struct str line;
    uint32_t number;   /* and its number */
    struct str before; /* the line above it */
    /* What the text stands in, as far as headings are concerned. */
    char fence;
    size_t fence_len;
    bool comment;
    /* The part: 0 before it; else its heading's level + 1. */
    unsigned inside;
    bool open;       /* among turns: from a turn line up to a heading */
    bool kept;       /* the last of t->lines goes on */
    bool cleared;    /* comments from the first turn on are hidden */
    bool after_text; /* the line above, of a turn, is not blank */
    /* The list among turns that the line may belong to. */
    enum { LIST_NONE, LIST_ITEMS, LIST_QUOTED } list;
    size_t list_begin;
    size_t text_column;  /* LIST_ITEMS: of the last outermost item's text */
    bool after_blank;    /* the line above, of the list, is blank */
    size_t quotes_until; /* quotes up to here were looked at */
    size_t next_hidden;  /* t->hidden: those before end before this list */
};

/* `Transcript ^id` */
static struct str without_id(struct str heading) {
    size_t at = str_rfind(heading, '^');

    if (at == STR_NONE || at == 0 || heading.p[at - 1] != ' ' ||
        at + 1 == heading.len)
        return heading;
    for (size_t i = at + 1; i < heading.len; i++)
        if (!ascii_alnum((unsigned char)heading.p[i]) && heading.p[i] != '-')
            return heading;
    return str_slice(heading, 0, at);
}

static bool is_name(struct arena *scratch, struct str heading) {
    static const struct str names[] = {
        STR_INIT("transcript"), STR_INIT("original transcript"),
        STR_INIT("full transcript"), STR_INIT("raw transcript")};
    struct str name;

    if (heading.len > 200)
        return false;
    name = section_name(scratch, without_id(hidden_blanked(scratch, heading)));
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

static size_t indent(struct str line) {
    size_t n = 0;

    while (n < line.len && line.p[n] == ' ')
        n++;
    return n;
}

static size_t run(struct str s, char c) {
    size_t n = 0;

    while (n < s.len && s.p[n] == c)
        n++;
    return n;
}

/* Level of the heading that a line is, 0 for none, and its text. Where the line
 * below the text makes it one, `line` is that line. */
static unsigned heading(struct str line, struct str before, struct str *text) {
    struct str s = str_skip(line, indent(line));
    size_t n = run(s, '#');

    if (indent(line) > 3 || s.len == 0)
        return 0;
    if (n > 0) {
        *text = str_trim(str_skip(s, n));
        return n <= 6 && (n == s.len || s.p[n] == ' ' || s.p[n] == '\t')
                   ? (unsigned)n
                   : 0;
    }
    s = str_rtrim(s);
    *text = str_trim(before);
    if (s.len == 0 || text->len == 0 || run(s, s.p[0]) < s.len)
        return 0;
    return s.p[0] == '=' ? 1 : s.p[0] == '-' ? 2 : 0;
}

/* Steps into or out of fenced code and block comments; whether the line belongs
 * to one. */
static bool is_opaque(struct scan *s) {
    struct str text = str_skip(s->line, indent(s->line));
    size_t n;

    if (s->comment) {
        s->comment = str_find_str(text, STR("%%"), 0) == STR_NONE;
        return true;
    }
    if (text.len == 0 || indent(s->line) > 3)
        return s->fence != 0;
    n = text.p[0] == '`' || text.p[0] == '~' ? run(text, text.p[0]) : 0;
    if (s->fence != 0) {
        if (n >= s->fence_len && text.p[0] == s->fence &&
            str_trim(str_skip(text, n)).len == 0)
            s->fence = 0;
        return true;
    }
    if (n >= 3 &&
        (text.p[0] == '~' || str_find(str_skip(text, n), '`') == STR_NONE)) {
        s->fence = text.p[0];
        s->fence_len = n;
        return true;
    }
    s->comment = str_starts(text, STR("%%")) &&
                 str_find_str(text, STR("%%"), 2) == STR_NONE;
    return s->comment;
}

/* --- comments among turns --- */

static void hide(struct transcript *t, size_t begin, size_t end) {
    struct mask_lines hidden = {.begin = (uint32_t)begin, .end = (uint32_t)end};

    for (size_t i = begin; i < end; i++)
        if (t->text.p[i] != '\n')
            t->text.p[i] = TRANSCRIPT_HIDDEN;
    vec_push(&t->hidden, hidden);
}

static bool begins_line(struct str s, size_t at) {
    while (at > 0 && (s.p[at - 1] == ' ' || s.p[at - 1] == '\t'))
        at--;
    return at == 0 || s.p[at - 1] == '\n';
}

/* Where the `%%` at `at` is closed, behind its mark; STR_NONE: nowhere. One that
 * begins its line and does not end there goes on over blank lines. */
static size_t comment_end(struct str s, size_t at) {
    size_t close = str_find_str(s, STR("%%"), at + 2);
    size_t paragraph;

    if (close == STR_NONE)
        return STR_NONE;
    paragraph = str_find_str(str_slice(s, 0, close), STR("\n\n"), at);
    return paragraph == STR_NONE || begins_line(s, at) ? close + 2 : STR_NONE;
}

/* Where `c` stands from `at` on, or the end. */
static size_t next_of(struct str s, char c, size_t at) {
    size_t n = at < s.len ? str_find(str_skip(s, at), c) : STR_NONE;

    return n != STR_NONE ? at + n : s.len;
}

/* Hides the comments that begin at or after `from`: nobody shall see them, and a
 * turn line in one is none. Failing searches are not repeated, so that all are
 * linear. */
static void hide_comments(struct transcript *t, size_t from) {
    struct str s = buf_str(&t->text);
    size_t less = next_of(s, '<', from), percent = next_of(s, '%', from);
    bool no_html = false, no_percents = false;

    for (size_t at = from;; at++) {
        size_t end;
        bool html;

        if (less < at)
            less = next_of(s, '<', at);
        if (percent < at)
            percent = next_of(s, '%', at);
        at = less < percent ? less : percent;
        if (at == s.len)
            return;
        html = at == less;
        if ((html ? no_html : no_percents) ||
            !str_starts(str_skip(s, at), html ? STR("<!--") : STR("%%")))
            continue;
        if (html) {
            end = str_find_str(s, STR("-->"), at + 4);
            no_html = end == STR_NONE;
            end = no_html ? STR_NONE : end + 3;
        } else {
            end = comment_end(s, at);
            no_percents = end == STR_NONE && begins_line(s, at);
        }
        if (end == STR_NONE) {
            at += !html;
            continue;
        }
        hide(t, at, end);
        at = end - 1;
    }
}

/* --- lists among turns --- */

/* Whether a list stands in the quote that the line at hand belongs to. */
static bool quote_has_list(struct scan *s) {
    struct str rest = str_skip(buf_str(&s->t->text), s->at), line;
    bool found = false;

    if (s->at < s->quotes_until)
        return false;
    while (str_next_line(&rest, &line)) {
        size_t column = 0;
        struct str text = list_skip_blanks(line, &column);

        if (column > 3 || text.len == 0 || text.p[0] != '>')
            break;
        while (text.len > 0 && text.p[0] == '>')
            text = list_skip_blanks(str_skip(text, 1), &column);
        found |= text.len > 0 && list_marker(text, false) > 0;
        s->quotes_until = (size_t)(line.p - s->t->text.p) + line.len + 1;
    }
    return found;
}

/* Whether the list at hand has the line as well. What is indented as its items' text
 * is, further items, and text that goes on with a paragraph; but nothing that a
 * parser could go on with beyond the list, as it does with a fence. */
static bool list_goes_on(struct scan *s) {
    size_t column = 0, len;
    struct str text = list_skip_blanks(s->line, &column);

    if (text.len == 0 || text.p[0] == TRANSCRIPT_HIDDEN)
        return true;
    if (s->list == LIST_QUOTED)
        return column < 4 && text.p[0] == '>';
    if (column >= s->text_column)
        return true;
    len = column < 4 ? list_marker(text, false) : 0;
    if (len > 0)
        s->text_column = list_text_column(text, column, len);
    return len > 0 || (!s->after_blank && !list_is_rule(text) &&
                       strchr("`~$<>%", text.p[0]) == NULL);
}

/* Whether a list begins with the line. */
static bool list_begins(struct scan *s) {
    size_t column = 0, len;
    struct str text = list_skip_blanks(s->line, &column);

    if (column > 3 || text.len == 0)
        return false;
    if (text.p[0] == '>') {
        s->list = quote_has_list(s) ? LIST_QUOTED : LIST_NONE;
    } else if ((len = list_marker(text, s->after_text)) > 0) {
        s->list = LIST_ITEMS;
        s->text_column = list_text_column(text, column, len);
    }
    s->list_begin = s->at;
    return s->list != LIST_NONE;
}

/* Whether the list, which ends before the line at hand, has a part of a comment that
 * goes over lines: what the parser would make of it, readers might see. */
static bool list_hides(struct scan *s) {
    const struct transcript *t = s->t;

    while (s->next_hidden < t->hidden.len &&
           t->hidden.items[s->next_hidden].end <= s->list_begin)
        s->next_hidden++;
    for (size_t i = s->next_hidden;
         i < t->hidden.len && t->hidden.items[i].begin < s->at; i++) {
        const struct mask_lines *h = &t->hidden.items[i];
        if (memchr(t->text.p + h->begin, '\n', h->end - h->begin) != NULL)
            return true;
    }
    return false;
}

/* --- lines --- */

/* The line at hand, and those that follow, are kept. */
static void open_lines(struct scan *s) {
    struct mask_lines lines = {.begin = (uint32_t)s->at, .line = s->number};

    if (!s->kept)
        vec_push(&s->t->lines, lines);
    s->kept = true;
}

static void close_lines(struct scan *s) {
    struct mask_lines *last;

    if (!s->kept)
        return;
    last = vec_last(&s->t->lines);
    last->end = (uint32_t)s->at;
    last->nlines = s->number - last->line;
    s->kept = false;
}

/* Before the line at hand. A list that is not for the parser is text of its turn: the
 * lines before it go on. */
static void end_list(struct scan *s) {
    if (s->list != LIST_NONE && list_hides(s))
        s->kept = true;
    s->list = LIST_NONE;
}

static void end_turns(struct scan *s) {
    end_list(s);
    close_lines(s);
    if (s->open)
        s->fence = 0; /* the words of a turn open none beyond it */
    s->open = false;
}

static void turn_line(struct scan *s) {
    end_list(s);
    s->t->nturns++;
    if (s->t->first == 0)
        s->t->first = s->number;
    open_lines(s);
    s->open = s->after_text = true;
}

/* A line below a turn line: of a list, which is the parser's, or words. */
static void turn_text(struct scan *s) {
    bool blank = str_trim(s->line).len == 0;

    if (s->list != LIST_NONE && !list_goes_on(s)) {
        end_list(s);
        s->after_text = false;
    }
    if (s->list == LIST_NONE && !is_opaque(s) && list_begins(s))
        close_lines(s);
    if (s->list == LIST_NONE)
        open_lines(s);
    s->after_blank = blank;
    s->after_text = !blank;
}

/* A comment that is never closed hides all that follows: the parser's business. */
static bool is_open_comment(struct str line) {
    struct str text = str_trim(line);

    return (str_starts(text, STR("%%")) &&
            str_find_str(text, STR("%%"), 2) == STR_NONE) ||
           str_starts(text, STR("<!--"));
}

/* Level of the heading that the line at hand is among turns: only `#` makes one of
 * what was said, and none in an item's text. */
static unsigned turn_heading(const struct scan *s) {
    struct str text;

    if (s->list == LIST_ITEMS && indent(s->line) >= s->text_column)
        return 0;
    return heading(s->line, STR(""), &text);
}

/* A line of the part; false where the part ends. */
static bool part_line(struct scan *s) {
    uint32_t seconds;
    struct str text;
    unsigned level;

    if (s->line.len > 0 && s->line.p[0] == '[' && (s->open || !is_opaque(s)) &&
        transcript_time(s->line, &seconds) > 0) {
        if (!s->cleared) {
            s->cleared = true;
            hide_comments(s->t, s->at);
        }
        turn_line(s);
        return true;
    }
    if (s->open && !is_open_comment(s->line)) {
        level = turn_heading(s);
        if (level > 0)
            end_turns(s);
        else
            turn_text(s);
        return level == 0 || level > s->inside - 1;
    }
    end_turns(s);
    if (is_opaque(s))
        return true;
    level = heading(s->line, s->before, &text);
    return level == 0 || level > s->inside - 1;
}

/* A line before the part. */
static void outer_line(struct scan *s) {
    struct str text;
    unsigned level;

    if (is_opaque(s))
        return;
    level = heading(s->line, s->before, &text);
    if (level > 0 && is_name(s->scratch, text))
        s->inside = level + 1;
}

static void scan_body(struct scan *s) {
    struct str rest = buf_str(&s->t->text);

    while (str_next_line(&rest, &s->line)) {
        s->at = (size_t)(s->line.p - s->t->text.p);
        s->number++;
        if (s->inside == 0)
            outer_line(s);
        else if (!part_line(s))
            break;
        s->before = s->line;
    }
    if (s->open) { /* up to the end */
        s->at = s->t->text.len;
        s->number++;
        end_turns(s);
    }
}

void transcript_find(struct transcript *t, struct arena *scratch,
                     struct str body, bool whole) {
    struct scan s = {.t = t, .scratch = scratch};

    buf_reset(&t->text);
    buf_add_str(&t->text, body);
    t->lines.len = t->hidden.len = 0;
    t->nturns = t->first = 0;
    scan_body(&s);
    if (s.inside == 0 && whole) {
        s = (struct scan){.t = t, .scratch = scratch, .inside = 1};
        scan_body(&s);
    }
    if (t->nturns < TRANSCRIPT_MIN_TURNS)
        t->lines.len = 0;
}
