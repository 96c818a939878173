#include "base/slug.h"

#include "base/unicode.h"

/* How many code points of a text without any letter its slug spells out. */
enum { SPELLED_OUT = 4 };

static bool kept_ascii(unsigned char c) {
    return ascii_alnum(c) || c == '.' || c == '_';
}

/* One '-' between what is kept, however much was dropped or was a '-'. */
static void close_gap(struct buf *out, bool *gap) {
    if (*gap && out->len > 0)
        buf_add_ch(out, '-');
    *gap = false;
}

/*
 * A mark stays only behind what it marks: the variation selector of a dropped
 * emoji would otherwise begin the slug.
 */
static void add_kept(struct buf *out, struct str text) {
    bool gap = false, after_kept = false;

    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t width = utf8_decode(text, at, &code);
        bool keep;

        if (code < 0x80) {
            keep = kept_ascii((unsigned char)code);
        } else {
            enum unicode_class class = unicode_class(code);
            keep = class == UNICODE_LETTER || class == UNICODE_NUMBER ||
                   (class == UNICODE_MARK && after_kept);
        }
        if (keep) {
            close_gap(out, &gap);
            if (code < 0x80)
                buf_add_ch(out, ascii_lower((char)code));
            else
                utf8_encode(out, unicode_lower(code));
        } else {
            gap = true;
        }
        after_kept = keep;
        at += width;
    }
}

static struct str trim_ends(struct str s) {
    while (s.len > 0 && (s.p[0] == '.' || s.p[0] == '-'))
        s = str_skip(s, 1);
    while (s.len > 0 && (s.p[s.len - 1] == '.' || s.p[s.len - 1] == '-'))
        s.len--;
    return s;
}

static void spell_out(struct buf *out, struct str text) {
    buf_add_ch(out, 'u');
    for (size_t at = 0, n = 0; at < text.len && n < SPELLED_OUT; n++) {
        uint32_t code;

        at += utf8_decode(text, at, &code);
        buf_printf(out, "%s%x", n > 0 ? "-" : "", (unsigned)code);
    }
}

struct str slug_make(struct arena *a, struct str text) {
    struct buf out = {0};
    struct str slug;

    text = unicode_nfc(a, text);
    buf_reserve(&out, text.len + 1);
    add_kept(&out, text);
    slug = trim_ends(buf_str(&out));
    if (slug.len == 0) {
        buf_reset(&out);
        spell_out(&out, text);
        slug = buf_str(&out);
    }
    slug = arena_str(a, slug);
    buf_release(&out);
    return slug;
}
