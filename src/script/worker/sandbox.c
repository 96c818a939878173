#include "script/worker/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

/* --- the clock --- */

static int64_t stopped_at;
/* Set in the thread that runs scripts; the engine's others wait by the clock. */
static _Thread_local bool stopped;

void sandbox_stop_clock(int64_t ms) {
    stopped_at = ms;
    stopped = true;
}

/*
 * These three stand before the C library's for every library of the program,
 * so Date, Intl and what else the engine has see one clock.  Clocks that only
 * measure go on.
 */
int clock_gettime(clockid_t clock, struct timespec *t) {
    if (!stopped || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE))
        return (int)syscall(SYS_clock_gettime, clock, t);
    int64_t second = stopped_at / 1000 - (stopped_at % 1000 < 0);
    t->tv_sec = (time_t)second;
    t->tv_nsec = (long)(stopped_at - second * 1000) * 1000000;
    return 0;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone) {
    struct timespec now = {0};
    int failed = clock_gettime(CLOCK_REALTIME, &now);

    (void)zone;
    t->tv_sec = now.tv_sec;
    t->tv_usec = now.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *t) {
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    if (t)
        *t = now.tv_sec;
    return now.tv_sec;
}

/* --- the filter --- */

/* Found by running all of tests/script under strace; none opens, sends, starts
 * or looks at anything outside. */
static const int allowed[] = {
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(sched_getaffinity),
};

/* No descriptor of the engine's is as high. */
#define MAX_OPEN 16

struct conditional {
    int call;
    struct scmp_arg_cmp only;
};

static int allow_conditional(scmp_filter_ctx filter) {
    const struct conditional rows[] = {
        /* What is open: the client, standard error that leads nowhere, the
         * engine's source of random numbers, how much memory it has, its
         * threads' wake-up calls. No more can be opened. */
        {SCMP_SYS(read), SCMP_A0(SCMP_CMP_LT, MAX_OPEN, 0)},
        {SCMP_SYS(pread64), SCMP_A0(SCMP_CMP_LT, MAX_OPEN, 0)},
        {SCMP_SYS(write), SCMP_A0(SCMP_CMP_LT, MAX_OPEN, 0)},
        /* memory, but none that code could be put in */
        {SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)},
        {SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)},
        /* threads of the collector, never a process */
        {SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM,
                                  CLONE_THREAD | CLONE_VM)},
        {SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)},
        {SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME, 0)},
    };
    int failed = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, rows[i].call,
                                         1, &rows[i].only);
    /* Its flags lie in memory, where no filter looks: the C library then
     * takes clone. */
    failed |=
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return failed;
}

static const char *enter_filter(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int failed = 0;

    if (!filter)
        return "no seccomp";
    for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    failed |= allow_conditional(filter);
    /* Threads that the engine has started already, too. */
    failed |= seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (failed == 0)
        failed = seccomp_load(filter);
    seccomp_release(filter);
    return failed == 0 ? NULL : "the system has no seccomp";
}

const char *sandbox_enter(void) {
    const struct rlimit none = {0, 0};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "the system knows no no_new_privs";
    if (setrlimit(RLIMIT_CORE, &none) != 0 ||
        setrlimit(RLIMIT_FSIZE, &none) != 0 ||
        setrlimit(RLIMIT_NOFILE, &none) != 0)
        return "limits cannot be set";
    return enter_filter();
}
