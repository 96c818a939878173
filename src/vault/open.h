/*
 * open: files below the vault's folder, without following any link.
 *
 * The walk (walk.c) decides which symbolic links are followed and notes where
 * they lead; everything after it opens that place and nothing else.
 */
#ifndef VAULTSITE_VAULT_OPEN_H
#define VAULTSITE_VAULT_OPEN_H

#include "base/buf.h"

/*
 * A descriptor for `path` below `root_fd`, opened with `flags` (O_NOFOLLOW and
 * O_CLOEXEC are added), or -1 with errno. EINVAL for a path with an empty
 * component, `.`, `..` or a NUL; ELOOP or ENOTDIR where a component is a
 * symbolic link.
 */
int open_beneath(int root_fd, struct str path, int flags);
/* Appends all bytes of the regular file behind `fd` to `out`. False with errno,
 * and `out` as it was: EINVAL for anything but a file, EFBIG past `limit`. */
bool open_append(int fd, size_t limit, struct buf *out);
/* Both in one; never blocks on a FIFO. */
bool open_read(int root_fd, struct str path, size_t limit, struct buf *out);

#endif
