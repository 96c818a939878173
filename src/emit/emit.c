#include "emit/emit.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "emit/state.h"

#define LOCK_NAME ".vaultsite-lock"
#define MANIFEST_NAME ".vaultsite-manifest"
#define MANIFEST_TMP_NAME ".vaultsite-tmp-manifest"

static void say(struct buf *error, const char *doing, struct str out,
                struct str path, int why) {
    char space[128];

    buf_reset(error);
    buf_printf(error, "cannot %s %.*s%s%.*s: %s", doing, STR_ARG(out),
               path.len > 0 ? "/" : "", STR_ARG(path),
               strerror_r(why, space, sizeof space));
}

void emit_fail(struct emit *e, int why, const char *doing, struct str path) {
    if (!atomic_exchange(&e->failed, true))
        say(&e->error, doing, e->out, path, why);
}

static bool fail_with(struct emit *e, const char *sentence, struct str path) {
    if (!atomic_exchange(&e->failed, true)) {
        buf_reset(&e->error);
        buf_printf(&e->error, sentence, STR_ARG(path));
    }
    return false;
}

bool emit_failed(const struct emit *e) {
    return atomic_load_explicit(&e->failed, memory_order_relaxed);
}

bool emit_has_manifest(const struct emit *e) {
    return e->old_text.len > 0;
}

struct str emit_error(const struct emit *e) {
    return buf_str(&e->error);
}

struct tmp_name entry_tmp_name(const struct entry *entry) {
    static const char start[] = ".vaultsite-tmp-";
    struct tmp_name name = {{0}};

    memcpy(name.z, start, sizeof start - 1);
    hash_hex(hash_bytes(entry->path), name.z + sizeof start - 1);
    return name;
}

const struct folder *entry_tmp_folder(const struct emit *e,
                                      const struct entry *entry) {
    return entry->late ? e->folders.list.items[0] : entry->folder;
}

struct entry *emit_find(const struct emit *e, struct str path) {
    size_t from = 0, to = e->nentries;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_cmp(e->entries[middle].path, path);
        if (order == 0)
            return &e->entries[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static bool read_all(int fd, struct buf *out) {
    for (;;) {
        ssize_t n;
        buf_reserve(out, 65536);
        n = read(fd, out->p + out->len, out->cap - out->len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        out->len += (size_t)n;
    }
}

static bool read_manifest(struct emit *e) {
    struct buf text = {0};
    size_t bad = 0;
    bool good;
    int fd = openat(e->out_fd, MANIFEST_NAME,
                    O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

    e->old = (struct manifest){0};
    e->old_text = STR("");
    if (fd < 0 && errno == ENOENT)
        return true;
    good = fd >= 0 && read_all(fd, &text);
    if (!good)
        emit_fail(e, errno, "read", STR(MANIFEST_NAME));
    if (fd >= 0)
        close(fd);
    if (good) {
        e->old_text = arena_str(e->arena, buf_str(&text));
        bad = manifest_parse(&e->old, e->arena, e->old_text);
    }
    buf_release(&text);
    if (bad > 0 && !atomic_exchange(&e->failed, true))
        buf_printf(&e->error,
                   "%.*s/" MANIFEST_NAME " is damaged (line %zu): remove the "
                   "folder, or build into another one",
                   STR_ARG(e->out), bad);
    return good && bad == 0;
}

/* False after emit_fail; without the lock file, and not to create it, true and
 * no lock. */
static bool take_lock(struct emit *e, bool create) {
    e->lock_fd =
        openat(e->out_fd, LOCK_NAME,
               O_RDWR | O_NOFOLLOW | O_CLOEXEC | (create ? O_CREAT : 0), 0666);
    if (e->lock_fd < 0 && errno == ENOENT && !create)
        return true;
    if (e->lock_fd < 0) {
        emit_fail(e, errno, "open", STR(LOCK_NAME));
        return false;
    }
    if (flock(e->lock_fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno == EWOULDBLOCK)
        return fail_with(e, "another build is writing to %.*s", e->out);
    emit_fail(e, errno, "lock", STR(LOCK_NAME));
    return false;
}

/* Opens OUT where it exists, and reads the manifest. */
static bool look(struct emit *e, bool create_lock) {
    e->out_fd = open(e->out.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (e->out_fd < 0 && errno == ENOENT && !create_lock)
        return true;
    if (e->out_fd < 0 && errno == ENOTDIR)
        return fail_with(e, "%.*s is not a folder", e->out);
    if (e->out_fd < 0) {
        emit_fail(e, errno, "open", STR(""));
        return false;
    }
    folders_init(&e->folders, e->arena, e->out_fd);
    e->folders.spared = e->spared;
    return take_lock(e, create_lock) && read_manifest(e);
}

static void close_all(struct emit *e) {
    if (e->out_fd >= 0) {
        folders_release(&e->folders);
        close(e->out_fd);
    }
    if (e->lock_fd >= 0)
        close(e->lock_fd);
    e->out_fd = e->lock_fd = -1;
}

struct emit *emit_open(struct arena *a, const char *out, struct buf *error) {
    struct emit *e = arena_new(a, struct emit);

    e->arena = a;
    e->out = str_make(arena_cstr(a, str_from(out)), strlen(out));
    e->out_fd = e->lock_fd = -1;
    if (look(e, false))
        return e;
    buf_reset(error);
    buf_add_str(error, emit_error(e));
    emit_close(e);
    return NULL;
}

void emit_spare(struct emit *e, int fd) {
    struct stat st;

    if (fstat(fd, &st) != 0)
        return;
    e->spared = (struct folder_id){true, st.st_dev, st.st_ino};
    e->folders.spared = e->spared;
}

void emit_distrust(struct emit *e) {
    e->distrust = true;
}

static bool has_size(const struct folder *folder,
                     const struct manifest_line *line) {
    struct str base = str_basename(line->path);
    char name[256]; /* folder_path_ok has seen to the length */
    struct stat st;
    int fd = folder_open(folder);
    bool same;

    if (fd < 0)
        return false;
    memcpy(name, base.p, base.len);
    name[base.len] = '\0';
    same = fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(st.st_mode) && (uint64_t)st.st_size == line->size;
    folder_close(folder, fd);
    return same;
}

bool emit_up_to_date(struct emit *e, const uint64_t digest[2]) {
    if (e->out_fd < 0 || e->distrust || !e->old.finished ||
        e->old.digest[0] != digest[0] || e->old.digest[1] != digest[1])
        return false;
    for (size_t i = 0; i < e->old.len; i++)
        folders_add(&e->folders, str_dirname(e->old.lines[i].path));
    if (!folders_look(&e->folders))
        return false;
    for (size_t i = 0; i < e->old.len; i++) {
        const struct manifest_line *line = &e->old.lines[i];
        struct folder *folder =
            folders_add(&e->folders, str_dirname(line->path));
        if (!line->known || !has_size(folder, line))
            return false;
    }
    /* A build of other inputs may have been killed at its first step. */
    if (e->lock_fd >= 0)
        unlinkat(e->out_fd, MANIFEST_TMP_NAME, 0);
    return true;
}

static bool make_out(struct emit *e) {
    char *path = arena_cstr(e->arena, e->out);

    for (size_t i = 1; i <= e->out.len; i++) {
        if (i < e->out.len && path[i] != '/')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            emit_fail(e, errno, "create", STR(""));
            return false;
        }
        if (i < e->out.len)
            path[i] = '/';
    }
    return true;
}

static bool own_out(struct emit *e) {
    if (e->lock_fd >= 0)
        return true;
    close_all(e); /* nobody kept other builds away: look again */
    return make_out(e) && look(e, true);
}

static int by_path(const void *a, const void *b) {
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct entry *add_entry(struct emit *e, struct str path) {
    struct entry *entry = &e->entries[e->nentries++];

    entry->path = str_make(arena_cstr(e->arena, path), path.len);
    entry->name = str_basename(entry->path).p;
    entry->folder = folders_add(&e->folders, str_dirname(entry->path));
    return entry;
}

/* Merges the manifest's paths with the announced ones (both sorted). */
static bool add_entries(struct emit *e, const struct str *paths, size_t n) {
    size_t i = 0, j = 0;

    e->entries = arena_array(e->arena, struct entry, e->old.len + n);
    while (i < e->old.len || j < n) {
        int order = i == e->old.len ? 1
                    : j == n        ? -1
                                    : str_cmp(e->old.lines[i].path, paths[j]);
        struct entry *entry =
            add_entry(e, order <= 0 ? e->old.lines[i].path : paths[j]);
        if (order <= 0) {
            const struct manifest_line *line = &e->old.lines[i++];
            entry->old = true;
            entry->old_known = line->known && !e->distrust;
            entry->old_hash = line->hash;
            entry->old_size = line->size;
        }
        if (order >= 0) {
            entry->wanted = true;
            if (!folder_path_ok(paths[j]))
                return fail_with(e, "\"%.*s\" cannot be a path of the site",
                                 paths[j]);
            if (j + 1 < n && str_eq(paths[j], paths[j + 1]))
                return fail_with(e, "two pages have the path %.*s", paths[j]);
            j++;
        }
    }
    return true;
}

static void mark_live(struct emit *e) {
    for (size_t i = 0; i < e->nentries; i++)
        if (e->entries[i].wanted)
            for (struct folder *f = e->entries[i].folder; f && !f->live;
                 f = f->parent)
                f->live = true;
}

/* The place is taken: by something of ours that is about to go, or by somebody
 * else's. */
static void place_taken(struct entry *entry, bool by_ours) {
    if (by_ours)
        entry->late = true;
    else
        entry->state = ENTRY_FOREIGN;
}

/* What stands at the place of a path where nothing of ours should be. */
static bool look_at_place(struct emit *e, struct entry *entry) {
    struct stat st;
    int fd = folder_open(entry->folder), found, why;

    if (fd < 0)
        return false;
    found = fstatat(fd, entry->name, &st, AT_SYMLINK_NOFOLLOW);
    why = errno;
    folder_close(entry->folder, fd);
    if (found == 0)
        place_taken(entry, S_ISDIR(st.st_mode) &&
                               map_get(&e->folders.index, entry->path));
    errno = why;
    return found == 0 || why == ENOENT;
}

static bool look_at_entry(struct emit *e, struct entry *entry) {
    const struct folder *same = map_get(&e->folders.index, entry->path);

    if (entry->wanted && same && same->live)
        return fail_with(e, "%.*s is both a file and a folder", entry->path);
    if (entry->folder->state == FOLDER_BLOCKED && entry->wanted) {
        const struct entry *blocker =
            emit_find(e, entry->folder->blocked_at->path);
        place_taken(entry, blocker && blocker->old);
    } else if (entry->folder->state == FOLDER_BLOCKED) {
        entry->state = ENTRY_GONE;
    } else if (entry->folder->state == FOLDER_THERE && entry->wanted &&
               (!entry->old || (same && same->state == FOLDER_THERE)) &&
               !look_at_place(e, entry)) {
        emit_fail(e, errno, "look at", entry->path);
        return false;
    }
    return true;
}

static bool look_at_entries(struct emit *e) {
    for (size_t i = 0; i < e->nentries; i++)
        if (!look_at_entry(e, &e->entries[i]))
            return false;
    return true;
}

/* Temporaries of a build that was killed. */
static void remove_left_over(struct emit *e) {
    for (size_t i = 0; i < e->nentries; i++) {
        const struct entry *entry = &e->entries[i];
        struct tmp_name name = entry_tmp_name(entry);
        int fd = folder_open(entry->folder);
        if (fd >= 0 && fd != e->out_fd)
            unlinkat(fd, name.z, 0);
        folder_close(entry->folder, fd);
        unlinkat(e->out_fd, name.z, 0);
    }
}

static bool make_folders(struct emit *e) {
    for (size_t i = 0; i < e->folders.list.len; i++) {
        struct folder *folder = e->folders.list.items[i];
        if (folder->live && !folder_make(&e->folders, folder)) {
            emit_fail(e, errno, "create", folder->path);
            return false;
        }
    }
    return true;
}

bool emit_begin(struct emit *e, const struct str *paths, size_t npaths) {
    struct str *sorted = arena_array(e->arena, struct str, npaths);

    assert(!e->begun);
    if (!own_out(e))
        return false;
    if (npaths > 0) {
        memcpy(sorted, paths, npaths * sizeof *paths);
        qsort(sorted, npaths, sizeof *sorted, by_path);
    }
    if (!add_entries(e, sorted, npaths))
        return false;
    mark_live(e);
    e->fresh = e->old.len == 0;
    if (!folders_look(&e->folders)) {
        emit_fail(e, errno, "look into", STR(""));
        return false;
    }
    if (!look_at_entries(e) || !emit_write_manifest(e, NULL))
        return false;
    e->begun = true;
    if (e->old_text.len > 0 && !e->old.finished)
        remove_left_over(e);
    return make_folders(e);
}

static void add_entry_line(struct buf *out, const struct entry *entry,
                           bool at_work) {
    struct manifest_line line = {.path = entry->path};

    switch (entry->state) {
    case ENTRY_UNCHANGED:
    case ENTRY_PLACED:
    case ENTRY_MOVED:
        line.known = true;
        line.hash = entry->hash;
        line.size = entry->size;
        break;
    case ENTRY_STAGED:
        break;
    case ENTRY_PENDING:
        if (!entry->old && !at_work)
            return;
        break;
    case ENTRY_FOREIGN:
    case ENTRY_GONE:
        return;
    }
    manifest_add_line(out, &line);
}

static bool replace_manifest(struct emit *e, struct str text) {
    int fd =
        openat(e->out_fd, MANIFEST_TMP_NAME,
               O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool good = fd >= 0 && write_all(fd, text);

    if (fd >= 0 && close(fd) != 0)
        good = false;
    if (good &&
        renameat(e->out_fd, MANIFEST_TMP_NAME, e->out_fd, MANIFEST_NAME) == 0)
        return true;
    emit_fail(e, errno, "write", STR(MANIFEST_NAME));
    unlinkat(e->out_fd, MANIFEST_TMP_NAME, 0);
    return false;
}

bool emit_write_manifest(struct emit *e, const uint64_t digest[2]) {
    struct buf text = {0};
    bool good;

    manifest_add_head(&text, digest);
    for (size_t i = 0; i < e->nentries; i++)
        add_entry_line(&text, &e->entries[i], !e->begun);
    good = replace_manifest(e, buf_str(&text));
    buf_release(&text);
    return good;
}

static void unlink_in(const struct folder *folder, const char *name) {
    int fd = folder_open(folder);

    if (fd >= 0)
        unlinkat(fd, name, 0);
    folder_close(folder, fd);
}

static void remove_made_folders(struct emit *e) {
    for (size_t i = e->folders.list.len; i-- > 1;) {
        const struct folder *folder = e->folders.list.items[i];
        int fd = folder->made ? folder_open(folder->parent) : -1;
        if (fd >= 0)
            unlinkat(fd, folder->name, AT_REMOVEDIR);
        folder_close(folder->parent, fd);
    }
}

void emit_undo(struct emit *e) {
    for (size_t i = 0; i < e->nentries; i++) {
        struct entry *entry = &e->entries[i];
        struct tmp_name name = entry_tmp_name(entry);
        if (entry->state == ENTRY_STAGED)
            unlink_in(entry_tmp_folder(e, entry), name.z);
        else if (entry->state == ENTRY_PLACED && !e->moving)
            unlink_in(entry->folder, entry->name);
    }
    if (e->moving) /* the manifest of old and new names stays */
        return;
    remove_made_folders(e);
    if (e->old_text.len == 0)
        unlinkat(e->out_fd, MANIFEST_NAME, 0);
    else
        replace_manifest(e, e->old_text);
}

void emit_close(struct emit *e) {
    if (e->begun && !e->finished)
        emit_undo(e);
    close_all(e);
    buf_release(&e->error);
}
