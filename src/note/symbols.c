#include "base/buf.h"
#include "base/unicode.h"
#include "note/note.h"

/* spec/markdown.md §4.1: these count as blanks when headings are matched. */
static bool is_separator(char c) {
    return c != '\0' && strchr("!\"#$%&()*+,.:;<=>?@^`{|}~/[]\\", c) != NULL;
}

struct str heading_key(struct arena *a, struct str text) {
    char *out;
    size_t len = 0;
    bool blank = false;

    text = unicode_fold(a, text); /* first: it makes blanks of other spaces */
    out = arena_alloc(a, text.len + 1, 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.p[i];
        if (ascii_space((unsigned char)c) || is_separator(c)) {
            blank = len > 0;
            continue;
        }
        if (blank)
            out[len++] = ' ';
        blank = false;
        out[len++] = c;
    }
    return str_make(out, len);
}

uint32_t note_find_heading(const struct note *n, struct str subpath,
                           struct arena *scratch) {
    uint32_t found = NOTE_NONE, from = 0;

    while (subpath.len > 0) {
        struct str segment = str_trim(str_until(subpath, '#')), key;
        uint32_t i;

        subpath = str_after(subpath, '#');
        if (segment.len == 0)
            continue; /* `[[Note##H]]` is `[[Note#H]]` (§4.2) */
        key = heading_key(scratch, segment);
        for (i = from; i < n->nheadings; i++) {
            const struct heading *h = &n->headings[i];
            /* Inside the section found so far: before its level comes again. */
            if (found != NOTE_NONE && !h->in_quote &&
                h->level <= n->headings[found].level)
                return NOTE_NONE;
            if (!h->in_quote && str_eq(h->key, key))
                break;
        }
        if (i >= n->nheadings)
            return NOTE_NONE;
        found = i;
        from = i + 1;
    }
    return found;
}

uint32_t note_find_block(const struct note *n, struct str id) {
    for (uint32_t i = 0; i < n->nblocks; i++)
        if (str_eq_nocase(n->blocks[i].id, id))
            return i;
    return NOTE_NONE;
}

struct range note_body(const struct note *n) {
    return (struct range){0, n->body_end, 0, n->body_fixups};
}
