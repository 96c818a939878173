/*
 * state: `struct emit` as emit.c, files.c and finish.c see it; private to them.
 *
 * emit.c opens, announces and closes; files.c brings bytes to the disk;
 * finish.c makes them visible.  Between emit_begin and emit_finish an entry is
 * touched only by the thread that brings its bytes, and everything else but
 * `failed` is read only.
 */
#ifndef VAULTSITE_EMIT_STATE_H
#define VAULTSITE_EMIT_STATE_H

#include <stdatomic.h>

#include "emit/emit.h"
#include "emit/folders.h"
#include "emit/manifest.h"

enum entry_state {
    ENTRY_PENDING,   /* no bytes have come (yet) */
    ENTRY_UNCHANGED, /* on disk already */
    ENTRY_PLACED,    /* written under its name: there was no site before */
    ENTRY_STAGED,    /* written as a temporary */
    ENTRY_MOVED,     /* temporary renamed */
    ENTRY_FOREIGN,   /* the path belongs to somebody else */
    ENTRY_GONE,      /* no longer there, or out of reach */
};

/* One path of the old site, of the new one, or of both. */
struct entry {
    struct str path;  /* NUL-terminated */
    const char *name; /* its last component */
    struct folder *folder;
    uint64_t old_hash, old_size; /* what the manifest says, if old_known */
    uint64_t hash, size;         /* of the new bytes */
    enum entry_state state;
    bool old; /* in the manifest of the last build */
    bool old_known;
    bool wanted; /* announced */
    bool asset;
    bool existed; /* was on disk when its bytes came */
    bool late;    /* in the way of its path is a file of ours that must go */
};

struct emit {
    struct arena *arena;
    struct str out;      /* as given, for messages */
    int out_fd, lock_fd; /* -1: not there yet */
    struct str old_text; /* the manifest as it was found, "" without one */
    struct manifest old;
    struct folders folders;
    struct entry *entries; /* sorted by path */
    size_t nentries;
    bool fresh; /* no site before: new files are written in place */
    bool distrust;
    struct folder_id spared; /* emit_spare */
    bool begun, finished;
    bool moving; /* renames have begun: no way back */
    atomic_bool failed;
    struct buf error; /* written by whoever sets `failed` */
};

/* `.vaultsite-tmp-` and 16 hex digits of the path's hash: the next build finds
 * what a killed one left over by the paths in the manifest alone. */
struct tmp_name {
    char z[32];
};
struct tmp_name entry_tmp_name(const struct entry *entry);
/* Where its temporary stands: beside the file, unless its folder is late. */
const struct folder *entry_tmp_folder(const struct emit *e,
                                      const struct entry *entry);
/* The entry of that path, or NULL. */
struct entry *emit_find(const struct emit *e, struct str path);
/* Records the first failure: "cannot <doing> <out>/<path>: <why>". */
void emit_fail(struct emit *e, int why, const char *doing, struct str path);

/* Writes all of `bytes`; false with errno. */
bool write_all(int fd, struct str bytes);
/* The manifest as of now: by tmp + rename. False after emit_fail. */
bool emit_write_manifest(struct emit *e, const uint64_t digest[2]);
/* Takes back what is not visible yet; if nothing is, the old manifest returns. */
void emit_undo(struct emit *e);

#endif
