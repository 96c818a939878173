#include "base/str.h"

#include "base/wide.h"

int str_cmp(struct str a, struct str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_eq_nocase(struct str a, struct str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

bool str_starts_nocase(struct str s, struct str prefix) {
    return s.len >= prefix.len &&
           str_eq_nocase(str_slice(s, 0, prefix.len), prefix);
}

size_t str_find(struct str s, char c) {
    const char *hit = s.len > 0 ? memchr(s.p, c, s.len) : NULL;

    return hit ? (size_t)(hit - s.p) : STR_NONE;
}

size_t str_rfind(struct str s, char c) {
    const char *hit = s.len > 0 ? memrchr(s.p, c, s.len) : NULL;

    return hit ? (size_t)(hit - s.p) : STR_NONE;
}

/* memmem prepares tables, which short needles do not repay. */
enum { SHORT_NEEDLE = 8 };

static const char *find_short(const char *p, const char *end,
                              struct str needle) {
    for (; (size_t)(end - p) >= needle.len; p++) {
        p = memchr(p, needle.p[0], (size_t)(end - p) - needle.len + 1);
        if (p == NULL || memcmp(p, needle.p, needle.len) == 0)
            return p;
    }
    return NULL;
}

size_t str_find_str(struct str s, struct str needle, size_t from) {
    const char *hit;

    if (from > s.len)
        return STR_NONE;
    if (needle.len == 0)
        return from;
    if (needle.len > s.len - from) /* memmem takes no NULL */
        return STR_NONE;
    if (needle.len <= SHORT_NEEDLE)
        hit = find_short(s.p + from, s.p + s.len, needle);
    else
        hit = memmem(s.p + from, s.len - from, needle.p, needle.len);
    return hit != NULL ? (size_t)(hit - s.p) : STR_NONE;
}

struct str str_until(struct str s, char c) {
    return str_slice(s, 0, str_find(s, c));
}

struct str str_after(struct str s, char c) {
    size_t at = str_find(s, c);

    return str_skip(s, at == STR_NONE ? s.len : at + 1);
}

static bool trimmed(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

size_t str_skip_spaced(struct str s, size_t at) {
    bool blank = true; /* whether one stands before `at` */

#ifdef __SSE2__
    for (; s.len - at >= 16; at += 16) {
        __m128i v = wide_load(s.p + at);
        unsigned stop = wide_bits(wide_among(v, '\t', 5)); /* \t to \r */
        unsigned blanks = wide_bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));

        stop |= blanks & (blanks << 1 | blank);
        if (stop != 0)
            return at + (size_t)__builtin_ctz(stop);
        blank = blanks >> 15 != 0;
    }
#endif
    for (; at < s.len; at++) {
        unsigned char c = (unsigned char)s.p[at];

        if (c <= ' ' && ascii_space(c) && (c != ' ' || blank))
            break;
        blank = c == ' ';
    }
    return at;
}

size_t str_put_spaced(char *p, size_t len, struct str s) {
    size_t at = 0;

    while (at < s.len) {
        size_t end = str_skip_spaced(s, at);

        memmove(p + len, s.p + at, end - at);
        len += end - at;
        if (end < s.len && len > 0 && p[len - 1] != ' ')
            p[len++] = ' ';
        for (at = end; at < s.len && ascii_space((unsigned char)s.p[at]);)
            at++;
    }
    return len;
}

bool str_is_spaced(struct str s) {
    return s.len == 0 ||
           (s.p[s.len - 1] != ' ' && str_skip_spaced(s, 0) == s.len);
}

struct str str_rtrim(struct str s) {
    while (s.len > 0 && trimmed(s.p[s.len - 1]))
        s.len--;
    return s;
}

struct str str_trim(struct str s) {
    size_t from = 0;

    while (from < s.len && trimmed(s.p[from]))
        from++;
    return str_rtrim(str_skip(s, from));
}

bool str_next_line(struct str *rest, struct str *line) {
    if (rest->len == 0)
        return false;
    *line = str_until(*rest, '\n');
    *rest = str_skip(*rest, line->len + 1);
    if (line->len > 0 && line->p[line->len - 1] == '\r')
        line->len--;
    return true;
}

struct str str_basename(struct str path) {
    size_t slash = str_rfind(path, '/');

    return slash == STR_NONE ? path : str_skip(path, slash + 1);
}

struct str str_dirname(struct str path) {
    size_t slash = str_rfind(path, '/');

    return str_slice(path, 0, slash == STR_NONE ? 0 : slash);
}

struct str str_extension(struct str path) {
    struct str name = str_basename(path);
    size_t dot = str_rfind(name, '.');

    return str_skip(name, dot == STR_NONE || dot == 0 ? name.len : dot + 1);
}
