#include "base/str.h"

#include <limits.h>

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

/* memmem prepares tables, which neither a short needle repays nor one that is found, or
 * seen not to be there, where its first byte stands the first few times. */
enum { SHORT_NEEDLE = 8, FEW_TRIES = 4 };

static const char *find_by_byte(const char *p, const char *end,
                                struct str needle) {
    unsigned tries = needle.len > SHORT_NEEDLE ? FEW_TRIES : UINT_MAX;

    for (; (size_t)(end - p) >= needle.len; p++) {
        if (tries-- == 0)
            return memmem(p, (size_t)(end - p), needle.p, needle.len);
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
    hit = find_by_byte(s.p + from, s.p + s.len, needle);
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

#ifdef __SSE2__
/* One bit for each of the sixteen bytes at p that is white space other than a blank, or a
 * blank behind another; so p[-1] is looked at. */
static inline unsigned unspaced(const char *p) {
    __m128i v = wide_load(p), blank = _mm_set1_epi8(' ');
    __m128i second = _mm_and_si128(_mm_cmpeq_epi8(v, blank),
                                   _mm_cmpeq_epi8(wide_load(p - 1), blank));

    return wide_bits(_mm_or_si128(second, wide_among(v, '\t', 5)));
}
#endif

size_t str_skip_spaced(struct str s, size_t at) {
    bool blank = true; /* whether one stands before `at` */

#ifdef __SSE2__
    if (s.len - at > 16 && !ascii_space((unsigned char)s.p[at])) {
        size_t last = s.len - 16;
        unsigned stop;

        /* The last sixteen may be looked at twice. */
        for (at++; at < s.len; at += 16) {
            size_t from = at < last ? at : last;

            if ((stop = unspaced(s.p + from)) != 0)
                return from + (size_t)__builtin_ctz(stop);
        }
        return s.len;
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
