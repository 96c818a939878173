#include "note/embed.h"

static const struct extension_row {
    struct str extension;
    enum embed_kind kind;
} rows[] = {
    {STR_INIT("avif"), EMBED_IMAGE},    {STR_INIT("bmp"), EMBED_IMAGE},
    {STR_INIT("gif"), EMBED_IMAGE},     {STR_INIT("jpeg"), EMBED_IMAGE},
    {STR_INIT("jpg"), EMBED_IMAGE},     {STR_INIT("png"), EMBED_IMAGE},
    {STR_INIT("svg"), EMBED_IMAGE},     {STR_INIT("webp"), EMBED_IMAGE},
    {STR_INIT("flac"), EMBED_AUDIO},    {STR_INIT("m4a"), EMBED_AUDIO},
    {STR_INIT("mp3"), EMBED_AUDIO},     {STR_INIT("ogg"), EMBED_AUDIO},
    {STR_INIT("wav"), EMBED_AUDIO},     {STR_INIT("3gp"), EMBED_AUDIO},
    {STR_INIT("mkv"), EMBED_VIDEO},     {STR_INIT("mov"), EMBED_VIDEO},
    {STR_INIT("mp4"), EMBED_VIDEO},     {STR_INIT("ogv"), EMBED_VIDEO},
    {STR_INIT("webm"), EMBED_VIDEO},    {STR_INIT("pdf"), EMBED_PDF},
    {STR_INIT("canvas"), EMBED_CANVAS}, {STR_INIT("base"), EMBED_BASE},
};

enum embed_kind embed_kind_of(struct str target) {
    struct str extension = str_extension(target);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_eq_nocase(rows[i].extension, extension))
            return rows[i].kind;
    return EMBED_NOTE;
}

bool embed_is_working(enum embed_kind kind) {
    return kind == EMBED_CANVAS || kind == EMBED_BASE;
}

bool embed_is_block(enum embed_kind kind) {
    return kind == EMBED_NOTE || embed_is_working(kind);
}

/* At most five digits: no picture is wider. */
static bool scan_number(struct str *s, uint32_t *out) {
    size_t n = 0;

    *out = 0;
    while (n < s->len && ascii_digit((unsigned char)s->p[n]) && n < 6)
        *out = *out * 10 + (uint32_t)(s->p[n++] - '0');
    *s = str_skip(*s, n);
    return n > 0 && n < 6;
}

static bool scan_size(struct str s, uint32_t *width, uint32_t *height) {
    *height = 0;
    if (!scan_number(&s, width))
        return false;
    if (s.len == 0)
        return true;
    if (s.p[0] != 'x')
        return false;
    s = str_skip(s, 1);
    return scan_number(&s, height) && s.len == 0;
}

void embed_split_size(struct str text, struct embed *e) {
    size_t bar = str_rfind(text, '|');
    struct str last =
        str_trim(bar == STR_NONE ? text : str_skip(text, bar + 1));
    uint32_t width, height;

    e->alt = str_trim(text);
    if (!scan_size(last, &width, &height))
        return;
    e->alt = bar == STR_NONE ? STR("") : str_trim(str_slice(text, 0, bar));
    e->width = width;
    e->height = height;
}
