#include "note/mask.h"

#include "base/unicode.h"
#include "note/list_marker.h"
#include "note/transcript.h"

void mask_release(struct mask *m) {
    buf_release(&m->text);
    vec_release(&m->found.list);
    vec_release(&m->lines);
}

/* 0 for what is no mask: TAB, LF, and the controls that cmark takes for blanks. */
static const char original[] = {
    [MASK_WIKI] = '[',      [MASK_EMBED] = '!',     [MASK_TASK] = '[',
    [MASK_FOOTNOTE] = '[',  [MASK_URL_LOWER] = 'h', [MASK_URL_UPPER] = 'H',
    [MASK_REFERENCE] = '&', [MASK_DASH] = '-',      [MASK_QUOTE] = '>',
    [MASK_STAR] = '*',      [MASK_PLUS] = '+',      [MASK_FIELD] = '[',
    [MASK_KEYLESS] = '(',   [MASK_TIME] = '[',
};

static bool masked(char c) {
    return (unsigned char)c < sizeof original &&
           original[(unsigned char)c] != 0;
}

char mask_original(char c) {
    return masked(c) ? original[(unsigned char)c] : c;
}

static size_t find_masked(struct str s, size_t from) {
    size_t i = from;

    for (; i + 8 <= s.len; i += 8) {
        uint64_t w;
        memcpy(&w, s.p + i, 8);
        /* Bytes below 0x14: the borrow of w - 0x14… where w's own top bit is not
         * set. May say yes too early, never no too late. */
        if (((w - 0x1414141414141414u) & ~w & 0x8080808080808080u) == 0)
            continue;
        for (size_t k = 0; k < 8; k++)
            if (masked(s.p[i + k]))
                return i + k;
    }
    for (; i < s.len; i++)
        if (masked(s.p[i]))
            return i;
    return s.len;
}

bool mask_found(struct str s) {
    return find_masked(s, 0) < s.len;
}

void mask_undo(struct buf *out, struct str s) {
    size_t at = 0;

    while (at < s.len) {
        size_t end = find_masked(s, at);
        buf_add(out, s.p + at, end - at);
        if (end < s.len)
            buf_add_ch(out, original[(unsigned char)s.p[end]]);
        at = end + 1;
    }
}

struct str mask_plain(struct arena *a, struct str s) {
    char *copy;

    if (!mask_found(s))
        return s;
    copy = arena_alloc(a, s.len, 1);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = masked(s.p[i]) ? original[(unsigned char)s.p[i]] : s.p[i];
    return str_make(copy, s.len);
}

static bool ascii_hex(char c) {
    return ascii_digit((unsigned char)c) ||
           ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* An odd number of backslashes before p[at]. */
static bool escaped(const char *p, size_t begin, size_t at) {
    size_t n = 0;

    while (at > begin + n && p[at - 1 - n] == '\\')
        n++;
    return n % 2 == 1;
}

/* Whether `]]` follows before another `[[`: a bracket that opens no wikilink can
 * still open a link, as in `[[1] Title](address)`. */
static bool closes(const char *p, size_t from, size_t end) {
    for (size_t i = from; i + 1 < end; i++) {
        if (p[i] == ']' && p[i + 1] == ']')
            return true;
        if (p[i] == '[' && p[i + 1] == '[')
            return false;
    }
    return false;
}

/* Whether a time stands at `at` that is no part of a link's syntax. */
static bool may_be_time(const char *p, size_t begin, size_t at, size_t end) {
    struct str rest = str_make(p + at, end - at);
    uint32_t seconds;
    size_t len;

    if (rest.len < 2 || !ascii_digit((unsigned char)rest.p[1]))
        return false;
    len = transcript_time(rest, &seconds);
    return len > 0 && (at == begin || p[at - 1] != ']') &&
           (len == rest.len || (rest.p[len] != '[' && rest.p[len] != ':'));
}

/* Masks what opens wikilinks, embeds, footnotes and, if asked for, times; returns how
 * many `![` there are. */
static size_t mask_brackets(char *p, size_t begin, size_t end, bool times) {
    size_t at = begin, images = 0;

    while (at < end) {
        char *hit = memchr(p + at, '[', end - at);
        size_t run = 1, first;

        if (hit == NULL)
            return images;
        at = (size_t)(hit - p);
        images += at > begin && p[at - 1] == '!';
        if (escaped(p, begin, at)) {
            at++;
            continue;
        }
        while (at + run < end && p[at + run] == '[')
            run++;
        first = at + run - 2; /* of `[[[` the last two open a link */
        if (run >= 2 && closes(p, at + run, end)) {
            if (run == 2 && first > begin && p[first - 1] == '!' &&
                !escaped(p, begin, first - 1))
                p[first - 1] = MASK_EMBED;
            else
                p[first] = MASK_WIKI;
        } else if (run == 1 && at + 1 < end && p[at + 1] == '^') {
            p[at] = MASK_FOOTNOTE;
        } else if (times && run == 1 && may_be_time(p, begin, at, end)) {
            p[at] = MASK_TIME;
        }
        at += run;
    }
    return images;
}

/* Fewer `![` do no harm, wherever they stand. */
#define MANY_IMAGES 2000
#define MAX_IMAGE_STEPS 50000000

/* For each link cmark-gfm steps over all images that are open in its paragraph.
 * The line where those steps come to too many, or 0; `[` that are open as well
 * are taken to be the inner ones. */
static uint32_t find_open_images(struct str text) {
    size_t images = 0, links = 0, steps = 0;
    uint32_t line = 1;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.p[i];
        if (c == '[' && i > 0 && text.p[i - 1] == '!') {
            images++;
        } else if (c == '[') {
            links++;
        } else if (c == ']') {
            steps += images;
            if (links > 0)
                links--;
            else if (images > 0)
                images--;
            if (steps > MAX_IMAGE_STEPS)
                return line;
        } else if (c == '\n') {
            line++;
            if (i + 1 < text.len && text.p[i + 1] == '\n')
                images = links = 0;
        }
    }
    return 0;
}

/* Masks what opens bare addresses; whether `::` stands on the line. */
static bool mask_urls(char *p, size_t begin, size_t end) {
    bool pair = false;
    size_t at = begin;

    while (at < end) {
        char *hit = memchr(p + at, ':', end - at);
        size_t colon, scheme = 4;

        if (hit == NULL)
            break;
        colon = (size_t)(hit - p);
        at = colon + 1;
        pair |= at < end && p[at] == ':';
        if (end - colon < 4 || p[colon + 1] != '/' || p[colon + 2] != '/')
            continue;
        if (colon - begin >= 5 && (p[colon - 1] | 0x20) == 's')
            scheme = 5;
        if (colon - begin < scheme)
            continue;
        size_t first = colon - scheme;
        if (!str_starts_nocase(str_make(p + first, scheme), STR("http")))
            continue;
        /* `<http://…>` is cmark's own, and letters before make a word of it. */
        if (first > begin &&
            (p[first - 1] == '<' || ascii_alnum((unsigned char)p[first - 1])))
            continue;
        p[first] = p[first] == 'h' ? MASK_URL_LOWER : MASK_URL_UPPER;
    }
    return pair;
}

/* `[label]` at `at`, and no other field. */
static bool is_label(struct str line, size_t at) {
    struct str rest = str_skip(line, at);

    if (rest.len == 0 || rest.p[0] != '[')
        return false;
    rest = str_until(rest, ']');
    return str_find_str(rest, STR("::"), 0) == STR_NONE;
}

/* What looks like a field and is a part of Markdown's own: a wikilink, an image or
 * footnote, the destination of a link, what has one; or an escaped bracket. */
static bool is_markup(struct str line, const struct field *f) {
    char before = f->begin > 0 ? line.p[f->begin - 1] : ' ';
    char after = f->end < line.len ? line.p[f->end] : ' ';

    if (escaped(line.p, 0, f->begin) ||
        (f->kind == FIELD_PARENTHESES && before == ']'))
        return true;
    return f->kind == FIELD_BRACKETS &&
           (before == '[' || before == '!' || line.p[f->begin + 1] == '^' ||
            line.p[f->begin + 1] == '!' || after == '(' || after == ':' ||
            is_label(line, f->end));
}

/* `line` as it was before masking; `p` the same bytes, masked. */
static void mask_fields(struct mask *m, struct str line, char *p) {
    fields_find(&m->found, line, false);
    for (size_t i = 0; i < m->found.list.len; i++) {
        const struct field *f = &m->found.list.items[i];

        if (f->key.len > 0 && !is_markup(line, f) &&
            p[f->begin] == line.p[f->begin])
            p[f->begin] = f->kind == FIELD_BRACKETS ? MASK_FIELD : MASK_KEYLESS;
    }
}

/* A reference to a control would bring bytes into the text that clean text has
 * not, ours among them: it stays as it is written. */
static void mask_references(char *p, size_t len) {
    size_t at = 0;

    while (at < len) {
        const char *hit = memchr(p + at, '&', len - at);
        uint32_t code = 0;
        size_t i;

        if (hit == NULL)
            return;
        i = (size_t)(hit - p) + 1;
        at = i;
        if (i + 2 >= len || p[i] != '#')
            continue;
        i++;
        bool hex = (p[i] | 0x20) == 'x';
        i += hex;
        for (size_t n = 0; n < 7 && i < len && p[i] != ';'; n++, i++) {
            if (!(hex ? ascii_hex(p[i]) : ascii_digit((unsigned char)p[i])))
                break;
            code = code * (hex ? 16 : 10) + (uint32_t)(p[i] & 0xf) +
                   (p[i] > '9' ? 9 : 0);
        }
        if (i < len && p[i] == ';' && code > 0 && code < 0x20 && code != '\t' &&
            code != '\n')
            p[at - 1] = MASK_REFERENCE;
    }
}

/* Length of a list marker with the blank behind it, 0 when there is none. */
static size_t spaced_marker(const char *p, size_t at, size_t end) {
    size_t n = list_marker_length(str_make(p + at, end - at));

    return n > 0 && at + n < end && (p[at + n] == ' ' || p[at + n] == '\t')
               ? n + 1
               : 0;
}

/* spec/markdown.md §8: any one character between the brackets, then a blank or
 * the end of the line. The length of it without the blank, or 0. */
static size_t task_mark(const char *p, size_t at, size_t end) {
    uint32_t code;
    size_t n;

    if (at + 2 >= end || p[at] != '[')
        return 0;
    n = utf8_decode(str_make(p, end), at + 1, &code) + 2;
    if (at + n > end || p[at + n - 1] != ']')
        return 0;
    return at + n == end || p[at + n] == ' ' || p[at + n] == '\t' ? n : 0;
}

/* Length of `[^label]:`, a container as well, or 0. */
static size_t definition_marker(const char *p, size_t at, size_t end) {
    size_t i = at + 2;

    if (i >= end || p[at] != '[' || p[at + 1] != '^')
        return 0;
    while (i < end && p[i] != ']' && p[i] != '[' && p[i] != ' ')
        i++;
    return i + 1 < end && p[i] == ']' && p[i + 1] == ':' ? i + 2 - at : 0;
}

static bool mask_marker(char *c) {
    static const char masks[] = {MASK_DASH, MASK_QUOTE, MASK_STAR, MASK_PLUS};

    for (size_t i = 0; i < ARRAY_LEN(masks); i++)
        if (original[(unsigned char)masks[i]] == *c) {
            *c = masks[i];
            return true;
        }
    return false;
}

static size_t skip_blanks(const char *p, size_t at, size_t end) {
    while (at < end && (p[at] == ' ' || p[at] == '\t'))
        at++;
    return at;
}

/* `* * *` is a rule, not three lists. */
static bool is_rule(const char *p, size_t at, size_t end) {
    size_t marks = 0;
    char c;

    at = skip_blanks(p, at, end);
    if (at == end || (p[at] != '*' && p[at] != '-'))
        return false;
    for (c = p[at]; at < end; at++) {
        if (p[at] != c && p[at] != ' ' && p[at] != '\t')
            return false;
        marks += p[at] == c;
    }
    return marks >= 3;
}

/* Steps over the markers at the line's beginning; how many containers they can
 * be, indentation counted. */
static size_t mask_task(char *p, size_t begin, size_t end) {
    size_t at = begin, marker = 1, columns = 0, markers = 0, box;
    bool list = false;

    if (is_rule(p, begin, end))
        return 0;

    while (marker > 0) {
        for (; at < end && (p[at] == ' ' || p[at] == '\t' || p[at] == '>');
             at++) {
            bool quoted = at > begin && p[at - 1] == '>';
            if (p[at] == '>' && ++markers > MASK_MAX_NESTING &&
                mask_marker(p + at))
                return 0;
            columns += p[at] == '\t' ? 4 : p[at] == ' ' && !quoted;
        }
        if (list && (box = task_mark(p, at, end)) > 0) {
            p[at] = MASK_TASK;
            at = skip_blanks(p, at + box, end);
            if (spaced_marker(p, at, end) == 0)
                break; /* else a list begins behind the box */
        }
        marker = spaced_marker(p, at, end);
        list |= marker > 0;
        if (marker == 0)
            marker = definition_marker(p, at, end);
        if (marker > 0 && ++markers > MASK_MAX_NESTING && mask_marker(p + at))
            return 0;
        at += marker;
    }
    return markers > 0 ? markers + columns / 2 : 0;
}

/* Columns of a table's delimiter row, 0 for any other line. */
static size_t delimiter_columns(struct str line) {
    size_t pipes = 0, dashes = 0;

    for (size_t i = 0; i < line.len; i++) {
        char c = line.p[i];
        if (c == '|')
            pipes++;
        else if (c == '-')
            dashes++;
        else if (c != ':' && c != ' ' && c != '\t' && c != '>')
            return 0;
    }
    return dashes > 0 ? pipes + 1 : 0;
}

/* cmark-gfm looks for a table's header in the whole paragraph before it, in time
 * that grows with the square of its lines. */
#define MAX_LINES_BEFORE_TABLE 1000

struct table_watch {
    size_t lines;            /* since the last blank one */
    size_t row_at, row_line; /* the last delimiter row */
    size_t columns, rows;    /* of the table below it; columns 0: none */
    size_t pipes, counted;   /* since the last blank line, up to that place */
};

static size_t count_pipes(const char *p, size_t from, size_t to) {
    const char *at = p + from, *end = p + to;
    size_t n = 0;

    while (at < end && (at = memchr(at, '|', (size_t)(end - at))) != NULL) {
        at++;
        n++;
    }
    return n;
}

/* cmark-gfm's list of a row's cells costs time with the square of their number,
 * whatever the delimiter row says; what stands before a table is read as a row
 * as well. */
static bool row_too_wide(const struct mask *m, struct table_watch *w,
                         size_t begin, size_t end, bool delimiter, size_t max) {
    if (!delimiter)
        return w->columns > 0 && count_pipes(m->text.p, begin, end) > max + 1;
    if (w->columns > 0)
        return false;
    w->pipes += count_pipes(m->text.p, w->counted, begin);
    w->counted = begin;
    return w->pipes > max + 1;
}

/* A table past the limits costs memory with the square of its size in cmark-gfm
 * (dependencies.md): its delimiter row is masked, so that it stays text. */
static void watch_tables(struct mask *m, struct table_watch *w, size_t begin,
                         size_t end, const struct limits *limits) {
    struct str line = str_make(m->text.p + begin, end - begin);
    size_t columns = 0;

    if (line.len > 0 && (ascii_punct((unsigned char)line.p[0]) ||
                         ascii_space((unsigned char)line.p[0])))
        columns = delimiter_columns(line);
    bool too_late =
        columns > 0 && w->columns == 0 && w->lines > MAX_LINES_BEFORE_TABLE;
    bool too_wide =
        row_too_wide(m, w, begin, end, columns > 0, limits->table_columns);
    w->lines++;
    if (columns > 0) {
        w->row_at = begin;
        w->row_line = m->lines.len;
        w->columns = columns;
        w->rows = 0;
    } else if (str_trim(line).len == 0) {
        w->columns = w->lines = w->pipes = 0;
        w->counted = end;
    } else if (w->columns > 0) {
        w->rows++;
    }
    if (too_late || too_wide || w->columns > limits->table_columns ||
        w->columns * w->rows > limits->table_cells) {
        char *dash = memchr(m->text.p + w->row_at, '-', end - w->row_at);
        if (dash != NULL)
            *dash = MASK_DASH;
        if (m->wide_table == 0)
            m->wide_table = (uint32_t)w->row_line;
        w->columns = 0;
    }
}

/* The lines kept from the parser that the one at `begin` belongs to, or NULL; *next
 * is where those that follow are looked for. */
static const struct mask_lines *kept_lines(const struct mask *m, size_t *next,
                                           size_t begin) {
    while (*next < m->nkept && m->kept[*next].end <= begin)
        ++*next;
    return *next < m->nkept && m->kept[*next].begin <= begin ? &m->kept[*next]
                                                             : NULL;
}

struct str mask_line(const struct mask *m, size_t i, size_t *next) {
    static const char turns = MASK_TURNS;
    size_t begin = m->lines.items[i], len = m->text.len;
    size_t end = i + 1 < m->lines.len ? m->lines.items[i + 1] - 1 : len;
    const struct mask_lines *kept = kept_lines(m, next, begin);

    if (kept != NULL)
        return str_make(&turns, begin == kept->begin);
    if (end == len && end > begin && m->text.p[end - 1] == '\n')
        end--;
    return str_slice(buf_str(&m->text), begin, end);
}

static bool has_time(struct str line) {
    return line.len > 1 && line.p[0] == '[' &&
           ascii_digit((unsigned char)line.p[1]);
}

/* A line that the parser shall not see: queries do (field_lines.c). */
static void keep_line(struct mask *m, struct str line) {
    m->has_pair |= str_find_str(line, STR("::"), 0) != STR_NONE;
}

void mask_text(struct mask *m, struct str text, const struct limits *limits) {
    struct table_watch watch = {0};
    size_t begin = 0, images = 0, kept = 0;
    char *p;

    buf_reset(&m->text);
    m->lines.len = 0;
    m->last_math = m->wide_table = m->too_deep = 0;
    m->has_pair = m->has_times = false;
    buf_reserve(&m->text, text.len + 1);
    buf_add_str(&m->text, text);
    p = m->text.p;
    mask_references(p, text.len);
    while (begin < text.len) {
        char *newline = memchr(p + begin, '\n', text.len - begin);
        size_t end = newline != NULL ? (size_t)(newline - p) : text.len;

        vec_push(&m->lines, (uint32_t)begin);
        if (kept_lines(m, &kept, begin) != NULL) {
            keep_line(m, str_slice(text, begin, end));
            begin = end + 1;
            continue;
        }
        m->has_times |= has_time(str_slice(text, begin, end));
        if (mask_task(p, begin, end) > MASK_MAX_NESTING && m->too_deep == 0)
            m->too_deep = (uint32_t)m->lines.len;
        watch_tables(m, &watch, begin, end, limits);
        images += mask_brackets(p, begin, end, m->mask_times);
        if (mask_urls(p, begin, end)) {
            m->has_pair = true;
            if (m->mask_fields)
                mask_fields(m, str_slice(text, begin, end), p + begin);
        }
        begin = end + 1;
    }
    if (images > MANY_IMAGES && m->too_deep == 0)
        m->too_deep = find_open_images(text);
    for (size_t n = text.len; n >= 2 && m->last_math == 0;) {
        const char *dollar = memrchr(p, '$', n);
        if (dollar == NULL)
            break;
        n = (size_t)(dollar - p);
        if (n > 0 && p[n - 1] == '$')
            m->last_math = (uint32_t)(n - 1);
    }
}
