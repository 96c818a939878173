/*
 * folders: the directories below OUT, opened without following links.
 *
 * Every file of a build is reached through a descriptor of its folder, and each
 * component on the way there was opened with O_NOFOLLOW: a link put into OUT
 * can never lead a write out of it.  Knows nothing of manifests or of bytes.
 */
#ifndef VAULTSITE_EMIT_FOLDERS_H
#define VAULTSITE_EMIT_FOLDERS_H

#include <sys/types.h>

#include "base/map.h"
#include "base/vec.h"

enum folder_state {
    FOLDER_UNKNOWN, /* not looked at yet */
    FOLDER_ABSENT,  /* nothing of that name, or its parent is absent */
    FOLDER_THERE,
    FOLDER_BLOCKED, /* the name, or a parent's, is taken by a file or a link */
};

struct folder {
    struct str path;                 /* below OUT; "" for OUT itself */
    const char *name;                /* last component, NUL-terminated */
    struct folder *parent;           /* NULL for OUT itself */
    const struct folder *blocked_at; /* FOLDER_BLOCKED: where the way ends */
    enum folder_state state;
    int fd;        /* held open, or -1 */
    bool live;     /* a file of this build is in it, or below */
    bool made;     /* by folder_make */
    bool reported; /* for whoever reports blocked folders once each */
};

/* A folder by what it is, whatever its path. */
struct folder_id {
    bool known;
    dev_t device;
    ino_t inode;
};

struct folders {
    struct arena *arena;
    struct folder_id spared;   /* not to be entered: its name is taken */
    struct map index;          /* path -> struct folder */
    VEC(struct folder *) list; /* parents before children */
    size_t held, room;         /* descriptors held open, and at most */
};

/* True for a path that may be used below OUT: relative, no empty, `.` or `..`
 * component, none that begins with our own `.vaultsite-`, no control
 * characters, components to 255 bytes, 4,000 bytes in all. */
bool folder_path_ok(struct str path);

/* `root_fd` is OUT's descriptor and stays the caller's. */
void folders_init(struct folders *f, struct arena *a, int root_fd);
/* Closes what is held open. */
void folders_release(struct folders *f);
/* The folder of that path (folder_path_ok, or ""), made known with all its
 * parents if need be; nothing is read or written. */
struct folder *folders_add(struct folders *f, struct str path);
/* Finds the state of all that are not known; false with errno when that
 * fails for another reason than the folder's absence. */
bool folders_look(struct folders *f);
/* Makes the folder and its parents; a blocked one stays so. False with errno. */
bool folder_make(struct folders *f, struct folder *folder);

/*
 * A descriptor for openat and the like, to be given back with folder_close.
 * -1 with errno when the folder is not there (ENOENT) or is blocked (ENOTDIR).
 * May be called by many threads at once.
 */
int folder_open(const struct folder *folder);
void folder_close(const struct folder *folder, int fd);

#endif
