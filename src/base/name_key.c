#include "base/name_key.h"

#include "base/unicode.h"

struct str name_key(struct arena *a, struct str s) {
    struct str fold;
    char *out;
    size_t len = 0;
    bool blank = false;

    fold = unicode_fold(a, s);
    if (utf8_all_ascii(s) && str_is_spaced(s)) /* most names */
        return fold;
    out = arena_alloc(a, fold.len + 1, 1);
    for (size_t i = 0; i < fold.len;) {
        unsigned char c = (unsigned char)fold.p[i];
        uint32_t code;
        size_t n;

        if (c > ' ' && c < 0x80) { /* most bytes */
            if (blank)
                out[len++] = ' ';
            blank = false;
            out[len++] = fold.p[i++];
            continue;
        }
        n = utf8_decode(fold, i, &code);
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
