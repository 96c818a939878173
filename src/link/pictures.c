#include "link/pictures.h"

#include "note/embed.h"

bool picture_is_url(struct str value) {
    return str_starts_nocase(value, STR("https://")) ||
           str_starts_nocase(value, STR("http://"));
}

/* The file that the value names, or LINKED_NONE. */
static uint32_t find(const struct linked *l, const struct note *n,
                     struct arena *scratch) {
    struct str value = n->front.picture, path;
    bool is_link = str_starts(value, STR("[[")) && str_ends(value, STR("]]"));
    struct target t;

    if (is_link)
        value = str_trim(str_until(str_slice(value, 2, value.len - 2), '|'));
    path = str_starts(value, STR("/")) ? str_skip(value, 1) : value;
    if (path.len == 0 || embed_kind_of(path) != EMBED_IMAGE)
        return LINKED_NONE;
    t = linked_resolve(l, n->index, value, STR(""), scratch);
    if (t.outcome != LINK_FILE ||
        (!is_link && !str_eq(l->vault->files[t.file].path, path)))
        return LINKED_NONE;
    return t.file;
}

void pictures_build(struct linked *l, struct arena *a, struct diags *d) {
    size_t nfiles = l->vault->nfiles;
    uint32_t *pictures;
    struct arena scratch;

    if (l->vault->settings->base_url.len == 0)
        return;
    pictures = arena_array(a, uint32_t, nfiles);
    arena_init(&scratch);
    for (size_t i = 0; i < nfiles; i++) {
        const struct note *n = l->notes[i];

        pictures[i] = LINKED_NONE;
        if (n == NULL || n->front.picture.len == 0 ||
            picture_is_url(n->front.picture))
            continue;
        pictures[i] = find(l, n, &scratch);
        if (pictures[i] == LINKED_NONE && !n->file->is_template)
            diag_add(d, DIAG_PROPERTY_VALUE, n->file->path,
                     n->front.picture_line, n->front.picture_column,
                     "no image called \"%.*s\"", STR_ARG(n->front.picture));
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    l->pictures = pictures;
}
