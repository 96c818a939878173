#include "vault/repair_edit.h"
#include "vault/vault.h"

/* Runs of backticks longer than this are text, as in cmark. */
#define MAX_TICKS 80

/* A fenced block that is open. */
struct fence {
    char mark; /* '`' or '~'; 0: none is open */
    size_t len;
    unsigned quotes; /* depth of the quote that holds it */
    bool is_text;    /* a query: no code in this sense */
};

struct leaving {
    struct repair_edit *edits; /* those still to come */
    size_t nedits;
    struct str text;
    struct fence fence;
};

/* Takes blanks and the marks of quotes off the line; returns how many. */
static unsigned strip_quotes(struct str *line) {
    unsigned quotes = 0;

    while (line->len > 0 &&
           (ascii_space((unsigned char)line->p[0]) || line->p[0] == '>')) {
        quotes += line->p[0] == '>';
        *line = str_skip(*line, 1);
    }
    return quotes;
}

/* Takes the marks of list items off the line. */
static void strip_markers(struct str *line) {
    for (;;) {
        size_t n = 0;

        while (n < line->len && ascii_digit((unsigned char)line->p[n]))
            n++;
        if (n < line->len && memchr(n > 0 ? ".)" : "-+", line->p[n], 2))
            n++;
        else if (n == 0 && line->len > 0 && line->p[0] == '*')
            n++;
        else
            return;
        if (n == line->len || line->p[n] != ' ')
            return;
        *line = str_skip(*line, n);
        strip_quotes(line);
    }
}

static size_t run_of(struct str s, char c) {
    size_t n = 0;

    while (n < s.len && s.p[n] == c)
        n++;
    return n;
}

static bool is_query(struct str info) {
    static const struct str words[] = {
        STR_INIT("dataview"), STR_INIT("dataviewjs"), STR_INIT("tasks"),
        STR_INIT("base"), STR_INIT("bases")};
    size_t n = 0;

    while (n < info.len && !ascii_space((unsigned char)info.p[n]))
        n++;
    info = str_slice(info, 0, n);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq_nocase(info, words[i]))
            return true;
    return false;
}

/* Whether a fence opens with this line, which has `quotes` marks before it. */
static bool opens_fence(struct fence *f, struct str line, unsigned quotes) {
    char mark;
    size_t len;

    strip_markers(&line);
    mark = line.len > 0 ? line.p[0] : 0;
    len = run_of(line, mark);
    if ((mark != '`' && mark != '~') || len < 3)
        return false;
    line = str_trim(str_skip(line, len));
    if (mark == '`' && str_find(line, '`') != STR_NONE)
        return false;
    *f = (struct fence){mark, len, quotes, is_query(line)};
    return true;
}

static bool closes_fence(const struct fence *f, struct str line) {
    size_t len = run_of(line, f->mark);

    return len >= f->len && str_trim(str_skip(line, len)).len == 0;
}

/* Passes over the edits before `end`, which are in code or not. */
static void pass(struct leaving *l, size_t end, bool in_code) {
    for (; l->nedits > 0 && l->edits->begin < end; l->edits++, l->nedits--) {
        if (!in_code)
            continue;
        l->edits->in_code = true;
        l->edits->replaced = false;
    }
}

/* The place behind the run of `n` backticks after `at`, or STR_NONE. */
static size_t closing_run(struct str text, size_t at, size_t end, size_t n) {
    while (at < end) {
        const char *found = memchr(text.p + at, '`', end - at);
        size_t len;

        if (found == NULL)
            return STR_NONE;
        at = (size_t)(found - text.p);
        len = run_of(str_slice(text, at, end), '`');
        at += len;
        if (len == n)
            return at;
    }
    return STR_NONE;
}

/* The line [at, end) has edits. A length for which no closing run was found is
 * not looked for again, so a line costs at most MAX_TICKS passes. */
static void pass_line(struct leaving *l, size_t at, size_t end) {
    bool unclosed[MAX_TICKS + 1] = {false};

    while (at < end && l->nedits > 0 && l->edits->begin < end) {
        const char *found = memchr(l->text.p + at, '`', end - at);
        size_t open, len, close = STR_NONE;

        if (found == NULL)
            break;
        open = (size_t)(found - l->text.p);
        len = run_of(str_slice(l->text, open, end), '`');
        at = open + len;
        if (len <= MAX_TICKS && !unclosed[len] &&
            !(open > 0 && found[-1] == '\\')) {
            close = closing_run(l->text, at, end, len);
            unclosed[len] = close == STR_NONE;
        }
        if (close == STR_NONE)
            continue;
        pass(l, open, false);
        pass(l, close, true);
        at = close;
    }
    pass(l, end, false);
}

static void take_line(struct leaving *l, size_t at, size_t end) {
    struct str line = str_slice(l->text, at, end);
    unsigned quotes = strip_quotes(&line);
    struct fence *f = &l->fence;

    if (f->mark != 0 && quotes >= f->quotes) {
        pass(l, end, !f->is_text);
        if (closes_fence(f, line))
            f->mark = 0;
        return;
    }
    f->mark = 0;
    if (opens_fence(f, line, quotes))
        pass(l, end, false);
    else if (l->nedits > 0 && l->edits->begin < end)
        pass_line(l, at, end);
}

void repair_leave_code(struct repair_edits *edits, struct str text) {
    struct leaving l = {
        .edits = edits->list.items, .nedits = edits->list.len, .text = text};
    size_t at = text_front_len(text);

    pass(&l, at, false); /* properties */
    while (at < text.len && l.nedits > 0) {
        const char *found = memchr(text.p + at, '\n', text.len - at);
        size_t end = found != NULL ? (size_t)(found - text.p) : text.len;

        take_line(&l, at, end);
        at = end + 1;
    }
}
