/*
 * Fuzzes the sanitiser, style_filter and svg_filter.
 *
 * The first byte says where the block stands (bits 0-2) and whether external images
 * are let through (bit 3); after it 0x01 and 0x02 enter and leave a Markdown
 * element, 0x03 ends a piece, and the rest is raw HTML.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/html_check.h"
#include "html/sanitise.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void write_url(void *context, struct buf *out, enum html_url_use use,
                      struct str attr, struct str value) {
    (void)context;
    (void)use;
    if (url_classify(value, false) != URL_RELATIVE)
        abort();
    html_add_attr(out, attr, value);
}

static void write_id(void *context, struct buf *out, struct str value) {
    (void)context;
    html_add_attr(out, STR("id"), value);
}

static bool allow_external(void *context, struct str value) {
    (void)value;
    return *(unsigned *)context & 8;
}

static void stop(const char *wrong, struct str s) {
    fprintf(stderr, "%s: %.*s\n", wrong, STR_ARG(s));
    abort();
}

#define MAX_OPEN 200

static void feed_all(struct sanitiser *s, struct buf *out, struct str text) {
    bool wrote[MAX_OPEN];
    size_t depth = 0, from = 0;

    for (size_t i = 0; i <= text.len; i++) {
        char c = i < text.len ? text.p[i] : '\x03';

        if (c < '\x01' || c > '\x03')
            continue;
        sanitiser_feed(s, out, str_slice(text, from, i));
        from = i + 1;
        if (c == '\x01' && depth < MAX_OPEN) {
            wrote[depth] = !sanitiser_dropping(s);
            sanitiser_enter(s);
            if (wrote[depth++])
                buf_add_lit(out, "<em>");
        } else if (c == '\x02' && depth > 0) {
            sanitiser_leave(s, out);
            if (wrote[--depth])
                buf_add_lit(out, "</em>");
        }
    }
    while (depth > 0) {
        sanitiser_leave(s, out);
        if (wrote[--depth])
            buf_add_lit(out, "</em>");
    }
    sanitiser_end(s, out);
}

static void try_html(struct str text, unsigned where) {
    struct sanitiser s = {.context = &where,
                          .url = write_url,
                          .id = write_id,
                          .external = allow_external,
                          .inline_only = where & 1,
                          .in_cell = where & 2,
                          .in_link = where & 4};
    struct buf out = {0};
    const char *wrong;

    sanitiser_init(&s);
    feed_all(&s, &out, text);
    wrong = html_check(buf_str(&out));
    if (wrong)
        stop(wrong, buf_str(&out));
    buf_release(&out);
}

/* What was kept is kept again, whole. */
static void try_style(struct str text) {
    struct buf once = {0}, again = {0};

    style_filter(&once, text);
    if (style_filter(&again, buf_str(&once)) ||
        !str_eq(buf_str(&once), buf_str(&again)))
        stop("style changes again", buf_str(&once));
    buf_release(&once);
    buf_release(&again);
}

/* So is SVG, once it is clean. */
static void try_svg(struct str text) {
    struct buf once = {0}, again = {0};
    bool changed;

    if (svg_filter(&once, text, &changed)) {
        if (!svg_filter(&again, buf_str(&once), &changed) || changed)
            stop("SVG changes again", buf_str(&once));
    }
    buf_release(&once);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct str text;

    if (size == 0)
        return 0;
    text = str_make((const char *)bytes + 1, size - 1);
    try_html(text, bytes[0]);
    try_style(text);
    try_svg(text);
    return 0;
}
