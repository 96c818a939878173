/*
 * folders: which pages lie in a folder and below it.
 *
 * A folder is known by its name on disk and by the name that people see, which
 * is NFC and repaired where the other is damaged text (spec/entities.md §7.2): a
 * note that names a damaged folder is repaired itself, so it has either.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_FOLDERS_H
#define VAULTSITE_QUERY_DATAVIEW_FOLDERS_H

#include "base/map.h"
#include "vault/vault.h"

struct folder_pages {
    const uint32_t *pages; /* indices of files, in vault order */
    size_t n;
};

struct folders {
    struct map on_disk, shown; /* to struct folder_pages */
};

/* Of the files `pages`, which are in vault order and stay where they are. What is
 * made is in `a`. */
void folders_make(struct folders *f, struct arena *a, const struct vault *v,
                  const uint32_t *pages, size_t n);
/*
 * The pages of a folder, or NULL: there is none of that name. By the name that is
 * shown those of all folders that are called so; the root, "", is none.
 */
const struct folder_pages *folders_find(const struct folders *f,
                                        struct str name);

#endif
