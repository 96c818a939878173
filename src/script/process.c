#include "script/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script/wire.h"

/* How often a worker that computes is looked at. */
#define LOOK_MS 4

/* --- starting and ending --- */

void process_end(struct process *p) {
    if (p->id == 0)
        return;
    kill(p->id, SIGKILL);
    while (waitpid(p->id, NULL, 0) < 0 && errno == EINTR)
        ;
    close(p->stream);
    if (p->memory >= 0)
        close(p->memory);
    *p = (struct process){.stream = -1, .memory = -1};
}

/* Its descriptors are the two of wire.h and a standard error that leads
 * nowhere; `stream` and `table` are neither of these numbers. */
static bool set_descriptors(posix_spawn_file_actions_t *a, int stream,
                            int table) {
    return posix_spawn_file_actions_adddup2(a, stream, WIRE_STREAM) == 0 &&
           posix_spawn_file_actions_adddup2(a, table, WIRE_TABLE) == 0 &&
           posix_spawn_file_actions_addopen(a, 2, "/dev/null", O_WRONLY, 0) ==
               0 &&
           posix_spawn_file_actions_addclosefrom_np(a, 3) == 0;
}

/* A build may have blocked signals, or ignore some. */
static bool set_signals(posix_spawnattr_t *attr) {
    sigset_t none, all;

    sigemptyset(&none);
    sigfillset(&all);
    return posix_spawnattr_setsigmask(attr, &none) == 0 &&
           posix_spawnattr_setsigdefault(attr, &all) == 0 &&
           posix_spawnattr_setpgroup(attr, 0) == 0 &&
           posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP) == 0;
}

static bool spawn(pid_t *id, const struct process_start *how, int stream) {
    char now[32], name[] = "vaultsite-script", *none[] = {NULL};
    char *argv[WIRE_ARGS + 1] = {
        name,
        [WIRE_ARG_ZONE] = (char *)how->time_zone,
        [WIRE_ARG_NOW] = now,
    };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    bool started;

    snprintf(now, sizeof now, "%lld", (long long)how->now_ms);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attr);
    started = set_descriptors(&actions, stream, how->table) &&
              set_signals(&attr) &&
              posix_spawn(id, how->program, &actions, &attr, argv, none) == 0;
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

/* A pair whose numbers are none that the worker's own would overwrite. */
static bool make_stream(int pair[2]) {
    int low[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low) != 0)
        return false;
    for (size_t i = 0; i < 2; i++) {
        pair[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 3);
        close(low[i]);
    }
    if (pair[0] >= 0 && pair[1] >= 0 &&
        fcntl(pair[0], F_SETFL, O_NONBLOCK) == 0)
        return true;
    for (size_t i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
    return false;
}

static bool start(struct process *p, const struct process_start *how) {
    char path[64];
    int pair[2];

    *p = (struct process){.stream = -1, .memory = -1};
    if (!make_stream(pair))
        return false;
    if (!spawn(&p->id, how, pair[1])) {
        close(pair[0]);
        close(pair[1]);
        p->id = 0;
        return false;
    }
    close(pair[1]);
    p->stream = pair[0];
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)p->id);
    p->memory = open(path, O_RDONLY | O_CLOEXEC);
    if (p->memory < 0 || clock_getcpuclockid(p->id, &p->clock) != 0) {
        process_end(p);
        return false;
    }
    return true;
}

/* --- watching --- */

static int64_t ms_of(clockid_t clock) {
    struct timespec t = {0};

    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

size_t process_memory(const struct process *p) {
    char text[128];
    char *at = text;
    ssize_t n = pread(p->memory, text, sizeof text - 1, 0);

    if (n <= 0)
        return 0;
    text[n] = '\0';
    strtoull(at, &at, 10); /* all of its addresses */
    unsigned long long resident = strtoull(at, &at, 10);
    unsigned long long shared = strtoull(at, &at, 10);
    return resident > shared
               ? (size_t)(resident - shared) * (size_t)sysconf(_SC_PAGESIZE)
               : 0;
}

struct watch {
    const struct script_limits *limits;
    int64_t cpu, cpu_end, wall_end, look;
    unsigned idle; /* looks since its processor time changed */
};

/* The kernel watches as well, in case that this program is the first to end. */
static struct watch begin_watch(const struct process *p,
                                const struct script_limits *limits) {
    int64_t wall = ms_of(CLOCK_MONOTONIC), cpu_now = ms_of(p->clock);
    struct watch w = {
        .limits = limits,
        .cpu = cpu_now,
        .cpu_end = cpu_now + limits->cpu_ms,
        .wall_end = wall + limits->wall_ms,
        .look = wall + LOOK_MS,
    };
    struct rlimit cpu = {(rlim_t)(w.cpu_end / 1000 + 2), RLIM_INFINITY};

    prlimit(p->id, RLIMIT_CPU, &cpu, NULL);
    return w;
}

/*
 * PROCESS_ANSWERED: it is within its limits. How long it has been idle is
 * counted in looks, since a machine that was stopped was so for both programs.
 */
static enum process_outcome look(struct watch *w, const struct process *p) {
    int64_t wall = ms_of(CLOCK_MONOTONIC), cpu;

    if (wall < w->look)
        return PROCESS_ANSWERED;
    w->look = wall + LOOK_MS;
    cpu = ms_of(p->clock);
    if (wall > w->wall_end || cpu > w->cpu_end)
        return PROCESS_TOO_LONG;
    w->idle = cpu == w->cpu ? w->idle + 1 : 0;
    w->cpu = cpu;
    if (w->idle > w->limits->idle_ms / LOOK_MS)
        return PROCESS_SILENT;
    return process_memory(p) > w->limits->memory ? PROCESS_TOO_LARGE
                                                 : PROCESS_ANSWERED;
}

/* --- talking --- */

/* What is left of a request, length and bytes. */
struct sending {
    char head[sizeof(uint32_t)];
    struct str rest[2];
};

/* false: the worker has gone. */
static bool send_some(int stream, struct sending *s) {
    for (size_t i = 0; i < 2; i++) {
        while (s->rest[i].len > 0) {
            ssize_t n =
                send(stream, s->rest[i].p, s->rest[i].len, MSG_NOSIGNAL);
            if (n < 0)
                return errno == EAGAIN || errno == EINTR;
            s->rest[i] = str_skip(s->rest[i], (size_t)n);
        }
    }
    return true;
}

static size_t frame_len(const struct buf *got) {
    uint32_t len;

    if (got->len < sizeof len)
        return sizeof len;
    memcpy(&len, got->p, sizeof len);
    return sizeof len + len;
}

/* false: it has gone, or the frame is longer than one may be. */
static bool receive_some(int stream, struct buf *got) {
    size_t want;

    while ((want = frame_len(got)) > got->len) {
        if (want > WIRE_MAX_REPLY)
            return false;
        size_t room = want - got->len;
        buf_reserve(got, room < 65536 ? room : 65536);
        ssize_t n =
            recv(stream, got->p + got->len, room < 65536 ? room : 65536, 0);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (n == 0)
            return false;
        got->len += (size_t)n;
    }
    return true;
}

static enum process_outcome exchange(struct process *p, struct sending *s,
                                     struct buf *got,
                                     const struct script_limits *limits) {
    struct watch w = begin_watch(p, limits);

    for (;;) {
        enum process_outcome seen = look(&w, p);

        if (seen != PROCESS_ANSWERED)
            return seen;
        if (!send_some(p->stream, s) || !receive_some(p->stream, got))
            return PROCESS_GONE;
        if (got->len >= sizeof(uint32_t) && got->len == frame_len(got))
            return s->rest[1].len == 0 ? PROCESS_ANSWERED : PROCESS_GONE;
        struct pollfd f = {p->stream, POLLIN, 0};
        if (s->rest[1].len > 0)
            f.events |= POLLOUT;
        poll(&f, 1, LOOK_MS);
    }
}

enum process_outcome process_ask(struct process *p, struct str request,
                                 struct buf *reply,
                                 const struct script_limits *limits) {
    struct sending s;
    uint32_t len = (uint32_t)request.len;
    enum process_outcome outcome = PROCESS_GONE;

    buf_reset(reply);
    memcpy(s.head, &len, sizeof len);
    s.rest[0] = str_make(s.head, sizeof len);
    s.rest[1] = request;
    if (p->id != 0 && request.len <= WIRE_MAX_REQUEST)
        outcome = exchange(p, &s, reply, limits);
    if (outcome != PROCESS_ANSWERED)
        process_end(p);
    return outcome;
}

const char *process_start(struct process *p, const struct process_start *how,
                          const struct script_limits *limits) {
    struct buf hello = {0};
    struct sending nothing = {.rest = {{NULL, 0}, {NULL, 0}}};
    const char *failed = NULL;
    enum process_outcome outcome;

    if (!start(p, how))
        return "its program cannot be started";
    outcome = exchange(p, &nothing, &hello, limits);
    if (outcome == PROCESS_SILENT)
        failed = "its program does not answer";
    else if (outcome != PROCESS_ANSWERED)
        failed = "its program ended at once";
    else if (!str_eq(str_skip(buf_str(&hello), sizeof(uint32_t)),
                     STR(WIRE_HELLO)))
        failed = "its program cannot be locked in, or is of another version";
    buf_release(&hello);
    if (failed)
        process_end(p);
    return failed;
}
