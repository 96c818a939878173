#include "vault/work_tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "vault/open.h"

#define HEAD_BYTES 4096
#define REFS_BYTES ((size_t)256 << 20)
#define REF_CHAIN 5 /* references that lead to references: git's own limit */

/* A git folder of a work tree has its own HEAD; branches stand in the common one
 * of all work trees. */
struct git_folders {
    int own, common;
};

/* Follows links, as git does: unlike the vault's files nothing of these is ever
 * shown. Appends to `out`; false when there is no such file. */
static bool read_at(int folder, const char *name, size_t limit,
                    struct buf *out) {
    int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    bool ok = fd >= 0 && open_append(fd, limit, out);

    if (fd >= 0)
        close(fd);
    return ok;
}

static int open_folder(int at, const char *name) {
    return openat(at, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* The folder that the file `name` in `at` names after `prefix`; -1. */
static int open_named(int at, const char *name, struct str prefix) {
    struct buf text = {0}, path = {0};
    int fd = -1;

    if (read_at(at, name, HEAD_BYTES, &text) &&
        str_starts(buf_str(&text), prefix)) {
        buf_add_str(&path, str_trim(str_skip(buf_str(&text), prefix.len)));
        fd = open_folder(at, buf_cstr(&path));
    }
    buf_release(&text);
    buf_release(&path);
    return fd;
}

/* What git looks for besides HEAD before it takes a folder for a repository. */
static bool is_whole(int fd) {
    return faccessat(fd, "commondir", F_OK, 0) == 0 ||
           (faccessat(fd, "objects", F_OK, 0) == 0 &&
            faccessat(fd, "refs", F_OK, 0) == 0);
}

/* The git folder that belongs to the folder `at`, or -1. */
static int git_folder_of(int at) {
    int fd = open_folder(at, ".git");

    if (fd < 0) /* a further work tree, a submodule */
        fd = open_named(at, ".git", STR("gitdir: "));
    if (fd >= 0 && faccessat(fd, "HEAD", F_OK, 0) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* From the vault's folder upwards; `top` gets the way. One that git would pass
 * over is taken where there is no other: git then tells what it lacks. */
static int find_git_folder(int root_fd, struct buf *top) {
    int at = open_folder(root_fd, "."), found = -1;
    struct stat here, last = {0};
    struct buf way = {0};

    buf_add_ch(&way, '.');
    while (at >= 0 && fstat(at, &here) == 0 &&
           (here.st_ino != last.st_ino || here.st_dev != last.st_dev)) {
        int up, git = git_folder_of(at);
        bool whole = git >= 0 && is_whole(git);
        if (git >= 0 && (whole || found < 0)) {
            if (found >= 0)
                close(found);
            found = git;
            buf_reset(top);
            buf_add_str(top, buf_str(&way));
        } else if (git >= 0) {
            close(git);
        }
        if (whole)
            break;
        last = here;
        up = open_folder(at, "..");
        buf_add_lit(&way, "/..");
        close(at);
        at = up;
    }
    if (at >= 0)
        close(at);
    buf_release(&way);
    return found;
}

/* What `packed-refs` says of a reference: the id before its name. */
static bool find_packed(struct str refs, struct str name, struct buf *id) {
    struct str line;

    while (str_next_line(&refs, &line))
        if (line.len > name.len && line.p[line.len - name.len - 1] == ' ' &&
            str_ends(line, name)) {
            buf_add_str(id, str_until(line, ' '));
            return true;
        }
    return false;
}

static bool read_reference(const struct git_folders *g, struct str name,
                           struct buf *out) {
    struct buf path = {0}, refs = {0};
    bool ok;

    buf_add_str(&path, name);
    ok = str_starts(name, STR("refs/")) &&
         str_find_str(name, STR(".."), 0) == STR_NONE &&
         (read_at(g->own, buf_cstr(&path), HEAD_BYTES, out) ||
          read_at(g->common, buf_cstr(&path), HEAD_BYTES, out) ||
          (read_at(g->common, "packed-refs", REFS_BYTES, &refs) &&
           find_packed(buf_str(&refs), name, out)));
    buf_release(&path);
    buf_release(&refs);
    return ok;
}

/* Adds the id of the commit that is checked out, or whatever stands for it. */
static void add_commit(struct work_tree *t, const struct git_folders *g,
                       struct buf *inputs) {
    struct buf text = {0}, name = {0};
    bool known = read_at(g->own, "HEAD", HEAD_BYTES, &text);

    for (int i = 0; known && i < REF_CHAIN; i++) {
        struct str value = str_trim(buf_str(&text));
        if (!str_starts(value, STR("ref:")))
            break;
        buf_reset(&name);
        buf_add_str(&name, str_trim(str_skip(value, 4)));
        buf_reset(&text);
        known = read_reference(g, buf_str(&name), &text);
    }
    /* A repository may keep its references in tables that only git reads. */
    if (!known && read_at(g->common, "reftable/tables.list", REFS_BYTES, &text))
        known = true;
    t->unborn = !known;
    buf_add_str(inputs, str_trim(buf_str(&text)));
    buf_release(&text);
    buf_release(&name);
}

static struct str find_program(struct arena *a) {
    struct str path = str_from(getenv("PATH")), found = STR("");
    struct buf name = {0};

    for (; path.len > 0 && found.len == 0; path = str_after(path, ':')) {
        struct str folder = str_until(path, ':');
        if (folder.len == 0 || folder.p[0] != '/')
            continue;
        buf_reset(&name);
        buf_add_str(&name, folder);
        buf_add_lit(&name, "/git");
        if (access(buf_cstr(&name), X_OK) == 0)
            found = arena_str(a, buf_str(&name));
    }
    buf_release(&name);
    return found;
}

void work_tree_find(struct work_tree *t, struct arena *a, int root_fd) {
    struct buf inputs = {0}, top = {0};
    struct git_folders g = {.own = find_git_folder(root_fd, &top)};

    *t = (struct work_tree){
        .found = g.own >= 0,
        .top = arena_str(a, buf_str(&top)),
    };
    buf_release(&top);
    if (!t->found)
        return;
    g.common = open_named(g.own, "commondir", STR(""));
    if (g.common < 0)
        g.common = open_folder(g.own, ".");
    t->git = find_program(a);
    buf_add_str(&inputs, t->git);
    buf_add_ch(&inputs, '\n');
    add_commit(t, &g, &inputs);
    buf_add_ch(&inputs, '\n');
    t->shallow = read_at(g.common, "shallow", REFS_BYTES, &inputs);
    buf_add_lit(&inputs, "\nfound");
    t->digest = hash_bytes(buf_str(&inputs));
    buf_release(&inputs);
    close(g.own);
    if (g.common >= 0)
        close(g.common);
}
