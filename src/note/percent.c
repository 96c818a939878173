#include "note/percent.h"

#include "base/unicode.h"

static int hex(char c) {
    if (ascii_digit((unsigned char)c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str percent_decode(struct arena *a, struct str s) {
    char *out;
    size_t len = 0;

    if (str_find(s, '%') == STR_NONE)
        return s;
    out = arena_alloc(a, s.len + 1, 1);
    for (size_t i = 0; i < s.len; i++) {
        int high = -1, low = -1;
        if (s.p[i] == '%' && i + 2 < s.len) {
            high = hex(s.p[i + 1]);
            low = hex(s.p[i + 2]);
        }
        if (high < 0 || low < 0 || high * 16 + low < 0x20 ||
            high * 16 + low == 0x7f) {
            out[len++] = s.p[i];
            continue;
        }
        out[len++] = (char)(high * 16 + low);
        i += 2;
    }
    if (utf8_valid_len(str_make(out, len)) < len)
        return s;
    return str_make(out, len);
}
