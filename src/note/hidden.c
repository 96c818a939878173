#include "note/hidden.h"

#include "note/note.h"

static size_t run_len(struct str s, size_t at) {
    size_t n = 1;

    while (at + n < s.len && s.p[at + n] == s.p[at])
        n++;
    return n;
}

/* Behind the next run of `n` times `c` from `at` on, STR_NONE where there is none. */
static size_t behind_run(struct str s, size_t at, char c, size_t n) {
    while (at < s.len) {
        const char *hit = memchr(s.p + at, c, s.len - at);
        size_t found;

        if (hit == NULL)
            break;
        at = (size_t)(hit - s.p);
        found = run_len(s, at);
        at += found;
        if (found == n)
            return at;
    }
    return STR_NONE;
}

/* Behind what closes the comment that opens with `mark`, from `at` on. */
static size_t behind_comment(struct str s, size_t at, char mark) {
    size_t close;

    if (mark == '%')
        return behind_run(s, at, '%', 2);
    close = str_find_str(s, STR("-->"), at);
    return close == STR_NONE ? close : close + 3;
}

/* Where the next mark of a comment stands from `at` on, or the end. */
static size_t next_mark(struct str s, size_t at) {
    while (at < s.len) {
        size_t n = 1, end;

        if (s.p[at] == '\\') {
            n = 2;
        } else if (s.p[at] == '`') {
            n = run_len(s, at);
            end = behind_run(s, at + n, '`', n);
            n = end != STR_NONE ? end - at : n;
        } else if (s.p[at] == '%') {
            n = run_len(s, at);
            if (n == 2)
                return at;
        } else if (str_starts(str_skip(s, at), STR("<!--"))) {
            return at;
        }
        at += n;
    }
    return s.len;
}

static bool may_have(struct str s) {
    return str_find(s, '%') != STR_NONE || str_find(s, '<') != STR_NONE;
}

/* A search for comments, one after the other. What is not closed once, is not closed
 * further on either. */
struct search {
    struct str text;
    size_t at;              /* where it goes on */
    size_t percent, markup; /* the first that is not closed, or STR_NONE */
};

static struct search search_in(struct str text) {
    return (struct search){text, 0, STR_NONE, STR_NONE};
}

/* Finds [*begin, s->at); false: there is no more that is closed in the text. */
static bool next_comment(struct search *s, size_t *begin) {
    while ((*begin = next_mark(s->text, s->at)) < s->text.len) {
        char mark = s->text.p[*begin];
        size_t *open = mark == '%' ? &s->percent : &s->markup;
        size_t inside = *begin + (mark == '%' ? 2 : 4);

        s->at = *open != STR_NONE ? STR_NONE
                                  : behind_comment(s->text, inside, mark);
        if (s->at != STR_NONE)
            return true;
        if (*open == STR_NONE)
            *open = *begin;
        s->at = inside;
    }
    return false;
}

struct str hidden_cut(struct str line, struct str rest) {
    struct search s = search_in(line);
    size_t begin;

    if (rest.len == 0 || !may_have(line))
        return line;
    while (next_comment(&s, &begin))
        ;
    begin = line.len;
    if (s.percent < begin && behind_comment(rest, 0, '%') != STR_NONE)
        begin = s.percent;
    if (s.markup < begin && behind_comment(rest, 0, '<') != STR_NONE)
        begin = s.markup;
    return str_slice(line, 0, begin);
}

struct str hidden_blanked(struct arena *a, struct str line) {
    struct search s = search_in(line);
    size_t begin;
    char *p = NULL;

    if (!may_have(line))
        return line;
    while (next_comment(&s, &begin)) {
        if (p == NULL) {
            p = arena_alloc(a, line.len, 1);
            memcpy(p, line.p, line.len);
        }
        memset(p + begin, ' ', s.at - begin);
    }
    return p != NULL ? str_make(p, line.len) : line;
}

struct str note_line_shown(const struct note *n, uint32_t item,
                           struct str text) {
    uint32_t line = n->items[item].line;

    if (!may_have(text)) /* most */
        return text;
    /* `- [ ] 1. text` is two items, and the inner one goes on. */
    for (; item < n->nitems && n->items[item].line == line; item++)
        text = hidden_cut(text, str_after(n->items[item].source, '\n'));
    return text;
}
