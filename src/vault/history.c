#include "vault/history.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/unicode.h"
#include "base/vec.h"
#include "vault/history_log.h"

#define SILENCE_MS 60000
#define READ_BYTES 65536
#define REASON_BYTES 300

/*
 * decisions.md 31: without the first three a repository's own settings make git
 * run a program.  The others keep the output what is read here whatever those
 * settings say: log.follow, log.showRoot, diff.relative, diff.renames, the
 * encodings of messages.  Renames with changes are looked for among 200 files of
 * a commit, as the work is their square; moved files that did not change are
 * always found.
 */
static const char *const arguments[] = {
    "git",
    "-c",
    "log.showSignature=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "safe.directory=*",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "log.follow=false",
    "-c",
    "log.showRoot=true",
    "--no-pager",
    "log",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
    "--name-status",
    "-z",
    "--format=%at",
    "--encoding=UTF-8",
    "--no-color",
    "--no-decorate",
    "--no-notes",
    "--no-merges",
    "--date-order",
    "--relative",
    "--find-renames",
    "-l200",
    "HEAD",
    "--",
    NULL,
};

/* Settings of the system and of the user change nothing, nor do replacements and
 * grafts, which are no part of a commit; and no object that a partial clone lacks
 * is fetched: that runs what the repository's settings say. */
static const char *const environment[] = {
    "GIT_CONFIG_NOSYSTEM=1",
    "GIT_CONFIG_GLOBAL=/dev/null",
    "GIT_ATTR_NOSYSTEM=1",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_TERMINAL_PROMPT=0",
    "GIT_ALLOW_PROTOCOL=none",
    "GIT_NO_LAZY_FETCH=1",
    "GIT_NO_REPLACE_OBJECTS=1",
    "GIT_GRAFT_FILE=/dev/null",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM=1",
    "LC_ALL=C",
};

struct history {
    struct arena arena;
    struct history_log log;
    pthread_t thread;
    bool threaded, timed_out;
    pid_t git;
    int out, said; /* its standard output; a file of what it says besides */
    int error;     /* errno when it could not be run, else 0 */
};

/* Ours without GIT_DIR and its like, which may name another repository. The work
 * tree is where the `.git` is: by core.worktree paths would be those of another. */
static char **environment_of(struct arena *a, const struct work_tree *t) {
    VEC(char *) words = {0};
    struct buf top = {0};
    char **kept;

    buf_printf(&top, "GIT_WORK_TREE=%.*s", STR_ARG(t->top));
    vec_push(&words, arena_cstr(a, buf_str(&top)));
    buf_release(&top);

    for (char **e = environ; *e != NULL; e++) {
        struct str word = str_from(*e);
        if (!str_starts(word, STR("GIT_")) && !str_starts(word, STR("LC_ALL=")))
            vec_push(&words, *e);
    }
    for (size_t i = 0; i < ARRAY_LEN(environment); i++)
        vec_push(&words, arena_cstr(a, str_from(environment[i])));
    vec_push(&words, NULL);
    kept = vec_keep(a, &words);
    vec_release(&words);
    return kept;
}

/* In the vault's folder, so that its paths are the vault's. */
static int spawn(struct history *h, const struct work_tree *t, int root_fd,
                 int out) {
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);

    if (error != 0)
        return error;
    error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
                                             "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (error == 0)
        error =
            posix_spawn_file_actions_adddup2(&actions, h->said, STDERR_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addfchdir_np(&actions, root_fd);
    if (error == 0)
        error =
            posix_spawn(&h->git, arena_cstr(&h->arena, t->git), &actions, NULL,
                        (char *const *)arguments, environment_of(&h->arena, t));
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static void start_git(struct history *h, const struct vault *v,
                      const struct work_tree *t) {
    int ends[2];

    h->said = memfd_create("git", MFD_CLOEXEC);
    if (h->said < 0 || pipe2(ends, O_CLOEXEC) != 0) {
        h->error = errno;
        return;
    }
    h->error = spawn(h, t, v->root_fd, ends[1]);
    close(ends[1]);
    h->out = ends[0];
}

/* Until git closes its output, says what nobody could say, or falls silent. */
static void *read_log(void *context) {
    struct history *h = context;
    char *bytes = arena_alloc(&h->arena, READ_BYTES, 1);
    struct pollfd wait = {.fd = h->out, .events = POLLIN};

    while (!h->log.broken) {
        int ready = poll(&wait, 1, SILENCE_MS);
        ssize_t n;
        if (ready < 0 && errno == EINTR)
            continue;
        h->timed_out = ready == 0;
        if (ready <= 0)
            break;
        n = read(h->out, bytes, READ_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return NULL;
        history_log_add(&h->log, str_make(bytes, (size_t)n));
    }
    kill(h->git, SIGKILL);
    return NULL;
}

struct history *history_start(const struct vault *v,
                              const struct work_tree *t) {
    struct arena a;
    struct history *h;

    arena_init(&a);
    h = arena_new(&a, struct history);
    h->arena = a;
    h->out = h->said = -1;
    history_log_init(&h->log, v);
    start_git(h, v, t);
    if (h->error == 0)
        h->threaded = pthread_create(&h->thread, NULL, read_log, h) == 0;
    return h;
}

/* The first line of what git said to the user, without its `fatal:`. */
static void add_said(int fd, struct buf *why) {
    char bytes[REASON_BYTES];
    ssize_t n = pread(fd, bytes, sizeof bytes, 0);
    struct str line = str_make(bytes, n > 0 ? (size_t)n : 0);

    line.len = utf8_floor(line, line.len);
    line = str_trim(str_until(line, '\n'));
    if (str_starts(line, STR("fatal: ")))
        line = str_skip(line, 7);
    if (line.len > 0) {
        buf_add_lit(why, ": ");
        buf_add_str(why, line);
    }
}

static bool succeeded(const struct history *h, int status, struct buf *why) {
    if (h->error != 0)
        buf_printf(why, "git cannot be run: %s", strerror(h->error));
    else if (h->timed_out)
        buf_printf(why, "git said nothing for %d seconds", SILENCE_MS / 1000);
    else if (h->log.broken)
        buf_add_lit(why, "git said what is no history");
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        buf_add_lit(why, "git failed");
        add_said(h->said, why);
    } else if (!history_log_end(&h->log)) {
        buf_add_lit(why, "git stopped halfway");
    }
    return why->len == 0;
}

const struct history_span *history_finish(struct history *h, struct arena *a,
                                          struct buf *why) {
    const struct history_span *spans = NULL;
    struct arena own;
    int status = 0;

    if (h->threaded)
        pthread_join(h->thread, NULL);
    else if (h->error == 0)
        read_log(h);
    while (h->error == 0 && waitpid(h->git, &status, 0) < 0 && errno == EINTR)
        continue;
    if (succeeded(h, status, why))
        spans =
            vec_copy(a, h->log.spans, h->log.nfiles + 1, sizeof *h->log.spans);
    if (h->out >= 0)
        close(h->out);
    if (h->said >= 0)
        close(h->said);
    history_log_release(&h->log);
    own = h->arena;
    arena_release(&own);
    return spans;
}
