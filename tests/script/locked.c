/*
 * locked: what is left to the worker behind its sandbox, for check.py.
 *
 *     locked             prints the names of what can be tried
 *     locked NAME        goes behind the sandbox and tries it
 *     locked NAME free   tries it without: only of what does no harm
 *
 * Standard input and output stay open, as the worker's stream does. Exit 0: it
 * could be done. Ended by SIGSYS: it could not.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "script/worker/sandbox.h"

static char *page; /* memory that may be read and written */

static long open_file(void) {
    return open("/etc/passwd", O_RDONLY);
}
static long open_old(void) {
    return syscall(SYS_open, "/etc/passwd", O_RDONLY);
}
static long look_at_file(void) {
    return access("/etc/passwd", F_OK);
}
static long remove_file(void) {
    return unlink("/tmp/vaultsite-locked");
}
static long list_folder(void) {
    return syscall(SYS_getdents64, 0, page, 4096);
}
static long read_link(void) {
    return readlink("/proc/self/exe", page, 4096);
}
static long open_socket(void) {
    return socket(AF_INET, SOCK_STREAM, 0);
}
static long send_message(void) {
    return send(0, "x", 1, 0);
}
static long call_fork(void) {
    return fork();
}
static long call_vfork(void) {
    return syscall(SYS_vfork);
}
static long clone_process(void) {
    return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}
static long clone_memory(void) {
    return syscall(SYS_clone, SIGCHLD | CLONE_VM | CLONE_VFORK, 0, 0, 0, 0);
}
static long run_program(void) {
    char name[] = "true", *argv[] = {name, NULL}, *none[] = {NULL};

    return execve("/bin/true", argv, none);
}
static long kill_parent(void) {
    return kill(getppid(), 0);
}
static long kill_other(void) {
    return syscall(SYS_tgkill, 1, 1, 0);
}
static long trace(void) {
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
static long map_code(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0) == MAP_FAILED
               ? -1
               : 0;
}
static long make_code(void) {
    return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
static long control(void) {
    return ioctl(0, FIONREAD, page);
}
static long set_timer(void) {
    struct itimerval t = {.it_value = {1, 0}};

    return setitimer(ITIMER_REAL, &t, NULL);
}
static long raise_limits(void) {
    return syscall(SYS_prlimit64, 0, 7, NULL, page);
}
static long new_filter(void) {
    return syscall(SYS_seccomp, 0, 0, NULL);
}
static long become(void) {
    return setuid(0);
}
static long unshare_all(void) {
    return unshare(CLONE_NEWUSER);
}
static long read_memory_of(void) {
    return syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0);
}
static long old_system(void) {
    /* Calls of the 32-bit system have other numbers. */
#ifdef __x86_64__
    long r;

    __asm__ volatile("int $0x80" : "=a"(r) : "a"(20) : "memory");
    return r;
#else
    return syscall(SYS_ptrace);
#endif
}
static long write_elsewhere(void) {
    return write(63, "x", 1);
}

static long get_memory(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0) == MAP_FAILED
               ? -1
               : munmap(page, 4096);
}
static long know_time(void) {
    struct timespec t;

    return clock_gettime(CLOCK_MONOTONIC, &t) == 0 &&
                   clock_gettime(CLOCK_REALTIME, &t) == 0 && t.tv_sec == 1000
               ? 0
               : -1;
}
static long talk(void) {
    return write(1, "", 1) == 1 ? 0 : -1;
}
static void *nothing(void *p) {
    return p;
}
static long start_thread(void) {
    pthread_t t;

    return pthread_create(&t, NULL, nothing, NULL) == 0 &&
                   pthread_join(t, NULL) == 0
               ? 0
               : -1;
}

static const struct {
    const char *name;
    long (*try)(void);
} rows[] = {
    {"open a file", open_file},
    {"open a file, the old call", open_old},
    {"see whether there is a file", look_at_file},
    {"remove a file", remove_file},
    {"list a folder", list_folder},
    {"read a link", read_link},
    {"open a socket", open_socket},
    {"send a message", send_message},
    {"fork", call_fork},
    {"vfork", call_vfork},
    {"clone a process", clone_process},
    {"clone a process with its memory", clone_memory},
    {"run a program", run_program},
    {"send the parent a signal", kill_parent},
    {"send another program a signal", kill_other},
    {"trace", trace},
    {"map memory for code", map_code},
    {"make memory code", make_code},
    {"control a descriptor", control},
    {"set a timer", set_timer},
    {"ask for its limits", raise_limits},
    {"set another filter", new_filter},
    {"become somebody else", become},
    {"make a namespace", unshare_all},
    {"read another program's memory", read_memory_of},
    {"call as another system", old_system},
    {"write elsewhere", write_elsewhere},
    /* These it may. */
    {"+get memory", get_memory},
    {"+know the time", know_time},
    {"+talk", talk},
    {"+start a thread", start_thread},
};

int main(int argc, char **argv) {
    const size_t n = sizeof rows / sizeof rows[0];

    if (argc < 2) {
        for (size_t i = 0; i < n; i++)
            puts(rows[i].name);
        return 0;
    }
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0);
    start_thread(); /* the engine's first one is there before the sandbox */
    sandbox_stop_clock(1000000);
    if (argc == 2 && sandbox_enter() != NULL)
        return 3;
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, argv[1]) == 0)
            _exit(rows[i].try() < 0 ? 1 : 0);
    _exit(2);
}
