/*
 * display(): what a reader sees of a value (spec/dataview.md §10).
 *
 * Markdown is taken off line by line: marks of blocks at the beginning, then
 * links, images, notes and tags, then pairs of emphasis.  This is no parser of
 * Markdown, as the plugin's is none: what is not sure to be a mark stays.
 */
#include "base/utf16.h"
#include "query/dataview/fn.h"
#include "value/print.h"

/* --- the beginning of a line --- */

static size_t blanks(struct str s, size_t at) {
    while (at < s.len && (s.p[at] == ' ' || s.p[at] == '\t'))
        at++;
    return at;
}

/* `---`, `* * *`: at least three of one mark and nothing else. */
static bool is_rule(struct str line) {
    size_t n = 0;

    if (line.len == 0 || str_find(STR("-*_"), line.p[0]) == STR_NONE)
        return false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.p[i] == line.p[0])
            n++;
        else if (line.p[i] != ' ' && line.p[i] != '\t')
            return false;
    }
    return n >= 3;
}

/* The line below a heading. */
static bool is_underline(struct str line) {
    struct str s = str_rtrim(line);
    size_t n = 0;

    while (n < s.len && s.p[n] == '=')
        n++;
    return n >= 2 && n == s.len;
}

static bool is_fence(struct str line) {
    struct str s = str_skip(line, blanks(line, 0));

    return str_starts(s, STR("```")) || str_starts(s, STR("~~~"));
}

/* Length of `- `, `1. ` and the blanks behind, 0 for none. */
static size_t list_mark(struct str s) {
    size_t at = 0;

    while (at < s.len && ascii_digit((unsigned char)s.p[at]))
        at++;
    if (at > 0 ? at < s.len && s.p[at] == '.'
               : s.len > 0 && str_find(STR("-*+"), s.p[0]) != STR_NONE)
        at++;
    else
        return 0;
    return blanks(s, at) > at ? blanks(s, at) : 0;
}

static size_t quote_mark(struct str s) {
    if (s.len == 0 || s.p[0] != '>')
        return 0;
    return s.len > 1 && s.p[1] == ' ' ? 2 : 1;
}

static size_t heading_mark(struct str s) {
    size_t n = 0;

    while (n < s.len && s.p[n] == '#')
        n++;
    if (n == 0 || n > 6)
        return 0;
    return n == s.len ? n : blanks(s, n) > n ? blanks(s, n) : 0;
}

/* The `#`s that close a heading. */
static struct str without_closing(struct str s) {
    struct str t = str_rtrim(s);
    size_t n = t.len;

    while (n > 0 && t.p[n - 1] == '#')
        n--;
    return n < t.len && n > 0 && t.p[n - 1] == ' '
               ? str_rtrim(str_slice(t, 0, n))
               : s;
}

/* The indentation of a list stays, that of a quote and a heading goes. */
static struct str without_block_marks(struct buf *out, struct str line) {
    for (;;) {
        size_t indent = blanks(line, 0), n;
        struct str s = str_skip(line, indent);

        if ((n = list_mark(s)) > 0)
            buf_add(out, line.p, indent);
        else if ((n = quote_mark(s)) == 0) {
            n = heading_mark(s);
            return n > 0 ? without_closing(str_skip(s, n)) : line;
        }
        line = str_skip(s, n);
    }
}

/* --- links --- */

/* Where a byte stands next: looked for once, however often it is asked for. */
struct next {
    char c;
    size_t at; /* STR_NONE: nowhere */
};

struct line {
    struct str s;
    struct next bracket, paren, angle;
};

static size_t next_at(const struct line *l, struct next *n, size_t from) {
    if (n->at != STR_NONE && n->at < from) {
        size_t hit = str_find(str_skip(l->s, from), n->c);

        n->at = hit == STR_NONE ? STR_NONE : from + hit;
    }
    return n->at;
}

static struct line line_of(struct str s) {
    return (struct line){s,
                         {']', str_find(s, ']')},
                         {')', str_find(s, ')')},
                         {'>', str_find(s, '>')}};
}

static bool stands_at(struct str s, size_t at, struct str what) {
    return str_starts(str_skip(s, at), what);
}

/* `[[note]]`, `[[note|text]]` at `at`: what it shows; 0 where it is none. */
static size_t wiki_link(struct line *l, size_t at, struct str *text) {
    size_t close;

    if (!stands_at(l->s, at, STR("[[")))
        return 0;
    close = next_at(l, &l->bracket, at + 2);
    if (close == STR_NONE || !stands_at(l->s, close, STR("]]")))
        return 0;
    *text = str_slice(l->s, at + 2, close);
    if (str_find(*text, '|') != STR_NONE)
        *text = str_after(*text, '|');
    return close + 2 - at;
}

/* `[text](url)`, `[text][name]` and the note `[^1]`, which shows nothing. */
static size_t inline_link(struct line *l, size_t at, struct str *text) {
    size_t close = next_at(l, &l->bracket, at + 1), end;

    if (close == STR_NONE)
        return 0;
    *text = str_slice(l->s, at + 1, close);
    if (text->len > 1 && text->p[0] == '^') {
        *text = STR("");
        return close + 1 - at;
    }
    if (stands_at(l->s, close + 1, STR("(")))
        end = next_at(l, &l->paren, close + 2);
    else if (stands_at(l->s, close + 1, STR("[")))
        end = next_at(l, &l->bracket, close + 2);
    else
        return 0;
    return end == STR_NONE ? 0 : end + 1 - at;
}

static size_t tag(struct line *l, size_t at) {
    size_t end = next_at(l, &l->angle, at + 1);

    return end == STR_NONE ? 0 : end + 1 - at;
}

static bool is_escape(struct str s, size_t at) {
    return s.p[at] == '\\' && at + 1 < s.len &&
           ascii_punct((unsigned char)s.p[at + 1]);
}

/* The line without links, images, notes and tags. */
static void add_links_as_text(struct buf *out, struct str s) {
    struct line l = line_of(s);

    for (size_t at = 0; at < s.len;) {
        size_t mark = s.p[at] == '!' && at + 1 < s.len && s.p[at + 1] == '[';
        struct str text = STR("");
        size_t n = 0;

        if (is_escape(s, at)) {
            buf_add(out, s.p + at, 2);
            at += 2;
            continue;
        }
        if (s.p[at + mark] == '[') {
            n = wiki_link(&l, at + mark, &text);
            if (n == 0)
                n = inline_link(&l, at + mark, &text);
        } else if (s.p[at] == '<')
            n = tag(&l, at);
        if (n > 0) {
            buf_add_str(out, text);
            at += mark + n;
        } else
            buf_add_ch(out, s.p[at++]);
    }
}

/* --- emphasis --- */

#define LONGEST_RUN 4

/* A run of one mark. */
struct run {
    char mark;
    size_t at, len;
};

/* The last run that may open, for each mark and length; STR_NONE for none. */
struct openers {
    size_t at[4][LONGEST_RUN + 1];
};

static size_t mark_index(char c) {
    return str_find(STR("*_`~"), c);
}

static bool is_word(struct str s, size_t at) {
    unsigned char c = (unsigned char)s.p[at];

    return ascii_alnum(c) || c == '_' || c >= 0x80;
}

static bool may_open(struct str s, const struct run *r) {
    size_t end = r->at + r->len;

    if (end == s.len || ascii_space((unsigned char)s.p[end]))
        return false;
    return r->mark != '_' || r->at == 0 || !is_word(s, r->at - 1);
}

static bool may_close(struct str s, const struct run *r) {
    size_t end = r->at + r->len;

    if (r->at == 0 || ascii_space((unsigned char)s.p[r->at - 1]))
        return false;
    return r->mark != '_' || end == s.len || !is_word(s, end);
}

/* Runs between a pair cannot end behind it. */
static void forget_after(struct openers *o, size_t at) {
    for (size_t m = 0; m < 4; m++)
        for (size_t len = 1; len <= LONGEST_RUN; len++)
            if (o->at[m][len] != STR_NONE && o->at[m][len] >= at)
                o->at[m][len] = STR_NONE;
}

/* Marks the bytes of both runs in `gone` where r closes one that is open. */
static void pair_run(struct str s, const struct run *r, struct openers *o,
                     bool *gone) {
    size_t *open = &o->at[mark_index(r->mark)][r->len];

    if (*open != STR_NONE && may_close(s, r)) {
        memset(gone + *open, true, r->len);
        memset(gone + r->at, true, r->len);
        forget_after(o, *open);
    } else if (may_open(s, r))
        *open = r->at;
}

static void mark_pairs(struct str s, bool *gone) {
    struct openers open;

    memset(&open, 0xff, sizeof open); /* STR_NONE everywhere */
    for (size_t at = 0; at < s.len;) {
        struct run r = {s.p[at], at, 1};

        if (is_escape(s, at)) {
            gone[at] = true;
            at += 2;
            continue;
        }
        if (mark_index(r.mark) != STR_NONE) {
            while (at + r.len < s.len && s.p[at + r.len] == r.mark)
                r.len++;
            if (r.len <= LONGEST_RUN)
                pair_run(s, &r, &open, gone);
        }
        at += r.len;
    }
}

static void add_without_emphasis(struct buf *out, struct str s) {
    struct arena scratch;
    bool *gone;

    arena_init(&scratch);
    gone = arena_array(&scratch, bool, s.len);
    mark_pairs(s, gone);
    for (size_t i = 0; i < s.len; i++)
        if (!gone[i])
            buf_add_ch(out, s.p[i]);
    arena_release(&scratch);
}

void fn_add_plain(struct buf *out, struct str markdown) {
    struct str rest = markdown, line;
    size_t begin = out->len;
    bool broken = false; /* a line stands before */

    while (str_next_line(&rest, &line)) {
        struct buf text = {0};

        if (is_rule(line) || is_underline(line) || is_fence(line))
            continue;
        if (broken)
            buf_add_ch(out, '\n');
        broken = true;
        line = without_block_marks(out, line);
        add_links_as_text(&text, line);
        add_without_emphasis(out, buf_str(&text));
        buf_release(&text);
    }
    if (out->len > begin && str_ends(markdown, STR("\n")))
        buf_add_ch(out, '\n');
}

/* --- values --- */

/* A line costs something, however short it is. */
static bool add_plain(struct eval *e, struct buf *out, struct str markdown) {
    if (!fn_spend_text(e, markdown.len + 16, 4))
        return false;
    fn_add_plain(out, markdown);
    return true;
}

static bool add_display(struct eval *e, struct buf *out, const struct value *v,
                        int depth);

static bool add_link(struct eval *e, struct buf *out,
                     const struct value_link *l) {
    if (l->has_display && l->display.len > 0)
        return add_plain(e, out, l->display);
    if (!fn_spend_text(e, l->path.len + l->subpath.len, 1))
        return false;
    value_print_link_text(out, &(struct value_link){.kind = l->kind,
                                                    .path = l->path,
                                                    .subpath = l->subpath});
    return true;
}

static bool add_list(struct eval *e, struct buf *out, const struct value *list,
                     int depth) {
    if (depth > VALUE_MAX_DEPTH)
        return eval_error(e, "display(): lists are nested too deep") != NULL;
    for (size_t i = 0; i < list->as.list.len; i++) {
        if (i > 0)
            buf_add_lit(out, ", ");
        if (!eval_spend(e, 2) ||
            !add_display(e, out, list->as.list.items[i], depth + 1))
            return false;
    }
    return true;
}

static bool add_display(struct eval *e, struct buf *out, const struct value *v,
                        int depth) {
    struct str text;

    switch (v->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_TEXT:
        return add_plain(e, out, v->as.text);
    case VALUE_LINK:
        return add_link(e, out, v->as.link);
    case VALUE_LIST:
        return add_list(e, out, v, depth);
    default:
        text = eval_text(e, v);
        if (eval_failed(e) || !fn_spend_text(e, text.len, 1))
            return false;
        utf16_add_str(out, text);
        return true;
    }
}

const struct value *fn_display(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    struct buf out = {0};

    if (nargs != 1)
        return NULL;
    if (!add_display(e, &out, args[0], 0)) {
        buf_release(&out);
        return NULL;
    }
    return fn_made(e, &out);
}
