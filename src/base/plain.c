#include "base/plain.h"

void plain_add_line(struct buf *out, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '\n' || c == '\t')
            buf_add_ch(out, ' ');
        else if (c == 0xc2 && i + 1 < s.len && (unsigned char)s.p[i + 1] < 0xa0)
            i++; /* U+0080 to U+009F */
        else if (c >= 0x20 && c != 0x7f)
            buf_add_ch(out, (char)c);
    }
}

void plain_add_lines(struct buf *out, struct str s) {
    struct str line;

    while (str_next_line(&s, &line)) {
        plain_add_line(out, line);
        buf_add_ch(out, '\n');
    }
}

void plain_add_csv(struct buf *out, struct str s) {
    if (str_find(s, ',') == STR_NONE && str_find(s, '"') == STR_NONE) {
        plain_add_line(out, s);
        return;
    }
    buf_add_ch(out, '"');
    for (;;) {
        struct str part = str_until(s, '"');

        plain_add_line(out, part);
        if (part.len == s.len)
            break;
        buf_add_lit(out, "\"\"");
        s = str_skip(s, part.len + 1);
    }
    buf_add_ch(out, '"');
}
