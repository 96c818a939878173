/*
 * killer: ends a program at its Kth change to the file system.
 *
 * For kill.py, through LD_PRELOAD.  KILLER_PROGRAM names the program (its
 * children have other names and run on), KILLER_AT is K: that call does not
 * happen, or, when it is a write, only half of it does, and the process gets
 * SIGKILL.  KILLER_COUNT is a file that takes the number of calls of a run that
 * came to its end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;
static long kill_at;

static int concerned(void) {
    const char *program = getenv("KILLER_PROGRAM");

    return program && strcmp(program, program_invocation_short_name) == 0;
}

__attribute__((constructor)) static void start(void) {
    const char *at = getenv("KILLER_AT");

    if (at && concerned())
        kill_at = strtol(at, NULL, 10);
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("KILLER_COUNT");
    char text[32];
    int fd;

    if (!path || !concerned())
        return;
    fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC,
                      0666);
    snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
    syscall(SYS_write, fd, text, strlen(text));
    syscall(SYS_close, fd);
}

static int last_call(void) {
    return atomic_fetch_add(&calls, 1) + 1 == kill_at;
}

static void step(void) {
    if (last_call())
        kill(getpid(), SIGKILL);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN_AT(name)                                                          \
    int name(int at, const char *path, int flags, ...) {                       \
        mode_t mode = 0;                                                       \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        if (flags & O_CREAT)                                                   \
            mode = va_arg(rest, mode_t);                                       \
        va_end(rest);                                                          \
        if (flags & O_CREAT)                                                   \
            step();                                                            \
        return (int)syscall(SYS_openat, at, path, flags, mode);                \
    }
OPEN_AT(openat)
OPEN_AT(openat64)

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...) {                               \
        mode_t mode = 0;                                                       \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        if (flags & O_CREAT)                                                   \
            mode = va_arg(rest, mode_t);                                       \
        va_end(rest);                                                          \
        if (flags & O_CREAT)                                                   \
            step();                                                            \
        return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);          \
    }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *bytes, size_t len) {
    struct stat st;

    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && last_call()) {
        syscall(SYS_write, fd, bytes, len / 2);
        kill(getpid(), SIGKILL);
    }
    return syscall(SYS_write, fd, bytes, len);
}

int renameat2(int from, const char *old, int to, const char *new,
              unsigned flags) {
    step();
    return NEXT(renameat2)(from, old, to, new, flags);
}

int renameat(int from, const char *old, int to, const char *new) {
    step();
    return NEXT(renameat)(from, old, to, new);
}

int rename(const char *old, const char *new) {
    step();
    return NEXT(rename)(old, new);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    step();
    return NEXT(linkat)(from, old, to, new, flags);
}

int unlinkat(int at, const char *path, int flags) {
    step();
    return NEXT(unlinkat)(at, path, flags);
}

int unlink(const char *path) {
    step();
    return NEXT(unlink)(path);
}

int mkdirat(int at, const char *path, mode_t mode) {
    step();
    return NEXT(mkdirat)(at, path, mode);
}

int mkdir(const char *path, mode_t mode) {
    step();
    return NEXT(mkdir)(path, mode);
}

int ftruncate(int fd, off_t len) {
    step();
    return NEXT(ftruncate)(fd, len);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at,
                        size_t len, unsigned flags) {
    step();
    return NEXT(copy_file_range)(from, from_at, to, to_at, len, flags);
}
