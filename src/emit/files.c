#include "emit/state.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

#define CHUNK 65536

bool write_all(int fd, struct str bytes) {
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.p, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes = str_skip(bytes, (size_t)n);
    }
    return true;
}

/* A whole CHUNK unless the file ends; -1 with errno. */
static ssize_t read_chunk(int fd, char *chunk, uint64_t at) {
    size_t len = 0;

    while (len < CHUNK) {
        ssize_t n = pread(fd, chunk + len, CHUNK - len, (off_t)(at + len));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

static bool contents_equal(int fd, struct str bytes) {
    char chunk[CHUNK];
    uint64_t at = 0;

    for (;;) {
        ssize_t n = read_chunk(fd, chunk, at);
        if (n < 0 ||
            !str_eq(str_make(chunk, (size_t)n), str_slice(bytes, 0, (size_t)n)))
            return false;
        bytes = str_skip(bytes, (size_t)n);
        if (n < CHUNK)
            return bytes.len == 0;
        at += CHUNK;
    }
}

/* What became of reading a source and writing it elsewhere. */
enum copy_outcome { COPY_DONE, COPY_UNREADABLE, COPY_UNWRITABLE };

/*
 * Hash and length of a file's contents, which are written to `to` on the way
 * unless that is -1.  Reading them for the hash makes copy_file_range, a second
 * reading inside the kernel, the slower way.
 */
static enum copy_outcome copy_hashing(int from, int to, uint64_t *hash,
                                      uint64_t *size) {
    char chunk[CHUNK];

    *hash = 0;
    *size = 0;
    for (;;) {
        ssize_t n = read_chunk(from, chunk, *size);
        struct str piece;
        if (n < 0)
            return COPY_UNREADABLE;
        piece = str_make(chunk, (size_t)n);
        *hash = hash_join(*hash, piece);
        *size += piece.len;
        if (to >= 0 && !write_all(to, piece))
            return COPY_UNWRITABLE;
        if (n < CHUNK)
            return COPY_DONE;
    }
}

/* The announced entry whose bytes have come, or NULL when they are not needed. */
static struct entry *start(struct emit *e, struct str path) {
    struct entry *entry;

    if (emit_failed(e))
        return NULL;
    entry = emit_find(e, path);
    assert(entry && entry->wanted);
    if (entry->state == ENTRY_FOREIGN)
        return NULL;
    assert(entry->state == ENTRY_PENDING);
    return entry;
}

/* Sets `existed`, and the state where the place is taken by something else than
 * a file; true with the size when an old file of ours is there. */
static bool look_at_old(struct emit *e, struct entry *entry, uint64_t *size) {
    struct stat st;
    int fd, found, why;

    if (!entry->old || entry->late)
        return false;
    fd = folder_open(entry->folder);
    found = fd < 0 ? -1 : fstatat(fd, entry->name, &st, AT_SYMLINK_NOFOLLOW);
    why = errno;
    folder_close(entry->folder, fd);
    if (found != 0 && why == ENOTDIR)
        entry->state = ENTRY_FOREIGN;
    else if (found != 0 && why != ENOENT)
        emit_fail(e, why, "look at", entry->path);
    if (found != 0)
        return false;
    if (!S_ISREG(st.st_mode)) {
        entry->state = ENTRY_FOREIGN;
        return false;
    }
    entry->existed = true;
    *size = (uint64_t)st.st_size;
    return true;
}

static int open_old(const struct entry *entry) {
    int folder = folder_open(entry->folder);
    int fd = folder < 0 ? -1
                        : openat(folder, entry->name,
                                 O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    folder_close(entry->folder, folder);
    return fd;
}

static bool old_file_equals(const struct entry *entry, struct str bytes) {
    int fd = open_old(entry);
    bool same = fd >= 0 && contents_equal(fd, bytes);

    if (fd >= 0)
        close(fd);
    return same;
}

/* Opens the file that takes the bytes: the file itself where there was no site,
 * else a temporary. -1 when there is nothing to be written. */
static int create(struct emit *e, struct entry *entry) {
    bool in_place = e->fresh && !entry->late;
    const struct folder *folder = entry_tmp_folder(e, entry);
    struct tmp_name tmp = entry_tmp_name(entry);
    int at = folder_open(folder);
    int fd = at < 0 ? -1
                    : openat(at, in_place ? entry->name : tmp.z,
                             O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC |
                                 (in_place ? O_EXCL : O_TRUNC),
                             0666);
    int why = errno;

    folder_close(folder, at);
    if (fd >= 0)
        entry->state = in_place ? ENTRY_PLACED : ENTRY_STAGED;
    else if ((in_place && why == EEXIST) || (at < 0 && why == ENOTDIR))
        entry->state = ENTRY_FOREIGN;
    else
        emit_fail(e, why, "write", entry->path);
    return fd;
}

void emit_file(struct emit *e, struct str path, struct str bytes) {
    struct entry *entry = start(e, path);
    uint64_t size;
    int fd;
    bool good;

    if (!entry)
        return;
    entry->hash = hash_bytes(bytes);
    entry->size = bytes.len;
    if (look_at_old(e, entry, &size) && size == entry->size &&
        (entry->old_known
             ? entry->old_size == size && entry->old_hash == entry->hash
             : old_file_equals(entry, bytes))) {
        entry->state = ENTRY_UNCHANGED;
        return;
    }
    if (entry->state == ENTRY_FOREIGN || emit_failed(e))
        return;
    fd = create(e, entry);
    if (fd < 0)
        return;
    good = write_all(fd, bytes);
    if (!good)
        emit_fail(e, errno, "write", path);
    /* Some file systems report a full disk only here. */
    if (close(fd) != 0 && errno != EINTR)
        emit_fail(e, errno, "write", path);
}

/* True, with hash and size set, when the old file holds the source's bytes. */
static bool asset_unchanged(struct entry *entry, int source,
                            uint64_t disk_size) {
    uint64_t old_hash = entry->old_hash, old_size = entry->old_size;
    struct stat st;

    if (fstat(source, &st) != 0 || (uint64_t)st.st_size != disk_size)
        return false;
    if (!entry->old_known) {
        int fd = open_old(entry);
        enum copy_outcome read =
            fd < 0 ? COPY_UNREADABLE
                   : copy_hashing(fd, -1, &old_hash, &old_size);
        if (fd >= 0)
            close(fd);
        if (read != COPY_DONE)
            return false;
    }
    return copy_hashing(source, -1, &entry->hash, &entry->size) == COPY_DONE &&
           entry->hash == old_hash && entry->size == old_size &&
           entry->size == disk_size;
}

/* The source could not be read to its end: what was written of it goes. */
static void drop(struct emit *e, struct entry *entry) {
    const struct folder *folder = entry_tmp_folder(e, entry);
    struct tmp_name tmp = entry_tmp_name(entry);
    int fd = folder_open(folder);

    if (fd >= 0)
        unlinkat(fd, entry->state == ENTRY_PLACED ? entry->name : tmp.z, 0);
    folder_close(folder, fd);
    entry->state = ENTRY_PENDING;
    entry->wanted = false;
}

bool emit_asset(struct emit *e, struct str path, int source) {
    struct entry *entry = start(e, path);
    enum copy_outcome outcome;
    uint64_t size;
    int fd, why;

    if (!entry)
        return true;
    entry->asset = true;
    if (look_at_old(e, entry, &size) && asset_unchanged(entry, source, size)) {
        entry->state = ENTRY_UNCHANGED;
        return true;
    }
    if (entry->state == ENTRY_FOREIGN || emit_failed(e))
        return true;
    fd = create(e, entry);
    if (fd < 0)
        return true;
    outcome = copy_hashing(source, fd, &entry->hash, &entry->size);
    why = errno;
    if (outcome == COPY_UNWRITABLE)
        emit_fail(e, why, "write", path);
    if (close(fd) != 0 && errno != EINTR)
        emit_fail(e, errno, "write", path);
    if (outcome != COPY_UNREADABLE)
        return true;
    drop(e, entry);
    errno = why;
    return false;
}
