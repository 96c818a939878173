#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/terminal.h"

#define FIRST_MS                                                               \
    500 /* after the start; a build that is done by then is silent */
#define NEXT_MS 100

static long long now_ms(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_init(struct progress *p, bool quiet) {
    memset(p, 0, sizeof *p);
    p->shown = !quiet && terminal_is_able();
    atomic_store(&p->next_ms, now_ms() + FIRST_MS);
}

/* One write for the whole line: what other threads say does not come between.
 * The last column stays free, for some terminals begin a new line there; the
 * text is written over the old one and the rest erased, so nothing flickers. */
static void draw(struct progress *p, size_t done) {
    char text[128], line[sizeof text + 8];
    int len, columns = (int)terminal_columns() - 1;

    len = p->total > 0 ? snprintf(text, sizeof text, "%s %zu of %zu", p->what,
                                  done, p->total)
                       : snprintf(text, sizeof text, "%s", p->what);
    len = len < columns ? len : columns;
    len = snprintf(line, sizeof line, "\r%.*s\033[K", len, text);
    if (write(STDERR_FILENO, line, (size_t)len) == len)
        atomic_store(&p->written, true);
}

/* Whether a line is due; only one thread is told so. */
static bool due(struct progress *p) {
    long long now = now_ms(), next = atomic_load(&p->next_ms);

    return now >= next &&
           atomic_compare_exchange_strong(&p->next_ms, &next, now + NEXT_MS);
}

void progress_begin(struct progress *p, const char *what, size_t total) {
    p->what = what;
    p->total = total;
    atomic_store(&p->done, 0);
    /* Not to let the last step's line stand while this one has yet to begin. */
    if (p->shown && (atomic_load(&p->written) || due(p)))
        draw(p, 0);
}

void progress_add(struct progress *p, size_t n) {
    size_t done = atomic_fetch_add(&p->done, n) + n;

    if (p->shown && due(p))
        draw(p, done);
}

void progress_end(struct progress *p) {
    static const char erase[] = "\r\033[K";

    if (atomic_load(&p->written) &&
        write(STDERR_FILENO, erase, sizeof erase - 1) > 0)
        atomic_store(&p->written, false);
    p->shown = false;
}
