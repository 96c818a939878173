#include "link/link.h"

#include "link/backlinks.h"
#include "link/dates.h"
#include "link/pictures.h"
#include "link/resolve.h"
#include "link/tags.h"

static bool is_published(const struct vault_file *f, const struct note *note) {
    if (f->kind == FILE_NOTE)
        return note != NULL;
    return !f->excluded;
}

static const bool *published_files(struct arena *a, const struct vault *v,
                                   const struct note *const *notes) {
    bool *published = arena_array(a, bool, v->nfiles);

    for (size_t i = 0; i < v->nfiles; i++)
        published[i] = is_published(&v->files[i], notes[i]);
    return published;
}

struct linked *link_vault(struct arena *a, const struct vault *v,
                          const struct note *const *notes, unsigned jobs,
                          struct diags *d) {
    struct linked *l = arena_new(a, struct linked);

    l->vault = v;
    l->notes = notes;
    l->names = names_new(a, v);
    l->published = published_files(a, v, notes);
    dates_build(l, a);
    resolve_all(l, a, jobs, d);
    pictures_build(l, a, d);
    backlinks_build(l, a);
    tags_build(l, a);
    return l;
}

struct target linked_resolve(const struct linked *l, uint32_t from,
                             struct str target, struct str subpath,
                             struct arena *scratch) {
    struct name_match match;

    return resolve_target(l, from, target, subpath, scratch, &match);
}
