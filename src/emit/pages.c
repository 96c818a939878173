#include "emit/pages.h"

#include "base/json.h"

static void add_member(struct buf *out, struct str key, struct str value) {
    json_add_key(out, key);
    json_add_text(out, value);
    buf_add_ch(out, ',');
}

static void add_row(struct buf *out, const struct pages_row *row) {
    buf_add_ch(out, '{');
    add_member(out, STR("path"), row->path);
    add_member(out, STR("url"), row->url);
    add_member(out, STR("title"), row->title);
    add_member(out, STR("kind"), row->kind);
    json_add_key(out, STR("tags"));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < row->ntags; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        json_add_text(out, row->tags[i]);
    }
    buf_add_lit(out, "]}");
}

void pages_write(const struct pages_row *rows, size_t nrows, struct buf *out) {
    buf_add_ch(out, '[');
    for (size_t i = 0; i < nrows; i++) {
        buf_add_str(out, i > 0 ? STR(",\n") : STR("\n"));
        add_row(out, &rows[i]);
    }
    buf_add_lit(out, "\n]\n");
}
