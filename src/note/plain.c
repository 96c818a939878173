#include "note/plain.h"

/* Fails closed: code is not told from text, so what looks like a comment in a
 * code block goes too. */
void plain_strip(struct buf *out, struct str body, bool open_hides) {
    size_t at = 0;

    if (str_find(body, '%') == STR_NONE && str_find(body, '<') == STR_NONE) {
        buf_add_str(out, body);
        return;
    }
    while (at < body.len) {
        size_t i = at;
        struct str close;

        while (
            i < body.len &&
            !(body.p[i] == '%' && i + 1 < body.len && body.p[i + 1] == '%') &&
            !(body.p[i] == '<' && str_starts(str_skip(body, i), STR("<!--"))))
            i++;
        buf_add(out, body.p + at, i - at);
        if (i == body.len)
            return;
        close = body.p[i] == '%' ? STR("%%") : STR("-->");
        at = str_find_str(body, close, i + 2);
        if (at == STR_NONE) {
            if (!open_hides)
                buf_add_str(out, str_skip(body, i));
            return;
        }
        at += close.len;
    }
}
