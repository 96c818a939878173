#include "note/drawing.h"

/* What follows a heading or a line, until the next that changes it. */
enum part {
    PART_NOTE,  /* the author's own text, before the data */
    PART_FRAME, /* headings of the plugin */
    PART_TEXTS, /* what is written on the drawing */
    PART_REST,  /* the data: nothing after it is text */
};

static const struct {
    struct str heading;
    enum part part;
} headings[] = {
    {STR_INIT("Excalidraw Data"), PART_FRAME},
    {STR_INIT("Text Elements"), PART_TEXTS},
    {STR_INIT("Element Links"), PART_REST},
    {STR_INIT("Embedded Files"), PART_REST},
    {STR_INIT("Drawing"), PART_REST},
};

struct scan {
    enum part part;
    bool comment;   /* a `%%` block is open */
    size_t open_at; /* where it, or the last fence, was opened */
    size_t fence_at;
};

bool drawing_is(const struct vault_file *file, const struct frontmatter *f,
                struct str text) {
    static const struct str name = STR_INIT(".excalidraw.md");
    static const struct str key = STR_INIT("excalidraw-plugin");
    struct str path = file->path, line;

    if (path.len > name.len &&
        str_eq_nocase(str_skip(path, path.len - name.len), name))
        return true;
    if (f->valid)
        return frontmatter_property(f, key) != NULL;
    if (!f->unreadable)
        return false;
    text = str_slice(text, 0, 65536);
    while (str_next_line(&text, &line))
        if (str_find_str(line, key, 0) != STR_NONE)
            return true;
    return false;
}

struct str drawing_picture(struct arena *a, struct str path, unsigned which) {
    static const struct str extensions[DRAWING_PICTURES] = {
        STR_INIT(".svg"), STR_INIT(".light.svg"), STR_INIT(".png"),
        STR_INIT(".light.png")};
    struct buf name = {0};
    struct str kept;

    buf_add_str(&name, str_slice(path, 0, path.len - STR(".md").len));
    buf_add_str(&name, extensions[which]);
    kept = arena_str(a, buf_str(&name));
    buf_release(&name);
    return kept;
}

/* The part that a heading of the plugin's begins, else the one it stands in. */
static enum part part_of(struct str line, enum part part) {
    struct str text = line;

    while (text.len > 0 && text.p[0] == '#')
        text = str_skip(text, 1);
    if (line.len - text.len < 1 || line.len - text.len > 2)
        return part;
    for (size_t i = 0; i < ARRAY_LEN(headings); i++)
        if (str_eq_nocase(str_trim(text), headings[i].heading))
            return headings[i].part;
    return part;
}

static bool is_fence(struct str line) {
    return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

/* Data that stands without its headings, as in a damaged note. */
static bool is_payload(struct str line) {
    return (is_fence(line) &&
            str_find_str(line, STR("compressed-json"), 0) != STR_NONE) ||
           (str_find_str(line, STR("\"type\""), 0) != STR_NONE &&
            str_find_str(line, STR("\"excalidraw\""), 0) != STR_NONE);
}

/* "Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu": not for readers. */
static bool is_warning(struct str line) {
    return str_starts(line, STR("==\xe2\x9a\xa0")) &&
           str_find_str(line, STR("EXCALIDRAW VIEW"), 0) != STR_NONE;
}

/* The line at `at` of the body. Returns from where on nothing is text any more,
 * STR_NONE as long as that is not so. */
static size_t scan_line(struct scan *s, struct str line, size_t at) {
    enum part part;

    line = str_trim(line);
    if (str_starts(line, STR("%%")) &&
        str_find_str(line, STR("%%"), 2) == STR_NONE) {
        s->comment = !s->comment;
        s->open_at = at;
        if (s->part != PART_NOTE)
            return at; /* the plugin hides its data in a comment */
    }
    part = part_of(line, s->part);
    if (part != s->part && s->comment)
        return s->open_at;
    s->part = part;
    if (part == PART_REST)
        return at;
    if (is_fence(line))
        s->fence_at = at;
    if (is_payload(line))
        return s->comment                ? s->open_at
               : s->fence_at != STR_NONE ? s->fence_at
                                         : at;
    return STR_NONE;
}

/* Where the text of the note ends. */
static size_t text_end(struct str body) {
    struct scan s = {.fence_at = STR_NONE};
    struct str rest = body, line;
    size_t at = 0, end;

    while (str_next_line(&rest, &line)) {
        end = scan_line(&s, line, at);
        if (end != STR_NONE)
            return end;
        at = body.len - rest.len;
    }
    return body.len;
}

void drawing_text(struct str body, struct buf *out, struct buf *hidden) {
    struct scan s = {.fence_at = STR_NONE};
    size_t end = text_end(body);
    struct str rest = str_slice(body, 0, end), line;

    while (str_next_line(&rest, &line)) {
        enum part before = s.part;
        bool shown;

        scan_line(&s, line, 0);
        shown = s.part == before && s.part != PART_FRAME && !is_warning(line);
        buf_add_str(shown ? out : hidden, line);
        buf_add_ch(out, '\n');
        buf_add_ch(hidden, '\n');
    }
    buf_add_str(hidden, str_skip(body, end));
}
