/*
 * vanish: takes a file away in the moment in which a program opens it to read.
 *
 * For trouble.py, through LD_PRELOAD.  VANISH is the last component of the
 * file's path.  What only looks (O_PATH, stat) still finds it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int openat(int folder, const char *path, int flags, ...) {
    int (*next)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
    const char *name = getenv("VANISH"), *slash = strrchr(path, '/');
    unsigned mode = 0;
    va_list args;

    va_start(args, flags);
    if (flags & O_CREAT)
        mode = va_arg(args, unsigned);
    va_end(args);
    if (name && (flags & (O_PATH | O_CREAT)) == 0 &&
        strcmp(slash ? slash + 1 : path, name) == 0)
        unlinkat(folder, path, flags & O_DIRECTORY ? AT_REMOVEDIR : 0);
    return next(folder, path, flags, mode);
}
