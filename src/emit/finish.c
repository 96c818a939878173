#include "emit/state.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Moves a temporary to a name that nobody has: 0, or EEXIST. */
static int rename_new(int from, const char *tmp, int to, const char *name) {
    struct stat st;

    if (renameat2(from, tmp, to, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* Some network file systems do not know the flag. */
    if (fstatat(to, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return renameat(from, tmp, to, name) == 0 ? 0 : errno;
}

static void move(struct emit *e, struct entry *entry) {
    const struct folder *tmp_folder = entry_tmp_folder(e, entry);
    struct tmp_name tmp = entry_tmp_name(entry);
    int from = folder_open(tmp_folder);
    int to = folder_open(entry->folder);
    int why = from < 0 || to < 0 ? errno : 0;

    if (!why && entry->existed)
        why = renameat(from, tmp.z, to, entry->name) == 0 ? 0 : errno;
    else if (!why)
        why = rename_new(from, tmp.z, to, entry->name);
    if (!why) {
        entry->state = ENTRY_MOVED;
    } else if (why == EEXIST || why == EISDIR || why == ENOTDIR) {
        /* Somebody put something else there since we looked. */
        if (from >= 0)
            unlinkat(from, tmp.z, 0);
        entry->state = ENTRY_FOREIGN;
    } else {
        emit_fail(e, why, "write", entry->path);
    }
    folder_close(tmp_folder, from);
    folder_close(entry->folder, to);
}

enum move_round { MOVE_ASSETS, MOVE_NEW, MOVE_CHANGED, MOVE_ROUNDS };

static enum move_round round_of(const struct entry *entry) {
    if (entry->asset)
        return MOVE_ASSETS;
    return entry->existed ? MOVE_CHANGED : MOVE_NEW;
}

/* A changed page may link to any new file, a new page to any asset. */
static bool move_all(struct emit *e) {
    for (int round = 0; round < MOVE_ROUNDS; round++)
        for (size_t i = 0; i < e->nentries && !emit_failed(e); i++) {
            struct entry *entry = &e->entries[i];
            if (entry->state == ENTRY_STAGED && !entry->late &&
                (int)round_of(entry) == round)
                move(e, entry);
        }
    return !emit_failed(e);
}

static bool must_go(const struct entry *entry) {
    return entry->old && entry->state == ENTRY_PENDING;
}

static bool changes_after_moves(const struct emit *e) {
    for (size_t i = 0; i < e->nentries; i++)
        if (must_go(&e->entries[i]) || e->entries[i].late)
            return true;
    return false;
}

static bool remove_entry(struct emit *e, struct entry *entry,
                         struct emit_counts *counts) {
    struct stat st;
    int fd = folder_open(entry->folder);
    int why = 0;

    entry->state = ENTRY_GONE;
    if (fd < 0)
        return true;
    /* Something that is no file was put there by somebody else. */
    if (fstatat(fd, entry->name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(st.st_mode)) {
        why = unlinkat(fd, entry->name, 0) == 0 ? 0 : errno;
        counts->removed += why == 0;
    }
    folder_close(entry->folder, fd);
    if (why == 0 || why == ENOENT)
        return true;
    emit_fail(e, why, "remove", entry->path);
    return false;
}

static void mark_used_folders(struct emit *e) {
    for (size_t i = 0; i < e->folders.list.len; i++)
        e->folders.list.items[i]->live = false;
    for (size_t i = 0; i < e->nentries; i++) {
        const struct entry *entry = &e->entries[i];
        if (entry->state == ENTRY_GONE || entry->state == ENTRY_PENDING)
            continue;
        for (struct folder *f = entry->folder; f && !f->live; f = f->parent)
            f->live = true;
    }
}

/* Folders come after their parents in the list, so from the end. */
static void remove_empty_folders(struct emit *e) {
    mark_used_folders(e);
    for (size_t i = e->folders.list.len; i-- > 1;) {
        struct folder *folder = e->folders.list.items[i];
        int fd;
        if (folder->live || folder->state != FOLDER_THERE)
            continue;
        fd = folder_open(folder->parent);
        if (fd >= 0)
            unlinkat(fd, folder->name, AT_REMOVEDIR);
        folder_close(folder->parent, fd);
    }
}

static bool remove_old(struct emit *e, struct emit_counts *counts) {
    for (size_t i = 0; i < e->nentries; i++)
        if (must_go(&e->entries[i]) && !remove_entry(e, &e->entries[i], counts))
            return false;
    remove_empty_folders(e);
    return true;
}

/* What had to wait until a file, or a folder, of the old site made room. */
static bool move_late(struct emit *e) {
    for (size_t i = 0; i < e->folders.list.len; i++)
        if (e->folders.list.items[i]->state == FOLDER_BLOCKED)
            e->folders.list.items[i]->state = FOLDER_UNKNOWN;
    if (!folders_look(&e->folders)) {
        emit_fail(e, errno, "look into", STR(""));
        return false;
    }
    for (size_t i = 0; i < e->nentries && !emit_failed(e); i++) {
        struct entry *entry = &e->entries[i];
        if (!entry->late || entry->state != ENTRY_STAGED)
            continue;
        if (!folder_make(&e->folders, entry->folder))
            emit_fail(e, errno, "create", entry->folder->path);
        else
            move(e, entry);
    }
    return !emit_failed(e);
}

static void report_foreign(struct entry *entry, struct diags *d) {
    const struct folder *blocked = entry->folder->blocked_at;
    struct str path = entry->path;

    if (blocked && entry->folder->state == FOLDER_BLOCKED) {
        struct folder *f = entry->folder;
        while (f != blocked)
            f = f->parent;
        if (f->reported)
            return;
        f->reported = true;
        path = f->path;
    }
    diag_add(d, DIAG_OUTPUT_FOREIGN, STR(""), 0, 0,
             "the place of %.*s in the output folder is taken by something "
             "that no build wrote",
             STR_ARG(path));
}

void emit_report_foreign(struct emit *e, struct diags *d) {
    for (size_t i = 0; i < e->nentries; i++)
        if (e->entries[i].state == ENTRY_FOREIGN)
            report_foreign(&e->entries[i], d);
}

static void sum_up(struct emit *e, struct emit_counts *counts,
                   struct diags *d) {
    for (size_t i = 0; i < e->nentries; i++) {
        struct entry *entry = &e->entries[i];
        if (entry->state == ENTRY_MOVED || entry->state == ENTRY_PLACED)
            counts->written++;
        else if (entry->state == ENTRY_UNCHANGED)
            counts->unchanged++;
        else if (entry->state == ENTRY_FOREIGN)
            counts->foreign++;
    }
    emit_report_foreign(e, d);
}

bool emit_finish(struct emit *e, const uint64_t digest[2],
                 struct emit_counts *counts, struct diags *d) {
    assert(e->begun && !e->finished);
    *counts = (struct emit_counts){0};
    if (emit_failed(e))
        return false;
    e->moving = true;
    if (!move_all(e))
        return false;
    if (changes_after_moves(e) && !emit_write_manifest(e, NULL))
        return false;
    if (!remove_old(e, counts) || !move_late(e))
        return false;
    sum_up(e, counts, d);
    /* With something foreign in its way the site is not what it should be: the
     * next build must not think that all is done. */
    if (!emit_write_manifest(e, counts->foreign == 0 ? digest : NULL))
        return false;
    e->finished = true;
    return true;
}
