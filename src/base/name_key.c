#include "base/name_key.h"

#include "base/unicode.h"

/* Where ASCII without white space but single blanks ends that begins at `at`. */
static size_t spaced_end(struct str s, size_t at) {
    return str_skip_spaced(str_slice(s, 0, utf8_skip_ascii(s, at)), at);
}

/* Of what is folded. */
static struct str collapsed(struct arena *a, struct str fold) {
    char *out = arena_alloc(a, fold.len + 1, 1);
    size_t len = 0;
    bool blank = false;

    for (size_t i = 0; i < fold.len;) {
        size_t end = spaced_end(fold, i);
        uint32_t code;
        size_t n;

        if (end > i) { /* most bytes */
            if (blank)
                out[len++] = ' ';
            memcpy(out + len, fold.p + i, end - i);
            len += end - i;
            blank = out[len - 1] == ' ';
            len -= blank;
            i = end;
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

struct str name_key_of_spaced(struct arena *a, struct str s) {
    return utf8_all_ascii(s) ? unicode_fold_ascii(a, s)
                             : collapsed(a, unicode_fold(a, s));
}

struct str name_key(struct arena *a, struct str s) {
    if (!utf8_all_ascii(s))
        return collapsed(a, unicode_fold(a, s));
    s = unicode_fold_ascii(a, s);
    return str_is_spaced(s) ? s : collapsed(a, s); /* most are */
}
