#include "vault/open.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_plain_name(struct str name) {
    return name.len > 0 && !str_eq(name, STR(".")) &&
           !str_eq(name, STR("..")) && str_find(name, '\0') == STR_NONE;
}

/* One component, relative to `fd`. */
static int open_name(int fd, struct str name, int flags) {
    char z[NAME_MAX + 1];

    if (!is_plain_name(name)) {
        errno = EINVAL;
        return -1;
    }
    if (name.len > NAME_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(z, name.p, name.len);
    z[name.len] = '\0';
    return openat(fd, z, flags | O_NOFOLLOW | O_CLOEXEC);
}

static void close_quietly(int fd) {
    int saved = errno;
    close(fd);
    errno = saved;
}

int open_beneath(int root_fd, struct str path, int flags) {
    int fd = root_fd;

    for (;;) {
        size_t slash = str_find(path, '/');
        bool last = slash == STR_NONE;
        int next = last ? open_name(fd, path, flags)
                        : open_name(fd, str_slice(path, 0, slash),
                                    O_PATH | O_DIRECTORY);
        if (fd != root_fd)
            close_quietly(fd);
        if (last || next < 0)
            return next;
        fd = next;
        path = str_skip(path, slash + 1);
    }
}

bool open_append(int fd, size_t limit, struct buf *out) {
    struct stat st;
    size_t before = out->len;

    if (fstat(fd, &st) != 0)
        return false;
    if (!S_ISREG(st.st_mode)) {
        errno = EINVAL;
        return false;
    }
    if ((uint64_t)st.st_size > limit) {
        errno = EFBIG;
        return false;
    }
    /* One byte more than there should be, so that the end shows in one read. */
    size_t room = (size_t)st.st_size + 1;
    for (;;) {
        buf_reserve(out, room);
        ssize_t n = read(fd, out->p + out->len, room);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            out->len = before;
            return false;
        }
        if (n == 0)
            return true;
        out->len += (size_t)n;
        if (out->len - before > limit) {
            out->len = before;
            errno = EFBIG;
            return false;
        }
        room = (size_t)n < room ? room - (size_t)n : 65536;
    }
}

bool open_read(int root_fd, struct str path, size_t limit, struct buf *out) {
    int fd = open_beneath(root_fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return false;
    bool ok = open_append(fd, limit, out);
    close_quietly(fd);
    return ok;
}
