/*
 * urls: addresses below OUT, and who owns which.
 *
 * One table knows every path that the site will write (decisions.md 9): pages,
 * attachments, assets of the theme, files of the root.  Paths are compared
 * folded, so that they stay apart on a case-insensitive share, and a file is
 * never in the way of a folder.  Nothing here knows what a page is.
 */
#ifndef VAULTSITE_SITE_URLS_H
#define VAULTSITE_SITE_URLS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"

/* Bytes of one component, and of a whole path, before a hash shortens them. */
#define URL_MAX_COMPONENT 100
#define URL_MAX_PATH 900

struct owned {
    struct arena *arena;    /* of the paths that are returned */
    struct arena *keys;     /* of the table itself */
    struct map paths;       /* folded path -> file or folder */
    struct str last_folder; /* known to be free to write in */
};

/* Paths that are made are in `a`; the table is in `keys`. */
void owned_init(struct owned *o, struct arena *a, struct arena *keys);
/* Claims the file `path`, which must outlive the table. False, and nothing
 * changes, when it or a folder on the way is taken by something else. */
bool owned_claim(struct owned *o, struct str path);
/* True when owned_claim would succeed. */
bool owned_free(const struct owned *o, struct str path);
/*
 * Claims `folder` + `stem` + `extension` (with its dot), else, `*collided` set,
 * the first of `stem-HASH…` that is free; HASH is of `identity`. `folder` is ""
 * or ends in '/'. Returns the path, in the arena for paths.
 */
struct str owned_claim_name(struct owned *o, struct str folder, struct str stem,
                            struct str extension, struct str identity,
                            bool *collided);
/* The same for a folder of pages: the path returned ends in '/'. */
struct str owned_claim_folder(struct owned *o, struct str parent,
                              struct str stem, struct str identity,
                              bool *collided);

/*
 * One component of an address (decisions.md 9): the slug of `name`; a name that
 * Windows keeps for a device, or one that is too long, gets a hash of
 * `identity`.
 */
struct str url_component(struct arena *a, struct str name, struct str identity);
/* `stem-HASH`: six hex digits of the hash of `identity`, more in later rounds. */
struct str url_suffixed(struct arena *a, struct str stem, struct str identity,
                        unsigned round);
/* True for the names at the root that generated files have or may have. */
bool url_reserved(struct str stem);

/*
 * The address of `to` as written on the page `from`, both below OUT and percent-
 * encoded. `to` equal to `from` gives its last component.
 */
void url_add_relative(struct buf *out, struct str from, struct str to);

#endif
