#include "emit/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders beyond this many are opened anew for each file. */
#define FOLDERS_HELD 256

#define PATH_LIMIT 4000
#define NAME_LIMIT 255

bool folder_path_ok(struct str path) {
    struct str rest = path;

    if (path.len == 0 || path.len > PATH_LIMIT)
        return false;
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c < 0x20 || c == 0x7f)
            return false;
    }
    for (;;) {
        struct str name = str_until(rest, '/');
        if (name.len == 0 || name.len > NAME_LIMIT || str_eq(name, STR(".")) ||
            str_eq(name, STR("..")) || str_starts(name, STR(".vaultsite-")))
            return false;
        if (name.len == rest.len)
            return true;
        rest = str_skip(rest, name.len + 1);
    }
}

/* A quarter of the descriptors there may be: threads need theirs. */
static size_t room_for_held(void) {
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
        limit.rlim_cur / 4 > FOLDERS_HELD)
        return FOLDERS_HELD;
    return (size_t)(limit.rlim_cur / 4);
}

void folders_init(struct folders *f, struct arena *a, int root_fd) {
    struct folder *root = arena_new(a, struct folder);

    *f = (struct folders){.arena = a, .room = room_for_held()};
    map_init(&f->index, a);
    *root = (struct folder){
        .path = STR(""), .name = "", .state = FOLDER_THERE, .fd = root_fd};
    vec_push(&f->list, root);
}

void folders_release(struct folders *f) {
    for (size_t i = 1; i < f->list.len; i++)
        if (f->list.items[i]->fd >= 0)
            close(f->list.items[i]->fd);
    vec_release(&f->list);
}

static struct folder *add_child(struct folders *f, struct folder *parent,
                                struct str path) {
    struct folder *folder = arena_new(f->arena, struct folder);
    const char *kept = arena_cstr(f->arena, path);

    folder->path = str_make(kept, path.len);
    folder->name = str_basename(folder->path).p;
    folder->parent = parent;
    folder->fd = -1;
    *map_slot_borrowed(&f->index, folder->path) = folder;
    vec_push(&f->list, folder);
    return folder;
}

struct folder *folders_add(struct folders *f, struct str path) {
    struct str known = path;
    struct folder *at = f->list.items[0];

    while (known.len > 0) {
        struct folder *hit = map_get(&f->index, known);
        if (hit) {
            at = hit;
            break;
        }
        known = str_dirname(known);
    }
    while (at->path.len < path.len) {
        size_t from = at->path.len > 0 ? at->path.len + 1 : 0;
        size_t len = str_until(str_skip(path, from), '/').len;
        at = add_child(f, at, str_slice(path, 0, from + len));
    }
    return at;
}

int folder_open(const struct folder *folder) {
    const struct folder *up = folder;
    int fd;

    if (folder->state != FOLDER_THERE) {
        errno = folder->state == FOLDER_BLOCKED ? ENOTDIR : ENOENT;
        return -1;
    }
    while (up->fd < 0)
        up = up->parent;
    fd = up->fd;
    while (up != folder) {
        const struct folder *child = folder;
        int below;
        while (child->parent != up)
            child = child->parent;
        below = openat(fd, child->name,
                       O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd != up->fd) {
            int kept = errno;
            close(fd);
            errno = kept;
        }
        if (below < 0)
            return -1;
        fd = below;
        up = child;
    }
    return fd;
}

void folder_close(const struct folder *folder, int fd) {
    if (fd >= 0 && fd != folder->fd)
        close(fd);
}

static void block(struct folder *folder, const struct folder *at) {
    folder->state = FOLDER_BLOCKED;
    folder->blocked_at = at;
}

static bool is_spared(const struct folders *f, int fd) {
    struct stat st;

    return f->spared.known && fstat(fd, &st) == 0 &&
           st.st_ino == f->spared.inode && st.st_dev == f->spared.device;
}

/* Opens a folder whose parent is there, and holds it while there is room. */
static bool look_below(struct folders *f, struct folder *folder) {
    int parent = folder_open(folder->parent);
    int fd, kept;

    if (parent < 0)
        return false;
    fd = openat(parent, folder->name,
                O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    kept = errno;
    folder_close(folder->parent, parent);
    if (fd < 0 && kept == ENOENT) {
        folder->state = FOLDER_ABSENT;
        return true;
    }
    if (fd < 0 && (kept == ENOTDIR || kept == ELOOP)) {
        block(folder, folder);
        return true;
    }
    if (fd < 0) {
        errno = kept;
        return false;
    }
    if (is_spared(f, fd)) {
        close(fd);
        block(folder, folder);
        return true;
    }
    folder->state = FOLDER_THERE;
    if (f->held < f->room) {
        folder->fd = fd;
        f->held++;
    } else {
        close(fd);
    }
    return true;
}

bool folders_look(struct folders *f) {
    for (size_t i = 1; i < f->list.len; i++) {
        struct folder *folder = f->list.items[i];
        if (folder->state != FOLDER_UNKNOWN)
            continue;
        if (folder->parent->state == FOLDER_ABSENT)
            folder->state = FOLDER_ABSENT;
        else if (folder->parent->state == FOLDER_BLOCKED)
            block(folder, folder->parent->blocked_at);
        else if (!look_below(f, folder))
            return false;
    }
    return true;
}

bool folder_make(struct folders *f, struct folder *folder) {
    while (folder->state == FOLDER_ABSENT) {
        struct folder *top = folder;
        int parent, failed;
        while (top->parent->state == FOLDER_ABSENT)
            top = top->parent;
        parent = folder_open(top->parent);
        if (parent < 0)
            return false;
        failed = mkdirat(parent, top->name, 0777) != 0 ? errno : 0;
        folder_close(top->parent, parent);
        if (failed && failed != EEXIST) {
            errno = failed;
            return false;
        }
        /* EEXIST: made by somebody meanwhile; it may be no folder. */
        top->made = !failed;
        if (!look_below(f, top))
            return false;
        if (top->state != FOLDER_THERE)
            return true;
    }
    return true;
}
