#include "query/dataview/folders.h"

static struct folder_pages *folder_of(struct map *m, struct str name) {
    void **slot = map_slot_borrowed(m, name);

    if (*slot == NULL)
        *slot = arena_new(m->arena, struct folder_pages);
    return *slot;
}

/* On disk the pages of a folder stand together in the vault's order. */
static void add_on_disk(struct folders *f, const struct vault *v,
                        const uint32_t *page) {
    struct str folder = str_dirname(v->files[*page].path);

    for (; folder.len > 0; folder = str_dirname(folder)) {
        struct folder_pages *p = folder_of(&f->on_disk, folder);

        if (p->pages == NULL)
            p->pages = page;
        p->n = (size_t)(page - p->pages) + 1;
    }
}

/* Folders with one name may lie anywhere: counted first, then filled. */
static void add_shown(struct folders *f, const struct vault *v,
                      const uint32_t *pages, size_t n, bool fill) {
    for (size_t i = 0; i < n; i++) {
        struct str folder = str_dirname(vault_shown(&v->files[pages[i]]));

        for (; folder.len > 0; folder = str_dirname(folder)) {
            struct folder_pages *p = folder_of(&f->shown, folder);

            if (!fill) {
                p->n++;
                continue;
            }
            if (p->pages == NULL) {
                p->pages = arena_array(f->shown.arena, uint32_t, p->n);
                p->n = 0;
            }
            ((uint32_t *)p->pages)[p->n++] = pages[i];
        }
    }
}

void folders_make(struct folders *f, struct arena *a, const struct vault *v,
                  const uint32_t *pages, size_t n) {
    bool differ = false;

    map_init(&f->on_disk, a);
    map_init(&f->shown, a);
    for (size_t i = 0; i < n; i++) {
        differ |= v->files[pages[i]].shown.len > 0;
        add_on_disk(f, v, &pages[i]);
    }
    if (!differ)
        return;
    add_shown(f, v, pages, n, false);
    add_shown(f, v, pages, n, true);
}

const struct folder_pages *folders_find(const struct folders *f,
                                        struct str name) {
    const struct folder_pages *shown = map_get(&f->shown, name);

    return shown != NULL ? shown : map_get(&f->on_disk, name);
}
