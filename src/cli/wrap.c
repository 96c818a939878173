#include "cli/wrap.h"

#include "base/unicode.h"

/* Code points in the last line. */
static size_t column(const struct buf *out) {
    struct str all = buf_str(out);
    size_t end = str_rfind(all, '\n');

    return utf8_count(end == STR_NONE ? all : str_skip(all, end + 1));
}

static void pad(struct buf *out, size_t from, size_t to) {
    for (; from < to; from++)
        buf_add_ch(out, ' ');
}

void wrap_text(struct buf *out, struct str text, struct str prefix,
               size_t indent) {
    size_t at = column(out);
    bool first = true; /* of its line */

    pad(out, at, indent);
    at = at < indent ? indent : at;
    while ((text = str_trim(text)).len > 0) {
        struct str word = str_until(text, ' ');
        size_t width = utf8_count(word);

        if (!first && at + 1 + width > WRAP_COLUMNS) {
            buf_add_ch(out, '\n');
            buf_add_str(out, prefix);
            pad(out, utf8_count(prefix), indent);
            at = indent;
            first = true;
        }
        if (!first)
            buf_add_ch(out, ' ');
        buf_add_str(out, word);
        at += width + !first;
        first = false;
        text = str_skip(text, word.len);
    }
    buf_add_ch(out, '\n');
}

void wrap_row(struct buf *out, struct str name, struct str meaning,
              size_t indent) {
    buf_add_lit(out, "  ");
    buf_add_str(out, name);
    if (name.len + 4 > indent)
        buf_add_ch(out, '\n');
    wrap_text(out, meaning, STR(""), indent);
}
