/*
 * manifest: the text of OUT/.vaultsite-manifest.
 *
 *     vaultsite-manifest 1
 *     digest 0123456789abcdef0123456789abcdef
 *     5f1a…16 hex digits…  20613 people/vipin-example.html
 *
 * Sorted by path; the only files a later build may replace or remove.  Sixteen
 * `-` in place of the hash: a build was at work on that file, so it may be
 * absent, old, new, or (where it was new) incomplete.  `digest -` while a build
 * is at work.  Text only: reading and writing the file is emit.c's.
 */
#ifndef VAULTSITE_EMIT_MANIFEST_H
#define VAULTSITE_EMIT_MANIFEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"

struct manifest_line {
    struct str path;
    uint64_t hash, size; /* of the contents; 0 where not known */
    bool known;
};

struct manifest {
    bool finished;               /* has a digest: the build came to its end */
    uint64_t digest[2];          /* of everything the build read */
    struct manifest_line *lines; /* sorted by path, each path once */
    size_t len;
};

/* Reads `text`, which must outlive the result; the lines are in `a`. Returns 0,
 * or the 1-based number of the first line that is not as above (unsafe paths
 * and wrong order are such, too). */
size_t manifest_parse(struct manifest *m, struct arena *a, struct str text);
/* `digest` NULL: a build is at work. */
void manifest_add_head(struct buf *out, const uint64_t digest[2]);
void manifest_add_line(struct buf *out, const struct manifest_line *line);

#endif
