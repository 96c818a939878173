#include "base/name_key.h"

#include "base/unicode.h"

/* Most names. */
static struct str ascii_key(struct arena *a, struct str s) {
    char *out = arena_alloc(a, s.len + 1, 1);
    size_t len = 0;
    bool blank = false;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (ascii_space(c)) {
            blank = len > 0;
            continue;
        }
        if (blank)
            out[len++] = ' ';
        blank = false;
        out[len++] = (char)(c | (unsigned)((unsigned char)(c - 'A') < 26) << 5);
    }
    return str_make(out, len);
}

struct str name_key(struct arena *a, struct str s) {
    struct str fold;
    char *out;
    size_t len = 0;
    bool blank = false;

    if (utf8_all_ascii(s))
        return ascii_key(a, s);
    fold = unicode_fold(a, s);
    out = arena_alloc(a, fold.len + 1, 1);
    for (size_t i = 0; i < fold.len;) {
        uint32_t code;
        size_t n = utf8_decode(fold, i, &code);

        if (code < 0x80 ? ascii_space((unsigned char)code)
                        : unicode_class(code) == UNICODE_SPACE) {
            blank = len > 0;
        } else {
            if (blank)
                out[len++] = ' ';
            blank = false;
            if (code == 0x2019 || code == 0x02BC)
                out[len++] = '\'';
            else if (code == 0x2010 || code == 0x2011)
                out[len++] = '-';
            else if (n == 1)
                out[len++] = fold.p[i];
            else
                for (size_t k = 0; k < n; k++)
                    out[len++] = fold.p[i + k];
        }
        i += n;
    }
    return str_make(out, len);
}
