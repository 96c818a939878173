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

/* True when the old file, of `disk_size` bytes, has the hash and size of the new one,
 * by the manifest or, where that is not believed, by its contents. */
static bool old_file_is(const struct entry *entry, uint64_t disk_size) {
    uint64_t old_hash = entry->old_hash, old_size = entry->old_size;

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
    return entry->hash == old_hash && entry->size == old_size &&
           entry->size == disk_size;
}

/* True, with hash and size set, when the old file holds the source's bytes. */
static bool asset_unchanged(struct entry *entry, int source,
                            uint64_t disk_size) {
    struct stat st;

    return fstat(source, &st) == 0 && (uint64_t)st.st_size == disk_size &&
           copy_hashing(source, -1, &entry->hash, &entry->size) == COPY_DONE &&
           old_file_is(entry, disk_size);
}

/* What was written for the entry goes. */
static void remove_written(struct emit *e, const struct entry *entry) {
    const struct folder *folder = entry_tmp_folder(e, entry);
    struct tmp_name tmp = entry_tmp_name(entry);
    int fd = folder_open(folder);

    if (fd >= 0)
        unlinkat(fd, entry->state == ENTRY_PLACED ? entry->name : tmp.z, 0);
    folder_close(folder, fd);
}

/* The source could not be read to its end. */
static void drop(struct emit *e, struct entry *entry) {
    remove_written(e, entry);
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

/* --- in pieces --- */

void emit_stream_open(struct emit_stream *s, struct emit *e, struct str path) {
    *s = (struct emit_stream){.emit = e, .entry = start(e, path), .fd = -1};
    if (s->entry == NULL)
        return;
    s->existed = look_at_old(e, s->entry, &s->old_size);
    if (s->entry->state != ENTRY_FOREIGN && !emit_failed(e))
        s->fd = create(e, s->entry);
    if (s->fd < 0)
        s->entry = NULL;
}

/* Writes and hashes the first `len` bytes, by pieces as copy_hashing does. */
static void write_pieces(struct emit_stream *s, size_t len) {
    struct str left = str_slice(buf_str(&s->bytes), 0, len);

    while (left.len > 0 && !emit_failed(s->emit)) {
        struct str piece = str_slice(left, 0, CHUNK);

        s->entry->hash = hash_join(s->entry->hash, piece);
        s->entry->size += piece.len;
        if (!write_all(s->fd, piece))
            emit_fail(s->emit, errno, "write", s->entry->path);
        left = str_skip(left, piece.len);
    }
}

void emit_stream_flush(struct emit_stream *s) {
    size_t len = s->bytes.len;
    size_t whole = len == 0 ? 0 : (len - 1) / CHUNK * CHUNK;

    if (s->entry != NULL)
        write_pieces(s, whole);
    s->bytes.len -= whole;
    if (whole > 0 && s->bytes.len > 0)
        memmove(s->bytes.p, s->bytes.p + whole, s->bytes.len);
}

void emit_stream_close(struct emit_stream *s) {
    if (s->entry != NULL) {
        write_pieces(s, s->bytes.len);
        if (close(s->fd) != 0 && errno != EINTR)
            emit_fail(s->emit, errno, "write", s->entry->path);
        if (s->existed && !emit_failed(s->emit) &&
            old_file_is(s->entry, s->old_size)) {
            remove_written(s->emit, s->entry);
            s->entry->state = ENTRY_UNCHANGED;
        }
    }
    buf_release(&s->bytes);
}
