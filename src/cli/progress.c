#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void progress_init(struct progress *p, bool quiet) {
    const char *term = getenv("TERM");

    memset(p, 0, sizeof *p);
    p->shown = !quiet && isatty(STDERR_FILENO) && term != NULL &&
               strcmp(term, "dumb") != 0;
}

void progress_begin(struct progress *p, const char *what, size_t total) {
    p->what = what;
    p->total = total;
    atomic_store(&p->done, 0);
}

void progress_add(struct progress *p, size_t n) {
    size_t done = atomic_fetch_add(&p->done, n) + n;
    struct timespec t;
    long long now, next;

    if (!p->shown)
        return;
    clock_gettime(CLOCK_MONOTONIC, &t);
    now = (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    next = atomic_load(&p->next_ms);
    if (now < next ||
        !atomic_compare_exchange_strong(&p->next_ms, &next, now + 100))
        return;
    fprintf(stderr, "\r\033[K%s %zu of %zu", p->what, done, p->total);
}

void progress_end(struct progress *p) {
    if (p->shown && p->what != NULL)
        fputs("\r\033[K", stderr);
    p->what = NULL;
}
