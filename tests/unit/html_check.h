/*
 * html_check: what holds of every output of the sanitiser, whatever went in.
 *
 * For test_sanitise.c and fuzz_sanitise.c.  Reads only the narrow form in which
 * html/ writes: lower-case tags, one blank before each attribute, double quotes.
 */
#ifndef VAULTSITE_TESTS_HTML_CHECK_H
#define VAULTSITE_TESTS_HTML_CHECK_H

#include "html/allow.h"
#include "html/escape.h"

#define CHECK_DEPTH 1024

static bool check_url(struct str escaped, bool image) {
    struct buf plain = {0};
    bool fine;

    html_unescape(&plain, escaped);
    fine = url_classify(buf_str(&plain), image) != URL_FORBIDDEN;
    buf_release(&plain);
    return fine;
}

/* One attribute at s.p[*at], behind its blank; a message when it is not fine. */
static const char *check_attr(struct str s, size_t *at) {
    size_t from = *at, i = from, end;
    struct str name, value = STR("");

    while (i < s.len && s.p[i] >= 'a' && s.p[i] <= 'z')
        i++;
    name = str_slice(s, from, i);
    if (i + 1 < s.len && s.p[i] == '=' && s.p[i + 1] == '"') {
        end = str_find(str_skip(s, i + 2), '"');
        if (end == STR_NONE)
            return "an open quote";
        value = str_slice(s, i + 2, i + 2 + end);
        i += end + 3;
    }
    *at = i;
    if (str_starts(name, STR("on")) || html_attr_find(name) == HTML_ATTRS)
        return "an attribute that is not allowed";
    if (str_find(value, '<') != STR_NONE || str_find(value, '>') != STR_NONE)
        return "an unescaped value";
    if (str_eq(name, STR("style")) &&
        str_find_str(value, STR("url("), 0) != STR_NONE)
        return "a style with a URL";
    if ((str_eq(name, STR("href")) && !check_url(value, false)) ||
        ((str_eq(name, STR("src")) || str_eq(name, STR("poster"))) &&
         !check_url(value, true)))
        return "a forbidden URL";
    return NULL;
}

/* NULL, or what is wrong with `s`. */
static const char *html_check(struct str s) {
    struct str open[CHECK_DEPTH];
    size_t depth = 0, at = 0;

    while (at < s.len) {
        bool end;
        size_t from;
        struct str name;
        const struct html_element *e;

        if (s.p[at] == '>' || s.p[at] == '"')
            return "unescaped text";
        if (s.p[at++] != '<')
            continue;
        end = at < s.len && s.p[at] == '/';
        at += end;
        from = at;
        while (at < s.len && ascii_alnum((unsigned char)s.p[at]))
            at++;
        name = str_slice(s, from, at);
        e = html_element_find(name);
        if (!e || !html_element_allowed(e))
            return "an element that is not allowed";
        while (!end && at < s.len && s.p[at] == ' ') {
            const char *wrong;

            at++;
            wrong = check_attr(s, &at);
            if (wrong)
                return wrong;
        }
        if (at == s.len || s.p[at++] != '>')
            return "a tag that does not end";
        if (end && (depth == 0 || !str_eq(open[--depth], name)))
            return "an end tag without its start";
        if (!end && !(e->flags & ELEMENT_VOID)) {
            if (depth == CHECK_DEPTH)
                return "too deep";
            open[depth++] = name;
        }
    }
    return depth > 0 ? "an element that is left open" : NULL;
}

#endif
