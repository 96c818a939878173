#include "value/scan.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/unicode.h"
#include "base/utf16.h"

bool scan_word(struct scan *s, struct str word) {
    if (!str_starts(scan_rest(s), word))
        return false;
    s->at += word.len;
    return true;
}

static size_t count_digits(struct str s, size_t from, size_t max) {
    size_t n = 0;

    while (n < max && from + n < s.len &&
           ascii_digit((unsigned char)s.p[from + n]))
        n++;
    return n;
}

bool scan_digits(struct scan *s, size_t min, size_t max, int64_t *out) {
    size_t n = count_digits(s->text, s->at, max);
    int64_t number = 0;

    if (n < min)
        return false;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + (s->text.p[s->at + i] - '0');
    s->at += n;
    *out = number;
    return true;
}

bool scan_number(struct scan *s, double *out) {
    size_t begin = s->at, at = begin, n;
    struct buf text = {0};

    if (scan_peek(s) == '-')
        at++;
    n = count_digits(s->text, at, SIZE_MAX);
    if (n == 0)
        return false;
    at += n;
    if (at < s->text.len && s->text.p[at] == '.') {
        n = count_digits(s->text, at + 1, SIZE_MAX);
        if (n > 0)
            at += n + 1;
    }
    buf_add_str(&text, str_slice(s->text, begin, at));
    *out = strtod(buf_cstr(&text), NULL);
    buf_release(&text);
    s->at = at;
    return true;
}

void scan_space(struct scan *s) {
    uint32_t code;
    size_t len;

    while (s->at < s->text.len) {
        len = utf8_decode(s->text, s->at, &code);
        if (!utf16_is_space(code))
            break;
        s->at += len;
    }
}
