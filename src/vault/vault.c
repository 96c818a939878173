#include "vault/vault.h"

#include <fcntl.h>
#include <unistd.h>

#include "vault/open.h"

bool vault_open(struct vault *v, const char *path) {
    *v = (struct vault){.root = str_from(path)};
    v->root_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return v->root_fd >= 0;
}

void vault_close(struct vault *v) {
    if (v->root_fd >= 0)
        close(v->root_fd);
    v->root_fd = -1;
}

bool vault_read(const struct vault *v, const struct vault_file *f, size_t limit,
                struct buf *out) {
    return open_read(v->root_fd, f->real.len > 0 ? f->real : f->path, limit,
                     out);
}
