#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/unicode.h"
#include "base/vec.h"
#include "vault/open.h"
#include "vault/repair.h"
#include "vault/vault.h"

/* Folders inside each other; each holds a descriptor while it is open. */
#define MAX_DEPTH 100
/* Entries of folders that links lead to. Links can name one folder in 2^n ways
 * without any loop, so their number alone bounds nothing. */
#define MAX_LINKED 200000

/* One name in a folder that is being walked. */
struct entry {
    struct str path; /* a NUL follows it */
    size_t name;     /* where its last component begins */
};

/* A folder that is being walked: the entries from `first` on are its own. */
struct folder {
    DIR *dir;
    dev_t device;
    ino_t inode;
    struct str path, real; /* real: "" where no link was followed */
    struct str shown;      /* path, as vault_shown has it */
    bool linked, is_template;
    size_t first, next;
};

struct walk {
    struct vault *vault;
    const struct settings *settings;
    struct arena *arena;
    struct arena scratch; /* folded paths */
    struct diags *diags;
    const char *real_root; /* NULL: unknown, no link is followed */
    VEC(struct folder) folders;
    VEC(struct entry) entries;
    VEC(struct vault_file) files;
    size_t nlinked;
};

static struct str join(struct arena *a, struct str folder, struct str name) {
    size_t len = folder.len + (folder.len > 0) + name.len;
    char *p = arena_alloc(a, len + 1, 1), *at = p;

    if (folder.len > 0) {
        memcpy(at, folder.p, folder.len);
        at += folder.len;
        *at++ = '/';
    }
    memcpy(at, name.p, name.len);
    p[len] = '\0';
    return str_make(p, len);
}

/* What is shown of `path`, which lies in the folder shown as `folder`. */
static struct str shown_path(struct walk *w, struct str folder,
                             struct str path) {
    struct str name = str_basename(path), shown;

    if (w->settings->mojibake != MOJIBAKE_REPAIR)
        return path;
    shown = repair_name(w->arena, name);
    return shown.p == name.p && str_eq(folder, str_dirname(path))
               ? path
               : join(w->arena, folder, shown);
}

/* A path for people: every byte that is not UTF-8 as \xNN. */
static struct str escaped(struct arena *a, struct str path) {
    struct buf b = {0};

    for (size_t at = 0; at < path.len;) {
        uint32_t code;
        size_t n = utf8_decode(path, at, &code);
        if (n == 1 && (unsigned char)path.p[at] >= 0x80)
            buf_printf(&b, "\\x%02X", (unsigned char)path.p[at]);
        else
            buf_add(&b, path.p + at, n);
        at += n;
    }
    path = arena_str(a, buf_str(&b));
    buf_release(&b);
    return path;
}

/* `path` is a folder's, or what stands before a file's name. */
static bool in_template_folder(struct walk *w, struct str path) {
    const struct str_list *list = &w->settings->template_folders;

    arena_reset(&w->scratch);
    path = unicode_fold(&w->scratch, path);
    for (size_t i = 0; i < list->len; i++) {
        struct str folder = list->items[i], rest = path;
        if (folder.p[0] == '/') {
            folder = str_skip(folder, 1);
            if (str_starts(path, folder) &&
                (path.len == folder.len || path.p[folder.len] == '/'))
                return true;
            continue;
        }
        for (; rest.len > 0; rest = str_after(rest, '/'))
            if (str_eq(str_until(rest, '/'), folder))
                return true;
    }
    return false;
}

static bool matches_any(struct walk *w, const struct str_list *globs,
                        struct str path) {
    if (globs->len == 0)
        return false;
    arena_reset(&w->scratch);
    path = unicode_fold(&w->scratch, path);
    for (size_t i = 0; i < globs->len; i++)
        if (settings_glob(globs->items[i], path))
            return true;
    return false;
}

/* By either name: who excludes a folder may have written it whole. */
static bool is_excluded(struct walk *w, struct str path, struct str shown) {
    const struct str_list *globs = &w->settings->exclude;

    return matches_any(w, globs, path) ||
           (shown.p != path.p && matches_any(w, globs, shown));
}

static enum file_kind kind_of(struct str path) {
    return str_eq_nocase(str_extension(path), STR("md")) ? FILE_NOTE
                                                         : FILE_ATTACHMENT;
}

static void add_file(struct walk *w, const struct folder *in, struct str path,
                     struct str real, const struct stat *st) {
    const struct settings *s = w->settings;
    struct str shown = shown_path(w, in->shown, path);
    struct vault_file f = {
        .path = path,
        .shown = shown,
        .real = real,
        .kind = kind_of(path),
        .size = (uint64_t)st->st_size,
        .mtime = {st->st_mtim.tv_sec, (int32_t)st->st_mtim.tv_nsec},
        .is_template = in->is_template,
        .excluded = is_excluded(w, path, shown),
        .included = matches_any(w, &s->include, path),
    };

    if (real.len > 0) {
        f.excluded = f.excluded || matches_any(w, &s->exclude, real);
        f.is_template =
            f.is_template || in_template_folder(w, str_dirname(real));
    }
    w->vault->nnotes += f.kind == FILE_NOTE;
    vec_push(&w->files, f);
}

static int by_name(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    return unicode_cmp_utf16(str_skip(x->path, x->name),
                             str_skip(y->path, y->name));
}

/* All names of the folder, sorted, as entries. Hidden ones are no part of a
 * vault (spec/markdown.md §2). */
static void list_folder(struct walk *w, struct folder *f) {
    struct dirent *d;

    f->first = f->next = w->entries.len;
    while (errno = 0, (d = readdir(f->dir)) != NULL) {
        struct str name = str_from(d->d_name);
        if (name.p[0] == '.')
            continue;
        if (f->path.len == 0 && str_eq(name, STR("vaultsite.yaml")))
            continue;
        struct entry e = {join(w->arena, f->path, name), 0};
        e.name = e.path.len - name.len;
        if (utf8_valid_len(name) != name.len) {
            diag_add(w->diags, DIAG_NAME_NOT_UTF8, escaped(w->arena, e.path), 0,
                     0, "the name is not UTF-8");
            continue;
        }
        vec_push(&w->entries, e);
    }
    if (errno != 0)
        diag_add(w->diags, DIAG_FILE_UNREADABLE, f->path, 0, 0,
                 "the folder cannot be listed: %s", strerror(errno));
    size_t n = w->entries.len - f->first;
    if (n > 1)
        qsort(w->entries.items + f->first, n, sizeof *w->entries.items,
              by_name);
    if (f->linked)
        w->nlinked += n;
}

static bool is_open(const struct walk *w, const struct stat *st) {
    for (size_t i = 0; i < w->folders.len; i++)
        if (w->folders.items[i].inode == st->st_ino &&
            w->folders.items[i].device == st->st_dev)
            return true;
    return false;
}

/* Begins to walk the folder behind `fd`, which it takes. `real`: as in struct
 * folder; `linked`: it, or one around it, was reached by a link. */
static void enter_folder(struct walk *w, int fd, struct str path,
                         struct str real, bool linked) {
    struct folder f = {.path = path, .real = real, .linked = linked};
    struct stat st;

    if (fd < 0 || fstat(fd, &st) != 0 || (f.dir = fdopendir(fd)) == NULL) {
        diag_add(w->diags, DIAG_FILE_UNREADABLE, path, 0, 0,
                 "the folder cannot be opened: %s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return;
    }
    if (is_open(w, &st)) {
        diag_add(w->diags, DIAG_SYMLINK_LOOP, path, 0, 0,
                 "the link leads back to a folder around it");
        closedir(f.dir);
        return;
    }
    if (w->folders.len == MAX_DEPTH) {
        diag_add(w->diags, DIAG_FILE_UNREADABLE, path, 0, 0,
                 "folders lie more than %d deep", MAX_DEPTH);
        closedir(f.dir);
        return;
    }
    f.shown = shown_path(
        w, w->folders.len > 0 ? vec_last(&w->folders)->shown : STR(""), path);
    f.device = st.st_dev;
    f.inode = st.st_ino;
    f.is_template = in_template_folder(w, path) ||
                    in_template_folder(w, f.shown) ||
                    (linked && in_template_folder(w, real));
    list_folder(w, &f);
    vec_push(&w->folders, f);
}

/* The target of a link as a path below the root, in the arena; "" with a
 * finding when there is none that may be followed. */
static struct str link_target(struct walk *w, struct str path,
                              struct str real) {
    const struct str nothing = STR("");
    char target[PATH_MAX];

    if (w->real_root == NULL) {
        diag_add(w->diags, DIAG_SYMLINK_OUTSIDE, path, 0, 0,
                 "the vault's own place is not known");
        return nothing;
    }
    struct str root = str_from(w->real_root);
    char *z = arena_cstr(w->arena, join(w->arena, root, real));
    if (realpath(z, target) == NULL) {
        if (errno == ELOOP)
            diag_add(w->diags, DIAG_SYMLINK_LOOP, path, 0, 0,
                     "the link leads to itself");
        else
            diag_add(w->diags, DIAG_FILE_VANISHED, path, 0, 0,
                     "the link leads nowhere: %s", strerror(errno));
        return nothing;
    }
    struct str to = str_from(target);
    if (str_eq(to, root)) {
        diag_add(w->diags, DIAG_SYMLINK_LOOP, path, 0, 0,
                 "the link leads to the vault itself");
        return nothing;
    }
    if (!str_starts(to, root) || to.p[root.len] != '/') {
        diag_add(w->diags, DIAG_SYMLINK_OUTSIDE, path, 0, 0,
                 "the link leads out of the vault");
        return nothing;
    }
    return arena_str(w->arena, str_skip(to, root.len + 1));
}

/* What the walk would not have listed under its own name stays out under
 * another. */
static bool is_listed(struct str real) {
    for (struct str rest = real; rest.len > 0; rest = str_after(rest, '/'))
        if (rest.p[0] == '.')
            return false;
    return utf8_valid_len(real) == real.len &&
           !str_eq(real, STR("vaultsite.yaml"));
}

static void follow_link(struct walk *w, const struct folder *in,
                        struct str path, struct str real) {
    struct stat st;
    struct str target = link_target(w, path, real.len > 0 ? real : path);

    if (target.len == 0)
        return;
    if (!is_listed(target)) {
        diag_add(w->diags, DIAG_SYMLINK_OUTSIDE, path, 0, 0,
                 "the link leads to what is no part of the vault");
        return;
    }
    int fd = open_beneath(w->vault->root_fd, target, O_PATH);
    if (fd < 0 || fstat(fd, &st) != 0) {
        diag_add(w->diags, DIAG_FILE_VANISHED, path, 0, 0,
                 "what the link leads to cannot be opened: %s",
                 strerror(errno));
    } else if (S_ISDIR(st.st_mode) && w->nlinked > MAX_LINKED) {
        diag_add(w->diags, DIAG_SYMLINK_LOOP, path, 0, 0,
                 "links lead to more than %d files already", MAX_LINKED);
    } else if (S_ISDIR(st.st_mode)) {
        enter_folder(w, openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                     path, target, true);
    } else if (!S_ISREG(st.st_mode)) {
        diag_add(w->diags, DIAG_FILE_SPECIAL, path, 0, 0,
                 "the link leads to what is no file");
    } else if (kind_of(target) == FILE_NOTE && kind_of(path) != FILE_NOTE) {
        /* Copied as an attachment a note would evade its own `publish:`. */
        diag_add(w->diags, DIAG_FILE_SPECIAL, path, 0, 0,
                 "the link gives a note another kind of name");
    } else {
        add_file(w, in, path, target, &st);
    }
    if (fd >= 0)
        close(fd);
}

static void visit(struct walk *w, const struct folder *in,
                  const struct entry *e) {
    const char *name = e->path.p + e->name;
    int fd = dirfd(in->dir);
    struct stat st;
    struct str real = STR("");

    if (in->linked)
        real = join(w->arena, in->real, str_skip(e->path, e->name));
    if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        diag_add(w->diags,
                 errno == ENOENT ? DIAG_FILE_VANISHED : DIAG_FILE_UNREADABLE,
                 e->path, 0, 0, "%s", strerror(errno));
        return;
    }
    if (S_ISREG(st.st_mode)) {
        add_file(w, in, e->path, real, &st);
    } else if (S_ISDIR(st.st_mode)) {
        int below =
            openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        enter_folder(w, below, e->path, real, in->linked);
    } else if (S_ISLNK(st.st_mode)) {
        follow_link(w, in, e->path, real);
    } else {
        diag_add(w->diags, DIAG_FILE_SPECIAL, e->path, 0, 0,
                 "neither a file nor a folder");
    }
}

/* The vault's canonical path, if it still leads to the opened folder. All of a
 * machine is no vault whose links could be told from others. */
static void find_real_root(struct walk *w, const char *root, char *canonical) {
    struct stat opened, named;

    if (realpath(root, canonical) == NULL || stat(canonical, &named) != 0 ||
        fstat(w->vault->root_fd, &opened) != 0 ||
        opened.st_ino != named.st_ino || opened.st_dev != named.st_dev ||
        strcmp(canonical, "/") == 0)
        return;
    w->real_root = canonical;
}

void vault_walk(struct vault *v, struct arena *a,
                const struct settings *settings, struct diags *d) {
    struct walk w = {.vault = v, .settings = settings, .arena = a, .diags = d};
    char canonical[PATH_MAX];

    v->settings = settings;
    v->nnotes = 0;
    arena_init(&w.scratch);
    find_real_root(&w, arena_cstr(a, v->root), canonical);
    enter_folder(&w,
                 openat(v->root_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                 STR(""), STR(""), false);
    while (w.folders.len > 0) {
        /* Copies: a visit may enter a folder, and the lists then move. */
        struct folder top = *vec_last(&w.folders);
        if (top.next == w.entries.len) {
            closedir(top.dir);
            w.entries.len = top.first;
            w.folders.len--;
            continue;
        }
        struct entry e = w.entries.items[top.next];
        vec_last(&w.folders)->next++;
        visit(&w, &top, &e);
    }
    v->files = vec_keep(a, &w.files);
    v->nfiles = w.files.len;
    vec_release(&w.files);
    vec_release(&w.entries);
    vec_release(&w.folders);
    arena_release(&w.scratch);
}
