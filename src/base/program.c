#include "base/program.h"

#include <unistd.h>

#include "base/buf.h"

/* NULL: it may not be used so. */
static const char *usable(struct arena *a, struct str folder, const char *where,
                          int mode) {
    struct buf path = {0};
    const char *found;

    buf_printf(&path, "%.*s/%s", STR_ARG(folder), where);
    found = arena_cstr(a, buf_str(&path));
    buf_release(&path);
    return access(found, mode) == 0 ? found : NULL;
}

const char *program_file(struct arena *a, const char *beside,
                         const char *installed, int mode) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self);

    if (n <= 0 || (size_t)n == sizeof self)
        return NULL;
    struct str folder = str_dirname(str_make(self, (size_t)n));
    const char *found = usable(a, folder, beside, mode);
    return found ? found : usable(a, folder, installed, mode);
}
