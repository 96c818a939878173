#include "cli/out_place.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/report.h"

/* A descriptor of OUT's nearest folder that exists; -1 with errno. No ".." may
 * stand in what has yet to be made: it could lead anywhere once that is there. */
static int open_nearest(struct str out) {
    struct buf path = {0};
    size_t len = out.len, end;
    int fd = -1, why = ENOENT;

    while (out.len > 0) {
        buf_reset(&path);
        buf_add_str(&path, len > 0 ? str_slice(out, 0, len) : STR("."));
        fd = open(buf_cstr(&path), O_PATH | O_DIRECTORY | O_CLOEXEC);
        why = errno;
        if (fd >= 0 || why != ENOENT || len == 0)
            break;
        while (len > 0 && out.p[len - 1] == '/')
            len--;
        end = len;
        while (len > 0 && out.p[len - 1] != '/')
            len--;
        if (str_eq(str_slice(out, len, end), STR("..")))
            break;
    }
    buf_release(&path);
    errno = why;
    return fd;
}

/* Whether the folder behind `fd`, which it takes, is the vault or below it; true
 * with errno when that cannot be told, else errno is 0. */
static bool below_vault(const struct run *r, int fd) {
    struct stat vault, at, last = {0};
    bool found = true;

    errno = 0;
    if (fstat(r->vault.root_fd, &vault) != 0 || fstat(fd, &at) != 0) {
        close(fd);
        return true;
    }
    for (;;) {
        int up;
        found = at.st_ino == vault.st_ino && at.st_dev == vault.st_dev;
        if (found || (at.st_ino == last.st_ino && at.st_dev == last.st_dev))
            break;
        last = at;
        up = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        close(fd);
        fd = up;
        if (fd < 0 || fstat(fd, &at) != 0)
            return true;
    }
    close(fd);
    return found;
}

bool out_place_allowed(struct run *r) {
    int fd = open_nearest(str_from(r->o->out));

    if (fd >= 0 && !below_vault(r, fd))
        return true;
    if (fd >= 0 && errno == 0)
        run_error(r,
                  "%s lies in the vault; build beside it (vaultsite build %s "
                  "/tmp/site) and move the site where it belongs",
                  r->o->out, r->o->vault);
    else
        run_error(r, "cannot build into %s: %s",
                  r->o->out[0] != '\0' ? r->o->out : "\"\"", strerror(errno));
    return false;
}
