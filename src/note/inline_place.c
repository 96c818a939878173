#include "note/inline_place.h"

#include <limits.h>
#include <string.h>

#include <cmark-gfm/chunk.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include "base/unicode.h"
#include "note/markdown.h"

int inline_comment_end(const struct inline_place *p, int at) {
    int begin = at;

    if (at >= p->parse->no_percents || inline_run_len(p, at, '%') != 2)
        return 0;
    for (at += 2; at < p->len;) {
        const char *hit = memchr(p->text + at, '%', (size_t)(p->len - at));
        if (hit == NULL)
            break;
        at = (int)(hit - p->text);
        int run = inline_run_len(p, at, '%');
        at += run;
        if (run == 2)
            return at;
    }
    p->parse->no_percents = begin;
    return 0;
}

int inline_display_math_end(const struct inline_place *p, int at) {
    int begin = at;

    if (at >= p->parse->no_dollars)
        return 0;
    for (at += 2; at + 1 < p->len; at++) {
        if (p->text[at] == '\\')
            at++;
        else if (p->text[at] == '$' && p->text[at + 1] == '$')
            return at + 2;
    }
    p->parse->no_dollars = begin;
    return 0;
}

int inline_math_end(const struct inline_place *p, int at) {
    int begin = at++;

    if (at >= p->len || ascii_space((unsigned char)p->text[at]) ||
        begin >= p->parse->no_dollar)
        return 0;
    for (; at < p->len; at++) {
        char next = at + 1 < p->len ? p->text[at + 1] : ' ';
        if (p->text[at] == '\\') {
            at++;
        } else if (p->text[at] == '$') {
            if (next == '$')
                at++;
            else if (at > begin + 1 &&
                     !ascii_space((unsigned char)p->text[at - 1]) &&
                     !ascii_digit((unsigned char)next))
                return at + 1;
        }
    }
    p->parse->no_dollar = begin;
    return 0;
}

/* The offset behind the code span that begins at `at` with `run` backticks, 0 where
 * none does. */
static int code_end(const struct inline_place *p, int at, int run) {
    for (at += run; at < p->len;) {
        const char *hit = memchr(p->text + at, '`', (size_t)(p->len - at));
        if (hit == NULL)
            return 0;
        at = (int)(hit - p->text);
        int closing = inline_run_len(p, at, '`');
        at += closing;
        if (closing == run)
            return at;
    }
    return 0;
}

bool inline_is_spent(const struct inline_place *p, int steps) {
    if (p->len > INT_MAX / 32)
        return true;
    p->parse->no_bracket += steps;
    return p->parse->no_bracket > 16 * p->len;
}

int inline_opaque_end(const struct inline_place *p, int at) {
    char c = p->text[at];
    int run, end;

    if (c != '`' && c != '%' && c != '$')
        return at;
    run = inline_run_len(p, at, c);
    if (c == '`')
        end = code_end(p, at, run);
    else if (c == '%')
        end = inline_comment_end(p, at);
    else
        end =
            run == 1 ? inline_math_end(p, at) : inline_display_math_end(p, at);
    if (end > 0)
        inline_is_spent(p, end - at);
    else if (c == '`') /* the others remember that there is none */
        inline_is_spent(p, p->len - at);
    if (c != '%' && end > 0 &&
        memmem(p->text + at, (size_t)(end - at), "^[", 2) != NULL)
        end = 0;
    return end > 0 ? end : at + run;
}

int inline_field_end(const struct inline_place *p, int from, char open,
                     char close) {
    int depth = 1;

    for (int at = from; at < p->len && p->text[at] != '\n'; at++) {
        char c = mask_original(p->text[at]);
        int comment = c == '%' ? inline_comment_end(p, at) : 0;
        if (inline_is_spent(p, comment > 0 ? comment - at : 1))
            return 0;
        if (comment > 0 &&
            memchr(p->text + at, '\n', (size_t)(comment - at)) != NULL)
            return 0;
        if (comment > 0)
            at = comment - 1;
        else if (c == '\\')
            at++;
        else if (c == open)
            depth++;
        else if (c == close && --depth == 0)
            return at;
    }
    return 0;
}

int inline_url_end(const struct inline_place *p, int begin, int end) {
    int open = 0, closed = 0;

    for (int i = begin; i < end; i++) {
        open += p->text[i] == '(';
        closed += p->text[i] == ')';
    }
    while (end > begin) {
        char c = p->text[end - 1];
        if (c == ')') {
            if (closed <= open)
                break;
            closed--;
        } else if (c == '\0' || strchr("?!.,:;*_~'\"]}|", c) == NULL) {
            break;
        }
        end--;
    }
    return end;
}
